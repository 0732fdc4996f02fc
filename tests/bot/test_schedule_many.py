"""Many schedules due at once: one after the other, and those in trouble hold up none of the others."""

from datetime import UTC, datetime, timedelta

from bot.identity import ScheduleId, new_id
from bot.members.domain import WorkspaceOptions
from bot.ports import UnitOfWork
from bot.schedules.domain import Schedule, ScheduleKind
from bot.schedules.service import Timekeeper
from tests.fakes import Memory, StoppedClock

TROUBLED, FINE = 25, 3


async def test_behind_many_in_trouble_the_others_happen(memory: Memory, clock: StoppedClock) -> None:
    here = (await memory.directory.ensure("local", "Akademiet", WorkspaceOptions())).id
    happened: list[ScheduleId] = []

    async def fails(work: UnitOfWork, schedule: Schedule, now: datetime) -> None:
        raise RuntimeError("no")

    async def happens(work: UnitOfWork, schedule: Schedule, now: datetime) -> None:
        happened.append(schedule.id)

    start = clock.now().astimezone(UTC).replace(tzinfo=None)
    kinds = [ScheduleKind.ROUND] * TROUBLED + [ScheduleKind.ANNOUNCEMENT] * FINE
    async with memory.units(here) as work:
        for place, kind in enumerate(kinds):
            at = start + timedelta(seconds=place)
            await work.schedules.put(Schedule(ScheduleId(new_id()), kind, "UTC", at, next_at=at.replace(tzinfo=UTC)))
        await work.commit()
    clock.advance(minutes=1)
    keeper = Timekeeper(
        memory.units, memory.directory, clock, {ScheduleKind.ROUND: fails, ScheduleKind.ANNOUNCEMENT: happens}
    )
    assert await keeper.tick() == TROUBLED + FINE
    assert len(happened) == FINE
    # Until their rest is over, nothing is tried again.
    assert await keeper.tick() == 0
