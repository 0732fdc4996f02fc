"""Keeps the rule of the outbox: of each lane, its oldest unfinished delivery and no other can be claimed.

Who may be claimed is written down whenever a lane changes (``due_at``), so that a claim has nothing to work out. Whoever
changes a lane locks its row first; on PostgreSQL two processes would otherwise each see half of a lane and leave it without
anybody to claim. Order of locks everywhere: workspace, lanes by name, deliveries.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Update, case, null, select, update

from bot.deliveries.domain import DeliveryState
from storage.outbox_rows import DeliveryRow, LaneRow
from storage.statements import Statements, in_parts

ALWAYS_FREE = datetime(1970, 1, 1, tzinfo=UTC)
WAITING = DeliveryState.WAITING.value
SENDING = DeliveryState.SENDING.value


async def lock_lanes(statements: Statements, workspace: UUID, lanes: Sequence[str]) -> None:
    """Makes the lanes' rows where they are missing, and locks them until the transaction ends."""
    values = [{"workspace_id": workspace, "lane": lane, "next_at": ALWAYS_FREE} for lane in sorted(set(lanes))]
    await statements.upsert(LaneRow, values, renew=False)
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
    # Read first and then changed by id: as one statement, PostgreSQL reads the whole table where it knows no better.
    query = select(LaneRow.lane, _head(), _claimable()).where(
        LaneRow.workspace_id == workspace, LaneRow.lane.in_(lanes)
    )
    found = await statements.triples(query)
    no_more = [before for _, head, before in found if before is not None and before != head]
    # One that was claimed since it was read makes its lane a busy one: then everything is read again.
    if no_more and await statements.write(_waiting(workspace, no_more).values(due_at=None)) < len(no_more):
        return False
    now = [head for _, head, _ in found if head is not None]
    if now:
        free_at = (
            select(LaneRow.next_at)
            .where(LaneRow.workspace_id == DeliveryRow.workspace_id, LaneRow.lane == DeliveryRow.lane)
            .scalar_subquery()
        )
        due_at = case((DeliveryRow.not_before >= free_at, DeliveryRow.not_before), else_=free_at)
        await statements.write(_waiting(workspace, now).values(due_at=due_at))
    return True


def _waiting(workspace: UUID, ids: Sequence[UUID]) -> Update:
    # "None of the other states" and not "waiting": the ids shall lead to the rows, not an index over states.
    others = [state.value for state in DeliveryState if state is not DeliveryState.WAITING]
    return update(DeliveryRow).where(
        DeliveryRow.workspace_id == workspace, DeliveryRow.id.in_(ids), DeliveryRow.state.not_in(others)
    )


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
