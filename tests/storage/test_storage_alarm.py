"""The alarm wakes whoever waits, here and in other processes."""

import asyncio
from collections.abc import Callable

from bot.deliveries.domain import Letter, LetterTable
from storage.alarm import ProcessAlarm
from tests import databases
from tests.storage_values import a_delivery, a_member, a_schedule

LONG = 30.0


async def test_a_ring_wakes_everybody_who_waits() -> None:
    alarm = ProcessAlarm()
    waiting = [asyncio.create_task(alarm.wait(LONG)) for _ in range(3)]
    await asyncio.sleep(0)
    alarm.ring()
    async with asyncio.timeout(LONG / 2):
        await asyncio.gather(*waiting)


async def test_a_ring_while_a_loop_works_is_not_missed_by_it() -> None:
    alarm = ProcessAlarm()

    async def loop() -> None:
        await alarm.wait(0)
        alarm.ring()  # comes while the loop is busy
        async with asyncio.timeout(LONG / 2):
            await alarm.wait(LONG)

    await asyncio.gather(asyncio.create_task(loop()), asyncio.create_task(loop()))


async def test_nobody_waits_longer_than_wanted() -> None:
    alarm = ProcessAlarm()
    async with asyncio.timeout(LONG / 2):
        await alarm.wait(0.001)
        await alarm.wait(0.001)


async def test_a_commit_rings_if_it_may_be_due_and_in_no_other_case(
    sqlite_url: str, letters: LetterTable, greeting: Callable[[], Letter]
) -> None:
    async with databases.opened(sqlite_url, letters) as storage:
        assert isinstance(storage.alarm, ProcessAlarm)
        here = await storage.workspace()
        rings: list[int] = []
        for step in ("member", "delivery", "again", "schedule", "dropped"):
            async with storage.units(here) as work:
                if step == "member":
                    await work.members.put(a_member())
                elif step == "schedule":
                    await work.schedules.put(a_schedule())
                else:
                    await work.deliveries.add([a_delivery(greeting(), key="once" if step != "dropped" else "more")])
                if step != "dropped":
                    await work.commit()
            rings.append(storage.alarm.rings)
        assert rings == [0, 1, 1, 2, 2]


async def test_postgresql_wakes_the_other_process_with_the_commit(
    postgres_url: str, letters: LetterTable, greeting: Callable[[], Letter]
) -> None:
    async with databases.opened(postgres_url, letters) as one, databases.opened(postgres_url, letters) as other:
        here = await one.workspace()
        async with asyncio.timeout(LONG):
            await other.alarm.wait(LONG)  # it listens from now on, and says so with a first ring
            async with one.units(here) as work:
                await work.deliveries.add([a_delivery(greeting())])
                await work.commit()
            await other.alarm.wait(LONG)
        assert await other.outbox.next_due() is not None


async def test_listening_goes_on_after_the_connection_was_lost(
    postgres_url: str, letters: LetterTable, greeting: Callable[[], Letter]
) -> None:
    async with databases.opened(postgres_url, letters) as one, databases.opened(postgres_url, letters) as other:
        here = await one.workspace()
        async with asyncio.timeout(LONG):
            await other.alarm.wait(LONG)
            databases.change(
                postgres_url,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' "
                "AND datname = current_database()",
            )
            await other.alarm.wait(LONG)  # back again
            async with one.units(here) as work:
                await work.schedules.put(a_schedule())
                await work.commit()
            await other.alarm.wait(LONG)
