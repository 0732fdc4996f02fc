"""The kinds of letter of rounds and introductions: ids only. Who writes them is in ``letters.py``."""

from dataclasses import dataclass
from typing import ClassVar

from bot.deliveries.domain import Letter
from bot.identity import IntroId, LineId, MemberId, RoundId


@dataclass(frozen=True, slots=True)
class IntroOffer(Letter):
    """Somebody is suggested to the reader, who may say yes or no."""

    code: ClassVar[str] = "intro_offer"
    intro: IntroId
    member: MemberId


@dataclass(frozen=True, slots=True)
class IntroNews(Letter):
    """The offer's card says what is true now; always an edit, never a message of its own."""

    code: ClassVar[str] = "intro_news"
    intro: IntroId
    member: MemberId


@dataclass(frozen=True, slots=True)
class RoomOpening(Letter):
    """The first message in the room of those who all said yes; as an edit, the same without somebody who left."""

    code: ClassVar[str] = "intro_room"
    intro: IntroId


@dataclass(frozen=True, slots=True)
class ContactCard(Letter):
    """Who the others are and how to reach them, for somebody whom no room can hold together with them."""

    code: ClassVar[str] = "intro_contact"
    intro: IntroId
    member: MemberId


@dataclass(frozen=True, slots=True)
class CarriedLine(Letter):
    """What another one of the introduction wrote to the reader; as an edit, that its author has left."""

    code: ClassVar[str] = "intro_line"
    intro: IntroId
    line: LineId


@dataclass(frozen=True, slots=True)
class DidYouMeet(Letter):
    """A week after the opening, once."""

    code: ClassVar[str] = "intro_follow_up"
    intro: IntroId
    member: MemberId


@dataclass(frozen=True, slots=True)
class FollowUpNews(Letter):
    """The question's card without the name of somebody who left; always an edit."""

    code: ClassVar[str] = "intro_follow_up_news"
    intro: IntroId
    member: MemberId


@dataclass(frozen=True, slots=True)
class RoundReady(Letter):
    """The weekly rule has drawn a round, and an organiser may look at it."""

    code: ClassVar[str] = "round_ready"
    round: RoundId
