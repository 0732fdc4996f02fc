"""A year of weekly rounds in an academy that lives: members join, leave, pause, and decline."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from bot.matching.domain import Candidate, Meeting, Plan, Wishes
from bot.matching.plan import plan
from tests.bot.matching_cases import LOPSIDED, MEANING, USUAL, academy, may_sit_together

WEEKS = 52
WINDOW = 12


@dataclass(slots=True)
class Year:
    """Week after week; each week's round is judged before the next begins."""

    here: list[Candidate]
    joining: list[Candidate]
    chance: random.Random
    waited: dict[str, int] = field(default_factory=dict[str, int])
    met: list[Meeting] = field(default_factory=list[Meeting])
    declined: list[tuple[int, frozenset[str]]] = field(default_factory=list[tuple[int, frozenset[str]]])
    longest: int = 0
    repeats: int = 0

    def lives(self, week: int) -> None:
        """Some join, some leave, some pause; then the round, and some of those introduced decline."""
        leaving = [one for one in self.here if self.chance.random() < 0.01]
        joining = [self.joining.pop() for _ in leaving if self.joining]
        self.here = [one for one in self.here if one not in leaving] + joining
        present = [replace(one, waited=self.waited.get(one.id, 0)) for one in self.here if self.chance.random() > 0.08]
        recent = frozenset(pair for then, pair in self.declined if week - then <= WINDOW)
        made = plan(present, self._history(week), seed=week, wishes=Wishes(apart=recent), meaning=MEANING)
        self._judge(present, made, Wishes(apart=recent))
        self._remember(week, made)

    def _history(self, week: int) -> list[Meeting]:
        return [replace(meeting, rounds_ago=week - meeting.rounds_ago) for meeting in self.met]

    def _judge(self, present: Sequence[Candidate], made: Plan, wishes: Wishes) -> None:
        known = {one.id: one for one in present}
        placed = [member for group in made.groups for member in group.members]
        assert sorted([*placed, *(left.id for left in made.left_out)]) == sorted(known)
        assert all(may_sit_together([known[member] for member in group.members], wishes) for group in made.groups)
        if made.left_out:
            # Arithmetic alone leaves people out: the large sector has more than two for each of the others.
            largest = max(sum(one.sector == sector for one in present) for sector in {one.sector for one in present})
            assert len(made.left_out) == max(0, largest - 2 * (len(present) - largest))
        for left in made.left_out:
            waiting = [known[member].waited for member in placed if known[member].sector == known[left.id].sector]
            assert known[left.id].waited <= min(waiting, default=0) + 1

    def _remember(self, week: int, made: Plan) -> None:
        out = {left.id for left in made.left_out}
        self.waited = {one.id: self.waited.get(one.id, 0) + 1 if one.id in out else 0 for one in self.here}
        self.longest = max([self.longest, *self.waited.values()])
        self.repeats += made.repeats
        for group in made.groups:
            if self.chance.random() < 0.05:
                self.declined.append((week, frozenset(self.chance.sample(group.members, 2))))
            else:
                self.met.append(Meeting(group.members, week, happened=self.chance.random() < 0.95))


@pytest.mark.parametrize(
    ("shares", "size", "longest", "repeats"),
    # Where nine of ten are from one sector, who has waited longest goes first, though they may know the few others.
    [(USUAL, 60, 0, 0), (LOPSIDED, 60, 1, 0), ((36, 1, 1, 1, 1), 40, 5, 20), (USUAL, 33, 0, 4)],
    ids=[
        "usual",
        "one sector of sixty percent",
        "one sector of ninety percent",
        "hardly more members than a window needs",
    ],
)
def test_a_year(shares: tuple[int, ...], size: int, longest: int, repeats: int) -> None:
    people = academy(size + 40, 7, shares)
    random.Random(1).shuffle(people)
    year = Year(people[:size], people[size:], random.Random(2))
    for week in range(WEEKS):
        year.lives(week)
    assert year.longest <= longest
    assert year.repeats <= repeats
