"""When a schedule comes due: pure arithmetic on local wall time.

A rule says what a clock on the wall shows, for that is what people mean by "Tuesdays at nine". The rule is unfolded on wall
time, and each nominal time is then placed in the zone:

- in autumn an hour comes twice: what is planned in it happens once, the first time;
- in spring an hour is missing: what is planned in it happens when it is over (02:30 becomes 03:00), and
  :func:`note_on` says so. Where two nominal times become one instant in this way, the instant counts once;
- rules more frequent than daily run on UTC, so that "every two hours" means just that on those days as well;
- lines ``EXDATE:20261224T090000`` below the rule name times on the wall, or whole days, at which nothing happens. They count
  as times of the rule all the same: ten times but one are nine.

The zone data of tomorrow may differ from today's, so nothing but ``next_at`` is stored, and it is worked out anew each time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import dropwhile, islice, takewhile
from typing import NamedTuple, cast
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from bot.errors import NotUnderstood, Phrase, phrase
from bot.schedules.domain import Schedule

_DAILY_OR_RARER = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_STEPS = {"HOURLY": timedelta(hours=1), "MINUTELY": timedelta(minutes=1)}
_EVERYWHERE = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"})
_BY = frozenset({"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYHOUR", "BYMINUTE"})
_LONGEST_RULE = 300  # characters
_MOST_EXCEPTIONS = 200
_LARGEST = {"INTERVAL": 400, "COUNT": 10_000}
_LAST_YEAR = 9990  # what lies beyond is never reached, and would overflow on its way to UTC
_DAYS_IN = dict(enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), start=1))
_FARTHEST_FROM_UTC = timedelta(days=2)  # more than any zone is, and any gap is long
_TOLD_WHEN = 3  # hours by which a zone may change its mind about a time that is stored already

MISSING_HOUR = phrase("The clocks went forward: that time did not exist, so it happened right after the missing hour.")


class Due(NamedTuple):
    """One occurrence: what the wall clock shows (the key with the schedule), and when that is, in UTC."""

    nominal: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was read: RFC 5545 without its end, and the end. ``until`` is local wall time, the last that counts.

    ``left_out``: wall times as ISO text, or days, at which nothing happens."""

    frequency: str
    interval: int
    body: str
    count: int | None
    until: datetime | None
    left_out: frozenset[str] = frozenset()

    def leaves_out(self, wall: datetime) -> bool:
        """Whether nothing happens at this time, or on this day."""
        return bool(self.left_out) and not self.left_out.isdisjoint((wall.isoformat(), wall.date().isoformat()))


def read_rule(text: str, zone: ZoneInfo) -> Rule:
    """Reads an RFC 5545 rule (``FREQ=WEEKLY;BYDAY=TU``), with lines of ``EXDATE`` below it or none. Raises NotUnderstood with
    what is wrong with it."""
    first, *further = text.strip().splitlines() or [""]
    left_out = frozenset(one for line in further for one in _left_out(line, zone))
    parts = _parts(first)
    frequency = parts.get("FREQ", "")
    if frequency not in _DAILY_OR_RARER and frequency not in _STEPS:
        raise NotUnderstood(phrase("A repeat is yearly, monthly, weekly, daily, hourly or every so many minutes."))
    allowed = _EVERYWHERE | _BY if frequency in _DAILY_OR_RARER else _EVERYWHERE
    for name in parts:
        if name not in allowed:
            raise NotUnderstood(phrase("I can't use {part} in this repeat rule.", part=name[:20]))
    for name, largest in _LARGEST.items():
        if name in parts and not (parts[name].isdecimal() and 1 <= int(parts[name]) <= largest):
            raise NotUnderstood(phrase("{part} is a whole number from 1 to {largest}.", part=name, largest=largest))
    _check_days(parts, frequency)
    until = _until(parts["UNTIL"], zone) if "UNTIL" in parts else None
    body = ";".join(f"{name}={value}" for name, value in parts.items() if name not in {"COUNT", "UNTIL"})
    count = int(parts["COUNT"]) if "COUNT" in parts else None
    rule = Rule(frequency, int(parts.get("INTERVAL", "1")), body, count, until, left_out)
    if frequency in _DAILY_OR_RARER:
        _unfolded(rule, datetime(2000, 1, 1))  # noqa: DTZ001 - wall time; only to see whether the library reads it
    return rule


