"""The best round with one trio, where the number of members is odd.

Prices bound what all others can be worth, whichever three are taken out. So a trio *promises* no more than its three meetings are
worth above the prices of its members, and each side's *part* of that is its worth less half of its two prices. The two largest
parts of a promising trio are large, and pairs with a large part are few: they are listed, and with them all trios that promise
more than what has been found. A trio is tried by pricing the others alone; those prices prove what it really comes to.
"""

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.matching.large.assignment import Places
from bot.matching.large.cycles import pair_off
from bot.matching.large.market import Found, Market
from bot.matching.large.mending import mend
from bot.matching.large.prices import Priced, without

Vector: TypeAlias = NDArray[np.float64]

# Sides a member that are looked at first, and at most; those that a block of the look at other pairs has room for.
_FIRST = 1.5
_MOST = 6.0
_ROOM = 16.0
# Two sides with one member in common that are looked at, and trios that are remembered.
_CORNERS = 400_000
_KEPT = 256
# Trios that are tried.
_TRIES = 8


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is looked at: ``first`` and ``most`` sides a member, and so many ``corners``; trios that are tried."""

    first: float = _FIRST
    most: float = _MOST
    corners: int = _CORNERS
    tries: int = _TRIES


@dataclass(frozen=True, slots=True)
class OneTrio:
    """``mates[i]`` is i's partner, below zero for the members of the ``trio``. In grains, no round in pairs and one trio of three
    sectors, with nobody alone, is worth more than ``most``."""

    trio: tuple[int, int, int]
    mates: Places
    most: float


@dataclass(frozen=True, slots=True)
class Threes:
    """Trios that may be, one a column, those that promise most first. What is not among them promises ``beyond`` at most."""

    members: Places
    promise: Vector
    beyond: float


@dataclass(frozen=True, slots=True)
class _Tried:
    """A trio, the others, and their prices when they are alone. ``worth`` above all prices, and at most so much."""

    trio: Places
    others: Places
    priced: Priced
    worth: float
    most: float


def with_one_trio(market: Market, priced: Priced, alone: Vector, limits: Limits | None = None) -> OneTrio | None:
    """None where no three were found without whom the others find a partner each."""
    limits = limits or Limits()
    search = _Search(market, priced, alone, limits)
    search.through(_near(market, priced, limits))
    if search.best is None:
        return None
    left = search.through(every_trio(market, priced, search.best.worth, limits))
    best = search.best
    mates = np.full(len(priced.prices), -1)
    others = market.part(best.others)
    paired = pair_off(best.priced)
    if paired.left:
        return None
    mend(others, best.priced, paired.mates)
    mates[best.others] = best.others[paired.mates]
    one, other, third = best.trio.tolist()
    return OneTrio((one, other, third), mates, math.fsum(priced.prices) + max(left, search.most))


class _Search:
    """Tries trios, those first that promise most."""

    def __init__(self, market: Market, priced: Priced, alone: Vector, limits: Limits) -> None:
        self._market = market
        self._priced = priced
        self._alone = alone
        self._tries = limits.tries
        self._tried: set[tuple[int, ...]] = set()
        self.best: _Tried | None = None
        # What any of those that were tried comes to, at most.
        self.most = -math.inf

    def through(self, threes: Threes) -> float:
        """Until none promises more than the best comes to, or enough are tried. What the others come to at most."""
        promises: list[float] = threes.promise.tolist()
        for trio, promise in zip(threes.members.T, promises, strict=True):
            if self.best is not None and promise <= self.best.worth:
                break
            key = tuple(trio.tolist())
            if key in self._tried:
                continue
            if len(self._tried) >= self._tries:
                return max(promise, threes.beyond)
            self._tried.add(key)
            self._try(trio, promise)
        return threes.beyond

    def _try(self, trio: Places, promise: float) -> None:
        others, priced, most = without(self._market, self._priced, self._alone, trio)
        above = promise + math.fsum(self._priced.prices[trio]) - math.fsum(self._priced.prices)
        tried = _Tried(trio, others, priced, above + math.fsum(priced.prices), min(promise, above + most))
        self.most = max(self.most, tried.most)
        full = not (priced.assigned == np.arange(len(others))).any()
        if full and (self.best is None or tried.worth > self.best.worth):
            self.best = tried


def _near(market: Market, priced: Priced, limits: Limits) -> Threes:
    """Some trios of which two sides are near their prices."""
    near, parts = priced.near, _parts(priced, priced.near)
    room = min(len(parts), int(limits.first * len(priced.prices)))
    large = np.flatnonzero(parts >= np.partition(parts, -room)[-room])
    # Of equal ones, any: the first would have few members.
    drawn = market.traits.register.drawn(market.seats[near.left[large]], market.seats[near.right[large]])
    first = large[np.lexsort((drawn, -parts[large]))[:room]]
    return _threes(market, priced, Found(near.left[first], near.right[first], near.worth[first]), -math.inf, limits)


def every_trio(market: Market, priced: Priced, needed: float, limits: Limits) -> Threes:
    """All trios that promise more than is ``needed``; where those are too many to list, what the others promise at most."""
    near = priced.near
    parts, half = _parts(priced, near), priced.prices / 2
    # The part of a pair that is not near is less than what its members reach to together.
    reach = half - priced.spare
    farthest = float(reach.max())
    # Of three sides whose parts add up to more than is needed, two are above the floor.
    floor = (needed - max(float(parts.max(initial=-math.inf)), 2 * farthest)) / 2
    room = int(limits.most * len(half))
    if int((parts > floor).sum()) > room:
        floor = float(np.partition(parts, -room)[-room])
    sides = near.only(parts > floor)
    some = np.flatnonzero(reach + farthest > floor)
    if len(some):
        # In the order of what they reach to, most blocks need not be looked at.
        some = some[np.lexsort((-reach[some], market.code[some]))]
        found = market.part(some).above(half[some] + floor / 2, most=_ROOM, reach=reach[some] - floor / 2)
        floor += found.over
        one, other = some[found.left], some[found.right]
        sides = Found.joined([sides, Found(np.minimum(one, other), np.maximum(one, other), found.worth)])
    highest = max(floor, float(_parts(priced, sides).max(initial=-math.inf)))
    floor = max(floor, (needed - highest) / 2)
    threes = _threes(market, priced, sides.only(_parts(priced, sides) > floor), needed, limits)
    # Where sides had to be left out, two of their parts and the largest of all.
    return Threes(threes.members, threes.promise, max(needed, highest + 2 * max(floor, threes.beyond)))


def _parts(priced: Priced, sides: Found) -> Vector:
    """The part of each side in what a trio promises."""
    half = priced.prices / 2
    return sides.worth - half[sides.left] - half[sides.right]


def _threes(market: Market, priced: Priced, sides: Found, needed: float, limits: Limits) -> Threes:
    """The trios of which two are sides, and that promise more than is ``needed``. ``beyond``: sides with no larger part were
    left out."""
    count, floor = len(priced.prices), -math.inf
    while True:
        rows, columns = np.concatenate([sides.left, sides.right]), np.concatenate([sides.right, sides.left])
        parts = np.tile(_parts(priced, sides), 2)
        order = np.lexsort((-parts, rows))
        rows, columns, parts = rows[order], columns[order], parts[order]
        end = np.cumsum(np.bincount(rows, minlength=count))
        # A member's side with each of those that come after it, whose parts are no larger.
        large = np.flatnonzero(3 * parts > needed)
        times = end[rows[large]] - large - 1
        if int(times.sum()) <= limits.corners:
            break
        floor = float(np.median(parts))
        sides = sides.only(_parts(priced, sides) > floor)
    one = np.repeat(large, times)
    two = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(times) - times, times)
    chosen = parts[one] + 2 * parts[two] > needed
    one, two = one[chosen], two[chosen]
    corner, left, right = rows[one], columns[one], columns[two]
    may = market.may_meet(left, right)
    may &= market.traits.register.threes(market.seats[corner], market.seats[left], market.seats[right])
    corner, left, right = corner[may], left[may], right[may]
    third = market.worth(left, right) - (priced.prices[left] + priced.prices[right]) / 2
    promise = parts[one[may]] + parts[two[may]] + third
    least = np.partition(promise, -_KEPT)[-_KEPT] if len(promise) > _KEPT else -math.inf
    return _in_order(np.stack([corner, left, right]), promise, (promise >= least) & (promise > needed), floor)


def _in_order(members: Places, promise: Vector, chosen: NDArray[np.bool_], beyond: float) -> Threes:
    """Those that are chosen, each once, those that promise most first."""
    members, once = np.unique(np.sort(members[:, chosen], axis=0), axis=1, return_index=True)
    promise = promise[chosen][once]
    order = np.argsort(-promise, kind="stable")
    return Threes(members[:, order], promise[order], beyond)
