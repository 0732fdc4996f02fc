"""Reads a repetition into RFC 5545 rules, with the first time on the wall, its end and its exceptions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from bot.errors import NotUnderstood, Phrase, phrase
from bot.schedules.rules import exists, occurrences
from bot.schedules.rules import read_rule as check_rule
from bot.times.clauses import Clauses, clauses_of
from bot.times.domain import Day, Moment, Reading, Rule, Span, distinct
from bot.times.joining import ASSUMED_HOURS, Hour, hours_of, later
from bot.times.lexicon import MONTHS, AnyOf, compiled
from bot.times.pieces import Clock, Here, Length, Midnight, Part, cuts
from bot.times.placing import comes_twice, placed
from bot.times.points import read_point
from bot.times.repeatwords import REPEAT_PATTERNS, in_ranges, only_weekdays
from bot.times.shapes import Shape, shapes_of

_USUAL_HOUR = 9
_MOST_EXCEPTIONS = 100
_LOOKED_AHEAD = 400  # occurrences, for what the clocks do to them
_MONTH = rf"(?:i |in )?({AnyOf(MONTHS)})"
_ANY_MONTH = r"(?:i|of) (?:maaneden|the month)"
_ITEMS = re.compile(r" , (?:og |and )?| og | and | samt ")
_LARGEST = 100_000
_STEPS = frozenset({"MINUTELY", "HOURLY"})


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a repetition may take its day and time from, if it names none: the first time that was said elsewhere."""

    day: date
    at: time | None = None


def read_repeat(text: str, here: Here, zone: ZoneInfo, shortest: timedelta, first: Beginning | None) -> list[Rule]:
    """The rules that the folded text can mean; none where it is no repetition. Raises NotUnderstood with what is wrong: it never
    happens, happens too often, ends before it begins, or its day was not said."""
    clauses = clauses_of(in_ranges(text))
    if clauses is None:
        return []
    reading = _Reading(here, zone, shortest, clauses, _beginning(clauses.start, here, zone) or first)
    cheapest: int | None = None
    found: list[Rule] = []
    for cost, pieces in cuts(clauses.head, REPEAT_PATTERNS, here).ways:
        if cheapest is not None and cost > cheapest:
            break
        for shape in shapes_of(pieces):
            rules = reading.rules(
                shape,
                [piece for piece in pieces if isinstance(piece, Clock | Midnight)],
                [piece for piece in pieces if isinstance(piece, Part)],
            )
            found.extend(rules)
            cheapest = cost if rules else cheapest
    return list(distinct(found))


def _beginning(text: str, here: Here, zone: ZoneInfo) -> Beginning | None:
    if not text:
        return None
    match _said(text, here, zone):
        case Moment(at, assumed):
            return Beginning(at.date(), None if assumed else at.time())
        case Day(first):
            return Beginning(first)
        case _:
            raise NotUnderstood(
                phrase("I can't read the day from which this repeats. Write the date, such as 1/6-2027.")
            )


def _has_passed(text: str, here: Here, zone: ZoneInfo) -> bool:
    found = read_point(text, here, zone)
    return found is not None and found.passed


