"""The assignment on the double cover of few edges, and its prices: :mod:`bot.matching.pairing` says what that is good for.

The library solves it fast where the weights are written against prices that are nearly right, which costs nothing: a pair
then costs what its two prices are above its worth.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from bot.matching.large.market import Found

Vector: TypeAlias = NDArray[np.float64]
Places: TypeAlias = NDArray[np.intp]

# Rows that are relaxed one by one; where it is a larger part of all, all are at once.
_FEW = 8


def assign_edges(edges: Found, alone: Vector, start: Vector) -> tuple[Places, Vector]:
    """The best assignment of members to one another or to themselves (worth ``2 * alone``), and prices that prove it.

    Any two's prices together are at least what their edge is worth, and equal where they are assigned; the prices of all add up
    to half of what the assignment is worth. ``start``: prices to begin with. Exact for whole numbers.
    """
    count = len(alone)
    every = np.arange(count)
    rows = np.concatenate([edges.left, edges.right, every])
    columns = np.concatenate([edges.right, edges.left, every])
    weights = csr_array(
        (np.concatenate([edges.worth, edges.worth, 2 * alone]).astype(np.float64), (rows, columns)),
        shape=(count, count),
    )
    weights.sort_indices()
    row = np.repeat(every, np.diff(weights.indptr))
    cost = start[row] + start[weights.indices] - weights.data
    cost += 1.0 - cost.min()
    chosen = csr_array((cost, weights.indices, weights.indptr), shape=weights.shape)
    assigned = np.asarray(min_weight_full_bipartite_matching(chosen)[1], np.intp)
    own = weights.data[np.flatnonzero(weights.indices == assigned[row])]
    right = _prices(weights, row, assigned, own, start)
    return assigned, (own - right[assigned] + right) / 2


def _prices(weights: csr_array[np.float64], row: Places, assigned: Places, own: Vector, start: Vector) -> Vector:
    """The prices of the columns: from ``start`` upwards, until no row would rather have another column than its own.

    The table is symmetric, so a row of it is a column as well.
    """
    holder = np.empty_like(assigned)
    holder[assigned] = np.arange(len(assigned))
    prices = start.copy()
    # What a row asks of a column more than of its own.
    more = weights.data - own[weights.indices]
    asked = np.maximum.reduceat(more + prices[assigned[weights.indices]], weights.indptr[:-1])
    risen = np.flatnonzero(asked > prices)
    while len(risen):
        prices[risen] = asked[risen]
        rows = holder[risen]
        if len(rows) * _FEW > len(assigned):
            asked = np.maximum.reduceat(more + prices[assigned[weights.indices]], weights.indptr[:-1])
            risen = np.flatnonzero(asked > prices)
        else:
            begin, size = weights.indptr[rows], weights.indptr[rows + 1] - weights.indptr[rows]
            at = np.repeat(begin - (np.cumsum(size) - size), size) + np.arange(int(size.sum()))
            asking = row[at]
            new = weights.data[at] - own[asking] + prices[assigned[asking]]
            column = weights.indices[at]
            higher = new > prices[column]
            column, new = column[higher], new[higher]
            asked = prices.copy()
            np.maximum.at(asked, column, new)
            risen = np.unique(column)
    return prices
