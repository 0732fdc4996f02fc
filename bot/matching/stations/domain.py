"""What is asked when members are spread over groups, and what comes back. Plain values; ids are the caller's own text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bot.matching.domain import LeftOut, Reason

# Told now and then how many steps have been made.
Progress: TypeAlias = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Seating:
    """What people ask of the groups.

    ``apart``: blocked or declined pairs; those who are not members here do not matter. ``locked`` (these together) and
    ``forbidden`` (these never together) are the organiser's, and hard. ``cases``: what each station works on, one a
    station or none. ``wanted``: a member's wished cases, best first, each by its name or by its station's number.
    """

    apart: frozenset[frozenset[str]] = frozenset()
    locked: frozenset[frozenset[str]] = frozenset()
    forbidden: frozenset[frozenset[str]] = frozenset()
    cases: tuple[str, ...] = ()
    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


class Counted(StrEnum):
    """What is counted, in the order in which it counts; none is ever traded for a later one.

    ``PLACED``: members who could not be placed. ``WAITED``: how long those had waited. ``APART``: two in a group who should
    not meet, or have no language in common. ``SECTORS``: places too many or too few of a sector in a group.
    ``ORGANISATIONS``: two of one organisation in a group. ``REPEATS``: two in a group who met within the window; ``RECENT``:
    how recently, in all. ``WISHES``: what the wishes met are worth (first wishes, then any, then the place in the list).
    ``WORTH``: what the groups are worth, in points. Fewer are better but for the last two.
    """

    PLACED = "placed"
    WAITED = "waited"
    APART = "apart"
    SECTORS = "sectors"
    ORGANISATIONS = "organisations"
    REPEATS = "repeats"
    RECENT = "recent"
    WISHES = "wishes"
    WORTH = "worth"


@dataclass(frozen=True, slots=True)
class Rank:
    """One of the things that count: what these groups have, and what none can better that are as good in all before it."""

    counted: Counted
    value: float
    bound: float

    @property
    def proven(self) -> bool:
        """Whether nothing better is possible."""
        return self.value == self.bound


@dataclass(frozen=True, slots=True)
class Station:
    """One group. ``number`` counts from 1, ``sectors`` how many of each; ``repeats``: pairs that met within the window."""

    number: int
    members: tuple[str, ...]
    sectors: Mapping[str, int]
    score: float
    repeats: int
    reasons: tuple[Reason, ...] = ()
    case: str = ""


@dataclass(frozen=True, slots=True)
class WishesMet:
    """Of those who wished for a case: how many got their first wish, another of theirs, none."""

    first: int = 0
    other: int = 0
    none: int = 0


@dataclass(frozen=True, slots=True)
class Stations:
    """All groups. ``bound``: no groups that are as good in all that counts before score more; ``optimal``: proven best in
    all that counts.

    ``uneven``: how many places too many or too few of a sector there are in all, 0 where each sector's count differs by at
    most one from group to group. ``together``: who sit together and should not (blocked, or without a common language).
    ``colleagues``: pairs of one organisation in a group.
    """

    stations: tuple[Station, ...]
    left_out: tuple[LeftOut, ...]
    score: float
    bound: float
    optimal: bool
    uneven: int
    together: tuple[tuple[str, str], ...]
    colleagues: tuple[tuple[str, str], ...]
    repeats: int
    wishes: WishesMet
    ranks: tuple[Rank, ...]
