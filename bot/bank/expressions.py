"""What the table of synonyms says of expressions of several words ("older people"), quickly: titles of notes are read by it.

The reader of tags (:mod:`bot.matching.meanings.reading`) knows that too, but remembers whole tags, which come again and again.
No two titles are alike; their words are what comes again. So what a word means by itself is remembered, and only where a
word begins an expression of the table those after it are looked at.
"""

from collections.abc import Mapping, Sequence
from typing import cast

from Stemmer import Stemmer as Snowball  # pyright: ignore[reportUnknownVariableType]  # the package has no types

from bot.matching.meanings.reading import TABLE, Reader, Stemmer, words_of


def snowball() -> tuple[Stemmer, Stemmer]:
    """The Danish and the English stemmer. They need not remember their words: whoever asks does."""
    return cast(Stemmer, Snowball("danish", 0)), cast(Stemmer, Snowball("english", 0))


class _Words(Reader):
    """Reads words by the same table, with stemmers that are quicker."""

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        self._danish, self._english = snowball()
        super().__init__(table, ())

    def stem(self, word: str) -> str:
        """The same stem, forty times as fast."""
        return self._english.stemWord(self._danish.stemWord(word))


class Expressions:
    """Concepts of the table that a text speaks of. It remembers what words mean, of ``ready`` words at most."""

    def __init__(self, table: Mapping[str, Sequence[str]], ready: int) -> None:
        self.ready = ready
        self._table = table
        self._words = _Words(table)
        # Of each word: whether it begins an expression, and what it means by itself.
        self._known: dict[str, tuple[bool, frozenset[str]]] = {}
        phrases = {tuple(words_of(one)): concept for concept, many in table.items() for one in many}
        self._phrases: dict[tuple[str, ...], str] = {
            phrase: concept for phrase, concept in phrases.items() if len(phrase) > 1
        }
        self._stemmed: dict[tuple[str, ...], str] = {}
        for phrase, concept in self._phrases.items():
            stems = self._stems(phrase)
            # What two concepts share tells nothing; the words themselves still do.
            self._stemmed[stems] = concept if self._stemmed.get(stems, concept) == concept else ""
        self._openings = {phrase[0] for phrase in (*self._phrases, *self._stemmed)}
        self._longest = max(map(len, self._phrases), default=1)

    def concepts(self, text: str) -> set[str]:
        """The concepts, of expressions and of single words."""
        words = words_of(text)
        found: set[str] = set()
        place = 0
        while place < len(words):
            opens, alone = self._known.get(words[place]) or self._read(words[place])
            concept, length = self._expression(words[place : place + self._longest]) if opens else ("", 1)
            if concept:
                found.add(concept)
            else:
                found |= alone
            place += length
        return found

    def _expression(self, words: Sequence[str]) -> tuple[str, int]:
        """The longest with which the words begin, and its length; a word is one at least."""
        for length in range(len(words), 1, -1):
            some = tuple(words[:length])
            concept = self._phrases.get(some) or self._stemmed.get(self._stems(some))
            if concept:
                return concept, length
        return "", 1

    def _read(self, word: str) -> tuple[bool, frozenset[str]]:
        if len(self._known) >= self.ready:
            self._known, self._words = {}, _Words(self._table)
        alone = frozenset(one[len(TABLE) :] for one in self._words.key(word) if one.startswith(TABLE))
        known = self._known[word] = (not self._openings.isdisjoint((word, self._words.stem(word))), alone)
        return known

    def _stems(self, words: Sequence[str]) -> tuple[str, ...]:
        return tuple(self._words.stem(word) for word in words)
