"""What happens to an academy over some weeks, whoever plans its rounds: who is there, who joins, leaves and says no.

All of it comes from the seed, so two planners can be given the very same season.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Shares from 0 to 1. ``paused``: of the members each week, each by their own luck. ``joins`` and ``leaves``: of the roster
    over the whole time, each in a week of their own. ``declines``: of the introductions, said no to by one of them."""

    weeks: int
    paused: float = 0.08
    joins: float = 0.0
    leaves: float = 0.0
    declines: float = 0.0


@dataclass(frozen=True, slots=True)
class Season:
    """``present``: the members who take part, a tuple a week, in the order of their ids."""

    how: Circumstances
    seed: int
    present: tuple[Ids, ...] = field(repr=False)

    @classmethod
    def draw(cls, members: Sequence[str], how: Circumstances, seed: int) -> "Season":
        """The same members, circumstances and seed make the same season."""
        chance = _chance(f"{seed}|season")
        weeks: list[list[str]] = [[] for _ in range(how.weeks)]
        for member in sorted(members):
            comes = chance.randrange(1, how.weeks) if how.weeks > 1 and chance.random() < how.joins else 0
            goes = chance.randrange(comes + 1, how.weeks + 1) if chance.random() < how.leaves else how.weeks
            for week, present in enumerate(weeks):
                if chance.random() >= how.paused and comes <= week < goes:
                    present.append(member)
        return cls(how, seed, tuple(map(tuple, weeks)))

    def who_declines(self, week: int, group: Ids) -> str:
        """The one of a group who says no; empty where all say yes. It depends on the group and the week alone."""
        if not self.how.declines:
            return ""
        chance = _chance(f"{self.seed}|{week}|{'|'.join(sorted(group))}")
        return chance.choice(sorted(group)) if chance.random() < self.how.declines else ""


def _chance(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a simulation has to be the same for the same seed; no secret is made of it
