"""Of several processes that hear the same, one is the first."""

import asyncio

from storage.hearing import StoredHearing
from tests.databases import Storage
from tests.fakes import StoppedClock


async def test_of_all_who_hear_something_one_is_the_first(storage: Storage) -> None:
    if storage.database is None:
        return  # what is kept in memory is one process's
    here, there = await storage.workspace(), await storage.workspace("team:2")
    hearing = [StoredHearing(storage.database, StoppedClock()) for _ in range(3)]
    assert sorted(await asyncio.gather(*(one.first(here, "discord:1") for one in hearing))) == [False, False, True]
    assert await hearing[0].first(there, "discord:1")
    assert await hearing[0].first(here, "discord:2")