def read_zone(name: str) -> ZoneInfo:
    """The time zone of this name. Raises NotUnderstood for one that the zone data does not have."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise NotUnderstood(
            phrase("I don't know the time zone {zone}. Try for example: Europe/Copenhagen.", zone=name[:40])
        ) from error


def next_after(schedule: Schedule, after: datetime) -> Due | None:
    """The first occurrence later than ``after``; None when nothing more will come. Raises NotUnderstood for a schedule
    whose rule or zone cannot be read, ValueError for a ``start`` that is not wall time."""
    return next(dropwhile(lambda due: due.at <= after, _occurrences(schedule, after)), None)


def planned(schedule: Schedule, now: datetime) -> Schedule:
    """The schedule with its ``next_at`` as of now. Raises as :func:`next_after` does."""
    due = next_after(schedule, now)
    return replace(schedule, next_at=None if due is None else due.at)


def came_due(schedule: Schedule, now: datetime) -> Sequence[Due]:
    """What came due from ``next_at`` until now, oldest first.

    Where ``next_at`` is no longer a time of this schedule, the zone changed its mind since it was stored (or the rule was
    changed): then the latest one of the last hours counts, if there is one; the nominal time as the key keeps it from
    happening twice.
    """
    if schedule.next_at is None or schedule.next_at > now:
        return ()
    stored = schedule.next_at
    since = stored - timedelta(hours=_TOLD_WHEN)
    recent = takewhile(lambda due: due.at <= now, dropwhile(lambda due: due.at < since, _occurrences(schedule, since)))
    found = tuple(recent)
    kept = tuple(due for due in found if due.at >= stored)
    return kept if kept and kept[0].at == stored else found[-1:]


def note_on(schedule: Schedule, due: Due) -> Phrase | None:
    """What the organiser should know about this occurrence: that its hour does not exist. None for all others."""
    if due.nominal.endswith("Z"):
        return None
    nominal = datetime.fromisoformat(due.nominal)
    if exists(nominal, read_zone(schedule.zone)):
        return None
    return MISSING_HOUR


def instant_of(nominal: str, schedule: Schedule) -> datetime:
    """When a nominal time of this schedule is, in UTC."""
    at = datetime.fromisoformat(nominal)
    return at if at.tzinfo is not None else placed(at, read_zone(schedule.zone))


def over_at(schedule: Schedule) -> datetime | None:
    """The instant from which nothing of this schedule happens any more. None where it has no such moment."""
    if schedule.not_after is None:
        return None
    return placed(schedule.not_after.replace(microsecond=0, fold=0), read_zone(schedule.zone))


def _occurrences(schedule: Schedule, since: datetime) -> Iterator[Due]:
    every = occurrences(schedule.rule, schedule.start, read_zone(schedule.zone), since)
    over = over_at(schedule)
    return every if over is None else takewhile(lambda due: due.at < over, every)


def occurrences(text: str, start: datetime, zone: ZoneInfo, since: datetime) -> Iterator[Due]:
    """All occurrences of a rule (or of one time, if it is empty) in the order of time, each instant once; some from before
    ``since`` may be missing. Raises NotUnderstood for a rule that cannot be read, ValueError for a start with an offset."""
    if start.tzinfo is not None:
        raise ValueError("a schedule starts at wall time, without an offset")
    start = start.replace(microsecond=0, fold=0)
    if not text:
        return iter((_placed(start, zone),))
    rule = read_rule(text, zone)
    if rule.frequency in _STEPS:
        return _in_steps(rule, start, zone, since)
    return _on_the_wall(rule, start, zone, since)


def _on_the_wall(rule: Rule, start: datetime, zone: ZoneInfo, since: datetime) -> Iterator[Due]:
    latest: datetime | None = None
    long_past = since.astimezone(UTC).replace(tzinfo=None) - _FARTHEST_FROM_UTC
    everything = islice(_unfolded(rule, start), rule.count)
    for nominal in dropwhile(lambda nominal: nominal < long_past, everything):
        if nominal.year > _LAST_YEAR:
            return
        due = _placed(nominal, zone)
        if due.at != latest and not rule.leaves_out(nominal):
            latest = due.at
            yield due


def _in_steps(rule: Rule, start: datetime, zone: ZoneInfo, since: datetime) -> Iterator[Due]:
    first = _placed(start, zone).at
    step = _STEPS[rule.frequency] * rule.interval
    last = None if rule.until is None else _placed(rule.until, zone).at
    number = max(0, (since - first) // step)
    while rule.count is None or number < rule.count:
        at = first + number * step
        if at.year > _LAST_YEAR or (last is not None and at > last):
            return
        if not rule.leaves_out(at.astimezone(zone).replace(tzinfo=None, fold=0)):
            yield Due(at.strftime("%Y-%m-%dT%H:%M:%SZ"), at)
        number += 1


def _unfolded(rule: Rule, start: datetime) -> rrule:
    try:
        # One line without a prefix is one rule; only several make a set.
        read = cast(rrule, rrulestr(rule.body, dtstart=start))
    except (ValueError, TypeError, IndexError) as error:
        raise NotUnderstood(phrase("I can't read this repeat rule. Try for example: every tuesday 09:00.")) from error
    return read if rule.until is None else read.replace(until=rule.until)


def placed(nominal: datetime, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which the wall in this zone shows this time; where it never does, the end of the missing hour."""
    return _placed(nominal, zone).at


