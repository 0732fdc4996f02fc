"""Persons' names in a text: what the roster knows, what the tagger thinks likely, and what stands beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.privacy.domain import Finding, Kind
from bot.privacy.features import CAPITALS_FROM, INITIALS, NEVER_BESIDE, WEAK, Seen, is_listed, seen, within_sentence
from bot.privacy.lexicon import Lexicon, without_genitive
from bot.privacy.roster import Match, Roster
from bot.privacy.scanning import Words
from bot.privacy.tagger import Weights, likelihood

# From which likelihood on a word is masked. With a capital; with a capital, but a place, an organisation or a word in
# common use; in small letters; in small letters, but on our lists of names.
CAPITAL = 0.013
CAPITAL_OF_PLACE = 0.5
SMALL = 0.08
SMALL_LISTED = 0.04
# With a capital and on our lists; on our lists, but an ordinary word too; a name of the roster that is an ordinary
# word, in small letters.
LISTED = 0.003
LISTED_WORD = 0.02
ROSTER_WORD = 0.02
# Beside a name; where the same word was sure elsewhere, and what sure means.
BESIDE = 0.005
AGAIN = 0.10
SURE = 0.95
_NEVER = 1.1
_ALWAYS = 0.0
# Letters of a misspelt name in small letters that says enough by itself.
_LONG_ENOUGH = 4
_BETWEEN = re.compile(r"[ \t\u00a0]{1,2}|[ \t]?-[ \t]?|")
# "Christian IV"
_ORDINALS = frozenset({"II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XIV"})
_PARTICLES = frozenset(
    [
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
    ]
)
_NO_INITIALS = frozenset({"I", "Å", "Ø"})
_LONGEST_INITIALS = 8


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that names are known by."""

    lexicon: Lexicon
    weights: Weights
    roster: Roster

    def is_common(self, word: str) -> bool:
        """Whether a word in small letters is an ordinary one, be it a name as well."""
        return self.lexicon.is_ordinary(word) or self.weights.is_common(word)


@dataclass(slots=True)
class _Marks:
    """What is known of each word of a text. ``matches``: by the word's kind, who on the roster it may be."""

    likely: NDArray[np.float32]
    taken: NDArray[np.bool_]
    matches: dict[int, Match]


def names(text: str, words: Words, knows: Knowledge) -> Iterator[Finding]:
    """Every name, and what may be one."""
    if not len(words):
        return
    one = seen(words.kinds, knows.lexicon, knows.weights.is_common)
    likely = likelihood(words, one, knows.weights)
    marks = _Marks(likely, _likely_names(words, one, likely, knows.lexicon), {})
    if knows.roster:
        _of_the_roster(words, one, marks, knows)
    _take_beside(text, words, one, marks)
    yield from _spans(text, words, marks, knows.lexicon)
    if knows.roster:
        yield from _by_initials(words, marks, knows.roster)


def _likely_names(words: Words, one: Seen, likely: NDArray[np.float32], known: Lexicon) -> NDArray[np.bool_]:
    letters = np.array([word[0].isalpha() for word in words.kinds], np.bool_)[words.ids]
    capital = np.array([word != word.lower() for word in words.kinds], np.bool_)[words.ids] & letters
    wanted = np.array(
        [_wanted(word, int(kind), known) for word, kind in zip(words.kinds, one.classes, strict=True)], np.float32
    )
    strong = np.zeros(len(words.kinds), np.bool_)
    strong[words.ids[capital & (likely >= SURE)]] = True
    taken: NDArray[np.bool_] = letters & (likely >= wanted[words.ids])
    again: NDArray[np.bool_] = capital & strong[words.ids] & (likely >= AGAIN)
    return taken | again


def _wanted(word: str, kind: int, known: Lexicon) -> float:
    """From which likelihood on a word of this class counts as a name."""
    if kind in WEAK:
        return _NEVER if kind == INITIALS else CAPITAL_OF_PLACE
    low = word.lower()
    parts = [without_genitive(part) for part in (low, *(low.split("-") if "-" in low else ()))]
    named = [part for part in parts if part in known.first or part in known.last]
    telling = any(known.tells(part) for part in named)
    if word == low:
        return SMALL_LISTED if telling else SMALL
    if telling:
        # "Clinton-besøget": a part of it names somebody.
        return _ALWAYS if len(parts) > 1 else LISTED
    return LISTED_WORD if named and low not in known.ordinary else CAPITAL


def _of_the_roster(words: Words, one: Seen, marks: _Marks, knows: Knowledge) -> None:
    """Takes what the roster's names may be."""
    for kind, word in enumerate(words.kinds):
        if not word[0].isalpha() or len(word) == 1:
            continue
        double = knows.roster.joined_initials(word)
        match = Match(double, exact=True) if double else knows.roster.match(word)
        if match:
            marks.matches[kind] = match
    before = -1
    for place in map(int, np.flatnonzero(np.isin(words.ids, list(marks.matches)))):
        if place == before + 1 and place and _is_whole_name(words, place, marks, knows.roster):
            marks.taken[before : place + 1] = True
        before = place
        kind = int(words.ids[place])
        word, match = words.kinds[kind], marks.matches[kind]
        # A capital within a sentence is a name's, however ordinary the word.
        inside = place > 0 and word != word.lower() and within_sentence(int(one.classes[words.ids[place - 1]]))
        if inside or _counts(word, match, float(marks.likely[place]), knows):
            marks.taken[place] = True


