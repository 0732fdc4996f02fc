"""Prices of all members of a market, proven by a look at all its pairs; found first in a small market that looks like it.

What a member gains by an eighth of a market at their prices is nearly that member's price in the whole one: a little lower, as
there is less choice, and by about as much for each doubling. So pairs that matter in the whole market are found in one look at
all of them, after a look at an eighth; the eighth in turn begins with a still smaller part.

Once all pairs have been looked at with some prices, only those of members whose price has fallen since have to be again.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.matching.large.assignment import Places, assign_edges
from bot.matching.large.market import Found, Market
from bot.matching.large.sampling import prices_from

Vector: TypeAlias = NDArray[np.float64]

# Up to so many members, all pairs are solved at once; a larger market has so many parts.
_SMALL = 200
_PARTS = 8
# One of so many of the smallest market makes a still smaller one, to see by how much prices rise.
_A_FEW = 4
# Grains below its prices at which a pair is kept in sight, and those at which it counts as an edge.
_NEAR = 45.0
_EDGE = 10.0
# Edges a member that are added at once at most, and factors that mix two places to choose among equal ones.
_EDGES = 12.0
_ONE_FACTOR, _OTHER_FACTOR = 0x9E3779B1, 0x85EBCA77
# Pairs a member that there is room for where very many are worth the same.
_MOST = 32.0
# Grains that prices are expected too low by: where they are too high, too few pairs are seen.
_SHORT = 10.0
# How much a price of a small market may be lower, in grains, than half of the best meeting of its member.
_LOWER = 100.0
# How much a price may fall at first, in grains, before there has been another look for pairs that hold it.
_DEPTH = 64.0
_DEEPER = 8.0
# Members whose pairs are looked at once more where some are gone.
_FALLEN = 32
# Looks at the pairs of those whose price has fallen, in a market whose prices are only a beginning.
_LOOKS = 1


@dataclass(frozen=True, slots=True)
class Priced:
    """Each member's price in grains, whom the assignment gives them, and the pairs that come near their prices.

    No pair is worth more than its two prices: that is proven for all pairs, whether they are among ``near`` or not. One that is
    not lacks at least the ``spare`` of the two.
    """

    prices: Vector
    assigned: Places
    near: Found
    spare: Vector


def _nobody(_done: float) -> None:
    """Nobody looks."""


class Pricing:
    """Finds prices; remembers by how much they rise from a smaller market to a larger one. ``told`` how far the looking is."""

    def __init__(self, told: Callable[[float], None] = _nobody, small: int = _SMALL, most: float = _MOST) -> None:
        # Grains for each doubling.
        self._rise = 0.0
        self._told = told
        self._small = small
        self._most = most

    def whole(self, market: Market, alone: Vector) -> Priced:
        """Proven prices of a whole market. ``alone``: what it is worth that somebody stays without a partner."""
        return self._settle(market, self._expected(market, self._asking), alone, None)

    def _expected(self, market: Market, told: Callable[[float], None] | None = None) -> Vector:
        """Prices to begin with: what each member gains by those of a smaller market, and what that is likely to rise by."""
        count = len(market.seats)
        parts = self._parts(count)
        few = np.arange(0, count, parts)
        gained = prices_from(market, few, self._rough(market.part(few)), told)
        return np.rint(gained + self._rise * math.log2(parts) - _SHORT)

    def _rough(self, market: Market) -> Vector:
        count = len(market.seats)
        if count <= self._small:
            prices = _at_once(market)
            few = np.arange(0, count, _A_FEW)
            gained = prices_from(market, few, _at_once(market.part(few)))
            self._rise = float(np.mean(prices - gained)) / math.log2(_A_FEW)
            return prices
        expected = self._expected(market)
        prices = self._settle(market, expected, np.zeros(count), _LOOKS).prices
        self._rise += (float(np.mean(prices - expected)) - _SHORT) / math.log2(self._parts(count))
        return prices

    def _asking(self, done: float) -> None:
        self._told(done / 2)

    def _looking(self, done: float) -> None:
        self._told((1 + done) / 2)

    def _parts(self, count: int) -> int:
        """Into how many parts a market is cut; the smallest have about half of the small number of members, or more."""
        return _PARTS if count > 4 * _PARTS * self._small else max(2, -(-count // self._small))

    def _settle(self, market: Market, expected: Vector, alone: Vector, looks: int | None) -> Priced:
        """From expected prices to proven ones; to nearly right ones after so many ``looks``."""
        looked, count = expected.copy(), len(expected)
        near = market.above(looked - _NEAR / 2, most=self._most, told=self._looking if looks is None else None)
        # All pairs that are not near are worth so much less than what the two were looked at with, at least.
        margin = _NEAR - near.over
        prices, depth, floor = expected, np.full(count, _DEPTH), expected - _DEPTH
        edges = np.zeros(len(near.left), np.bool_)
        while True:
            assigned, prices = _assigned(near, edges, np.maximum(floor, alone), prices)
            fallen = np.flatnonzero(prices < looked - margin / 2)
            single = np.flatnonzero((assigned == np.arange(count)) & (floor > alone))
            if looks == 0 or not (len(fallen) or len(single)):
                return Priced(prices, assigned, near, np.maximum(0.0, prices - looked + margin / 2))
            looks = looks if looks is None else looks - 1
            # Where too few pairs are known yet a price falls too far; so it may fall so far only, and then farther.
            floor[single] -= depth[single]
            depth[single] *= _DEEPER
            if margin < 0 or 2 * len(fallen) > count:
                looked = prices.copy()
                more = market.above(looked - _NEAR / 2, most=self._most)
                margin = _NEAR - more.over
            else:
                looked[fallen] = prices[fallen]
                more = market.above(looked - margin / 2, fallen, most=self._most)
                margin -= more.over
            near, edges = _together(near, edges, more)


def without(market: Market, priced: Priced, alone: Vector, gone: Places) -> tuple[Places, Priced, float]:
    """The others, where some are ``gone``; their prices by the pairs that are near; and what proven prices come to at most."""
    others = np.delete(np.arange(len(priced.prices)), gone)
    place = np.full(len(priced.prices), -1)
    place[others] = np.arange(len(others))
    left, right = place[priced.near.left], place[priced.near.right]
    here = (left >= 0) & (right >= 0)
    near = Found(left[here], right[here], priced.near.worth[here])
    edges, start, alone = np.zeros(len(near.left), np.bool_), priced.prices[others], alone[others]
    # Pairs that are not near are worth no more than these of the two.
    enough, market = start - priced.spare[others], market.part(others)
    # A price that falls very far lets others rise as far, which proves nothing.
    floor = np.maximum(alone, enough - _DEPTH)
    assigned, prices = _assigned(near, edges, floor, start)
    most = _proven(market, prices, enough)
    if (floor > alone)[assigned == np.arange(len(others))].any():
        # It takes that for somebody to find a partner.
        assigned, prices = _assigned(near, edges, alone, start)
        most = min(most, _proven(market, prices, enough))
    return others, Priced(prices, assigned, near, np.maximum(0.0, prices - enough)), most


def _proven(market: Market, prices: Vector, enough: Vector) -> float:
    """The sum of prices that are raised where pairs might be worth more: to what is ``enough``, or less if all are looked at."""
    fallen = np.flatnonzero(prices < enough)
    raised = np.maximum(prices, enough)
    if 0 < len(fallen) <= _FALLEN:
        found = market.above(prices, fallen)
        over = found.worth - prices[found.left] - prices[found.right]
        raised[fallen] = prices[fallen]
        for side in (found.left, found.right):
            few = np.isin(side, fallen)
            np.maximum.at(raised, side[few], (prices[side] + over)[few])
        raised[fallen] = np.minimum(raised[fallen], enough[fallen])
    return math.fsum(raised)


def _assigned(near: Found, edges: NDArray[np.bool_], alone: Vector, prices: Vector) -> tuple[Places, Vector]:
    """The best assignment by the pairs that are near, and its prices; of those that matter, ``edges`` are made."""
    while True:
        _choose(edges, near, prices)
        assigned, prices = assign_edges(near.only(edges), alone, prices)
        if (prices[near.left] + prices[near.right] >= near.worth).all():
            return assigned, prices


def _choose(edges: NDArray[np.bool_], near: Found, prices: Vector) -> None:
    """Makes edges of the pairs that come nearest to their prices; of equal ones, any, but the same on every machine."""
    below = prices[near.left] + prices[near.right] - near.worth
    fresh = np.flatnonzero(~edges & (below < _EDGE))
    room = int(_EDGES * len(prices))
    if len(fresh) > room:
        mixed = (near.left[fresh] * _ONE_FACTOR + near.right[fresh] * _OTHER_FACTOR) >> 7 & 0xFFFF
        fresh = fresh[np.lexsort((mixed, below[fresh]))[:room]]
    edges[fresh] = True


def _together(near: Found, edges: NDArray[np.bool_], more: Found) -> tuple[Found, NDArray[np.bool_]]:
    """Both, each pair once, and which of them were edges."""
    known = (near.left << 32) | near.right
    joined = Found.joined([near, more])
    marked = np.zeros(len(joined.left), np.bool_)
    marked[np.searchsorted((joined.left << 32) | joined.right, known[edges])] = True
    return joined, marked


def _at_once(market: Market) -> Vector:
    """The prices of a small market, from all its pairs."""
    count = len(market.seats)
    every = market.above(np.full(count, -1.0))
    start = np.zeros(count)
    np.maximum.at(start, every.left, every.worth)
    np.maximum.at(start, every.right, every.worth)
    start /= 2
    near = every.only(every.worth > start[every.left] + start[every.right] - _LOWER)
    return assign_edges(near, np.maximum(0.0, start - _LOWER), start)[1]
