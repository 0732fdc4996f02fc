"""What a group is worth: its meetings where it is small, and what each member finds in it where it is large.

In a group of up to five everybody talks with everybody, so that its worth is that of all its meetings, as in a round. In a
larger one that would count the same thing many times over. There the worth is what each member finds: somebody of another
sector who answers a need of theirs, and somebody of another sector who shares a theme, each counted once. So nobody
is served twice while somebody else is not served at all, and the most that is possible is known and mostly within reach.
A second need that is answered only breaks ties: it is welcome, and no part of the worth or of its proof.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.matching.domain import Meeting, Weights
from bot.matching.drawing import Drawn, digests, mixed
from bot.matching.rules import Mask, Roster
from bot.matching.score import Encounters, Profiles, check, grains, reach, whole
from bot.matching.stations.rules import Places, Rules, Whole

Matrix = NDArray[np.float64]

# Members up to which everybody in a group talks with everybody.
SMALL = 5


@dataclass(frozen=True, slots=True)
class Meetings:
    """The worth of each meeting of two, in grains."""

    pairs: Whole

    # What one grain counts; see Coverage.
    unit: ClassVar[int] = 1

    def of(self, group: Sequence[int]) -> int:
        """What a group is worth."""
        places = np.array(group, np.intp)
        return int(self.pairs[np.ix_(places, places)].sum()) // 2


@dataclass(frozen=True, slots=True)
class Coverage:
    """What members find in a group, as losses: a member's worth is ``full`` less the price of each term that is open.

    All is counted in such small parts of a grain (``unit`` of them are one) that all second needs together are less than one.
    ``most`` is the worth, in those parts, where everybody finds everything but second needs.

    A *request* is a need or the wish to share a theme, with those who answer it (``answers``: a row a request, a column a
    member); ``owner`` asks it. A *term* is some requests of one member and a price; it is open where nobody in the group
    answers any of them. "No need is answered" and "none but this one is" are terms; with the right prices they
    add up to what the first and the second need are worth. ``parts``: a row a term, a column a request. ``closes``:
    whether a member's being there closes a term. ``prices``: of the first need, of the second, and of a theme.
    """

    unit: int
    most: int
    full: Whole
    answers: Matrix
    owner: Places
    is_theme: Mask
    prices: tuple[int, int, int]
    parts: Matrix
    price: Matrix
    payer: Places
    closes: Mask

    def of(self, group: Sequence[int]) -> int:
        """What a group is worth."""
        return int(self.found(group).sum())

    def found(self, group: Sequence[int]) -> Whole:
        """What each of a group finds in it."""
        places = np.array(group, np.intp)
        is_open = ~self.closes[:, places].any(axis=1)
        lost = np.bincount(self.payer[is_open], weights=self.price[is_open], minlength=len(self.full))
        found: Whole = (self.full - lost.astype(np.int64))[places]
        return found


Worth: TypeAlias = Meetings | Coverage


def worth_of_meetings(
    rules: Rules, history: Sequence[Meeting], profiles: Profiles, weights: Weights, seed: int
) -> Meetings:
    """As in a round, with the luck that the seed draws."""
    roster = rules.roster
    pairs = grains(roster, profiles, Encounters.read(roster, history, weights.window), weights)
    return Meetings(pairs + _luck(roster, seed, weights.draw))


def worth_of_coverage(rules: Rules, profiles: Profiles, weights: Weights) -> Coverage:
    """What each member can find among all, and who answers it."""
    check(weights)
    roster = rules.roster
    bridges = (roster.sector[:, None] != roster.sector[None, :]) & ~rules.never
    answering = reach(profiles.answers, profiles.offers) > 0
    akin = reach(profiles.akin, profiles.themes) > 0
    unit = len(roster.people) + 1
    made = _Terms(len(roster.people), (whole(weights.need_offer) * unit, 1, whole(weights.theme) * unit))
    for place in range(len(roster.people)):
        needs = [answering[need] & bridges[place] for need in profiles.needs[place].tolist()]
        made.needs(place, [answers for answers in needs if answers.any()])
        made.theme(place, akin[profiles.themes[place]].any(axis=0) & bridges[place])
    return made.whole(unit)


class _Terms:
    """Collects requests and terms, member by member."""

    def __init__(self, members: int, prices: tuple[int, int, int]) -> None:
        self._full = np.zeros(members, np.int64)
        self._most = 0
        self._prices = prices
        self._answers: list[Mask] = []
        self._owner: list[int] = []
        self._is_theme: list[bool] = []
        self._parts: list[list[int]] = []
        self._price: list[int] = []
        self._payer: list[int] = []

    def needs(self, owner: int, answers: Sequence[Mask]) -> None:
        """The prices of "none is answered" and "at most this one is" add up to what the first and the second are worth."""
        first, second, _ = self._prices
        self._most += first if answers else 0
        requests = [self._request(owner, row, is_theme=False) for row in answers]
        if not requests:
            return
        others = len(requests) - 1
        self._full[owner] += first + (second if others else 0)
        self._term(owner, requests, first - second * others)
        if others:
            for request in requests:
                self._term(owner, [other for other in requests if other != request], second)

    def theme(self, owner: int, answers: Mask) -> None:
        """Worth its price where somebody shares one."""
        if answers.any():
            self._full[owner] += self._prices[2]
            self._most += self._prices[2]
            self._term(owner, [self._request(owner, answers, is_theme=True)], self._prices[2])

    def whole(self, unit: int) -> Coverage:
        """All of it, as matrices."""
        members, requests = len(self._full), len(self._owner)
        parts = np.zeros((len(self._parts), requests))
        for row, part in enumerate(self._parts):
            parts[row, part] = 1.0
        answers = np.array(self._answers, np.float64).reshape(requests, members)
        return Coverage(
            unit,
            self._most,
            self._full,
            answers,
            np.array(self._owner, np.intp),
            np.array(self._is_theme, np.bool_),
            self._prices,
            parts,
            np.array(self._price, np.float64),
            np.array(self._payer, np.intp),
            parts @ answers > 0,
        )

    def _request(self, owner: int, answers: Mask, *, is_theme: bool) -> int:
        self._answers.append(answers)
        self._owner.append(owner)
        self._is_theme.append(is_theme)
        return len(self._owner) - 1

    def _term(self, payer: int, parts: list[int], price: int) -> None:
        self._parts.append(parts)
        self._price.append(price)
        self._payer.append(payer)


def _luck(roster: Roster, seed: int, most: float) -> Whole:
    """For each two of different sectors a little luck in grains, from the seed and their two ids alone."""
    own = digests(roster.people, seed)
    drawn = without_pattern(own[:, None] + own[None, :]) % np.uint64(whole(most) + 1)
    return np.where(roster.sector[:, None] != roster.sector[None, :], drawn, 0).astype(np.int64)


def without_pattern(numbers: Drawn) -> Drawn:
    """The numbers, which are changed, mixed so that their lower halves show no pattern either."""
    drawn = mixed(numbers)
    return drawn ^ (drawn >> np.uint64(31))
