"""The times before messages in plain text, in the ways in which the usual programs write them."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo

_DATE = r"(?P<date>\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\.?)"
_CLOCK = r"(?P<clock>\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d{1,3})?)(?:\s?(?P<half>[AaPp])\.?\s?[Mm]\.?)?"
_BOTH = rf"(?:{_DATE}(?:,?\s+|T|,\s*)(?:kl\.?\s*)?)?{_CLOCK}"
_BRACKETED = re.compile(rf"^\s*\[{_BOTH}\]\s*[-–:]?\s*")
_BRACKETED_DAY = re.compile(rf"^\s*\[{_DATE}\]\s*")
_WITH_DASH = re.compile(rf"^\s*{_BOTH}\s+[-–]\s+")
_BARE = re.compile(rf"^\s*{_BOTH}\s*[:|\t]?\s+(?=[^\W\d_~@+#])")
_AFTER_NAME = re.compile(rf"^(?P<name>[^\W\d_][^:\n\[\]<>!?;.,]{{1,48}}?)\s+[\[(]?{_BOTH}[\])]?\s*$")
_PIECES = re.compile(r"\d+")
_MOST_DAYS_OF_A_MONTH, _MONTHS = 31, 12
_CENTURY = 2000


class Stamps:
    """Reads the times of one text, in which days and months stand in the same order everywhere. ``day``: of times without one."""

    def __init__(self, rows: Sequence[str], zone: tzinfo, day: datetime | None) -> None:
        self._zone = zone
        self._day = None if day is None else day.date()
        self._month_first = any(self._tells_month_first(row) for row in rows)

    def cut(self, row: str) -> tuple[datetime | None, str]:
        """When the message in this row was written, where it says so, and the rest of the row: the very same text where no time
        stands there."""
        found = next(filter(None, (form.match(row) for form in (_BRACKETED, _WITH_DASH, _BARE))), None)
        if found is not None:
            return self._at(found), row[found.end() :]
        day = _BRACKETED_DAY.match(row)
        if day is not None:
            return self._moment(self._date(day["date"]), time()), row[day.end() :]
        after = _AFTER_NAME.match(row)
        return (None, row) if after is None else (self._at(after), after["name"])

    def _tells_month_first(self, row: str) -> bool:
        found = next(filter(None, (form.match(row) for form in (_BRACKETED, _WITH_DASH, _BARE))), None)
        pieces = [] if found is None or found["date"] is None else [int(one) for one in _PIECES.findall(found["date"])]
        return len(pieces) > 1 and pieces[0] <= _MONTHS < pieces[1] <= _MOST_DAYS_OF_A_MONTH

    def _at(self, found: re.Match[str]) -> datetime | None:
        day = self._date(found["date"]) if found["date"] else self._day
        pieces = [int(one) for one in _PIECES.findall(found["clock"])]
        hour = pieces[0]
        if found["half"]:
            hour = hour % 12 + (12 if found["half"] in "pP" else 0)
        try:
            return self._moment(day, time(hour, pieces[1], pieces[2] if len(pieces) > 2 else 0))
        except ValueError:
            return None

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
