"""Which messages speak of what a question is about: words, the words around them, who speaks, and where.

Okapi BM25 alone finds the right words in the wrong place. A talk stays with a subject for a while, so what the neighbours say
counts, and so does the person whom the question names. The weights were learnt from questions on recorded meetings, see
``benchmarks/notes.py``.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from bot.notes.extract.sentences import Conversation, words_of
from bot.notes.extract.wordlists import ASKING, SMALL

Scores: TypeAlias = NDArray[np.float64]
AnyKey = TypeVar("AnyKey")

# What each feature counts.
WEIGHTS: Mapping[str, float] = {
    "words": 2.21, "spread_words": 1.15, "near": 0.63, "covered": 0.91, "region": 1.42, "pairs": 1.29, "telling": 0.69,
    "speaker": 2.81, "speaker_words": -1.24, "speaker_region": 2.34, "beginning": -1.75, "end": -1.24,
}  # fmt: skip
_SATURATION = 1.2
_BEGINNING, _LONG = 5, 100  # lines
_SHORTEST_NAME = 4  # letters of one word of a name that stands for all of it


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, read: ``core`` the stems of what it is about, ``all`` with those that only tell that it is a question;
    ``speakers``: the authors whom it names; ``generally``: it is about nothing beside what any talk has,
    such as what was decided."""

    core: tuple[str, ...]
    all: tuple[str, ...]
    speakers: frozenset[str]
    generally: bool


def asked(talk: Conversation, question: str) -> Asked:
    """Reads a question put to a conversation."""
    words = words_of(question)
    speakers = _speakers(talk.authors, set(words))
    names = {word for author in speakers for word in words_of(author)}
    core = [word for word in words if word not in ASKING and word not in names]
    generally = not core
    core = core or [word for word in words if word not in SMALL and word not in names]
    every = [word for word in words if word not in SMALL]
    return Asked(tuple(map(talk.stems.of, core)), tuple(map(talk.stems.of, every)), speakers, generally)


def _speakers(authors: Sequence[str], words: set[str]) -> frozenset[str]:
    """The authors all of whose name is there, or one long word of it that no other has."""
    named = {author: set(words_of(author)) for author in authors}
    often = Counter(word for parts in named.values() for word in parts)
    whole = {author for author, parts in named.items() if parts and parts <= words}
    partly = {
        author
        for author, parts in named.items()
        if any(len(word) >= _SHORTEST_NAME and often[word] == 1 for word in parts & words)
    }
    return frozenset(whole or partly)


