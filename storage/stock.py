"""What the database holds just now, counted across academies for the figures of operations. Ids and times only.

Cheap with any number of rows: what is done with is in no index that is walked here, and sent messages are never counted.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Integer, Select, and_, func, literal_column, or_, select, text

from bot.deliveries.domain import DeliveryState
from bot.introductions.domain import RoundState
from bot.metrics import RoundsStock, Stock
from storage.engine import Database
from storage.outbox_rows import DeliveryRow
from storage.rows import RoundRow, ScheduleRow, WorkspaceRow
from storage.statements import Statements, statements

# Messages that failed longer ago than this are told no more: somebody has seen them, or never will.
LATELY = timedelta(days=7)
# A round a week; one that was longer ago says nothing of today.
_ROUNDS = timedelta(days=35)
# Written out and not parameters: only so do both databases see that the index over open ones fits.
_ON_THEIR_WAY = "deliveries.state IN ('waiting', 'sending')"
_OPEN = "deliveries.state IN ('waiting', 'sending', 'failed', 'doubtful')"


class StoredStock:
    """Implements :class:`bot.metrics.StockTaker`: reads only, holds nobody up."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, now: datetime) -> Stock:
        """The stock at this moment. Raises StorageError."""
        async with statements(self._database, reading=True) as run:
            frozen = await run.all(_frozen())
            academies = await run.first(select(func.count()).select_from(WorkspaceRow)) or 0
            found = await run.triples(_deliveries(now))
            size = "pg_database_size(current_database())"
            if self._database.is_sqlite:
                size = "(SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size())"
            return Stock(
                deliveries={DeliveryState(state): count for state, count, _ in found},
                oldest={DeliveryState(state): oldest for state, _, oldest in found},
                claimable_since=await run.first(_claimable()),
                next_schedule_at=await run.first(_next_schedule()),
                academies=academies - len(frozen),
                frozen=len(frozen),
                rounds=await _rounds(run, now - _ROUNDS),
                size=await run.first(select(literal_column(size, Integer))) or 0,
            )


def _deliveries(now: datetime) -> Select[str, int, datetime]:
    """State, how many, and since when the oldest of them might have gone."""
    wanted = func.coalesce(DeliveryRow.first_tried_at, DeliveryRow.not_before, type_=DeliveryRow.not_before.type)
    lately = or_(text(_ON_THEIR_WAY), DeliveryRow.not_before >= now - LATELY)
    return (
        select(DeliveryRow.state, func.count(), func.min(wanted))
        .where(text(_OPEN), lately, DeliveryRow.workspace_id.not_in(_frozen()))
        .group_by(DeliveryRow.state)
    )


def _claimable() -> Select[datetime | None]:
    due = DeliveryRow.due_at
    return select(func.min(due)).where(due.is_not(None), DeliveryRow.workspace_id.not_in(_frozen()))


def _next_schedule() -> Select[datetime | None]:
    return select(func.min(ScheduleRow.next_at)).where(ScheduleRow.workspace_id.not_in(_frozen()))


async def _rounds(run: Statements, since: datetime) -> RoundsStock | None:
    sent = RoundRow.state.in_((RoundState.OPEN.value, RoundState.CLOSED.value))
    last = (
        select(RoundRow.workspace_id, func.max(RoundRow.number).label("number"))
        .where(sent, RoundRow.opened_at >= since)
        .group_by(RoundRow.workspace_id)
        .subquery()
    )
    query = select(RoundRow).join(
        last, and_(RoundRow.workspace_id == last.c.workspace_id, RoundRow.number == last.c.number)
    )
    rounds = await run.all(query)
    if not rounds:
        return None
    # A round in which nothing could score anything is as good as it could be.
    ratios = [1.0 if row.bound <= 0 else min(1.0, row.score / row.bound) for row in rounds]
    left_out = sum(len(row.left_out) for row in rounds)
    return RoundsStock(len(rounds), min(ratios), sum(ratios) / len(ratios), left_out)


def _frozen() -> Select[UUID]:
    return select(WorkspaceRow.id).where(WorkspaceRow.frozen_at.is_not(None))
