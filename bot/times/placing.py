"""From what a clock on the wall shows to a moment: what happens where that hour is missing, or comes twice."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from bot.errors import phrase
from bot.schedules.rules import end_of_gap, exists
from bot.times.domain import Moment


def placed(wall: datetime, zone: ZoneInfo, fold: int | None = None, *, assumed: bool = False) -> tuple[Moment, ...]:
    """The moments at which the wall shows this: one; two where the hour comes twice and nobody said which; for an hour that
    is missing the moment right after it, with a note."""
    if not exists(wall, zone):
        note = phrase(
            "The clocks go forward then, and that time does not exist. It will be right after the missing hour."
        )
        return (Moment(at_offset(end_of_gap(wall, zone), zone), assumed, (note,)),)
    both = tuple(Moment(at_offset(wall.replace(tzinfo=zone, fold=turn), zone), assumed) for turn in (0, 1))
    if both[0] == both[1]:
        return both[:1]
    return both if fold is None else (both[fold],)


def at_offset(at: datetime, zone: ZoneInfo) -> datetime:
    """The same instant with the zone's offset fixed. Two times in one zone compare by what the wall shows, which in the hour that
    comes twice is the same for both; with their offsets they are two."""
    local = at.astimezone(zone)
    return local.replace(tzinfo=timezone(local.utcoffset() or timedelta(0)), fold=0)


def comes_twice(wall: datetime, zone: ZoneInfo) -> bool:
    """Whether the wall shows this a second time, since the clocks go back."""
    first, second = (wall.replace(tzinfo=zone, fold=turn).utcoffset() for turn in (0, 1))
    return first != second and exists(wall, zone)
