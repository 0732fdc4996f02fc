"""Half a year of weekly rounds: what members live with."""

import random
from dataclasses import replace
from itertools import combinations

import pytest

from bot.matching.domain import Candidate, Meeting
from bot.matching.meaning import WordMeaning
from bot.matching.plan import plan
from tests.bot.matching_cases import LOPSIDED, USUAL, academy

MEANING = WordMeaning.load()
WEEKS = 26


def live(
    people: list[Candidate], weeks: int, paused: float = 0.08
) -> tuple[list[list[tuple[str, ...]]], dict[str, int], int]:
    """The groups of each week, each member's longest run of weeks left out, and the repeats within twelve weeks."""
    chance = random.Random(1)
    met: list[tuple[int, tuple[str, ...]]] = []
    waited = {one.id: 0 for one in people}
    longest = dict(waited)
    rounds: list[list[tuple[str, ...]]] = []
    repeats = 0
    for week in range(weeks):
        present = [replace(one, waited=waited[one.id]) for one in people if chance.random() >= paused]
        history = [Meeting(group, week - then) for then, group in met]
        made = plan(present, history, seed=week, meaning=MEANING)
        assert made.optimal
        rounds.append([group.members for group in made.groups])
        met += [(week, group.members) for group in made.groups]
        repeats += made.repeats
        out = {left.id for left in made.left_out}
        for one in present:
            waited[one.id] = waited[one.id] + 1 if one.id in out else 0
            longest[one.id] = max(longest[one.id], waited[one.id])
    return rounds, longest, repeats


@pytest.mark.parametrize("shares", [USUAL, LOPSIDED])
def test_sixty_members_for_half_a_year(shares: tuple[int, ...]) -> None:
    people = academy(60, 4, shares)
    rounds, longest, repeats = live(people, WEEKS)
    known = {one.id: one for one in people}
    for groups in rounds:
        for group in groups:
            for one, other in combinations(group, 2):
                assert known[one].organisation != known[other].organisation
            assert len({known[member].sector for member in group}) > 1
    assert max(longest.values()) <= 1
    assert repeats == 0
    pairs = [frozenset(pair) for groups in rounds for group in groups for pair in combinations(group, 2)]
    assert len(set(pairs)) >= 0.8 * len(pairs)


def test_where_most_must_wait_nobody_waits_twice_running_while_others_never_did() -> None:
    people = [
        Candidate(f"m{place:02}", f"organisation {place}", "large" if place < 12 else "small") for place in range(15)
    ]
    _, longest, _ = live(people, 8, paused=0.0)
    assert max(longest.values()) == 1
