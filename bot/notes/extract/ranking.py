"""Which messages speak of what a question is about: words, the words around them, who speaks, and where.

Okapi BM25 alone finds the right words in the wrong place. A talk stays with a subject for a while, so what is said around a line
counts, and so does the person whom the question names. How far around is counted in words, since one message of a parliament is
as long as fifty of a chat. The weights were learnt from questions on recorded meetings by ``benchmarks/notes_weights.py``.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.notes.extract.asking import Asked
from bot.notes.extract.related import Related
from bot.notes.extract.sentences import Conversation

Scores: TypeAlias = NDArray[np.float64]

# What each feature counts.
WEIGHTS: Mapping[str, float] = {
    "words": 1.42, "place": 0.55, "region": 1.08, "covered": 0.32, "near": 0.91, "around": 1.47, "beside": -0.68,
    "related": 1.67, "related_beside": 0.52, "after": 2.32, "answers": 1.35, "speaker": 2.56, "speaker_near": 2.12,
    "length": 1.46, "long_widely": 0.92, "beginning": -1.04, "early": -1.24, "early_widely": -0.58, "late": -0.88, "end": -0.68,
}  # fmt: skip
_SATURATION = 1.2
# How much a line's length, and that of all around it, takes from what its words count.
_BY_LENGTH, _ALONE, _AROUND = 0.6, 0.2, 0.6
# Words on either side.
_NEAR, _BESIDE, _PLACE, _REGION = 60, 150, 180, 500
# Words after which the beginning is over, and lines before the end.
_BEGINNING, _EARLY, _END, _LONG = 150, 600, 5, 100
_FEWEST_WORDS, _MANY_WORDS = 2.0, 5  # of a line; the second as a logarithm
_ENOUGH_RELATED = 6.0


class Ranking:
    """One conversation's lines, ready to be ranked for questions."""

    def __init__(self, talk: Conversation) -> None:
        self._talk = talk
        self._number = len(talk.lines)
        self._related = Related(talk.stems)
        self._lengths = np.array([float(sum(len(one.stems) for one in said)) for said in talk.of_line])
        self._words = np.array([float(sum(one.words for one in said)) for said in talk.of_line])
        self._asks = np.array([float(any(one.asks for one in said)) for said in talk.of_line])
        taken = np.maximum(self._words, _FEWEST_WORDS)
        self._all = float(taken.sum())
        # Where the middle of each line is, in words from the beginning.
        self.places: Scores = np.cumsum(taken) - taken / 2
        self._where: dict[str, dict[int, int]] = {}
        for place, said in enumerate(talk.of_line):
            for one in said:
                for stem in one.stems:
                    here = self._where.setdefault(stem, {})
                    here[place] = here.get(place, 0) + 1
        self._windows: dict[int, tuple[NDArray[np.int64], NDArray[np.int64]]] = {}

    @property
    def words(self) -> float:
        """How many all lines have."""
        return self._all

    def scores(self, question: Asked, weights: Mapping[str, float] = WEIGHTS) -> Scores:
        """How much each line speaks of it, as the logarithm of a chance; only their order and distance mean something."""
        features = self.features(question)
        total = np.zeros(self._number)
        for name, weight in weights.items():
            total += weight * features[name]
        return total

    def features(self, question: Asked) -> Mapping[str, Scores]:
        """What the weights are multiplied with, each from 0 to 1 for each line."""
        words = _scaled(self._bm25(question.core, _BY_LENGTH))
        speaker = np.array([float(line.author in question.speakers) for line in self._talk.lines])
        length = np.minimum(np.log1p(self._words), _MANY_WORDS) / _MANY_WORDS
        spoken = np.maximum(self._summed(self._words, _BESIDE), 1)
        # Greetings and farewells take the first and the last lines of a meeting, but not of a short exchange.
        long = min(1.0, self._number / _LONG)
        early = long * np.exp(-self.places / _EARLY)
        return {
            "words": _scaled(self._bm25(question.core, _ALONE)),
            "near": _scaled(self._around(question.subject, _NEAR)),
            "around": _scaled(self._around(question.subject, _PLACE)),
            "place": _scaled(self._around(question.core, _PLACE)),
            "region": _scaled(self._around(question.core, _REGION)),
            "beside": _scaled(self._around(question.beside, _PLACE)),
            "covered": self._covered(question.core, _NEAR),
            "related": _scaled(self._relatives(question.subject)),
            "related_beside": _scaled(self._relatives(question.beside)),
            "after": long * length * _next(words),
            "answers": long * length * _next(words * self._asks),
            "speaker": speaker,
            "speaker_near": self._summed(speaker * self._words, _BESIDE) / spoken,
            "length": length,
            "long_widely": length * question.widely,
            "beginning": long * np.exp(-self.places / _BEGINNING),
            "early": early,
            "early_widely": early * question.widely,
            "late": long * self.places / max(self._all, 1),
            "end": long * np.exp(-np.arange(self._number, dtype=np.float64)[::-1] / _END),
        }

    def rarity(self, stem: str) -> float:
        """How much a stem tells, as BM25 weighs it."""
        return _rarity(len(self._where.get(stem, ())), self._number)

    def _bm25(self, stems: Sequence[str], by_length: float) -> Scores:
        found = np.zeros(self._number)
        norm = _SATURATION * (1 - by_length + by_length * self._lengths / max(self._lengths.mean(), 1))
        for stem, times in Counter(stems).items():
            number = self._dense(stem)
            found += times * self.rarity(stem) * number * (_SATURATION + 1) / (number + norm)
        return found

    def _around(self, stems: Sequence[str], width: int) -> Scores:
        """BM25 of windows, each a line with so many words before and after it."""
        found = np.zeros(self._number)
        lengths = self._summed(self._lengths, width)
        norm = _SATURATION * (1 - _AROUND + _AROUND * lengths / max(lengths.mean(), 1))
        for stem, times in Counter(stems).items():
            number = self._summed(self._dense(stem), width)
            rarity = _rarity(int(np.count_nonzero(number)), self._number)
            found += times * rarity * number * (_SATURATION + 1) / (number + norm)
        return found

    def _covered(self, stems: Sequence[str], width: int) -> Scores:
        """The share of what it is about that is said near by."""
        found = np.zeros(self._number)
        known = [stem for stem in dict.fromkeys(stems) if stem in self._where]
        for stem in known:
            found += self.rarity(stem) * (self._summed(self._dense(stem), width) > 0)
        return found / (sum(map(self.rarity, known)) or 1.0)

    def _relatives(self, stems: Sequence[str]) -> Scores:
        """What is said near by in other words than these."""
        found = np.zeros(self._number)
        for number, others in self._related.beside(stems).values():
            said = np.zeros(self._number)
            for stem in others:
                if stem in self._where:
                    said += self.rarity(stem) * self._dense(stem)
            said = self._summed(said, _NEAR)
            found += number * said / (said + _ENOUGH_RELATED)
        return found

    def _dense(self, stem: str) -> Scores:
        found = np.zeros(self._number)
        where = self._where.get(stem, {})
        found[list(where)] = list(where.values())
        return found

    def _summed(self, values: Scores, width: int) -> Scores:
        """Of each line the sum over all lines so many words around."""
        if width not in self._windows:
            first = np.searchsorted(self.places, self.places - width)
            last = np.searchsorted(self.places, self.places + width, side="right")
            self._windows[width] = (first, last)
        first, last = self._windows[width]
        total = np.concatenate(([0.0], np.cumsum(values)))
        return np.asarray(total[last] - total[first])


def _rarity(places: int, number: int) -> float:
    return math.log(1 + (number - places + 0.5) / (places + 0.5))


def best_of(scores: Scores, number: int) -> list[int]:
    """The places of the highest, the first of equals first."""
    order: list[int] = np.argsort(-scores, kind="stable")[:number].tolist()
    return order


def _scaled(scores: Scores) -> Scores:
    top = float(scores.max(initial=0.0))
    return scores / top if top > 0 else scores


def _next(scores: Scores) -> Scores:
    """To each line what the one before it has."""
    return np.concatenate(([0.0], scores[:-1]))
