"""Persons' names in a text: what the roster knows, what the tagger thinks likely, and what stands beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.privacy.domain import Finding, Kind
from bot.privacy.features import CAPITALS_FROM, INITIALS, NEVER_BESIDE, WEAK, Seen, is_listed, within_sentence, seen
from bot.privacy.lexicon import Lexicon, without_genitive
from bot.privacy.roster import Match, Roster
from bot.privacy.scanning import Words
from bot.privacy.tagger import Weights, likelihood

# From which likelihood on a word is masked: with a capital; places, peoples, organisations and words in common use, with a capital; in small
# letters; beside a name; where the same word was sure elsewhere; and what is on our lists of names.
CAPITAL = 0.03
CAPITAL_OF_PLACE = 0.25
SMALL = 0.12
SMALL_LISTED = 0.04
BESIDE = 0.02
BESIDE_LISTED = 0.0
AGAIN = 0.10
SURE = 0.95
LISTED = 0.003
LISTED_WORD = 0.02
_ROSTER_COMMON = 0.02
# Letters of a misspelt name in small letters by itself.
_LONG_ENOUGH = 3
_BETWEEN = re.compile(r"[ \t\u00a0]{1,2}|[ \t]?-[ \t]?|")
# "Christian IV"
_ORDINALS = frozenset({"II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XIV"})
_PARTICLES = frozenset(
    {
        "af",
        "al",
        "el",
        "bin",
        "ibn",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "la",
        "le",
        "ten",
        "ter",
        "van",
        "von",
        "zu",
        "abu",
    }
)


@dataclass(slots=True)
class _Marks:
    """What is known of each word of a text."""

    taken: NDArray[np.bool_]
    sure: NDArray[np.bool_]
    matches: dict[int, Match]


def names(text: str, words: Words, known: Lexicon, learned: Weights, roster: Roster) -> Iterator[Finding]:
    """Every name, and what may be one."""
    if not len(words):
        return
    one = seen(words.kinds, known, learned.is_common)
    likely = likelihood(words, one, learned)
    marks = _marked(words, one, likely, known, learned, roster)
    _beside(text, words, one, likely, marks)
    yield from _spans(text, words, marks, known, roster)


def _marked(
    words: Words, one: Seen, likely: NDArray[np.float32], known: Lexicon, learned: Weights, roster: Roster
) -> _Marks:
    capital = np.array([kind[0].isupper() or kind[-1].isupper() for kind in words.kinds])[words.ids]
    letters = np.array([kind[0].isalpha() for kind in words.kinds])[words.ids]
    wanted = np.array(
        [_wanted(word, int(kind), known) for word, kind in zip(words.kinds, one.classes, strict=True)], np.float32
    )
    taken = letters & (likely >= wanted[words.ids])
    strong = np.zeros(len(words.kinds), np.bool_)
    np.logical_or.at(strong, words.ids[letters & capital & (likely >= SURE)], True)
    taken |= letters & capital & strong[words.ids] & (likely >= AGAIN)
    matches: dict[int, Match] = {}
    if roster:
        for kind, word in enumerate(words.kinds):
            match = roster.match(word) if word[0].isalpha() and len(word) > 1 else None
            if match:
                matches[kind] = match
        classes = one.classes[words.ids]
        for place in np.flatnonzero(np.isin(words.ids, list(matches))):
            word = words.kinds[words.ids[place]]
            if _counts(word, matches[int(words.ids[place])], float(likely[place]), known, learned) or (
                # A capital within a sentence.
                place and word != word.lower() and within_sentence(int(classes[place - 1]))
            ):
                taken[place] = True
    sure = taken & (likely >= SURE)
    return _Marks(taken, sure, matches)


def _wanted(word: str, kind: int, known: Lexicon) -> float:
    """From which likelihood on a word of this class counts as a name."""
    low = word.lower()
    parts = [without_genitive(part) for part in (low, *(low.split("-") if "-" in low else ()))]
    named = [part for part in parts if part in known.first or part in known.last]
    telling = any(known.tells(part) for part in named)
    if kind in WEAK:
        return 1.1 if kind == INITIALS else CAPITAL_OF_PLACE
    if word == low:
        return SMALL_LISTED if telling else SMALL
    if telling:
        # "Clinton-besøget": a part of it names somebody.
        return 0.0 if len(parts) > 1 else LISTED
    return LISTED_WORD if named and low not in known.ordinary else CAPITAL


def _counts(word: str, match: Match, likely: float, known: Lexicon, learned: Weights) -> bool:
    """Whether a word that looks like a name of the roster is taken for it wherever it stands."""
    low = word.lower()
    if not match.exact:
        return not match.common and (word != low or len(low) > _LONG_ENOUGH)
    if word != low or likely >= _ROSTER_COMMON:
        return True
    return not (learned.is_common(low) or low in known.both_ways or low in known.ordinary)


def _beside(text: str, words: Words, one: Seen, likely: NDArray[np.float32], marks: _Marks) -> None:
    """What belongs to a name that was found: the last name behind it, initials, particles."""
    classes = one.classes[words.ids]
    beside = [
        BESIDE_LISTED if is_listed(int(kind)) else 1.1 if kind in NEVER_BESIDE else BESIDE for kind in one.classes
    ]
    for place in np.flatnonzero(marks.taken):
        for step in (1, -1):
            at = int(place) + step
            while 0 <= at < len(words) and not marks.taken[at] and _joined(text, words, at - step, at):
                word = words.kinds[words.ids[at]]
                if (
                    _is_initials(word)
                    or (word[0].isalpha() and classes[at] >= CAPITALS_FROM and likely[at] >= BESIDE)
                    or int(words.ids[at]) in marks.matches
                    or (
                        word.lower() in _PARTICLES
                        and 0 <= at + step < len(words)
                        and marks.taken[at + step]
                        and _joined(text, words, at, at + step)
                    )
                ):
                    marks.taken[at] = True
                else:
                    break
                at += step


def _is_initials(word: str) -> bool:
    return word[0].isupper() and ((len(word) == 1) or ("." in word and len(word) <= 8)) and word not in ("I", "Å", "Ø")


def _joined(text: str, words: Words, one: int, other: int) -> bool:
    first, second = min(one, other), max(one, other)
    return _BETWEEN.fullmatch(text, int(words.ends[first]), int(words.starts[second])) is not None


def _spans(text: str, words: Words, marks: _Marks, known: Lexicon, roster: Roster) -> Iterator[Finding]:
    places = np.flatnonzero(marks.taken)
    group: list[int] = []
    for place in places:
        if group and (place != group[-1] + 1 or not _joined(text, words, group[-1], int(place))):
            yield _span(words, group, marks, known)
            group = []
        group.append(int(place))
    if group:
        yield _span(words, group, marks, known)
    if roster:
        yield from _by_initials(words, marks, roster)


def _span(words: Words, group: list[int], marks: _Marks, known: Lexicon) -> Finding:
    last = int(words.ids[group[-1]])
    end = int(words.ends[group[-1]]) - _ending(words.kinds[last], marks.matches.get(last), known)
    member = _member(words, group, marks)
    sure = bool(marks.sure[group].any()) or any(int(words.ids[place]) in marks.matches for place in group)
    return Finding(int(words.starts[group[0]]), end, Kind.PERSON, sure, member)


def _ending(word: str, match: Match | None, known: Lexicon) -> int:
    """How many letters at the end are a genitive: they stay outside, so that the sentence can be read."""
    if match:
        return match.ending
    low = word.lower()
    bare = without_genitive(low)
    if bare == low or low in known.first or low in known.last:
        return 0
    if not low[-2:-1].isalpha() or bare in known.first or bare in known.last:
        return len(low) - len(bare)
    return 0


def _member(words: Words, group: list[int], marks: _Marks) -> int | None:
    """The one member that all the words of a name can mean."""
    matches = [match for place in group if (match := marks.matches.get(int(words.ids[place])))]
    if not matches or len(matches) < sum(len(words.kinds[words.ids[place]].strip(".")) > 1 for place in group):
        return None
    meant = frozenset.intersection(*(match.members for match in matches))
    return next(iter(meant)) if len(meant) == 1 else None


def _by_initials(words: Words, marks: _Marks, roster: Roster) -> Iterator[Finding]:
    """``A.B.`` and ``A. B.`` where somebody on the roster has them, and ``ABC`` of three names."""
    dotted = np.array(["." in kind and len(kind) > 1 and kind[0].isupper() for kind in words.kinds], np.bool_)
    three = np.array([len(kind) == 3 and kind.isalpha() and kind.isupper() for kind in words.kinds], np.bool_)
    run: list[int] = []
    for place in map(int, np.flatnonzero(dotted[words.ids] & ~marks.taken)):
        if run and place != run[-1] + 1:
            yield from _initials(words, run, roster)
            run = []
        run.append(place)
    yield from _initials(words, run, roster)
    for place in map(int, np.flatnonzero(three[words.ids] & ~marks.taken)):
        if roster.initials(words.kinds[words.ids[place]].lower()):
            yield Finding(int(words.starts[place]), int(words.ends[place]), Kind.PERSON, sure=False)


def _initials(words: Words, run: list[int], roster: Roster) -> Iterator[Finding]:
    letters = "".join(letter for one in run for letter in words.kinds[words.ids[one]].lower() if letter.isalpha())
    members = roster.initials(letters)
    if members:
        member = next(iter(members)) if len(members) == 1 else None
        yield Finding(int(words.starts[run[0]]), int(words.ends[run[-1]]), Kind.PERSON, sure=True, member=member)
