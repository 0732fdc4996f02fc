"""What of a case note happens by itself at a certain time, exactly and after a restart: schedules that come due once."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.identity import MemberId, ScheduleId, new_id
from bot.ports import UnitOfWork
from bot.schedules.domain import Schedule, ScheduleKind
from bot.schedules.rules import planned

_WHAT, _ID = "what", "id"


class Due(StrEnum):
    """What comes due: a note becomes public, what waited for a yes goes, a reading is looked after."""

    PUBLIC = "public"
    WAITING = "waiting"
    READING = "reading"


async def plan(work: UnitOfWork, what: Due, id_: UUID, at: datetime, member: MemberId, now: datetime) -> ScheduleId:
    """It comes due then: at a whole second, since schedules begin at such, and never before its time."""
    at += timedelta(microseconds=-at.microsecond % 1_000_000)
    schedule = Schedule(
        id=ScheduleId(new_id()),
        kind=ScheduleKind.NOTE_DUE,
        zone="UTC",
        start=at.astimezone(UTC).replace(tzinfo=None),
        details={_WHAT: what.value, _ID: str(id_)},
        created_by=member,
    )
    await work.schedules.put(planned(schedule, now))
    return schedule.id


def meant(schedule: Schedule) -> tuple[Due, UUID]:
    """What comes due, and of what."""
    return Due(schedule.details[_WHAT]), UUID(schedule.details[_ID])
