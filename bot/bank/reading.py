"""How the bank reads words, Danish and English alike: once when a note is put in, and once when somebody asks.

Both databases are given what comes out here, so that neither has an opinion of its own on languages: spellings made one
("ældre", "aeldre"), words without their endings, compounds with their parts ("patienttransport" speaks of transport), and
what the table of synonyms knows to mean the same in both languages.
"""

import hashlib
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.metadata import version
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import TypeAlias

from bot.bank.expressions import Expressions, snowball

# A term of the index with how much of the word it is.
Weighed: TypeAlias = "tuple[tuple[str, float], ...]"
# A word's stem, the stems of its parts with what all but the last of them mean, and what it means; nothing of a word that says
# nothing.
Known: TypeAlias = "tuple[str, tuple[str, ...], str]"

# What the table of synonyms calls a concept is told from a word by this.
CONCEPT = "~"
_PAIR = "pair_"
# To be changed where this code, or how a note is weighed, comes to other terms or weights with the same lists.
_WAY = "4"
_LISTS = ("small.toml", "parts.toml", "pairs.toml")
_DATA = Path(__file__).parent / "data"
_SYNONYMS = Path(__file__).parent.parent / "matching" / "data" / "synonyms.toml"
MEANT = 0.6
_WHOLE, _IN_PART = 1.0, 0.5
# Letters of a term; what is longer is no word, and its beginning tells it well enough.
_LONGEST = 40
# Words that are kept ready before all of them are dropped.
_READY = 200_000
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# What stands where personal data stood is no word of the note's.
_TOKEN = re.compile(r"\[[A-Z]{2,12} \d{1,6}[a-z]?\]")
# Danish letters as they are written where a keyboard lacks them, and letters with accents as people type them.
_LETTERS = {"ä": "æ", "ö": "ø", "ô": "o", "ß": "ss"}
_ACCENTS = str.maketrans(
    {
        letter: unicodedata.normalize("NFKD", letter)[0]
        for letter in map(chr, range(0xC0, 0x250))
        if unicodedata.decomposition(letter) and letter not in "åæøäöÅÆØÄÖ"
    }
    | _LETTERS
)
# Most texts have none of these, and looking is quicker than changing nothing; the words of such a text are found sooner, too.
_ODD = re.compile("[^\\x00-\\x7fæøå]")
_PLAIN_WORD = re.compile("[0-9a-zæøå]+(?:[-'][0-9a-zæøå]+)*")
# What stands between the parts of one word, and an English genitive at its end.
_BETWEEN = re.compile(r"['’]s?$|[-'’]")
_JOINTS = ("", "s", "e")
_ENDINGS = ("", "s", "e", "r", "er", "en", "et", "n", "ne", "ene", "erne", "ens", "ets", "ers", "ernes")
# A part counts from so many letters on; by itself, where the rest is no known word, from so many.
_PART, _ALONE = 3, 5


def folded(text: str) -> str:
    """The text in small letters with one spelling for each sound that Danes write in two ways."""
    small = text.casefold()
    if _ODD.search(small):
        small = unicodedata.normalize("NFC", small).translate(_ACCENTS)
    return small.replace("aa", "å").replace("ae", "æ").replace("oe", "ø")


def words_of(text: str) -> list[str]:
    """The words of a text, folded; without what stands for personal data."""
    small = folded(_TOKEN.sub(" ", text) if "[" in text else text)
    return (_WORD if _ODD.search(small) else _PLAIN_WORD).findall(small)


class _Words(dict[str, Known]):
    """What is known of words that came, of so many at most. One that is new is read."""

    def __init__(self, read: Callable[[str], Known], ready: int) -> None:
        super().__init__()
        self._read = read
        self._ready = ready

    def __missing__(self, word: str) -> Known:
        if len(self) >= self._ready:
            self.clear()
        known = self[word] = self._read(word)
        return known