def _said(text: str, here: Here, zone: ZoneInfo) -> Reading | None:
    """The one thing that a clause means; None where there is none or several, or it has passed. Raises NoSuchDay."""
    found = read_point(text, here, zone)
    if found is None or found.passed or len(found.readings) != 1:
        return None
    return found.readings[0]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One repetition being read: what all its possible rules have in common."""

    here: Here
    zone: ZoneInfo
    shortest: timedelta
    clauses: Clauses
    beginning: Beginning | None

    def rules(self, shape: Shape, clocks: Sequence[Clock | Midnight], parts: Sequence[Part]) -> list[Rule]:
        """The rules of this shape, one for each time of day that may be meant."""
        if max(len(clocks), len(parts)) > 1 or (shape.frequency in _STEPS and (clocks or parts)):
            return []
        self._check_often(shape)
        shape = self._reduced(shape)
        if shape.frequency in _STEPS:
            return [self._rule(shape, self._steps_from(shape))]
        if shape.needs_day and self.beginning is None:
            raise NotUnderstood(
                phrase("On which day? Say for example: every tuesday 09:00, or every month on the 15th.")
            )
        if not clocks:
            assumed, hour = self._assumed(parts)
            return [replace(self._rule(shape, self._from(shape, hour)), clock_assumed=assumed)]
        hours = hours_of(clocks[0], parts[0] if parts else None, on_a_day=False)
        # "Every Monday at 2 at night" is Monday's; "Monday night at 2" and midnight may be on Tuesday.
        own_day = shape.frequency == "DAILY" or (parts and not parts[0].bare and all(hour[0] != 24 for hour in hours))
        if not own_day and any(hour[0] >= 24 for hour in hours):
            return []
        return [self._rule(shape, self._from(shape, (hour[0] % 24, *hour[1:]))) for hour in hours]

    def _check_often(self, shape: Shape) -> None:
        steps = {"SECONDLY": timedelta(0), "MINUTELY": timedelta(minutes=1), "HOURLY": timedelta(hours=1)}
        if shape.frequency in steps and steps[shape.frequency] * min(shape.interval, _LARGEST) < self.shortest:
            raise NotUnderstood(phrase("That is more often than anybody would like. Choose a longer time in between."))

    def _assumed(self, parts: Sequence[Part]) -> tuple[bool, Hour]:
        if parts:
            return True, (ASSUMED_HOURS[parts[0].name], 0, 0)
        if self.beginning is not None and self.beginning.at is not None:
            return False, (self.beginning.at.hour, self.beginning.at.minute, self.beginning.at.second)
        return True, (_USUAL_HOUR, 0, 0)

    def _steps_from(self, shape: Shape) -> datetime:
        """Every so many minutes or hours begins when that was said, else one such time from now."""
        if self.beginning is not None:
            return datetime.combine(self.beginning.day, self.beginning.at or time(_USUAL_HOUR))
        unit = timedelta(minutes=1) if shape.frequency == "MINUTELY" else timedelta(hours=1)
        at = (self.here.now.astimezone(UTC) + unit * min(shape.interval, _LARGEST)).astimezone(self.zone)
        return at.replace(tzinfo=None, second=0, microsecond=0, fold=0)

    def _from(self, shape: Shape, hour: Hour) -> datetime:
        """The first time on the wall that the rule has, from its beginning or from now on."""
        day = self.here.today if self.beginning is None else max(self.beginning.day, self.here.today)
        start = datetime.combine(day, time(*hour))
        if shape.is_free:
            return start if placed(start, self.zone)[0].at > self.here.now else start + timedelta(days=1)
        to_come = occurrences(shape.text(interval=False), start, self.zone, self.here.now)
        first = next(due for due in to_come if due.at > self.here.now)
        return datetime.fromisoformat(first.nominal)

    def _rule(self, shape: Shape, start: datetime) -> Rule:
        text = shape.starting(start).text() + self._end(start)
        check_rule(text, self.zone)
        rule = self._with_exceptions(Rule(start, self.zone.key, text))
        if next(occurrences(rule.lines(), start, self.zone, self.here.now), None) is None:
            raise NotUnderstood(phrase("That repeat never happens. Choose another day or interval."))
        return replace(rule, notes=(*rule.notes, *notes_on(rule)))

    def _end(self, start: datetime) -> str:
        """``COUNT`` or ``UNTIL``; a day counts whole, and so many weeks end just before the next would begin."""
        clauses = self.clauses
        if clauses.count is not None:
            return f";COUNT={clauses.count}"
        if clauses.during is not None:
            last = self._over(start, clauses.during)
        elif clauses.end:
            last = self._last(clauses.end)
        else:
            return ""
        if last < start.replace(tzinfo=self.zone):
            raise NotUnderstood(phrase("It would end before it begins. Choose a later end."))
        return f";UNTIL={last.astimezone(UTC):%Y%m%dT%H%M%SZ}"

    def _over(self, start: datetime, during: Length) -> datetime:
        """The last minute of so much time, or the last day of it."""
        length = Span(during.months, during.days, during.seconds)
        end = later(start.replace(tzinfo=self.zone), length, self.zone)
        if during.seconds:
            return end - timedelta(minutes=1)
        return datetime.combine(end.date() - timedelta(days=1), time(23, 59, 59), self.zone)

    def _last(self, text: str) -> datetime:
        match _said(text, self.here, self.zone):
            case Moment(at):
                return at
            case Day(first, last) if first == last or self.clauses.end_included:
                return datetime.combine(last, time(23, 59, 59), self.zone)
            case _ if _has_passed(text, self.here, self.zone):
                raise NotUnderstood(phrase("The day until which this repeats has passed. Choose a later end."))
            case _:
                raise NotUnderstood(phrase("I can't read the day until which this repeats."))

    def _items(self) -> list[str]:
        return [item for item in _ITEMS.split(self.clauses.left_out) if item]

    def _month(self, item: str) -> int | None:
        """The month that is always left out; "jul" is Christmas in Danish."""
        found = compiled(_MONTH).fullmatch(item)
        return None if found is None or (found[1] == "jul" and self.here.language == "da") else MONTHS[found[1]]

    def _reduced(self, shape: Shape) -> Shape:
        """Without the weekdays and months that are always left out: "every weekday except Wednesday"."""
        days = {day for item in self._items() for day in only_weekdays(item)}
        months = {month for item in self._items() if (month := self._month(item))}
        return shape.without(days, months)

    def _with_exceptions(self, rule: Rule) -> Rule:
        """The rule with the days that were left out; one on which nothing would happen anyway is told."""
        out: list[datetime] = []
        notes: list[Phrase] = []
        for item in self._items():
            if only_weekdays(item) or self._month(item):
                continue
            walls = self._walls_on(item, rule)
            if not walls:
                notes.append(phrase("On one of the days that you leave out it would not happen anyway."))
            out.extend(walls)
        return replace(rule, exceptions=tuple(sorted(set(out))), notes=tuple(notes[:1]))

    def _walls_on(self, item: str, rule: Rule) -> list[datetime]:
        # "Except the first of the month" is said of every month, or of its first Tuesday: nobody knows.
        match None if compiled(_ANY_MONTH).search(item) else _said(item, self.here, self.zone):
            case Day(first, last):
                since, end = (
                    datetime.combine(first, time(), self.zone),
                    datetime.combine(last, time(23, 59, 59), self.zone),
                )
            case Moment(at):
                since = end = at
            case _:
                raise NotUnderstood(
                    phrase("I can't read the days that you leave out. Write dates, such as 24/12-2026.")
                )
        every = occurrences(rule.rule, rule.start, self.zone, since)
        walls = [
            due.at.astimezone(self.zone).replace(tzinfo=None, fold=0)
            if due.nominal.endswith("Z")
            else datetime.fromisoformat(due.nominal)
            for due in islice(takewhile(lambda due: due.at <= end, every), _MOST_EXCEPTIONS + 1)
            if due.at >= since
        ]
        if len(walls) > _MOST_EXCEPTIONS:
            raise NotUnderstood(phrase("Those are more exceptions than I can remember. Choose an end instead."))
        return walls


def notes_on(rule: Rule) -> tuple[Phrase, ...]:
    """What a reader should know about a rule: days that not every month has, and what the clocks do to its hour in the year to
    come."""
    notes: list[Phrase] = []
    if any(f"BYMONTHDAY={day}" in rule.rule for day in (29, 30, 31)) and "FREQ=MONTHLY" in rule.rule:
        notes.append(phrase("Months that do not have that day are passed over."))
    zone = ZoneInfo(rule.zone)
    upcoming = islice(occurrences(rule.rule, rule.start, zone, rule.start.replace(tzinfo=zone)), _LOOKED_AHEAD)
    walls = [datetime.fromisoformat(due.nominal) for due in upcoming if not due.nominal.endswith("Z")]
    if any(not exists(wall, zone) for wall in walls):
        notes.append(phrase("Where the clocks go forward over that hour, it happens right after it."))
    if any(comes_twice(wall, zone) for wall in walls):
        notes.append(phrase("Where the clocks go back and that hour comes twice, it happens the first time."))
    return tuple(notes)
