"""Finds the times inside a longer text: "could we say Friday at noon?". What is found is asked about, never acted upon."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.errors import NotUnderstood, phrase
from bot.times.domain import Reading, Span, Unclear
from bot.times.lexicon import MONTHS, NUMBERS, ORDINALS, UNITS, WEEKDAYS, compiled
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


def found_in(text: str, here: Here, zone: ZoneInfo, shortest: timedelta, first: Beginning | None) -> Unclear | None:
    """A question about the time in the folded text; None where there is none, where it says that it is not then, or where words
    of a time are left over, so that it is another one."""
    words = text.split(" ")
    if len(words) > _MOST_WORDS or compiled(_NEGATED).search(text):
        return None
    begins = compiled(REPEATS).search(text)
    if begins is not None:
        readings = _repeats(words, text[: begins.start()].count(" "), here, zone, shortest, first)
    else:
        readings = _points(words, here, zone)
    if not readings:
        return None
    return Unclear(phrase("I am not sure that I read this rightly. Do you mean this?"), readings[:_MOST_CHOICES])


def _is_whole(words: Sequence[str], start: int, end: int) -> bool:
    """Whether the words that are left over belong to no time."""
    beside = [*words[max(0, start - _NEAR) : start], *words[end : end + _NEAR]]
    if any(word in _BESIDE or any(letter.isdigit() for letter in word) for word in beside):
        return False
    return _ANOTHER_TIME.isdisjoint([*words[:start], *words[end:]])


def _repeats(
    words: Sequence[str], start: int, here: Here, zone: ZoneInfo, shortest: timedelta, first: Beginning | None
) -> tuple[Reading, ...]:
    """The longest repetition that begins where the text says "every"."""
    for end in islice(range(len(words), start + 1, -1), _MOST_TRIES):
        if not _is_whole(words, start, end):
            break
        try:
            rules = read_repeat(" ".join(words[start:end]), here, zone, shortest, first)
        except NotUnderstood:
            continue
        if rules:
            return tuple(rules)
    return ()


def _points(words: Sequence[str], here: Here, zone: ZoneInfo) -> tuple[Reading, ...]:
    """The longest time in the text."""
    found = [one for start in range(len(words)) for one in islice(_readable(words, start, here, zone), 1)]
    start, end, readings = max(found, key=lambda one: one[1] - one[0], default=(0, 0, ()))
    return readings if _is_whole(words, start, end) else ()


def _readable(
    words: Sequence[str], start: int, here: Here, zone: ZoneInfo
) -> Iterator[tuple[int, int, tuple[Reading, ...]]]:
    """The times that begin with this word, the longest first."""
    for end in range(min(len(words), start + _LONGEST_TIME), start, -1):
        if end == start + 1 and (len(words[start]) < _SHORTEST_ALONE or words[start] in _NEVER_ALONE):
            continue
        try:
            point = read_point(" ".join(words[start:end]), here, zone)
        except NoSuchDay:
            continue
        if point is not None and not any(isinstance(reading, Span) for reading in point.readings):
            yield start, end, point.readings
