"""Keeps the rule of the outbox: of each lane, its oldest unfinished delivery and no other can be claimed.

Who may be claimed is written down whenever a lane changes (``due_at``), so that a claim has nothing to work out. Whoever
changes a lane locks its row first; on PostgreSQL two processes would otherwise each see half of a lane and leave it without
anybody to claim. Order of locks everywhere: workspace, lanes by name, deliveries.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, case, exists, select, update
from sqlalchemy.orm import InstrumentedAttribute, aliased

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
        await statements.write(
            update(DeliveryRow)
            .where(
                DeliveryRow.workspace_id == workspace,
                DeliveryRow.lane.in_(part),
                DeliveryRow.due_at.is_not(None),
                DeliveryRow.id != _oldest(DeliveryRow.workspace_id, DeliveryRow.lane),
            )
            .values(due_at=None)
        )
        heads = select(_oldest(LaneRow.workspace_id, LaneRow.lane)).where(
            LaneRow.workspace_id == workspace, LaneRow.lane.in_(part), ~_busy(LaneRow.workspace_id, LaneRow.lane)
        )
        free_at = (
            select(LaneRow.next_at)
            .where(LaneRow.workspace_id == DeliveryRow.workspace_id, LaneRow.lane == DeliveryRow.lane)
            .scalar_subquery()
        )
        await statements.write(
            update(DeliveryRow)
            .where(
                DeliveryRow.workspace_id == workspace,
                DeliveryRow.id.in_(heads),
                DeliveryRow.state == WAITING,
            )
            .values(due_at=case((DeliveryRow.not_before >= free_at, DeliveryRow.not_before), else_=free_at))
        )


def _oldest(workspace: InstrumentedAttribute[UUID], lane: InstrumentedAttribute[str]) -> ScalarSelect[UUID]:
    one = aliased(DeliveryRow)
    return (
        select(one.id)
        .where(one.workspace_id == workspace, one.lane == lane, one.state == WAITING)
        .order_by(one.id)
        .limit(1)
        .scalar_subquery()
    )


def _busy(workspace: InstrumentedAttribute[UUID], lane: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    one = aliased(DeliveryRow)
    return exists(select(one.id).where(one.workspace_id == workspace, one.lane == lane, one.state == SENDING))
