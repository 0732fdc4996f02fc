"""What is never broken in a large roster, and who is alone in it and why. The rosters are small, so that all can be checked."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.matching.domain import Candidate, Meeting, Plan, Weights, WhyLeftOut, Wishes
from bot.matching.large.rounds import plan_large
from bot.matching.meaning import Meaning, WordMeaning
from bot.matching.plan import plan
from bot.matching.rules import LockRefused, WrongInput
from tests.bot.matching_cases import LOPSIDED, Judge, academy, small_case

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


def shares(made: Plan) -> tuple[int, int, int]:
    return len(made.left_out), sum(len(group.members) == 3 for group in made.groups), made.repeats


def pair(one: str, other: str) -> frozenset[str]:
    return frozenset((one, other))


def everyone(*people: tuple[str, str, str]) -> list[Candidate]:
    return [Candidate(name, organisation, sector) for name, organisation, sector in people]


@given(seed=st.integers(0, 10_000))
@example(seed=1782)
@example(seed=2509)
@example(seed=7053)
@settings(max_examples=25, deadline=None)
def test_no_rule_is_broken_and_the_bound_holds(seed: int) -> None:
    """Up to nine members of every kind: no round of the same rank is worth more than the bound."""
    case = small_case(seed)
    people, history, wishes = case
    judge = Judge(case, lambda _group: 0)
    made = plan_large(people, history, seed=1, wishes=wishes, weights=TODAY, meaning=WordMeaning({}, ()))
    exact = plan(people, history, seed=1, wishes=wishes, weights=TODAY, meaning=WordMeaning({}, ()))
    ranked, best = judge.of_plan(made)[:-1], judge.of_plan(exact)[:-1]
    members = [member for group in made.groups for member in group.members] + [left.id for left in made.left_out]
    assert sorted(members) == sorted(person.id for person in people)
    # Whose sector is not known counts in a large roster as one whose sector met no other.
    if ranked == best and (all(person.sector for person in people) or not history):
        assert exact.score <= made.bound + 1e-9
        assert made.score <= exact.score + 1e-9
        assert not made.optimal or made.score == pytest.approx(exact.score)


def test_two_candidates_with_one_id_are_refused(meaning: Meaning) -> None:
    with pytest.raises(WrongInput):
        large(meaning, everyone(("a", "x", "one"), ("a", "y", "two")))


def test_a_lock_is_kept_and_the_rest_is_planned_around_it(meaning: Meaning) -> None:
    people = academy(60, 3)
    lock = frozenset((people[0].id, people[30].id))
    made = large(meaning, people, wishes=Wishes(locked=frozenset({lock})))
    exact = plan(people, [], seed=1, wishes=Wishes(locked=frozenset({lock})), weights=TODAY, meaning=meaning)
    assert lock in {frozenset(group.members) for group in made.groups}
    assert made.score <= exact.score <= made.bound


def test_a_lock_that_breaks_a_rule_is_refused_as_in_a_small_roster(meaning: Meaning) -> None:
    people = everyone(("a", "x", "one"), ("b", "x", "two"), ("c", "y", "two"), ("d", "z", "one"))
    for wishes in (
        Wishes(locked=frozenset({pair("a", "b")})),
        Wishes(locked=frozenset({pair("a", "gone")})),
        Wishes(locked=frozenset({pair("a", "c")}), apart=frozenset({pair("a", "c")})),
        Wishes(locked=frozenset({pair("a", "c")}), forbidden=frozenset({pair("a", "c")})),
        Wishes(locked=frozenset({pair("a", "c"), pair("c", "d")})),
    ):
        with pytest.raises(LockRefused):
            large(meaning, people, wishes=wishes)


def test_those_who_met_within_the_window_meet_again_only_where_all_have(meaning: Meaning) -> None:
    people = everyone(("a", "w", "one"), ("b", "x", "one"), ("c", "y", "two"), ("d", "z", "two"))
    history = [Meeting(("a", "c"), 2), Meeting(("b", "d"), 5), Meeting(("a", "d"), 1), Meeting(("b", "c"), 1)]
    new = large(meaning, people, history[:2])
    assert {group.members for group in new.groups} == {("a", "d"), ("b", "c")}
    assert (new.repeats, new.novelty_exhausted) == (0, False)
    again = large(meaning, people, history)
    assert {group.members for group in again.groups} == {("a", "c"), ("b", "d")}
    assert (again.repeats, again.novelty_exhausted) == (2, True)
    assert all(group.repeat for group in again.groups)


def test_who_met_long_ago_gives_way_to_somebody_new_where_that_is_wished(meaning: Meaning) -> None:
    people = [
        Candidate("a", "w", "one", needs=("penge",)),
        Candidate("b", "x", "one"),
        Candidate("c", "y", "two", offers=("penge",)),
        Candidate("d", "z", "two"),
    ]
    history = [Meeting(("a", "c"), 40)]
    assert {group.members for group in large(meaning, people, history).groups} == {("a", "d"), ("b", "c")}
    valued = replace(TODAY, new_first=False, novelty=0.0, draw=0.0)
    assert {group.members for group in large(meaning, people, history, weights=valued).groups} == {
        ("a", "c"),
        ("b", "d"),
    }


def test_one_left_over_is_the_third_of_a_pair(meaning: Meaning) -> None:
    people = academy(61, 3)
    made = large(meaning, people)
    exact = plan(people, [], seed=1, weights=TODAY, meaning=meaning)
    assert shares(made) == shares(exact) == (0, 1, 0)
    assert made.score == exact.score == made.bound
    assert made.optimal


def test_one_left_over_whom_no_pair_can_take_is_the_odd_one(meaning: Meaning) -> None:
    people = everyone(("a", "x", "one"), ("b", "y", "two"), ("c", "x", "three"))
    made = large(meaning, people, wishes=Wishes(apart=frozenset({pair("b", "c")})))
    assert [group.members for group in made.groups] == [("a", "b")]
    assert [(left.id, left.why) for left in made.left_out] == [("c", WhyLeftOut.NOBODY_ALLOWED)]
    third = large(meaning, people, wishes=Wishes(forbidden=frozenset({pair("b", "c"), pair("a", "b")})))
    assert len(third.left_out) == 3
    odd = large(meaning, everyone(("a", "x", "one"), ("b", "y", "two"), ("c", "y", "three")))
    assert [left.why for left in odd.left_out] == [WhyLeftOut.ODD_ONE]
    spoken = [
        replace(person, organisation="", languages=frozenset({own})) for person, own in zip(people, "abb", strict=True)
    ]
    alone = large(meaning, [*spoken, replace(spoken[1], id="d", sector="three", languages=frozenset({"c"}))])
    assert {left.why for left in alone.left_out} <= {
        WhyLeftOut.NO_LANGUAGE,
        WhyLeftOut.SAME_SECTOR,
        WhyLeftOut.NOBODY_ALLOWED,
    }


@pytest.mark.parametrize("sizes", [LOPSIDED, (200, 30, 20, 10, 5), (66, 30, 20, 10, 5)])
def test_a_sector_larger_than_all_others_sits_around_them(meaning: Meaning, sizes: tuple[int, ...]) -> None:
    people = academy(150, 3, sizes)
    exact = plan(people, [], seed=1, weights=TODAY, meaning=meaning)
    made = large(meaning, people)
    assert shares(made) == shares(exact)
    assert {left.why for left in made.left_out} <= {WhyLeftOut.LARGE_SECTOR}
    assert 0.995 * exact.score <= made.score <= exact.score <= made.bound <= 1.005 * exact.score


def test_of_a_large_sector_those_stay_alone_who_have_not_waited(meaning: Meaning) -> None:
    people = academy(120, 3, (100, 10, 10))
    waiting = [replace(person, waited=number % 3) for number, person in enumerate(people)]
    made = large(meaning, waiting)
    waited = {person.id: person.waited for person in waiting}
    assert len(made.left_out) == 60
    assert sorted(waited[left.id] for left in made.left_out) == sorted(person.waited for person in waiting[:100])[:60]


def test_two_of_one_organisation_do_not_sit_at_one_hub(meaning: Meaning) -> None:
    """Twelve of the large sector in three organisations, and six hubs: who sits together is settled afterwards."""
    large_ones = [Candidate(f"a{place}", f"org {place % 3}", "big", needs=("penge",)) for place in range(12)]
    hubs = [Candidate(f"h{place}", f"hub {place}", "small", offers=("penge",)) for place in range(6)]
    made = large(meaning, [*large_ones, *hubs])
    assert shares(made) == (0, 6, 0)
    organisation = {person.id: person.organisation for person in large_ones}
    for group in made.groups:
        one, other = (organisation[member] for member in group.members if member in organisation)
        assert one != other


def test_a_guest_who_may_sit_with_nobody_leaves(meaning: Meaning) -> None:
    guests = [Candidate(f"a{place}", "the same", "big") for place in range(4)]
    hubs = [Candidate(f"h{place}", f"hub {place}", "small") for place in range(2)]
    made = large(meaning, [*guests, *hubs])
    assert len(made.groups) == 2
    assert {left.why for left in made.left_out} == {WhyLeftOut.LARGE_SECTOR}


def test_where_there_is_one_sector_only_nobody_meets(meaning: Meaning) -> None:
    made = large(meaning, everyone(("a", "x", "one"), ("b", "y", "one"), ("c", "z", "one")))
    assert not made.groups
    assert {left.why for left in made.left_out} == {WhyLeftOut.SAME_SECTOR}


def test_those_whose_sector_is_not_known_may_meet_anybody(meaning: Meaning) -> None:
    people = [replace(person, sector="" if place % 3 else person.sector) for place, person in enumerate(academy(90, 9))]
    exact = plan(people, [], seed=1, weights=TODAY, meaning=meaning)
    made = large(meaning, people)
    assert shares(made) == shares(exact)
    assert made.score <= exact.score <= made.bound
    assert large(meaning, [replace(person, sector="") for person in people]).left_out == ()


def test_why_somebody_is_left_out_of_a_large_roster(meaning: Meaning) -> None:
    people = [
        Candidate("a", "x", "one"),
        Candidate("b", "y", "two"),
        Candidate("c", "z", "one", languages=frozenset({"da"})),
        Candidate("d", "v", "two", languages=frozenset({"en"})),
    ]
    others = (pair("a", "d"), pair("c", "b"))
    for wishes, expected in (
        (Wishes(apart=frozenset(others)), {"c": WhyLeftOut.NOBODY_ALLOWED, "d": WhyLeftOut.NOBODY_ALLOWED}),
        (
            Wishes(locked=frozenset({pair("a", "b")})),
            {"c": WhyLeftOut.LOCKED_ELSEWHERE, "d": WhyLeftOut.LOCKED_ELSEWHERE},
        ),
    ):
        made = large(meaning, people, wishes=wishes)
        assert [group.members for group in made.groups] == [("a", "b")]
        assert {left.id: left.why for left in made.left_out} == expected


def test_of_two_who_want_the_same_partner_one_is_left(meaning: Meaning) -> None:
    """One of a and b meets c; d may meet neither of them, nor c."""
    people = everyone(("a", "x", "one"), ("b", "x", "three"), ("c", "z", "two"), ("d", "z", "four"))
    wishes = Wishes(apart=frozenset({pair("a", "d"), pair("b", "d")}))
    made = large(meaning, people, wishes=wishes)
    assert len(made.groups) == 1
    assert sorted(left.why for left in made.left_out) == [WhyLeftOut.NOBODY_ALLOWED, WhyLeftOut.PARTNERS_TAKEN]
