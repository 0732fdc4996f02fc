"""What odd cycles cost: the pairs around them are made anew, and the bound says what no pairs can avoid to lose."""

from dataclasses import replace

import numpy as np
import pytest

from bot.matching.domain import Candidate, Plan, Weights
from bot.matching.large.cycles import pair_off
from bot.matching.large.market import Found, Market
from bot.matching.large.mending import mend
from bot.matching.large.parting import falls_short
from bot.matching.large.prices import Priced, Pricing
from bot.matching.large.rounds import plan_large
from bot.matching.meaning import WordMeaning
from bot.matching.pairing import Gains, pair_up
from tests.bot.matching_cases import academy
from tests.bot.test_matching_large import NOTHING, TODAY
from tests.bot.test_matching_large_inside import all_pairs, market_of


def priced(market: Market) -> Priced:
    return Pricing().whole(market, -market.traits.alone(market.seats))


def worth(market: Market, mates: "np.ndarray[tuple[int], np.dtype[np.intp]]") -> int:
    one = np.flatnonzero(mates > np.arange(len(mates)))
    return int(market.worth(one, mates[one]).sum())


def best_worth(market: Market) -> float:
    count = len(market.seats)
    every = all_pairs(market)
    table, allowed = np.zeros((count, count)), np.eye(count, dtype=np.bool_)
    for one, other in ((every.left, every.right), (every.right, every.left)):
        table[one, other], allowed[one, other] = every.worth, True
    return pair_up(Gains(np.zeros((count, count)), table, allowed, np.full(count, -1.0))).worth


@pytest.mark.parametrize("seed", range(6))
def test_all_members_paired_anew_are_paired_as_well_as_can_be(seed: int) -> None:
    market = market_of(academy(60, seed), Weights())
    found = priced(market)
    poor = np.arange(60)
    taken = all_pairs(market)
    free = np.ones(60, np.bool_)
    for one, other in zip(taken.left.tolist(), taken.right.tolist(), strict=True):
        if free[one] and free[other]:
            poor[one], poor[other] = other, one
            free[[one, other]] = False
    before = worth(market, poor)
    alone = np.flatnonzero(free).tolist()
    mend(market, found, poor, times=1)
    assert worth(market, poor) > before
    assert np.flatnonzero(poor == np.arange(60)).tolist() == alone
    assert (poor[poor] == np.arange(60)).all()


@pytest.mark.parametrize("most", [4, 8, 20, 200])
def test_mending_never_loses_and_few_at_a_time_is_enough_to_gain(most: int) -> None:
    market = market_of(academy(200, 3), Weights())
    found = priced(market)
    mates = pair_off(found).mates
    before = worth(market, mates)
    mend(market, found, mates, most)
    assert before <= worth(market, mates) <= found.prices.sum()
    assert (mates[mates] == np.arange(200)).all()


@pytest.mark.parametrize("seed", range(8))
def test_no_pairs_are_worth_more_than_the_prices_less_what_they_fall_short_of(seed: int) -> None:
    market = market_of(academy(48, seed), Weights())
    found = priced(market)
    assert best_worth(market) <= found.prices.sum() - falls_short(market, found)


def split(odd: int) -> list[Candidate]:
    """Those of one kind are worth much to one another, and so are those of the other; between them there is little."""
    return [
        replace(
            person, themes=(f"kind {place < odd}",), needs=(f"kind {place < odd}",), offers=(f"kind {place < odd}",)
        )
        for place, person in enumerate(academy(60, 3, (12, 12, 12, 12, 12)))
    ]


@pytest.mark.parametrize("odd", [29, 30])
def test_two_odd_companies_have_to_mix_and_the_bound_knows(odd: int) -> None:
    market = market_of(split(odd), Weights())
    found = priced(market)
    short = falls_short(market, found)
    assert (short > 20) == (odd == 29)
    assert best_worth(market) <= found.prices.sum() - short


def test_where_nothing_is_known_of_other_pairs_they_are_looked_at() -> None:
    market = market_of(split(29), Weights())
    found = priced(market)
    blind = replace(found, spare=np.zeros(60))
    assert 20 < falls_short(market, blind) <= found.prices.sum() - best_worth(market)


def test_companies_that_nothing_near_joins_are_not_sought_for_ever() -> None:
    market = market_of(academy(30, 3), Weights())
    found = priced(market)
    nothing = np.empty(0, np.int64)
    apart = replace(found, near=Found(nothing, nothing, nothing), spare=np.zeros(30))
    assert best_worth(market) <= found.prices.sum() - falls_short(market, apart)


def planned(people: list[Candidate]) -> Plan:
    return plan_large(people, [], seed=1, wishes=NOTHING, weights=TODAY, meaning=WordMeaning({}, ()))


def test_a_round_that_has_to_mix_two_companies_comes_near_its_bound() -> None:
    made = planned(split(29))
    assert not made.left_out
    assert made.score <= made.bound <= made.score + 0.8
