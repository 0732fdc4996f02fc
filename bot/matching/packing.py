"""Small academies, exactly: the best plan for every set of members, from the small sets to the whole.

Only for few members (see ``FEW``): there, whether trios help, and which, is decided by looking at all plans there are.
"""

from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bot.matching.trios import Draft, Table

Whole = NDArray[np.int64]

# Members up to which all plans are looked at: a hundred thousand sets, a tenth of a second at most.
FEW = 17


@dataclass(frozen=True, slots=True)
class _Best:
    """The best gain of each set of members; a set is a number with one bit for each."""

    order: Whole
    worth: Whole
    options: dict[tuple[int, ...], tuple[int, int]] = field(default_factory=dict[tuple[int, ...], tuple[int, int]])


def best_packing(table: Table, *, threes_first: bool) -> Draft:
    """The best plan of pairs and trios: most members, longest wait, then fewest trios (or most), then order and worth."""
    count = len(table.gains.alone)
    best = _Best(np.zeros(1 << count, np.int64), np.zeros(1 << count, np.int64))
    for newest in range(count):
        _join(table, best, newest, threes_first=threes_first)
    groups: list[tuple[int, ...]] = []
    left = (1 << count) - 1
    while left:
        group = _chosen(best, left)
        groups.append(group)
        left = _without(left, group)
    return table.draft(
        [one for one in groups if len(one) > 1], [one[0] for one in groups if len(one) == 1], proven=True
    )


def _join(table: Table, best: _Best, newest: int, *, threes_first: bool) -> None:
    """The sets with ``newest`` as their last member: alone, or in a pair or trio with earlier ones, beside the best rest."""
    size = 1 << newest
    order, worth = best.order[size : 2 * size], best.worth[size : 2 * size]
    alone = _gain(table, (newest,), threes_first=threes_first)
    best.options[(newest,)] = alone
    order[:] = best.order[:size] + alone[0]
    worth[:] = best.worth[:size] + alone[1]
    for others in (1, 2):
        for group in combinations(range(newest), others):
            members = (*group, newest)
            legal = table.gains.allowed[members] if others == 1 else table.roster.may_be_group(members)
            if legal:
                gain = best.options[members] = _gain(table, members, threes_first=threes_first)
                _raise(
                    (_with(order, group, 1), _with(worth, group, 1)),
                    (_with(best.order[:size], group, 0) + gain[0], _with(best.worth[:size], group, 0) + gain[1]),
                )


def _gain(table: Table, group: tuple[int, ...], *, threes_first: bool) -> tuple[int, int]:
    """A group's gain; being alone weighs more than all trios, and a trio more than all repeats."""
    count = len(table.gains.alone)
    if len(group) == 1:
        return int(table.gains.alone[group[0]]) * (count + 1), 0
    draft = table.draft([group], [])
    trio = int(table.twin) * (count // 3 + 1) * (len(group) == 3)
    return int(draft.order) + (trio if threes_first else -trio), int(draft.worth)


def _with(sets: Whole, members: tuple[int, ...], bit: int) -> Whole:
    """A view of the sets that have all of these members, or none of them."""
    if len(members) == 1:
        return sets.reshape(-1, 2, 1 << members[0])[:, bit, :]
    low, high = members
    return sets.reshape(-1, 2, 1 << (high - low - 1), 2, 1 << low)[:, bit, :, bit, :]


def _raise(known: tuple[Whole, Whole], found: tuple[Whole, Whole]) -> None:
    """Keeps the better of two gains, set by set."""
    better = (found[0] > known[0]) | ((found[0] == known[0]) & (found[1] > known[1]))
    np.copyto(known[0], found[0], where=better)
    np.copyto(known[1], found[1], where=better)


def _chosen(best: _Best, members: int) -> tuple[int, ...]:
    """A group with the set's last member that leads to the set's best gain."""
    newest = members.bit_length() - 1
    goal = (best.order[members], best.worth[members])
    return next(
        group
        for group, (order, worth) in best.options.items()
        if group[-1] == newest
        and all(members >> place & 1 for place in group)
        and (best.order[_without(members, group)] + order, best.worth[_without(members, group)] + worth) == goal
    )


def _without(members: int, group: tuple[int, ...]) -> int:
    return members - sum(1 << place for place in group)
