"""Puts the pieces of one cut together: which moments or days they can mean, the likeliest first, none of them in the past."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.errors import Phrase, phrase
from bot.times.clocks import FIRST_SURE_HOUR, hours_in
from bot.times.days import Days, days_of
from bot.times.domain import Day, Moment, Reading, Span, distinct
from bot.times.pieces import Clock, Gone, Here, InZone, Length, Midnight, Now, Part, Piece, Turn
from bot.times.placing import at_offset, comes_twice, placed

# The time of day that stands for a part of it, and the hour at which the part is over.
_ASSUMED = {
    "morning": (8, 10), "forenoon": (10, 12), "noon": (12, 13), "afternoon": (14, 18),
    "late": (16, 18), "evening": (19, 23), "night": (22, 24), "eve": (0, 6),
}  # fmt: skip
ASSUMED_HOURS = {part: start for part, (start, _) in _ASSUMED.items()}
_DAY = timedelta(days=1)
# An hour, a minute and a second of a day; 24 hours and more are of the night that follows.
Hour: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Joined:
    """What the pieces can mean. ``passed``: all of it is over, and the readings are the next such times, if any."""

    readings: tuple[Reading, ...]
    passed: bool = False
    question: Phrase | None = None


def joined(pieces: Sequence[Piece], here: Here, zone: ZoneInfo) -> Joined | None:
    """What the pieces can mean together; None where they do not go together."""
    if any(isinstance(piece, Gone) for piece in pieces):
        return Joined((), passed=True)
    lengths = [piece for piece in pieces if isinstance(piece, Length)]
    clocks = [piece for piece in pieces if isinstance(piece, Clock | Midnight)]
    parts = [piece for piece in pieces if isinstance(piece, Part)]
    turns = [piece for piece in pieces if isinstance(piece, Turn)]
    zones = [piece.zone for piece in pieces if isinstance(piece, InZone)]
    if max(len(lengths), len(clocks), len(parts), len(turns), len(zones)) > 1 or (zones and not clocks):
        return None
    if len(pieces) == 1 and isinstance(pieces[0], Now):
        return Joined((Moment(at_offset(here.now, zone)),))
    if lengths and (not lengths[0].ahead or lengths[0].seconds):
        return _alone(lengths[0], here, zone) if len(pieces) == 1 else None
    days = days_of(pieces, here)
    if days is None or any(isinstance(piece, Now) for piece in pieces):
        return None
    if not clocks and not parts:
        return _whole_days(days, here) if days.rows and not turns else None
    timed = _Timed(here, zones[0] if zones else zone, days, clocks, parts, turns).joined()
    return timed if timed is None or not zones else replace(timed, readings=_in_zone(timed.readings, zone))


def _in_zone(readings: Sequence[Reading], zone: ZoneInfo) -> tuple[Reading, ...]:
    """Moments that another zone's clock told, by the person's own."""
    return tuple(replace(one, at=at_offset(one.at, zone)) for one in readings if isinstance(one, Moment))


def _alone(length: Length, here: Here, zone: ZoneInfo) -> Joined:
    if not length.ahead:
        return Joined((Span(length.months, length.days, length.seconds),))
    return Joined((Moment(later(here.now, Span(length.months, length.days, length.seconds), zone)),))


def later(now: datetime, span: Span, zone: ZoneInfo) -> datetime:
    """When the span is over: months and days by the wall clock, then seconds as they pass."""
    wall = now.replace(tzinfo=None, fold=0) + relativedelta(months=span.months, days=span.days)
    start = placed(wall, zone)[0].at if span.months or span.days else now
    # Adding to a time in a zone moves the hands on the wall; what passes is counted in UTC.
    return at_offset(start.astimezone(UTC) + timedelta(seconds=span.seconds), zone)


def _whole_days(days: Days, here: Here) -> Joined:
    to_come = [Day(first, last) for first, last in days.rows if last >= here.today]
    if to_come:
        return Joined(tuple(to_come), question=days.question)
    first, last = days.rows[0]
    again = _next_year(first, here)
    return Joined((Day(again, again),) if first == last else (), passed=True)


def _next_year(day: date, here: Here) -> date:
    """The same day of a year to come; after the 29th of February the next day, where there is none."""
    years = (here.today.year + ahead for ahead in range(2))
    days = (date(year, 1, 1) + relativedelta(months=day.month - 1, days=day.day - 1) for year in years)
    return next(one for one in days if one > here.today)


def hours_of(clock: Clock | Midnight, part: Part | None, *, on_a_day: bool) -> list[Hour]:
    """The times of day that were meant, the likeliest first; none where the part of the day has no such hour. ``on_a_day``: a day
    was named, so that the night and midnight may be those before it or after it."""
    if isinstance(clock, Midnight):
        if part is not None and part.name not in {"night", "evening"}:
            return []
        return [(24, 0, 0), (0, 0, 0)] if on_a_day else [(24, 0, 0)]
    rest = (clock.minute, clock.second)
    if part is not None:
        hour = hours_in(part.name, clock.hour)
        if hour is None:
            return []
        either = hour >= 24 and on_a_day and not part.today
        return [(hour, *rest), (hour - 24, *rest)] if either else [(hour, *rest)]
    if clock.sure or clock.hour >= FIRST_SURE_HOUR:
        return [(clock.hour, *rest)]
    return [(clock.hour + 12, *rest), (clock.hour, *rest)]


@dataclass(frozen=True, slots=True)
class _Timed:
    """A time of day or a part of the day, with the days it may be on."""

    here: Here
    zone: ZoneInfo
    days: Days
    clocks: Sequence[Clock | Midnight]
    parts: Sequence[Part]
    turns: Sequence[Turn]

    def joined(self) -> Joined | None:
        if any(first != last for first, last in self.days.rows):
            return None
        if self.parts and self.parts[0].bare and not self.days.rows and not self.clocks:
            return None
        if not self.clocks:
            return self._assumed(self.parts[0].name)
        hours = hours_of(self.clocks[0], self.parts[0] if self.parts else None, on_a_day=bool(self.days.rows))
        if not hours:
            return None
        return self._on_days(hours) if self.days.rows else self._on_any_day(hours)

    def _moments(self, day: date, hour: Hour, *, assumed: bool = False) -> list[Moment]:
        """The moments at this hour of the day that are still to come."""
        wall = datetime.combine(day + timedelta(days=hour[0] // 24), time(hour[0] % 24, hour[1], hour[2]))
        found = placed(wall, self.zone, self.turns[0].fold if self.turns else None, assumed=assumed)
        return [moment for moment in found if moment.at > self.here.now]

    def _on_days(self, hours: Sequence[Hour]) -> Joined:
        found = [moment for day, _ in self.days.rows for hour in hours for moment in self._moments(day, hour)]
        if found:
            return self._chosen(found)
        again = [moment for day in self._again() for hour in hours[:1] for moment in self._moments(day, hour)]
        tonight = [moment for hour in hours for moment in self._tonight(hour)]
        return Joined((*tonight, *again[:1]), passed=True)

    def _tonight(self, hour: Hour) -> list[Moment]:
        """``today at nine``, said at ten, may be nine in the evening."""
        clock = self.clocks[0]
        unsure = isinstance(clock, Clock) and not clock.sure and not self.parts
        today = any(day == self.here.today for day, _ in self.days.rows) or not self.days.rows
        return self._moments(self.here.today, (hour[0] + 12, *hour[1:])) if unsure and today and hour[0] < 12 else []

    def _again(self) -> list[date]:
        """The next such day after one that has passed."""
        day = self.days.rows[0][0]
        if self.days.again == "month":
            ahead = (day + relativedelta(months=months) for months in range(1, 4))
            return [one for one in ahead if one.day == day.day][:1]
        if day >= self.here.today - _DAY and self.days.again != "year":
            return [self.here.today, self.here.today + _DAY]
        return [_next_year(day, self.here)]

    def _on_any_day(self, hours: Sequence[Hour]) -> Joined:
        near = [self.here.today + timedelta(days=days) for days in (-1, 0, 1, 2)]
        found = list[Moment]()
        for hour in hours:
            to_come = next(moments for day in near if (moments := self._moments(day, hour)))
            today = to_come[0].at.date() == self.here.today
            found.extend([] if today or len(hours) > 1 else self._tonight(hour))
            found.extend(to_come)
        return self._chosen(found)

    def _assumed(self, part: str) -> Joined:
        start, end = _ASSUMED[part]
        rows = [day for day, _ in self.days.rows] or [self.here.today, self.here.today + _DAY]
        found = [moment for day in rows for moment in self._moments(day, (start, 0, 0), assumed=True)]
        now = self.here.now
        if not found and self.here.today in rows and now.hour < end:
            minutes = (now.hour * 60 + now.minute) // 30 * 30 + 30
            soon = self._moments(self.here.today, (minutes // 60, minutes % 60, 0), assumed=True)
            found = soon if minutes < end * 60 else []
        if found:
            return self._chosen(found if self.days.rows else found[:1])
        again = [moment for day in self._again() for moment in self._moments(day, (start, 0, 0), assumed=True)]
        return Joined(tuple(again[:1]), passed=True)

    def _chosen(self, found: Sequence[Moment]) -> Joined:
        different = distinct(found)
        question = self.days.question
        if len(different) == 2 and all(comes_twice(moment.at.replace(tzinfo=None), self.zone) for moment in different):
            question = phrase("The clocks go back then, so that time comes twice. Which one do you mean?")
        return Joined(different, question=question)
