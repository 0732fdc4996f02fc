"""Groups of three: for a sector that is larger than all others together, or because they are wished.

Many trios are found by attaching thirds to pairs and then improving: one member is taken out of every group and all are put
back in the best way, again and again, which never makes a plan worse. One alone is found exactly, in ``one_trio.py``.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bot.matching.pairing import Gains, assign_by_rank, pair_up
from bot.matching.rules import Roster

Places = NDArray[np.intp]

# Improving stops after so many attempts without a gain, or so many in all, fewer where there are many members.
_IN_VAIN = 40
_ATTEMPTS = 400
_WORK = 40_000


@dataclass(frozen=True, slots=True)
class Draft:
    """Groups and who is alone, with the gain in both ranks. ``proven``: nothing better under the same rules.

    ``most``: what no draft of the same order exceeds in worth, where that is known and nothing is proven.
    """

    groups: tuple[tuple[int, ...], ...]
    alone: tuple[int, ...]
    order: float
    worth: float
    proven: bool
    most: float = math.inf

    def gain(self) -> tuple[float, float]:
        """For comparing drafts."""
        return self.order, self.worth


@dataclass(frozen=True, slots=True)
class Table:
    """The members who are to be grouped: the rules between them, the gains, and what a trio with two of one sector costs."""

    roster: Roster
    gains: Gains
    twin: float

    def draft(
        self, groups: Sequence[Sequence[int]], alone: Sequence[int], *, proven: bool = False, most: float = math.inf
    ) -> Draft:
        """Groups put in order and added up: every two in a group meet, and each member alone costs."""
        tidy = tuple(sorted(tuple(sorted(group)) for group in groups))
        meetings = [pair for group in tidy for pair in combinations(group, 2)]
        order = sum(float(self.gains.order[i, j]) for i, j in meetings) + sum(float(self.gains.alone[i]) for i in alone)
        order -= self.twin * sum(len(group) == 3 and self.roster.is_twin(group) for group in tidy)
        worth = sum(float(self.gains.worth[i, j]) for i, j in meetings)
        return Draft(tidy, tuple(sorted(alone)), order, worth, proven, most)

    def pairs(self) -> Draft:
        """The best without any trio."""
        if not len(self.gains.alone):
            return self.draft((), (), proven=True)
        pairing = pair_up(self.gains)
        return self.draft(list(pairing.pairs()), pairing.alone(), proven=True)


def with_thirds(table: Table, start: Draft) -> Draft:
    """Attaches those alone to pairs where they may sit, then improves the whole."""
    best = _put_back(table, start.groups, start.alone, ())
    attempt = in_vain = 0
    while in_vain < _IN_VAIN and attempt < min(_ATTEMPTS, _WORK // len(table.gains.alone)):
        cores: list[tuple[int, ...]] = []
        out: list[int] = []
        for place, group in enumerate(best.groups):
            chosen = _mixed(place, attempt) % len(group)
            out.append(group[chosen])
            cores.append(group[:chosen] + group[chosen + 1 :])
        changed = _put_back(table, cores, best.alone, out)
        attempt += 1
        in_vain = 0 if changed.gain() > best.gain() else in_vain + 1
        if not in_vain:
            best = changed
    return best


def _mixed(place: int, attempt: int) -> int:
    """A number without pattern: which member is taken out of a group. Any will do, if only each comes in its turn."""
    number = ((place + 1) * 0x9E3779B97F4A7C15 + (attempt + 1) * 0xD1B54A32D192ED03) % 2**64
    number = (number ^ number >> 29) * 0xBF58476D1CE4E5B9 % 2**64
    return number >> 32


def _put_back(table: Table, cores: Sequence[tuple[int, ...]], alone: Sequence[int], out: Sequence[int]) -> Draft:
    """The best way to give each core at most one of those alone, or exactly one of those who were taken out of it."""
    rows = np.array([*out, *alone], np.intp)
    left = np.array([core[0] for core in cores], np.intp)
    right = np.array([core[-1] for core in cores], np.intp)
    single = (left == right)[None, :]
    gains, roster = table.gains, table.roster
    legal, twin = roster.trios(rows[:, None], left[None, :], np.where(left == right, rows[:, None], right[None, :]))
    legal = np.where(single, gains.allowed[np.ix_(rows, left)], legal)
    order = gains.order[np.ix_(rows, left)] + np.where(
        single, 0.0, gains.order[np.ix_(rows, right)] - table.twin * twin
    )
    worth = gains.worth[np.ix_(rows, left)] + np.where(single, 0.0, gains.worth[np.ix_(rows, right)])
    # One empty place a core that may stay as it is, and one place to be alone a member who may stay alone.
    size = len(cores) + len(alone)
    rows_wanted, idle = len(rows), max(0, size - len(rows))
    full_order = np.zeros((rows_wanted + idle, size))
    full_order[:rows_wanted, : len(cores)] = np.where(legal, order, -np.inf)
    full_order[:rows_wanted, len(cores) :] = gains.alone[rows][:, None]
    full_worth = np.zeros_like(full_order)
    full_worth[:rows_wanted, : len(cores)] = worth
    chosen = assign_by_rank(full_order, full_worth)[:rows_wanted].tolist()
    groups: list[tuple[int, ...]] = list(cores)
    staying: list[int] = []
    for member, column in zip(rows.tolist(), chosen, strict=True):
        if column < len(cores):
            groups[column] = (*cores[column], member)
        else:
            staying.append(member)
    return table.draft(groups, staying)


def in_threes(table: Table) -> Draft:
    """As many groups of three as the number of members allows, the rest in pairs: thirds are chosen, attached, improved."""
    count = len(table.gains.alone)
    chairs = max(0, count - 2 * -(-count // 3))
    gains = table.gains
    size = count + chairs
    order, worth = np.zeros((size, size)), np.zeros((size, size))
    order[:count, :count], worth[:count, :count] = gains.order, gains.worth
    allowed = np.ones((size, size), np.bool_)
    allowed[:count, :count] = gains.allowed
    allowed[count:, count:] = False
    seated = pair_up(Gains(order, worth, allowed, np.append(gains.alone, np.zeros(chairs)), gains.unit))
    pairs = [(i, j) for i, j in seated.pairs() if j < count]
    thirds = sorted(set(range(count)) - {place for pair in pairs for place in pair})
    return with_thirds(table, table.draft(pairs, thirds))
