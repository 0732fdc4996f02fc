"""Few members, all pairings looked at; and what holds for every graph: rules, order of the members, members left out."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.assignment import Gains, assign_by_rank
from bot.matching.pairing import Relaxed, pair_up
from tests.bot.pairing_cases import HARD, KINDS, checked, gain, hard, instance


def pairings(left: Sequence[int]) -> Iterator[set[tuple[int, int]]]:
    """Every way to make pairs of some, the others alone."""
    if not left:
        yield set()
        return
    first, *rest = left
    yield from pairings(rest)
    for other in rest:
        for pairs in pairings([one for one in rest if one != other]):
            yield {(first, other), *pairs}


def by_trying_all(gains: Gains) -> tuple[float, float] | None:
    """The best gain of all pairings there are; None where somebody who must not stay alone always does."""
    best = None
    staying = np.diagonal(gains.allowed)
    for pairs in pairings(range(len(gains.alone))):
        paired = {place for pair in pairs for place in pair}
        if all(gains.allowed[pair] for pair in pairs) and all(staying[i] or i in paired for i in range(len(staying))):
            found = gain(gains, pairs)
            best = found if best is None else max(best, found)
    return best


@st.composite
def graphs(draw: st.DrawFn, most: int = 7) -> Gains:
    """Small graphs with few different numbers, so that ties, repeats and people who must not stay alone all occur."""
    count = draw(st.integers(0, most))
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    share, staying = draw(st.sampled_from([0.3, 0.6, 1.0])), draw(st.sampled_from([0.5, 1.0, 1.0]))
    worths, orders = draw(st.sampled_from([1, 3, 50])), draw(st.sampled_from([1, 1, 4]))
    upper = np.triu(np.ones((count, count), np.bool_), 1)
    allowed = upper & (chance.random((count, count)) < share)
    worth = np.where(allowed, chance.integers(0, worths, (count, count)), 0).astype(np.float64)
    order = np.where(allowed, -chance.integers(0, orders, (count, count)), 0).astype(np.float64)
    alone = -chance.integers(1, 9, count).astype(np.float64)
    may = allowed | allowed.T | np.diag(chance.random(count) < staying)
    return Gains(order + order.T, worth + worth.T, may, alone)


@given(graphs())
@settings(max_examples=150, deadline=None)
def test_no_pairing_is_better(gains: Gains) -> None:
    best = by_trying_all(gains)
    if best is None:
        with pytest.raises(ValueError, match=r"."):
            pair_up(gains)
    else:
        assert checked(gains, pair_up(gains)) == best


@given(st.sampled_from([*KINDS, *HARD]), st.integers(2, 40), st.integers(0, 1000))
@settings(max_examples=150, deadline=None)
def test_the_order_in_which_members_come_does_not_matter(kind: str, members: int, seed: int) -> None:
    gains = (instance if kind in KINDS else hard)(kind, members, seed)
    shuffled = gains.only(np.random.default_rng(seed).permutation(len(gains.alone)))
    first, second = pair_up(gains), pair_up(shuffled)
    assert checked(gains, first) == checked(shuffled, second)
    assert pair_up(gains).mates.tolist() == first.mates.tolist()


@given(
    st.sampled_from([*KINDS, *HARD]), st.integers(4, 40), st.integers(0, 1000), st.sets(st.integers(0, 39), max_size=6)
)
@settings(max_examples=80, deadline=None)
def test_without_some_members_it_is_as_good_as_made_anew(kind: str, members: int, seed: int, some: set[int]) -> None:
    gains = (instance if kind in KINDS else hard)(kind, members, seed)
    everybody = np.arange(len(gains.alone))
    without = [place for place in sorted(some) if place < len(everybody)]
    relaxed = Relaxed.of(gains)
    found, anew = relaxed.pair_up(without), pair_up(gains.only(np.setdiff1d(everybody, without)))
    assert (found.order, found.worth) == (anew.order, anew.worth) == found.proof.total(without)
    assert [place for place in everybody if found.mates[place] == -1] == without
    # What bounds the gain without these, bounds it without any others too.
    other = [int(place) for place in np.random.default_rng(seed).permutation(everybody)[:3]]
    least = relaxed.pair_up(other)
    assert (least.order, least.worth) <= found.proof.total(other)


def test_somebody_who_must_not_stay_alone_is_paired_whatever_it_costs() -> None:
    order = np.array([[0.0, -9.0, 0.0], [-9.0, 0.0, -1.0], [0.0, -1.0, 0.0]])
    allowed = np.array([[False, True, False], [True, True, True], [False, True, True]])
    gains = Gains(order, np.zeros((3, 3)), allowed, np.full(3, -2.0))
    assert checked(gains, pair_up(gains)) == (-11.0, 0.0)
    with pytest.raises(ValueError, match="alone"):
        Relaxed.of(gains).pair_up([1])


def test_the_order_of_an_assignment_comes_before_its_worth() -> None:
    order = np.array([[0.0, -1.0], [0.0, -np.inf]])
    assert assign_by_rank(order, np.array([[9.0, 0.0], [0.0, 9.0]])).tolist() == [1, 0]
    assert order[0].tolist() == [0.0, -1.0]
    with pytest.raises(ValueError, match="infeasible"):
        assign_by_rank(np.full((2, 2), -np.inf), np.zeros((2, 2)))


def test_a_thousand_rings_within_each_other_are_no_burden() -> None:
    members = 2101
    everything = np.ones((members, members), np.bool_)
    gains = Gains(
        np.zeros_like(everything, np.float64), everything.astype(np.float64), everything, np.full(members, -1.0)
    )
    assert checked(gains, Relaxed.of(gains).pair_up()) == (-1.0, 1050.0)
