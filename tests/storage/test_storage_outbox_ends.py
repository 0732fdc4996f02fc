"""The outbox when things end, get lost, come too late or happen at once."""

import asyncio
import sqlite3
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from bot.deliveries.domain import DeliveryState
from bot.identity import Address, DeliveryId, WorkspaceId
from storage.outbox import StoredOutbox
from tests import databases
from tests.databases import Storage
from tests.outbox_steps import LEASE, REST, NewLetter, claim, ids, state_of, write
from tests.storage_values import NOW, a_delivery


async def test_a_claim_is_mine_until_the_lease_is_over(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    await write(storage, here, a_delivery(greeting()))
    (taken,) = await claim(storage)
    assert await storage.outbox.still_mine(taken, NOW + LEASE / 2)
    assert not await storage.outbox.still_mine(taken, NOW + LEASE)
    assert not await storage.outbox.still_mine(replace(taken, owner="two"), NOW)


async def test_what_a_crash_left_comes_back_and_is_to_be_asked_about(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    delivery = a_delivery(greeting())
    await write(storage, here, delivery)
    (lost,) = await claim(storage, owner="dead")
    assert await storage.outbox.sweep(NOW + LEASE / 2) == 0
    assert await storage.outbox.sweep(NOW + LEASE) == 1
    assert await storage.outbox.sweep(NOW + LEASE) == 0
    (again,) = await claim(storage, NOW + LEASE, owner="two")
    assert (again.delivery.id, again.seen_before, again.delivery.attempts) == (delivery.id, True, 2)
    assert not await storage.outbox.still_mine(lost, NOW)
    assert await storage.outbox.still_mine(again, NOW + LEASE)


async def test_who_lost_a_claim_changes_nothing_but_what_arrived_has_arrived(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    delivery = a_delivery(greeting())
    await write(storage, here, delivery)
    (lost,) = await claim(storage, owner="one")
    await storage.outbox.sweep(NOW + LEASE)
    (again,) = await claim(storage, NOW + LEASE, owner="one")
    await storage.outbox.ended(lost, DeliveryState.FAILED, "Refused", NOW + LEASE)
    await storage.outbox.later(lost, NOW, "TryLater")
    assert (await state_of(storage, here, delivery)).state is DeliveryState.SENDING
    await storage.outbox.sent(lost, Address("web", "1"), NOW + LEASE, REST)
    assert not await storage.outbox.still_mine(again, NOW + LEASE)
    await storage.outbox.later(again, NOW, "TryLater")
    await storage.outbox.sent(again, Address("web", "2"), NOW + LEASE, REST)
    found = await state_of(storage, here, delivery)
    assert (found.state, found.message) == (DeliveryState.SENT, Address("web", "1"))
    assert await claim(storage, NOW + timedelta(days=1)) == []


async def test_what_is_too_late_ends_unless_it_may_have_arrived(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    end = NOW + timedelta(minutes=10)
    never, after = a_delivery(greeting(), "a", not_after=end), a_delivery(greeting(), "a")
    maybe = a_delivery(greeting(), "b", not_after=end)
    behind = a_delivery(greeting(), "b", not_after=end)
    await write(storage, here, maybe, behind)
    (taken,) = await claim(storage)
    await storage.outbox.later(taken, NOW, "Doubtful", doubt=True)
    await write(storage, here, never, after)
    assert await claim(storage, end) == []
    assert await storage.outbox.sweep(end) == 3
    found = [await state_of(storage, here, delivery) for delivery in (never, behind, maybe)]
    assert [(one.state, one.error) for one in found] == [
        (DeliveryState.FAILED, "too_late"),
        (DeliveryState.FAILED, "too_late"),
        (DeliveryState.DOUBTFUL, "too_late"),
    ]
    assert ids(await claim(storage, end)) == [after.id]


async def test_a_sweep_takes_any_number_in_many_lanes(storage: Storage, here: WorkspaceId, greeting: NewLetter) -> None:
    end = NOW + timedelta(minutes=1)
    await write(storage, here, *(a_delivery(greeting(), f"lane {n % 600}", not_after=end) for n in range(1_300)))
    assert await storage.outbox.sweep(end) == 1_300
    assert await storage.outbox.next_due() is None


async def test_only_what_waits_can_be_cancelled(storage: Storage, here: WorkspaceId, greeting: NewLetter) -> None:
    sending, waiting, after = (a_delivery(greeting(), "lane") for _ in range(3))
    await write(storage, here, sending, waiting, after)
    (taken,) = await claim(storage)
    async with storage.units(here) as work:
        assert await work.deliveries.cancel([sending.key, waiting.key, "unknown"]) == 1
        await work.commit()
    assert (await state_of(storage, here, waiting)).state is DeliveryState.CANCELLED
    await storage.outbox.sent(taken, None, NOW, timedelta())
    assert ids(await claim(storage)) == [after.id]


async def test_cancelling_the_oldest_makes_way_for_the_next(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    first, second = a_delivery(greeting(), "lane", not_before=NOW + LEASE), a_delivery(greeting(), "lane")
    await write(storage, here, first, second)
    async with storage.units(here) as work:
        await work.deliveries.cancel([first.key])
        await work.commit()
    assert ids(await claim(storage)) == [second.id]


async def test_many_at_once_never_get_the_same_one(storage: Storage, here: WorkspaceId, greeting: NewLetter) -> None:
    deliveries = [a_delivery(greeting(), f"lane {n}") for n in range(120)]
    await write(storage, here, *deliveries)

    async def worker(name: str) -> list[DeliveryId]:
        mine: list[DeliveryId] = []
        while taken := await claim(storage, limit=7, owner=name):
            mine.extend(ids(taken))
            await storage.outbox.sent(taken[0], None, NOW, REST)
        return mine

    shares = await asyncio.gather(*(worker(f"w{n}") for n in range(4)))
    everything = [delivery for share in shares for delivery in share]
    assert sorted(everything) == sorted(delivery.id for delivery in deliveries)


async def test_nothing_stays_behind_while_some_write_and_some_send(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    """Writers and senders in the same few lanes: each message goes out once, in the lane's order."""
    order: dict[str, list[DeliveryId]] = {"a": [], "b": []}
    written = asyncio.Event()

    async def writer(lane: str) -> None:
        for _ in range(10):
            await write(storage, here, a_delivery(greeting(), lane), a_delivery(greeting(), lane))

    async def sender(name: str) -> None:
        while True:
            no_more = written.is_set()
            taken = await claim(storage, owner=name, limit=1)
            for one in taken:
                order[one.delivery.lane].append(one.delivery.id)
                await storage.outbox.sent(one, None, NOW, timedelta())
            if no_more and not taken and await storage.outbox.next_due() is None:
                return
            await asyncio.sleep(0.001)

    senders = [asyncio.create_task(sender(f"s{n}")) for n in range(3)]
    await asyncio.gather(writer("a"), writer("b"))
    written.set()
    async with asyncio.timeout(30):
        await asyncio.gather(*senders)
    async with storage.units(here) as work:
        assert await work.deliveries.count_by_state() == {DeliveryState.SENT: 40}
    for sent in order.values():
        assert sent == sorted(sent)
        assert len(sent) == 20


async def test_a_unit_that_is_not_committed_delivers_nothing(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    async with storage.units(here) as work:
        await work.deliveries.add([a_delivery(greeting())])
    assert await storage.outbox.next_due() is None
    assert await claim(storage) == []


async def test_a_delivery_cannot_be_cancelled_by_hand_and_sent_all_the_same(
    real: Storage, database_url: str, greeting: NewLetter
) -> None:
    await write(real, await real.workspace(), a_delivery(greeting()))
    with pytest.raises((sqlite3.IntegrityError, psycopg.errors.CheckViolation)):
        databases.change(database_url, "UPDATE deliveries SET state = 'cancelled'")
    databases.change(database_url, "UPDATE deliveries SET state = 'cancelled', due_at = NULL")
    assert await claim(real) == []


async def test_the_one_process_on_a_sqlite_file_does_not_wait_for_the_lease_of_a_dead_one(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    if not isinstance(storage.outbox, StoredOutbox):
        return  # memory has no second process
    left = a_delivery(greeting())
    await write(storage, here, left)
    await claim(storage)
    alone = storage.kind == "sqlite"
    assert await storage.outbox.left_behind(NOW) == (1 if alone else 0)
    assert await storage.outbox.sweep(NOW) == (1 if alone else 0)
    again = await claim(storage, owner="two")
    assert [taken.seen_before for taken in again] == ([True] if alone else [])
