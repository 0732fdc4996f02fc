"""While a new version is rolled out: what only that one knows is left to it, and the older one goes on with all else."""

from dataclasses import replace
from datetime import timedelta

from bot.deliveries.domain import Delivery, DeliveryState, Letter, LetterTable, ToMember
from bot.identity import DeliveryId, MemberId, ScheduleId, new_id
from bot.schedules.domain import Schedule, ScheduleKind
from storage.outbox import StoredOutbox
from tests import databases
from tests.databases import Storage
from tests.outbox_steps import NewLetter, claim, ids, state_of, write
from tests.storage_values import NOW

SOON, LATER = NOW + timedelta(seconds=11), NOW + timedelta(hours=2)


def a_delivery(letter: Letter, lane: str) -> Delivery:
    return Delivery(DeliveryId(new_id()), f"key {lane}", lane, ToMember(MemberId(new_id())), letter, NOW)


def older(storage: Storage) -> Storage:
    """The same database, as a version sees it that does not know the tests' letter."""
    assert storage.database is not None
    return replace(storage, outbox=StoredOutbox(storage.database, LetterTable.of([])))


async def test_a_letter_of_a_newer_version_waits_for_a_process_of_that_version(
    real: Storage, greeting: NewLetter
) -> None:
    here, delivery = await real.workspace(), a_delivery(greeting(), "one")
    await write(real, here, delivery)
    assert await claim(older(real)) == []
    assert (await state_of(real, here, delivery)).state is DeliveryState.WAITING
    assert await claim(real) == []
    assert ids(await claim(real, SOON)) == [delivery.id]


async def test_where_none_comes_the_lane_goes_on(real: Storage, greeting: NewLetter) -> None:
    here, first, second = await real.workspace(), a_delivery(greeting(), "one"), a_delivery(greeting(), "one")
    await write(real, here, first, replace(second, key="after it"))
    assert await claim(older(real)) == []
    assert await claim(older(real), LATER) == []
    ended = await state_of(real, here, first)
    assert (ended.state, ended.error) == (DeliveryState.FAILED, "unreadable")
    assert ids(await claim(real, LATER)) == [second.id]


async def test_a_way_to_go_that_is_not_known_holds_up_nothing_else(
    database_url: str, real: Storage, greeting: NewLetter
) -> None:
    here, strange, plain = await real.workspace(), a_delivery(greeting(), "one"), a_delivery(greeting(), "two")
    await write(real, here, strange, plain)
    databases.change(database_url, """UPDATE deliveries SET target = '{"to":"the moon"}' WHERE lane = 'one'""")
    assert ids(await claim(real)) == [plain.id]
    waiting = await state_of(real, here, strange)
    assert waiting.state is DeliveryState.WAITING
    assert type(waiting.letter) is Letter


async def test_a_schedule_of_a_newer_version_is_left_to_it(database_url: str, real: Storage) -> None:
    here = await real.workspace()
    start = NOW.replace(tzinfo=None)
    first, second = (
        Schedule(ScheduleId(new_id()), ScheduleKind.ROUND, "UTC", start, next_at=NOW - timedelta(hours=hours))
        for hours in (2, 1)
    )
    async with real.units(here) as work:
        await work.schedules.put(first)
        await work.schedules.put(second)
        await work.commit()
    databases.change(database_url, f"UPDATE schedules SET kind = 'moon' WHERE next_at < '{NOW - timedelta(hours=1.5)}'")  # noqa: S608 - a test's own time
    async with real.units(here) as work:
        assert [one.id for one in await work.schedules.due(NOW)] == [second.id]
