"""Rounds to the first repeat: everybody meets everybody before anybody meets anybody again."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest

from bot.matching.ahead import with_later_rounds
from bot.matching.domain import Candidate, Meeting, Weights
from bot.matching.plan import plan
from tests.bot.matching_cases import MEANING, NEEDS, OFFERS, THEMES, judge, small_case, table

LONG = Weights(window=1000)


def without_sectors(members: int, seed: int, kind: str) -> list[Candidate]:
    """Members of as many organisations; ``kind`` says what is known of them."""
    chance = random.Random(seed)
    people = [Candidate(f"m{place:03}", f"organisation {place}", "") for place in range(members)]
    match kind:
        case "a sector each":
            return [replace(one, sector=one.organisation) for one in people]
        case "tags":
            return [
                replace(
                    one,
                    themes=tuple(chance.sample(THEMES, 2)),
                    needs=tuple(chance.sample(NEEDS, 3)),
                    offers=tuple(chance.sample(OFFERS, 3)),
                )
                for one in people
            ]
        case "two halves":
            # An odd half has all that the other needs: what is worth most today keeps the halves from meeting later.
            half = members // 2 - 1 + members // 2 % 2
            return [
                replace(one, needs=("penge",), offers=("data",))
                if place < half
                else replace(one, needs=("data",), offers=("penge",))
                for place, one in enumerate(people)
            ]
        case _:
            return people


def rounds_without_repeat(people: Sequence[Candidate], weights: Weights, seed: int) -> int:
    met: dict[frozenset[str], int] = {}
    for number in range(len(people)):
        history = [Meeting(tuple(pair), number - then) for pair, then in met.items()]
        made = plan(people, history, seed=seed + number, weights=weights, meaning=MEANING)
        pairs = [frozenset(group.members) for group in made.groups]
        if len(pairs) < len(people) // 2 or any(pair in met for pair in pairs):
            return number
        met |= dict.fromkeys(pairs, number)
    raise AssertionError("there are no more pairs than that")


@pytest.mark.parametrize("kind", ["empty", "a sector each", "tags"])
@pytest.mark.parametrize("weights", [Weights(), LONG], ids=["usual window", "long window"])
@pytest.mark.parametrize("seed", range(3))
def test_twenty_members_meet_everybody_before_anybody_twice(kind: str, weights: Weights, seed: int) -> None:
    assert rounds_without_repeat(without_sectors(20, seed, kind), weights, seed) == 19


@pytest.mark.parametrize("kind", ["empty", "tags"])
def test_sixty_members_meet_everybody_before_anybody_twice(kind: str) -> None:
    assert rounds_without_repeat(without_sectors(60, 1, kind), Weights(), 1) == 59


@pytest.mark.parametrize("members", range(2, 16))
def test_small_academies_go_on_when_all_have_met(members: int) -> None:
    people = without_sectors(members, 1, "tags")
    weights = Weights(window=8)
    if members % 2 == 0:
        assert rounds_without_repeat(people, weights, 1) == members - 1
    history: list[Meeting] = []
    for number in range(24):
        past = [replace(meeting, rounds_ago=number - meeting.rounds_ago) for meeting in history]
        made = plan(people, past, seed=number, weights=weights, meaning=MEANING)
        assert not made.left_out
        # A window of eight rounds takes nearly all the pairs that thirteen members are, as one group is a trio each time.
        assert made.repeats == 0 or members < 14
        assert made.novelty_exhausted == (made.repeats > 0)
        history += [Meeting(group.members, number) for group in made.groups]


def test_halves_that_have_most_for_each_other_do_not_use_each_other_up() -> None:
    people = without_sectors(20, 1, "two halves")
    assert rounds_without_repeat(people, replace(LONG, ahead=0), 1) < 15
    assert rounds_without_repeat(people, LONG, 1) == 19


def test_without_new_first_who_has_most_for_each_other_meets_again_after_the_window() -> None:
    people = without_sectors(20, 1, "tags")
    assert rounds_without_repeat(people, Weights(new_first=False), 1) < 19


@pytest.mark.parametrize("seed", range(40))
def test_looking_ahead_costs_worth_only_and_the_bound_says_how_much(seed: int) -> None:
    case = small_case(seed)
    weights = Weights()
    made = plan(case[0], case[1], seed=seed, wishes=case[2], weights=weights, meaning=MEANING)
    judged = judge(case, seed, weights)
    verdict, best = judged.of_plan(made), judged.best()
    assert verdict[:-1] == best[:-1]
    assert verdict[-1] <= best[-1] == round(made.bound * 100)
    assert made.optimal == (verdict[-1] == best[-1])


def test_a_round_that_would_end_the_first_meetings_gives_way_to_one_that_does_not() -> None:
    # Six who have met in two rings of three: the pairs across form a prism. Its three rungs leave two rings again.
    rungs = [("m0", "m3"), ("m1", "m4"), ("m2", "m5")]
    rings = [*combinations(("m0", "m1", "m2"), 2), *combinations(("m3", "m4", "m5"), 2)]
    open_pairs = {frozenset(pair) for pair in [*rungs, *rings]}
    people = [
        Candidate(f"m{place}", f"o{place}", "", needs=(f"x{place % 3}",), offers=(f"x{place % 3}",))
        for place in range(6)
    ]
    history = [
        Meeting(pair, 1) for pair in combinations([one.id for one in people], 2) if frozenset(pair) not in open_pairs
    ]
    blind = plan(people, history, seed=1, weights=replace(LONG, ahead=0), meaning=MEANING)
    assert {group.members for group in blind.groups} == set(rungs)
    assert blind.optimal
    seeing = plan(people, history, seed=1, weights=LONG, meaning=MEANING)
    assert {group.members for group in seeing.groups} != set(rungs)
    assert not seeing.optimal
    assert seeing.score < seeing.bound == blind.score


def test_many_members_are_not_looked_ahead_for() -> None:
    given = table(without_sectors(202, 1, "empty"), [], 1)
    draft = given.pairs()
    assert with_later_rounds(given, draft, 1000) is draft
