"""The best pairs, exactly: an assignment on the double cover, its prices as certificate, odd cycles resolved by blossoms.

Every member stands once as a row and once as a column, and may be assigned to themself (stay alone, at a price). That
linear programme is solved fast and gives each member a *price*; the sum of the prices is a bound that no pairing can
exceed. Its solution is made of pairs, of even cycles that split into pairs, and of a few odd cycles, which no pairing can
follow. Where odd cycles are left, the edges that can still be part of a best pairing are handed to a blossom algorithm.

A gain has two ranks: ``order`` (who is matched, who waited, who repeats; never traded for anything) and ``worth``.
All are whole numbers below 2**50 in sum, so that floating point carries them exactly.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import rustworkx
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]
Places = NDArray[np.intp]

# Edges a member offered to the blossom algorithm before the exact choice of edges is known.
_NEAREST = 8


@dataclass(frozen=True, slots=True)
class Gains:
    """What each pair (both matrices symmetric) and each member staying alone adds; more is better in both ranks.

    ``allowed`` says which pairs may be made; its diagonal, who may stay alone. ``unit``: differences of worth below it
    only break ties.
    """

    order: Matrix
    worth: Matrix
    allowed: Mask
    alone: Vector
    unit: float = 1.0

    def only(self, places: Places) -> "Gains":
        """The same among some of the members."""
        square = np.ix_(places, places)
        return Gains(self.order[square], self.worth[square], self.allowed[square], self.alone[places], self.unit)


@dataclass(frozen=True, slots=True)
class Prices:
    """For every allowed pair, the two members' prices together are at least the pair's gain, in both ranks."""

    order: Vector
    worth: Vector

    def total(self) -> tuple[float, float]:
        """What no pairing can exceed."""
        return float(self.order.sum()), float(self.worth.sum())


@dataclass(frozen=True, slots=True)
class Pairing:
    """``mates[i]`` is i's partner, or i. No other pairing gains more (differences of worth below the unit aside)."""

    mates: Places
    order: float
    worth: float

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Each pair once, the lower place first."""
        return ((i, j) for i, j in enumerate(self.mates.tolist()) if i < j)

    def alone(self) -> list[int]:
        """The places of those without a partner."""
        return [i for i, j in enumerate(self.mates.tolist()) if i == j]


def relax(gains: Gains) -> tuple[Places, Prices]:
    """The best assignment on the double cover and its prices: first by order, then by worth among what is best in order."""
    fresh = _relax_fresh(gains)
    if fresh is not None:
        return fresh
    order = np.where(gains.allowed, gains.order, -np.inf)
    np.fill_diagonal(order, np.where(np.diagonal(gains.allowed), 2 * gains.alone, -np.inf))
    _, rows, columns = assign(order)
    first = (rows + columns) / 2
    tight = first[:, None] + first[None, :] - order == 0
    worth = np.where(tight, gains.worth, -np.inf)
    np.fill_diagonal(worth, np.where(np.diagonal(tight), 0.0, -np.inf))
    assigned, rows, columns = assign(worth)
    return assigned, Prices(first, (rows + columns) / 2)


def _relax_fresh(gains: Gains) -> tuple[Places, Prices] | None:
    """The usual case at half the time: where all can be matched at no cost in order, all prices in order are 0."""
    free = gains.allowed & (gains.order == 0) & ~np.eye(len(gains.alone), dtype=np.bool_)
    if gains.order.max() > 0 or gains.alone.max() >= 0 or not free.any(axis=1).all():
        return None
    try:
        assigned, rows, columns = assign(np.where(free, gains.worth, -np.inf))
    except ValueError:
        return None
    return assigned, Prices(np.zeros(len(free)), (rows + columns) / 2)


def pair_up(gains: Gains) -> Pairing:
    """The pairing of the highest gain. An empty chair joins an odd number of members, so that parity costs no proof."""
    count = len(gains.alone)
    if count == 0:
        return Pairing(np.empty(0, np.intp), 0.0, 0.0)
    seated = gains if count % 2 == 0 else _with_chair(gains)
    assigned, prices = relax(seated)
    mates, odd = _split(assigned)
    if odd:
        mates = _resolve(seated, prices)
    if count % 2:
        last = int(mates[count])
        mates = mates[:count].copy()
        mates[last] = last
    return Pairing(mates, *_total(gains, mates))


def assign_by_rank(order: Matrix, worth: Matrix) -> Places:
    """The assignment best in order and, among those, best in worth; ``-inf`` in ``order``: never."""
    _, rows, columns = assign(order)
    tight = rows[:, None] + columns[None, :] - order == 0
    return assign(np.where(tight, worth, -np.inf))[0]


def assign(weights: Matrix) -> tuple[Places, Vector, Vector]:
    """The assignment of the highest weight (``-inf``: never), and the prices of the rows and of the columns.

    A row's price and a column's price together are at least their weight, and equal to it where one is assigned.

    The library gives no prices; they are the longest ways through the exchange graph, found by relaxing only the rows
    whose own price has just risen.
    """
    count = len(weights)
    assigned = linear_sum_assignment(weights, maximize=True)[1]
    holder = np.empty(count, np.intp)
    holder[assigned] = np.arange(count)
    own = weights[np.arange(count), assigned]
    regret = weights - own[:, None]
    columns = own[holder] / 2
    rows = np.arange(count)
    while len(rows):
        asked = (regret[rows] + columns[assigned[rows], None]).max(axis=0)
        risen = np.flatnonzero(asked > columns)
        columns[risen] = asked[risen]
        rows = holder[risen]
    return assigned, own - columns[assigned], columns


def _with_chair(gains: Gains) -> Gains:
    count = len(gains.alone)
    order = np.zeros((count + 1, count + 1))
    order[:count, :count] = gains.order
    order[count, :count] = order[:count, count] = gains.alone
    worth = np.zeros((count + 1, count + 1))
    worth[:count, :count] = gains.worth
    allowed = np.ones((count + 1, count + 1), np.bool_)
    allowed[:count, :count] = gains.allowed
    allowed[count, :count] = allowed[:count, count] = np.diagonal(gains.allowed)
    allowed[count, count] = False
    return Gains(order, worth, allowed, np.append(gains.alone, 0.0), gains.unit)


def _split(assigned: Places) -> tuple[Places, bool]:
    """Mates from the cycles of an assignment, and whether an odd cycle was among them (its members stay alone)."""
    onward = assigned.tolist()
    mates = list(range(len(onward)))
    seen = [False] * len(onward)
    odd = False
    for start in range(len(onward)):
        cycle: list[int] = []
        place = start
        while not seen[place]:
            seen[place] = True
            cycle.append(place)
            place = onward[place]
        odd = odd or (len(cycle) > 1 and len(cycle) % 2 == 1)
        for i, j in zip(cycle[0::2], cycle[1::2], strict=False):
            mates[i], mates[j] = j, i
    return np.array(mates, np.intp), odd


def _resolve(gains: Gains, prices: Prices) -> Places:
    """The best pairing where the assignment has odd cycles.

    A first answer from each member's nearest edges shows how far below the bound the best can lie at most; an edge whose
    two prices exceed its gain by more than that is in no best pairing, so a second answer from the others is exact.
    """
    first = prices.order[:, None] + prices.order[None, :] - gains.order
    second = prices.worth[:, None] + prices.worth[None, :] - gains.worth
    possible = gains.allowed & ~np.eye(len(first), dtype=np.bool_)
    mates = _blossom(gains, _nearest(first, second, possible))
    order, worth = _total(gains, mates)
    bound_order, bound_worth = prices.total()
    if order == bound_order and bound_worth // gains.unit == worth // gains.unit:
        return mates
    gap, rest = bound_order - order, bound_worth - worth
    return _blossom(gains, possible & ((first < gap) | ((first == gap) & (second <= rest))))


def _nearest(first: Matrix, second: Matrix, possible: Mask) -> Mask:
    """The few pairs of each member that cost least against the prices."""
    far = float(second.max()) + 1.0
    cost = np.where(possible, np.where(first == 0, second, far + first), np.inf)
    near = np.argpartition(cost, min(_NEAREST, len(cost) - 1), axis=1)[:, :_NEAREST]
    chosen = np.zeros(possible.shape, np.bool_)
    np.put_along_axis(chosen, near, values=True, axis=1)
    return (chosen | chosen.T) & possible


def _blossom(gains: Gains, edges: Mask) -> Places:
    """The best pairing among ``edges``; both ranks in one whole number, as Python's numbers never overflow."""
    left, right = (side.tolist() for side in np.nonzero(np.triu(edges, 1)))
    count = len(gains.alone)
    scale = int(np.abs(gains.worth).max()) * (count + 2) + 1
    staying = [int(gain) * scale for gain in gains.alone]
    highest = max(abs(int(np.abs(gains.order).max())) * scale, *(abs(gain) for gain in staying), scale)
    for place in np.flatnonzero(~np.diagonal(gains.allowed)).tolist():
        staying[place] = -4 * (count + 2) * highest
    order, worth = gains.order[left, right].tolist(), gains.worth[left, right].tolist()
    weighted = [
        (i, j, int(first) * scale + int(second) - staying[i] - staying[j])
        for i, j, first, second in zip(left, right, order, worth, strict=True)
    ]
    graph: rustworkx.PyGraph[None, int] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * count)
    graph.add_edges_from([edge for edge in weighted if edge[2] > 0])
    mates = np.arange(count)
    for i, j in rustworkx.max_weight_matching(graph, max_cardinality=False, weight_fn=int):
        mates[i], mates[j] = j, i
    return mates


def _total(gains: Gains, mates: Places) -> tuple[float, float]:
    """What a pairing gains, in both ranks."""
    places = np.arange(len(mates))
    paired = mates > places
    order = gains.order[places[paired], mates[paired]].sum() + gains.alone[mates == places].sum()
    return float(order), float(gains.worth[places[paired], mates[paired]].sum())
