"""The one trio of a large round with an odd number of members, held against every trio there is."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.domain import Candidate, Plan, Weights, WhyLeftOut, Wishes
from bot.matching.large.assignment import assign_edges
from bot.matching.large.market import Market
from bot.matching.large.one_trio import Limits, every_trio, with_one_trio
from bot.matching.large.prices import Priced, Pricing, without
from bot.matching.large.rounds import plan_large
from bot.matching.plan import plan
from tests.bot.matching_cases import MEANING, academy
from tests.bot.test_matching_large import NOTHING, TODAY, some_history
from tests.bot.test_matching_large_inside import all_pairs, market_of

Promises = dict[tuple[int, ...], float]


def roster(members: int, seed: int) -> list[Candidate]:
    """Some of unknown sector, and now and then three languages, of which each member has two."""
    tongues = [frozenset({"da", "en"}), frozenset({"en", "de"}), frozenset({"da", "de"})]
    return [
        replace(
            person,
            sector="" if place % 7 == 0 and seed % 2 else person.sector,
            languages=tongues[(place * 5 + seed) % 3] if seed % 3 == 0 else frozenset(),
        )
        for place, person in enumerate(academy(members, seed))
    ]


def priced(market: Market) -> Priced:
    return Pricing().whole(market, -market.traits.alone(market.seats))


def promises(market: Market, known: Priced) -> Promises:
    """What each trio that may be promises."""
    every = all_pairs(market)
    worth = {
        (one, other): value
        for one, other, value in zip(every.left.tolist(), every.right.tolist(), every.worth.tolist(), strict=True)
    }
    found: Promises = {}
    for three in combinations(range(len(market.seats)), 3):
        pairs = list(combinations(three, 2))
        tongues = [market.traits.register.tongues[market.seats[place]] for place in three]
        if all(pair in worth for pair in pairs) and bool((tongues[0] & tongues[1] & tongues[2]).any()):
            found[three] = sum(worth[pair] for pair in pairs) - float(known.prices[list(three)].sum())
    return found


@given(
    st.integers(0, 10_000),
    st.integers(4, 24),
    st.floats(0, 1),
    st.sampled_from([Limits(), Limits(most=0.5), Limits(corners=12), Limits(most=2.0, corners=60)]),
    st.booleans(),
)
@settings(max_examples=25, deadline=None)
def test_every_trio_that_promises_more_is_found_or_the_others_are_known_not_to(
    seed: int, half: int, share: float, limits: Limits, spared: bool
) -> None:
    """Whatever is known of pairs that are not near: with nothing spared all are looked at."""
    market = market_of(roster(2 * half + 1, seed), Weights())
    known = priced(market)
    known = known if spared else replace(known, spare=np.zeros(2 * half + 1))
    every = promises(market, known)
    needed = float(np.quantile(list(every.values()), share)) if every else 0.0
    found = every_trio(market, known, needed, limits)
    listed = {tuple(trio): promise for trio, promise in zip(found.members.T.tolist(), found.promise, strict=True)}
    assert listed.items() <= every.items()
    assert list(found.promise) == sorted(found.promise, reverse=True)
    assert found.beyond >= needed
    # Beyond the first few hundred, no more are listed.
    least = found.promise[-1] if len(listed) > 80 else found.beyond
    assert all(promise <= max(least, found.beyond) for three, promise in every.items() if three not in listed)


def test_where_no_other_pair_can_matter_none_is_looked_at() -> None:
    market = market_of(academy(61, 3), Weights())
    known = priced(market)
    every = promises(market, known)
    needed = sorted(every.values())[-6]
    found = every_trio(market, replace(known, spare=np.full(61, 1e6)), needed, Limits())
    assert found.beyond == needed
    assert len(found.promise) <= 5


@given(st.integers(0, 10_000), st.integers(3, 30))
@settings(max_examples=20, deadline=None)
def test_what_the_others_are_worth_without_a_trio_is_proven(seed: int, half: int) -> None:
    """Also where the prices of many fall, as with members who were far apart."""
    market = market_of(roster(2 * half + 1, seed), Weights())
    known, alone = priced(market), -market.traits.alone(market.seats)
    gone = np.random.default_rng(seed).choice(2 * half + 1, 3, replace=False)
    others, left, most = without(market, known, alone, gone)
    assert sorted([*others.tolist(), *gone.tolist()]) == list(range(2 * half + 1))
    best = assign_edges(all_pairs(market.part(others)), alone[others], known.prices[others])[1].sum()
    assert left.prices.sum() <= best + 1e-6
    assert best <= most + 1e-6
    assert (left.prices[left.near.left] + left.prices[left.near.right] >= left.near.worth).all()


def planned(people: list[Candidate], meetings: int = 0, wishes: Wishes = NOTHING) -> tuple[Plan, Plan]:
    history = some_history(people, meetings)
    made = plan_large(people, history, seed=1, wishes=wishes, weights=TODAY, meaning=MEANING)
    return made, plan(people, history, seed=1, wishes=wishes, weights=TODAY, meaning=MEANING)


@given(st.integers(0, 10_000), st.integers(2, 20), st.integers(0, 3))
@settings(max_examples=20, deadline=None)
def test_no_round_with_one_trio_is_worth_more_than_the_bound(seed: int, half: int, met: int) -> None:
    people = academy(2 * half + 1, seed)
    made, exact = planned(people, met * half)
    rank = [
        (len(one.left_out), sum(len(group.members) == 3 for group in one.groups), one.repeats) for one in (made, exact)
    ]
    if rank[0] == rank[1]:
        assert made.score <= exact.score + 1e-9
        assert exact.score <= made.bound + 1e-9
        assert not made.optimal or made.score == pytest.approx(exact.score)


@pytest.mark.parametrize(("members", "seed"), [(61, 3), (101, 4), (151, 5), (251, 6)])
def test_the_trio_is_as_good_as_the_exact_one(members: int, seed: int) -> None:
    made, exact = planned(academy(members, seed), 4 * members)
    assert not made.left_out
    assert sum(len(group.members) == 3 for group in made.groups) == 1
    assert made.repeats == exact.repeats == 0
    assert made.score <= exact.score <= made.bound
    assert made.bound - made.score <= 0.2


def test_where_few_trios_are_tried_the_bound_knows_of_the_others() -> None:
    market = market_of(academy(301, 2), Weights())
    known, alone = priced(market), -market.traits.alone(market.seats)
    some, every = (with_one_trio(market, known, alone, Limits(tries=tries)) for tries in (1, 60))
    assert some is not None
    assert every is not None
    assert every.most < some.most


def around(*rings: list[int], more: tuple[tuple[int, int], ...] = ()) -> tuple[list[Candidate], Wishes]:
    """Members of whom each may meet only those next to them in a ring, and a few others."""
    pairs = {pair for ring in rings for pair in zip(ring, [*ring[1:], ring[0]], strict=True)} | set(more)
    count = max(member for pair in pairs for member in pair) + 1
    may = {frozenset(pair) for pair in pairs}
    people = [Candidate(f"m{place:02}", "", f"sector {place}") for place in range(count)]
    apart = {frozenset(pair) for pair in combinations(range(count), 2)} - may
    return people, Wishes(apart=frozenset(frozenset(f"m{place:02}" for place in pair) for pair in apart))


def test_where_no_three_may_be_a_trio_one_is_alone() -> None:
    people, wishes = around([0, 1, 2, 3, 4])
    made, exact = planned(people, wishes=wishes)
    assert len(made.groups) == len(exact.groups) == 2
    assert [left.why for left in made.left_out] == [WhyLeftOut.ODD_ONE]
    assert made.score <= exact.score <= made.bound


def test_three_whom_others_need_are_no_trio() -> None:
    """Of 0, 1 and 2 two are the only partners of 3 and 4."""
    people, wishes = around([0, 1, 2], [2, 5, 6, 7, 8], more=((0, 3), (1, 4)))
    made, exact = planned(people, wishes=wishes)
    assert len(made.left_out) == len(exact.left_out) == 1
    assert all(len(group.members) == 2 for group in made.groups)


def test_three_between_two_odd_companies_are_no_trio_where_those_do_not_meet() -> None:
    people, wishes = around([0, 1, 2], [3, 4, 5, 6, 7], [8, 9, 10, 11, 12])
    made, _ = planned(people, wishes=wishes)
    assert all(len(group.members) > 1 for group in made.groups)
    assert len(made.left_out) == 2
