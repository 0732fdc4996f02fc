"""Real processes, a real database, a real platform, and ``kill -9`` in the middle: nothing is lost, nothing comes twice."""

import asyncio
import os
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from bot.deliveries.domain import Delivery, DeliveryState, ToPlace
from bot.identity import Address, DeliveryId, new_id
from tests import databases
from tests.end_to_end.crash_platform import serving
from tests.end_to_end.crash_replica import PARCELS, Parcel
from tests.end_to_end.killing import Replicas, until_all_ended

DELIVERIES, LANES, KILLS = 200, 40, 4
_PATIENCE = 120.0  # seconds; it takes some ten unless it is broken


async def written_down(database_url: str) -> Sequence[Delivery]:
    now = datetime.now(UTC)
    deliveries = [
        Delivery(
            id=DeliveryId(new_id()),
            key=f"parcel {number}",
            lane=f"lane {number % LANES}",
            target=ToPlace(Address("crash", f"place-{number % LANES}")),
            letter=Parcel(),
            not_before=now,
            created_at=now,
        )
        for number in range(DELIVERIES)
    ]
    async with databases.opened(database_url, PARCELS) as storage:
        workspace = await storage.workspace()
        async with storage.units(workspace) as work:
            assert await work.deliveries.add(deliveries) == DELIVERIES
            await work.commit()
    return deliveries


async def ends(database_url: str) -> Counter[str]:
    rows = await asyncio.to_thread(databases.rows_of, database_url, "SELECT state FROM deliveries")
    return Counter(str(state) for (state,) in rows)


async def survive(database_url: str, logs: Path, replicas: int) -> None:
    deliveries = await written_down(database_url)
    seed = int.from_bytes(os.urandom(4))
    random = Random(seed)
    moments = sorted(random.sample(range(10, DELIVERIES - 30), KILLS))
    async with serving(random) as platform:
        processes = Replicas("tests.end_to_end.crash_replica", database_url, platform.url, "", logs)
        try:
            async with asyncio.timeout(_PATIENCE):
                for _ in range(replicas):
                    await processes.start()
                for moment in moments:
                    await platform.wait_for(moment)
                    await asyncio.sleep(random.random() * 0.05)
                    await processes.kill(random.randrange(replicas))
                    await processes.start()
                states = await until_all_ended(database_url)
        except TimeoutError:
            pytest.fail(f"seed {seed}: {await ends(database_url)}, {len(platform.messages)} posted\n{processes.told()}")
        finally:
            await processes.stop()

        told = f"seed {seed}, killed at {moments}, {platform.said}\n{processes.told()}"
        assert states == {DeliveryState.SENT.value: DELIVERIES}, told
        copies = platform.copies()
        assert copies.keys() == {str(delivery.id) for delivery in deliveries}, told  # nothing lost
        assert set(copies.values()) == {1}, told  # nothing doubled
        for place in {place for place, _ in platform.messages}:
            keys = [key for where, key in platform.messages if where == place]
            assert keys == sorted(keys), told
        assert platform.said["asked"] > 0, told


async def test_one_process_on_sqlite_is_killed_again_and_again(sqlite_url: str, tmp_path: Path) -> None:
    await survive(sqlite_url, tmp_path, replicas=1)


async def test_two_processes_on_postgresql_are_killed_again_and_again(postgres_url: str, tmp_path: Path) -> None:
    await survive(postgres_url, tmp_path, replicas=2)
