"""The times before messages in plain text, in the ways in which the usual programs write them."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo

_DATE = r"(?P<date>\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\.?)"
_CLOCK = r"(?P<clock>\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d{1,3})?)(?:\s?(?P<half>[AaPp])\.?\s?[Mm]\.?)?"
_BOTH = rf"(?:{_DATE}(?:,?\s+|T|,\s*)(?:kl\.?\s*)?)?{_CLOCK}"
_BRACKETED = re.compile(rf"^\s*\[{_BOTH}\]\s*[-–:]?\s*")
_BRACKETED_DAY = re.compile(rf"^\s*\[{_DATE}\]\s*")
_WITH_DASH = re.compile(rf"^\s*{_BOTH}\s+[-–]\s+")
_BARE = re.compile(rf"^\s*{_BOTH}\s*[:|\t]?\s+(?=[^\W\d_~@+#])")
_AFTER_NAME = re.compile(rf"^(?P<name>[^\W\d_][^:\n\[\]<>!?;.,]{{1,48}}?)\s+[\[(]?{_BOTH}[\])]?\s*$")
_PIECES = re.compile(r"\d+")
# How long a meeting took, as Teams writes it above what was said: the times in it count from its beginning.
_LENGTH = re.compile(r"^\s*(?:\d{1,2}\s?[ht]\s?)?(?:\d{1,2}\s?m\s?)?(?:\d{1,2}\s?s)?\s*$")
_ANY_CLOCK = re.compile(rf"(?<![\d.,:]){_CLOCK}(?![\d:])")
_HEAD = 6  # rows in which a meeting tells how long it took and when it began
_SHORT_YEAR = re.compile(r"[1-9]\d?/[1-9]\d?/\d{2}")
_MOST_DAYS_OF_A_MONTH, _MONTHS = 31, 12
_CENTURY = 2000


class Stamps:
    """Reads the times of one text, in which days and months stand in the same order everywhere. ``day``: of times without one."""

    def __init__(self, rows: Sequence[str], zone: tzinfo, day: datetime | None) -> None:
        self._zone = zone
        self._day = None if day is None else day.date()
        self._month_first = _has_month_first(rows)
        self._began = None if day is None else _began(rows, day)

    def cut(self, row: str) -> tuple[datetime | None, str]:
        """When the message in this row was written, where it says so, and the rest of the row: the very same text where no time
        stands there."""
        found = _stamp(row)
        if found is not None:
            return self._at(found), row[found.end() :]
        day = _BRACKETED_DAY.match(row)
        if day is not None:
            return self._moment(self._date(day["date"]), time()), row[day.end() :]
        after = _AFTER_NAME.match(row)
        if after is None:
            return None, row
        return (self._at(after) if self._began is None else _later(self._began, after["clock"])), after["name"]

    def _at(self, found: re.Match[str]) -> datetime | None:
        day = self._date(found["date"]) if found["date"] else self._day
        clock = _clock(found)
        return None if clock is None else self._moment(day, clock)

    def _moment(self, day: date | None, clock: time) -> datetime | None:
        return None if day is None else datetime.combine(day, clock, self._zone)

    def _date(self, text: str) -> date | None:
        pieces = [int(one) for one in _PIECES.findall(text)]
        if pieces[0] > _MOST_DAYS_OF_A_MONTH:
            year, month, day = pieces
        else:
            first, second = pieces[:2]
            day, month = (second, first) if self._month_first else (first, second)
            year = pieces[2] if len(pieces) > 2 else self._day.year if self._day is not None else 0
        try:
            return date(year + _CENTURY if 0 < year < 100 else year, month, day)
        except ValueError:
            return None


def clock_in(text: str) -> time | None:
    """The first time of day in a text; None where there is none."""
    found = _ANY_CLOCK.search(text)
    return None if found is None else _clock(found)


def _clock(found: re.Match[str]) -> time | None:
    hour, minute, *more = [int(one) for one in _PIECES.findall(found["clock"])]
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] in "pP" else 0)
    try:
        return time(hour, minute, more[0] if more else 0)
    except ValueError:
        return None


def _has_month_first(rows: Sequence[str]) -> bool:
    """Days above the twelfth tell it. Without any it is those who write ``3/4/26, 7:12 PM``."""
    dated = [found for row in rows if (found := _stamp(row)) is not None and found["date"]]
    first = [[int(one) for one in _PIECES.findall(found["date"])][:2] for found in dated]
    if any(one <= _MONTHS < other <= _MOST_DAYS_OF_A_MONTH for one, other in first):
        return True
    day_first = any(_MONTHS < one <= _MOST_DAYS_OF_A_MONTH for one, _ in first)
    return not day_first and any(found["half"] and _SHORT_YEAR.fullmatch(found["date"]) for found in dated)


def _stamp(row: str) -> re.Match[str] | None:
    return next(filter(None, (form.match(row) for form in (_BRACKETED, _WITH_DASH, _BARE))), None)


def _began(rows: Sequence[str], day: datetime) -> datetime | None:
    """When a meeting began whose transcript counts from there; None where the times in it are times of day."""
    head = [row for row in rows if row.strip()][:_HEAD]
    length = next((place for place, row in enumerate(head) if _LENGTH.match(row)), None)
    if length is None:
        return None
    clock = next(filter(None, map(clock_in, head[:length])), None)
    return day if clock is None else datetime.combine(day.date(), clock, day.tzinfo)


def _later(began: datetime, clock: str) -> datetime:
    """``clock``: minutes and seconds, or hours before them."""
    pieces = [int(one) for one in _PIECES.findall(clock)][:3]
    seconds = sum(piece * 60**place for place, piece in enumerate(reversed(pieces)))
    return began + timedelta(seconds=seconds)
