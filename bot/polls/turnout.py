"""How many of each sector voted, told so that nobody can be told apart by it. Pure.

Sectors of six members or more have a bar each; all others are one group together. Who is in which group follows from the members
alone, never from the votes. The picture is shown whole or not at all: only where of every group three people or more voted, and
three or more did not. Hiding a single bar would not do: what is hidden can be subtracted, and that it is hidden tells something
by itself.

The picture is drawn when a poll closes, never while votes come in: two pictures with one vote between them would tell whose
sector that vote came from. For the same reason a poll that was opened again gets a new picture only where every sector has
changed by three or more, or not at all, since each picture that was ever shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.polls.domain import SectorTurnout

FEWEST = 3
# A group of fewer can never have as many who voted and as many who did not.
SMALLEST = 2 * FEWEST


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
    """What may be shown, by the sectors' keys: every larger sector, or nothing."""
    apart = _apart(counts)
    together = [one for key, one in counts.items() if key not in apart and one.members]
    groups = [counts[key] for key in apart]
    if together:
        groups.append(Voters(sum(one.voted for one in together), sum(one.members for one in together)))
    if not all(FEWEST <= one.voted <= one.members - FEWEST for one in groups):
        return ()
    return tuple(SectorTurnout(key, *counts[key]) for key in apart)


def may_follow(counts: Counts, earlier: Sequence[Mapping[str, int]]) -> bool:
    """Whether a new picture tells nothing beside those that were shown before. ``earlier``: how many of each sector had voted
    when each of them was drawn."""
    return all(
        before.get(key, 0) == now or abs(before.get(key, 0) - now) >= FEWEST
        for before in earlier
        for key, now in {**dict.fromkeys(before, 0), **{key: one.voted for key, one in counts.items()}}.items()
    )


def _apart(counts: Counts) -> list[str]:
    """The sectors with a bar of their own: the larger ones, but for so many of them as the others need for company."""
    large = sorted(
        (key for key, one in counts.items() if key and one.members >= SMALLEST),
        key=lambda key: (-counts[key].members, key),
    )
    others = sum(one.members for key, one in counts.items() if key not in large)
    while large and 0 < others < SMALLEST:
        others += counts[large.pop()].members
    return sorted(large)
