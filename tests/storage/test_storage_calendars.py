"""The keys to people's calendars: found in any academy, shown again, and never readable in the file."""

from dataclasses import replace

from tests import databases
from tests.databases import Storage
from tests.storage_values import NOW, a_member


async def test_a_key_is_shown_again_found_and_exchanged(storage: Storage) -> None:
    academy = await storage.workspace()
    member, other = a_member(), replace(a_member(), accounts=(), roster_id="")
    async with storage.units(academy) as work:
        await work.members.put_all([member, other])
        await work.calendar_keys.put(member.id, "first", NOW)
        await work.calendar_keys.put(other.id, "theirs", NOW)
        await work.commit()
    assert await storage.directory.with_calendar_key("first") == (academy, member.id)
    assert await storage.directory.with_calendar_key("theirs") == (academy, other.id)
    assert await storage.directory.with_calendar_key("") is None
    async with storage.units(academy) as work:
        assert await work.calendar_keys.get(member.id) == "first"
        await work.calendar_keys.put(member.id, "second", NOW)
        await work.calendar_keys.forget(other.id)
        await work.calendar_keys.forget(other.id)
        await work.commit()
    assert await storage.directory.with_calendar_key("first") is None
    assert await storage.directory.with_calendar_key("second") == (academy, member.id)
    assert await storage.directory.with_calendar_key("theirs") is None


async def test_it_goes_with_its_member_and_rests_while_the_academy_does(storage: Storage) -> None:
    academy = await storage.workspace()
    member = a_member()
    async with storage.units(academy) as work:
        await work.members.put(member)
        await work.calendar_keys.put(member.id, "key", NOW)
        await work.commit()
    await storage.directory.freeze(academy, NOW)
    assert await storage.directory.with_calendar_key("key") is None
    await storage.directory.thaw(academy)
    assert await storage.directory.with_calendar_key("key") == (academy, member.id)
    async with storage.units(academy) as work:
        await work.members.forget(member.id, NOW)
        assert await work.calendar_keys.get(member.id) is None
        await work.commit()
    assert await storage.directory.with_calendar_key("key") is None


async def test_the_database_alone_opens_no_calendar(real: Storage, database_url: str) -> None:
    academy, member = await real.workspace(), a_member()
    async with real.units(academy) as work:
        await work.members.put(member)
        await work.calendar_keys.put(member.id, "Sesam", NOW)
        await work.commit()
    [row] = databases.rows_of(database_url, "SELECT finder, key_sealed FROM calendar_keys")
    assert "Sesam" not in "".join(row)


async def test_of_two_who_are_one_the_key_is_kept_once(storage: Storage) -> None:
    academy = await storage.workspace()
    kept, gone = a_member(), replace(a_member(), accounts=(), roster_id="")
    async with storage.units(academy) as work:
        await work.members.put_all([kept, gone])
        await work.calendar_keys.give_to(gone.id, kept.id)
        assert await work.calendar_keys.get(kept.id) is None
        await work.calendar_keys.put(gone.id, "theirs", NOW)
        await work.calendar_keys.give_to(gone.id, kept.id)
        assert await work.calendar_keys.get(gone.id) is None
        assert await work.calendar_keys.get(kept.id) == "theirs"
        await work.calendar_keys.put(gone.id, "another", NOW)
        await work.calendar_keys.give_to(gone.id, kept.id)
        assert await work.calendar_keys.get(gone.id) is None
        assert await work.calendar_keys.get(kept.id) == "theirs"
