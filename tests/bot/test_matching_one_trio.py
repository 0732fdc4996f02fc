"""The best plan with one trio: the same as from looking at every three, however few different profiles there are."""

import random
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.matching.assignment import Gains
from bot.matching.domain import Candidate, Wishes
from bot.matching.one_trio import _Search, best_with_one_trio
from bot.matching.pairing import Relaxed, pair_up
from bot.matching.rules import Roster
from bot.matching.trios import Table


def table(
    members: int, seed: int, *, kinds: int = 4, sectors: int = 3, unit: float = 1.0, order: bool = False
) -> Table:
    """Members of few kinds, so that very many threes are worth the same; some have met and some are of one organisation."""
    chance = np.random.default_rng(seed)
    people = [
        Candidate(f"m{place:03}", f"organisation {chance.integers(members)}", f"sector {place % sectors}")
        for place in range(members)
    ]
    roster = Roster.read(people, [], Wishes())
    kind = chance.integers(0, kinds, members)
    worth = chance.integers(0, 9, (kinds, kinds)).astype(np.float64)[np.ix_(kind, kind)] * unit
    worth += chance.integers(0, max(1, int(unit) // members), worth.shape).astype(np.float64)
    worth = np.where(roster.allowed, _mirrored(worth), 0.0)
    again = -_mirrored(chance.integers(0, 3, worth.shape).astype(np.float64)) if order else np.zeros_like(worth)
    allowed = roster.allowed | np.eye(members, dtype=np.bool_)
    gains = Gains(again, worth, allowed, np.full(members, -1e6), unit)
    return Table(roster, gains, 1e4)


def _mirrored(square: NDArray[np.float64]) -> NDArray[np.float64]:
    upper: NDArray[np.float64] = np.triu(square, 1)
    return upper + upper.T


def by_trying_all(given: Table) -> tuple[float, float]:
    """The best gain: each three, and the best pairing of the others."""
    members = set(range(len(given.gains.alone)))
    best = (-np.inf, -np.inf)
    for trio in combinations(sorted(members), 3):
        if given.roster.may_be_group(trio) and not given.roster.is_twin(trio):
            rest = sorted(members - set(trio))
            pairing = pair_up(given.gains.only(np.array(rest, np.intp)))
            pairs = [(rest[i], rest[j]) for i, j in pairing.pairs()]
            best = max(best, given.draft([trio, *pairs], [rest[place] for place in pairing.alone()]).gain())
    return best


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("order", [False, True])
def test_it_is_the_best_of_all_threes(seed: int, order: bool) -> None:
    given = table(11, seed, order=order)
    for every_three in (160, 0):
        found = best_with_one_trio(given, every_three)
        assert found is not None
        assert (found.proven, found.gain()) == (True, by_trying_all(given))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kinds", [1, 3, 5])
def test_prices_choose_as_well_as_looking_at_every_three(seed: int, kinds: int) -> None:
    given = table(61, seed, kinds=kinds, unit=1024.0 * 62)
    every, chosen = best_with_one_trio(given), best_with_one_trio(given, every_three=0)
    assert every is not None
    assert chosen is not None
    assert every.proven
    assert chosen.proven
    # Differences below the unit only break ties.
    assert every.worth // given.gains.unit == chosen.worth // given.gains.unit


def test_where_the_proofs_say_too_little_nothing_is_claimed() -> None:
    given = table(61, 3, kinds=2, unit=1024.0 * 62)
    found = best_with_one_trio(given, every_three=0)
    assert found is not None
    assert not found.proven
    assert found.alone == ()


def test_too_many_threes_are_not_looked_at() -> None:
    given = table(31, 1)
    search = _Search(given, Relaxed.of(given.gains), twins=False)
    everything = search.others()
    assert everything is not None
    assert len(everything[0]) > 1000
    assert search.others(most=1000) is None


def test_two_of_one_sector_only_where_three_sectors_would_leave_somebody_alone() -> None:
    given = table(9, 1, sectors=2)
    found = best_with_one_trio(given)
    assert found is not None
    assert found.alone == ()
    assert sum(map(given.roster.is_twin, found.groups)) == 1


def test_without_anybody_who_may_sit_together_there_is_no_trio() -> None:
    people = [Candidate(f"m{place}", "the same organisation", f"sector {place}") for place in range(5)]
    roster = Roster.read(people, [], Wishes())
    gains = Gains(np.zeros((5, 5)), np.zeros((5, 5)), np.eye(5, dtype=np.bool_), np.full(5, -10.0))
    assert best_with_one_trio(Table(roster, gains, 1.0)) is None
    assert best_with_one_trio(Table(roster, gains, 1.0), every_three=0) is None


def test_the_same_every_time() -> None:
    chance = random.Random(3)
    given = table(41, chance.randrange(100))
    assert best_with_one_trio(given) == best_with_one_trio(given)
