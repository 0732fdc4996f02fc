"""The outbox of :mod:`bot.ports` in memory: the same rules, worked out anew each time instead of being kept in columns."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.deliveries.domain import Delivery, DeliveryState
from bot.deliveries.outbox import Claim
from bot.identity import Address, WorkspaceId
from tests.fake_books import Books, Record

if TYPE_CHECKING:
    from tests.fakes import Memory

_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


class MemoryOutbox:
    """Works on what is committed; each method waits until no unit of work is changing the workspace."""

    def __init__(self, memory: "Memory") -> None:
        self._memory = memory

    async def claim(
        self, owner: str, now: datetime, lease: timedelta, limit: int, *, but_not: Collection[WorkspaceId] = ()
    ) -> Sequence[Claim]:
        claims: list[Claim] = []
        for workspace, books in self._memory.awake():
            if workspace in but_not:
                continue
            async with self._memory.changing(workspace):
                due = sorted((at, record.delivery.id) for at, record in _claimable(books) if _is_due(record, at, now))
                for _, delivery in due[: limit - len(claims)]:
                    claims.append(self._take(workspace, books.deliveries[delivery], owner, now, now + lease))
        return claims

    async def still_mine(self, claim: Claim, now: datetime) -> bool:
        held = None if self._memory.is_frozen(claim.workspace) else self._held(claim)
        return held is not None and held.lease_until is not None and held.lease_until > now

    async def sent(self, claim: Claim, message: Address | None, now: datetime, lane_rests: timedelta) -> None:
        async with self._memory.changing(claim.workspace):
            record = self._memory.books(claim.workspace).deliveries.get(claim.delivery.id)
            if record is None or record.delivery.state is DeliveryState.SENT:
                return
            delivery = replace(record.delivery, state=DeliveryState.SENT, sent_at=now, error="", message=message)
            self._write(claim.workspace, Record(delivery))
            self._rest(claim, now + lane_rests)

    async def later(
        self,
        claim: Claim,
        at: datetime,
        error: str,
        *,
        lane_rests_until: datetime | None = None,
        doubt: bool = False,
    ) -> None:
        async with self._memory.changing(claim.workspace):
            if lane_rests_until is not None:
                self._rest(claim, lane_rests_until)
            held = self._held(claim)
            if held is not None:
                delivery = replace(held.delivery, state=DeliveryState.WAITING, not_before=at, error=error)
                self._write(claim.workspace, Record(delivery, doubt=held.doubt or doubt))

    async def ended(
        self,
        claim: Claim,
        state: DeliveryState,
        error: str,
        now: datetime,  # noqa: ARG002 - the port's
    ) -> None:
        if state not in (DeliveryState.FAILED, DeliveryState.DOUBTFUL, DeliveryState.CANCELLED):
            raise ValueError("a delivery ends failed, doubtful or cancelled")
        async with self._memory.changing(claim.workspace):
            held = self._held(claim)
            if held is not None:
                self._write(claim.workspace, Record(replace(held.delivery, state=state, error=error), doubt=held.doubt))

    async def sweep(self, now: datetime) -> int:
        swept = 0
        for workspace, books in self._memory.all_books():
            async with self._memory.changing(workspace):
                for record in list(books.deliveries.values()):
                    swept += self._sweep_one(workspace, record, now)
        return swept

    async def next_due(self) -> datetime | None:
        return min((at for _, books in self._memory.awake() for at, _ in _claimable(books)), default=None)

    def _sweep_one(self, workspace: WorkspaceId, record: Record, now: datetime) -> int:
        changes = 0
        delivery, doubt = record.delivery, record.doubt
        if delivery.state is DeliveryState.SENDING and record.lease_until is not None and record.lease_until <= now:
            delivery, doubt = replace(delivery, state=DeliveryState.WAITING, error="lease_over"), True
            changes += 1
        if delivery.state is DeliveryState.WAITING and delivery.not_after is not None and delivery.not_after <= now:
            end = DeliveryState.DOUBTFUL if doubt else DeliveryState.FAILED
            delivery = replace(delivery, state=end, error="too_late")
            changes += 1
        if changes:
            self._write(workspace, Record(delivery, doubt=doubt))
        return changes

    def _take(self, workspace: WorkspaceId, record: Record, owner: str, now: datetime, lease_until: datetime) -> Claim:
        delivery = replace(
            record.delivery,
            state=DeliveryState.SENDING,
            attempts=record.delivery.attempts + 1,
            first_tried_at=record.delivery.first_tried_at or now,
        )
        self._write(workspace, Record(delivery, owner, lease_until, record.doubt))
        return Claim(workspace, delivery, owner, lease_until, record.doubt)

    def _write(self, workspace: WorkspaceId, record: Record) -> None:
        self._memory.books(workspace).deliveries[record.delivery.id] = record

    def _rest(self, claim: Claim, until: datetime) -> None:
        lanes = self._memory.books(claim.workspace).lanes
        lanes[claim.delivery.lane] = max(lanes.get(claim.delivery.lane, _ALWAYS), until)

    def _held(self, claim: Claim) -> Record | None:
        record = self._memory.books(claim.workspace).deliveries.get(claim.delivery.id)
        if record is None or record.delivery.state is not DeliveryState.SENDING:
            return None
        mine = record.owner == claim.owner and record.delivery.attempts == claim.delivery.attempts
        return record if mine else None


def _claimable(books: Books) -> Iterator[tuple[datetime, Record]]:
    """The oldest waiting delivery of each lane in which none is being sent, with the time from which it may go."""
    heads: dict[str, Record] = {}
    busy: set[str] = set()
    for record in books.deliveries.values():
        lane = record.delivery.lane
        if record.delivery.state is DeliveryState.SENDING:
            busy.add(lane)
        elif record.delivery.state is DeliveryState.WAITING:
            first = heads.setdefault(lane, record)
            if record.delivery.id < first.delivery.id:
                heads[lane] = record
    for lane, record in heads.items():
        if lane not in busy:
            yield max(record.delivery.not_before, books.lanes.get(lane, _ALWAYS)), record


def _is_due(record: Record, at: datetime, now: datetime) -> bool:
    return at <= now and not _is_too_late(record.delivery, now)


def _is_too_late(delivery: Delivery, now: datetime) -> bool:
    return delivery.not_after is not None and delivery.not_after <= now
