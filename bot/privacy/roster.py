"""The members' names in a text, however they are written: in parts, as initials, in any case, without the Danish
letters, misspelt by a letter."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.privacy.features import LONGEST
from bot.privacy.lexicon import PARTICLES, without_genitive
from bot.privacy.people import fold

_WORD = re.compile(r"[^\W\d_]+(?:['’´`-][^\W\d_]+)*")
_INNER = re.compile(r"[-'’´`]")
# Shorter names have too many neighbours in small letters: only a letter too many is taken there.
_SHORTEST_MISSPELT = 4
# "J.-P.-A."
_LONGEST_INITIALS = 8
# What no initial or spelling of a name is taken from.
_NO_PART = PARTICLES | {"y", "og", "and"}
_TWO_CAPITALS = re.compile("([A-ZÆØÅ][a-zæøå]+)([A-ZÆØÅ][a-zæøå]+)")
_DIGITS = "0123456789"
# Letters of a name without blanks that is a word of its own: "jhansen", "bolund".
_SHORTEST_HANDLE = 5


@dataclass(frozen=True, slots=True)
class Match:
    """A word that may name members. ``members``: their places on the roster. ``exact``: spelt as on the roster,
    but for capitals and accents. ``ending``: how many letters at its end are no part of the name. ``common``:
    misspelt it would be, but it is a frequent word as it stands."""

    members: frozenset[int]
    exact: bool
    ending: int = 0
    common: bool = False


class Roster:
    """The names of an academy, made ready once. ``is_common``: whether a word in small letters is an ordinary one,
    ``is_frequent``: whether it is one of those that many sentences begin with."""

    def __init__(
        self, names: Iterable[str], is_common: Callable[[str], bool], is_frequent: Callable[[str], bool]
    ) -> None:
        self._is_common = is_common
        self._is_frequent = is_frequent
        words: dict[str, set[int]] = defaultdict(set)
        initials: dict[str, set[int]] = defaultdict(set)
        # Misspelt names are looked for as they are written and as they are compared: a letter into "Aage" changes both.
        long: dict[str, str] = {}
        self._pairs: set[tuple[str, str]] = set()
        self._handles: dict[str, set[int]] = defaultdict(set)
        self._joined: dict[str, set[int]] = defaultdict(set)
        for member, name in enumerate(names):
            parts = [one for one in _WORD.findall(name) if one.lower() not in _NO_PART]
            for part in parts:
                for one in {_INNER.sub("", part), *_INNER.split(part)}:
                    if len(one) > 1:
                        words[fold(one)].add(member)
                        if len(one) >= _SHORTEST_MISSPELT - 1:
                            long |= {one.lower(): fold(one), fold(one): fold(one)}
            self._add_whole(member, parts)
            letters = [fold(piece)[0] for part in parts for piece in _INNER.split(part) if piece]
            if len(letters) > 1:
                initials["".join(letters)].add(member)
                initials["".join(fold(part)[0] for part in parts)].add(member)
                initials[letters[0] + letters[-1]].add(member)
                initials[fold(parts[0])[0] + fold(parts[-1])[0]].add(member)
        self._words = {word: frozenset(members) for word, members in words.items()}
        self._initials = {word: frozenset(members) for word, members in initials.items()}
        near: dict[str, list[str]] = defaultdict(list)
        for word in long:
            for shorter in _shortened(word):
                near[shorter].append(word)
        self._near = dict(near)
        self._long = long

    def _add_whole(self, member: int, parts: list[str]) -> None:
        """What two words together say: a first name and another one, and the initials of a double name."""
        for part in parts:
            pieces = [piece for piece in _INNER.split(part) if piece]
            if len(pieces) > 1:
                self._joined["".join(piece[0].lower() for piece in pieces)].add(member)
        if len(parts) > 1:
            first, second, last = (fold(_INNER.sub("", parts[place])) for place in (0, 1, -1))
            self._pairs |= {(first, second), (first, last), (last, first), (first, last[0]), (first[0], last)}
            for handle in (first + last, first + second, last + first, first[0] + last):
                if len(handle) >= _SHORTEST_HANDLE:
                    self._handles[fold(handle)].add(member)

    def __bool__(self) -> bool:
        return bool(self._words)

    def __repr__(self) -> str:
        return f"Roster({len(self._words)} words)"

    def initials(self, letters: str) -> frozenset[int]:
        """Who has these initials, given in small letters without dots."""
        return self._initials.get("".join(fold(letter)[:1] for letter in letters), frozenset())

    def joined_initials(self, word: str) -> frozenset[int]:
        """Who is meant by "J-P", "J.-P." and "JP": those with a double name."""
        if len(word) > _LONGEST_INITIALS:
            return frozenset()
        letters = "".join(letter for letter in word if letter.isalpha())
        double = len(letters) == len(_INNER.split(word)) or (len(word) == len(letters) and word.isupper())
        return frozenset(self._joined.get(letters.lower(), ())) if double and len(letters) > 1 else frozenset()

    def is_whole_name(self, first: str, last: str) -> bool:
        """Whether two words, in small letters and without a genitive, are somebody's first and next or last name."""
        return (fold(_INNER.sub("", first)), fold(_INNER.sub("", last))) in self._pairs

    def is_misspelt(self, word: str, members: frozenset[int]) -> bool:
        """Whether a word beside the name of one of these members may be another of their names, a letter wrong, though it is
        an ordinary word: "mad skov" for "Mads Skov"."""
        low = word.lower()
        if not _SHORTEST_MISSPELT - 1 <= len(low) <= LONGEST or self._is_frequent(low):
            return False
        return bool(self._misspelt(low, capital=True) & members)

    def match(self, word: str) -> Match | None:
        """Whom a word of the text may name; None for nobody."""
        if len(word) > LONGEST:
            return None
        low = word.lower()
        common = self._is_common(low)
        spelt = _without_endings(low)
        for written in spelt:
            members = self._exact(written)
            if members:
                return Match(members, exact=True, ending=_ending(low, written))
        members = self._in_two_capitals(word)
        if members:
            return Match(members, exact=True)
        if len(low) < _SHORTEST_MISSPELT - 1 or (common and word == low):
            return None
        for written in spelt:
            members = self._misspelt(written, capital=word.istitle() and not common)
            if members:
                return Match(members, exact=False, ending=_ending(low, written), common=self._is_frequent(low))
        members = self._together(low)
        return Match(members, exact=True) if members else None

    def _together(self, low: str) -> frozenset[int]:
        """Who is meant by a whole name without blanks, as handles are written: "jenshansen", "jhansen2"."""
        bare = low.rstrip(_DIGITS)
        if self._is_common(bare):
            return frozenset()
        return frozenset(self._handles.get(fold(bare), ()))

    def _in_two_capitals(self, word: str) -> frozenset[int]:
        """Who is meant by "BoLi": short names are told by their capitals."""
        pieces = _TWO_CAPITALS.fullmatch(word)
        if not pieces or not self.is_whole_name(pieces[1], pieces[2]):
            return frozenset()
        return self._words[fold(pieces[1])] & self._words[fold(pieces[2])]

    def _exact(self, low: str) -> frozenset[int]:
        whole = self._words.get(fold(_INNER.sub("", low)))
        if whole or not _INNER.search(low):
            return whole or frozenset()
        parts = [self._words.get(fold(part), frozenset[int]()) for part in _INNER.split(low)]
        return frozenset[int]().union(*parts)

    def _misspelt(self, low: str, *, capital: bool) -> frozenset[int]:
        joined = _INNER.sub("", low)
        found: set[int] = set()
        for word in {joined, fold(joined)}:
            near = {one for shorter in _shortened(word) for one in self._near.get(shorter, ())}
            for one in near:
                if not capital and len(one) < _SHORTEST_MISSPELT and len(word) <= len(one):
                    continue
                if OSA.distance(word, one, score_cutoff=1) <= 1:
                    found |= self._words[self._long[one]]
        return frozenset(found)


def _without_endings(low: str) -> tuple[str, ...]:
    """The word, and what is left of it without a genitive or the digits of a handle: "annas", "anna92"."""
    bare = low.rstrip(_DIGITS)
    return tuple(dict.fromkeys((low, without_genitive(low), *((bare,) if bare and bare != low else ()))))


def _ending(low: str, written: str) -> int:
    """How many letters at its end are a genitive; digits belong to a handle, and "Larss" is misspelt."""
    return 0 if low[-1] in _DIGITS or (written[-1] == "s" and low[-1] == "s") else len(low) - len(written)


def _shortened(word: str) -> set[str]:
    """The word, and the word without each one of its letters: two words that differ by one letter share one of these."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
