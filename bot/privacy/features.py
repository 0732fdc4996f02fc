"""What the tagger sees of a word: numbers of features, and the one class that words around it are compared by.

The same functions are used when it learns, so a change here needs new weights: ``python -m benchmarks.masking_training``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.privacy.lexicon import Lexicon, without_genitive
from bot.privacy.scanning import Words

# Places around a word that count, and how many different features there can be for each, a power of two.
PLACES = (-2, -1, 0, 1, 2)
SIZE = 1 << 15
_MASK = SIZE - 1

_EDGE, _BREAK, _STOP, _COLON, _QUOTE, _SIGN, _DIGITS, INITIALS = range(8)
_TITLE, _KIN, _NAMED, _GREETS, _SAYS, _WITH, _SMALL = range(8, 15)
_SMALL_NAME, _SMALL_MAYBE = 15, 16
_FIRST, _LAST, _MAYBE, _KNOWN, _PLACE, _ORGANISED, _CAPITAL, _CAPITALS, _MIXED, _DERIVED, _CODE = range(17, 28)
CLASSES = 29
_SMALL_GROUPS = (
    ("titles", _TITLE),
    ("kin", _KIN),
    ("named", _NAMED),
    ("greets", _GREETS),
    ("says", _SAYS),
    ("with", _WITH),
)
_STOPS = frozenset(".!?…")
_QUOTES = frozenset("\"'“”„»«’‘")
# What Danish and English put behind a word, and how short a word may be that something is made of.
_ENDINGS = ("s", "en", "et", "n", "t", "e", "er", "ne", "erne", "ene", "ens", "ets", "ernes", "ed", "ing", "ly", "'s")
_STEM = 3
# No word of a language is longer, and no name.
LONGEST = 40
# A capital at the beginning of a sentence says little.
CAPITALS_FROM = _FIRST
# Words with a capital that have a better explanation than a name; initials are a name only beside one.
WEAK = frozenset({INITIALS, _KNOWN, _PLACE, _ORGANISED, _CODE})
# What is no part of the name that it stands beside.
NEVER_BESIDE = frozenset({_KNOWN, _ORGANISED, _CODE})


@dataclass(frozen=True, slots=True)
class Seen:
    """The features of all different words of a text, one after the other; ``offsets`` tells where each word's begin."""

    numbers: NDArray[np.int64]
    offsets: NDArray[np.int64]
    classes: NDArray[np.int64]
    hashes: NDArray[np.int64]


def seen(kinds: tuple[str, ...], known: Lexicon, is_ordinary: Callable[[str], bool]) -> Seen:
    """``is_ordinary``: whether a word in small letters is in use as a common word."""
    numbers: list[int] = []
    offsets: list[int] = []
    classes: list[int] = []
    hashes: list[int] = []
    for word in kinds:
        low = word.lower()
        kind = _class(word, low, known, is_ordinary)
        offsets.append(len(numbers))
        classes.append(kind)
        hashes.append(crc32(low.encode()) & 0x7FFFFFFF)
        numbers += [crc32(one.encode()) & _MASK for one in _features(word, low, kind, known, is_ordinary)]
    return Seen(
        np.array(numbers, np.int64),
        np.array(offsets, np.int64),
        np.array(classes, np.int64),
        np.array(hashes, np.int64),
    )


def together(words: Words, one: Seen) -> tuple[NDArray[np.int64], ...]:
    """Features of a word and its neighbours at once, one array a feature."""
    ids = words.ids
    kind = _padded(one.classes[ids])
    word = _padded(one.hashes[ids])
    here, before, after = kind[2:-2], kind[1:-3], kind[3:-1]
    far_before, far_after = kind[:-4], kind[4:]
    return (
        _mixed(1, here, before),
        _mixed(2, here, after),
        _mixed(3, here, before * CLASSES + after),
        _mixed(4, here, before * CLASSES + far_before),
        _mixed(5, here, after * CLASSES + far_after),
        _mixed(6, here, word[1:-3]),
        _mixed(7, here, word[3:-1]),
        _mixed(8, here * CLASSES + before, word[:-4]),
        _mixed(9, here * CLASSES + after, before * CLASSES + far_before),
        _mixed(10, before, word[2:-2]),
    )


def derived(low: str, is_ordinary: Callable[[str], bool]) -> bool:
    """Whether a word is made of ordinary ones: another form of one, or two of them together."""
    if len(low) > LONGEST:
        return False
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= _STEM and is_ordinary(low[: -len(ending)]):
            return True
    for place in range(_STEM, len(low) - _STEM + 1):
        head, tail = low[:place], low[place:]
        if is_ordinary(tail) and (
            is_ordinary(head) or (head[-1] in "se" and len(head) > _STEM and is_ordinary(head[:-1]))
        ):
            return True
    return False


