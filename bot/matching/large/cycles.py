"""Pairs from an assignment: even cycles fall into pairs, and odd ones are joined two by two, along ways that cost least.

A way goes from a member of one odd cycle over somebody's partner to the next, until it ends in another odd cycle: all on it
change partners, and what the round loses is what the pairs on the way cost more, by the prices, than they are worth. One who
stays alone is an odd cycle of one.
"""

from dataclasses import dataclass
from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from bot.matching.large.assignment import Places
from bot.matching.large.market import Found
from bot.matching.large.prices import Priced

Vector: TypeAlias = NDArray[np.float64]
Cycle: TypeAlias = list[int]

# Ways tried for one cycle, and cycles that are joined at all; where there are more, the market is too unlike an even one.
_WAYS = 24
_CYCLES = 400
# Grains below its prices up to which a pair is a step at first.
_REACH = 12.0
# What a step costs at least, so that the library does not take it for none.
_STEP = 2.0**-20


@dataclass(frozen=True, slots=True)
class Paired:
    """``mates[i]`` is i's partner, or i. ``left``: one member of each odd cycle that found no other."""

    mates: Places
    left: list[Cycle]


def pair_off(priced: Priced, ways: int = _WAYS) -> Paired:
    """The pairs of an assignment, its odd cycles joined as well as they can be; ``ways`` are tried for each."""
    even, odd = _cycles(priced.assigned)
    mates = np.arange(len(priced.assigned))
    for cycle in even:
        _match(mates, cycle)
    left: list[Cycle] = []
    while odd:
        cycle = odd.pop()
        way = _best_way(priced, mates, cycle, odd, ways) if len(odd) < _CYCLES else None
        if way is None:
            left.append(cycle)
            continue
        other = next(other for other in odd if way[-1] in other)
        odd.remove(other)
        _match(mates, way)
        _match(mates, _after(cycle, way[0]))
        _match(mates, _after(other, way[-1]))
    for cycle in left:
        _match(mates, cycle[1:])
    return Paired(mates, left)


def opened(mates: Places, cycle: Cycle, alone: int) -> None:
    """Lets another member of an odd cycle stay alone."""
    mates[alone] = alone
    _match(mates, _after(cycle, alone))


def _after(cycle: Cycle, member: int) -> Cycle:
    """The others of a cycle, in order."""
    at = cycle.index(member)
    return cycle[at + 1 :] + cycle[:at]


def _match(mates: Places, members: Cycle) -> None:
    """The first with the second, the third with the fourth."""
    for one, other in zip(members[0::2], members[1::2], strict=True):
        mates[one], mates[other] = other, one


def _cycles(assigned: Places) -> tuple[list[Cycle], list[Cycle]]:
    onward: list[int] = assigned.tolist()
    seen = [False] * len(onward)
    even: list[Cycle] = []
    odd: list[Cycle] = []
    for start in range(len(onward)):
        cycle: Cycle = []
        place = start
        while not seen[place]:
            seen[place] = True
            cycle.append(place)
            place = onward[place]
        if cycle:
            (odd if len(cycle) % 2 else even).append(cycle)
    return even, odd


def _best_way(priced: Priced, mates: Places, cycle: Cycle, others: list[Cycle], ways: int) -> Cycle | None:
    """The cheapest way from a cycle to another, as the members on it; None where there is none."""
    if not others or not ways:
        return None
    below = priced.prices[priced.near.left] + priced.prices[priced.near.right] - priced.near.worth
    for reach in (_REACH, np.inf):
        # Most ways that cost little are made of steps that do.
        near = priced.near.only(below <= reach)
        way = _way(near, below[below <= reach], mates, cycle, others, ways)
        if way is not None:
            return way
    return None


def _way(near: Found, below: Vector, mates: Places, cycle: Cycle, others: list[Cycle], ways: int) -> Cycle | None:
    """The same over some pairs, which are so much ``below`` their prices."""
    count = len(mates)
    rows = np.concatenate([near.left, near.right])
    columns = np.concatenate([near.right, near.left])
    cost = np.concatenate([below, below]) + _STEP
    ends = np.zeros(count, np.bool_)
    ends[[member for other in others for member in other]] = True
    free = mates == np.arange(count)
    # A step leads to somebody's partner, or into another cycle; those of the cycle itself are no end.
    steps = (mates[rows] != columns) & (ends[columns] | ~free[columns])
    rows, columns, cost = rows[steps], columns[steps], cost[steps]
    target = np.where(ends[columns], columns, mates[columns])
    for _ in range(ways):
        graph = csr_array((cost, (rows, target)), shape=(count, count))
        found = dijkstra(graph, indices=cycle, min_only=True, return_predecessors=True)
        distance, before = cast("tuple[Vector, Places]", found[:2])
        reached = np.flatnonzero(ends)
        end = int(reached[np.argmin(distance[reached])])
        if not np.isfinite(distance[end]):
            return None
        way = _followed(before, mates, end)
        twice = [at for at, member in enumerate(way) if member in way[:at]]
        if not twice:
            return way
        # It would part a pair twice: the step that does so is not taken again.
        step = (twice[0] + 1) // 2
        gone = (rows == way[2 * step - 2]) & (target == way[min(2 * step, len(way) - 1)])
        rows, target, cost = rows[~gone], target[~gone], cost[~gone]
    return None


def _followed(before: Places, mates: Places, end: int) -> Cycle:
    """The members on a way, in pairs that are to meet: first with second, third with fourth."""
    way = [end]
    place = int(before[end])
    while int(before[place]) >= 0:
        # ``place`` was reached over their partner, whom the one before them is to meet.
        way += [place, int(mates[place])]
        place = int(before[place])
    way.append(place)
    return way[::-1]
