"""The pairs alone, against two libraries that solve the same thing in another way, on many kinds of score."""

import numpy as np
import pytest

from bot.matching.assignment import Gains, relax
from bot.matching.pairing import pair_up
from tests.bot.pairing_cases import HARD, KINDS, checked, edges, gain, hard, instance, networkx_pairs, rustworkx_pairs


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("members", [7, 20, 41, 60])
def test_totals_are_those_of_networkx(kind: str, members: int) -> None:
    gains = instance(kind, members, members)
    assert checked(gains, pair_up(gains)) == gain(gains, networkx_pairs(edges(gains), len(gains.alone)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("members", "seed"), [(50, 1), (50, 2), (149, 1), (150, 2), (300, 1)])
def test_totals_are_those_of_rustworkx(kind: str, members: int, seed: int) -> None:
    gains = instance(kind, members, seed)
    assert checked(gains, pair_up(gains)) == gain(gains, rustworkx_pairs(edges(gains), len(gains.alone)))


@pytest.mark.parametrize("kind", HARD)
@pytest.mark.parametrize(("members", "seed"), [(9, 1), (10, 2), (31, 3), (60, 4), (121, 5)])
def test_what_is_hard_comes_out_as_well(kind: str, members: int, seed: int) -> None:
    gains = hard(kind, members, seed)
    assert checked(gains, pair_up(gains)) == gain(gains, rustworkx_pairs(edges(gains), len(gains.alone)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_thousand_are_proven_without_asking_anybody(kind: str) -> None:
    gains = instance(kind, 1000, 1)
    checked(gains, pair_up(gains))


@pytest.mark.parametrize("kind", [*KINDS, *HARD])
def test_the_prices_of_the_assignment_are_a_bound_on_every_pair_and_on_the_whole(kind: str) -> None:
    gains = (instance if kind in KINDS else hard)(kind, 60, 3)
    count = len(gains.alone)
    assigned, prices = relax(gains)
    ranked = prices.ranked()
    may = gains.allowed & ~np.eye(count, dtype=np.bool_)
    assert ((ranked[:, None] + ranked[None, :])[may] >= (gains.order + 1j * gains.worth)[may]).all()
    assert (ranked >= gains.alone).all()
    assert sorted(assigned.tolist()) == list(range(count))
    best = pair_up(gains)
    assert (best.order, best.worth) <= prices.total()


def test_what_counts_little_never_outweighs_what_counts_much() -> None:
    gains = instance("distance, no sectors", 40, 1)
    ties = np.abs(np.round(gains.worth) % 7)
    coarse = Gains(gains.order, gains.worth * 1000 + ties, gains.allowed, gains.alone, 1000.0)
    assert pair_up(coarse).worth // 1000 == pair_up(gains).worth


def test_nobody_is_paired_with_themself_and_each_with_one() -> None:
    pairing = pair_up(instance("four or five possible each", 60, 5))
    assert all(pairing.mates[pairing.mates[place]] == place for place in range(60))
    assert sorted([*pairing.alone(), *(place for pair in pairing.pairs() for place in pair)]) == list(range(60))
    assert pairing.alone()