def is_listed(kind: int) -> bool:
    """Whether a class is that of a capitalised word from the lists of names."""
    return kind in (_FIRST, _LAST, _MAYBE)


def within_sentence(kind: int) -> bool:
    """Whether a word of this class has its sentence going on behind it: no sign, and no name."""
    return _TITLE <= kind <= _SMALL_MAYBE or kind == _KNOWN


def begins_behind(kinds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a sentence begins behind words of these classes: behind a sign, a quotation mark, a line's end, a number."""
    return kinds <= _DIGITS


def _padded(values: NDArray[np.int64]) -> NDArray[np.int64]:
    edge = np.full(2, _EDGE, np.int64)
    return np.concatenate([edge, values, edge])


def _mixed(which: int, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    mixed = (one * 1000003 + other * 7919 + which * 15485863) * 2654435761
    result: NDArray[np.int64] = (mixed >> 15) & _MASK
    return result


def _class(word: str, low: str, known: Lexicon, is_ordinary: Callable[[str], bool]) -> int:  # noqa: C901 (one line a class)
    if word[0] == "\n":
        return _BREAK
    if not word[0].isalnum():
        return _STOP if word in _STOPS else _COLON if word == ":" else _QUOTE if word in _QUOTES else _SIGN
    if word[0].isdigit():
        return _DIGITS
    if not word.isalpha() and word.isupper() and any(letter.isdigit() for letter in word):
        return _CODE
    if "." in word or (len(word) == 1 and word.isupper() and low not in ("i", "å", "ø")):
        return INITIALS
    for name, kind in _SMALL_GROUPS:
        if low in known.groups[name] and (word == low or name != "says"):
            return kind
    bare = without_genitive(low)
    named = low in known.first or bare in known.first or low in known.last or bare in known.last
    maybe = low in known.both_ways or bare in known.both_ways or is_ordinary(low)
    if word == low:
        return (_SMALL_MAYBE if maybe or len(low) < 3 else _SMALL_NAME) if named else _SMALL
    if low in known.groups["organisations"]:
        return _ORGANISED
    if low in known.ordinary:
        return _KNOWN
    placed = low in known.places or bare in known.places
    if placed and not (low in known.first or bare in known.first):
        return _PLACE
    if named:
        return _MAYBE if maybe or placed else _FIRST if low in known.first or bare in known.first else _LAST
    if is_ordinary(low):
        return _KNOWN
    if derived(low, is_ordinary):
        return _DERIVED
    if word.isupper() and len(word) > 1:
        return _CAPITALS
    return (
        _CAPITAL
        if word[0].isupper() and not any(letter.isupper() for letter in word[1:] if "-" not in word)
        else _MIXED
    )


def _features(word: str, low: str, kind: int, known: Lexicon, is_ordinary: Callable[[str], bool]) -> list[str]:
    if not word[0].isalpha():
        return [f"w{low}", f"c{kind}"]
    found = [f"c{kind}"]
    bare = without_genitive(low)
    if is_ordinary(low) or bare in known.first or bare in known.last or low in known.places or low in known.ordinary:
        # Only words that are known from elsewhere: nothing is learned by heart.
        found.append(f"w{low}")
    shape = (
        "x"
        if word == low
        else "X"
        if word.isupper()
        else "Xx"
        if word[1:].islower()
        else "Xx-"
        if "-" in word
        else "mix"
    )
    found += [
        f"s2{low[-2:]}", f"s3{low[-3:]}", f"s4{low[-4:]}", f"b3{bare[-3:]}", f"b4{bare[-4:]}", f"b5{bare[-5:]}",
        f"p2{low[:2]}", f"p3{low[:3]}", f"p4{low[:4]}", f"h{shape}", f"l{shape}{min(len(low), 10)}", f"t{shape}{bare[-3:]}",
    ]  # fmt: skip
    for mark, words in (
        ("F", known.first),
        ("L", known.last),
        ("B", known.both_ways),
        ("P", known.places),
        ("O", known.ordinary),
    ):
        if low in words:
            found.append(f"{mark}{shape}")
        elif bare in words:
            found.append(f"{mark}'{shape}")
    if is_ordinary(low):
        found.append(f"K{shape}")
    if "-" in low:
        found += [f"-{shape}{part in known.first or part in known.last}" for part in low.split("-")[:3]]
    for name, words in known.groups.items():
        if low in words:
            found.append(f"g{name}{shape}")
    return found
