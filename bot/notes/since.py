"""Reads a time that has passed, such as ``monday``, ``09:00``, ``i går`` or ``2 hours ago``. The house's one way to read a time
looks ahead; here it is asked from some way back, and what is nearest to now and not later counts.
"""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.errors import NotUnderstood, phrase
from bot.times import Day, Moment, Reading, Span, Unclear, read_time

# From where one looks ahead: here, a day back for a time of day, a week back for a weekday, a year back for a date.
_BACK = (timedelta(0), timedelta(days=1), timedelta(days=7), timedelta(days=366))
_YESTERDAY = frozenset({"yesterday", "i går", "igår", "i gaar"})
# What says that it has passed: nothing else is meant here anyway.
_AGO = re.compile(r"\s+(?:ago|siden)$|^for\s+(?=\d)|^(?:last|sidste|since|siden|fra|from)\s+", re.IGNORECASE)
# What says that it is still to come.
_AHEAD = re.compile(
    r"^(?:in|om)\s|^(?:the\s+)?day after tomorrow|^i\s+(?:morgen|overmorgen)\b|"
    r"^(?:next|coming|this coming|tomorrow|næste|naeste|kommende|førstkommende)\b",
    re.IGNORECASE,
)
_DANISH_PAST = re.compile(r"^i\s+(\w+dag)s$", re.IGNORECASE)


def read_since(typed: str, now: datetime, zone: ZoneInfo, language: str) -> datetime:
    """When it begins. Raises NotUnderstood."""
    reading = _past(typed, now.astimezone(zone), zone, language)
    return datetime.combine(reading.first, time(), zone) if isinstance(reading, Day) else reading.at


def read_until(typed: str, now: datetime, zone: ZoneInfo, language: str) -> datetime:
    """When it ends: of a day, with it; never later than now. Raises NotUnderstood."""
    reading = _past(typed, now.astimezone(zone), zone, language)
    if isinstance(reading, Day):
        return min(now, datetime.combine(reading.last + timedelta(days=1), time(), zone))
    return reading.at


def _past(typed: str, now: datetime, zone: ZoneInfo, language: str) -> Day | Moment:
    text = " ".join(typed.split())
    if text.casefold() in _YESTERDAY:
        day = now.date() - timedelta(days=1)
        return Day(day, day)
    bare = _DANISH_PAST.sub(r"\1", text)
    while (shorter := _AGO.sub("", bare).strip()) != bare:
        bare = shorter
    if _AHEAD.search(bare) and _is_time(bare, now, zone, language):
        raise _to_come(text)
    ahead = False
    for back in _BACK:
        try:
            understood = read_time(bare, now - back, zone, language)
        except NotUnderstood:
            continue
        readings = understood.readings if isinstance(understood, Unclear) else (understood,)
        found = [one for reading in readings if (one := _before(reading, now, zone)) is not None]
        if found:
            return max(found, key=lambda one: _start(one, zone))
        ahead = ahead or any(isinstance(one, Day | Moment) for one in readings)
    if ahead:
        raise _to_come(text)
    raise NotUnderstood(
        phrase(
            "I can't read that as a time that has passed. Try for example: monday, 09:00, yesterday, or 2 hours ago."
        )
    )


def _is_time(typed: str, now: datetime, zone: ZoneInfo, language: str) -> bool:
    try:
        read_time(typed, now, zone, language)
    except NotUnderstood:
        return False
    return True


def _to_come(typed: str) -> NotUnderstood:
    return NotUnderstood(phrase("{typed} is still to come. Choose a time that has passed, please.", typed=typed))


def _before(reading: Reading, now: datetime, zone: ZoneInfo) -> Day | Moment | None:
    match reading:
        case Day() | Moment():
            return reading if _start(reading, zone) <= now else None
        case Span(months, days, seconds):
            return Moment(now - relativedelta(months=months, days=days) - timedelta(seconds=seconds))
        case _:
            return None


def _start(one: Day | Moment, zone: ZoneInfo) -> datetime:
    return datetime.combine(one.first, time(), zone) if isinstance(one, Day) else one.at
