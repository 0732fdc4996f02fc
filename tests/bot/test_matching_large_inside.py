"""The parts of a large round: the look at all pairs, the prices that prove it, and the odd cycles of an assignment."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.domain import Candidate, Weights, Wishes
from bot.matching.large.assignment import assign_edges
from bot.matching.large.cycles import opened, pair_off
from bot.matching.large.market import NEVER, Found, Market
from bot.matching.large.prices import Priced, Pricing
from bot.matching.large.register import Register
from bot.matching.large.sampling import prices_from
from bot.matching.large.traits import Traits
from tests.bot.matching_cases import MEANING, academy
from tests.bot.test_matching_large import some_history

Edges = Sequence[tuple[int, int, int]]


class OneWay:
    """A meaning in which a longer tag is akin to a shorter one, and not the other way round."""

    def closeness(
        self, tags: Sequence[str], others: Sequence[str]
    ) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
        near = [[0.6 * (len(tag) > len(other)) + 1.0 * (tag == other) for other in others] for tag in tags]
        return np.array(near).reshape(len(tags), len(others))


def market_of(people: list[Candidate], weights: Weights, *, one_way: bool = False) -> Market:
    history = some_history(people, 4 * (len(people) - 1))
    register = Register.read(people, history, Wishes(), 1)
    traits = Traits.read(register, history, weights, OneWay() if one_way else MEANING)
    meets = ~np.eye(len(traits.balance), dtype=np.bool_)
    meets[-1, -1] = True
    return Market.of(traits, np.arange(len(people)), meets)


def all_pairs(market: Market) -> Found:
    left, right = np.triu_indices(len(market.seats), 1)
    may = market.may_meet(left, right)
    return Found(left[may], right[may], market.worth(left[may], right[may]))


@pytest.mark.parametrize("one_way", [True, False])
@pytest.mark.parametrize(
    "weights", [Weights(), Weights(need_offer=0), Weights(theme=0), Weights(need_offer=0, theme=0, novelty=0, draw=0)]
)
def test_all_pairs_above_their_prices_are_found_and_no_other(weights: Weights, one_way: bool) -> None:
    people = [
        replace(person, sector="" if place % 7 == 0 else person.sector) for place, person in enumerate(academy(150, 3))
    ]
    market = market_of(people, weights, one_way=one_way)
    every = all_pairs(market)
    prices = np.random.default_rng(1).integers(0, 2 * int(np.median(every.worth)) + 2, len(people)) / 2.0
    above = every.only(every.worth > prices[every.left] + prices[every.right])
    found = market.above(prices)
    assert list(zip(found.left, found.right, found.worth, strict=True)) == list(
        zip(above.left, above.right, above.worth, strict=True)
    )
    some = np.array([3, 40, 41, 149])
    of_some = above.only(np.isin(above.left, some) | np.isin(above.right, some))
    asked = market.above(prices, some)
    assert (asked.left.tolist(), asked.right.tolist()) == (of_some.left.tolist(), of_some.right.tolist())


def test_where_too_many_pairs_are_worth_it_those_worth_most_are_found_and_what_the_others_are_worth_at_most() -> None:
    market = market_of(academy(300, 3), Weights())
    prices = np.full(300, 100.0)
    every = market.above(prices)
    some = market.above(prices, most=2.0)
    assert 0 < len(some.left) <= 3 * 300
    found = set(zip(some.left.tolist(), some.right.tolist(), strict=True))
    left_out = [
        worth
        for one, other, worth in zip(every.left.tolist(), every.right.tolist(), every.worth.tolist(), strict=True)
        if (one, other) not in found
    ]
    assert len(found) + len(left_out) == len(every.left)
    assert max(left_out) <= 200 + some.over
    assert market.above(prices + 1000, most=2.0).over == market.above(prices).over == 0


def test_pairs_that_do_not_reach_far_enough_need_not_be_looked_at() -> None:
    market = market_of(academy(300, 3), Weights())
    prices, reach = np.full(300, 100.0), np.repeat([-10.0, 5.0], [150, 150])
    every, some = market.above(prices), market.above(prices, reach=reach)
    far = reach[every.left] + reach[every.right] > 0
    found = set(zip(some.left.tolist(), some.right.tolist(), strict=True))
    assert set(zip(every.left[far].tolist(), every.right[far].tolist(), strict=True)) <= found
    assert len(found) < len(every.left)


def test_a_block_may_look_crowded_and_not_be() -> None:
    """Estimates count the best luck there is, so that more pairs look as if they were worth it than are."""
    people = [replace(person, needs=(), offers=(), themes=()) for person in academy(120, 3)]
    market = market_of(people, Weights(draw=1.0))
    every = all_pairs(market)
    prices = np.full(120, float(every.worth.max()) / 2 - 1)
    above = every.only(every.worth > prices[every.left] + prices[every.right])
    found = market.above(prices, most=2.0)
    assert found.left.tolist() == above.left.tolist()


@pytest.mark.parametrize(("draw", "most"), [(0.0, 2.0), (0.5, 2.0), (0.0, 64.0), (0.5, 64.0)])
def test_prices_are_proven_where_all_meetings_are_worth_about_the_same(draw: float, most: float) -> None:
    people = [replace(person, needs=(), offers=(), themes=()) for person in academy(400, 3)]
    market = market_of(people, Weights(draw=draw))
    priced = Pricing(most=most).whole(market, -market.traits.alone(market.seats))
    every = all_pairs(market)
    assert (priced.prices[every.left] + priced.prices[every.right] >= every.worth).all()
    assert priced.prices.sum() == market.worth(np.arange(400), priced.assigned).sum() / 2
    assert most > 2 or len(priced.near.left) < len(every.left) / 2


@pytest.mark.parametrize(("members", "small"), [(1, 200), (30, 200), (150, 200), (450, 200), (300, 6)])
def test_prices_prove_that_no_pairing_is_worth_more(members: int, small: int) -> None:
    """Of several hundred, or with small markets cut smaller, in markets of several sizes."""
    market = market_of(academy(members, 5), Weights())
    told: list[float] = []
    alone = -market.traits.alone(market.seats)
    priced = Pricing(told.append, small).whole(market, alone)
    every = all_pairs(market)
    assert (priced.prices[every.left] + priced.prices[every.right] >= every.worth).all()
    assert (priced.prices >= alone).all()
    at = np.flatnonzero(priced.assigned != np.arange(members))
    worth = market.worth(at, priced.assigned[at]).sum() + 2 * alone[priced.assigned == np.arange(members)].sum()
    assert priced.prices.sum() == worth / 2
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_what_members_gain_by_a_few_is_no_more_than_their_best_meeting_with_one_of_them() -> None:
    """Nor much less, where the few are cut into two parts: of those the better one counts."""
    market = market_of(academy(150, 3), Weights(draw=0.0, novelty=0.0))
    few = np.arange(0, 150, 15)
    prices = np.arange(10, 20, dtype=np.float64)
    gained = prices_from(market, few, prices)
    base = np.where(market.base > NEVER, 0.0, -np.inf)[market.code[:, None], market.code[few]]
    worth = np.stack([market.traits.grains(market.seats, market.seats[np.full(150, place)]) for place in few], axis=1)
    best = (worth - prices + base).max(axis=1).clip(0)
    assert (gained <= best + 1).all()
    assert (gained >= best - market.unit / 5).all()


def test_prices_fall_as_far_as_it_takes_where_somebody_has_nobody() -> None:
    people = [*academy(40, 5), Candidate("alone", "nowhere", "sector 9", languages=frozenset({"xx"}))]
    people = [replace(person, languages=person.languages or frozenset({"da"})) for person in people]
    market = market_of(people, Weights())
    priced = Pricing().whole(market, -market.traits.alone(market.seats))
    alone = [market.traits.register.people[seat].id for seat in np.flatnonzero(priced.assigned == np.arange(41))]
    assert alone == ["alone"]


@given(
    st.integers(2, 9).flatmap(
        lambda count: st.tuples(st.just(count), st.lists(st.integers(-1, 12), min_size=36, max_size=36))
    )
)
@settings(max_examples=80, deadline=None)
def test_assignments_and_pairs_against_every_way_there_is(case: tuple[int, list[int]]) -> None:
    """Edges below zero are none. A pairing that reaches the bound is the best one."""
    count, worths = case
    edges = [(i, j, worth) for (i, j), worth in zip(combinations(range(count), 2), worths, strict=False) if worth >= 0]
    priced = priced_of(count, edges)
    assert all(priced.prices[i] + priced.prices[j] >= worth for i, j, worth in edges)
    paired = pair_off(priced)
    known = {(i, j): worth for i, j, worth in edges}
    made = [(i, int(j)) for i, j in enumerate(paired.mates) if i < j]
    assert all(paired.mates[paired.mates[i]] == i for i in range(count))
    total = sum(known[pair] for pair in made)
    best = most(known, tuple(range(count)))
    assert total <= best <= priced.prices.sum()


def most(known: dict[tuple[int, int], int], left: tuple[int, ...]) -> int:
    if len(left) < 2:
        return 0
    first, rest = left[0], left[1:]
    with_partner = [
        known[first, other] + most(known, tuple(one for one in rest if one != other))
        for other in rest
        if (first, other) in known
    ]
    return max(most(known, rest), *with_partner, 0)


def priced_of(count: int, edges: Edges) -> Priced:
    left, right, worth = (np.array([edge[side] for edge in edges], np.int64) for side in range(3))
    near = Found(left, right, worth)
    assigned, prices = assign_edges(near, np.zeros(count), np.zeros(count))
    return Priced(prices, assigned, near, np.zeros(count))


def ring(*members: int) -> list[tuple[int, int, int]]:
    return [(min(i, j), max(i, j), 10) for i, j in zip(members, [*members[1:], members[0]], strict=True)]


def test_two_odd_cycles_are_joined_along_the_way_that_costs_least() -> None:
    """Two triangles, and two pairs between them on a way that costs 2; another way costs 6."""
    edges = [*ring(0, 1, 2), *ring(3, 4, 5), (2, 6, 9), (6, 7, 10), (7, 8, 10), (8, 9, 10), (3, 9, 9), (1, 4, 4)]
    left, right, worth = (np.array([edge[side] for edge in sorted(edges)], np.int64) for side in range(3))
    priced = Priced(np.full(10, 5.0), np.array([1, 2, 0, 4, 5, 3, 7, 6, 9, 8]), Found(left, right, worth), np.zeros(10))
    paired = pair_off(priced)
    assert paired.left == []
    assert paired.mates.tolist() == [1, 0, 6, 9, 5, 4, 2, 8, 7, 3]
    apart = pair_off(priced, ways=0)
    assert len(apart.left) == 2
    assert sum(int(mate) == place for place, mate in enumerate(apart.mates)) == 2


def test_a_way_that_would_part_a_pair_twice_is_not_taken() -> None:
    """From the triangle over 3 and 4 the only way on leads back over them: the two cycles stay as they are."""
    edges = [*ring(0, 1, 2), (0, 3, 10), (3, 4, 10), (4, 5, 10), (5, 6, 10), (4, 6, 10), (3, 7, 10)]
    left, right, worth = (np.array([edge[side] for edge in sorted(edges)], np.int64) for side in range(3))
    priced = Priced(
        np.array([5.0] * 7 + [5.0]), np.array([1, 2, 0, 4, 3, 6, 5, 7]), Found(left, right, worth), np.zeros(8)
    )
    paired = pair_off(priced)
    assert len(paired.left) == 2
    assert {tuple(sorted(cycle)) for cycle in paired.left} == {(0, 1, 2), (7,)}
    assert len(pair_off(priced, ways=1).left) == 2


def test_another_member_of_an_odd_cycle_can_be_the_one_alone() -> None:
    mates = np.arange(5)
    opened(mates, [0, 3, 1, 4, 2], 1)
    assert mates.tolist() == [3, 1, 4, 0, 2]
