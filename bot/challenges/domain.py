"""A challenge: how somebody sees a problem, what others see, and which solutions they suggest. Pure.

What people answer may be about citizens, so it is kept sealed, shown to whom its writer chose, and gone some time after the
close: what is left is the question, and how many answered from which sectors.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.identity import Address, ChallengeId, DeliveryId, MemberId, NoteId, ScheduleId

# Characters: a question that stands in one card's heading, how its author sees it, and each half of an answer.
QUESTION_CHARACTERS, VIEW_CHARACTERS, PART_CHARACTERS = 300, 1_200, 1_200


class ChallengeState(StrEnum):
    """``DRAFT`` → ``OPEN`` → ``CLOSED``; closed ones stay so, since a case note was made of what was said."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class WhyAsked(StrEnum):
    """What connects somebody who is asked with the question: what they work on, or what they offer."""

    THEME = "theme"
    OFFER = "offer"


@dataclass(frozen=True, slots=True)
class ChallengePlace:
    """Where it stands. ``anchor``: the delivery that posted its card there, None before it was posted. ``name``: of a channel
    that somebody named; empty where it was typed."""

    address: Address
    anchor: DeliveryId | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """What is left when it is over: how many answered, and the keys of the sectors that were heard."""

    answers: int
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Challenge:
    """``question``: one sentence, from the citizen's life; ``view``: how its author sees the problem, empty where they left it
    out; ``themes``: keys of the academy's. ``closes_at``: None where it is closed by hand. ``note``: the draft that it became.
    ``forgotten``: what was answered is not kept any more. ``private``: not all of the academy read along where it stands.
    ``revision`` goes up with each change before it is posted. ``left_out``: members who are not to be
    asked in private about it."""

    id: ChallengeId
    author: MemberId
    question: str = field(repr=False)
    made_at: datetime
    view: str = field(default="", repr=False)
    themes: tuple[str, ...] = ()
    state: ChallengeState = ChallengeState.DRAFT
    place: ChallengePlace | None = None
    closes_at: datetime | None = None
    schedule: ScheduleId | None = None
    revision: int = 1
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    closing: Closing | None = None
    note: NoteId | None = None
    forgotten: bool = False
    private: bool = False
    left_out: tuple[MemberId, ...] = field(default=(), repr=False)

    def is_open(self) -> bool:
        """Whether it can be answered."""
        return self.state is ChallengeState.OPEN


@dataclass(frozen=True, slots=True)
class Answer:
    """What one member says: what they see, which solution they suggest, or both. A later one takes the earlier one's place.

    ``sector``: that of the member when it was said. ``shown``: to everybody where the challenge stands, else to its author
    alone. ``held``: something in it looks personal, and its writer has not said yet what is to be done; until then nobody else
    sees it."""

    challenge: ChallengeId
    member: MemberId
    sector: str
    at: datetime
    sees: str = field(default="", repr=False)
    suggests: str = field(default="", repr=False)
    shown: bool = True
    held: bool = False

    def may_see(self, member: MemberId, author: MemberId) -> bool:
        """Whether this member may read it, of a challenge of that author's."""
        return member == self.member or (not self.held and (self.shown or member == author))


@dataclass(frozen=True, slots=True)
class Invitation:
    """A member who was asked in private, once, and why: ``why`` and ``term``, their own theme or offer. ``declined_at``: when
    they said no, which nobody is told."""

    challenge: ChallengeId
    member: MemberId
    sector: str
    at: datetime
    why: WhyAsked
    term: str = field(repr=False)
    declined_at: datetime | None = None


def heard(author_sector: str, answers: Iterable[Answer]) -> tuple[str, ...]:
    """The sectors that have said something, the author's first: whoever asks has said how they see it."""
    said = (author_sector, *(answer.sector for answer in answers if not answer.held))
    return tuple(dict.fromkeys(sector for sector in said if sector))


def unheard(sectors: Iterable[str], said: Sequence[str]) -> tuple[str, ...]:
    """The academy's sectors that have said nothing yet, in their order."""
    return tuple(sector for sector in sectors if sector not in said)
