"""Meaning by words, and beside them by an embedding model: what no table of synonyms can list.

Three things are weighed: how far above chance the model finds two tags alike, how much the table of synonyms finds in
common, and how alike they are merely written (which draws a small model towards "fonde" and "fondue", so it counts
against). The weights and thresholds were set on the "develop" part of ``benchmarks/data/meaning.toml`` and measured on its
"held" part; see ``docs/decisions/0010-meaning.md``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.matching.meanings.calibration import Calibration, Matrix, Placed, unpacked
from bot.matching.meanings.knowledge import spoken
from bot.matching.meanings.reading import Reader
from bot.matching.meanings.words import SAME, Counts, WordMeaning, in_common

Places: TypeAlias = NDArray[np.intp]
Yes: TypeAlias = NDArray[np.bool_]

# Surely about the same, so that two people may read it as a reason: log-odds from deviations, concepts and spelling.
_SURE, _ABOVE, _CONCEPTS, _WRITTEN = -6.5, 1.2, 7.0, -19.0
_THRESHOLD = 1.0
# The most that a model's word counts; only words can say that two tags are the same.
_MOST = 0.95
# How quickly certainty grows from the threshold on, in log-odds.
_GROWS = 3.0
# Closeness is told in these steps, so that the last bits of floating points, which differ between machines, are not told.
_STEP = 0.05
# For the order of a search, where somebody looks at the answers: concepts count less, and spelling hardly.
_ORDER_CONCEPTS, _ORDER_WRITTEN = 5.0, -3.0
# Worth showing to somebody who searches: as much above chance at least, and no further below the best than this.
_SHOWN, _NEAR_BEST = 2.5, 3.0
# What the best answers reach in that order, and in which steps it is told.
_BEST, _SEARCH_STEP = 20.0, 0.01
# Two tags in one language share this much of their spelling by chance.
_BY_CHANCE = 0.1
_GRAM = 3
# "Camp 3" and "camp 4", "paragraph 85" and "paragraph 107", "group a" and "group b" look all but the same to a model.
_NUMBER = re.compile(r"\d+|\b[^\W\d_]\b")
_NEVER = -99.0
# Two tags as short as this are about different things where each has a part of its own.
_SHORT = 2
# ... unless what is left of them is so far above chance.
_REST = 3.0


@dataclass(frozen=True, slots=True)
class _Evidence:
    """One row a tag, one column another. ``rows`` and ``columns`` are the places of the tags that the model has seen.

    ``other``: both bear a number or a single letter, and not the same ones, so they are surely not the same. ``framed``: they
    share a part, and each goes on about something else that the table knows ("boliger til unge", "kurser for unge"): the
    model hears the shared part. ``short``: they do, and there is no more to either; whether the rest is the same is to be
    looked at.
    """

    rows: Places
    columns: Places
    above: Matrix
    concepts: Matrix
    written: Matrix
    other: Yes
    framed: Yes
    short: Yes

    def sure(self) -> Matrix:
        said = _SURE + _ABOVE * self.above + _CONCEPTS * self.concepts + _WRITTEN * self.written
        return np.where(self.other | self.framed, _NEVER, said)

    def order(self) -> Matrix:
        said = self.above + _ORDER_CONCEPTS * self.concepts + _ORDER_WRITTEN * self.written
        return np.where(self.other, _NEVER, said)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """Tags of which the model has a vector: their places in the list, and what is compared of them."""

    places: Places
    placed: Placed
    keys: tuple[frozenset[str], ...]
    grams: tuple[frozenset[str], ...]
    numbers: tuple[frozenset[str], ...]


class VectorMeaning:
    """Implements :class:`bot.matching.meaning.Meaning`. Tags without a vector are compared by their words."""

    def __init__(self, words: WordMeaning, vectors: Mapping[str, bytes], calibration: Calibration) -> None:
        self._words = words
        self._vectors = vectors
        self._calibration = calibration
        self._last: tuple[tuple[str, ...], _Prepared | None] = ((), None)

    @classmethod
    def read(
        cls, words: WordMeaning, vectors: Mapping[str, bytes], sample: Sequence[tuple[str, str]]
    ) -> "VectorMeaning | None":
        """None where the model has not been asked about the whole sample: then nothing can be told of its numbers."""
        sides = [[vectors.get(spoken(pair[side]), b"") for pair in sample] for side in (0, 1)]
        lengths = {len(vector) for side in sides for vector in side}
        if len(lengths) != 1 or 0 in lengths:
            return None
        (length,) = lengths
        fitting = {text: vector for text, vector in vectors.items() if len(vector) == length}
        return cls(words, fitting, Calibration.read(*map(unpacked, sides)))

    def closeness(self, tags: Sequence[str], others: Sequence[str]) -> Matrix:
        """What the words say, and where the model is sure, what it says if that is more."""
        close = self._words.closeness(tags, others)
        evidence = self._evidence(tags, others)
        if evidence is None:
            return close
        certain = self._certain(evidence, tags, others)
        told = SAME + (_MOST - SAME) * (1.0 - np.exp(-np.maximum(certain, 0.0) / _GROWS))
        return _raised(close, evidence, np.where(certain >= 0.0, np.rint(told / _STEP) * _STEP, 0.0))

    def searched(self, tags: Sequence[str], others: Sequence[str]) -> Matrix:
        """The same for somebody who searches and will judge for themself: in the order of how well they fit, and also what is
        only the nearest that there is."""
        close = self._words.searched(tags, others)
        evidence = self._evidence(tags, others)
        if evidence is None:
            return close
        order = evidence.order()
        near = (order >= _SHOWN) & (order >= order.max(axis=1, keepdims=True) - _NEAR_BEST)
        shown = near | (self._certain(evidence, tags, others) >= 0.0)
        told = np.clip(np.rint(order / _BEST / _SEARCH_STEP) * _SEARCH_STEP, _SEARCH_STEP, _MOST)
        return _raised(close, evidence, np.where(shown, told, 0.0))

    def _certain(self, evidence: _Evidence, tags: Sequence[str], others: Sequence[str]) -> Matrix:
        """How far above the threshold; below 0 nothing is said."""
        certain = evidence.sure() - _THRESHOLD
        rows, columns = np.nonzero(evidence.short & (certain >= 0.0))
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            if not self._rest_alike(tags[int(evidence.rows[row])], others[int(evidence.columns[column])]):
                certain[row, column] = _NEVER
        return certain

    def _rest_alike(self, tag: str, other: str) -> bool:
        """Whether what two short tags do not share is the same too, where the table does not know it."""
        rests: list[Placed] = []
        for one, beside in ((tag, other), (other, tag)):
            words = self._words.reader.unknown(one)
            rest = [spoken(word) for stem, word in words.items() if stem not in self._words.key(beside)]
            vectors = [self._vectors[text] for text in rest if text in self._vectors]
            if not vectors:
                return False
            rests.append(self._calibration.place(unpacked(vectors)))
        return bool(rests[0].above(rests[1]).max() >= _REST)

    def _evidence(self, tags: Sequence[str], others: Sequence[str]) -> _Evidence | None:
        mine, theirs = self._prepared(tuple(tags)), self._prepared_again(tuple(others))
        if mine is None or theirs is None:
            return None
        return _Evidence(
            mine.places,
            theirs.places,
            mine.placed.above(theirs.placed),
            self._words.cosine(mine.keys, theirs.keys),
            np.maximum(0.0, _dice(mine.grams, theirs.grams) - _BY_CHANCE),
            _differ(mine.numbers, theirs.numbers),
            *_framed(*map(self._words.telling, (mine.keys, theirs.keys))),
        )

    def _prepared_again(self, tags: tuple[str, ...]) -> _Prepared | None:
        """Whoever compares many tags hands them over in parts, against the same others."""
        if self._last[0] != tags or self._last[1] is None:
            self._last = (tags, self._prepared(tags))
        return self._last[1]

    def _prepared(self, tags: tuple[str, ...]) -> _Prepared | None:
        found = [(place, self._vectors[spoken(tag)]) for place, tag in enumerate(tags) if spoken(tag) in self._vectors]
        if not found:
            return None
        reader = self._words.reader
        seen = [tags[place] for place, _ in found]
        return _Prepared(
            np.array([place for place, _ in found], np.intp),
            self._calibration.place(unpacked([vector for _, vector in found])),
            tuple(map(reader.key, seen)),
            tuple(_grams(reader, tag) for tag in seen),
            tuple(frozenset(_NUMBER.findall(spoken(tag))) for tag in seen),
        )


def _raised(close: Matrix, evidence: _Evidence, told: Matrix) -> Matrix:
    """The closeness with what the model tells, where that is more."""
    place = np.ix_(evidence.rows, evidence.columns)
    close[place] = np.maximum(close[place], told)
    return close


def _grams(reader: Reader, tag: str) -> frozenset[str]:
    """Three letters at a time of the words that carry meaning."""
    text = f" {' '.join(reader.content(tag))} "
    return frozenset(text[start : start + _GRAM] for start in range(len(text) - _GRAM + 1))


def _dice(mine: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]) -> Matrix:
    """The share of letters in common."""
    common = in_common(mine, theirs, lambda _: 1.0)
    sizes = [np.array([len(key) for key in keys], np.float64) for keys in (mine, theirs)]
    return 2.0 * common / np.maximum(np.add.outer(*sizes), 1.0)


def _differ(mine: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]) -> Yes:
    """Where both have some, and not the same."""
    kinds = {kind: place for place, kind in enumerate(sorted({frozenset[str](), *mine, *theirs}, key=sorted))}
    left, right = (np.array([kinds[kind] for kind in those], np.intp) for those in (mine, theirs))
    different: Yes = left[:, None] != right[None, :]
    return different & (left[:, None] > 0) & (right[None, :] > 0)


def _framed(mine: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]) -> tuple[Yes, Yes]:
    """Where two tags share a concept and each has one more: that are known to be others; that are all there is."""
    counts = Counts.read(mine, theirs)
    more = (counts.ours > counts.common) & (counts.theirs > counts.common)
    known = (counts.ours_known > counts.known) & (counts.theirs_known > counts.known)
    framed, short = (np.zeros((len(mine), len(theirs)), np.bool_) for _ in range(2))
    framed[counts.rows, counts.columns] = more & known
    short[counts.rows, counts.columns] = more & (np.maximum(counts.ours, counts.theirs) <= _SHORT)
    return framed, short
