"""The round as a whole: trios, large sectors, locks, seeds, and what is refused."""

import random
from dataclasses import replace
from itertools import combinations

import pytest

from bot.matching.domain import Candidate, LeftOut, Meeting, Weights, WhyLeftOut, Wishes
from bot.matching.hubs import best_with_hubs
from bot.matching.one_trio import best_with_one_trio
from bot.matching.packing import best_packing
from bot.matching.plan import plan
from bot.matching.rules import LockRefused, WrongInput
from bot.matching.trios import with_thirds
from tests.bot.matching_cases import LOPSIDED, MEANING, academy, table


@pytest.mark.parametrize("seed", range(6))
def test_a_trio_for_the_odd_one_is_the_best_that_the_whole_number_programme_finds(seed: int) -> None:
    people = academy(17, seed)
    history = [Meeting(pair, 1 + seed) for pair in random.Random(seed).sample(_ids(people), 40)]
    given = table(people, history, seed)
    found = best_with_one_trio(given)
    wanted = best_packing(given, threes_first=False)
    assert found is not None
    assert found.proven
    assert (found.alone, found.order, found.worth) == (wanted.alone, wanted.order, wanted.worth)


@pytest.mark.parametrize(("members", "met"), [(41, 0), (61, 0), (61, 900), (25, 190)])
def test_prices_choose_the_same_trio_as_looking_at_every_three(members: int, met: int) -> None:
    people = academy(members, 3)
    history = [Meeting(pair, 1) for pair in random.Random(1).sample(_ids(people), met)]
    given = table(people, history, 1)
    every, chosen = best_with_one_trio(given), best_with_one_trio(given, every_three=0)
    assert every is not None
    assert chosen is not None
    assert every.proven
    assert chosen.proven
    assert (chosen.order, chosen.worth // given.gains.unit) == (every.order, every.worth // given.gains.unit)


@pytest.mark.parametrize("seed", range(8))
def test_hubs_for_a_large_sector_are_the_best_that_the_whole_number_programme_finds(seed: int) -> None:
    people = [
        replace(one, waited=place % 3) for place, one in enumerate(academy(15 + seed % 3, seed, (11, 2, 1, 1, 1)))
    ]
    people = [replace(one, organisation=f"{one.organisation} {place % 4}") for place, one in enumerate(people)]
    history = [Meeting(pair, 1 + seed) for pair in random.Random(seed).sample(_ids(people), 30)]
    given = table(people, history, seed)
    found = best_with_hubs(given)
    wanted = best_packing(given, threes_first=False)
    assert found is None or found.proven
    assert found is None or (found.alone, found.order, found.worth) == (wanted.alone, wanted.order, wanted.worth)
    assert with_thirds(given, given.pairs()).gain() <= wanted.gain()


def test_hubs_give_up_after_so_many_ways() -> None:
    people = [replace(one, organisation=one.id) for one in academy(20, 1, (13, 2, 2, 2, 1))]
    large = [one.id for one in people if one.sector == "sector 0"]
    history = [Meeting(pair, 3) for pair in random.Random(1).sample(list(combinations(large, 2)), 70)]
    given = table(people, history, 1)
    assert best_with_hubs(given, most_ways=1) is None
    found = best_with_hubs(given)
    assert found is None or found.proven


def test_some_hubs_were_found() -> None:
    tables = [table(academy(16, seed, (11, 2, 1, 1, 1)), [], seed) for seed in range(8)]
    assert sum(best_with_hubs(given) is not None for given in tables) >= 4


def test_a_sector_of_sixty_percent_meets_the_others_in_threes() -> None:
    made = plan(academy(150, 1, LOPSIDED), [], seed=1, meaning=MEANING)
    assert not made.left_out
    assert sorted(len(group.members) for group in made.groups) == [2] * 30 + [3] * 30
    assert made.optimal


def test_where_a_sector_is_larger_than_twice_all_others_those_who_waited_go_first() -> None:
    people = [replace(one, waited=int(place % 4 == 0)) for place, one in enumerate(academy(40, 3, (36, 1, 1, 1, 1)))]
    made = plan(people, [], seed=1, meaning=MEANING)
    left = {one.id for one in made.left_out}
    assert len(left) == 40 - 3 * 4
    assert {one.why for one in made.left_out} == {WhyLeftOut.LARGE_SECTOR}
    taken = [one for one in people if one.sector == "sector 0" and one.id not in left]
    assert all(one.waited for one in taken)


def test_the_order_of_candidates_changes_nothing() -> None:
    people = academy(61, 5)
    history = [Meeting(pair, 3) for pair in random.Random(1).sample(_ids(people), 60)]
    made = plan(people, history, seed=7, meaning=MEANING)
    random.Random(2).shuffle(people)
    random.Random(3).shuffle(history)
    assert plan(people, history, seed=7, meaning=MEANING) == made


def test_another_seed_draws_another_round_that_is_about_as_good() -> None:
    people = academy(50, 5)
    best = plan(people, [], seed=0, weights=Weights(draw=0.0), meaning=MEANING)
    rounds = [plan(people, [], seed=seed, meaning=MEANING) for seed in range(6)]
    assert len({tuple(group.members for group in made.groups) for made in rounds}) >= 3
    plain = Weights(draw=0.0)
    for made in rounds:
        again = plan(
            people,
            [],
            seed=0,
            weights=plain,
            meaning=MEANING,
            wishes=Wishes(locked=frozenset(frozenset(group.members) for group in made.groups)),
        )
        assert again.score >= best.score - 0.5 * len(made.groups)
        assert again.score >= 0.97 * best.score


def test_without_luck_the_seed_only_chooses_among_equals() -> None:
    people = [Candidate(f"m{place}", f"organisation {place}", f"sector {place % 2}") for place in range(12)]
    rounds = [plan(people, [], seed=seed, weights=Weights(draw=0.0), meaning=MEANING) for seed in range(4)]
    assert len({made.score for made in rounds}) == 1
    assert len({tuple(group.members for group in made.groups) for made in rounds}) > 1


def test_where_everybody_has_met_the_oldest_meeting_is_repeated_and_it_is_said() -> None:
    people = [Candidate(f"m{place}", f"organisation {place}", f"sector {place % 2}") for place in range(4)]
    history = [
        Meeting(("m0", "m1"), 1),
        Meeting(("m2", "m3"), 1),
        Meeting(("m0", "m3"), 2),
        Meeting(("m1", "m2"), 2),
    ]
    made = plan(people, history, seed=1, meaning=MEANING)
    assert [group.members for group in made.groups] == [("m0", "m3"), ("m1", "m2")]
    assert made.novelty_exhausted
    assert made.repeats == 2
    assert all(group.repeat for group in made.groups)


def test_a_meeting_that_did_not_happen_or_is_long_past_does_not_count() -> None:
    people = [
        Candidate("a", "x", "1", needs=("data",)),
        Candidate("b", "y", "2", offers=("data",)),
        Candidate("c", "z", "1"),
    ]
    history = [Meeting(("a", "b"), 1, happened=False), Meeting(("a", "b"), 13), Meeting(("b", "c"), 1)]
    made = plan(people[:2], history, seed=1, meaning=MEANING)
    assert made.repeats == 0
    assert not made.novelty_exhausted


def test_a_locked_pair_is_made_even_where_it_repeats_and_nobody_joins_it() -> None:
    people = [Candidate(f"m{place}", f"organisation {place}", f"sector {place}") for place in range(3)]
    wishes = Wishes(locked=frozenset({frozenset(("m0", "m1"))}))
    made = plan(people, [Meeting(("m0", "m1"), 1)], seed=1, wishes=wishes, meaning=MEANING)
    assert [group.members for group in made.groups] == [("m0", "m1")]
    assert made.groups[0].repeat
    assert made.repeats == 1
    assert not made.novelty_exhausted
    assert made.left_out == (LeftOut("m2", WhyLeftOut.LOCKED_ELSEWHERE),)


@pytest.mark.parametrize(
    ("lock", "said"),
    [
        (("a", "b"), "organisation"),
        (("a", "c"), "sector"),
        (("a", "d"), "language"),
        (("a", "e"), "forbidden"),
        (("a", "f"), "must not be introduced"),
        (("a", "g", "h", "d"), "two members, or three"),
        (("a", "a"), "two members, or three"),
        (("a", "gone"), "takes no part"),
    ],
)
def test_a_lock_that_breaks_a_rule_is_refused_with_a_sentence(lock: tuple[str, ...], said: str) -> None:
    people = [
        Candidate("a", "Rødovre Kommune", "municipality", languages=frozenset({"da"})),
        Candidate("b", " rødovre  KOMMUNE", "business"),
        Candidate("c", "another", "Municipality "),
        Candidate("d", "third", "business", languages=frozenset({"en"})),
        Candidate("e", "fourth", "business"),
        Candidate("f", "fifth", "business"),
        Candidate("g", "sixth", "business"),
        Candidate("h", "seventh", "foundation"),
    ]
    wishes = Wishes(
        apart=frozenset({frozenset(("a", "f"))}),
        locked=frozenset({frozenset(lock)}),
        forbidden=frozenset({frozenset(("a", "e"))}),
    )
    with pytest.raises(LockRefused) as refused:
        plan(people, [], seed=1, wishes=wishes, meaning=MEANING)
    assert said in refused.value.said.message
    assert isinstance(refused.value, ValueError)


def test_nobody_is_locked_twice() -> None:
    people = [Candidate(f"m{place}", f"organisation {place}", f"sector {place}") for place in range(3)]
    wishes = Wishes(locked=frozenset({frozenset(("m0", "m1")), frozenset(("m0", "m2"))}))
    with pytest.raises(LockRefused):
        plan(people, [], seed=1, wishes=wishes, meaning=MEANING)


def test_what_cannot_be_planned_with_is_said() -> None:
    one = Candidate("a", "x", "1")
    with pytest.raises(WrongInput, match="same id"):
        plan([one, one], [], seed=1)
    with pytest.raises(WrongInput, match="stations"):
        plan([one], [], seed=1, size=4)
    with pytest.raises(WrongInput, match="Weights"):
        plan([one], [], seed=1, weights=Weights(theme=float("nan")))


def test_nobody_and_one_are_rounds_too() -> None:
    assert plan([], [], seed=1).groups == ()
    alone = plan([Candidate("a", "x", "1")], [], seed=1)
    assert alone.left_out == (LeftOut("a", WhyLeftOut.NOBODY_ALLOWED),)
    assert plan([], [], seed=1, size=3).optimal


def test_groups_of_three_where_they_are_wished() -> None:
    for members in (30, 31, 32):
        made = plan(academy(members, 2), [], seed=1, size=3, meaning=MEANING)
        assert not made.left_out
        pairs = sum(len(group.members) == 2 for group in made.groups)
        assert pairs == {0: 0, 1: 2, 2: 1}[members % 3]
        assert made.score <= made.bound


def test_those_whom_no_trio_can_take_are_told_apart() -> None:
    people = [replace(one, languages=frozenset({"da"})) for one in academy(30, 1)]
    people += [Candidate("stranger", "far away", "sector 9", languages=frozenset({"fi"}))]
    made = plan(people, [], seed=1, meaning=MEANING)
    assert made.left_out == (LeftOut("stranger", WhyLeftOut.NO_LANGUAGE),)
    odd = plan(people[:29], [], seed=1, wishes=Wishes(), meaning=MEANING)
    assert not odd.left_out


def _ids(people: list[Candidate]) -> list[tuple[str, str]]:
    return list(combinations([one.id for one in people], 2))
