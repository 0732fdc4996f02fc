"""The best pairs, exactly: an assignment on the double cover, and partners for the odd cycles that it leaves.

The assignment (see ``assignment.py``) does nearly all the work in compiled code. What it leaves is a few odd cycles; a
search by Edmonds' algorithm, from the prices of the assignment, finds each a partner. At the end the prices are a proof:
they add up to exactly what the pairing gains, and no pairing can gain more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.assignment import Gains, Matrix, Places, Prices, Ranked, assign_by_rank, relax
from bot.matching.blossoms import NOBODY, Blossoms
from bot.matching.search import Search

__all__ = [
    "Gains",
    "Matrix",
    "Pairing",
    "Places",
    "Prices",
    "Proof",
    "Relaxed",
    "assign_by_rank",
    "pair_up",
    "relax",
]


@dataclass(frozen=True, slots=True)
class Proof:
    """Why no pairing gains more: each member's price, and rings of an odd number of members with a price of their own.

    For every allowed pair, the prices of the two and of the rings with both of them are at least its gain. A ring of 2k + 1
    members holds at most k pairs. So it holds for whomever is left out. The empty chair, where there is one, comes last.
    """

    prices: Prices
    rings: tuple[tuple[Places, float, float], ...]

    def total(self, without: Sequence[int] = ()) -> tuple[float, float]:
        """What no pairing without these members can exceed; for those that the pairing was made without, what it gains."""
        left_out = list(without)
        order = float(np.delete(self.prices.order, left_out).sum())
        worth = float(np.delete(self.prices.worth, left_out).sum())
        return (
            order + sum(price * (len(members) // 2) for members, price, _ in self.rings),
            worth + sum(price * (len(members) // 2) for members, _, price in self.rings),
        )


@dataclass(frozen=True, slots=True)
class Pairing:
    """``mates[i]`` is i's partner, or i; -1 for those who were left out before. No other pairing gains more."""

    mates: Places
    order: float
    worth: float
    proof: Proof

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Each pair once, the lower place first."""
        return ((i, j) for i, j in enumerate(self.mates.tolist()) if i < j)

    def alone(self) -> list[int]:
        """The places of those without a partner."""
        return [i for i, j in enumerate(self.mates.tolist()) if i == j]


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The assignment of some members, from which the best pairing of all of them, or of all but a few, is soon found."""

    gains: Gains
    assigned: Places
    prices: Prices

    @classmethod
    def of(cls, gains: Gains) -> "Relaxed":
        """Solves the assignment."""
        return cls(gains, *relax(gains))

    def pair_up(self, without: Sequence[int] = ()) -> Pairing:
        """The pairing of the highest gain without some of the members: as good as one sought anew, many times faster.

        Best for an even number. Raises :class:`ValueError` where members who must not stay alone would have to.
        """
        prices = self.prices.ranked()
        blossoms = Blossoms.of_assignment(self.assigned.tolist(), without)
        Search(self.gains, prices, blossoms, without).run()
        mates = np.array(blossoms.mate, np.intp)
        mates[list(without)] = NOBODY
        return Pairing(mates, *_total(self.gains, mates), self._proof(prices, blossoms, without))

    def _proof(self, prices: Ranked, blossoms: Blossoms, without: Sequence[int]) -> Proof:
        """Those left out get the lowest prices that are high enough, so that the proof speaks of them as well."""
        staying = self.gains.staying()
        prices[list(without)] = np.inf
        for place in without:
            with_others = (self.gains.between(place) - prices)[np.arange(len(prices)) != place]
            prices[place] = with_others.max(initial=staying[place])
        rings = tuple((blossoms.of(ring), price.real, price.imag) for ring, price in blossoms.price.items() if price)
        return Proof(Prices(prices.real.copy(), prices.imag.copy()), rings)


def pair_up(gains: Gains) -> Pairing:
    """The pairing of the highest gain. An empty chair joins an odd number of members, so that parity costs no proof."""
    count = len(gains.alone)
    if count % 2 == 0:
        return Relaxed.of(gains).pair_up()
    seated = Relaxed.of(_with_chair(gains)).pair_up()
    mates = seated.mates[:count].copy()
    mates[seated.mates[count]] = seated.mates[count]
    return Pairing(mates, seated.order, seated.worth, seated.proof)


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


def _total(gains: Gains, mates: Places) -> tuple[float, float]:
    """What a pairing gains, in both ranks."""
    places = np.arange(len(mates))
    paired = mates > places
    order = gains.order[places[paired], mates[paired]].sum() + gains.alone[mates == places].sum()
    return float(order), float(gains.worth[places[paired], mates[paired]].sum())
