"""Quiet hours and days off, by the clock and the calendar where the reader is. Pure.

People are told when they are awake, if the author wishes so. Days off are Saturday, Sunday and the holidays of the country that
the reader's time zone belongs to, as far as they are known (:mod:`bot.announcements.holidays`).
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.announcements.holidays import is_holiday
from bot.schedules.rules import placed

NIGHT_BEGINS, NIGHT_ENDS = time(21), time(7)
# When what waited goes out: later than the night ends, so that nobody is woken by it.
MORNING = time(8)
_SATURDAY = 5


class Waits(StrEnum):
    """For whom an announcement waits: nobody, those for whom it is night, or those for whom it is night or a day off."""

    NO = "no"
    MORNING = "morning"
    WORKDAY = "workday"


def is_night(at: datetime, zone: ZoneInfo) -> bool:
    """Whether people there would rather sleep."""
    clock = at.astimezone(zone).time()
    return clock >= NIGHT_BEGINS or clock < NIGHT_ENDS


def is_day_off(at: datetime, zone: ZoneInfo) -> bool:
    """Whether most people there don't work on that day."""
    return _is_off(at.astimezone(zone).date(), zone)


def awake_from(at: datetime, zone: ZoneInfo, waits: Waits) -> datetime:
    """When somebody there is told what goes out at ``at``: then, or in the next morning that suits."""
    match waits:
        case Waits.NO:
            return at
        case Waits.MORNING:
            return _morning(at, zone, days_off=False) if is_night(at, zone) else at
        case Waits.WORKDAY:
            return _morning(at, zone, days_off=True) if is_night(at, zone) or is_day_off(at, zone) else at
        case _:
            assert_never(waits)


def _morning(at: datetime, zone: ZoneInfo, *, days_off: bool) -> datetime:
    """The first morning from then on; with ``days_off``, of a working day."""
    day = at.astimezone(zone).date()
    return next(
        morning
        for morning, on in ((placed(datetime.combine(on, MORNING), zone), on) for on in _days_from(day))
        if morning >= at and not (days_off and _is_off(on, zone))
    )


def _days_from(day: date) -> Iterable[date]:
    while True:
        yield day
        day += timedelta(days=1)


def _is_off(day: date, zone: ZoneInfo) -> bool:
    return day.weekday() >= _SATURDAY or is_holiday(day, zone)
