"""Groups of three: for the odd one out, for a sector that is larger than all others together, or because they are wished.

One trio is found exactly: the prices of the members bound what the others can still gain without three of them, so that
few threes have to be tried. Many trios are found by attaching thirds to pairs and then improving: one member is taken out
of every group and all are put back in the best way, again and again, which never makes a plan worse.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bot.matching.pairing import Gains, Prices, assign_by_rank, pair_up, relax
from bot.matching.rules import Roster

Places = NDArray[np.intp]
Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]
Threes = tuple[Places, Places, Places]

# Up to this many members every three of them are looked at; above, those that prices do not rule out.
_ALL_THREES = 160
_NEAREST = 24
_TRIES = 80
_MANY_THREES = 300_000
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

    def settled(self) -> "Draft":
        """The same, proven."""
        return replace(self, proven=True, most=math.inf)

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


def best_with_one_trio(table: Table, every_three: int = _ALL_THREES) -> Draft | None:
    """The best plan with exactly one trio; None where no three may be one.

    With two of one sector only if no trio of three sectors lets everybody take part. Up to ``every_three`` members each
    three is looked at; above, prices choose. Both find the same.
    """
    found = _one_trio(table, every_three, twins=False)
    if found is None or found.alone:
        other = _one_trio(table, every_three, twins=True)
        if other is not None and (found is None or other.gain() > found.gain()):
            return other
    return found


def _one_trio(table: Table, every_three: int, *, twins: bool) -> Draft | None:
    prices = relax(table.gains)[1]
    count = len(table.gains.alone)
    if count <= every_three:
        return _search(table, prices, _every_three(count), None, twins=twins)
    best = _search(table, prices, _near_threes(table, prices), None, twins=twins)
    left = None if best is None else _other_threes(table, prices, best)
    return best if left is None else _search(table, prices, left, best, twins=twins)


def _search(table: Table, prices: Prices, threes: Threes, best: Draft | None, *, twins: bool) -> Draft | None:
    """Tries threes in the order of what they promise, until the best found is as good as any promise left."""
    gains = table.gains
    legal, twin = table.roster.trios(*threes)
    left, middle, right = (side[legal & (twin == twins)] for side in threes)
    order = gains.order[left, middle] + gains.order[middle, right] + gains.order[left, right] - table.twin * twins
    worth = gains.worth[left, middle] + gains.worth[middle, right] + gains.worth[left, right]
    top_order, top_worth = prices.total()
    order += top_order - prices.order[left] - prices.order[middle] - prices.order[right]
    worth += top_worth - prices.worth[left] - prices.worth[middle] - prices.worth[right]
    ranked: list[int] = np.lexsort((-worth, -order)).tolist()
    settled = len(ranked) <= _TRIES
    for at in ranked[:_TRIES]:
        promise = (float(order[at]), worth[at] // gains.unit)
        if best is not None and promise <= (best.order, best.worth // gains.unit):
            settled = True
            break
        trio = (int(left[at]), int(middle[at]), int(right[at]))
        rest = np.setdiff1d(np.arange(len(gains.alone)), trio)
        others = replace(table, gains=gains.only(rest)).pairs()
        groups = [tuple(rest[list(group)].tolist()) for group in others.groups]
        draft = table.draft([trio, *groups], rest[list(others.alone)].tolist())
        if best is None or draft.gain() > best.gain():
            best = draft
    return None if best is None else table.draft(best.groups, best.alone, proven=settled and not best.alone)


def _every_three(count: int) -> Threes:
    left, right = np.triu_indices(count, 1)
    times = count - 1 - right
    first, second = np.repeat(left, times), np.repeat(right, times)
    start = np.repeat(np.cumsum(times) - times, times)
    return first, second, second + 1 + np.arange(len(second)) - start


def _promises(table: Table, prices: Prices) -> tuple[Numbers, Numbers]:
    """A meeting's gain less half the prices of the two: three of them add up to what a trio promises over the bound."""
    order = table.gains.order - (prices.order[:, None] + prices.order[None, :]) / 2
    return order, table.gains.worth - (prices.worth[:, None] + prices.worth[None, :]) / 2


def _near_threes(table: Table, prices: Prices) -> Threes:
    """For each member, all threes with two of those who promise most."""
    order, worth = _promises(table, prices)
    span = float(np.abs(worth).max()) * 4 + 1
    key = np.where(table.roster.together, -(order * span + worth), np.inf)
    few = min(_NEAREST, len(key) - 1)
    near = np.argpartition(key, few, axis=1)[:, :few]
    one, other = np.triu_indices(few, 1)
    threes = np.stack([np.repeat(np.arange(len(key)), len(one)), near[:, one].ravel(), near[:, other].ravel()])
    left, middle, right = np.unique(np.sort(threes, axis=0), axis=1)
    return left, middle, right


def _other_threes(table: Table, prices: Prices, best: Draft, most: int = _MANY_THREES) -> Threes | None:
    """All threes that may still be better than the best; None where they are too many, or repeats come into play."""
    order, worth = _promises(table, prices)
    together = table.roster.together
    top_order, top_worth = prices.total()
    if best.order != top_order or bool((order[together] > 0).any()):
        return None
    value = np.where(together & (order == 0), worth, -np.inf)
    needed = (best.worth // table.gains.unit + 1) * table.gains.unit - top_worth
    highest = value.max(axis=1)
    alive = value + highest[:, None] + highest[None, :] >= needed
    found: list[Places] = []
    for place in range(len(value)):
        near = np.flatnonzero(alive[place])
        near = near[near > place]
        sums = value[place, near][:, None] + value[place, near][None, :] + value[np.ix_(near, near)]
        one, other = np.nonzero(np.triu(sums >= needed, 1))
        found.append(np.stack([np.full(len(one), place, np.intp), near[one], near[other]]))
        if sum(threes.shape[1] for threes in found) > most:
            return None
    left, middle, right = np.concatenate(found, axis=1)
    return left, middle, right


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
