"""When two tags mean the same: across case, endings, Danish and English, by a stemmer and a table of synonyms.

The planner only knows :class:`Meaning`; whatever knows more (a language model) can stand in its place. Closeness only
proposes that two tags are about the same thing; people are always shown both tags as their owners wrote them.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from snowballstemmer.danish_stemmer import DanishStemmer
from snowballstemmer.english_stemmer import EnglishStemmer

Closeness: TypeAlias = NDArray[np.float64]
Concepts: TypeAlias = frozenset[str]

SYNONYMS = Path(__file__).parent / "data" / "synonyms.toml"

# Two tags are the same when one says all that the other says and at least half as much.
SAME = 0.5
# A compound such as "festlokaler" means what its last part means, where the stem of that part is this long at least.
_PART = 5
# Words at least this alike, of 100, differ by a slip of the hand.
_SLIP = 84
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


class Meaning(Protocol):
    """Says how close tags are in meaning."""

    def closeness(self, tags: Sequence[str], others: Sequence[str]) -> Closeness:
        """One row a tag, one column another: 1 means the same, 0 means nothing in common; below that nothing is said."""
        ...


class Stemmer(Protocol):
    """What we use of a Snowball stemmer."""

    def stemWord(self, word: str, /) -> str:  # noqa: N802  (the library's own name)
        """The word without its ending."""
        ...


class WordMeaning:
    """Meaning by words alone: stems and synonyms. Holds what it has read, so one is best kept for a whole round."""

    def __init__(self, groups: Mapping[str, Sequence[str]], small: Sequence[str]) -> None:
        self._danish = cast(Stemmer, DanishStemmer())
        self._english = cast(Stemmer, EnglishStemmer())
        self._stems: dict[str, str] = {}
        self._small = frozenset(word for phrase in small for word in _WORD.findall(phrase.casefold()))
        self._phrases = {tuple(self._read(one)): f"={concept}" for concept, many in groups.items() for one in many}
        self._longest = max((len(phrase) for phrase in self._phrases), default=1)
        self._stemmed: dict[tuple[str, ...], str] = {}
        for phrase, concept in self._phrases.items():
            stems = tuple(self._stem(word) for word in phrase)
            # A stem that two concepts share ("leder" and "ledig") tells nothing; the words themselves still do.
            self._stemmed[stems] = concept if self._stemmed.get(stems, concept) == concept else ""

    @classmethod
    def load(cls, file: Path = SYNONYMS) -> "WordMeaning":
        """Reads the table of synonyms, which is data: an academy may have its own."""
        table = tomllib.loads(file.read_text("utf-8"))
        return cls(table["groups"], table["small"])

    def key(self, tag: str) -> Concepts:
        """What a tag speaks of: concepts of the table, and the stems of words that are in none."""
        words = self._read(tag)
        found: set[str] = set()
        place = 0
        while place < len(words):
            for length in range(min(self._longest, len(words) - place), 0, -1):
                concept = self._concept(tuple(words[place : place + length]))
                if concept:
                    found.add(concept)
                    place += length
                    break
            else:
                found.add(self._compound(words[place]))
                place += 1
        return frozenset(found)

    def _concept(self, words: tuple[str, ...]) -> str:
        return self._phrases.get(words) or self._stemmed.get(tuple(self._stem(word) for word in words), "")

    def same(self, tag: str, other: str) -> bool:
        """Whether two tags mean the same."""
        return bool(self.closeness([tag], [other])[0, 0] > 0)

    def closeness(self, tags: Sequence[str], others: Sequence[str]) -> Closeness:
        """The share of concepts in common where one tag says all that the other says; 0 where that is below a half."""
        left, right = [self.key(tag) for tag in tags], [self.key(other) for other in others]
        column = {concept: place for place, concept in enumerate(sorted(frozenset[str]().union(*left, *right)))}
        rows, columns = _incidence(left, column), _incidence(right, column)
        common = rows @ columns.T
        ours, theirs = rows.sum(axis=1)[:, None], columns.sum(axis=1)[None, :]
        share = common / np.maximum(np.maximum(ours, theirs), 1.0)
        return np.where((common == np.minimum(ours, theirs)) & (share >= SAME), share, 0.0)

    def _read(self, written: str) -> list[str]:
        """The words that carry meaning; all of them where none does."""
        words = _WORD.findall(written.casefold())
        return [word for word in words if word not in self._small] or words

    def _stem(self, word: str) -> str:
        """The stem in both languages one after the other, as nobody says in which a tag is written."""
        stem = self._stems.get(word)
        if stem is None:
            stem = self._stems[word] = self._english.stemWord(self._danish.stemWord(word))
        return stem

    def _compound(self, word: str) -> str:
        """The concept of the last part of a compound word; the stem where the table knows none."""
        for start in range(2, len(word) - _PART + 1):
            part = word[start:]
            concept = self._concept((part,))
            if concept and len(self._stem(part)) >= _PART:
                return concept
        return self._stem(word)


class Spelling:
    """Meaning, and beside it a near miss in spelling: for what somebody has just typed, where nothing else was found."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning

    def closeness(self, tags: Sequence[str], others: Sequence[str]) -> Closeness:
        """As the meaning says; half of the same where two tags are written alike but for a slip or two."""
        close = self._meaning.closeness(tags, others)
        for row, tag in enumerate(tags):
            for column, other in enumerate(others):
                if close[row, column] == 0 and _alike(tag, other):
                    close[row, column] = SAME
        return close


def _alike(tag: str, other: str) -> bool:
    """Whether each word of the shorter tag is, but for a slip, a word of the longer."""
    one, two = sorted((_WORD.findall(tag.casefold()), _WORD.findall(other.casefold())), key=len)
    return bool(one) and all(max(fuzz.ratio(word, known) for known in two) >= _SLIP for word in one)


def _incidence(keys: Sequence[Concepts], column: Mapping[str, int]) -> Closeness:
    """One row a tag, one column a concept."""
    table = np.zeros((len(keys), max(1, len(column))))
    for row, key in enumerate(keys):
        table[row, [column[concept] for concept in key]] = 1.0
    return table
