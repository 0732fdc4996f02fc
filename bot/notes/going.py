"""How what takes long stands: a row, and the one message that shows it. Both change in one transaction, so that whoever waits
sees what is true, also when the process that was at it is gone."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.errors import StorageError
from bot.identity import ScheduleId
from bot.notes.domain import Job, ReadingState
from bot.notes.outgoing import reading_moved, reading_shown
from bot.notes.timing import Due, plan
from bot.ports import Clock, UnitOfWork, Units, WorkspaceDirectory

# Seen so long ago, nobody is at it any more; the longest rest that a platform asks for is shorter.
GONE_AFTER = timedelta(minutes=5)
# Seconds of silence after which another process that may be at it is not: several times what lies between two words of it.
SILENT = 90.0


async def begin(work: UnitOfWork, job: Job, now: datetime) -> ScheduleId:
    """Somebody is at it from now on; where nobody is some minutes after the last word of it, the person is told. Returns by which
    schedule. Nobody sees it yet."""
    await work.notes.put_job(job)
    return await plan(work, Due.READING, job.id, now + GONE_AFTER, job.member, now)


async def put(work: UnitOfWork, job: Job, now: datetime) -> None:
    """Writes down how it stands, and has it shown where it is shown."""
    await work.notes.put_job(job)
    if job.shown:
        await work.deliveries.revise(reading_moved(job, now))


async def show(work: UnitOfWork, job: Job, now: datetime) -> Job:
    """Writes down how it stands, and shows it from now on."""
    if job.shown:
        await put(work, job, now)
        return job
    shown = replace(job, shown=True)
    await work.notes.put_job(shown)
    await work.deliveries.add([reading_shown(shown, now)])
    return shown


async def still_wanted(work: UnitOfWork, job: UUID) -> Job | None:
    """The row, where it is going on and nobody called it off."""
    found = await work.notes.job(job)
    return found if found is not None and found.state is ReadingState.READING else None


async def look_after(work: UnitOfWork, job: UUID, now: datetime) -> None:
    """What nobody has gone on with was stopped with its process; one that goes on is looked after again later."""
    found = await still_wanted(work, job)
    if found is None:
        return
    gone_at = max(found.seen_at, found.rest_until or found.seen_at) + GONE_AFTER
    if gone_at <= now:
        await show(work, replace(found, state=ReadingState.STOPPED), now)
    else:
        await plan(work, Due.READING, job, gone_at, found.member, now)


async def tell_of_left(
    units: Units, directory: WorkspaceDirectory, clock: Clock, *, alone: bool, silent: float = SILENT
) -> None:
    """At the start of a process: what was going on before it and does no longer was left by one that was killed, and whoever
    waits is told. ``alone``: no other process works on this database, so nobody can be at it; else what says nothing for so
    many seconds is taken to be left. What cannot be told now is told when it is looked after."""
    before = clock.now()
    if not alone:
        await asyncio.sleep(silent)
    with suppress(StorageError):
        for workspace in await directory.every():
            async with units(workspace.id) as work:
                left = await work.notes.jobs_seen_before(before)
                # Where the platform asked for a rest, another process may be waiting that long.
                gone = [job for job in left if alone or job.rest_until is None or job.rest_until < before]
                for job in gone:
                    await show(work, replace(job, state=ReadingState.STOPPED), clock.now())
                await work.commit()
