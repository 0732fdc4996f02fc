"""The outbox's rows within one workspace; claiming them is in ``outbox.py``."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, not_, or_, select, update
from sqlalchemy.orm import aliased

from bot.deliveries.domain import Delivery, DeliveryState, LetterTable
from bot.identity import DeliveryId, MemberId, OccurrenceId, WorkspaceId, first_id_at
from storage.lanes import SENDING, WAITING, hold_lanes, lock_lanes, settle
from storage.outbox_mapping import delivery_from, delivery_values
from storage.outbox_rows import DeliveryRow, LaneRow
from storage.statements import Statements, in_parts

_ENDED = tuple(one.value for one in (DeliveryState.FAILED, DeliveryState.DOUBTFUL, DeliveryState.CANCELLED))
# A try takes as long as a platform may think about it, and a crash in it as long as a lease.
_ENDS_WITHIN = timedelta(minutes=5)


class StoredDeliveries:
    """Implements :class:`bot.ports.Deliveries`. ``wrote`` is set once something changed that may be due."""

    def __init__(self, statements: Statements, workspace: WorkspaceId, letters: LetterTable) -> None:
        self._statements = statements
        self._workspace = workspace
        self._letters = letters
        self.wrote = False

    async def add(self, deliveries: Sequence[Delivery]) -> int:
        """Writes those whose key is new in the workspace and returns how many there were."""
        by_key = {delivery.key: delivery for delivery in reversed(deliveries)}
        for part in in_parts(tuple(by_key)):
            query = select(DeliveryRow.key).where(
                DeliveryRow.workspace_id == self._workspace, DeliveryRow.key.in_(part)
            )
            for known in await self._statements.all(query):
                del by_key[known]
        fresh = sorted(by_key.values(), key=lambda delivery: delivery.id)
        if not fresh:
            return 0
        self.wrote = True
        lanes = [delivery.lane for delivery in fresh]
        await lock_lanes(self._statements, self._workspace, lanes)
        await self._statements.insert(
            DeliveryRow, [delivery_values(self._workspace, delivery, self._letters) for delivery in fresh]
        )
        await settle(self._statements, self._workspace, lanes)
        return len(fresh)

    async def revise(self, revision: Delivery) -> bool:
        """Adds an edit, unless one still waits. The lane is locked before it is looked at: an edit that is claimed before that
        stands in its row, one that is claimed after it reads what this transaction wrote."""
        if self._statements.shares:
            await lock_lanes(self._statements, self._workspace, [revision.lane])
        waiting = select(DeliveryRow.id).where(
            DeliveryRow.workspace_id == self._workspace,
            DeliveryRow.lane == revision.lane,
            DeliveryRow.state == WAITING,
            DeliveryRow.revises == revision.revises,
        )
        if await self._statements.first(waiting.limit(1)) is not None:
            return False
        return await self.add([revision]) == 1

    async def get(self, delivery: DeliveryId) -> Delivery | None:
        """One delivery."""
        return await self._one(self._deliveries().where(DeliveryRow.id == delivery))

    async def by_key(self, key: str) -> Delivery | None:
        """The delivery that was written with this key."""
        return await self._one(self._deliveries().where(DeliveryRow.key == key))

    async def by_keys(self, keys: Sequence[str]) -> Mapping[str, Delivery]:
        """Those that were written with one of these keys, by it."""
        found: dict[str, Delivery] = {}
        for part in in_parts(keys):
            rows = await self._statements.all(self._deliveries().where(DeliveryRow.key.in_(part)))
            found.update((row.key, delivery_from(row, self._letters)) for row in rows)
        return found

    async def cancel(self, keys: Sequence[str]) -> int:
        """Those still waiting become ``CANCELLED``; what is just being sent is let go."""
        cancelled = 0
        for part in in_parts(keys):
            meant = (
                DeliveryRow.workspace_id == self._workspace,
                DeliveryRow.key.in_(part),
                DeliveryRow.state == WAITING,
            )
            lanes = await self._statements.all(select(DeliveryRow.lane).where(*meant))
            if not lanes:
                continue
            await hold_lanes(self._statements, self._workspace, lanes)
            cancelled += await self._statements.write(
                update(DeliveryRow).where(*meant).values(state=DeliveryState.CANCELLED.value, due_at=None)
            )
            await settle(self._statements, self._workspace, lanes)
        self.wrote = self.wrote or cancelled > 0
        return cancelled

    async def in_states(
        self, states: Sequence[DeliveryState], limit: int = 100, *, since: datetime | None = None
    ) -> Sequence[Delivery]:
        """Newest first; with ``since`` only those written then or later are walked through."""
        query = self._deliveries().where(DeliveryRow.state.in_([state.value for state in states]))
        if since is not None:
            query = query.where(DeliveryRow.id >= first_id_at(since))
        rows = await self._statements.all(query.order_by(DeliveryRow.id.desc()).limit(limit))
        return [delivery_from(row, self._letters) for row in rows]

    async def count_by_state(self) -> Mapping[DeliveryState, int]:
        """How many there are in each state that has any."""
        query = (
            select(DeliveryRow.state, func.count())
            .where(DeliveryRow.workspace_id == self._workspace)
            .group_by(DeliveryRow.state)
        )
        return {DeliveryState(state): count for state, count in await self._statements.pairs(query)}

    async def of_occurrence(
        self, occurrence: OccurrenceId, states: Sequence[DeliveryState], limit: int | None = None
    ) -> Sequence[Delivery]:
        """What one time of a schedule caused, in these states, oldest first."""
        query = self._deliveries().where(
            DeliveryRow.occurrence == occurrence, DeliveryRow.state.in_([state.value for state in states])
        )
        rows = await self._statements.all(query.order_by(DeliveryRow.id).limit(limit))
        return [delivery_from(row, self._letters) for row in rows]

    async def tally(self, occurrence: OccurrenceId) -> Mapping[DeliveryState, int]:
        """How many of these there are in each state that has any."""
        query = (
            select(DeliveryRow.state, func.count())
            .where(DeliveryRow.workspace_id == self._workspace, DeliveryRow.occurrence == occurrence)
            .group_by(DeliveryRow.state)
        )
        return {DeliveryState(state): count for state, count in await self._statements.pairs(query)}

    async def moved_since(self, occurrence: OccurrenceId, at: datetime) -> bool:
        """What was sent has its time; what ended did so soon after its last try was due."""
        sent = and_(DeliveryRow.state == DeliveryState.SENT.value, DeliveryRow.sent_at >= at)
        ended = and_(DeliveryRow.state.in_(_ENDED), DeliveryRow.not_before > at - _ENDS_WITHIN)
        here = (DeliveryRow.workspace_id == self._workspace, DeliveryRow.occurrence == occurrence)
        return await self._statements.first(select(DeliveryRow.id).where(*here, or_(sent, ended)).limit(1)) is not None

    async def done_before(self, at: datetime, limit: int, *, traceless: bool = False) -> Sequence[DeliveryId]:
        """The oldest that were written before then and have ended."""
        query = select(DeliveryRow.id).where(
            DeliveryRow.workspace_id == self._workspace, DeliveryRow.id < first_id_at(at), _has_ended()
        )
        if traceless:
            cancelled = DeliveryRow.state == DeliveryState.CANCELLED.value
            query = query.where(or_(cancelled, DeliveryRow.revises.is_not(None)))
        found = await self._statements.all(query.order_by(DeliveryRow.id).limit(limit))
        return [DeliveryId(one) for one in found]

    async def forget(self, deliveries: Sequence[DeliveryId]) -> int:
        """Removes those that have ended. No lane changes by it: what has ended is not in its way."""
        gone = 0
        for part in in_parts(deliveries):
            meant = and_(DeliveryRow.workspace_id == self._workspace, DeliveryRow.id.in_(part), _has_ended())
            gone += await self._statements.write(delete(DeliveryRow).where(meant))
        return gone

    async def empty_lanes(self, at: datetime, limit: int) -> Sequence[str]:
        """Lanes without any delivery whose rest was over before then."""
        query = select(LaneRow.lane).where(
            LaneRow.workspace_id == self._workspace, LaneRow.next_at < at, not_(self._in_use())
        )
        return await self._statements.all(query.order_by(LaneRow.lane).limit(limit))

    async def forget_lanes(self, lanes: Sequence[str]) -> int:
        """Removes those that still have no delivery. Whoever writes one does so in a unit of work, as this is one."""
        gone = 0
        for part in in_parts(lanes):
            meant = and_(LaneRow.workspace_id == self._workspace, LaneRow.lane.in_(part), not_(self._in_use()))
            gone += await self._statements.write(delete(LaneRow).where(meant))
        return gone

    async def give_to(self, member: MemberId, another: MemberId) -> int:
        """Names another member where this one was named. Lanes stay: they are queues, and nobody reads them."""
        old, new = str(member), str(another)
        named = DeliveryRow.key.contains(old)
        given = func.replace(DeliveryRow.key, old, new)
        theirs = aliased(DeliveryRow)
        there = exists().where(theirs.workspace_id == self._workspace, theirs.key == given)
        meant = or_(named, DeliveryRow.target.contains(old), DeliveryRow.letter.contains(old))
        values = {
            "key": given,
            "target": func.replace(DeliveryRow.target, old, new),
            "letter": func.replace(DeliveryRow.letter, old, new),
        }
        here = and_(DeliveryRow.workspace_id == self._workspace, meant, or_(not_(named), not_(there)))
        return await self._statements.write(update(DeliveryRow).where(here).values(values))

    def _in_use(self) -> ColumnElement[bool]:
        return (
            exists()
            .where(DeliveryRow.workspace_id == LaneRow.workspace_id, DeliveryRow.lane == LaneRow.lane)
            .correlate(LaneRow)
        )

    def _deliveries(self) -> Select[DeliveryRow]:
        return select(DeliveryRow).where(DeliveryRow.workspace_id == self._workspace)

    async def _one(self, query: Select[DeliveryRow]) -> Delivery | None:
        row = await self._statements.first(query)
        return None if row is None else delivery_from(row, self._letters)


def _has_ended() -> ColumnElement[bool]:
    return DeliveryRow.state.not_in((WAITING, SENDING))
