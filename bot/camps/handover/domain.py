"""What is kept of a camp after its day. Pure.

Who answered and what was answered are kept apart, in no order that would tell which answer is whose.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.identity import CampId, MemberId

# With fewer answers somebody could guess whose they are, so nobody sees any.
LEAST_ANSWERS = 3


class Rating(StrEnum):
    """How the day was."""

    VERY_GOOD = "very_good"
    GOOD = "good"
    SO_SO = "so_so"
    NOT_GOOD = "not_good"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one person who was there says. ``goes_on``: whether they met somebody to go on with, None where left open."""

    rating: Rating
    goes_on: bool | None = None
    words: str = ""

    def order(self) -> tuple[str, str, str]:
        """What opinions are sorted by, so that they tell nothing of who came first."""
        return self.words.casefold(), self.rating.value, str(self.goes_on)


@dataclass(frozen=True, slots=True)
class HandOver:
    """One camp after its day. ``notes`` are as they were written last; people know them since ``shared_at``, ``version`` times
    corrected and shared. ``asked``: how many were asked how it was, at ``asked_at``. ``revision`` goes up with the notes."""

    camp: CampId
    notes: str = ""
    notes_by: MemberId | None = None
    shared: str = ""
    shared_at: datetime | None = None
    version: int = 0
    asked_at: datetime | None = None
    asked: int = 0
    answered: frozenset[MemberId] = frozenset()
    opinions: tuple[Opinion, ...] = ()
    revision: int = 1

    def names(self, member: MemberId) -> bool:
        """Whether it has anything to do with somebody."""
        return member in self.answered or member == self.notes_by

    def answered_by(self, member: MemberId, opinion: Opinion) -> "HandOver":
        """With somebody's opinion; nothing says that it is theirs."""
        opinions = tuple(sorted((*self.opinions, opinion), key=Opinion.order))
        return replace(self, answered=self.answered | {member}, opinions=opinions)

    def without(self, member: MemberId) -> "HandOver":
        """Nothing names this member any more; what they answered stays, since nobody knows what that was."""
        by = None if self.notes_by == member else self.notes_by
        return replace(self, answered=self.answered - {member}, notes_by=by)

    def given(self, member: MemberId, another: MemberId) -> "HandOver":
        """One member turned out to be another one."""
        answered = frozenset(another if one == member else one for one in self.answered)
        return replace(self, answered=answered, notes_by=another if self.notes_by == member else self.notes_by)

    def result(self) -> "Result":
        """What was answered, as figures and words."""
        return Result(
            asked=self.asked,
            answered=len(self.opinions),
            ratings=Counter(one.rating for one in self.opinions),
            goes_on=sum(one.goes_on is True for one in self.opinions),
            words=tuple(one.words for one in self.opinions if one.words),
        )


@dataclass(frozen=True, slots=True)
class Result:
    """How people found the day. With fewer than ``LEAST_ANSWERS`` answers only how many there are may be shown."""

    asked: int = 0
    answered: int = 0
    ratings: Mapping[Rating, int] = field(default_factory=dict[Rating, int])
    goes_on: int = 0
    words: tuple[str, ...] = ()

    def may_be_shown(self) -> bool:
        """Whether there are enough answers that nobody can tell whose they are."""
        return self.answered >= LEAST_ANSWERS


@dataclass(frozen=True, slots=True)
class Figures:
    """A camp in figures, without names. ``came`` and ``sectors`` count members, None as long as nobody has said who came.

    ``pairs``: two who sat at one station; ``bridges``: those of them from different sectors; ``fresh``: those bridges between
    two who had not met through the academy before.
    """

    yes: int
    maybe: int
    no: int
    unanswered: int
    guests: int
    came: int | None
    sectors: Mapping[str, int]
    stations: int
    pairs: int
    bridges: int
    fresh: int
    result: Result
