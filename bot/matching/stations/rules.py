"""The rules between those who are to be grouped, as matrices, and the words for what cannot be done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bot.errors import phrase
from bot.matching.domain import Candidate, Meeting, Wishes
from bot.matching.rules import LockRefused, Mask, Roster, WrongInput, folded
from bot.matching.stations.domain import Seating

Whole = NDArray[np.int64]
Places = NDArray[np.intp]
Units = tuple[tuple[int, ...], ...]

# Rounds since a repeated meeting that are told apart.
_AGES = 60


@dataclass(frozen=True, slots=True)
class Rules:
    """``never``: the organiser's, hard. ``apart``: should not sit together. ``colleagues``: of one organisation.

    ``ages``: 0 for two who did not meet within the window, and the more the more recently they met. ``units``: who stay
    together, by their places, each in order.
    """

    roster: Roster
    never: Mask
    apart: Mask
    colleagues: Mask
    ages: Whole
    units: Units

    @property
    def members(self) -> int:
        """How many are to be grouped."""
        return len(self.roster.people)

    def sizes(self) -> list[int]:
        """How many there are of each sector."""
        counts: list[int] = np.bincount(self.roster.sector, minlength=len(self.roster.sectors)).tolist()
        return counts


def read_rules(members: Sequence[Candidate], history: Sequence[Meeting], asked: Seating, window: int) -> Rules:
    """Reads members, meetings and what is asked. Raises WrongInput for what contradicts itself."""
    roster = Roster.read(members, history, Wishes())
    places = roster.places
    _check_known(asked, places)
    count = len(places)
    square = (count, count)
    never, apart = np.zeros(square, np.bool_), np.zeros(square, np.bool_)
    for mask, wishes in ((never, asked.forbidden), (apart, asked.apart)):
        for pair in _pairs(wishes, places):
            mask[pair] = mask[pair[::-1]] = True
    tongues = roster.tongues.astype(np.float32)
    apart |= (tongues @ tongues.T == 0) & ~np.eye(count, dtype=np.bool_)
    units = _units(asked.locked, places)
    for unit in units:
        if any(never[pair] for pair in combinations(unit, 2)):
            raise LockRefused(
                phrase("You have locked two members together and forbidden them to meet; choose one of the two.")
            )
        if any(apart[pair] for pair in combinations(unit, 2)):
            raise LockRefused(phrase("Two members in a locked group must not be introduced to each other."))
    newest = min(window, _AGES) + 1
    recent = (roster.ago > 0) & (roster.ago <= window)
    ages = np.where(recent, np.maximum(1, newest - roster.ago), 0).astype(np.int64)
    return Rules(roster, never, apart & ~never, _colleagues(roster.people), ages, units)


def _check_known(asked: Seating, places: dict[str, int]) -> None:
    named = {member for group in asked.locked | asked.forbidden for member in group} | set(asked.wanted)
    unknown = sorted(named - places.keys())
    if unknown:
        raise WrongInput(phrase("{member} is locked, kept apart or has a wish, but is not among the members who take part.",
                                member=unknown[0]))  # fmt: skip
    if any(len(group) < 2 for group in asked.locked | asked.forbidden):
        raise WrongInput(phrase("To lock members together or keep them apart, name two of them at least."))


def _colleagues(people: Sequence[Candidate]) -> Mask:
    names = [folded(person.organisation) for person in people]
    numbers = {name: number for number, name in enumerate(sorted(set(names)))}
    codes = np.array([numbers[name] for name in names], np.intp)
    affiliated = np.array([bool(name) for name in names], np.bool_)
    same: Mask = (codes[:, None] == codes[None, :]) & affiliated[:, None] & affiliated[None, :]
    np.fill_diagonal(same, val=False)
    return same


def _units(locked: Iterable[frozenset[str]], places: dict[str, int]) -> Units:
    """Locks that share somebody are one."""
    joined: list[set[int]] = []
    for lock in sorted(locked, key=sorted):
        unit = {places[member] for member in lock}
        touching = [other for other in joined if other & unit]
        joined = [other for other in joined if not other & unit]
        joined.append(unit.union(*touching))
    return tuple(sorted(tuple(sorted(unit)) for unit in joined))


def _pairs(groups: Iterable[frozenset[str]], places: dict[str, int]) -> Iterable[tuple[int, int]]:
    for group in groups:
        yield from combinations(sorted(places[member] for member in group if member in places), 2)


def cliques(mask: Mask) -> list[tuple[int, ...]]:
    """Sets of members of whom each two are a pair, largest first, that share no pair: all the pairs there are."""
    left = mask.copy()
    found: list[tuple[int, ...]] = []
    while left.any():
        start = int(np.argmax(left.sum(axis=1)))
        group = [start]
        near = left[start].copy()
        while near.any():
            place = int(np.argmax(np.where(near, (left & near[None, :]).sum(axis=1), -1)))
            group.append(place)
            near &= left[place]
        for one, other in combinations(group, 2):
            left[one, other] = left[other, one] = False
        found.append(tuple(sorted(group)))
    return sorted(found, key=lambda group: (-len(group), group))
