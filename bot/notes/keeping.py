"""How long things of case notes are kept, and what happens to them by itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import assert_never
from uuid import UUID

from bot.identity import NoteId
from bot.notes.going import look_after
from bot.notes.people import remove_note
from bot.notes.publishing import open_to_all
from bot.notes.timing import Due, meant
from bot.ports import UnitOfWork
from bot.schedules.domain import Schedule, ScheduleKind
from bot.schedules.service import Expander

# What was taken back can be looked at by its author for a month.
WITHDRAWN_KEPT = timedelta(days=30)
# A reading is only shown while somebody waits for it.
JOBS_KEPT = timedelta(days=2)
# The ledger holds no text; an academy may be asked about it long afterwards.
LEDGER_KEPT = timedelta(days=5 * 366)


def expanders() -> Mapping[ScheduleKind, Expander]:
    """What the timekeeper does when something of a note comes due."""
    return {ScheduleKind.NOTE_DUE: expand_due}


async def expand_due(work: UnitOfWork, schedule: Schedule, now: datetime) -> None:
    """Something comes due; what was answered, taken back or thrown away meanwhile stays as it is."""
    what, id_ = meant(schedule)
    match what:
        case Due.PUBLIC:
            await _open(work, schedule, id_, now)
        case Due.WAITING:
            waits = await work.notes.waiting(NoteId(id_))
            if waits is not None and waits.schedule == schedule.id:
                await work.notes.drop_waiting(NoteId(id_))
        case Due.READING:
            await look_after(work, id_, now)
        case _:
            assert_never(what)


async def forget_notes(work: UnitOfWork, now: datetime) -> int:
    """Drafts that nobody went on with, and what was taken back long ago, go. Returns how many."""
    over = [*await work.notes.expired(now), *await work.notes.withdrawn_before(now - WITHDRAWN_KEPT)]
    found = [note for id_ in over if (note := await work.notes.get(id_)) is not None]
    for note in found:
        await remove_note(work, note)
    return len(found) + await work.notes.forget_before(jobs=now - JOBS_KEPT, sendings=now - LEDGER_KEPT)


async def _open(work: UnitOfWork, schedule: Schedule, note: UUID, now: datetime) -> None:
    found = await work.notes.get(NoteId(note))
    if found is not None and found.schedule == schedule.id:
        await open_to_all(work, found, now)
