"""Better pairs where an assignment left odd cycles: some members around them are paired anew, exactly, with all their pairs.

What a round falls short of its prices lies in pairs that are worth less than the two of them. Those members, and who can be
reached from them at least cost, make a small roster of their own, whose best pairs :mod:`bot.matching.pairing` finds; all
others keep their partners, so the round can only gain.
"""

from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from bot.matching.large.assignment import Places
from bot.matching.large.market import Market
from bot.matching.large.prices import Priced
from bot.matching.pairing import Gains, pair_up

Vector: TypeAlias = NDArray[np.float64]

# Members who are paired anew at once at most, how often that is done, and members at once whose pairs are written out.
_MOST = 1600
_TIMES = 3
_ROWS = 64
# Grains below its prices up to which a pair is a step, and what a step costs beside: of ways that cost the same, short ones.
_REACH = 30.0
_STEP = 0.25


def mend(market: Market, priced: Priced, mates: Places, most: int = _MOST, times: int = _TIMES) -> None:
    """Changes partners where that gains. ``mates``: each member's partner; themself, or below zero, for who stays as they are."""
    for _ in range(times):
        one = np.flatnonzero(mates > np.arange(len(mates)))
        short = priced.prices[one] + priced.prices[mates[one]] - market.worth(one, mates[one])
        lossy = one[np.argsort(-short, kind="stable")][: min(int((short > 0).sum()), most // 4)]
        if not len(lossy) or not _paired_anew(market, mates, _around(priced, mates, lossy, most)):
            return


def _around(priced: Priced, mates: Places, lossy: Places, most: int) -> Places:
    """The members of lossy pairs and those nearest to them: over a pair to its second's partner costs what the pair lacks."""
    near, count = priced.near, len(mates)
    below = priced.prices[near.left] + priced.prices[near.right] - near.worth
    steps = below <= _REACH
    rows = np.concatenate([near.left[steps], near.right[steps]])
    columns = np.concatenate([near.right[steps], near.left[steps]])
    cost = np.concatenate([below[steps], below[steps]]) + _STEP
    paired = (mates >= 0) & (mates != np.arange(count))
    may = paired[rows] & paired[columns] & (mates[rows] != columns)
    graph = csr_array((cost[may], (rows[may], mates[columns[may]])), shape=(count, count))
    distance = cast(Vector, dijkstra(graph, indices=np.concatenate([lossy, mates[lossy]]), min_only=True))
    nearest = np.argsort(distance, kind="stable")[: most // 2]
    nearest = nearest[np.isfinite(distance[nearest])]
    return np.union1d(nearest, mates[nearest])


def _paired_anew(market: Market, mates: Places, part: Places) -> bool:
    """Pairs these members as well as can be; whether that gained anything."""
    count = len(part)
    worth, allowed = np.zeros((count, count)), np.zeros((count, count), np.bool_)
    for start in range(0, count, _ROWS):
        some = np.arange(start, min(count, start + _ROWS))
        left, right = np.repeat(part[some], count), np.tile(part, len(some))
        may = market.may_meet(left, right)
        values = np.zeros(len(left))
        values[may] = market.worth(left[may], right[may])
        allowed[some], worth[some] = may.reshape(-1, count), values.reshape(-1, count)
    before = worth[np.arange(count), np.searchsorted(part, mates[part])].sum()
    pairing = pair_up(Gains(np.broadcast_to(0.0, (count, count)), worth, allowed, np.zeros(count)))
    if 2 * pairing.worth <= before:
        return False
    mates[part] = part[pairing.mates]
    return True
