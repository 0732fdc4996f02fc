"""Rounds and introductions as values, and the rules by which they change. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.identity import Address, IntroId, LineId, MemberId, RoundId
from bot.matching.domain import LeftOut, Reason, WishCost


class RoundState(StrEnum):
    """A round is drafted, then sent or dropped; a sent one closes when its time to answer is over."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    DROPPED = "dropped"


class IntroState(StrEnum):
    """``PLANNED`` (nobody knows yet) → ``OFFERED`` → ``ACCEPTED`` (all said yes, room on its way) → ``OPENED`` → ``ENDED``;
    or ``LAPSED`` (somebody declined, stayed silent or left)."""

    PLANNED = "planned"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    OPENED = "opened"
    ENDED = "ended"
    LAPSED = "lapsed"


class Answer(StrEnum):
    """One person's answer to an offer. Only that person ever sees a no."""

    NONE = "none"
    YES = "yes"
    NOT_NOW = "not_now"
    NOT_THIS_PERSON = "not_this_person"


class Outcome(StrEnum):
    """One person's answer to "Did you meet?"."""

    UNKNOWN = "unknown"
    MET = "met"
    PLANNED = "planned"
    NOT_MET = "not_met"


@dataclass(frozen=True, slots=True)
class Part:
    """One member's part in an introduction."""

    member: MemberId
    answer: Answer = Answer.NONE
    answered_at: datetime | None = None
    outcome: Outcome = Outcome.UNKNOWN


@dataclass(frozen=True, slots=True)
class Intro:
    """Two members, or three, to be introduced in a round (``round`` is None for one made by ``/match find``)."""

    id: IntroId
    round: RoundId | None
    parts: tuple[Part, ...]
    score: float
    reasons: tuple[Reason, ...]
    state: IntroState
    created_at: datetime
    answer_until: datetime | None = None
    opened_at: datetime | None = None
    room: Address | None = None
    repeat: bool = False
    locked: bool = False

    def members(self) -> tuple[MemberId, ...]:
        """Who is in it, in a stable order."""
        return tuple(part.member for part in self.parts)

    def part_of(self, member: MemberId) -> Part | None:
        """The member's part; None for somebody who is not in it."""
        return next((part for part in self.parts if part.member == member), None)

    def others(self, member: MemberId) -> tuple[MemberId, ...]:
        """Everybody in it but this member."""
        return tuple(part.member for part in self.parts if part.member != member)

    def all_said_yes(self) -> bool:
        """Every one of them has accepted."""
        return all(part.answer is Answer.YES for part in self.parts)


@dataclass(frozen=True, slots=True)
class Round:
    """One weekly round. ``number`` counts from 1 in the workspace; ``seed`` makes the same draw again; ``costs``: what the
    organiser's wishes cost it, as far as that is known."""

    id: RoundId
    number: int
    state: RoundState
    seed: int
    created_at: datetime
    created_by: MemberId | None = None
    opened_at: datetime | None = None
    answer_until: datetime | None = None
    locked: tuple[tuple[MemberId, ...], ...] = ()
    forbidden: tuple[tuple[MemberId, ...], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    score: float = 0.0
    bound: float = 0.0
    optimal: bool = True
    novelty_exhausted: bool = False
    costs: tuple[WishCost, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Something that one of an introduction wrote to another, where no room can hold both and the bot carries it over."""

    id: LineId
    intro: IntroId
    author: MemberId
    to: MemberId
    text: str
    at: datetime
