"""The outbox's rows within one workspace, in memory."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta

from bot.deliveries.domain import Delivery, DeliveryState, ToMember
from bot.identity import DeliveryId, MemberId, OccurrenceId, first_id_at
from tests.fake_books import Drafts, Record


class MemoryDeliveries:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts
        self.wrote = False

    async def add(self, deliveries: Sequence[Delivery]) -> int:
        known = {record.delivery.key for record in self._drafts.deliveries.values()}
        fresh = 0
        for delivery in deliveries:
            if delivery.key not in known:
                known.add(delivery.key)
                fresh += 1
                self._drafts.deliveries.put(delivery.id, Record(delivery))
        self.wrote = self.wrote or fresh > 0
        return fresh

    async def revise(self, revision: Delivery) -> bool:
        waiting = await self.in_states([DeliveryState.WAITING], 100_000)
        if any(one.lane == revision.lane and one.revises == revision.revises for one in waiting):
            return False
        return await self.add([revision]) == 1

    async def get(self, delivery: DeliveryId) -> Delivery | None:
        record = self._drafts.deliveries.get(delivery)
        return None if record is None else record.delivery

    async def by_key(self, key: str) -> Delivery | None:
        return next((r.delivery for r in self._drafts.deliveries.values() if r.delivery.key == key), None)

    async def by_keys(self, keys: Sequence[str]) -> Mapping[str, Delivery]:
        wanted = frozenset(keys)
        return {r.delivery.key: r.delivery for r in self._drafts.deliveries.values() if r.delivery.key in wanted}

    async def cancel(self, keys: Sequence[str]) -> int:
        cancelled = 0
        for record in self._drafts.deliveries.values():
            if record.delivery.key in keys and record.delivery.state is DeliveryState.WAITING:
                gone = replace(record.delivery, state=DeliveryState.CANCELLED)
                self._drafts.deliveries.put(gone.id, replace(record, delivery=gone))
                cancelled += 1
        self.wrote = self.wrote or cancelled > 0
        return cancelled

    async def in_states(
        self, states: Sequence[DeliveryState], limit: int = 100, *, since: datetime | None = None
    ) -> Sequence[Delivery]:
        found = [record.delivery for record in self._drafts.deliveries.values() if record.delivery.state in states]
        found = [delivery for delivery in found if since is None or delivery.id >= first_id_at(since)]
        return sorted(found, key=lambda delivery: delivery.id, reverse=True)[:limit]

    async def of_occurrence(
        self, occurrence: OccurrenceId, states: Sequence[DeliveryState], limit: int | None = None
    ) -> Sequence[Delivery]:
        every = (record.delivery for record in self._drafts.deliveries.values())
        found = [one for one in every if one.occurrence == occurrence and one.state in states]
        return sorted(found, key=lambda one: one.id)[:limit]

    async def tally(self, occurrence: OccurrenceId) -> Mapping[DeliveryState, int]:
        return Counter(one.state for one in await self.of_occurrence(occurrence, tuple(DeliveryState)))

    async def moved_since(self, occurrence: OccurrenceId, at: datetime) -> bool:
        ended = (DeliveryState.FAILED, DeliveryState.DOUBTFUL, DeliveryState.CANCELLED)
        sent = await self.of_occurrence(occurrence, (DeliveryState.SENT,))
        over = await self.of_occurrence(occurrence, ended)
        return any(one.sent_at is not None and one.sent_at >= at for one in sent) or any(
            one.not_before > at - timedelta(minutes=5) for one in over
        )

    async def done_before(self, at: datetime, limit: int, *, traceless: bool = False) -> Sequence[DeliveryId]:
        done = [record.delivery for record in self._drafts.deliveries.values() if _has_ended(record.delivery)]
        old = [one for one in done if one.id < first_id_at(at)]
        found = [one.id for one in old if not traceless or one.revises or one.state is DeliveryState.CANCELLED]
        return sorted(found)[:limit]

    async def forget(self, deliveries: Sequence[DeliveryId]) -> int:
        found = (record.delivery for record in self._drafts.deliveries.values() if record.delivery.id in deliveries)
        gone = [one.id for one in found if _has_ended(one)]
        self._drafts.deliveries.remove(gone)
        return len(gone)

    async def empty_lanes(self, at: datetime, limit: int) -> Sequence[str]:
        used = {record.delivery.lane for record in self._drafts.deliveries.values()}
        return sorted(lane for lane, free in self._drafts.lanes.items() if free < at and lane not in used)[:limit]

    async def forget_lanes(self, lanes: Sequence[str]) -> int:
        used = {record.delivery.lane for record in self._drafts.deliveries.values()}
        gone = [lane for lane in lanes if lane not in used]
        self._drafts.lanes.remove(gone)
        return len(gone)

    async def give_to(self, member: MemberId, another: MemberId) -> int:
        known = {record.delivery.key for record in self._drafts.deliveries.values()}
        changed = 0
        for record in self._drafts.deliveries.values():
            old = record.delivery
            key = old.key.replace(str(member), str(another))
            to_them = isinstance(old.target, ToMember) and old.target.member == member
            ids = {entry.name: getattr(old.letter, entry.name) for entry in fields(old.letter)}
            renamed = {name: MemberId(another) for name, id_ in ids.items() if id_ == member}
            if (key == old.key and not to_them and not renamed) or (key != old.key and key in known):
                continue
            given = replace(
                old,
                key=key,
                target=ToMember(another) if to_them else old.target,
                letter=replace(old.letter, **renamed),
            )
            self._drafts.deliveries.put(old.id, replace(record, delivery=given))
            changed += 1
        return changed

    async def count_by_state(self) -> Mapping[DeliveryState, int]:
        counts: dict[DeliveryState, int] = {}
        for record in self._drafts.deliveries.values():
            counts[record.delivery.state] = counts.get(record.delivery.state, 0) + 1
        return counts


def _has_ended(delivery: Delivery) -> bool:
    return delivery.state not in (DeliveryState.WAITING, DeliveryState.SENDING)
