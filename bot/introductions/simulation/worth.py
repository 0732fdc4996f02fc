"""What two profiles are worth to each other: the needs that they meet and the themes that they share, pair by pair.

It is the part of the planner's score that does not depend on who met whom, with the same weights, so rounds of any maker can be
compared by it; for a few pairs of a large academy, without a table of all.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.domain import Candidate, Weights
from bot.matching.meaning import Meaning
from bot.matching.score import Profiles

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Worth:
    """The profiles of a whole roster, to be asked about two of it."""

    places: dict[str, int]
    profiles: Profiles
    weights: Weights

    @classmethod
    def read(cls, candidates: Sequence[Candidate], meaning: Meaning, weights: Weights) -> "Worth":
        """Compares each different tag once with each other."""
        return cls(
            {candidate.id: place for place, candidate in enumerate(candidates)},
            Profiles.read(candidates, meaning),
            weights,
        )

    def of(self, one: str, other: str) -> float:
        """Points: what each finds in the other, and the themes."""
        return self.needs(one, other) + self.weights.theme * self._themes(self.places[one], self.places[other])

    def needs(self, one: str, other: str) -> float:
        """Points for the needs that are met, both ways; 0 where none is."""
        i, j = self.places[one], self.places[other]
        return self.weights.need_offer * (math.log2(1 + self._met(i, j)) + math.log2(1 + self._met(j, i)))

    def rests_on_a_need(self, one: str, other: str) -> bool:
        """Whether one of them looks for what the other can give."""
        i, j = self.places[one], self.places[other]
        return self._met(i, j) > 0 or self._met(j, i) > 0

    def _met(self, receiver: int, giver: int) -> float:
        needs, offers = self.profiles.needs[receiver], self.profiles.offers[giver]
        if not len(needs) or not len(offers):
            return 0.0
        closest = self.profiles.answers[np.ix_(needs, offers)].max(axis=1)
        return float(closest @ self.profiles.need_rarity[needs])

    def _themes(self, one: int, other: int) -> float:
        mine, theirs = self.profiles.themes[one], self.profiles.themes[other]
        if not len(mine) or not len(theirs):
            return 0.0
        met = self._shared(mine, theirs) * self._shared(theirs, mine)
        rarity = self.profiles.theme_rarity
        return min(1.0, math.sqrt(met / float(rarity[mine].sum() * rarity[theirs].sum())))

    def _shared(self, mine: Places, theirs: Places) -> float:
        found = self.profiles.akin[np.ix_(mine, theirs)].max(axis=1) > 0
        return float(self.profiles.theme_rarity[mine][found].sum())
