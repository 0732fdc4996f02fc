"""The day by which something is to be done, as it was said in the middle of a sentence; read as all times in this "
"house are."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.notes.extract.wordlists import OF_DAYS, UNTIL
from bot.times.domain import Day, Moment, Reading
from bot.times.lexicon import MONTHS, WEEKDAYS, fold
from bot.times.pieces import Here, NoSuchDay
from bot.times.points import read_point

_LONGEST_TIME = 7  # words
_LONGEST_SENTENCE = 60  # words
# Only beside such a word is it tried at all, since trying takes long.
_DAY_WORDS = frozenset(word for table in (WEEKDAYS, MONTHS) for word in table if len(word) > 3) | OF_DAYS
_DAY_FIGURES = re.compile(r"\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\.?|\d{4}-\d{2}-\d{2}")
_WALL = ZoneInfo("UTC")
_WITH_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
# Where nobody knows when it was said, any present serves for a date that has its year.
_LONG_AGO = datetime(1990, 1, 1, tzinfo=_WALL)


def day_in(text: str, at: datetime | None, language: str) -> date | None:
    """The day that a sentence names, counted from when it was said; None where it names none to come, or one that the calendar
    does not have. Of several days in a row it is the last, since all of them are there to do it."""
    words = fold(text).split(" ")[:_LONGEST_SENTENCE]
    now = _LONG_AGO if at is None else at.replace(tzinfo=_WALL, microsecond=0)
    found: date | None = None
    for stretches in _beside_day_words(words):
        try:
            start, day = _longest(words, stretches, Here(now, language), dated=at is not None)
        except (NoSuchDay, OverflowError):
            return None
        if day is not None and words[max(0, start - 1)] in UNTIL:
            return day
        found = found or day
    return found


def _beside_day_words(words: Sequence[str]) -> Iterator[Sequence[tuple[int, int]]]:
    """Beside each word that speaks of a day, where that may begin and end: the longest first."""
    for place, word in enumerate(words):
        if word in _DAY_WORDS or _DAY_FIGURES.fullmatch(word):
            spans = [
                (start, end)
                for start in range(max(0, place - _LONGEST_TIME + 2), place + 1)
                for end in range(place + 1, min(len(words), start + _LONGEST_TIME) + 1)
            ]
            yield sorted(spans, key=lambda span: (span[0] - span[1], span[0]))


def _longest(
    words: Sequence[str], stretches: Sequence[tuple[int, int]], here: Here, *, dated: bool
) -> tuple[int, date | None]:
    """Where the longest time begins, and its day: None where there is no time, or one that has passed."""
    for start, end in stretches:
        part = " ".join(words[start:end]).strip(" ,")
        found = read_point(part, here, _WALL) if dated or _WITH_YEAR.search(part) else None
        if found is not None:
            return start, None if found.passed else _last(found.readings)
    return 0, None


def _last(readings: Sequence[Reading]) -> date | None:
    match readings[:1]:
        case [Moment(at)]:
            return at.date()
        case [Day(_, last)]:
            return last
        case _:
            return None
