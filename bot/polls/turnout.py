"""How many of each sector voted, told so that nobody can be told apart by it. Pure.

A sector of seven members or more has a bar of its own, which says between which two numbers its voters are: "7 to 10 of 10". All
others are one group together, of which nothing is said. What is shown, and where the steps lie, follows from the members alone
and never from the votes: that something is hidden tells nothing, since it is hidden however people vote.

Everybody knows how many voted in all, and can subtract. So the steps begin and end where that does no harm. What one can work out
exactly is only ever that all groups stand at the lower ends of their steps, or all at the upper ends; and each end is nobody,
everybody, or a number at which three or more voted and three or more did not.

The picture is drawn when a poll closes for the first time, never while votes come in and never again: two pictures with a vote
between them would tell whose sector that vote came from.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bot.polls.domain import SectorTurnout

FEWEST = 3
# A group of fewer can never have as many who voted and as many who did not.
SMALLEST = 2 * FEWEST
# A sector of fewer has no two steps that begin and end well.
SMALLEST_SHOWN = SMALLEST + 1
_MOST_STEPS = 5


class Voters(NamedTuple):
    """Of so many members so many voted."""

    voted: int
    members: int


# By the sector's key; empty for those of whom no sector is known.
Counts = Mapping[str, Voters]


def counted(sectors: Iterable[tuple[str, bool]]) -> Counts:
    """Members' sectors, and whether each voted, as numbers."""
    counts: dict[str, Voters] = {}
    for sector, voted in sectors:
        before = counts.get(sector, Voters(0, 0))
        counts[sector] = Voters(before.voted + voted, before.members + 1)
    return counts


def pictured(counts: Counts) -> tuple[SectorTurnout, ...]:
    """What may be shown, by the sectors' keys: a step for each of the larger sectors."""
    return tuple(_shown(key, counts[key]) for key in _apart(counts))


def steps(members: int) -> tuple[tuple[int, int], ...]:
    """The steps of a group of so many: the fewest and the most who voted in each."""
    many = min(_MOST_STEPS, (members - 1) // FEWEST)
    even = (round((members + 1) * place / many) for place in range(1, many))
    lows = [0, *(min(max(low, FEWEST + 1), members - FEWEST) for low in even)]
    return tuple((low, high - 1) for low, high in zip(lows, [*lows[1:], members + 1], strict=True))


def _shown(sector: str, one: Voters) -> SectorTurnout:
    low, high = next(step for step in steps(one.members) if step[0] <= one.voted <= step[1])
    return SectorTurnout(sector, low, high, one.members)


def _apart(counts: Counts) -> list[str]:
    """The sectors with a bar of their own: the larger ones, but for so many of them as the others need for company."""
    large = sorted(
        (key for key, one in counts.items() if key and one.members >= SMALLEST_SHOWN),
        key=lambda key: (-counts[key].members, key),
    )
    others = sum(one.members for key, one in counts.items() if key not in large)
    while large and 0 < others < SMALLEST:
        others += counts[large.pop()].members
    return sorted(large)
