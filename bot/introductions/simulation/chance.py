"""Rounds by chance, under the same rules: what a fair shuffle would do, to set the planner against.

Those who waited go first; each takes the first one in a shuffled order whom they may meet and have not met lately. Who is left
over changes partners with a pair or joins one as a third. Of some shuffles the one that leaves the fewest alone is taken.
It shares no code with the planner.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from bot.introductions.simulation.living import Drawn, RoundMaker
from bot.introductions.simulation.season import Ids
from bot.matching.domain import Candidate, Meeting, Wishes
from bot.matching.rules import folded

_SHUFFLES = 20
# In a large academy one shuffle is as good as the next.
_LARGE = 2_000

Pair = frozenset[str]


def by_chance(seed: int, window: int, size: int = 2) -> RoundMaker:
    """The same seed gives the same rounds."""

    def make(present: Sequence[Candidate], history: Sequence[Meeting], wishes: Wishes, number: int) -> Drawn:
        table = _Table.read(present, history, wishes, window)
        chance = random.Random(f"{seed}|{number}")  # noqa: S311 - the same shuffle for the same seed, and no secret
        tries: list[_Shuffle] = []
        for _ in range(_SHUFFLES if len(present) <= _LARGE else 1):
            order = [person.id for person in present]
            chance.shuffle(order)
            order.sort(key=lambda member: -table.people[member].waited)
            shuffle = _Shuffle(table, [list(group) for group in wishes.locked if group <= table.people.keys()])
            shuffle.deal(order, size)
            tries.append(shuffle)
            if shuffle.cost(size) <= (0, bool(len(present) % size), 0):
                break
        best = min(tries, key=lambda shuffle: shuffle.cost(size))
        groups = sorted(tuple(sorted(group)) for group in best.groups)
        return Drawn(tuple(groups), tuple(sorted(best.alone)))

    return make


@dataclass(frozen=True, slots=True)
class _Table:
    """Who sits at it, and who must not sit together, in the plainest form. What is unknown of somebody is like nobody else's."""

    people: dict[str, Candidate]
    organisation: dict[str, str]
    sector: dict[str, str]
    apart: frozenset[Pair]
    recent: frozenset[Pair]

    @classmethod
    def read(cls, present: Sequence[Candidate], history: Sequence[Meeting], wishes: Wishes, window: int) -> "_Table":
        recent = (meeting.members for meeting in history if meeting.happened and meeting.rounds_ago <= window)
        return cls(
            {person.id: person for person in present},
            {person.id: folded(person.organisation) or f"\0{person.id}" for person in present},
            {person.id: folded(person.sector) or f"\0{person.id}" for person in present},
            frozenset(_every_two([*wishes.apart, *wishes.forbidden])),
            frozenset(_every_two(recent)),
        )

    def together(self, one: str, other: str) -> bool:
        """Whether the two may sit in one group, their sectors aside."""
        there, here = self.people[one].languages, self.people[other].languages
        return (
            self.organisation[one] != self.organisation[other]
            and (not there or not here or bool(there & here))
            and frozenset((one, other)) not in self.apart
        )

    def may_meet(self, one: str, other: str, *, again: bool = False) -> bool:
        """Whether the two may be a pair; ``again``: though they met lately."""
        return (
            self.differ((one, other))
            and (again or frozenset((one, other)) not in self.recent)
            and self.together(one, other)
        )

    def differ(self, group: Sequence[str]) -> bool:
        """Whether not all come from one sector."""
        return len({self.sector[member] for member in group}) > 1

    def may_join(self, group: Sequence[str], third: str, *, again: bool) -> bool:
        """Whether a third may come to a pair."""
        spoken = [self.people[member].languages for member in (*group, third) if self.people[member].languages]
        return (
            all(self.together(member, third) for member in group)
            and (again or all(frozenset((member, third)) not in self.recent for member in group))
            and self.differ((*group, third))
            and (not spoken or bool(spoken[0].intersection(*spoken)))
        )


@dataclass(slots=True)
class _Shuffle:
    """One try."""

    table: _Table
    groups: list[list[str]]
    alone: list[str] = field(default_factory=list[str])

    def cost(self, size: int) -> tuple[int, int, int]:
        """The smaller the better: people alone, groups of another size, people who meet again."""
        others = sum(len(group) != size for group in self.groups)
        return len(self.alone), others, sum(pair in self.table.recent for pair in _every_two(self.groups))

    def deal(self, order: Sequence[str], size: int) -> None:
        """Puts everybody together in the shuffled order."""
        held = {member for group in self.groups for member in group}
        waiting = dict.fromkeys(member for member in order if member not in held)
        begun = max(1, len(order) // size)
        while waiting and len(self.groups) < begun:
            one = next(iter(waiting))
            del waiting[one]
            other = next((member for member in waiting if self.table.may_meet(one, member)), None)
            if other is None:
                self.alone.append(one)
            else:
                del waiting[other]
                self.groups.append([one, other])
        self.alone += waiting
        if size > 2:
            self.alone = [member for member in self.alone if not self._joins(member, again=False)]
        self._change_partners()
        self._pair_again()
        for again in (False, True):
            self.alone = [member for member in self.alone if not self._joins(member, again=again)]

    def _change_partners(self) -> None:
        """Two who are alone, and a pair: perhaps each of the two can meet one of it."""
        for one, other in combinations(list(self.alone), 2):
            if one in self.alone and other in self.alone:
                for group in self.groups:
                    if len(group) == 2 and self._splits(group, one, other):
                        break

    def _splits(self, group: list[str], one: str, other: str) -> bool:
        for left, right in ((group[0], group[1]), (group[1], group[0])):
            if self.table.may_meet(one, left) and self.table.may_meet(other, right):
                group[:] = [one, left]
                self.groups.append([other, right])
                self.alone = [member for member in self.alone if member not in {one, other}]
                return True
        return False

    def _pair_again(self) -> None:
        """Two who are alone meet again, where nothing new is left for them."""
        for one, other in combinations(list(self.alone), 2):
            if one in self.alone and other in self.alone and self.table.may_meet(one, other, again=True):
                self.groups.append([one, other])
                self.alone = [member for member in self.alone if member not in {one, other}]

    def _joins(self, third: str, *, again: bool) -> bool:
        for group in self.groups:
            if len(group) == 2 and self.table.may_join(group, third, again=again):
                group.append(third)
                return True
        return False


def _every_two(groups: Sequence[Sequence[str]] | Iterator[Ids] | Sequence[frozenset[str]]) -> Iterator[Pair]:
    return (frozenset(pair) for group in groups for pair in combinations(sorted(group), 2))
