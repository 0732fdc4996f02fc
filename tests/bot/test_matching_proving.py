"""Rounds with many trios: the programme over all groups finds what looking at every round finds, from the worst of starts."""

import random
from dataclasses import replace
from itertools import combinations

import pytest

from bot.matching import proving
from bot.matching.domain import Candidate, Wishes
from bot.matching.packing import best_packing
from bot.matching.plan import plan
from bot.matching.proving import proven_or_bounded
from bot.matching.rules import Roster
from bot.matching.sheet import Sheet, table_of, waits
from bot.matching.trios import Draft, Table, in_threes
from tests.bot.matching_cases import LOPSIDED, MEANING, NO_LATER, academy, small_case, table


def of_case(seed: int) -> Table:
    people, history, wishes = small_case(seed)
    apart = wishes.apart | wishes.forbidden
    sheet = Sheet.read(people, history, apart, seed=seed, weights=NO_LATER, size=2, meaning=MEANING)
    return table_of(sheet.roster, sheet.worth, sheet.ties, sheet.weights, waits(sheet.roster))


def rank(given: Table, draft: Draft) -> tuple[float, ...]:
    """What counts, without the ties of worth."""
    alone = sum(float(given.gains.alone[place]) for place in draft.alone)
    trios = sum(len(group) == 3 for group in draft.groups)
    return alone, trios, draft.order, draft.worth // given.gains.unit


@pytest.mark.parametrize("threes_first", [False, True])
@pytest.mark.parametrize("block", range(3))
def test_from_nothing_the_best_of_all_rounds_is_found(block: int, threes_first: bool) -> None:
    for seed in range(60 * block, 60 * block + 60):
        given = of_case(seed)
        nobody = given.draft((), range(len(given.gains.alone)))
        found = proven_or_bounded(given, nobody, threes_first=threes_first)
        assert found.proven, f"case {seed}"
        assert rank(given, found) == rank(given, best_packing(given, threes_first=threes_first)), f"case {seed}"


@pytest.mark.parametrize("members", [30, 31, 32, 47])
def test_trios_that_are_wished_are_proven_best(members: int) -> None:
    given = table(academy(members, 2), [], 1)
    found = proven_or_bounded(given, in_threes(given), threes_first=True)
    assert found.proven
    assert found.gain() >= in_threes(given).gain()
    assert plan(academy(members, 2), [], seed=1, size=3, meaning=MEANING).optimal


@pytest.mark.parametrize("members", [30, 46])
def test_a_large_sector_of_which_most_must_not_meet_most_others(members: int) -> None:
    people = academy(members, 2, LOPSIDED)
    chance = random.Random(3)
    ids = [one.id for one in people]
    apart = frozenset(frozenset(pair) for pair in combinations(ids, 2) if chance.random() < 0.75)
    made = plan(people, [], seed=1, wishes=Wishes(apart=apart), meaning=MEANING)
    assert made.optimal
    # Who may meet anybody at all and is left out could only be placed at the cost of somebody else.
    blocked = sum(not row.any() for row in Roster.read(people, (), Wishes(apart=apart)).allowed)
    assert blocked <= len(made.left_out) < members // 4


def test_above_a_hundred_members_the_bound_is_near() -> None:
    made = plan(academy(105, 2), [], seed=1, size=3, meaning=MEANING)
    assert not made.optimal
    assert 0.97 * made.bound < made.score < made.bound


def test_above_two_hundred_nothing_is_looked_at() -> None:
    people = [Candidate(f"m{place:03}", "", "") for place in range(201)]
    given = table(people, [], 1)
    draft = given.draft([], range(201))
    assert proven_or_bounded(given, draft, threes_first=True) is draft


def test_where_prices_do_not_settle_or_nothing_is_possible_the_draft_stays() -> None:
    given = table(academy(20, 2), [], 1)
    choice = proving._Choice.of(given, 1)
    nobody = dict.fromkeys((place,) for place in range(20))
    assert proving._generated(choice, proving._ALONE, dict(nobody), 1) is None
    choice.hold(proving._TRIOS, 30)
    assert proving._generated(choice, proving._ALONE, dict(nobody), 9) is None
    known = list(nobody)
    assert proving._asked(choice, proving._ALONE, known, 9, prove=True) == (known, None)


def test_what_is_given_up_is_not_said_to_be_proven() -> None:
    lopsided = table(academy(30, 2, (28, 1, 1, 0, 0)), [], 1)
    nobody = lopsided.draft([], range(30))
    assert proven_or_bounded(lopsided, nobody, threes_first=False, goes=0) == nobody
    each = table([Candidate(f"m{place}", "", "") for place in range(30)], [], 1)
    threes = in_threes(each)
    assert proven_or_bounded(each, threes, threes_first=True, goes=0) == threes


def test_that_nobody_can_meet_anybody_is_proven_too() -> None:
    people = [replace(one, organisation="one house") for one in academy(18, 2)]
    given = table(people, [], 1)
    draft = given.draft([], range(18))
    found = proven_or_bounded(given, draft, threes_first=False)
    assert found.alone == draft.alone
    assert found.proven
