"""A copy of a running database, and the way back."""

import asyncio
from pathlib import Path

import pytest

from bot.deliveries.domain import LetterTable
from bot.errors import SettingsError, Taken, Unavailable
from storage.backup import back_up, restore
from tests import databases
from tests.storage_values import a_member


async def test_a_copy_of_a_running_database_is_whole_and_can_be_put_back(
    sqlite_url: str, letters: LetterTable, tmp_path: Path
) -> None:
    copy = tmp_path / "copies" / "monday.db"
    async with databases.opened(sqlite_url, letters) as storage:
        here = await storage.workspace()
        members = [a_member() for _ in range(300)]
        async with storage.units(here) as work:
            await work.members.put_all(members)
            await work.commit()

        async def goes_on() -> None:
            for _ in range(20):
                async with storage.units(here) as work:
                    await work.members.put_all([a_member(), a_member()])
                    await work.commit()

        await asyncio.gather(goes_on(), back_up(sqlite_url, copy))
        with pytest.raises(Unavailable, match="another process"):
            await restore(sqlite_url, copy)
    await restore(sqlite_url, copy)
    async with databases.opened(sqlite_url, letters) as storage, storage.units(here, reading=True) as work:
        everybody = await work.members.everybody()
        assert list(everybody)[:300] == members
        # Each unit of work wrote two: the copy has all of a unit or nothing of it.
        assert len(everybody) % 2 == 0
    assert copy.stat().st_mode & 0o777 == 0o600


async def test_no_copy_is_written_over_another_file(sqlite_url: str, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("precious")
    with pytest.raises(Taken):
        await back_up(sqlite_url, there)
    assert there.read_text() == "precious"


async def test_what_is_no_copy_is_not_put_back(sqlite_url: str, letters: LetterTable, tmp_path: Path) -> None:
    bad = tmp_path / "bad.db"
    bad.write_text("This is a letter and not a database. " * 100)
    for source in (bad, tmp_path / "missing.db"):
        with pytest.raises(Unavailable):
            await restore(sqlite_url, source)
    async with databases.opened(sqlite_url, letters) as storage:
        assert await storage.directory.every() == []


async def test_there_is_nothing_to_copy_before_there_is_a_database(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        await back_up(databases.sqlite_url(tmp_path / "none.db"), tmp_path / "copy.db")
    assert not (tmp_path / "none.db").exists()


async def test_postgresql_has_its_own_tool(postgres_url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="pg_dump"):
        await back_up(postgres_url, tmp_path / "copy.db")
    with pytest.raises(SettingsError, match="pg_restore"):
        await restore(postgres_url, tmp_path / "copy.db")
