"""Persons' names in a text: what the roster knows, what the tagger thinks likely, and what stands beside them."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bot.privacy.beside import Marks, joined, take_beside
from bot.privacy.domain import Finding, Kind
from bot.privacy.features import INITIALS, WEAK, Seen, seen, within_sentence
from bot.privacy.initials import in_capitals, with_dots
from bot.privacy.knowledge import Knowledge
from bot.privacy.lexicon import PARTICLES, Lexicon, without_genitive
from bot.privacy.roster import Match, Roster
from bot.privacy.scanning import Words
from bot.privacy.tagger import likelihood
from bot.privacy.usual import explained

# From which likelihood on a word is masked. With a capital; with a capital, but a place, an organisation or a word in
# common use; in small letters; in small letters, but on our lists of names.
CAPITAL = 0.006
CAPITAL_OF_PLACE = 0.5
SMALL = 0.05
SMALL_LISTED = 0.0007
# With a capital and on our lists; on our lists, but an ordinary word too; a name of the roster that is an ordinary
# word, in small letters.
LISTED = 0.0002
LISTED_WORD = 0.01
ROSTER_WORD = 0.01
# Where the same word was sure elsewhere, and what sure means.
AGAIN = 0.10
SURE = 0.95
_NEVER = 1.1
_ALWAYS = 0.0
# Letters of a misspelt name in small letters that says enough by itself.
_LONG_ENOUGH = 3
_BETWEEN_HANDLES = frozenset("._-")


def names(text: str, words: Words, knows: Knowledge) -> Iterator[Finding]:
    """Every name, and what may be one."""
    if not len(words):
        return
    one = seen(words.kinds, knows.lexicon, knows.weights.is_common)
    likely = likelihood(words, one, knows.weights)
    otherwise = explained(words, one, likely, knows)
    marks = Marks(likely, _likely_names(words, one, likely, knows.lexicon) & ~otherwise, otherwise, {})
    if knows.roster:
        _of_the_roster(words, one, marks, knows)
    take_beside(text, words, one, marks, knows.lexicon)
    initials = list(with_dots(text, knows)) if knows.roster else []
    # In small letters they are cut into single ones otherwise.
    yield from (found for found in initials if text[found.start].islower())
    yield from _spans(text, words, marks, knows.lexicon)
    yield from (found for found in initials if not text[found.start].islower())
    if knows.roster:
        yield from in_capitals(words, marks.taken, knows)


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
    if word == low and len(word) == 1:
        return _NEVER
    if word == low:
        return SMALL_LISTED if telling else SMALL
    if telling:
        # "Clinton-besøget": a part of it names somebody.
        return _ALWAYS if len(parts) > 1 else LISTED
    return LISTED_WORD if named and low not in known.ordinary else CAPITAL


def _of_the_roster(words: Words, one: Seen, marks: Marks, knows: Knowledge) -> None:
    """Takes what the roster's names may be."""
    for kind, word in enumerate(words.kinds):
        if not word[0].isalpha() or len(word) == 1:
            continue
        double = knows.roster.joined_initials(word)
        match = Match(double, exact=True) if double else knows.roster.match(word)
        if match:
            marks.matches[kind] = match
    for place in map(int, np.flatnonzero(np.isin(words.ids, list(marks.matches)))):
        for other in _neighbours(words, place):
            first, last = (place, other) if place < other else (other, place)
            if _is_whole_name(words, first, last, marks, knows.roster):
                marks.taken[first : last + 1] = True
        kind = int(words.ids[place])
        word, match = words.kinds[kind], marks.matches[kind]
        if match.exact and not knows.is_common(word.lower()):
            _take_misspelt(words, place, match, marks, knows.roster)
        # A capital within a sentence is a name's, however ordinary the word.
        inside = place > 0 and word != word.lower() and within_sentence(int(one.classes[words.ids[place - 1]]))
        if inside or _counts(word, match, float(marks.likely[place]), knows):
            marks.taken[place] = True


