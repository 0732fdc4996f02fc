"""For those who need one kind of time: a day, a moment, a length, a rule. Another kind becomes a question, or a kind word."""

from datetime import UTC, date, datetime, time, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.errors import NotUnderstood, phrase
from bot.times.domain import Day, Moment, Reading, Rule, Span, Unclear, distinct
from bot.times.joining import later
from bot.times.lexicon import LONGEST, fold
from bot.times.pieces import Here
from bot.times.placing import placed
from bot.times.plain import Weekly, plain_day
from bot.times.points import read_point
from bot.times.reading import read_time
from bot.times.repeats import read_repeat
from bot.times.shapes import CODES
from bot.times.telling import next_times

FARTHEST_YEARS = 5
_MOST_CHOICES = 4
_OFFERED_HOURS = (9, 12, 16)
_USUAL_HOUR = 9
_MINUTE = timedelta(minutes=1)
_UTC = ZoneInfo("UTC")
# A weekly time is the same whenever one asks; this is a Monday.
_ANY_MONDAY = datetime(2024, 1, 1, tzinfo=UTC)


def read_day(typed: str, today: date) -> date:
    """The day that was meant: ``2 uger``, ``in two weeks``, ``tirsdag``, ``1. marts``, ``uge 12``, ``2026-03-01``.

    A weekday or a date without a year is the next one to come; of several days in a row it is the first. Raises NotUnderstood
    for a day that has passed, that does not exist, that is more than five years away, that may be one of several, or that cannot
    be read.
    """
    text = fold(typed)
    try:
        found = plain_day(typed, today) or (_day_of(text, today) if len(typed) <= LONGEST else None)
    except (ValueError, OverflowError) as error:
        raise NotUnderstood(
            phrase("There is no such day in the calendar. Try for example: 2 weeks, or 2026-03-01.")
        ) from error
    if found is None:
        raise NotUnderstood(
            phrase("I can't read that as a day. Try for example: 2 weeks, Tuesday, 1 March, or 2026-03-01.")
        )
    if found < today:
        raise NotUnderstood(phrase("That day has passed. Try for example: 2 weeks, or a date to come."))
    if found > today + relativedelta(years=FARTHEST_YEARS):
        raise NotUnderstood(phrase("That is more than {years} years away. Choose a nearer day.", years=FARTHEST_YEARS))
    return found


def _day_of(text: str, today: date) -> date | None:
    """What the grammar makes of it, whatever the time of day; a day that has passed is given as it is told: yesterday."""
    now = datetime.combine(today, time(), _UTC)
    found = read_point(text, Here(now, "da"), _UTC)
    if found is None:
        return None
    if found.passed:
        return today - timedelta(days=1)
    days = sorted({day for day in (_first_day(reading, now) for reading in found.readings) if day is not None})
    if len(days) > 1:
        either = " / ".join(day.isoformat() for day in days)
        raise NotUnderstood(phrase("That may be one of several days: {days}. Write the one you mean.", days=either))
    return days[0] if days else None


def _first_day(reading: Reading, now: datetime) -> date | None:
    match reading:
        case Moment(at):
            return at.date()
        case Day(first):
            return first
        case Span(seconds=0):
            return later(now, reading, _UTC).date()
        case _:
            return None


def read_weekly(typed: str) -> Weekly:
    """A weekday with a time of day: ``tuesday 09:00``, ``hver tirsdag kl. halv ti``. Raises NotUnderstood for anything else."""
    if len(typed) <= LONGEST:
        rules = _weekly_rules(fold(typed))
        if len(rules) > 1:
            raise NotUnderstood(phrase("Is that in the morning or in the afternoon? Write for example: tuesday 15:00."))
        if rules:
            return rules[0]
    raise NotUnderstood(phrase("I need a weekday and a time, for example: tuesday 09:00."))


def _weekly_rules(text: str) -> list[Weekly]:
    here = Here(_ANY_MONDAY.astimezone(_UTC), "da")
    rules = [rule for rule in _repeats(text, here, _UTC, _MINUTE) if not rule.clock_assumed]
    plain = {f"FREQ=WEEKLY;BYDAY={code}": day for day, code in enumerate(CODES)}
    return [Weekly(plain[rule.rule], rule.start.time()) for rule in rules if rule.rule in plain and not rule.exceptions]


def _repeats(text: str, here: Here, zone: ZoneInfo, shortest: timedelta) -> list[Rule]:
    """A repetition, also where "every" was left out, since nothing else was asked for."""
    return read_repeat(text, here, zone, shortest, None) or read_repeat(f"every {text}", here, zone, shortest, None)


def read_moment(typed: str, now: datetime, zone: ZoneInfo, language: str) -> Moment | Unclear:
    """A point in time. A day alone is a question about the hour, a repetition one about its first time; a length counts from now.
    Raises NotUnderstood as :func:`read_time` does."""
    understood = read_time(typed, now, zone, language)
    match understood:
        case Moment():
            return understood
        case Unclear(question, readings):
            moments = [moment for reading in readings for moment in _moments(reading, now, zone)[:1]]
            return Unclear(question, distinct(moments)[:_MOST_CHOICES])
        case Day():
            return Unclear(phrase("At what time of day?"), _moments(understood, now, zone))
        case Span():
            return _moments(understood, now, zone)[0]
        case Rule():
            return Unclear(phrase("That repeats. Do you mean only the first time?"), _moments(understood, now, zone))
        case _:
            assert_never(understood)


def _moments(reading: Reading, now: datetime, zone: ZoneInfo) -> tuple[Moment, ...]:
    match reading:
        case Moment():
            return (reading,)
        case Day(first):
            walls = (datetime.combine(first, time(hour)) for hour in _OFFERED_HOURS)
            found = tuple(one for wall in walls for one in placed(wall, zone, 0, assumed=True) if one.at > now)
            return found or placed(
                datetime.combine(first + timedelta(days=1), time(_USUAL_HOUR)), zone, 0, assumed=True
            )
        case Span():
            return (Moment(later(now.astimezone(zone), reading, zone)),)
        case Rule():
            return tuple(Moment(at) for at in next_times(reading, now, 1))
        case _:
            assert_never(reading)


def read_span(typed: str, now: datetime, zone: ZoneInfo, language: str) -> Span:
    """How long. Raises NotUnderstood for anything that is no length."""
    understood = read_time(typed, now, zone, language)
    if isinstance(understood, Span):
        return understood
    raise NotUnderstood(phrase("I need to know how long. Try for example: 2 weeks, or an hour and a half."))


def read_rule(
    typed: str,
    now: datetime,
    zone: ZoneInfo,
    language: str,
    *,
    shortest: timedelta = _MINUTE,
    beginning: datetime | None = None,
) -> Rule | Unclear:
    """A repetition; see :func:`read_time` for what may be given beside it. Raises NotUnderstood for anything that is none."""
    understood = read_time(typed, now, zone, language, shortest=shortest, beginning=beginning)
    match understood:
        case Rule():
            return understood
        case Unclear(question, readings) if all(isinstance(reading, Rule) for reading in readings):
            return Unclear(question, readings)
        case _:
            rules = _repeats(fold(typed), Here(now.astimezone(zone), language), zone, shortest)
    if not rules:
        raise NotUnderstood(phrase("I can't read this repeat rule. Try for example: every tuesday 09:00."))
    if len(rules) == 1:
        return rules[0]
    return Unclear(phrase("I can read that in more than one way. Which one do you mean?"), tuple(rules[:_MOST_CHOICES]))
