"""Rounds of large rosters, held against the exact rounds of small ones on rosters that both can plan."""

import random
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from bot.errors import Phrase
from bot.matching.domain import Candidate, Meeting, Plan, Weights, Wishes
from bot.matching.large.register import Register
from bot.matching.large.rounds import plan_large
from bot.matching.large.traits import Traits
from bot.matching.meaning import Meaning, WordMeaning
from bot.matching.plan import LARGE, plan
from bot.matching.rules import Roster
from bot.matching.score import Encounters, Profiles, grains
from tests.bot.matching_cases import academy

# Only the round of the day, as large rosters have it.
TODAY = Weights(ahead=0)
NOTHING = Wishes()


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    return WordMeaning.load()


def large(
    meaning: Meaning,
    people: list[Candidate],
    history: list[Meeting] | None = None,
    wishes: Wishes = NOTHING,
    weights: Weights = TODAY,
) -> Plan:
    return plan_large(people, history or [], seed=1, wishes=wishes, weights=weights, meaning=meaning)


def some_history(people: list[Candidate], meetings: int, seed: int = 2) -> list[Meeting]:
    chance = random.Random(seed)
    return [
        Meeting(tuple(person.id for person in chance.sample(people, 2)), chance.randint(1, 20), chance.random() < 0.9)
        for _ in range(meetings)
    ]


@pytest.mark.parametrize("weights", [TODAY, replace(TODAY, new_first=False, window=3), replace(TODAY, need_offer=0.0)])
def test_every_pair_is_worth_what_it_is_worth_in_a_small_roster(meaning: Meaning, weights: Weights) -> None:
    people = academy(80, 4)
    history = some_history(people, 200)
    register = Register.read(people, history, NOTHING, 1)
    traits = Traits.read(register, history, replace(weights, draw=0.0), meaning)
    roster = Roster.read(people, history, NOTHING)
    worth = grains(
        roster, Profiles.read(roster.people, meaning), Encounters.read(roster, history, weights.window), weights
    )
    one, other = np.triu_indices(len(people), 1)
    at = np.array([roster.places[person.id] for person in register.people])
    assert (traits.grains(one, other) == worth[at[one], at[other]]).all()
    may = register.together(one, other) & register.bridging(one, other)
    assert (may == roster.allowed[at[one], at[other]]).all()


@pytest.mark.parametrize("members", [2, 60, 150, 300])
@pytest.mark.parametrize("seed", [1, 2])
def test_pairs_are_worth_what_the_exact_ones_are(meaning: Meaning, members: int, seed: int) -> None:
    people = academy(members, seed)
    exact = plan(people, [], seed=1, weights=TODAY, meaning=meaning)
    made = large(meaning, people)
    assert exact.optimal
    assert len(made.groups) == len(exact.groups)
    assert made.score <= exact.score <= made.bound
    assert exact.score - made.score < 0.01 * members
    assert made.bound - made.score < 0.01 * members
    assert made.optimal == (made.bound == made.score)


def test_all_else_is_told_as_in_a_small_roster(meaning: Meaning) -> None:
    people = academy(200, 5)
    history = some_history(people, 900)
    exact = plan(people, history, seed=1, weights=TODAY, meaning=meaning)
    made = large(meaning, people, history)
    known = {group.members: group for group in exact.groups}
    same = [group for group in made.groups if group.members in known]
    assert len(same) > 80
    assert all(known[group.members] == group for group in same)
    assert made.repeats == exact.repeats == 0


def test_the_order_of_candidates_does_not_matter_and_the_seed_does(meaning: Meaning) -> None:
    people = academy(120, 6)
    made = large(meaning, people)
    assert large(meaning, people[::-1]) == made
    another = plan_large(people, [], seed=2, wishes=NOTHING, weights=TODAY, meaning=meaning)
    assert {group.members for group in another.groups} != {group.members for group in made.groups}


def test_a_round_is_made_in_parts_where_it_is_large(meaning: Meaning) -> None:
    """Markets of two sizes before the whole one; three thousand members is the least that has them by itself."""
    people = academy(LARGE + 2, 7)
    told: list[tuple[float, Phrase]] = []
    made = plan(people, [], seed=1, meaning=meaning, progress=lambda done, what: told.append((done, what)))
    assert len(made.groups) == len(people) // 2
    assert not made.left_out
    assert made.score >= 0.9999 * made.bound
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len({what.message for _, what in told}) >= 3
    sector = {person.id: person.sector for person in people}
    organisation = {person.id: person.organisation for person in people}
    for group in made.groups:
        for one, other in combinations(group.members, 2):
            assert sector[one] != sector[other]
            assert organisation[one] != organisation[other]


def test_nobody_at_all(meaning: Meaning) -> None:
    made = large(meaning, [])
    assert (made.groups, made.left_out, made.optimal) == ((), (), True)
