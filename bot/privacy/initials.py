"""Members by their initials: with dots and without, in capitals and in small letters."""

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bot.privacy.domain import Finding, Kind
from bot.privacy.knowledge import Knowledge
from bot.privacy.roster import Roster
from bot.privacy.scanning import Words

_DOTTED = re.compile(r"(?<![\w.])[^\W\d_]\. ?(?:[^\W\d_]\. ?){0,2}[^\W\d_](?:\.|(?![\w.]))")
_MOST_INITIALS = 4


def with_dots(text: str, knows: Knowledge) -> Iterator[Finding]:
    """``A.B.`` and ``a. b.`` where somebody on the roster has them, unless they are a usual abbreviation."""
    roster = knows.roster
    for found in _DOTTED.finditer(text):
        one = _longest(found, roster)
        if one is None:
            continue
        start, end, letters = one
        if text[start].isupper() or letters not in knows.lexicon.groups["dotted"]:
            members = roster.initials(letters)
            member = next(iter(members)) if len(members) == 1 else None
            yield Finding(start, end, Kind.PERSON, sure=True, member=member)


def in_capitals(words: Words, taken: NDArray[np.bool_], knows: Knowledge) -> Iterator[Finding]:
    """``AB`` and ``ABC`` where somebody has them. ``taken``: the words that are part of a name already."""
    short = np.array([_may_be_initials(kind, knows) for kind in words.kinds], np.bool_)
    for place in map(int, np.flatnonzero(short[words.ids] & ~taken)):
        yield Finding(int(words.starts[place]), int(words.ends[place]), Kind.PERSON, sure=False)


def _longest(found: re.Match[str], roster: Roster) -> tuple[int, int, str] | None:
    """Where in letters with dots somebody's initials are, and which: "m. J.H." holds "J.H."."""
    places = [found.start() + at for at, sign in enumerate(found[0]) if sign.isalpha()]
    letters = found[0].replace(".", "").replace(" ", "")
    for size in range(len(letters), 1, -1):
        for first in range(len(letters) - size + 1):
            last = first + size
            some = letters[first:last]
            if (some.isupper() or some.islower()) and roster.initials(some.lower()):
                end = found.end() if last == len(letters) else places[last - 1] + 2
                return places[first], end, some.lower()
    return None


def _may_be_initials(word: str, knows: Knowledge) -> bool:
    if not (1 < len(word) <= _MOST_INITIALS and word.isalpha() and word.isupper()):
        return False
    low = word.lower()
    return low not in knows.lexicon.groups["abbreviations"] and bool(knows.roster.initials(low))
