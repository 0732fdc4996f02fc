"""The assignment on the double cover: the best pairing if halves of pairs were allowed, fast, and its prices.

Every member stands once as a row and once as a column, and may be assigned to themself (stay alone, at a price). That
linear programme gives each member a *price*; the sum of the prices is a bound that no pairing can exceed. Its solution is
made of pairs, of even cycles that split into pairs, and of a few odd cycles, which no pairing can follow.

A gain has two ranks: ``order`` (who is matched, who waited, who repeats; never traded for anything) and ``worth``.
All are whole numbers below 2**50 in sum, so that floating point carries them exactly.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Matrix: TypeAlias = NDArray[np.float64]
Vector: TypeAlias = NDArray[np.float64]
Mask: TypeAlias = NDArray[np.bool_]
Places: TypeAlias = NDArray[np.intp]
# Both ranks as one number, the order in its real part: numpy compares complex numbers by that part first.
Ranked: TypeAlias = NDArray[np.complex128]

# A gain that is out of the question. Not infinite: a complex infinity times a number is not a number.
NEVER = 1e200
# Rows whose prices are looked at together.
_AT_ONCE = 64


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

    def between(self, members: int | Places | tuple[Places, ...]) -> Ranked:
        """A member's gains with all others, or those between some members and some others (``np.ix_``), in both ranks."""
        ranked: Ranked = self.order[members] + 1j * self.worth[members]
        ranked[~self.allowed[members]] = -NEVER
        return ranked

    def staying(self) -> Ranked:
        """What each member staying alone adds, in both ranks."""
        return np.where(np.diagonal(self.allowed), self.alone, -NEVER).astype(np.complex128)


@dataclass(frozen=True, slots=True)
class Prices:
    """For every allowed pair, the two members' prices together are at least the pair's gain, in both ranks."""

    order: Vector
    worth: Vector

    def total(self) -> tuple[float, float]:
        """What no pairing can exceed."""
        return float(self.order.sum()), float(self.worth.sum())

    def ranked(self) -> Ranked:
        """Both ranks as one."""
        both: Ranked = self.order + 1j * self.worth
        return both


def relax(gains: Gains) -> tuple[Places, Prices]:
    """The best assignment on the double cover and its prices: first by order, then by worth among what is best in order.

    Raises :class:`ValueError` where those who must not stay alone would have to.
    """
    guess = _lowest_prices(gains)
    if guess is not None:
        with suppress(ValueError):
            return _by_worth(gains, guess)
    order = np.where(gains.allowed, gains.order, -np.inf)
    np.fill_diagonal(order, np.where(np.diagonal(gains.allowed), 2 * gains.alone, -np.inf))
    _, rows, columns = _assign(order)
    del order
    return _by_worth(gains, (rows + columns) / 2)


def _lowest_prices(gains: Gains) -> Vector | None:
    """The prices in order if each member gets the best that they can get; None where not all can.

    In the usual case they do, and one assignment is enough: all are paired with somebody new, but for the one who takes the
    empty chair.
    """
    pairs = gains.allowed.copy()
    np.fill_diagonal(pairs, val=False)
    staying = np.where(np.diagonal(gains.allowed), gains.alone, -np.inf)
    best = np.maximum(gains.order.max(axis=1, where=pairs, initial=-np.inf), staying)
    if not np.isfinite(best).all():
        return None
    pairs &= best[:, None] + best[None, :] < gains.order
    return None if pairs.any() else best


def _by_worth(gains: Gains, first: Vector) -> tuple[Places, Prices]:
    """The best assignment by worth among what these prices in order leave. Raises :class:`ValueError` where that is none."""
    tight = gains.allowed & (first[:, None] + first[None, :] == gains.order)
    worth = np.where(tight, gains.worth, -np.inf)
    np.fill_diagonal(worth, np.where(np.diagonal(gains.allowed) & (first == gains.alone), 0.0, -np.inf))
    assigned, rows, columns = _assign(worth)
    return assigned, Prices(first, (rows + columns) / 2)


def assign_by_rank(order: Matrix, worth: Matrix) -> Places:
    """The assignment best in order and, among those, best in worth; ``-inf`` in ``order``: never.

    Raises :class:`ValueError` where there is none.
    """
    _, rows, columns = _assign(order.copy())
    tight = rows[:, None] + columns[None, :] == order
    return _assign(np.where(tight, worth, -np.inf))[0]


def _assign(weights: Matrix) -> tuple[Places, Vector, Vector]:
    """The assignment of the highest weight (``-inf``: never), and the prices of the rows and of the columns.

    A row's price and a column's price together are at least their weight, and equal to it where one is assigned.
    ``weights`` is overwritten: beside it, a second table of that size would be most of what planning takes in memory.

    The library gives no prices; they are the longest ways through the exchange graph, found by relaxing only the rows
    whose own price has just risen.
    """
    count = len(weights)
    places = np.arange(count)
    # The library copies what it shall maximise, and minimises without.
    regret = np.negative(weights, out=weights)
    assigned = linear_sum_assignment(regret)[1]
    holder = np.empty(count, np.intp)
    holder[assigned] = places
    own = -regret[places, assigned]
    regret += own[:, None]
    columns = own[holder] / 2
    rows = places
    while len(rows):
        risen = np.zeros(count, np.bool_)
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            asked = (columns[assigned[some], None] - regret[some]).max(axis=0)
            risen |= asked > columns
            np.maximum(columns, asked, out=columns)
        rows = holder[risen]
    return assigned, own - columns[assigned], columns
