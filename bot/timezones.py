"""A time zone described within a calendar file, in the one form that every calendar program reads.

Outlook takes a zone's two changes of the year as yearly rules, each of one weekday ("the last Sunday of March"), and little
else: a list of dates puts its users an hour off. So a zone is described by such rules wherever they hold for the days that
matter. A zone without them (Morocco goes by the moon) gets each change of those days by itself, which is as true.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Protocol, cast
from zoneinfo import ZoneInfo

from icalendar import Component, Timezone, TimezoneDaylight, TimezoneStandard

# Nowhere did a clock change twice within a week.
_STEP = timedelta(days=7)
_SECOND = timedelta(seconds=1)
_WEEK = 7
_LAST = -1
# A rule that holds so many years ahead is the zone's, and not only that of a few years' dates.
_AHEAD = 10
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# When nothing changes, a zone has had one time since always.
_ALWAYS = "1970-01-01T00:00:00"


@dataclass(frozen=True, slots=True)
class _Change:
    """The clock is put from one offset to another. ``wall``: what it shows just before."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def is_summer(self) -> bool:
        return self.after > self.before


@dataclass(frozen=True, slots=True)
class _Yearly:
    """The ``nth`` such weekday (from 0, Monday) of a month; -1: the last one."""

    month: int
    weekday: int
    nth: int


class _Taking(Protocol):
    """The library's components as far as they are filled here."""

    def add(self, name: str, value: object, parameters: Mapping[str, str] | None = None) -> None: ...


def put(component: Component, name: str, content: object, **parameters: str) -> None:
    """Gives a component of a calendar one more property."""
    cast(_Taking, component).add(name, content, {key.upper(): one for key, one in parameters.items()})


def described(zone: ZoneInfo, first: date, last: date) -> Timezone:
    """The zone by its name, with all that is needed for the times from one day to another."""
    component = Timezone()
    put(component, "tzid", zone.key)
    years = (first.year - 1, max(last.year + 1, first.year + _AHEAD))
    for until in (years[1], last.year + 1):
        changes = _changes(zone, years[0], until)
        rules = _rules(changes, until - years[0] + 1)
        if rules:
            for change, rule in rules:
                component.add_component(_observance(change, rule))
            return component
    for change in _in_effect(zone, first, last):
        component.add_component(_observance(change, None))
    return component


def _changes(zone: ZoneInfo, first: int, last: int) -> list[_Change]:
    """All changes from the beginning of one year to the end of another."""
    found: list[_Change] = []
    at, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    moments = [at + number * _STEP for number in range((end - at) // _STEP + 1)]
    for early, late in pairwise(moments):
        before, after = _offset(zone, early), _offset(zone, late)
        if before != after:
            changed = _between(zone, early, late)
            wall = (changed + before).replace(tzinfo=None)
            found.append(_Change(wall, before, after, changed.astimezone(zone).tzname() or ""))
    return found


def _between(zone: ZoneInfo, early: datetime, late: datetime) -> datetime:
    """The first second of the later offset."""
    before = _offset(zone, early)
    while late - early > _SECOND:
        middle = early + (late - early) // 2
        middle -= timedelta(microseconds=middle.microsecond)
        if _offset(zone, middle) == before:
            early = middle
        else:
            late = middle
    return late


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _rules(changes: Sequence[_Change], years: int) -> Sequence[tuple[_Change, _Yearly]]:
    """The first change to summer and the first one from it, each with its rule; empty where that is not what happens."""
    found: list[tuple[_Change, _Yearly]] = []
    for summer in (True, False):
        these = [change for change in changes if change.is_summer is summer]
        alike = {(one.before, one.after, one.name, one.wall.time(), one.wall.month) for one in these}
        rule = _yearly([one.wall.date() for one in these])
        if len(these) != years or len(alike) != 1 or rule is None:
            return ()
        found.append((these[0], rule))
    return found


def _yearly(days: Sequence[date]) -> _Yearly | None:
    """The rule by which these days come, one a year."""
    weekdays = {day.weekday() for day in days}
    places = {(day.day - 1) // _WEEK + 1 for day in days}
    if len(weekdays) != 1:
        return None
    weekday = weekdays.pop()
    if all((day + timedelta(days=_WEEK)).month != day.month for day in days):
        return _Yearly(days[0].month, weekday, _LAST)
    return _Yearly(days[0].month, weekday, places.pop()) if len(places) == 1 else None


def _in_effect(zone: ZoneInfo, first: date, last: date) -> Iterable[_Change]:
    """The change that the first day stands under, and those until the last one."""
    begins = datetime.combine(first, time())
    ends = datetime.combine(last, time()) + timedelta(days=2)
    changes = [change for change in _changes(zone, first.year - 1, last.year + 1) if change.wall < ends]
    earlier = [change for change in changes if change.wall < begins]
    if earlier:
        return [earlier[-1], *(change for change in changes if change.wall >= begins)]
    at = begins.replace(tzinfo=zone)
    offset = at.utcoffset() or timedelta(0)
    return [_Change(datetime.fromisoformat(_ALWAYS), offset, offset, at.tzname() or ""), *changes]


def _observance(change: _Change, rule: _Yearly | None) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if change.is_summer else TimezoneStandard()
    put(part, "dtstart", change.wall)
    if rule is not None:
        put(part, "rrule", {"freq": "yearly", "bymonth": rule.month, "byday": f"{rule.nth}{_DAYS[rule.weekday]}"})
    put(part, "tzoffsetfrom", change.before)
    put(part, "tzoffsetto", change.after)
    put(part, "tzname", change.name)
    return part
