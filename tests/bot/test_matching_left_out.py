"""Why somebody has no partner this time, as an organiser can check it and act on it."""

from collections.abc import Iterable

import pytest

from bot.matching.domain import Candidate, LeftOut, Meeting, Plan, WhyLeftOut, Wishes
from bot.matching.plan import plan
from tests.bot.matching_cases import MEANING

ANNA = Candidate("anna", "Rødovre Kommune", "municipality", languages=frozenset({"da"}))
BO = Candidate("bo", "Byens Hus", "business")


def planned(people: Iterable[Candidate], wishes: Wishes | None = None, history: Iterable[Meeting] = ()) -> Plan:
    return plan(list(people), list(history), seed=1, wishes=wishes or Wishes(), meaning=MEANING)


def why(*others: Candidate, wishes: Wishes | None = None) -> WhyLeftOut:
    made = planned((ANNA, *others), wishes)
    return next(left.why for left in made.left_out if left.id == "anna")


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (Candidate("carl", "Anden Kommune", "Municipality"), WhyLeftOut.SAME_SECTOR),
        (Candidate("carl", "RØDOVRE kommune", "business"), WhyLeftOut.SAME_ORGANISATION),
        (Candidate("carl", "Fonden", "foundation", languages=frozenset({"en"})), WhyLeftOut.NO_LANGUAGE),
        (Candidate("carl", "Rødovre Kommune", "municipality"), WhyLeftOut.NOBODY_ALLOWED),
    ],
)
def test_the_one_rule_that_stands_between(other: Candidate, reason: WhyLeftOut) -> None:
    assert why(other) is reason


def test_the_organisers_own_wish_is_named_but_nobody_elses() -> None:
    pair = frozenset({frozenset(("anna", "bo"))})
    assert why(BO, wishes=Wishes(forbidden=pair)) is WhyLeftOut.KEPT_APART
    assert why(BO, wishes=Wishes(apart=pair)) is WhyLeftOut.NOBODY_ALLOWED
    assert why(BO, wishes=Wishes(apart=pair, forbidden=pair)) is WhyLeftOut.NOBODY_ALLOWED


def test_several_rules_are_named_together() -> None:
    same_sector = Candidate("carl", "Anden Kommune", "municipality")
    same_house = Candidate("dorte", "Rødovre Kommune", "business")
    locked = Wishes(forbidden=frozenset({frozenset(("carl", "dorte"))}))
    assert why(same_sector, same_house, wishes=locked) is WhyLeftOut.NOBODY_ALLOWED


def test_two_whose_organisation_is_unknown_are_not_taken_for_colleagues() -> None:
    people = [Candidate("anna", "", "business"), Candidate("bo", "", "business")]
    assert {left.why for left in planned(people).left_out} == {WhyLeftOut.SAME_SECTOR}


def test_having_met_everybody_leaves_nobody_out() -> None:
    made = planned((ANNA, BO), history=[Meeting(("anna", "bo"), 1)])
    assert made.left_out == ()
    assert made.novelty_exhausted


def test_the_odd_one_out_is_told_from_those_whose_partners_are_taken() -> None:
    star = [
        Candidate("hub", "o0", "s0", languages=frozenset({"da", "en"})),
        *(Candidate(f"m{place}", "o1", f"s{place}", languages=frozenset({"en"})) for place in range(1, 5)),
        Candidate("pair", "o2", "s7", languages=frozenset({"da"})),
    ]
    left = planned(star).left_out
    assert len(left) == 4
    assert {one.why for one in left} == {WhyLeftOut.PARTNERS_TAKEN}
    pentagon = [Candidate(f"m{place}", f"o{place}", f"s{place}") for place in range(5)]
    ring = {frozenset((f"m{place}", f"m{(place + 1) % 5}")) for place in range(5)}
    others = {frozenset((one.id, other.id)) for one in pentagon for other in pentagon if one.id < other.id} - ring
    made = planned(pentagon, Wishes(apart=frozenset(others)))
    assert [one.why for one in made.left_out] == [WhyLeftOut.ODD_ONE]


def test_all_partners_locked_elsewhere() -> None:
    people = [Candidate(f"m{place}", f"o{place}", "large" if place else "small") for place in range(3)]
    wishes = Wishes(locked=frozenset({frozenset(("m0", "m1"))}))
    assert planned(people, wishes).left_out == (LeftOut("m2", WhyLeftOut.LOCKED_ELSEWHERE),)


def test_a_member_whose_sector_is_unknown_may_meet_anybody() -> None:
    people = [Candidate(f"m{place}", f"o{place}", "") for place in range(6)]
    assert not planned(people).left_out
    mixed = [Candidate("a", "x", "business"), Candidate("b", "y", "business"), Candidate("c", "z", " ")]
    assert [len(group.members) for group in planned(mixed).groups] == [3]
