"""What a meeting of two is worth, from their two profiles, for all pairs at once.

Four things count, each weighted: needs met by offers (both ways), shared themes, two sectors that rarely meet, and never
having met. Rare needs and themes count more than those that everybody has. An empty profile is worth nothing extra and
costs nothing. The worth of a pair is a whole number of :data:`GRAIN` milli-points, so that totals are exact.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.errors import phrase
from bot.matching.domain import Candidate, Meeting, Weights
from bot.matching.meaning import Meaning
from bot.matching.rules import Roster, WrongInput

Matrix = NDArray[np.float64]
Places = NDArray[np.intp]

# Milli-points; a hundredth of a point.
GRAIN = 10

# Members whose meetings are scored together.
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Profiles:
    """The tags of all candidates, which of them mean the same, and how rare each is (1: one person's alone).

    ``needs[i]`` are the places of candidate i's needs in ``need_words``, and so on; ``answers`` has a row a need and a column an
    offer, ``akin`` a row and a column a theme.
    """

    need_words: tuple[str, ...]
    offer_words: tuple[str, ...]
    theme_words: tuple[str, ...]
    needs: tuple[Places, ...]
    offers: tuple[Places, ...]
    themes: tuple[Places, ...]
    answers: Matrix
    akin: Matrix
    need_rarity: NDArray[np.float64]
    theme_rarity: NDArray[np.float64]

    @classmethod
    def read(cls, people: Sequence[Candidate], meaning: Meaning) -> "Profiles":
        """Compares each different tag once with each other."""
        need_words, needs = _tags(people, lambda person: person.needs)
        offer_words, offers = _tags(people, lambda person: person.offers)
        theme_words, themes = _tags(people, lambda person: person.themes)
        answers = meaning.closeness(need_words, offer_words)
        akin = meaning.closeness(theme_words, theme_words)
        givers = (reach(answers, offers) > 0).sum(axis=1)
        friends = (reach(akin, themes) > 0).sum(axis=1)
        return cls(
            need_words,
            offer_words,
            theme_words,
            needs,
            offers,
            themes,
            answers,
            akin,
            _rarity(givers, len(people)),
            _rarity(friends, len(people)),
        )


@dataclass(frozen=True, slots=True)
class Encounters:
    """How often each two sectors met in the window, in introductions that happened; ``often``: of all the pairs that their
    members could be, so that small sectors are not taken for neglected ones, beside the mean of all."""

    times: Matrix
    rare: NDArray[np.bool_]
    often: Matrix

    @classmethod
    def read(cls, roster: Roster, history: Sequence[Meeting], window: int) -> "Encounters":
        """Counts pairs of present candidates. Two sectors meet rarely at half the mean over all pairs of sectors or less."""
        count = len(roster.sectors)
        times = np.zeros((count, count))
        for meeting in history:
            if meeting.happened and meeting.rounds_ago <= window:
                present = sorted({roster.places[member] for member in meeting.members if member in roster.places})
                for i in present:
                    for j in present:
                        one, other = roster.sector[i], roster.sector[j]
                        times[one, other] += one != other
        mean = times.sum() / max(1, count * (count - 1))
        sizes = np.bincount(roster.sector, minlength=count)
        possible = np.outer(sizes, sizes) * (1 - np.eye(count))
        usual = max(1.0, float(times.sum())) / max(1.0, float(possible.sum()))
        often = times / np.maximum(1.0, possible) / usual
        return cls(times, (times <= mean / 2) & ~np.eye(count, dtype=np.bool_), often)

    def balance(self) -> Matrix:
        """1 for two sectors that have not met, 0 for those that met twice as often as the mean, or more."""
        return 1.0 - np.minimum(1.0, self.often / 2)


def grains(roster: Roster, profiles: Profiles, encounters: Encounters, weights: Weights) -> NDArray[np.int64]:
    """The worth of each pair in whole grains; 0 within a sector, where a meeting bridges nothing."""
    check(weights)
    count = len(roster.people)
    worth: Matrix = np.empty((count, count))
    wanted = _needs_met(profiles)
    for some in _slices(count):
        worth[some] = weights.need_offer * (wanted[some] + wanted[:, some].T)
    del wanted
    shared, own = _themes_shared(profiles)
    balance = encounters.balance()
    # The same memory, read as whole numbers: with a thousand members, each table that is saved is 8 MB less.
    rounded = worth.view(np.int64)
    for some in _slices(count):
        both = shared[some] * shared[:, some].T / (own[some, None] * own[None, :])
        worth[some] += weights.theme * np.minimum(1.0, np.sqrt(both))
        worth[some] += weights.sector_balance * balance[np.ix_(roster.sector[some], roster.sector)]
        worth[some] += weights.novelty * (roster.ago[some] == 0)
        # Two machines may add floating points in another order; six decimals are the same on all of them.
        rounded[some] = np.rint(np.round(worth[some] * 1000.0 / GRAIN, 6)).astype(np.int64)
        rounded[some] *= roster.sector[some, None] != roster.sector[None, :]
    return rounded


def points(grains_in_all: int) -> float:
    """Grains as the points that are reported."""
    return grains_in_all * GRAIN / 1000


def whole(in_points: float) -> int:
    """Points as grains, rounded down."""
    return int(in_points * 1000) // GRAIN


def check(weights: Weights) -> None:
    """Raises :class:`WrongInput` for weights that mean nothing."""
    parts = (weights.need_offer, weights.theme, weights.sector_balance, weights.novelty, weights.draw)
    if not all(math.isfinite(part) and 0 <= part <= 1000 for part in parts) or weights.window < 0:
        raise WrongInput(phrase("Weights are numbers from 0 to 1000, and the window is a number of rounds."))


def reach(closeness: Matrix, tags: Sequence[Places]) -> Matrix:
    """One row a tag, one column a candidate: how close the closest of the candidate's own tags comes."""
    closest = np.zeros((len(closeness), len(tags)))
    for place, own in enumerate(tags):
        if len(own):
            closest[:, place] = closeness[:, own].max(axis=1)
    return closest


def _slices(count: int) -> Iterator[slice]:
    """A few members at a time, so that what is computed for them stays small."""
    return (slice(start, start + _AT_ONCE) for start in range(0, count, _AT_ONCE))


def _needs_met(profiles: Profiles) -> Matrix:
    """Row i, column j: how much of what i needs j offers; a need counts once and the rarer the more."""
    table = _table(profiles.needs, len(profiles.need_words)) * profiles.need_rarity
    met: Matrix = table @ reach(profiles.answers, profiles.offers)
    met += 1.0
    return np.log2(met, out=met)


def _themes_shared(profiles: Profiles) -> tuple[Matrix, NDArray[np.float64]]:
    """How much of each member's themes, weighted by rarity, each other shares; and how much each has in all."""
    table = _table(profiles.themes, len(profiles.theme_words)) * profiles.theme_rarity
    return table @ (reach(profiles.akin, profiles.themes) > 0), np.maximum(table.sum(axis=1), 1e-9)


def _table(tags: Sequence[Places], count: int) -> Matrix:
    table = np.zeros((len(tags), count))
    for place, own in enumerate(tags):
        table[place, own] = 1.0
    return table


def _tags(
    people: Sequence[Candidate], part: Callable[[Candidate], tuple[str, ...]]
) -> tuple[tuple[str, ...], tuple[Places, ...]]:
    words = tuple(sorted({tag for person in people for tag in part(person) if tag.strip()}))
    number = {tag: place for place, tag in enumerate(words)}
    return words, tuple(
        np.array(sorted({number[tag] for tag in part(person) if tag in number}), np.intp) for person in people
    )


def _rarity(holders: NDArray[np.intp], people: int) -> NDArray[np.float64]:
    """From 1 (one person's alone) towards a tenth (everybody's)."""
    return np.maximum(0.1, 1.0 - np.log(np.maximum(1, holders)) / math.log(max(2, people)))
