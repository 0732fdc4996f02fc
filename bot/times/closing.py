"""The times that "until Friday" may mean: those that it can be read as, and the end of that day, which many mean."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.times.domain import Day, Moment, Unclear
from bot.times.reading import read_time

_LAST_MINUTE = time(23, 59)


def closing_times(typed: str, unclear: Unclear, now: datetime, zone: ZoneInfo, language: str) -> tuple[datetime, ...]:
    """Those that are still to come, the likeliest first."""
    found = [one.at for one in unclear.readings if isinstance(one, Moment)]
    day = read_time(typed, now, zone, language)
    if isinstance(day, Day) and day.first == day.last:
        found.append(datetime.combine(day.first, _LAST_MINUTE, zone))
    return tuple(at for at in found if at > now)
