"""What is done with goes when its time is over, in parts; what is not done with stays, however old."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.deliveries.domain import Delivery, DeliveryState, Letter
from bot.deliveries.forgetting import DONE_KEPT, TRACELESS_KEPT, forget_done
from bot.identity import DeliveryId, OccurrenceId, ScheduleId, WorkspaceId, first_id_at, new_id
from tests.databases import Storage
from tests.outbox_steps import LEASE
from tests.storage_values import NOW, a_delivery, a_schedule, an_occurrence

NewLetter = Callable[[], Letter]


def made(delivery: Delivery, at: datetime, number: int) -> Delivery:
    """The same as if it had been written then."""
    return replace(delivery, id=DeliveryId(type(first_id_at(at))(int=first_id_at(at).int + number)))


async def test_messages_go_by_age_and_by_what_they_left(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    late, old, fresh = NOW - DONE_KEPT - LEASE, NOW - TRACELESS_KEPT - LEASE, NOW - TRACELESS_KEPT + LEASE
    edit = DeliveryId(new_id())
    rows = [
        made(a_delivery(greeting(), f"lane {number}"), at, number) for number, at in enumerate((late, late, old, fresh))
    ]
    edits = [replace(made(a_delivery(greeting(), f"edit {at}"), at, 90), revises=edit) for at in (old, fresh)]
    async with storage.units(here) as work:
        await work.deliveries.add([*rows, *edits])
        await work.commit()
    for claim in await storage.outbox.claim("one", NOW, LEASE, 10):
        if claim.delivery.id == rows[1].id:
            await storage.outbox.later(claim, NOW + LEASE, "slack_away")
        else:
            await storage.outbox.sent(claim, None, NOW, timedelta(0))
    assert await forget_done(storage.units, here, NOW) == 2
    async with storage.units(here, reading=True) as work:
        # The oldest sent one and the old edit are gone; what waits is not done with, whatever its age.
        left = [one.id for one in (*rows, *edits) if await work.deliveries.get(one.id) is not None]
    assert left == [rows[1].id, rows[2].id, rows[3].id, edits[1].id]
    assert await forget_done(storage.units, here, NOW) == 0


async def test_many_go_part_by_part_and_the_rest_at_the_next_turn(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    rows = [made(a_delivery(greeting(), f"lane {one}"), NOW - DONE_KEPT - LEASE, one) for one in range(7)]
    async with storage.units(here) as work:
        await work.deliveries.add(rows)
        await work.commit()
    for claim in await storage.outbox.claim("one", NOW, LEASE, 10):
        await storage.outbox.sent(claim, None, NOW, timedelta(0))
    assert [await forget_done(storage.units, here, NOW, part=2, parts=2) for _ in range(3)] == [4, 3, 0]
    assert [await forget_done(storage.units, here, NOW + LEASE * 3000, part=3, parts=2) for _ in range(3)] == [6, 1, 0]


async def test_what_was_cancelled_left_nothing(storage: Storage, here: WorkspaceId, greeting: NewLetter) -> None:
    delivery = made(a_delivery(greeting()), NOW - TRACELESS_KEPT - LEASE, 1)
    async with storage.units(here) as work:
        await work.deliveries.add([delivery])
        await work.deliveries.cancel([delivery.key])
        await work.commit()
    assert await forget_done(storage.units, here, NOW) >= 1
    async with storage.units(here, reading=True) as work:
        assert await work.deliveries.get(delivery.id) is None


async def test_a_lane_goes_once_nothing_is_left_in_it(storage: Storage, here: WorkspaceId, greeting: NewLetter) -> None:
    async with storage.units(here) as work:
        await work.deliveries.add([a_delivery(greeting(), "busy"), a_delivery(greeting(), "over")])
        await work.commit()
    for claim in await storage.outbox.claim("one", NOW, LEASE, 10):
        await storage.outbox.sent(claim, None, NOW, LEASE)
        if claim.delivery.lane == "over":
            async with storage.units(here) as work:
                assert await work.deliveries.forget([claim.delivery.id]) == 1
                await work.commit()
    much_later = NOW + timedelta(days=3)
    async with storage.units(here) as work:
        assert await work.deliveries.empty_lanes(NOW, 10) == []
        assert await work.deliveries.empty_lanes(much_later, 10) == ["over"]
        # Somebody may have written one meanwhile.
        assert await work.deliveries.forget_lanes(["busy"]) == 0
    assert await forget_done(storage.units, here, much_later) == 1
    async with storage.units(here) as work:
        await work.deliveries.add([a_delivery(greeting(), "over", not_before=much_later)])
        await work.commit()
    assert len(await storage.outbox.claim("one", much_later, LEASE, 10)) == 1


async def test_nothing_that_may_still_be_sent_is_forgotten(
    storage: Storage, here: WorkspaceId, greeting: NewLetter
) -> None:
    delivery = a_delivery(greeting())
    async with storage.units(here) as work:
        await work.deliveries.add([delivery])
        assert await work.deliveries.forget([delivery.id]) == 0
        await work.commit()
    async with storage.units(here, reading=True) as work:
        found = await work.deliveries.get(delivery.id)
    assert found is not None
    assert found.state is DeliveryState.WAITING


async def test_old_times_go_and_then_the_schedule_that_is_over(storage: Storage, here: WorkspaceId) -> None:
    before = NOW - DONE_KEPT
    ids = [ScheduleId(type(first_id_at(NOW))(int=first_id_at(before - LEASE).int + number)) for number in range(3)]
    over, runs, recent = [replace(a_schedule(), id=one, next_at=None) for one in ids]
    runs = replace(runs, next_at=NOW)
    times = [
        replace(an_occurrence(schedule.id), id=OccurrenceId(new_id()), at=at, nominal=str(at))
        for schedule, at in ((over, before - LEASE), (runs, before - LEASE), (recent, before + LEASE))
    ]
    async with storage.units(here) as work:
        for schedule in (over, runs, recent, replace(over, id=ScheduleId(new_id()))):
            await work.schedules.put(schedule)
        for one in times:
            assert await work.schedules.add_occurrence(one)
        await work.commit()
    # Two times and one schedule: another one still runs, one has a younger time, and one was made a moment ago.
    assert await forget_done(storage.units, here, NOW) == 3
    async with storage.units(here, reading=True) as work:
        assert over.id not in [one.id for one in await work.schedules.every()]
        assert len(await work.schedules.every()) == 3
        assert await work.schedules.occurrences(recent.id) == [times[2]]
