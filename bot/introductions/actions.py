"""What the buttons and forms of rounds and introductions mean. Ids, whole numbers and short words only."""

from dataclasses import dataclass
from typing import ClassVar

from bot.identity import IntroId, MemberId, RoundId
from bot.messages.actions import Action


@dataclass(frozen=True, slots=True)
class AcceptIntro(Action):
    """Yes, introduce us."""

    code: ClassVar[str] = "intro_yes"
    intro: IntroId


@dataclass(frozen=True, slots=True)
class DeclineIntro(Action):
    """Not now; nobody but the one who presses ever sees it."""

    code: ClassVar[str] = "intro_not_now"
    intro: IntroId


@dataclass(frozen=True, slots=True)
class DeclinePerson(Action):
    """Not this person, now or later."""

    code: ClassVar[str] = "intro_not_person"
    intro: IntroId
    other: MemberId


@dataclass(frozen=True, slots=True)
class ReconsiderIntro(Action):
    """Takes a no back: the offer waits for an answer again, and the block that came with it goes."""

    code: ClassVar[str] = "intro_again"
    intro: IntroId


@dataclass(frozen=True, slots=True)
class LiftBlock(Action):
    """This person may be suggested to me again."""

    code: ClassVar[str] = "intro_lift"
    other: MemberId


@dataclass(frozen=True, slots=True)
class HandMeeting(Action):
    """Hands a calendar file with a first meeting."""

    code: ClassVar[str] = "intro_meeting"
    intro: IntroId


@dataclass(frozen=True, slots=True)
class WriteTo(Action):
    """Opens the form for a line to somebody on another platform, and is sent with it."""

    code: ClassVar[str] = "intro_write"
    intro: IntroId
    other: MemberId


@dataclass(frozen=True, slots=True)
class TellOutcome(Action):
    """Did you meet? ``outcome`` is one of :class:`bot.introductions.domain.Outcome`'s words."""

    code: ClassVar[str] = "intro_outcome"
    intro: IntroId
    outcome: str


@dataclass(frozen=True, slots=True)
class AskForIntro(Action):
    """The one who searched asks for an introduction to this member, because of their offer or theme (from 1; 0: none)."""

    code: ClassVar[str] = "intro_ask"
    other: MemberId
    offer: int
    theme: int


@dataclass(frozen=True, slots=True)
class ShowDraft(Action):
    """A page of the round in preparation, from 1."""

    code: ClassVar[str] = "draft_show"
    round: RoundId
    page: int


@dataclass(frozen=True, slots=True)
class ShowLeftOut(Action):
    """Who is left out of the draft, and why."""

    code: ClassVar[str] = "draft_left_out"
    round: RoundId


@dataclass(frozen=True, slots=True)
class LockGroup(Action):
    """Keeps the chosen group together, or lets go of it; ``mark`` is the draft as it was seen."""

    code: ClassVar[str] = "draft_lock"
    round: RoundId
    page: int
    mark: str


@dataclass(frozen=True, slots=True)
class SplitGroup(Action):
    """Keeps the members of the chosen group apart."""

    code: ClassVar[str] = "draft_split"
    round: RoundId
    page: int
    mark: str


@dataclass(frozen=True, slots=True)
class RedrawRound(Action):
    """Draws the round again with a new seed; what is locked and forbidden stays."""

    code: ClassVar[str] = "draft_again"
    round: RoundId
    mark: str


@dataclass(frozen=True, slots=True)
class ChangeDraft(Action):
    """Opens, and submits, the form that changes a draft by two members' names."""

    code: ClassVar[str] = "draft_change"
    round: RoundId
    mark: str


@dataclass(frozen=True, slots=True)
class FreeDraft(Action):
    """Lets go of everything that is locked and forbidden in the draft."""

    code: ClassVar[str] = "draft_free"
    round: RoundId
    mark: str


@dataclass(frozen=True, slots=True)
class SendRound(Action):
    """Sends the round as it was seen."""

    code: ClassVar[str] = "draft_send"
    round: RoundId
    mark: str


@dataclass(frozen=True, slots=True)
class DropRound(Action):
    """Drops the draft; nobody ever hears of it."""

    code: ClassVar[str] = "draft_drop"
    round: RoundId


@dataclass(frozen=True, slots=True)
class SetWeekly(Action):
    """Sets the weekly rule. ``weekday`` is 0 for Monday; ``approval`` is 1 where an organiser sends each round."""

    code: ClassVar[str] = "weekly_set"
    weekday: int
    hour: int
    minute: int
    approval: int


@dataclass(frozen=True, slots=True)
class StopWeekly(Action):
    """No more rounds by themselves."""

    code: ClassVar[str] = "weekly_stop"


@dataclass(frozen=True, slots=True)
class LookFor(Action):
    """Opens, and submits, the form that asks what somebody looks for."""

    code: ClassVar[str] = "intro_look"
