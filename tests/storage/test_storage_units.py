"""What a unit of work promises: whole or not at all, one after the other, deaf to other workspaces."""

import asyncio
from dataclasses import replace

import pytest

from bot.errors import StorageError, Taken
from bot.identity import WorkspaceId, new_id
from tests.databases import Storage
from tests.storage_values import NOW, a_member


async def test_what_is_not_committed_was_never_there(storage: Storage, here: WorkspaceId) -> None:
    member = a_member()
    async with storage.units(here) as work:
        await work.members.put(member)
        assert await work.members.get(member.id) == member
    async with storage.units(here) as work:
        assert await work.members.get(member.id) is None


async def test_an_error_rolls_everything_back(storage: Storage, here: WorkspaceId) -> None:
    member = a_member()

    async def breaks_off() -> None:
        async with storage.units(here) as work:
            await work.members.put(member)
            raise LookupError

    with pytest.raises(LookupError):
        await breaks_off()
    async with storage.units(here) as work:
        assert await work.members.everybody() == []


async def test_what_is_committed_stays_whatever_comes_after(storage: Storage, here: WorkspaceId) -> None:
    kept, lost = a_member(), a_member()
    async with storage.units(here) as work:
        await work.members.put(kept)
        await work.commit()
        await work.members.put(lost)
    async with storage.units(here) as work:
        assert await work.members.everybody() == [kept]


async def test_after_a_storage_error_nothing_of_the_unit_can_be_kept(storage: Storage, here: WorkspaceId) -> None:
    first = a_member()
    async with storage.units(here) as work:
        await work.members.put(first)
        await work.commit()
    async with storage.units(here) as work:
        await work.members.put(a_member())
        with pytest.raises(Taken):
            await work.members.put(a_member(roster_id=first.roster_id))
        with pytest.raises(StorageError):
            await work.commit()
    async with storage.units(here) as work:
        assert await work.members.everybody() == [first]


async def test_fifty_changes_at_once_lose_none(storage: Storage, here: WorkspaceId) -> None:
    member = a_member(intros_per_round=0)
    async with storage.units(here) as work:
        await work.members.put(member)
        await work.commit()

    async def one_more() -> None:
        async with storage.units(here) as work:
            found = await work.members.get(member.id)
            assert found is not None
            await asyncio.sleep(0)
            await work.members.put(replace(found, intros_per_round=found.intros_per_round + 1))
            await work.commit()

    await asyncio.gather(*(one_more() for _ in range(50)))
    async with storage.units(here) as work:
        found = await work.members.get(member.id)
        assert found is not None
        assert found.intros_per_round == 50


async def test_a_unit_for_reading_sees_what_is_committed_and_waits_for_nobody(
    storage: Storage, here: WorkspaceId
) -> None:
    member = a_member()
    async with storage.units(here) as writing:
        await writing.members.put(member)
        async with storage.units(here, reading=True) as reading:
            assert await reading.members.get(member.id) is None
        await writing.commit()
    async with storage.units(here, reading=True) as reading:
        assert await reading.members.get(member.id) == member


async def test_a_unit_for_reading_cannot_write(storage: Storage, here: WorkspaceId) -> None:
    async with storage.units(here, reading=True) as work:
        with pytest.raises(RuntimeError):
            await work.members.put(a_member())
    async with storage.units(here, reading=True) as work:
        await work.members.everybody()
        with pytest.raises(RuntimeError):
            await work.commit()


async def test_nothing_is_written_for_a_workspace_that_is_not_there(storage: Storage) -> None:
    async def writes() -> None:
        async with storage.units(WorkspaceId(new_id())) as work:
            await work.members.put(a_member())
            await work.commit()

    with pytest.raises(StorageError):
        await writes()


async def test_a_cancelled_unit_leaves_the_way_free(storage: Storage, here: WorkspaceId) -> None:
    begun = asyncio.Event()

    async def never_ends() -> None:
        async with storage.units(here) as work:
            await work.members.put(a_member())
            begun.set()
            await asyncio.Event().wait()

    stuck = asyncio.create_task(never_ends())
    await begun.wait()
    stuck.cancel()
    with pytest.raises(asyncio.CancelledError):
        await stuck
    async with storage.units(here) as work:
        assert await work.members.everybody() == []
        await work.members.put(a_member())
        await work.commit()


async def test_an_interaction_is_new_once_even_if_it_comes_twice_at_once(storage: Storage, here: WorkspaceId) -> None:
    async def arrives() -> bool:
        async with storage.units(here) as work:
            first = await work.arrivals.first_time("slack:1", NOW)
            await work.commit()
            return first

    assert sorted(await asyncio.gather(*(arrives() for _ in range(5)))) == [False, False, False, False, True]
