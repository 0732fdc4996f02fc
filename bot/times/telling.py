"""Says in words what was understood, so that a person sees it before anything happens. What is said can be read back."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Literal, assert_never
from zoneinfo import ZoneInfo

from babel.dates import format_timedelta

from bot.schedules.rules import occurrences
from bot.times.domain import Day, Moment, Reading, Rule, Span
from bot.times.placing import comes_twice
from bot.times.ruletelling import rule_in_words
from bot.words import Words

_SHOWN = 5
_NOW = timedelta(seconds=5)
_DAYS_IN_A_YEAR = 365.2425
_LOCALES = {"da": "da_DK", "en": "en_GB"}


def in_words(reading: Reading, words: Words, now: datetime) -> str:
    """``tirsdag den 3. marts 2026 kl. 14.30 (om 3 måneder)``, in the zone of ``words``."""
    match reading:
        case Moment(at):
            return words.say("{time} ({away})", time=_moment(at, words), away=_away(at, now, words))
        case Day(first, last) if first == last:
            return words.say(
                "{time} ({away})",
                time=words.date(first, "full"),
                away=_in_days((first - now.astimezone(words.zone).date()).days, words),
            )
        case Day(first, last):
            return _days(first, last, words)
        case Span():
            return _span(reading, words)
        case Rule():
            return rule_in_words(reading, words)
        case _:
            assert_never(reading)


def notes_in_words(reading: Reading, words: Words) -> list[str]:
    """What a person should know beside it: what the clocks do there, and a time of day that we chose."""
    if not isinstance(reading, Moment | Rule):
        return []
    notes = [words.tell(note) for note in reading.notes]
    if reading.clock_assumed:
        at = reading.at if isinstance(reading, Moment) else reading.start.time()
        notes.append(words.say("You named no time of day, so I took {clock}.", clock=words.clock(at)))
    return notes


def next_times(rule: Rule, after: datetime, count: int = _SHOWN) -> tuple[datetime, ...]:
    """The next times at which it happens, in its own zone."""
    zone = ZoneInfo(rule.zone)
    due = occurrences(rule.lines(), rule.start, zone, after)
    to_come = (one.at.astimezone(zone) for one in due if one.at > after)
    return tuple(islice(to_come, count))


def _moment(at: datetime, words: Words) -> str:
    local = at.astimezone(words.zone)
    if not comes_twice(local.replace(tzinfo=None, fold=0), words.zone):
        return words.when(at)
    if local.fold:
        return words.say("{time} winter time", time=words.when(at))
    return words.say("{time} summer time", time=words.when(at))


def _away(at: datetime, now: datetime, words: Words) -> str:
    days = (at.astimezone(words.zone).date() - now.astimezone(words.zone).date()).days
    if days > 0:
        return _in_days(days, words)
    passing = at.astimezone(UTC) - now.astimezone(UTC)
    if passing < _NOW:
        return words.say("now")
    unit: Literal["second", "minute"] = "second" if passing < timedelta(minutes=1) else "minute"
    return format_timedelta(
        passing, granularity=unit, threshold=0.85, add_direction=True, locale=_LOCALES[words.language]
    )


def _in_days(days: int, words: Words) -> str:
    if days == 0:
        return words.say("today")
    if days == 1:
        return words.say("tomorrow")
    # The library's year has 365 days.
    return format_timedelta(
        timedelta(days=round(days * 365 / _DAYS_IN_A_YEAR)),
        granularity="day",
        threshold=0.85,
        add_direction=True,
        locale=_LOCALES[words.language],
    )


def _days(first: date, last: date, words: Words) -> str:
    shown = {"first": words.date(first, "full"), "last": words.date(last, "full")}
    week = first.isocalendar()
    if week.weekday == 1 and (last - first).days == 6:
        return words.say("week {week} {year} ({first} to {last})", week=week.week, year=week.year, **shown)
    return words.say("{first} to {last}", **shown)


def _span(span: Span, words: Words) -> str:
    years, months = divmod(span.months, 12)
    weeks, days = divmod(span.days, 7) if span.days % 7 == 0 else (0, span.days)
    hours, seconds = divmod(span.seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    parts = [
        words.count("{number} year", "{number} years", years) if years else "",
        words.count("{number} month", "{number} months", months) if months else "",
        words.count("{number} week", "{number} weeks", weeks) if weeks else "",
        words.count("{number} day", "{number} days", days) if days else "",
        words.count("{number} hour", "{number} hours", hours) if hours else "",
        words.count("{number} minute", "{number} minutes", minutes) if minutes else "",
        words.count("{number} second", "{number} seconds", seconds) if seconds else "",
    ]
    return words.all_of([part for part in parts if part])
