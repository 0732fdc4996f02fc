"""The outbox's engine room: claims deliveries and records what became of them, across workspaces.

There is no leader and no heartbeat. A claim is one statement; PostgreSQL's ``SKIP LOCKED`` lets several processes claim at
once, SQLite has one writer at a time. Whoever holds a claim has it for one lease; after that the sweep brings it back.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select, tuple_, update
from sqlalchemy.sql.dml import ReturningUpdate

from bot.deliveries.domain import DeliveryState, Letter, LetterTable
from bot.deliveries.outbox import Claim
from bot.identity import Address, WorkspaceId
from storage.engine import Database
from storage.lanes import SENDING, WAITING, hold_lanes, rest, settle
from storage.outbox_mapping import delivery_from
from storage.outbox_rows import DeliveryRow, LaneRow
from storage.rows import WorkspaceRow
from storage.statements import MANY, Statements, statements

_ENDED = frozenset({DeliveryState.FAILED, DeliveryState.DOUBTFUL, DeliveryState.CANCELLED})
_UNREADABLE = "unreadable"
# A letter of a newer version waits for a process of that version: so long in all, looked at so often.
_OTHERS_COME, _LOOKS_AGAIN = timedelta(hours=1), timedelta(seconds=10)
_TOO_LATE = "too_late"
_LEASE_OVER = "lease_over"
_NO_HOLDER = {"owner": None, "lease_until": None, "due_at": None}


class StoredOutbox:
    """Implements :class:`bot.ports.Outbox`. Each method is one short transaction."""

    def __init__(self, database: Database, letters: LetterTable) -> None:
        self._database = database
        self._letters = letters

    async def claim(
        self, owner: str, now: datetime, lease: timedelta, limit: int, *, but_not: Collection[WorkspaceId] = ()
    ) -> Sequence[Claim]:
        """Takes the oldest unfinished delivery of each free lane that is due, but for frozen workspaces. What is past its
        ``not_after`` is left to the sweep. What this version does not know is left to a newer one, which may be coming just
        now; if none has come after an hour, it is ended, so that its lane goes on."""
        lease_until = now + lease
        async with statements(self._database) as run:
            rows = await run.all(_claiming(owner, now, lease_until, limit, but_not))
            claims = [
                Claim(WorkspaceId(row.workspace_id), delivery_from(row, self._letters), owner, lease_until, row.doubt)
                for row in sorted(rows, key=lambda row: (row.not_before, row.id))
            ]
            if rows:
                await run.commit()
        unreadable = [claim for claim in claims if type(claim.delivery.letter) is Letter]
        for claim in unreadable:
            if now - (claim.delivery.first_tried_at or now) < _OTHERS_COME:
                await self.later(claim, now + _LOOKS_AGAIN, _UNREADABLE)
            else:
                await self.ended(claim, DeliveryState.FAILED, _UNREADABLE, now)
        return [claim for claim in claims if claim not in unreadable]

    async def still_mine(self, claim: Claim, now: datetime) -> bool:
        """Whether the lease still holds and the workspace is not frozen; asked just before posting."""
        async with statements(self._database, reading=True) as run:
            held = select(DeliveryRow.id).where(_held(claim), DeliveryRow.lease_until > now, _not_frozen())
            return await run.first(held) is not None

    async def sent(self, claim: Claim, message: Address | None, now: datetime, lane_rests: timedelta) -> None:
        """It has arrived. That is a fact whoever holds the claim by now, so it counts even after the lease."""
        async with statements(self._database) as run:
            await hold_lanes(run, claim.workspace, (claim.delivery.lane,))
            changed = await run.write(
                update(DeliveryRow)
                .where(_meant(claim), DeliveryRow.state != DeliveryState.SENT.value)
                .values(
                    state=DeliveryState.SENT.value,
                    sent_at=now,
                    error="",
                    doubt=False,
                    message_platform=None if message is None else message.platform,
                    message_value=None if message is None else message.value,
                    **_NO_HOLDER,
                )
            )
            if not changed:
                return
            await rest(run, claim.workspace, claim.delivery.lane, now + lane_rests)
            await settle(run, claim.workspace, (claim.delivery.lane,))
            await run.commit()

    async def later(
        self,
        claim: Claim,
        at: datetime,
        error: str,
        *,
        lane_rests_until: datetime | None = None,
        doubt: bool = False,
    ) -> None:
        """Back to ``WAITING``; ``not_before`` becomes ``at``. Nothing happens if somebody else has the claim by now, but the
        lane rests all the same: the platform said so."""
        waiting = {"state": WAITING, "not_before": at, "error": error, **_NO_HOLDER}
        async with statements(self._database) as run:
            await hold_lanes(run, claim.workspace, (claim.delivery.lane,))
            if lane_rests_until is not None:
                await rest(run, claim.workspace, claim.delivery.lane, lane_rests_until)
            await run.write(
                update(DeliveryRow).where(_held(claim)).values(waiting | ({"doubt": True} if doubt else {}))
            )
            await settle(run, claim.workspace, (claim.delivery.lane,))
            await run.commit()

    async def ended(
        self,
        claim: Claim,
        state: DeliveryState,
        error: str,
        now: datetime,  # noqa: ARG002 - the port's; a named end needs no time of its own here
    ) -> None:
        """A named end; nothing happens if somebody else has the claim by now."""
        if state not in _ENDED:
            raise ValueError("a delivery ends failed, doubtful or cancelled")
        async with statements(self._database) as run:
            await hold_lanes(run, claim.workspace, (claim.delivery.lane,))
            await run.write(
                update(DeliveryRow).where(_held(claim)).values(state=state.value, error=error, **_NO_HOLDER)
            )
            await settle(run, claim.workspace, (claim.delivery.lane,))
            await run.commit()

    async def sweep(self, now: datetime) -> int:
        """Brings back what a crash left, as doubted, and ends what is too late: ``FAILED`` if it was surely never sent,
        otherwise ``DOUBTFUL``."""
        swept = 0
        while True:
            async with statements(self._database, reading=True) as look:
                found = await look.pairs(_overdue(now))
            if not found:
                return swept
            lanes: defaultdict[UUID, set[str]] = defaultdict(set)
            for workspace, lane in found:
                lanes[workspace].add(lane)
            changed = 0
            for workspace, names in sorted(lanes.items()):
                changed += await self._sweep_lanes(workspace, sorted(names), now)
            swept += changed
            # Where all the lanes are locked by others, the next sweep is early enough.
            if not changed:
                return swept

    async def left_behind(self, now: datetime) -> int:
        """At the start of the one process that a SQLite file has: what is ``SENDING`` was left by one that died, so its
        lease ends now and the next sweep brings it back. On PostgreSQL others may be sending, so leases run out there."""
        if not self._database.is_sqlite:
            return 0
        async with statements(self._database) as run:
            found = await run.write(update(DeliveryRow).where(DeliveryRow.state == SENDING).values(lease_until=now))
            await run.commit()
            return found

    async def next_due(self) -> datetime | None:
        """When the earliest claimable delivery is due."""
        async with statements(self._database, reading=True) as run:
            due = select(func.min(DeliveryRow.due_at)).where(DeliveryRow.due_at.is_not(None), _not_frozen())
            return await run.first(due)

    async def _sweep_lanes(self, workspace: UUID, lanes: Sequence[str], now: datetime) -> int:
        async with statements(self._database) as run:
            # Skipping locked lanes: a unit of work that holds one lane and wants another must not wait for a sweep that
            # has the other and wants the one.
            free = await run.all(
                select(LaneRow.lane)
                .where(LaneRow.workspace_id == workspace, LaneRow.lane.in_(lanes))
                .order_by(LaneRow.lane)
                .with_for_update(skip_locked=True)
            )
            if not free:
                return 0
            here = and_(DeliveryRow.workspace_id == workspace, DeliveryRow.lane.in_(free))
            back = await run.write(
                update(DeliveryRow)
                .where(here, _lease_over(now))
                .values(state=WAITING, doubt=True, error=_LEASE_OVER, **_NO_HOLDER)
            )
            doubtful = await self._end_late(run, here, now, DeliveryState.DOUBTFUL, doubt=True)
            failed = await self._end_late(run, here, now, DeliveryState.FAILED, doubt=False)
            await settle(run, workspace, free)
            await run.commit()
            return back + doubtful + failed

    @staticmethod
    async def _end_late(
        run: Statements, here: ColumnElement[bool], now: datetime, state: DeliveryState, *, doubt: bool
    ) -> int:
        late = and_(here, _too_late(now), DeliveryRow.doubt.is_(doubt))
        return await run.write(update(DeliveryRow).where(late).values(state=state.value, error=_TOO_LATE, **_NO_HOLDER))


def _claiming(
    owner: str, now: datetime, lease_until: datetime, limit: int, but_not: Collection[WorkspaceId]
) -> ReturningUpdate[DeliveryRow]:
    due = (
        select(DeliveryRow.workspace_id, DeliveryRow.id)
        .where(
            DeliveryRow.due_at <= now,
            _not_frozen(),
            *([DeliveryRow.workspace_id.not_in(but_not)] if but_not else []),
            or_(DeliveryRow.not_after.is_(None), DeliveryRow.not_after > now),
        )
        .order_by(DeliveryRow.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    return (
        update(DeliveryRow)
        .where(tuple_(DeliveryRow.workspace_id, DeliveryRow.id).in_(select(due.c.workspace_id, due.c.id)))
        .values(
            state=SENDING,
            owner=owner,
            lease_until=lease_until,
            due_at=None,
            attempts=DeliveryRow.attempts + 1,
            first_tried_at=func.coalesce(DeliveryRow.first_tried_at, now, type_=DeliveryRow.first_tried_at.type),
        )
        .returning(DeliveryRow)
    )


def _not_frozen() -> ColumnElement[bool]:
    # Few are, if any, and the database asks for them once a statement.
    return DeliveryRow.workspace_id.not_in(select(WorkspaceRow.id).where(WorkspaceRow.frozen_at.is_not(None)))


def _meant(claim: Claim) -> ColumnElement[bool]:
    return and_(DeliveryRow.workspace_id == claim.workspace, DeliveryRow.id == claim.delivery.id)


def _held(claim: Claim) -> ColumnElement[bool]:
    # The number of attempts tells this claim from a later one of the same owner.
    return and_(
        _meant(claim),
        DeliveryRow.state == SENDING,
        DeliveryRow.owner == claim.owner,
        DeliveryRow.attempts == claim.delivery.attempts,
    )


def _lease_over(now: datetime) -> ColumnElement[bool]:
    return and_(DeliveryRow.lease_until <= now, DeliveryRow.state == SENDING)


def _too_late(now: datetime) -> ColumnElement[bool]:
    # Written out and not a parameter: only so does SQLite see that the index over waiting ones fits.
    return and_(DeliveryRow.state == literal_column(f"'{WAITING}'"), DeliveryRow.not_after <= now)


def _overdue(now: datetime) -> Select[UUID, str]:
    return select(DeliveryRow.workspace_id, DeliveryRow.lane).where(or_(_lease_over(now), _too_late(now))).limit(MANY)
