"""A large roster where one sector has more members than all others together: see :mod:`bot.matching.hubs`.

Each member of the other sectors is a hub with two chairs, of which the second may stay empty, and the large sector is
seated. That two at one hub may meet each other is asked afterwards; where they may not, one of them changes chairs.
"""

import math
from itertools import product

import numpy as np

from bot.matching.large.assignment import Places
from bot.matching.large.cycles import pair_off
from bot.matching.large.making import Group, Made, meetings, within
from bot.matching.large.market import Market
from bot.matching.large.prices import Pricing
from bot.matching.large.register import Mask, Numbers
from bot.matching.large.traits import Traits

# Who sits on an empty chair.
NOBODY = -1


def at_hubs(traits: Traits, free: Numbers, pricing: Pricing) -> Made | None:
    """The groups; None where no sector is more than half."""
    known = len(traits.register.sectors)
    sector = traits.register.sector[free]
    sizes = np.bincount(sector, minlength=known + 1)[:known]
    largest = int(sizes.argmax()) if known else 0
    if 2 * int(sizes.max(initial=0)) <= len(free):
        return None
    large, hubs = free[sector == largest], free[sector != largest]
    if not len(hubs):
        return Made([], large.tolist(), 0)
    seats = np.concatenate([large, hubs, hubs])
    meets = np.zeros(traits.balance.shape, np.bool_)
    meets[largest] = meets[:, largest] = True
    meets[largest, largest] = False
    market = Market.of(traits, seats, meets)
    priced = pricing.whole(market, -_alone(traits, large, hubs))
    mates = pair_off(priced, ways=0).mates
    chairs = mates[len(large) :].reshape(2, len(hubs))
    chairs = np.where(chairs < len(large), chairs, NOBODY)
    _settle_clashes(market, chairs, len(large))
    groups, alone = _groups(chairs, large, hubs)
    prices = np.sort(priced.prices[: len(large)])
    alone_large = int(np.isin(alone, large).sum())
    worth = int((traits.grains(*meetings(groups)) - traits.again(*meetings(groups))).sum())
    above = math.fsum(priced.prices) - math.fsum(prices[:alone_large]) - worth
    # With every hub in a group of its own no two of them can meet; else they could, and these prices know nothing of that.
    return Made(groups, alone, within(traits, groups, above if alone_large == len(alone) else math.inf))


def _alone(traits: Traits, large: Numbers, hubs: Numbers) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """What it costs that a guest stays alone or a chair empty. A second chair may stay empty."""
    guests, first = traits.alone(large), traits.alone(hubs)
    if len(large) > 2 * len(hubs):
        # Some must stay alone: who has not waited, for nothing.
        guests -= guests.min()
    return np.concatenate([guests, 2 * first, np.zeros(len(hubs))])


def _settle_clashes(market: Market, chairs: Places, guests: int) -> None:
    """Two at one hub who may not be in one group, or have met: one changes places with another guest, or leaves."""
    for hub in _clashes(market, chairs, guests).tolist():
        if not _moved(market, chairs, guests, hub):
            chairs[1, hub] = NOBODY


def _clashes(market: Market, chairs: Places, guests: int) -> Numbers:
    both = np.flatnonzero((chairs >= 0).all(axis=0))
    return both[~_may_sit(market, chairs[0, both], chairs[1, both], guests + both)]


def _may_sit(market: Market, one: Places, other: Places, hub: Places) -> Mask:
    """Whether two guests, or one and nobody, may sit at a hub, given by its place; guests who met don't."""
    register = market.traits.register
    a, b, c = market.seats[one], market.seats[other], market.seats[hub]
    two = (one >= 0) & (other >= 0)
    three = register.threes(a, b, c) & (market.traits.again(a, b) == 0)
    lone = np.where(one >= 0, a, b)
    may: Mask = np.where(two, three, register.together(lone, c))
    return may


def _moved(market: Market, chairs: Places, guests: int, hub: int) -> bool:
    """Whether one of the guests of a hub found another chair; the best change is made."""
    others = np.array([other for other in range(len(chairs[0])) if other != hub], np.intp)
    there, here = guests + others, np.full(len(others), guests + hub)
    found: list[tuple[int, int, int, int]] = []
    for own, side in product((0, 1), repeat=2):
        leave, stay = np.full(len(others), chairs[own, hub]), np.full(len(others), chairs[1 - own, hub])
        guest, beside = chairs[side, others], chairs[1 - side, others]
        may = _may_sit(market, leave, beside, there) & _may_sit(market, stay, guest, here)
        gain = np.where(guest >= 0, market.worth(guest, here) - market.worth(guest, there), 0)
        gain = gain + market.worth(leave, there) - market.worth(leave, here)
        if may.any():
            at = int(np.where(may, gain, gain.min() - 1).argmax())
            found.append((int(gain[at]), own, side, at))
    if not found:
        return False
    _, own, side, at = max(found)
    chairs[own, hub], chairs[side, others[at]] = chairs[side, others[at]], chairs[own, hub]
    return True


def _groups(chairs: Places, large: Numbers, hubs: Numbers) -> tuple[list[Group], list[int]]:
    groups: list[Group] = []
    for hub, guests in zip(hubs.tolist(), chairs.T.tolist(), strict=True):
        members = [hub, *(int(large[guest]) for guest in guests if guest >= 0)]
        groups.append(tuple(sorted(members)))
    seated = set(chairs.ravel().tolist())
    alone = [seat for place, seat in enumerate(large.tolist()) if place not in seated]
    return [group for group in groups if len(group) > 1], [*alone, *(group[0] for group in groups if len(group) == 1)]
