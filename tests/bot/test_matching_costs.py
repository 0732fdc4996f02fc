"""What an organiser's wishes cost: by planning without each, judged by looking at every round there is."""

import random
from dataclasses import replace
from itertools import combinations

import pytest

from bot.matching.alternatives import with_swap
from bot.matching.domain import Candidate, Loss, Meeting, Plan, WishCost, Wishes, WishKind
from bot.matching.plan import plan
from tests.bot.matching_cases import MEANING, NO_LATER, academy, judge, small_case

LOSSES = (Loss.LEFT_OUT, Loss.WAITING, Loss.TRIOS, Loss.TWINS, Loss.REPEATS, Loss.SOONER, Loss.AGAIN)


def planned(people: list[Candidate], wishes: Wishes, *history: Meeting, size: int = 2) -> Plan:
    return plan(people, history, seed=1, wishes=wishes, weights=NO_LATER, size=size, meaning=MEANING)


def locking(*groups: tuple[str, ...]) -> Wishes:
    return Wishes(locked=frozenset(map(frozenset, groups)))


def apart(*pairs: tuple[str, str]) -> Wishes:
    return Wishes(forbidden=frozenset(map(frozenset, pairs)))


def members(count: int, sectors: int) -> list[Candidate]:
    return [Candidate(f"m{place}", f"o{place}", f"s{place % sectors}") for place in range(count)]


def the_cost(made: Plan) -> tuple[Loss, int]:
    (only,) = made.costs
    assert only.exact
    return only.loss, only.amount


@pytest.mark.parametrize("block", range(4))
def test_each_cost_is_the_difference_of_two_best_rounds(block: int) -> None:
    seen: set[Loss] = set()
    for seed in range(1000 + 40 * block, 1040 + 40 * block):
        people, history, wishes = small_case(seed, most=7)
        size = random.Random(seed).choice([2, 2, 3])
        made = plan(people, history, seed=seed, wishes=wishes, weights=NO_LATER, size=size, meaning=MEANING)
        now = judge((people, history, wishes), seed).best(size)
        for cost in made.costs:
            without = _without(wishes, cost)
            then = judge((people, history, without), seed).best(size)
            assert (cost.loss, cost.amount, round(cost.share, 9)) == _difference(now, then), f"case {seed}"
            assert cost.exact
            seen.add(cost.loss)
    assert {Loss.NOTHING, Loss.WORTH, Loss.LEFT_OUT} <= seen


def _without(wishes: Wishes, cost: WishCost) -> Wishes:
    lost = frozenset(cost.members)
    match cost.kind:
        case WishKind.LOCKED:
            return replace(wishes, locked=wishes.locked - {lost})
        case WishKind.APART:
            return replace(wishes, forbidden=wishes.forbidden - {lost})
        case WishKind.ALL:
            return Wishes(apart=wishes.apart)


def _difference(now: tuple[int, ...], then: tuple[int, ...]) -> tuple[Loss, int, float]:
    for loss, ours, theirs in zip(LOSSES, now[:-1], then[:-1], strict=True):
        if ours != theirs:
            return loss, theirs - ours, 0.0
    lost = then[-1] - now[-1]
    return (Loss.WORTH, 0, round(lost / then[-1], 9)) if lost else (Loss.NOTHING, 0, 0.0)


def test_without_wishes_nothing_is_told_and_nothing_planned_twice() -> None:
    assert planned(members(6, 2), Wishes()).costs == ()
    colleagues = [replace(one, organisation="one house") for one in members(4, 2)]
    assert planned(colleagues, apart(("m0", "m1"), ("m0", "gone"))).costs == ()


def test_a_lock_on_what_is_planned_anyhow_costs_nothing() -> None:
    people = academy(30, 2)
    group = planned(people, Wishes()).groups[0].members
    assert the_cost(planned(people, locking(group))) == (Loss.NOTHING, 0)


def test_what_counts_more_than_worth_is_said_instead() -> None:
    pairs = members(4, 2)
    assert the_cost(planned(pairs, locking(("m0", "m1")), Meeting(("m0", "m1"), 1))) == (Loss.REPEATS, 1)
    assert the_cost(planned(pairs, locking(("m0", "m1")), Meeting(("m0", "m1"), 20))) == (Loss.AGAIN, 1)
    both_ways = [Meeting(("m0", "m1"), 1), Meeting(("m2", "m3"), 1), Meeting(("m0", "m3"), 5), Meeting(("m1", "m2"), 5)]
    assert the_cost(planned(pairs, locking(("m0", "m1")), *both_ways)) == (Loss.SOONER, 8)
    assert the_cost(planned(members(6, 6), locking(("m0", "m1", "m2")))) == (Loss.TRIOS, 2)
    star = [
        Candidate("hub", "o", "s"),
        *(Candidate(f"m{place}", f"o{place}", "large", waited=place) for place in range(3)),
    ]
    assert the_cost(planned(star, locking(("hub", "m0")))) == (Loss.LEFT_OUT, 1)
    assert the_cost(planned(star, locking(("hub", "m0", "m1")))) == (Loss.WAITING, 2)
    mixed = [*members(3, 3), Candidate("m3", "o3", "s0"), Candidate("m4", "o4", "s1")]
    assert the_cost(planned(mixed, locking(("m0", "m3", "m1")))) == (Loss.TWINS, 1)


def test_two_kept_apart_cost_what_their_meeting_was_worth_more() -> None:
    people = [
        Candidate("a", "o1", "s1", needs=("data",)),
        Candidate("b", "o2", "s2", offers=("data",)),
        Candidate("c", "o3", "s1"),
        Candidate("d", "o4", "s2"),
    ]
    made = planned(people, apart(("a", "b")))
    (cost,) = made.costs
    assert (cost.kind, cost.members, cost.loss) == (WishKind.APART, ("a", "b"), Loss.WORTH)
    best = planned(people, Wishes())
    assert cost.share == pytest.approx((best.score - made.score) / best.score)


def test_several_wishes_are_told_each_and_together() -> None:
    people = academy(40, 3)
    ids = [one.id for one in people]
    chance = random.Random(1)
    best = planned(people, Wishes())
    pairs = [group.members for group in best.groups][:2]
    wishes = replace(
        locking(
            (
                ids[0],
                next(
                    one.id
                    for one in people
                    if one.sector != people[0].sector and one.organisation != people[0].organisation
                ),
            )
        ),
        forbidden=frozenset(map(frozenset, pairs)),
    )
    costs = planned(people, wishes).costs
    assert [cost.kind for cost in costs] == [WishKind.LOCKED, WishKind.APART, WishKind.APART, WishKind.ALL]
    assert costs[-1].share >= max(cost.share for cost in costs[:-1])
    many = replace(wishes, forbidden=frozenset(map(frozenset, chance.sample(list(combinations(ids[1:-1], 2)), 200))))
    told = planned(people, many).costs
    assert len(told) == 25
    assert told[-1].kind is WishKind.ALL


def test_after_a_swap_only_all_together_is_told() -> None:
    people = academy(30, 2)
    best = planned(people, Wishes())
    one, other = best.groups[0].members[0], best.groups[1].members[0]
    (cost,) = planned(people, with_swap(Wishes(), best.groups, one, other)).costs
    assert cost.kind is WishKind.ALL
    assert cost.loss is Loss.WORTH
    assert 0 < cost.share < 0.2


def test_where_everything_together_costs_nothing_so_does_each() -> None:
    people = academy(30, 2)
    groups = [group.members for group in planned(people, Wishes()).groups[:3]]
    assert {cost.loss for cost in planned(people, locking(*groups)).costs} == {Loss.NOTHING}
