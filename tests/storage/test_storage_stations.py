"""Stations come back as they were put, and are found by when people were told of them and by whom they name."""

from dataclasses import replace
from datetime import timedelta

from bot.identity import CampId, MemberId, WorkspaceId, new_id
from tests.databases import Storage
from tests.storage_values import NOW, a_camp, some_stations


def somebody() -> MemberId:
    return MemberId(new_id())


async def test_they_come_back_as_they_were_put(storage: Storage, here: WorkspaceId) -> None:
    camp, anna, bo = a_camp(somebody()), somebody(), somebody()
    full = some_stations(camp.id, anna, bo)
    plain = replace(full, revision=8, told=(), told_at=None, made_by=None, together=(), apart=(), places=())
    async with storage.units(here) as work:
        await work.camps.put(camp)
        await work.stations.put(full)
        assert await work.stations.get(camp.id) == full
        await work.stations.put(plain)
        await work.commit()
    async with storage.units(here) as work:
        assert await work.stations.get(camp.id) == plain
        assert await work.stations.get(CampId(new_id())) is None
        await work.stations.remove(camp.id)
        await work.stations.remove(camp.id)
        assert await work.stations.get(camp.id) is None


async def test_they_are_found_by_time_and_by_person(storage: Storage, here: WorkspaceId) -> None:
    camps = [a_camp(somebody()) for _ in range(3)]
    anna, bo, carl = somebody(), somebody(), somebody()
    old, new, quiet = (
        some_stations(camps[0].id, anna, carl, told_at=NOW - timedelta(days=9)),
        some_stations(camps[1].id, anna, bo, together=((bo, carl),)),
        some_stations(camps[2].id, bo, anna, told=(), told_at=None),
    )
    async with storage.units(here) as work:
        for camp, plan in zip(camps, (old, new, quiet), strict=True):
            await work.camps.put(camp)
            await work.stations.put(plan)
        assert await work.stations.told_since(NOW - timedelta(days=9)) == [new, old]
        assert await work.stations.told_since(NOW) == [new]
        assert await work.stations.naming(carl) == [old, new]
        assert await work.stations.naming(somebody()) == []
