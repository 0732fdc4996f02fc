"""Times of day as they stand in a programme or on an invitation: ``09.00``, ``9:30``, ``kl. 9``, ``9-9.45``, ``2 pm``. Pure.

A whole sentence about time is read in :mod:`bot.times`; here a time is only the beginning of a line, and most lines have none.
"""

import re
from dataclasses import dataclass
from datetime import time

from bot.errors import NotUnderstood, phrase

_FIRST = r"(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?(?!\d|[.:,]\d)(?:\s?(?P<half>am|pm|a\.m\.|p\.m\.)(?!\w))?"
_SECOND = r"(?P<hour2>\d{1,2})(?:[.:](?P<minute2>\d{2}))?(?!\d|[.:,]\d)(?:\s?(?P<half2>am|pm|a\.m\.|p\.m\.)(?!\w))?"
_TO = r"\s*(?:-|–|—|−|til|to)\s*(?:kl\.?\s*)?"
_AT = r"(?P<at>(?:kl(?:okken|\.)?|at|@)\s*)?"
_SPAN = re.compile(rf"{_AT}{_FIRST}(?:{_TO}{_SECOND})?", re.IGNORECASE)
# What was meant as a time and is none: ``25.00``, ``9.7``, ``12,30``, ``8h30``.
_TRIED = re.compile(_AT + r"\d{1,3}\s?[.:,h;]\s?\d{1,3}(?!\d)(?![.,]\d)|(?:kl(?:okken|\.)?)\s*\d", re.IGNORECASE)


# Minutes.
_A_DAY, _LONGEST_NIGHT = 24 * 60, 16 * 60


class NoSuchTime(ValueError):
    """A time was meant, and there is no such time of day."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """A time of day, until another one where that was said; ``rest``: what stands behind them."""

    at: time
    until: time | None
    rest: str


def clocks_in(line: str) -> Clocks | None:
    """The time that a line begins with; None where it begins with none. Raises NoSuchTime for one that cannot be."""
    found = _SPAN.match(line)
    if found is None or not _is_time(found):
        if _TRIED.match(line):
            raise NoSuchTime
        return None
    until = _time(found, "2") if found["hour2"] else None
    halves = found["half"] or (found["half2"] if until is not None and _before_noon(found) else None)
    return Clocks(_time(found, "", halves), until, line[found.end() :])


def read_clock(typed: str) -> time:
    """One time of day. Raises NotUnderstood."""
    try:
        found = clocks_in(" ".join(typed.split()))
    except NoSuchTime:
        found = None
    if found is None or found.until is not None or found.rest.strip(" ."):
        # An hour alone is a time where only a time was asked for.
        bare = typed.strip()
        if re.fullmatch(r"\d{1,2}", bare) and int(bare) < 24:
            return time(int(bare))
        raise NotUnderstood(phrase("I can't read that time. Write it like this: 08.30."))
    return found.at


def read_hours(typed: str) -> tuple[time, time]:
    """From when to when: ``09.00-16.00``, ``kl. 9 til 16``; over midnight where it would end first. Raises NotUnderstood, also
    for a night that is longer than anybody stays: that was meant otherwise."""
    try:
        found = clocks_in(" ".join(typed.split()).removeprefix("fra ").removeprefix("from "))
    except NoSuchTime:
        found = None
    if found is None or found.until is None or found.rest.strip(" ."):
        raise NotUnderstood(phrase("From when to when? Write it like this: 09.00-16.00."))
    night = _A_DAY + _minutes(found.until) - _minutes(found.at)
    if found.until <= found.at and night > _LONGEST_NIGHT:
        raise NotUnderstood(phrase("It would end before it begins. Which hours did you mean?"))
    return found.at, found.until


def _minutes(at: time) -> int:
    return 60 * at.hour + at.minute


def _is_time(found: re.Match[str]) -> bool:
    """An hour alone is one only where the line says so: behind ``kl.``, before ``pm``, or as the first half of a span."""
    return bool(found["minute"] or found["half"] or found["at"] or found["hour2"])


def _before_noon(found: re.Match[str]) -> bool:
    """``9-11 am`` and ``1-3 pm``: both ends are meant; ``9-3 pm`` means only the second."""
    return int(found["hour"]) % 12 < int(found["hour2"]) % 12


def _time(found: re.Match[str], which: str, half: str | None = None) -> time:
    hour, minute = int(found[f"hour{which}"]), int(found[f"minute{which}"] or 0)
    half = half or found[f"half{which}"]
    if half is not None:
        if not 1 <= hour <= 12:
            raise NoSuchTime
        hour = hour % 12 + (12 if half.casefold().startswith("p") else 0)
    try:
        return time(hour, minute)
    except ValueError as error:
        raise NoSuchTime from error