class BankReader:
    """Reads words into terms, and keeps what it has read: the same words come again and again. ``ready``: words kept at most;
    ``mark``: another one where words are read otherwise. ``also``: further parts of compounds, but for those that are compounds
    themselves, which would no longer be found by their parts."""

    def __init__(
        self,
        small: Sequence[str],
        parts: Sequence[str],
        table: Mapping[str, Sequence[str]],
        mark: str = "0",
        ready: int = _READY,
        also: Sequence[str] = (),
    ) -> None:
        self.mark = mark
        self._small = frozenset(folded(word) for word in small)
        self._danish, self._english = snowball()
        self._expressions = Expressions(table, ready)
        self._words = _Words(self._read, ready)
        self._stems: dict[str, str] = {}
        self._ready = ready
        groups = (many for concept, many in table.items() if not concept.startswith(_PAIR))
        known = {folded(one) for many in groups for one in many if " " not in one and len(one) >= _ALONE}
        self._by_word, self._by_stem, self._everyday = self._meanings_in(table)
        self._last: dict[str, str] = {}
        self._first: dict[str, str] = {}
        for part in sorted({*map(folded, parts), *known}, key=len):
            self._add_part(part)
        single = [part for part in map(folded, also) if len(part) > _PART and not any(True for _ in self._parts(part))]
        for part in sorted(single, key=len):
            self._add_part(part, last=len(part) >= _ALONE)

    def _add_part(self, part: str, *, last: bool = True) -> None:
        stem = self.stem(part)
        for ending in _ENDINGS if last else ():
            self._last.setdefault(part + ending, stem)
        for joint in _JOINTS:
            self._first.setdefault(part + joint, stem)

    def terms(self, word: str) -> Weighed:
        """What a folded word is found by: its stem, what it means, its parts. Nothing for a word that says nothing."""
        stem, parts, about = self._words[word]
        found = ((stem, _WHOLE), *((part, _IN_PART) for part in parts), (about, MEANT))
        return tuple(one for one in found if one[0])

    def summed(self, said: Iterable[tuple[Sequence[str], float]]) -> dict[str, float]:
        """How much is said of each term by words of which each says so much. Most of it is counting, of hundreds of words."""
        found: dict[str, float] = {}
        get = found.get
        for words, much in said:
            known = list(map(self._words.__getitem__, words))
            stems, parts, about = map(itemgetter(0), known), map(itemgetter(1), known), map(itemgetter(2), known)
            every = ((stems, _WHOLE), (chain.from_iterable(parts), _IN_PART), (about, MEANT))
            for terms, share in every:
                each = much * share
                for term, times in Counter(terms).items():
                    found[term] = get(term, 0.0) + each * times
        found.pop("", None)
        return found

    def meant(self, phrase: str) -> tuple[str, ...]:
        """The concepts of an expression of several words, as the table of synonyms knows it: "older people"."""
        return tuple(sorted(CONCEPT + concept for concept in self._expressions.concepts(phrase)))

    def stem(self, word: str) -> str:
        """The word without its endings, in both languages one after the other, as nobody says in which it is written."""
        found = self._stems.get(word)
        if found is None:
            if len(self._stems) >= self._ready:
                self._stems = {}
            found = self._english.stemWord(self._danish.stemWord(_BETWEEN.sub("", word)))[:_LONGEST]
            self._stems[word] = found
        return found

    def says_nothing(self, word: str) -> bool:
        """Whether the word stands in every text."""
        return word in self._small or (len(word) < 2 and not word.isdigit())

    def _read(self, word: str) -> Known:
        if self.says_nothing(word):
            return "", (), ""
        stem = self.stem(word)
        parts = tuple(dict.fromkeys(part for part in self._parts(word) if part != stem))
        meant = self._by_word.get(word) or self._inflected(word, stem)
        # What the last part means is what a compound is about.
        about = meant or next((self._by_stem[part] for part in reversed(parts) if part in self._by_stem), "")
        if meant:
            return stem, parts, about
        others = (self._by_stem.get(part, "") for part in parts)
        return stem, (*parts, *dict.fromkeys(one for one in others if one and one != about)), about

    def _inflected(self, word: str, stem: str) -> str:
        """What a word means by its stem. Everyday words are many and short, and so are their stems: "file" is no form of
        "fill"."""
        if stem not in self._everyday:
            return self._by_stem.get(stem, "")
        near = [(len(root), concept) for root, concept in self._everyday[stem] if word.startswith(root)]
        return max(near, default=(0, ""))[1]

    def _meanings_in(
        self, table: Mapping[str, Sequence[str]]
    ) -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, Sequence[tuple[str, str]]]]:
        """Concepts by word as it stands in the table, and by the stem of any other; a stem that two of them share tells
        nothing, and an everyday word takes none away. Last, by stem, how other forms of everyday words begin, with their
        concepts."""
        by_word: dict[str, str] = {}
        by_stem: dict[str, str] = {}
        everyday: dict[str, list[tuple[str, str]]] = {}
        for concept, many in table.items():
            for word in (folded(one) for one in many if " " not in one):
                meant = by_word[word] = CONCEPT + concept
                stem = self.stem(word)
                first = by_stem.setdefault(stem, meant)
                if concept.startswith(_PAIR):
                    if stem in everyday or first == meant:
                        everyday.setdefault(stem, []).append((word.rstrip("e"), meant))
                elif first != meant:
                    by_stem[stem] = ""
        return by_word, {stem: concept for stem, concept in by_stem.items() if concept}, everyday

    def _parts(self, word: str) -> Iterator[str]:
        if "-" in word:
            for part in word.split("-"):
                if not self.says_nothing(part):
                    yield self.stem(part)
            return
        if word in self._last or len(word) < 2 * _PART:
            return
        places = range(_PART, len(word) - _PART + 1)
        both = next((at for at in (2, *places) if word[:at] in self._first and word[at:] in self._last), 0)
        if both:
            # "by" says nothing alone, but in "byhave" it is no hindrance.
            yield from (part for part in (self._first[word[:both]], self._last[word[both:]]) if len(part) >= _PART)
            return
        ends = next((at for at in places if len(word) - at >= _ALONE and word[at:] in self._last), 0)
        if ends:
            yield self._last[word[ends:]]
            yield from self._parts(word[:ends])
            return
        begins = next((at for at in reversed(places) if at >= _ALONE and word[:at] in self._first), 0)
        if begins and len(word) - begins > _PART:
            yield self._first[word[:begins]]


