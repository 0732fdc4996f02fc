"""A day for which nobody asks back, such as the end of a pause: ``2 uger``, ``næste måned``, ``tirsdag``, ``1. marts``.

Here "next week" is seven days from now, and a weekday on that very weekday is the next one: a pause that begins now needs no
question about that.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_month_names
from dateutil.relativedelta import relativedelta

_LOCALES = ("da", "en")
_NUMBERS = {
    word: number
    for number, words in {
        1: "en et one a an", 2: "to two", 3: "tre three", 4: "fire four", 5: "fem five", 6: "seks six", 7: "syv seven",
        8: "otte eight", 9: "ni nine", 10: "ti ten", 11: "elleve eleven", 12: "tolv twelve", 14: "fjorten fourteen",
    }.items()
    for word in words.split()
}  # fmt: skip
# Days and months: the two that a calendar cannot turn into each other.
_UNITS = {
    word: (days, months)
    for days, months, words in (
        (1, 0, "dag dage day days d"),
        (7, 0, "uge uger week weeks w"),
        (0, 1, "måned måneder month months md mdr"),
        (0, 12, "år year years"),
    )
    for word in words.split()
}
_NAMED_DAYS = {"i dag": 0, "idag": 0, "today": 0, "i morgen": 1, "imorgen": 1, "tomorrow": 1, "i overmorgen": 2}
_FILLERS = re.compile(
    r"\b(?:om|i|in|for|til|until|den|d|the|of|på|on|hver|every|kl|klokken|at|about|circa|ca|næste|next|this|coming)\b\.?"
)
_DURATION = re.compile(r"(\d+|[a-zæøå]+)\s*([a-zæøå]+)\.?")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?\s*([a-zæøå]+)\.?(?:\s+(\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]+)\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}))?\.?")


def _named(widths: Mapping[str, Mapping[int, str]], first: int) -> dict[str, int]:
    return {name.casefold().rstrip("."): number + first for names in widths.values() for number, name in names.items()}


def _months() -> dict[str, int]:
    return {
        name: number
        for locale in _LOCALES
        for name, number in _named({w: get_month_names(w, locale=locale) for w in ("wide", "abbreviated")}, 0).items()
    }


def _weekdays() -> dict[str, int]:
    return {
        name: number
        for locale in _LOCALES
        for name, number in _named({w: get_day_names(w, locale=locale) for w in ("wide", "abbreviated")}, 0).items()
    }


@dataclass(frozen=True, slots=True)
class Weekly:
    """A time in the week: 0 is Monday; the wall time of the zone that the schedule names."""

    weekday: int
    at: time


def known_zone(name: str) -> str:
    """The name of a time zone as it came; empty where there is no such zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ""
    return name


def plain_day(typed: str, today: date) -> date | None:
    """The day by the plainest forms; None where it is none of them. Raises ValueError or OverflowError for a day that does not
    exist."""
    text = " ".join(typed.casefold().split())
    if text in _NAMED_DAYS:
        return today + timedelta(days=_NAMED_DAYS[text])
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    bare = " ".join(_FILLERS.sub(" ", text).split()).strip(" .")
    return _duration(bare, today) or _weekday(bare, today) or _calendar(bare, today)


def _duration(text: str, today: date) -> date | None:
    found = _DURATION.fullmatch(f"1 {text}" if text in _UNITS else text)
    if not found or found[2] not in _UNITS:
        return None
    number = int(found[1]) if found[1].isdigit() else _NUMBERS.get(found[1])
    if number is None:
        return None
    days, months = _UNITS[found[2]]
    return today + relativedelta(days=days * number, months=months * number)


def _weekday(text: str, today: date) -> date | None:
    wanted = _weekdays().get(text)
    return None if wanted is None else today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _calendar(text: str, today: date) -> date | None:
    months = _months()
    for pattern, day_at, month_at in ((_NUMERIC, 1, 2), (_DAY_MONTH, 1, 2), (_MONTH_DAY, 2, 1)):
        found = pattern.fullmatch(text)
        if not found:
            continue
        named = found[month_at]
        month = int(named) if named.isdigit() else months.get(named, 0)
        if not month:
            continue
        if found[3]:
            return date(int(found[3]), month, int(found[day_at]))
        return _next_such(int(found[day_at]), month, today)
    return None


def _next_such(day: int, month: int, today: date) -> date:
    for year in range(today.year, today.year + 8):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate >= today:
            return candidate
    raise ValueError("no such day")
