"""How many of each sector voted, told so that nobody can be told apart by it. Pure.

A sector is shown where three of it or more voted, and three or more did not, or all of them did. What is not shown counts as
one group of its own, since everybody can subtract: it has to be such a group as well, or else shown ones are hidden too, the
smallest first, until it is. So no number speaks of fewer than three people.

The picture is drawn when a poll closes, never while votes come in: two pictures with one vote between them would tell whose
sector that vote came from. For the same reason a poll that was opened again gets a new picture only where every sector has
changed by three or more, or not at all, since each picture that was ever shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.polls.domain import SectorTurnout

FEWEST = 3


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
    """What may be shown, by the sectors' keys; nothing at all where that would tell too much."""
    shown = sorted(key for key, one in counts.items() if key and _hides_all(one))
    while shown and not _rest_is_fine(counts, shown):
        shown.remove(min(shown, key=lambda key: (counts[key].members, key)))
    return tuple(SectorTurnout(key, *counts[key]) for key in shown)


def may_follow(counts: Counts, earlier: Sequence[Mapping[str, int]]) -> bool:
    """Whether a new picture tells nothing beside those that were shown before. ``earlier``: how many of each sector had voted
    when each of them was drawn."""
    return all(
        before.get(key, 0) == now or abs(before.get(key, 0) - now) >= FEWEST
        for before in earlier
        for key, now in {**dict.fromkeys(before, 0), **{key: one.voted for key, one in counts.items()}}.items()
    )


def _hides_all(one: Voters) -> bool:
    silent = one.members - one.voted
    return one.voted >= FEWEST and (silent >= FEWEST or silent == 0)


def _rest_is_fine(counts: Counts, shown: Sequence[str]) -> bool:
    rest = [one for key, one in counts.items() if key not in shown]
    return not rest or _hides_all(Voters(sum(one.voted for one in rest), sum(one.members for one in rest)))