class Ranking:
    """One conversation's lines, ready to be ranked for questions."""

    def __init__(self, talk: Conversation) -> None:
        self._talk = talk
        self._stems = [tuple(stem for one in said for stem in one.stems) for said in talk.of_line]
        self._number = len(self._stems)
        self._lengths = np.array([len(stems) for stems in self._stems], dtype=np.float64)
        self._where: dict[str, dict[int, int]] = {}
        self._pairs: dict[tuple[str, str], dict[int, int]] = {}
        for place, stems in enumerate(self._stems):
            for stem in stems:
                _count(self._where, stem, place)
            for pair in pairwise(stems):
                _count(self._pairs, pair, place)

    def knows(self, question: Asked) -> bool:
        """Whether anything that it asks about was said, by words or by whom."""
        return bool(question.speakers) or any(stem in self._where for stem in (*question.core, *question.all))

    def scores(self, question: Asked) -> Scores:
        """How much each line speaks of it; only their order and distance mean something."""
        features = self.features(question)
        total = np.zeros(self._number)
        for name, weight in WEIGHTS.items():
            total += weight * features[name]
        return total

    def features(self, question: Asked) -> Mapping[str, Scores]:
        """What the weights are multiplied with, each from 0 to 1 for each line."""
        words = self._bm25(question.core, 0.6)
        speaker = np.array([float(line.author in question.speakers) for line in self._talk.lines])
        places = np.arange(self._number, dtype=np.float64)
        telling = np.minimum(np.log1p(self._lengths), 5) / 5
        # Greetings and farewells take the first and the last lines of a meeting, but not of a short exchange.
        long = min(1.0, self._number / _LONG)
        return {
            "words": _scaled(self._bm25(question.all, 0.6)),
            "spread_words": _scaled(self._bm25(question.core, 0.2)),
            "near": _scaled(self._around(question.core, 8)),
            "region": _scaled(_smoothed(words, 25)),
            "pairs": _scaled(_smoothed(self._pair_scores(question.core), 2)),
            "speaker": speaker,
            "speaker_words": speaker * _scaled(words),
            "speaker_region": _scaled(_smoothed(speaker * np.sqrt(self._lengths), 6)),
            "beginning": long * np.exp(-places / _BEGINNING),
            "end": long * np.exp(-places[::-1] / _BEGINNING),
            "telling": telling * (words > 0),
            "covered": self._covered(question.core, 4),
        }

    def rarity(self, stem: str) -> float:
        """How much a stem tells, as BM25 weighs it."""
        return _rarity(len(self._where.get(stem, ())), self._number)

    def _bm25(self, stems: Sequence[str], by_length: float) -> Scores:
        found = np.zeros(self._number)
        norm = _SATURATION * (1 - by_length + by_length * self._lengths / max(self._lengths.mean(), 1))
        for stem, times in Counter(stems).items():
            places = self._where.get(stem)
            if places:
                at = np.fromiter(places.keys(), dtype=np.int64)
                number = np.fromiter(places.values(), dtype=np.float64)
                found[at] += times * self.rarity(stem) * number * (_SATURATION + 1) / (number + norm[at])
        return found

    def _around(self, stems: Sequence[str], width: int) -> Scores:
        """BM25 of windows, each a line with so many before and after it."""
        found = np.zeros(self._number)
        lengths = _summed(self._lengths, width)
        norm = _SATURATION * (0.4 + 0.6 * lengths / max(lengths.mean(), 1))
        for stem, times in Counter(stems).items():
            number = _summed(self._dense(stem), width)
            rarity = _rarity(int(np.count_nonzero(number)), self._number)
            found += times * rarity * number * (_SATURATION + 1) / (number + norm)
        return found

    def _covered(self, stems: Sequence[str], width: int) -> Scores:
        """The share of what it is about that is said near by."""
        found = np.zeros(self._number)
        known = [stem for stem in dict.fromkeys(stems) if stem in self._where]
        for stem in known:
            found += self.rarity(stem) * (_summed(self._dense(stem), width) > 0)
        return found / (sum(map(self.rarity, known)) or 1.0)

    def _dense(self, stem: str) -> Scores:
        found = np.zeros(self._number)
        for place, number in self._where.get(stem, {}).items():
            found[place] = number
        return found

    def _pair_scores(self, stems: Sequence[str]) -> Scores:
        found = np.zeros(self._number)
        for pair in pairwise(stems):
            places = self._pairs.get(pair, {})
            for place, number in places.items():
                found[place] += _rarity(len(places), self._number) * number * 2.2 / (number + 1.2)
        return found


def _count(seen: dict[AnyKey, dict[int, int]], key: AnyKey, place: int) -> None:
    here = seen.setdefault(key, {})
    here[place] = here.get(place, 0) + 1


def _rarity(places: int, number: int) -> float:
    return math.log(1 + (number - places + 0.5) / (places + 0.5))


def best_of(scores: Scores, number: int) -> list[int]:
    """The places of the highest, the first of equals first."""
    order: list[int] = np.argsort(-scores, kind="stable")[:number].tolist()
    return order


def _scaled(scores: Scores) -> Scores:
    top = float(scores.max(initial=0.0))
    return scores / top if top > 0 else scores


def _summed(values: Scores, width: int) -> Scores:
    """The sum of each value with so many on either side."""
    total = np.concatenate(([0.0], np.cumsum(values)))
    places = np.arange(len(values))
    return total[np.minimum(places + width + 1, len(values))] - total[np.maximum(places - width, 0)]


def _smoothed(values: Scores, width: float) -> Scores:
    """Each value shared with its neighbours by a bell curve."""
    reach = int(4 * width + 0.5)
    bell: Scores = np.exp(-0.5 * (np.arange(-reach, reach + 1) / width) ** 2)
    shared: Scores = np.convolve(values, bell / bell.sum()).astype(np.float64)
    return shared[reach : reach + len(values)]