def _take_misspelt(words: Words, place: int, match: Match, marks: Marks, roster: Roster) -> None:
    """Takes the word beside a member's name that is their other name misspelt."""
    for at in (place - 1, place + 1):
        if 0 <= at < len(words) and abs(int(words.starts[max(at, place)]) - int(words.ends[min(at, place)])) == 1:
            word = words.kinds[int(words.ids[at])]
            if word.isalpha() and roster.is_misspelt(word, match.members):
                marks.taken[at] = marks.taken[place] = True


def _neighbours(words: Words, place: int) -> Iterator[int]:
    """The words beside one, also beyond a sign that stands close: "bo li", "bo.li", "b. li"."""
    for step in (-1, 1):
        at = place + step
        if not 0 <= at < len(words):
            continue
        yield at
        if words.kinds[int(words.ids[at])] in PARTICLES and 0 <= at + step < len(words):
            yield at + step
        if words.kinds[int(words.ids[at])] in _BETWEEN_HANDLES and 0 <= at + step < len(words):
            gap = abs(int(words.starts[max(at, at + step)]) - int(words.ends[min(at, at + step)]))
            far = abs(int(words.starts[max(at, place)]) - int(words.ends[min(at, place)]))
            if gap + far <= (1 if words.kinds[int(words.ids[at])] == "." else 0):
                yield at + step


def _is_whole_name(words: Words, first: int, last: int, marks: Marks, roster: Roster) -> bool:
    """Whether two words are a member's name, however ordinary both are: "bo li", "b. li", "bo l."."""
    one, other = (_bare(words, place, marks) for place in (first, last))
    if len(other) == 1 and words.kinds[int(words.ids[last])].islower():
        # "bo i" is no name, "bo i." may be.
        at = last + 1
        if last != first + 1 or at >= len(words) or words.kinds[int(words.ids[at])] != ".":
            return False
    if len(one) == 1 and words.kinds[int(words.ids[first])].islower() and last == first + 1:
        return False
    return roster.is_whole_name(one, other)


def _bare(words: Words, place: int, marks: Marks) -> str:
    kind = int(words.ids[place])
    word = words.kinds[kind].lower().rstrip(".")
    match = marks.matches.get(kind)
    return word[: len(word) - match.ending] if match and match.ending else word


def _counts(word: str, match: Match, likely: float, knows: Knowledge) -> bool:
    """Whether a word that looks like a name of the roster is taken for it wherever it stands."""
    low = word.lower()
    if not match.exact:
        return not match.common and (word != low or len(low) >= _LONG_ENOUGH)
    bare = low.rstrip("0123456789")
    if bare != low and not low[len(bare) :].startswith(("19", "20")):
        return True
    return word != low or likely >= ROSTER_WORD or not (knows.weights.is_common(bare) or bare in knows.lexicon.ordinary)


def _spans(text: str, words: Words, marks: Marks, known: Lexicon) -> Iterator[Finding]:
    group: list[int] = []
    for place in map(int, np.flatnonzero(marks.taken)):
        if group and (place != group[-1] + 1 or not joined(text, words, group[-1], place)):
            yield _span(words, group, marks, known)
            group = []
        group.append(place)
    if group:
        yield _span(words, group, marks, known)


def _span(words: Words, group: list[int], marks: Marks, known: Lexicon) -> Finding:
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


def _member(words: Words, group: list[int], marks: Marks) -> int | None:
    """The one member that all the words of a name can mean."""
    kinds = [int(words.ids[place]) for place in group]
    whole = [kind for kind in kinds if len(words.kinds[kind].strip(".")) > 1]
    found = [marks.matches[kind].members for kind in whole if kind in marks.matches]
    if not found or len(found) < len(whole):
        return None
    meant = found[0].intersection(*found)
    return next(iter(meant)) if len(meant) == 1 else None
