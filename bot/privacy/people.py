"""Who is who in a thread: the same person gets the same number, however the name is written.

"Anna Jensen", then "Anna", then "Jensen" are one person as long as nobody else there has that name; "Anna Holm" is
another one. Where two could be meant, a name alone is a person of its own.
"""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

_WORDS = re.compile(r"[^\W_]+")
_ENOUGH = 3
_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "ø": "o",
        "å": "a",
        "ö": "o",
        "ä": "ae",
        "ü": "u",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ı": "i",
        "ß": "ss",
        "đ": "d",
    }
)


def fold(word: str) -> str:
    """A word as it is compared: small letters, without accents; ø, oe and ö are o, å and aa are a, æ and ae are e."""
    plain = word.lower()
    if not plain.isascii():
        plain = plain.translate(_LETTERS)
        if not plain.isascii():
            plain = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    return plain.replace("aa", "a").replace("oe", "o").replace("ae", "e")


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, folded; hyphens and dots divide."""
    return tuple(fold(word) for word in _WORDS.findall(name))


@dataclass(slots=True, eq=False)
class _Person:
    number: int
    words: tuple[str, ...]
    member: int | None


class People:
    """The persons of a thread, by the numbers that they were given."""

    def __init__(self) -> None:
        self._by_number: dict[int, _Person] = {}
        self._last = 0
        # Who goes by what: a name, a first and a last name with either as an initial, or the words of a whole name.
        self._called: dict[tuple[str, ...], list[_Person]] = defaultdict(list)
        self._by_words: dict[tuple[str, ...], _Person] = {}
        self._by_member: dict[int, _Person] = {}

    def number_of(self, name: str, member: int | None = None, number: int = 0) -> int:
        """The number of whoever is called so; a new one where it is nobody yet. ``member``: who on the roster it
        is, if known. ``number``: the one that is already given, when an earlier key is read."""
        words = name_words(name) or (name,)
        person = self._by_number.get(number) if number else self._known(words, member)
        if person is None:
            person = _Person(number or self._last + 1, words, member)
            self._by_number[person.number] = person
            self._last = max(self._last, person.number)
        self._remember(person, words, member)
        return person.number

    def _known(self, words: tuple[str, ...], member: int | None) -> _Person | None:
        if member is not None and member in self._by_member:
            return self._by_member[member]
        same = self._by_words.get(words)
        if same is not None and (member is None or same.member is None):
            return same
        candidates = dict.fromkeys(person for key in _asked(words) for person in self._called.get(key, ()))
        meant = [
            person
            for person in candidates
            if (member is None or person.member is None) and _may_be(words, person.words)
        ]
        return meant[0] if len(meant) == 1 else None

    def _remember(self, person: _Person, words: tuple[str, ...], member: int | None) -> None:
        if len(words) > len(person.words):
            person.words = words
        if member is not None:
            person.member = member
            self._by_member.setdefault(member, person)
        self._by_words.setdefault(words, person)
        for key in _keys(words):
            called = self._called[key]
            # Two already make it unclear.
            if len(called) < _ENOUGH and person not in called:
                called.append(person)


def _keys(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """What somebody with this name may be called."""
    if len(words) == 1:
        return {words, ("", words[0])}
    first, last = words[0], words[-1]
    return {*((word,) for word in words), (first, last), (first[0], last), (first, last[0])}


def _asked(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """By what somebody with this name may be known already; ``("", word)`` is known by that word alone."""
    if len(words) == 1:
        return {words}
    first, last = words[0], words[-1]
    return {(first, last), (first[0], last), (first, last[0]), *(("", word) for word in words)}


def _may_be(words: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether both can be the same person: one name alone, or first and last the same, initials counted."""
    if len(words) == 1 or len(known) == 1:
        alone, whole = (words[0], known) if len(words) == 1 else (known[0], words)
        return len(alone) > 1 and alone in whole
    return _alike(words[0], known[0]) and _alike(words[-1], known[-1])


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])
