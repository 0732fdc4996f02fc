"""What home pages showed last."""

from dataclasses import replace
from datetime import timedelta

from bot.identity import Account, WorkspaceId
from bot.repositories import Home
from tests.databases import Storage
from tests.storage_values import NOW, a_member

SOMEBODY = Account("slack", "U1")


async def test_a_home_page_is_known_once_it_was_opened(storage: Storage, here: WorkspaceId) -> None:
    home = Home(SOMEBODY, "digest", NOW)
    async with storage.units(here) as work:
        assert await work.homes.get(SOMEBODY) is None
        await work.homes.put(home)
        await work.commit()
    async with storage.units(here) as work:
        assert await work.homes.get(SOMEBODY) == home
        assert await work.homes.get(Account("discord", "U1")) is None


async def test_what_it_shows_now_takes_the_place_of_what_it_showed(storage: Storage, here: WorkspaceId) -> None:
    first, other = Home(SOMEBODY, "one", NOW), Home(Account("slack", "U2"), "one", NOW)
    later = replace(first, digest="two", seen_at=NOW + timedelta(hours=1))
    async with storage.units(here) as work:
        for home in (first, other, later):
            await work.homes.put(home)
        assert await work.homes.get(SOMEBODY) == later
        assert await work.homes.get(other.account) == other


async def test_forgetting_a_home_page_twice_is_fine(storage: Storage, here: WorkspaceId) -> None:
    async with storage.units(here) as work:
        await work.homes.put(Home(SOMEBODY, "digest", NOW))
        await work.homes.forget(SOMEBODY)
        await work.homes.forget(SOMEBODY)
        assert await work.homes.get(SOMEBODY) is None


async def test_a_member_who_is_erased_takes_every_home_page_along(storage: Storage, here: WorkspaceId) -> None:
    leaves, stays = a_member(), a_member()
    async with storage.units(here) as work:
        await work.members.put_all([leaves, stays])
        for account in (*leaves.accounts, *stays.accounts):
            await work.homes.put(Home(account, "digest", NOW))
        await work.members.forget(leaves.id, NOW)
        await work.commit()
    async with storage.units(here) as work:
        assert [await work.homes.get(account) for account in leaves.accounts] == [None, None]
        assert all([await work.homes.get(account) for account in stays.accounts])


async def test_home_pages_that_nobody_opens_any_more_are_forgotten(storage: Storage, here: WorkspaceId) -> None:
    old, young = Home(SOMEBODY, "digest", NOW), Home(Account("slack", "U2"), "digest", NOW + timedelta(days=1))
    async with storage.units(here) as work:
        await work.homes.put(old)
        await work.homes.put(young)
        assert await work.homes.forget_before(NOW) == 0
        assert await work.homes.forget_before(NOW + timedelta(hours=1)) == 1
        assert await work.homes.get(old.account) is None
        assert await work.homes.get(young.account) == young