def _is_whole_name(words: Words, place: int, marks: _Marks, roster: Roster) -> bool:
    """Whether the word and the one before it are a member's name, however ordinary both are: "bo li"."""
    first, last = int(words.ids[place - 1]), int(words.ids[place])
    end = len(words.kinds[last]) - marks.matches[last].ending
    return roster.is_whole_name(words.kinds[first].lower(), words.kinds[last].lower()[:end])


def _counts(word: str, match: Match, likely: float, knows: Knowledge) -> bool:
    """Whether a word that looks like a name of the roster is taken for it wherever it stands."""
    low = word.lower()
    if not match.exact:
        return not match.common and (word != low or len(low) >= _LONG_ENOUGH)
    return word != low or likely >= ROSTER_WORD or not (knows.weights.is_common(low) or low in knows.lexicon.ordinary)


def _take_beside(text: str, words: Words, one: Seen, marks: _Marks) -> None:
    """Takes what belongs to a name that was found: the last name behind it, initials, particles."""
    beside = [_ALWAYS if is_listed(int(kind)) else _NEVER if kind in NEVER_BESIDE else BESIDE for kind in one.classes]
    capital = one.classes >= CAPITALS_FROM

    def belongs(at: int, step: int) -> bool:
        kind = int(words.ids[at])
        word = words.kinds[kind]
        if _is_initials(word) or (step > 0 and word in _ORDINALS) or kind in marks.matches:
            return True
        if word[0].isalpha() and capital[kind] and marks.likely[at] >= beside[kind]:
            return True
        beyond = at + step
        return (
            word.lower() in _PARTICLES
            and 0 <= beyond < len(words)
            and bool(marks.taken[beyond])
            and _joined(text, words, at, beyond)
        )

    for place in map(int, np.flatnonzero(marks.taken)):
        for step in (1, -1):
            at = place + step
            while 0 <= at < len(words) and not marks.taken[at] and _joined(text, words, at - step, at):
                if not belongs(at, step):
                    break
                marks.taken[at] = True
                at += step


def _is_initials(word: str) -> bool:
    if not word[0].isupper() or word in _NO_INITIALS:
        return False
    return len(word) == 1 or ("." in word and len(word) <= _LONGEST_INITIALS)


def _joined(text: str, words: Words, one: int, other: int) -> bool:
    """Whether nothing but a blank or a hyphen stands between two neighbours."""
    first, second = min(one, other), max(one, other)
    return _BETWEEN.fullmatch(text, int(words.ends[first]), int(words.starts[second])) is not None


def _spans(text: str, words: Words, marks: _Marks, known: Lexicon) -> Iterator[Finding]:
    group: list[int] = []
    for place in map(int, np.flatnonzero(marks.taken)):
        if group and (place != group[-1] + 1 or not _joined(text, words, group[-1], place)):
            yield _span(words, group, marks, known)
            group = []
        group.append(place)
    if group:
        yield _span(words, group, marks, known)


def _span(words: Words, group: list[int], marks: _Marks, known: Lexicon) -> Finding:
    last = int(words.ids[group[-1]])
    end = int(words.ends[group[-1]]) - _ending(words.kinds[last], marks.matches.get(last), known)
    sure = any(int(words.ids[place]) in marks.matches or marks.likely[place] >= SURE for place in group)
    return Finding(int(words.starts[group[0]]), end, Kind.PERSON, sure, _member(words, group, marks))


def _ending(word: str, match: Match | None, known: Lexicon) -> int:
    """How many letters at the end are a genitive: they stay outside, so that the sentence can be read."""
    if match:
        return match.ending
    low = word.lower()
    bare = without_genitive(low)
    if bare == low or low in known.first or low in known.last:
        return 0
    if low[-2:-1] in "'’" or bare in known.first or bare in known.last:
        return len(low) - len(bare)
    return 0


def _member(words: Words, group: list[int], marks: _Marks) -> int | None:
    """The one member that all the words of a name can mean."""
    kinds = [int(words.ids[place]) for place in group]
    whole = [kind for kind in kinds if len(words.kinds[kind].strip(".")) > 1]
    found = [marks.matches[kind].members for kind in whole if kind in marks.matches]
    if not found or len(found) < len(whole):
        return None
    meant = found[0].intersection(*found)
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
    if run:
        yield from _initials(words, run, roster)
    for place in map(int, np.flatnonzero(three[words.ids] & ~marks.taken)):
        if roster.initials(words.kinds[int(words.ids[place])].lower()):
            yield Finding(int(words.starts[place]), int(words.ends[place]), Kind.PERSON, sure=False)


def _initials(words: Words, run: list[int], roster: Roster) -> Iterator[Finding]:
    letters = "".join(words.kinds[int(words.ids[place])] for place in run).lower()
    members = roster.initials("".join(letter for letter in letters if letter.isalpha()))
    if members:
        member = next(iter(members)) if len(members) == 1 else None
        yield Finding(int(words.starts[run[0]]), int(words.ends[run[-1]]), Kind.PERSON, sure=True, member=member)
