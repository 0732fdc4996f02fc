"""Numbers that are written as words: digit by digit, or pair by pair as Danes say a telephone number ("toogfyrre")."""

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from bot.privacy.scanning import Words

_DANISH = ("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")
_TEENS = ("ti", "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten")
_TENS = ("tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems")
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ENGLISH_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ENGLISH_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# Also words that mean something else more often.
_UNCLEAR = frozenset({"en", "et", "to", "o", "oh", "ti"})
_VALUES = {
    **{word: str(value) for value, word in enumerate(_DANISH)},
    **{word: str(value) for value, word in enumerate(_ENGLISH)},
    **{word: str(value) for value, word in enumerate(_TEENS, 10)},
    **{word: str(value) for value, word in enumerate(_ENGLISH_TEENS, 10)},
    **{f"{one}og{tens}": f"{value}{digit}" for value, tens in enumerate(_TENS, 2) for digit, one in enumerate(_DANISH)},
    **{f"etog{tens}": f"{value}1" for value, tens in enumerate(_TENS, 2)},
    **{word: f"{value}0" for value, word in enumerate(_TENS, 2)},
    **{word: f"{value}0" for value, word in enumerate(_ENGLISH_TENS, 2)},
    **{
        f"{tens}{gap}{one}": f"{value}{digit}"
        for value, tens in enumerate(_ENGLISH_TENS, 2)
        for digit, one in enumerate(_ENGLISH)
        for gap in ("", " ", "-")
    },
    "et": "1",
    "oh": "0",
    "o": "0",
    "syvti": "70",
    "ingen": "0",
    "toti": "20",
    "femti": "50",
    "niti": "90",
}
_ALL = "|".join(sorted(_VALUES, key=len, reverse=True))
_GAP = r"(?:\s?[-,./·–]\s?|\s{1,2})"
_WORD = re.compile(rf"(?<![^\W_])(?:{_ALL})(?![^\W_])|\d+", re.IGNORECASE)
_ONE = rf"(?:(?<![^\W_])(?:{_ALL})(?![^\W_])|(?<!\d)\d{{1,4}}(?!\d))"
_RUN = re.compile(rf"{_ONE}(?:{_GAP}{_ONE}){{3,16}}", re.IGNORECASE)
# How many digits a number has that belongs to somebody.
_FEWEST, _MOST = 8, 14
_CLEAR = 2
# Letters to the digits before and behind, which belong to it; and of "syv-otte-nul-..." at most.
_REACH = 40
_LONGEST = 90


def spoken(text: str, words: Words) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Where such numbers begin, and their digits: where each word ends, and what it says."""
    for start, end in _near(words):
        for run in _RUN.finditer(text, start, end):
            found = [(one.start(), one.end(), _said(one[0])) for one in _WORD.finditer(text, *run.span())]
            clear = {text[a:b].lower() for a, b, _ in found if not text[a].isdigit()} - _UNCLEAR
            digits = "".join(said for _, _, said in found)
            if (
                len(clear) >= _CLEAR
                and _FEWEST <= len(digits) <= _MOST
                and not is_counting([said for *_, said in found])
            ):
                yield run.start(), [(last, said) for _, last, said in found]


def _said(word: str) -> str:
    return word if word[0].isdigit() else _VALUES[word.lower()]


def is_counting(said: list[str]) -> bool:
    """Whether each number is as much more than the one before as the others: "en, to, tre, fire", "10, 20, 30"."""
    values = [int(one) for one in said]
    steps = {second - first for first, second in pairwise(values)}
    return len(steps) == 1


def _near(words: Words) -> Iterator[tuple[int, int]]:
    """Around several words that are numbers, close to each other."""
    numbers = np.array([_is_number(word) for word in words.kinds], np.int64)
    places = np.flatnonzero(numbers[words.ids])
    if not len(places):
        return
    starts, ends = words.starts[places], words.ends[places]
    # Where a new group begins.
    first = np.flatnonzero(np.append(True, starts[1:] - ends[:-1] > _REACH))
    last = np.append(first[1:], len(places)) - 1
    said = np.add.reduceat(numbers[words.ids[places]], first)
    for group in map(int, np.flatnonzero(said >= _CLEAR)):
        yield max(0, int(starts[first[group]]) - _REACH), int(ends[last[group]]) + _REACH


def _is_number(word: str) -> int:
    """How many numbers a word is, hyphens between them."""
    if not word[0].isalpha() or len(word) > _LONGEST:
        return 0
    return sum(part in _VALUES and part not in _UNCLEAR for part in word.lower().split("-"))
