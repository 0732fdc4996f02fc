"""The last rounds in which everybody meets somebody new: chosen so that they do not get in each other's way.

The best round of today may leave three members who know all but each other, so that somebody has to repeat long before all
have met; where two halves of an academy have most for each other, that comes when half of its rounds are over. So a round is
taken only if what it leaves can be taken apart into further rounds, one after another, as many as there are people left for
each member.

To know whether that is possible at all is a hard question; here it is tried a few times in different ways, always the same
ways for the same members. Once one way is found, the rounds in it are exchanged with each other, circle by circle, until
today's is worth as much as it can be within it.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.matching.drawing import mixed
from bot.matching.pairing import Gains, pair_up
from bot.matching.trios import Draft, Table

Places = NDArray[np.intp]
Mask = NDArray[np.bool_]
Numbers = NDArray[np.float64]

# Rounds that are tried, half a millisecond each in an academy of sixty; with many members fewer, or none at all.
_TRIES: Final = 240
_WORK: Final = 40_000
# Rounds that are taken back where it goes no further.
_BACK: Final = 3
# Random worths lie below this.
_WORTHS: Final = 1 << 16


def with_later_rounds(table: Table, draft: Draft, most_left: int) -> Draft:
    """The draft, or one of pairs as new to each other that leaves more such rounds for later.

    ``table`` allows first meetings only, and the draft is its best. Nothing changes where somebody has more than ``most_left``
    people left to meet, or where the draft is not made of first meetings for all in pairs.
    """
    edges = table.gains.allowed & ~np.eye(len(table.gains.alone), dtype=np.bool_)
    left: NDArray[np.intp] = edges.sum(axis=1)
    if draft.alone or not draft.groups or max(map(len, draft.groups)) > 2 or left.max() > most_left:
        return draft
    mates = np.empty(len(edges), np.intp)
    for one, other in draft.groups:
        mates[one], mates[other] = other, one
    possible, tries = int(left.min()), min(_TRIES, _WORK // len(edges))
    if tries < possible:
        return draft
    later = _taken_apart(_without(edges, mates), possible - 1, iter(range(tries)))
    if len(later) == possible - 1:
        return draft
    rounds = _taken_apart(edges, possible, iter(range(tries, 2 * tries)))
    if len(rounds) <= len(later) + 1:
        return draft
    chosen = _richest(rounds, table.gains.worth).tolist()
    found = table.draft([(i, j) for i, j in enumerate(chosen) if i < j], (), most=draft.worth)
    return replace(found, proven=found.worth // table.gains.unit == draft.worth // table.gains.unit)


def _taken_apart(edges: Mask, wanted: int, tries: Iterator[int]) -> list[Places]:
    """Rounds of pairs with nobody alone, no two of them with a pair in common: ``wanted``, or as many as were found.

    Where it goes no further, the last few rounds are taken back and chosen otherwise, each time a few more.
    """
    longest: list[Places] = []
    rounds: list[Places] = []
    back = _BACK
    left = edges.copy()
    while len(longest) < wanted:
        attempt = next(tries, None)
        if attempt is None:
            break
        pairing = pair_up(_at_random(left, attempt))
        if pairing.alone():
            for mates in rounds[-back:]:
                left[np.arange(len(mates)), mates] = True
            del rounds[-back:]
            back += 1
            continue
        rounds.append(pairing.mates)
        left = _without(left, pairing.mates)
        if len(rounds) > len(longest):
            longest = rounds.copy()
    return longest


def _without(edges: Mask, mates: Places) -> Mask:
    left = edges.copy()
    left[np.arange(len(mates)), mates] = False
    return left


def _at_random(edges: Mask, attempt: int) -> Gains:
    """Most pairs first; among those with as many, whichever this attempt likes."""
    count = len(edges)
    own = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    drawn = mixed(own[:, None] + own[None, :] + np.uint64((attempt + 1) * 0xD1B54A32D192ED03 % 2**64))
    worth: Numbers = ((drawn >> np.uint64(31)) % np.uint64(_WORTHS)).astype(np.float64)
    return Gains(np.zeros_like(worth), worth, edges | np.eye(count, dtype=np.bool_), np.full(count, -count - 1.0))


def _richest(rounds: list[Places], worth: Numbers) -> Places:
    """The round of the highest worth that these can be turned into, without spoiling the others."""
    best = rounds[0]
    for first in range(len(rounds)):
        now = rounds[first].copy()
        others = [other.copy() for place, other in enumerate(rounds) if place != first]
        while any(_exchanged(now, other, worth) for other in others):
            pass
        best = max(best, now, key=lambda mates: _worth(mates, worth))
    return best


def _exchanged(now: Places, other: Places, worth: Numbers) -> bool:
    """Two rounds together form circles. In each, ``now`` takes the richer half and ``other`` the rest; whether any changed."""
    places = np.arange(len(now))
    gain: list[float] = (worth[places, other] - worth[places, now]).tolist()
    mine: list[int] = now.tolist()
    theirs: list[int] = other.tolist()
    seen = [False] * len(now)
    changed = False
    for start in range(len(now)):
        circle: list[int] = []
        place = start
        while not seen[place]:
            partner = mine[place]
            seen[place] = seen[partner] = True
            circle += (place, partner)
            place = theirs[partner]
        if sum(gain[place] for place in circle) > 0:
            now[circle], other[circle] = other[circle], now[circle]
            changed = True
    return changed


def _worth(mates: Places, worth: Numbers) -> float:
    return float(worth[np.arange(len(mates)), mates].sum())
