"""Looks after an open question each hour: nothing tells us of a card that somebody deleted, or of a channel that was archived; an
edit finds it out.
"""

from datetime import UTC, datetime
from uuid import UUID, uuid5

from bot.identity import MemberId, ScheduleId
from bot.ports import UnitOfWork
from bot.schedules.domain import CatchUp, Schedule, ScheduleKind
from bot.schedules.rules import planned

_QUESTION = "question"
# As its older ones call it: what polls planned before challenges were looked after as well.
_POLL = "poll"
# For a month: who still waits for answers then looks after it.
_RULE = "FREQ=HOURLY;COUNT=720"


async def look_after(work: UnitOfWork, kind: ScheduleKind, question: UUID, author: MemberId, now: datetime) -> None:
    """From now on, until :func:`rest`."""
    schedule = Schedule(
        id=_look_of(question),
        kind=kind,
        zone="UTC",
        start=now.astimezone(UTC).replace(tzinfo=None, microsecond=0),
        rule=_RULE,
        catch_up=CatchUp.ALWAYS,
        details={_QUESTION: str(question)},
        created_by=author,
    )
    await work.schedules.put(planned(schedule, now))


async def rest(work: UnitOfWork, question: UUID) -> None:
    """It is looked after no more; one that never was is fine."""
    await work.schedules.remove(_look_of(question))


def looked_after(schedule: Schedule) -> UUID:
    """Which question a schedule looks after."""
    return UUID(schedule.details.get(_QUESTION) or schedule.details[_POLL])


def _look_of(question: UUID) -> ScheduleId:
    return ScheduleId(uuid5(question, "look"))
