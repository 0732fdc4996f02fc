"""Polls that repeat: a pattern in which nobody votes, and at each of its times a poll of its own."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from bot.announcements.domain import NOW
from bot.errors import NotUnderstood, phrase
from bot.identity import PollId, ScheduleId, new_id
from bot.polls.domain import Poll, PollState
from bot.polls.opening import copied, opened_now
from bot.ports import UnitOfWork
from bot.schedules.domain import CatchUp, Schedule, ScheduleKind
from bot.schedules.rules import planned

_POLL = "poll"


async def made_pattern(work: UnitOfWork, draft: Poll, now: datetime) -> Poll:
    """The draft as a pattern, its first time planned. Raises NotUnderstood where it never comes."""
    plan = draft.repeat or NOW
    start = plan.start or now.astimezone(UTC).replace(tzinfo=None)
    schedule = planned(
        Schedule(
            id=ScheduleId(new_id()),
            kind=ScheduleKind.POLL_REPEAT,
            zone=plan.zone,
            start=start,
            rule=plan.rule,
            catch_up=CatchUp.WITHIN_SIX_HOURS,
            details={_POLL: str(draft.id)},
            created_by=draft.author,
        ),
        now,
    )
    if schedule.next_at is None:
        raise NotUnderstood(phrase("That repeat never happens. Choose another day or interval."))
    await work.schedules.put(schedule)
    pattern = replace(draft, state=PollState.PATTERN, opened_at=now, schedule=schedule.id)
    await work.polls.put(pattern)
    return pattern


async def expand_repeat(work: UnitOfWork, schedule: Schedule, now: datetime) -> None:
    """One more poll after the pattern, open as long as the first one would have been."""
    pattern = await work.polls.get(PollId(UUID(schedule.details[_POLL])))
    if pattern is None or pattern.state is not PollState.PATTERN or pattern.schedule != schedule.id:
        return
    fresh = copied(pattern, pattern.author, now)
    if pattern.closes_at is not None:
        fresh = replace(fresh, closes_at=now + (pattern.closes_at - (pattern.opened_at or pattern.created_at)))
    await opened_now(work, fresh, now)
    if schedule.next_at is None:
        await end_pattern(work, pattern, now)


async def end_pattern(work: UnitOfWork, pattern: Poll, now: datetime) -> Poll:
    """Nothing more comes of it; the polls that were made after it stay."""
    for schedule in filter(None, [pattern.schedule]):
        await work.schedules.remove(schedule)
    await work.polls.remove(pattern.id)
    return replace(pattern, state=PollState.CLOSED, closed_at=now, schedule=None, repeat=None)
