"""What an academy that moves in with another one has announced: it goes on there, and what went out can still be corrected.

Announcements come along with their schedules, with each time at which they went out, and with the deliveries of those: copies
stand where they stood, whatever academy they belong to.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from bot.deliveries.domain import DeliveryState
from bot.identity import MemberId, WorkspaceId
from bot.schedules.domain import ScheduleKind
from storage.announcement_rows import AnnouncementRow
from storage.lanes import lock_lanes, settle
from storage.outbox_rows import DeliveryRow
from storage.rows import OccurrenceRow, Row, ScheduleRow, table_of
from storage.statements import Statements, in_parts

# How the keys of all deliveries of announcements begin.
_KEYS = "announce:"
_PEOPLE = ("author_id", "asked_by", "decided_by", "created_by")


async def move_announcements(
    run: Statements, there: WorkspaceId, to: WorkspaceId, became: Mapping[MemberId, MemberId]
) -> None:
    """``became``: who each member of ``there`` is now."""
    known: Mapping[UUID, UUID] = {before: after for before, after in became.items() if before != after}
    schedules = table_of(ScheduleRow)
    kept = await run.mappings(
        select(schedules).where(schedules.c.workspace_id == there, schedules.c.kind == ScheduleKind.ANNOUNCEMENT.value)
    )
    announcements = table_of(AnnouncementRow)
    written = await run.mappings(select(announcements).where(announcements.c.workspace_id == there))
    await _put(run, AnnouncementRow, to, [_renamed(row, known) for row in written])
    await _put(run, ScheduleRow, to, [_renamed(row, known) for row in kept])
    hung_on = sorted({row["schedule_id"] for row in written if isinstance(row["schedule_id"], UUID)})
    occurrences = table_of(OccurrenceRow)
    for part in in_parts(hung_on):
        here = (occurrences.c.workspace_id == there, occurrences.c.schedule_id.in_(part))
        await _put(run, OccurrenceRow, to, await run.mappings(select(occurrences).where(*here)))
    await _move_deliveries(run, there, to, known)


async def _move_deliveries(run: Statements, there: UUID, to: UUID, became: Mapping[UUID, UUID]) -> None:
    """Nothing of them is claimable while they move; what is just being sent is asked about once its lease is over."""
    rows = table_of(DeliveryRow)
    found = await run.mappings(select(rows).where(rows.c.workspace_id == there, rows.c.key.startswith(_KEYS)))
    moved = [{**_rewritten(row, became), "due_at": None} for row in found]
    lanes = sorted({str(row["lane"]) for row in moved if row["state"] in _UNFINISHED})
    if lanes:
        await lock_lanes(run, to, lanes)
    await _put(run, DeliveryRow, to, moved)
    await settle(run, to, lanes)


_UNFINISHED = frozenset({DeliveryState.WAITING.value, DeliveryState.SENDING.value})


async def _put(run: Statements, row: type[Row], to: UUID, values: Sequence[Mapping[str, object]]) -> None:
    for part in in_parts(values):
        await run.upsert(row, [{**one, "workspace_id": to} for one in part], renew=False)


def _renamed(row: Mapping[str, object], became: Mapping[UUID, UUID]) -> Mapping[str, object]:
    """With other ids for people."""
    given = {name: row[name] for name in _PEOPLE if name in row}
    return {**row, **{name: became.get(one, one) if isinstance(one, UUID) else one for name, one in given.items()}}


def _rewritten(row: Mapping[str, object], became: Mapping[UUID, UUID]) -> Mapping[str, object]:
    """The same for a delivery, which names people in what it keeps as text."""
    given = {name: str(row[name]) for name in ("key", "lane", "target", "letter")}
    for before, after in became.items():
        given = {name: text.replace(str(before), str(after)) for name, text in given.items()}
    return {**row, **given}
