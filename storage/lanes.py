"""Keeps the rule of the outbox: of each lane, its oldest unfinished delivery and no other can be claimed.

Who may be claimed is written down whenever a lane changes (``due_at``), so that a claim has nothing to work out. Whoever
changes a lane locks its row first; on PostgreSQL two processes would otherwise each see half of a lane and leave it without
anybody to claim. Order of locks everywhere: workspace, lanes by name, deliveries.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Update, bindparam, case, null, select, update

from bot.deliveries.domain import DeliveryState
from storage.outbox_rows import DeliveryRow, LaneRow
from storage.rows import table_of
from storage.statements import Statements, in_parts

ALWAYS_FREE = datetime(1970, 1, 1, tzinfo=UTC)
WAITING = DeliveryState.WAITING.value
SENDING = DeliveryState.SENDING.value


async def lock_lanes(statements: Statements, workspace: UUID, lanes: Sequence[str]) -> None:
    """Makes the lanes' rows where they are missing, and locks them until the transaction ends."""
    values = [{"workspace_id": workspace, "lane": lane, "next_at": ALWAYS_FREE} for lane in sorted(set(lanes))]
    await statements.upsert(LaneRow, values, renew=False)
    await hold_lanes(statements, workspace, lanes)


async def hold_lanes(statements: Statements, workspace: UUID, lanes: Sequence[str]) -> None:
    """Locks lanes that have a delivery, so that their rows are there."""
    for part in in_parts(sorted(set(lanes))):
        await statements.all(
            select(LaneRow.lane)
            .where(LaneRow.workspace_id == workspace, LaneRow.lane.in_(part))
            .order_by(LaneRow.lane)
            .with_for_update()
        )


async def rest(statements: Statements, workspace: UUID, lane: str, until: datetime) -> None:
    """Nothing goes out in this lane before ``until``; an earlier time than the lane has already changes nothing."""
    await statements.write(
        update(LaneRow)
        .where(LaneRow.workspace_id == workspace, LaneRow.lane == lane, LaneRow.next_at < until)
        .values(next_at=until)
    )


async def settle(statements: Statements, workspace: UUID, lanes: Sequence[str]) -> None:
    """Makes the oldest waiting delivery of each of these (locked) lanes claimable, unless one is being sent there."""
    for part in in_parts(sorted(set(lanes))):
        while not await _settle_part(statements, workspace, part):
            continue


async def _settle_part(statements: Statements, workspace: UUID, lanes: Sequence[str]) -> bool:
    # Read first and then changed one by one, by their ids: as one statement, PostgreSQL would read the whole table for as
    # long as it has no statistics of what was just written.
    query = select(LaneRow.lane, _head(), _claimable()).where(
        LaneRow.workspace_id == workspace, LaneRow.lane.in_(lanes)
    )
    found = await statements.triples(query)
    rows = table_of(DeliveryRow)
    no_more = [before for _, head, before in found if before is not None and before != head]
    # One that was claimed since it was read makes its lane a busy one: then everything is read again.
    if await statements.write(_waiting(workspace).values(due_at=None), _each(no_more)) < len(no_more):
        return False
    free_at = select(LaneRow.next_at).where(LaneRow.workspace_id == rows.c.workspace_id, LaneRow.lane == rows.c.lane)
    at = case((rows.c.not_before >= free_at.scalar_subquery(), rows.c.not_before), else_=free_at.scalar_subquery())
    now = [head for _, head, _ in found if head is not None]
    await statements.write(_waiting(workspace).where(rows.c.due_at.is_distinct_from(at)).values(due_at=at), _each(now))
    return True


def _waiting(workspace: UUID) -> Update:
    rows = table_of(DeliveryRow)
    return rows.update().where(
        rows.c.workspace_id == workspace, rows.c.id == bindparam("meant"), rows.c.state == WAITING
    )


def _each(ids: Sequence[UUID]) -> Sequence[Mapping[str, object]]:
    return [{"meant": one} for one in ids]


def _head() -> ColumnElement[UUID | None]:
    oldest = _in_lane(DeliveryRow.state == WAITING).order_by(DeliveryRow.place).limit(1).scalar_subquery()
    busy = _in_lane(DeliveryRow.state == SENDING).exists()
    return case((busy, null()), else_=oldest)


def _claimable() -> ColumnElement[UUID | None]:
    return cast("ColumnElement[UUID | None]", _in_lane(DeliveryRow.due_at.is_not(None)).scalar_subquery())


def _in_lane(which: ColumnElement[bool]) -> Select[UUID]:
    return select(DeliveryRow.id).where(
        DeliveryRow.workspace_id == LaneRow.workspace_id, DeliveryRow.lane == LaneRow.lane, which
    )
