"""The groups of a round where pairs reach nearly everybody; who is left over becomes the third of a pair."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np

from bot.matching.large.assignment import Places
from bot.matching.large.cycles import Cycle, opened, pair_off
from bot.matching.large.market import Market
from bot.matching.large.mending import mend
from bot.matching.large.one_trio import with_one_trio
from bot.matching.large.parting import falls_short
from bot.matching.large.prices import Priced, Pricing
from bot.matching.large.register import Numbers
from bot.matching.large.traits import Traits

Group: TypeAlias = tuple[int, ...]

# Members of an odd cycle who are tried as the one left over, and those left over who are given a pair at all.
_TRIED = 4
_THIRDS = 400
_TRIO = 3


@dataclass(frozen=True, slots=True)
class Made:
    """Groups of seats and who is alone. ``above``: how many grains more a round can be worth at most in which as many are
    alone, sit in threes and meet again."""

    groups: list[Group]
    alone: list[int]
    above: int


def in_pairs(traits: Traits, free: Numbers, pricing: Pricing) -> Made:
    """The best pairs, and trios for those left over."""
    if not len(free):
        return Made([], [], 0)
    meets = ~np.eye(len(traits.balance), dtype=np.bool_)
    meets[-1, -1] = True
    market, alone = Market.of(traits, free, meets), -traits.alone(free)
    priced = pricing.whole(market, alone)
    single = (priced.assigned == np.arange(len(free))).any()
    odd = len(free) % 2 and len(free) > _TRIO and not single
    one = with_one_trio(market, priced, alone) if odd else None
    if one is not None:
        groups, left, most = [*_pairs(one.mates), one.trio], list[int](), one.most
    else:
        groups, left = _with_thirds(market, priced)
        most = _most(traits, priced, [_seated(free, group) for group in groups], len(left))
    above = most - int(market.worth(*meetings(groups)).sum())
    seated = [_seated(free, group) for group in groups]
    if above >= 1 and not left and 2 * len(groups) == len(free):
        above -= falls_short(market, priced)
    return Made(seated, free[left].tolist(), within(traits, seated, above))


def _seated(free: Numbers, group: Group) -> Group:
    return tuple(free[list(group)].tolist())


def _most(traits: Traits, priced: Priced, groups: Sequence[Group], alone: int) -> float:
    """What a round can be worth in which as many are alone and sit in threes."""
    prices = np.sort(priced.prices)
    # In a trio each meets two; where two of the three are of one sector, only the third does.
    twice = sum(1 if _has_twins(traits, group) else 3 for group in groups if len(group) == _TRIO)
    return math.fsum(prices[alone:]) + math.fsum(prices[len(prices) - twice :])


def within(traits: Traits, groups: Sequence[Group], above: float) -> int:
    """``above``, but no more than if every meeting of as many groups were worth what no meeting exceeds.

    Prices that say who takes part at all can be far beyond any worth.
    """
    left, right = meetings(groups)
    return max(0, math.floor(min(above, traits.most * len(left) - int(traits.grains(left, right).sum()))))


def _has_twins(traits: Traits, group: Group) -> bool:
    """Whether two of a group are of one sector."""
    return not bool(traits.register.bridging(*meetings([group])).all())


def meetings(groups: Sequence[Sequence[int]]) -> tuple[Numbers, Numbers]:
    """Every two in a group."""
    pairs = np.array([pair for group in groups for pair in combinations(group, 2)], np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _pairs(mates: Places) -> list[Group]:
    return [(one, other) for one, other in enumerate(mates.tolist()) if one < other]


def _with_thirds(market: Market, priced: Priced) -> tuple[list[Group], list[int]]:
    """Places in groups, and places alone: each who is left over becomes the third of a pair."""
    paired = pair_off(priced)
    mates, trios, alone = paired.mates, list[Group](), list[int]()
    for cycle in paired.left:
        trio = _as_third(market, priced, mates, cycle) if len(paired.left) <= _THIRDS else None
        if trio is None:
            opened(mates, cycle, min(cycle, key=lambda place: _rank(market, priced, place)))
            alone += [place for place in cycle if mates[place] == place]
        else:
            trios.append(trio)
            mates[list(trio)] = -1
    mend(market, priced, mates)
    return [*_pairs(mates), *trios], alone


def _rank(market: Market, priced: Priced, place: int) -> tuple[int, float]:
    """Who stays alone first: who waited least, and of those whom the round misses least."""
    return market.traits.register.people[int(market.seats[place])].waited, float(priced.prices[place])


def _as_third(market: Market, priced: Priced, mates: Places, cycle: Cycle) -> Group | None:
    """The best trio of one of the cycle with a pair; None where no pair takes any of them."""
    best: tuple[float, int, Group] | None = None
    for place in sorted(cycle, key=lambda place: float(priced.prices[place]))[:_TRIED]:
        changed = mates.copy()
        opened(changed, cycle, place)
        one = np.flatnonzero(changed > np.arange(len(changed)))
        gain = _gains(market, np.full(len(one), place), one, changed[one])
        if len(gain) and np.isfinite(gain.max()):
            at = int(gain.argmax())
            loss = float(priced.prices[place]) - float(gain[at])
            if best is None or loss < best[0]:
                best = loss, place, (place, int(one[at]), int(changed[one[at]]))
    if best is None:
        return None
    opened(mates, cycle, best[1])
    return best[2]


def _gains(
    market: Market, third: Numbers, one: Numbers, other: Numbers
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """What each pair gains by the third; two of one sector in a trio cost more than any meeting is worth."""
    register, traits = market.traits.register, market.traits
    seats = market.seats[third], market.seats[one], market.seats[other]
    gain = np.full(len(one), -np.inf)
    may = np.flatnonzero(register.threes(*seats))
    a, b, c = (side[may] for side in seats)
    twin = ~(register.bridging(a, b) & register.bridging(a, c))
    cost = traits.again(a, b) + traits.again(a, c) + twin * traits.dear * 2
    gain[may] = traits.grains(a, b) + traits.grains(a, c) - cost
    return gain
