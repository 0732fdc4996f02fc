"""What belongs to a name that was found: the last name behind it, initials, small words between two of its parts."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.privacy.features import CAPITALS_FROM, NEVER_BESIDE, Seen, is_listed
from bot.privacy.lexicon import PARTICLES, Lexicon, without_genitive
from bot.privacy.roster import Match
from bot.privacy.scanning import Words

# From which likelihood on a word beside a name is a part of it.
BESIDE = 0.002
_NEVER = 1.1
_ALWAYS = 0.0
_BETWEEN = re.compile(r"[ \t\u00a0]{1,2}|[ \t]?-[ \t]?|")
# "Christian IV"
_ORDINALS = frozenset({"II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XIV"})
_NO_INITIALS = frozenset({"I", "Å", "Ø"})
_LONGEST_INITIALS = 8
# Small words between a first and a last name.
_WITHIN_NAMES = frozenset(
    {
        *("de", "la", "le", "von", "van", "der", "den", "di", "del", "della", "dos", "el", "al", "bin", "ibn"),
        *("ten", "ter", "zu"),
    }
)


@dataclass(slots=True)
class Marks:
    """What is known of each word of a text. ``matches``: by the word's kind, who on the roster it may be."""

    likely: NDArray[np.float32]
    taken: NDArray[np.bool_]
    explained: NDArray[np.bool_]
    matches: dict[int, Match]


def take_beside(text: str, words: Words, one: Seen, marks: Marks, known: Lexicon) -> None:
    """Takes what belongs to a name that was found: the last name behind it, initials, particles."""
    beside = [_ALWAYS if is_listed(int(kind)) else _NEVER if kind in NEVER_BESIDE else BESIDE for kind in one.classes]
    capital = one.classes >= CAPITALS_FROM

    def belongs(at: int, step: int) -> bool:
        kind = int(words.ids[at])
        word = words.kinds[kind]
        if _is_initials(word) or (step > 0 and word in _ORDINALS) or kind in marks.matches:
            return True
        if step > 0 and _is_behind_first(text, words, one, at, known):
            return True
        if marks.explained[at]:
            return False
        if word[0].isalpha() and capital[kind] and marks.likely[at] >= beside[kind]:
            return True
        # Between two parts of a name.
        return bool(capital[kind] or word.lower() in PARTICLES) and _is_taken(text, words, marks, at, step)

    for place in map(int, np.flatnonzero(marks.taken)):
        _take_after_comma(words, marks, place)
        for step in (1, -1):
            at = place + step
            while 0 <= at < len(words) and not marks.taken[at] and joined(text, words, at - step, at):
                if not belongs(at, step):
                    break
                marks.taken[at] = True
                at += step


def _is_taken(text: str, words: Words, marks: Marks, at: int, step: int) -> bool:
    """Whether the word beyond this one is part of a name."""
    beyond = at + step
    return 0 <= beyond < len(words) and bool(marks.taken[beyond]) and joined(text, words, at, beyond)


def _take_after_comma(words: Words, marks: Marks, place: int) -> None:
    """``Hansen, J.``"""
    if place + 2 < len(words) and words.kinds[int(words.ids[place + 1])] == ",":
        behind = words.kinds[int(words.ids[place + 2])]
        if behind.endswith(".") and _is_initials(behind):
            marks.taken[place + 2] = True


def _is_initials(word: str) -> bool:
    if not word[0].isupper() or word in _NO_INITIALS:
        return False
    return len(word) == 1 or ("." in word and len(word) <= _LONGEST_INITIALS)


def joined(text: str, words: Words, one: int, other: int) -> bool:
    """Whether nothing but a blank or a hyphen stands between two neighbours."""
    first, second = min(one, other), max(one, other)
    return _BETWEEN.fullmatch(text, int(words.ends[first]), int(words.starts[second])) is not None


def _is_behind_first(text: str, words: Words, one: Seen, at: int, known: Lexicon) -> bool:
    """Whether a word behind a part of a name is the next one, however ordinary it is: "Ole Bang", "Mike de Vine"."""
    word, before = words.kinds[int(words.ids[at])], words.kinds[int(words.ids[at - 1])]
    capital = int(one.classes[words.ids[at]]) >= CAPITALS_FROM
    if is_listed(int(one.classes[words.ids[at - 1]])):
        if word in _WITHIN_NAMES and at + 1 < len(words):
            return int(one.classes[words.ids[at + 1]]) >= CAPITALS_FROM and joined(text, words, at, at + 1)
        return capital and without_genitive(word.lower()) in known.last
    return capital and before in _WITHIN_NAMES
