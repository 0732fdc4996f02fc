"""Reads a period of the past as people type it: ``2025``, ``2026-03``, ``marts 2026``, ``last month`` or a day since when."""

import re
from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.errors import NotUnderstood, phrase
from bot.notes.since import read_since

_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH = re.compile(r"((?:19|20)\d\d)-(\d\d?)")


def read_period(typed: str, now: datetime, zone: ZoneInfo, language: str) -> tuple[date | None, date | None]:
    """The first and the last day, None where it is open. Raises NotUnderstood."""
    text = " ".join(typed.split())
    if not text:
        return None, None
    if _YEAR.fullmatch(text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    month = _MONTH.fullmatch(text)
    if month and 1 <= int(month[2]) <= 12:
        year, number = int(month[1]), int(month[2])
        return date(year, number, 1), date(year, number, monthrange(year, number)[1])
    try:
        return read_since(text, now, zone, language).date(), None
    except NotUnderstood as error:
        raise NotUnderstood(
            phrase("Name the period as a year, as 2026-03, or since when, such as: since monday.")
        ) from error
