"""How a tag is read: its words, their stems in both languages, and the concepts of the table that they stand for.

Kept apart from comparing: reading needs no numbers, so the chat part can read tags without loading the planner's libraries.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Protocol, TypeAlias, cast

from snowballstemmer.danish_stemmer import DanishStemmer
from snowballstemmer.english_stemmer import EnglishStemmer

Concepts: TypeAlias = frozenset[str]

# A concept of the table is written so; what is not in the table is its stem alone.
TABLE = "="

# A compound such as "festlokaler" is about what its last part means, where that part is this long at least, and its stem
# too unless the table has the very word.
_PART = 5
# What is left of a compound beside the part that the table knows counts on its own from this many letters on ...
_REST = 3
# ... and after it from this many, unless it is an ending only.
_LAST = 4
_ENDINGS = frozenset({"erne", "eren", "ende", "ning", "erer", "eret", "ings", "ists", "ship", "ment", "ness", "less"})
# Letters between two parts of a compound: "arbejdsplads", "pigeværelse".
_JOINTS = ("", "s", "e")
# So many words are remembered: those of the table, which every new reader asks for, and what an academy says beside it.
_STEMS = 16_384
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


class Stemmer(Protocol):
    """What we use of a Snowball stemmer."""

    def stemWord(self, word: str, /) -> str:  # noqa: N802  (the library's own name)
        """The word without its ending."""
        ...


def words_of(written: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(written.casefold())


class Reader:
    """Reads tags with one table of groups. Keeps what it has read: the same tags come again and again."""

    def __init__(self, groups: Mapping[str, Sequence[str]], small: Sequence[str]) -> None:
        self._keys: dict[str, Concepts] = {}
        self._small = frozenset(word for phrase in small for word in words_of(phrase))
        self._phrases = {
            tuple(self.content(one)): f"{TABLE}{concept}" for concept, many in groups.items() for one in many
        }
        self._longest = max((len(phrase) for phrase in self._phrases), default=1)
        self._stemmed: dict[tuple[str, ...], str] = {}
        for phrase, concept in self._phrases.items():
            stems = tuple(self.stem(word) for word in phrase)
            # A stem that two concepts share ("leder" and "ledig") tells nothing; the words themselves still do.
            self._stemmed[stems] = concept if self._stemmed.get(stems, concept) == concept else ""

    def key(self, tag: str) -> Concepts:
        """What a tag speaks of: concepts of the table, and the stems of words that are in none."""
        found = self._keys.get(tag)
        if found is None:
            found = self._keys[tag] = frozenset(self._concepts(self.content(tag)))
        return found

    def content(self, written: str) -> list[str]:
        """The words that carry meaning; all of them where none does."""
        words = words_of(written)
        return [word for word in words if word not in self._small] or words

    def unknown(self, tag: str) -> Mapping[str, str]:
        """The words of a tag of several that the table knows nothing of, by their stems."""
        key = self.key(tag)
        if len(key) < 2:
            return {}
        return {stem: word for word in self.content(tag) if (stem := self.stem(word)) in key}

    def stem(self, word: str) -> str:
        """The stem in both languages one after the other, as nobody says in which a tag is written."""
        return _stem(word)

    def _concepts(self, words: Sequence[str]) -> Iterator[str]:
        place = 0
        while place < len(words):
            for length in range(min(self._longest, len(words) - place), 0, -1):
                concept = self._concept(tuple(words[place : place + length]))
                if concept:
                    yield concept
                    place += length
                    break
            else:
                yield from self._parts(words[place])
                place += 1

    def _concept(self, words: tuple[str, ...]) -> str:
        return self._phrases.get(words) or self._stemmed.get(tuple(self.stem(word) for word in words), "")

    def _parts(self, word: str) -> Iterator[str]:
        """A word that is not in the table by itself: what its parts mean, and else its stem."""
        if "-" in word:
            yield from self._concepts(self.content(word.replace("-", " ")))
            return
        for start in range(2, len(word) - _PART + 1):
            last = word[start:]
            concept = self._phrases.get((last,), "") or (self._concept((last,)) if self._is_long(last) else "")
            if concept:
                yield concept
                yield from self._first(word[:start])
                return
        yield from self._beginning(word)

    def _is_long(self, part: str) -> bool:
        return len(self.stem(part)) >= _PART

    def _first(self, part: str) -> Iterator[str]:
        """What the first part of a compound adds, which tells a "skolehave" from a "nyttehave"."""
        forms = [part[: len(part) - len(joint)] for joint in _JOINTS if part.endswith(joint)]
        known = next((concept for form in forms if (concept := self._concept((form,)))), "")
        if known:
            yield known
        elif len(part) >= _REST and not self._small.intersection(forms):
            yield self.stem(part)

    def _beginning(self, word: str) -> Iterator[str]:
        """A word of which the table knows the beginning, if any: "sommerlejr", and "regnskabshjælp", whose last part only
        says that somebody helps with the first."""
        for end in range(len(word) - _LAST, _PART - 1, -1):
            concept = self._phrases.get((word[:end],), "")
            rest = word[end:]
            if concept and rest not in _ENDINGS:
                yield concept
                if not self._small.intersection({rest, rest.removeprefix("s"), rest.removeprefix("e")}):
                    yield self.stem(rest)
                return
        yield self.stem(word)


@lru_cache(maxsize=_STEMS)
def _stem(word: str) -> str:
    # Stemmers of its own, since one remembers where it is in its word and threads may ask at once.
    danish, english = cast(Stemmer, DanishStemmer()), cast(Stemmer, EnglishStemmer())
    return english.stemWord(danish.stemWord(word))
