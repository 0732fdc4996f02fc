"""An academy where one sector has more members than all others together: pairs cannot reach everybody, so each member of the
other sectors becomes a hub who meets one or two of the large sector.

Counting shows that no plan reaches more members or needs fewer trios, and that in each such plan every group has exactly one
hub. What is left is an assignment of the large sector to places at hubs. It is solved without asking whether two at one hub
may meet each other; where they may not, either the one or the other must be elsewhere, and both ways are followed, the more
promising first, until the best plan without such a clash is found.
"""

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.pairing import assign_by_rank
from bot.matching.trios import Draft, Table

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]
Barred = frozenset[tuple[int, int]]

# Ways followed before the best plan without a proof is looked for elsewhere; fewer where there are many members.
_WAYS = 2_000
_FEWEST_WAYS = 40
_WORK = 120_000


@dataclass(frozen=True, slots=True)
class _Solved:
    """Which large member sits where: column ``c`` is the first place at hub ``c``, column ``hubs + c`` the second."""

    order: float
    worth: float
    seats: tuple[int, ...]


def best_with_hubs(table: Table, most_ways: int = _WAYS) -> Draft | None:
    """The best plan, proven; None where no sector is more than half, or rules keep some place at a hub empty, or where
    ``most_ways`` were not enough to find out."""
    sector = table.roster.sector
    largest = int(np.bincount(sector).argmax())
    large, hubs = np.flatnonzero(sector == largest), np.flatnonzero(sector != largest)
    if len(large) <= len(hubs) or not len(hubs):
        return None
    ways: list[tuple[float, float, int, Barred, tuple[int, ...]]] = []
    made = 0
    together = (-np.inf, -np.inf)
    pending: list[Barred] = [frozenset()]
    most = min(most_ways, max(_FEWEST_WAYS, _WORK // len(sector)))
    while made < most:
        for way in pending:
            solved = _seat(table, large, hubs, way)
            made += 1
            if solved is not None:
                heapq.heappush(ways, (-solved.order, -solved.worth, made, way, solved.seats))
        if not ways:
            return None
        lost_order, lost_worth, _, barred, seats = heapq.heappop(ways)
        groups, alone = _groups(large, hubs, seats)
        clash = _clash(table, groups)
        if clash is None:
            return table.draft(groups, alone, proven=True) if (-lost_order, -lost_worth) >= together else None
        hub, one, other = clash
        if table.roster.may_be_group((hub, one, other)):
            # They may sit together at the cost of meeting again: what that can come to is remembered, not followed.
            together = max(together, (-lost_order + float(table.gains.order[one, other]), -lost_worth))
        pending = [barred | {(one, hub)}, barred | {(other, hub)}]
    return None


def _seat(table: Table, large: Places, hubs: Places, barred: Barred) -> _Solved | None:
    """The best seating when some are barred from some hubs; None where a place that must be taken cannot be."""
    gains = table.gains
    members, count = len(large), len(hubs)
    idle, left_over = max(0, 2 * count - members), max(0, members - 2 * count)
    square = np.ix_(large, hubs)
    order = np.where(gains.allowed[square], gains.order[square], -np.inf)
    for member, hub in barred:
        order[np.searchsorted(large, member), np.searchsorted(hubs, hub)] = -np.inf
    size = members + idle
    full = np.full((size, size), -np.inf)
    full[:members, :count] = full[:members, count : 2 * count] = order
    full[:members, 2 * count :] = gains.alone[large][:, None] if left_over else -np.inf
    full[members:, count : 2 * count] = 0.0
    worth = np.zeros((size, size))
    worth[:members, :count] = worth[:members, count : 2 * count] = gains.worth[square]
    try:
        seats = assign_by_rank(full, worth)
    except ValueError:
        return None
    rows = np.arange(size)
    return _Solved(float(full[rows, seats].sum()), float(worth[rows, seats].sum()), tuple(seats[:members].tolist()))


def _clash(table: Table, groups: list[list[int]]) -> tuple[int, int, int] | None:
    """A hub and two members of the large sector at it who may not sit together, or met lately."""
    for group in groups:
        if len(group) == 3:
            hub, one, other = group
            if table.gains.order[one, other] != 0 or not table.roster.may_be_group(group):
                return hub, one, other
    return None


def _groups(large: Places, hubs: Places, seats: tuple[int, ...]) -> tuple[list[list[int]], list[int]]:
    """The hubs with those who sit there, and those who are left over."""
    groups: list[list[int]] = [[place] for place in map(int, hubs)]
    alone: list[int] = []
    for member, seat in zip(map(int, large), seats, strict=True):
        if seat < 2 * len(groups):
            groups[seat % len(groups)].append(member)
        else:
            alone.append(member)
    return groups, alone
