"""A day that a model names counts only where the messages speak of one: a date that nobody said is worse than none."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from bot.notes.transcript import Line

_FIGURE = re.compile(r"\d{1,4}")
# Monday first, as Python counts.
_WEEKDAYS = (
    ("mandag", "monday"),
    ("tirsdag", "tuesday"),
    ("onsdag", "wednesday"),
    ("torsdag", "thursday"),
    ("fredag", "friday"),
    ("lørdag", "saturday"),
    ("søndag", "sunday"),
)
_LATER = {"i dag": 0, "today": 0, "i morgen": 1, "tomorrow": 1, "i overmorgen": 2}
_WEEK = re.compile(r"\b(?:uge|ugen|week|weeks|uger|måned|month)\b")
# Days from the message within which a weekday lies that it names, and a week or a month that it speaks of.
_NAMED, _NEAR = 21, 100
# A note is about days from a year before to some years after.
_BEFORE, _AFTER = timedelta(days=366), timedelta(days=5 * 366)


def said_day(text: str, lines: Iterable[Line]) -> date | None:
    """The day, where one of the messages speaks of it: by its number, its weekday, or from its own day on."""
    try:
        day = date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
    return day if any(_speaks_of(day, line) for line in lines) else None


def _speaks_of(day: date, line: Line) -> bool:
    said = line.text.casefold()
    by_number = day.day in {int(figure) for figure in _FIGURE.findall(said)}
    by_name = any(word in said for word in _WEEKDAYS[day.weekday()])
    if line.at is None:
        return by_number or by_name
    written = line.at.date()
    ahead = (day - written).days
    return (
        (by_number and written - _BEFORE <= day <= written + _AFTER)
        or (by_name and 0 <= ahead <= _NAMED)
        or any(word in said and ahead == days for word, days in _LATER.items())
        or (bool(_WEEK.search(said)) and 0 <= ahead <= _NEAR)
    )
