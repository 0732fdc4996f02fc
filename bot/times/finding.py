"""Finds the times inside a longer text: "could we say Friday at noon?". What is found is asked about, never acted upon."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.errors import NotUnderstood, Phrase, phrase
from bot.times.domain import Reading, Span, Unclear
from bot.times.lexicon import MONTHS, NUMBERS, ORDINALS, UNITS, WEEKDAYS, compiled, fold
from bot.times.pieces import Here, NoSuchDay
from bot.times.points import read_point
from bot.times.repeats import Beginning, read_repeat
from bot.times.repeatwords import REPEATS

_MOST_WORDS = 25
_LONGEST_TIME = 8  # words
_SHORTEST_ALONE = 5  # letters of a word that is a time on its own; "man" and "sat" are other words as well
_NEVER_ALONE = frozenset({"nuvaerende", "frokost", "lunch"})
_MOST_CHOICES = 4
_MOST_TRIES = 12
_NEGATED = r"(?<![^ ])(?:ikke|aldrig|hverken|not|never|neither|dont|cant|siden|ago)(?= |$)"
# With such a word left over there is a second time, or the time is another one than that which was found: anywhere in the text,
# or beside the time, where figures are such as well.
_ANOTHER_TIME = frozenset(word for table in (WEEKDAYS, MONTHS) for word in table if len(word) >= 4) | {"maj"}
_BESIDE = frozenset(word for table in (UNITS, ORDINALS, NUMBERS) for word in table if len(word) >= _SHORTEST_ALONE - 1) | {
    "kl", "klokken", "hver", "hvert", "every", "each", "halv", "kvart", "uge", "dag", "day", "aar", "until", "undtagen", "except",
    "mellem", "between", "efter", "after", "foer", "before", "eller", "or",
}  # fmt: skip
_NEAR = 3  # words
_MOST_NAMED = 2  # words


@dataclass(frozen=True, slots=True)
class _Found:
    """A time, and the words that it is made of: from one place up to another, in one stretch or several."""

    stretches: tuple[tuple[int, int], ...]
    readings: tuple[Reading, ...]

    def is_whole(self, words: Sequence[str]) -> bool:
        """Whether the words that are left over belong to no time."""
        left = self.left(words)
        beside = {
            place for start, end in self.stretches for place in (*range(start - _NEAR, start), *range(end, end + _NEAR))
        }
        near = [words[place] for place in left if place in beside]
        if any(word in _BESIDE or any(letter.isdigit() for letter in word) for word in near):
            return False
        return _ANOTHER_TIME.isdisjoint(words[place] for place in left)

    def left(self, words: Sequence[str]) -> list[int]:
        """Where the words stand that are left over."""
        read = {place for start, end in self.stretches for place in range(start, end)}
        return [place for place in range(len(words)) if place not in read and words[place] != ","]


def found_in(
    typed: str, text: str, here: Here, zone: ZoneInfo, shortest: timedelta, first: Beginning | None
) -> Unclear | None:
    """A question about the time in the folded text, which tells what of ``typed`` was not understood; None where there is no
    time, where the text says that it is not then, or where words of a time are left over, so that it is another one."""
    words = text.split(" ")
    if len(words) > _MOST_WORDS or compiled(_NEGATED).search(text):
        return None
    begins = compiled(REPEATS).search(text)
    if begins is not None:
        found = _repeats(words, text[: begins.start()].count(" "), here, zone, shortest, first)
    else:
        found = _points(words, here, zone)
    if found is None:
        return None
    return Unclear(_question(typed, words, found), found.readings[:_MOST_CHOICES])


def _question(typed: str, words: Sequence[str], found: _Found) -> Phrase:
    """A few words that were not understood are named; of a longer text, what was read of it."""
    as_typed = _as_typed(typed, words)
    left = dict.fromkeys(as_typed[place] for place in found.left(words))
    if len(left) <= _MOST_NAMED:
        named = ", ".join(f"“{word}”" for word in left)
        return phrase("I didn't understand {words}, only the rest. Do you mean this?", words=named)
    read = (dict.fromkeys(as_typed[start:end]) for start, end in found.stretches)
    part = " … ".join(" ".join(stretch) for stretch in read)
    return phrase("I understood only “{words}” of that. Do you mean this?", words=part)


def _as_typed(typed: str, words: Sequence[str]) -> Sequence[str]:
    """Each of the folded words as it was typed; folded where they cannot be told apart."""
    pairs = [(word, token.strip(" ,.!?;:")) for token in typed.split() for word in fold(token).split(" ") if word]
    if [word for word, _ in pairs] != [word for word in words if word != ","]:
        return words
    tokens = iter(pairs)
    return [word if word == "," else next(tokens)[1] for word in words]


def _repeats(
    words: Sequence[str], start: int, here: Here, zone: ZoneInfo, shortest: timedelta, first: Beginning | None
) -> _Found | None:
    """The longest repetition that begins where the text says "every"."""
    for end in islice(range(len(words), start + 1, -1), _MOST_TRIES):
        found = _Found(((start, end),), ())
        if not found.is_whole(words):
            break
        rules = _rules(words[start:end], here, zone, shortest, first)
        if not rules:
            continue
        # "At the end of the day" may stand before "every Monday"; what does not go with it is another time.
        others = [
            *_stretches(words, (0, start), here, zone),
            *_stretches(words, (end, len(words)), here, zone),
        ]
        if others:
            rest = [word for begin, finish in others for word in words[begin:finish]]
            rules = _rules([*words[start:end], *rest], here, zone, shortest, first)
        return _Found(tuple(sorted([(start, end), *others])), tuple(rules)) if rules else None
    return None


def _rules(
    words: Sequence[str], here: Here, zone: ZoneInfo, shortest: timedelta, first: Beginning | None
) -> Sequence[Reading]:
    try:
        return read_repeat(" ".join(words), here, zone, shortest, first)
    except NotUnderstood:
        return ()


def _points(words: Sequence[str], here: Here, zone: ZoneInfo) -> _Found | None:
    """The time in the text; one that stands in several places is put together, and two that do not go together are none."""
    stretches = _stretches(words, (0, len(words)), here, zone)
    together = " ".join(word for start, end in stretches for word in words[start:end])
    try:
        point = read_point(together, here, zone) if together else None
    except NoSuchDay:
        return None
    if point is None:
        return None
    found = _Found(tuple(stretches), point.readings)
    return found if found.readings and found.is_whole(words) else None


def _stretches(words: Sequence[str], within: tuple[int, int], here: Here, zone: ZoneInfo) -> list[tuple[int, int]]:
    """The longest time in this part of the text, and those before and after it."""
    start, end = within
    found = [one for place in range(start, end) for one in islice(_readable(words, place, end, here, zone), 1)]
    if not found:
        return []
    longest = max(found, key=lambda one: one[1] - one[0])
    before = _stretches(words, (start, longest[0]), here, zone)
    return [*before, longest, *_stretches(words, (longest[1], end), here, zone)]


def _readable(words: Sequence[str], start: int, last: int, here: Here, zone: ZoneInfo) -> Iterator[tuple[int, int]]:
    """The times that begin with this word, the longest first."""
    for end in range(min(last, start + _LONGEST_TIME), start, -1):
        if end == start + 1 and (len(words[start]) < _SHORTEST_ALONE or words[start] in _NEVER_ALONE):
            continue
        try:
            point = read_point(" ".join(words[start:end]), here, zone)
        except NoSuchDay:
            continue
        if point is not None and not any(isinstance(reading, Span) for reading in point.readings):
            yield start, end
