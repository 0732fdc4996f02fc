"""The weekly rule: what an organiser means by "tuesday 09:00", as a schedule and in words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.identity import MemberId, ScheduleId
from bot.schedules.domain import CatchUp, Schedule, ScheduleKind
from bot.schedules.rules import next_after, planned
from bot.times import Weekly
from bot.words import Words

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class WeeklyRule:
    """A round every week at this wall time. ``approval``: an organiser looks at each round before it is sent."""

    when: Weekly
    approval: bool = True


def next_dates(schedule: Schedule, now: datetime, count: int = _SHOWN) -> Sequence[datetime]:
    """The next instants at which the schedule comes due."""
    found: list[datetime] = []
    after = now
    while len(found) < count and (due := next_after(schedule, after)) is not None:
        found.append(due.at)
        after = due.at
    return found


def schedule_of(rule: WeeklyRule, known_as: ScheduleId, zone: str, now: datetime, by: MemberId) -> Schedule:
    """The rule as a schedule that comes due for the first time after ``now``. It is caught up with, however late."""
    local = now.astimezone(ZoneInfo(zone))
    day = local.date() + timedelta(days=(rule.when.weekday - local.weekday()) % 7)
    schedule = Schedule(
        id=known_as,
        kind=ScheduleKind.ROUND,
        zone=zone,
        start=datetime.combine(day, rule.when.at),
        rule=f"FREQ=WEEKLY;BYDAY={_DAYS[rule.when.weekday]}",
        catch_up=CatchUp.ALWAYS,
        details={"approval": "yes" if rule.approval else "no"},
        created_by=by,
    )
    return planned(schedule, now)


def rule_of(schedule: Schedule) -> WeeklyRule:
    """The rule behind a schedule that :func:`schedule_of` made."""
    when = Weekly(schedule.start.weekday(), time(schedule.start.hour, schedule.start.minute))
    return WeeklyRule(when, needs_approval(schedule))


def needs_approval(schedule: Schedule) -> bool:
    """Whether an organiser sends each round; that is the default."""
    return schedule.details.get("approval", "yes") != "no"


def in_words(rule: WeeklyRule, words: Words) -> str:
    """``Every Tuesday at 09:00, and an organiser looks at each round before it is sent.``"""
    day, clock = words.weekday(rule.when.weekday), words.clock(rule.when.at)
    if rule.approval:
        return words.say(
            "Every {weekday} at {clock} I draw a round, and an organiser looks at it before anything is sent.",
            weekday=day,
            clock=clock,
        )
    return words.say("Every {weekday} at {clock} I draw a round and send it by myself.", weekday=day, clock=clock)