def _placed(nominal: datetime, zone: ZoneInfo) -> Due:
    key = nominal.isoformat(timespec="seconds")
    if exists(nominal, zone):
        return Due(key, nominal.replace(tzinfo=zone).astimezone(UTC))
    return Due(key, end_of_gap(nominal, zone))


def exists(nominal: datetime, zone: ZoneInfo) -> bool:
    """Whether the wall in this zone ever shows this time."""
    return nominal.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) == nominal


def end_of_gap(nominal: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which the clocks went forward over ``nominal``: between what it is by the offset after the change,
    and by the one before it."""
    early = nominal.replace(tzinfo=zone, fold=1).astimezone(UTC)
    late = nominal.replace(tzinfo=zone, fold=0).astimezone(UTC)
    after = late.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == after:
            late = middle
        else:
            early = middle
    return late


def _parts(text: str) -> Mapping[str, str]:
    pieces = [piece.partition("=") for piece in text.strip().upper().removeprefix("RRULE:").strip(";").split(";")]
    parts = {name.strip(): value.strip() for name, _, value in pieces}
    if (
        len(text) > _LONGEST_RULE
        or len(parts) < len(pieces)
        or not all(name and value for name, value in parts.items())
    ):
        raise NotUnderstood(phrase("I can't read this repeat rule. Try for example: every tuesday 09:00."))
    return parts


def _left_out(line: str, zone: ZoneInfo) -> Iterator[str]:
    """The wall times or days of a line ``EXDATE:...``, as ISO text."""
    name, _, values = line.strip().upper().partition(":")
    days = values.split(",")
    if name.partition(";")[0] != "EXDATE" or len(days) > _MOST_EXCEPTIONS:
        raise NotUnderstood(phrase("I can't read this repeat rule. Try for example: every tuesday 09:00."))
    for value in days:
        wall = _until(value, zone)
        yield wall.isoformat() if "T" in value else wall.date().isoformat()


def _check_days(parts: Mapping[str, str], frequency: str) -> None:
    """Refuses what the library would read as something else, or would search for until the year 9999."""
    if frequency in {"DAILY", "WEEKLY"} and any(sign in parts.get("BYDAY", "") for sign in "0123456789"):
        raise NotUnderstood(phrase("The first or second weekday of something needs a monthly or yearly repeat."))
    if frequency in {"DAILY", "WEEKLY"} and "BYSETPOS" in parts:
        raise NotUnderstood(phrase("I can't use {part} in this repeat rule.", part="BYSETPOS"))
    months, days = _numbers(parts.get("BYMONTH", "")), _numbers(parts.get("BYMONTHDAY", ""))
    if months and days and not any(abs(day) <= _DAYS_IN.get(month, 0) for month in months for day in days):
        raise NotUnderstood(phrase("That repeat never happens. Choose another day or interval."))


def _numbers(text: str) -> list[int]:
    try:
        numbers = [int(number) for number in text.split(",")] if text else []
    except ValueError:
        numbers = [0]
    if 0 in numbers:
        raise NotUnderstood(phrase("I can't read this repeat rule. Try for example: every tuesday 09:00."))
    return numbers


def _until(text: str, zone: ZoneInfo) -> datetime:
    """The last wall time that counts. A bare day counts whole; a time in UTC is put on the wall of the zone."""
    for shape in ("%Y%m%dT%H%M%SZ", "%Y%m%dT%H%M%S", "%Y%m%d"):
        try:
            read = datetime.strptime(text, shape)  # noqa: DTZ007 - wall time, or put into its zone just below
        except ValueError:
            continue
        if shape.endswith("Z"):
            return read.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None, fold=0)
        return read if "T" in shape else read.replace(hour=23, minute=59, second=59)
    raise NotUnderstood(phrase("I can't read the day until which this repeats."))
