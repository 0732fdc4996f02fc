"""Small groups, improved all at once: one member is taken out of every group, and all are put back in the best way.

That best way is an assignment, which is solved exactly, so that a step can be an exchange along a chain of any length. It never
makes the groups worse. Which member leaves a group is drawn by the seed.
"""

from collections.abc import Callable

import numpy as np
from scipy.optimize import linear_sum_assignment

from bot.matching.stations.rules import Places
from bot.matching.stations.search import Luck
from bot.matching.stations.seats import Costs, Seats
from bot.matching.stations.table import Cost, Table
from bot.matching.stations.worth import Matrix

# Rules broken beyond this are all alike to a step that is being looked for; whether it is made is decided exactly.
_BROKEN = 1_000_000


def exchange(
    table: Table, start: Places, steps: int, luck: Luck, best_possible: Cost, tick: Callable[[], None]
) -> Places:
    """The best seating found in so many steps; sooner where it reaches what is best possible."""
    seats = Seats(table, start)
    cost = seats.cost()
    for _ in range(steps):
        tick()
        if cost.key() <= best_possible.key():
            break
        out = _leaving(seats, luck)
        if out is None:
            break
        rows = np.concatenate([out, np.flatnonzero(seats.group == table.count)])
        inside, outside = seats.marginal(rows, out)
        offered = np.concatenate([inside, np.repeat(outside[:, :, None], table.out, axis=2)], axis=2)
        columns = linear_sum_assignment(_blended(offered))[1]
        places = np.arange(len(rows))
        change: list[int] = (offered[:, places, columns] - offered[:, places, places]).sum(axis=1).tolist()
        if tuple(change) <= (0, 0, 0):
            seats.rearrange(rows, np.minimum(columns, table.count))
            cost = Cost(cost.first + change[0], cost.second + change[1], cost.third + change[2])
    return seats.group


def _leaving(seats: Seats, luck: Luck) -> Places | None:
    """One of each group who may move; None where in some group nobody may."""
    count = seats.table.count
    drawn = np.where(seats.movable & (seats.group < count), luck.numbers(len(seats.group)), -1)
    order = np.lexsort((drawn, seats.group))
    last = np.searchsorted(seats.group[order], np.arange(count), side="right") - 1
    out = order[last]
    return None if bool((drawn[out] < 0).any()) else out


def _blended(offered: Costs) -> Matrix:
    """The three costs as one number each; nearly in their order, which is enough for looking."""
    first, second, third = (kind.astype(np.float64) for kind in offered)
    scale = float(np.abs(third).max(initial=0.0)) * 4 + 1
    repeats = second / max(1.0, float(second.max(initial=0.0)))
    blended: Matrix = third + scale * (repeats * 16 + np.minimum(first, _BROKEN) * 256)
    return blended
