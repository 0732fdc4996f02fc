"""What an organiser does with a preview: each is planning again with other wishes."""

import pytest

from bot.matching.alternatives import draw_again, with_forbidden, with_lock, with_swap, without_lock
from bot.matching.domain import Candidate, Plan, Weights, Wishes
from bot.matching.meaning import WordMeaning
from bot.matching.plan import plan
from bot.matching.rules import LockRefused, WrongInput
from tests.bot.matching_cases import academy

MEANING = WordMeaning.load()
PEOPLE = academy(31, 2)


def planned(wishes: Wishes, seed: int = 1) -> Plan:
    return plan(PEOPLE, [], seed=seed, wishes=wishes, meaning=MEANING)


def groups_of(made: Plan) -> set[tuple[str, ...]]:
    return {group.members for group in made.groups}


def test_a_locked_group_is_in_every_draw_until_it_is_unlocked() -> None:
    kept = planned(Wishes()).groups[3].members
    wishes = with_lock(Wishes(), kept)
    assert all(kept in groups_of(planned(wishes, seed)) for seed in range(4))
    assert without_lock(wishes, kept) == Wishes()


def test_the_last_word_on_two_members_counts() -> None:
    one, other = planned(Wishes()).groups[0].members[:2]
    forbidden = with_forbidden(with_lock(Wishes(), (one, other)), one, other)
    assert forbidden == Wishes(forbidden=frozenset({frozenset((one, other))}))
    assert not any({one, other} <= set(group) for group in groups_of(planned(forbidden)))
    assert with_lock(forbidden, (one, other)) == Wishes(locked=frozenset({frozenset((one, other))}))
    assert with_lock(with_lock(Wishes(), (one, other)), (one, "m9")).locked == frozenset({frozenset((one, "m9"))})


def test_a_swap_changes_two_groups_and_nothing_else() -> None:
    made = planned(Wishes())
    for first in made.groups[0].members:
        for second in made.groups[1].members:
            wishes = with_swap(Wishes(), made.groups, first, second)
            try:
                swapped = planned(wishes)
            except LockRefused:
                continue
            assert len(groups_of(swapped) - groups_of(made)) == 2
            assert swapped.left_out == made.left_out


def test_a_swap_with_somebody_left_out_and_one_of_nothing() -> None:
    people = [Candidate(f"m{place}", f"o{place}", "large" if place else "small") for place in range(4)]
    made = plan(people, [], seed=1, meaning=MEANING)
    out, taken = made.left_out[0].id, made.groups[0].members[-1]
    again = plan(people, [], seed=1, wishes=with_swap(Wishes(), made.groups, out, taken), meaning=MEANING)
    assert again.left_out[0].id == taken
    with pytest.raises(WrongInput):
        with_swap(Wishes(), made.groups, *made.groups[0].members[:2])


def test_drawing_again_gives_another_round_or_says_that_there_is_none() -> None:
    made = planned(Wishes())
    seed, drawn = draw_again(lambda seed: planned(Wishes(), seed), 1)
    assert seed > 1
    assert groups_of(drawn) != groups_of(made)
    two = [Candidate("a", "x", "1"), Candidate("b", "y", "2")]
    assert draw_again(lambda seed: plan(two, [], seed=seed, meaning=MEANING), 5)[0] == 5


def test_the_luck_of_the_draw_can_be_turned_up() -> None:
    people = academy(12, 1)
    rounds = {
        tuple(sorted(groups_of(plan(people, [], seed=seed, weights=Weights(draw=8.0), meaning=MEANING))))
        for seed in range(6)
    }
    assert len(rounds) > 2