@lru_cache(maxsize=1)
def reader() -> BankReader:
    """The reader with the lists that come with the bot. Making it takes some 100 ms."""
    texts = [file.read_text("utf-8") for file in (*(_DATA / name for name in _LISTS), _SYNONYMS)]
    small, parts, pairs, table = (tomllib.loads(text) for text in texts)
    nothing = f"{small['danish']} {small['english']}".split()
    known = _with_pairs(table["groups"], pairs["pairs"])
    read = "\n".join((_WAY, version("PyStemmer"), *texts))
    mark = hashlib.blake2b(read.encode(), digest_size=4).hexdigest()
    # The first of a line is Danish, and Danish is what makes words of words.
    also = [line.split(maxsplit=1)[0] for line in pairs["pairs"].splitlines() if line.strip()]
    return BankReader(nothing, parts["danish"].split(), known, mark, also=also)


def _with_pairs(table: Mapping[str, Sequence[str]], pairs: str) -> Mapping[str, Sequence[str]]:
    """The table of synonyms with everyday words beside it. A line with a word of the table's adds its others to that meaning;
    what is said a second time counts the first time."""
    meant = {folded(word): concept for concept, many in table.items() for word in many}
    every = {concept: list(many) for concept, many in table.items()}
    for line in pairs.splitlines():
        words = [folded(word) for word in line.split()]
        if words:
            concept = next((meant[word] for word in words if word in meant), f"{_PAIR}{words[0]}")
            new = [word for word in words if word not in meant]
            every.setdefault(concept, []).extend(new)
            meant |= dict.fromkeys(new, concept)
    return every
