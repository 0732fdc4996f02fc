"""A copy of a running database, and the way back."""

import asyncio
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.deliveries.domain import DeliveryState, Letter, LetterTable
from bot.errors import StorageError, Taken, Unavailable
from storage.backup import back_up, restore
from tests import databases
from tests.outbox_steps import LEASE
from tests.storage_values import NOW, a_delivery, a_member


async def test_a_copy_of_a_running_database_is_whole_and_can_be_put_back(
    database_url: str, letters: LetterTable, tmp_path: Path
) -> None:
    copy = tmp_path / "copies" / "monday.db"
    async with databases.opened(database_url, letters) as storage:
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

        await asyncio.gather(goes_on(), back_up(database_url, copy))
        async with storage.units(here) as work:
            await work.members.put(a_member())
            await work.commit()
        if storage.kind == "postgresql":
            await storage.alarm.wait(10)  # it listens, so that it counts as running
        with pytest.raises(Unavailable, match=r"stop it first|stop every one of them first"):
            await restore(database_url, copy)
    assert await restore(database_url, copy) == 0
    async with databases.opened(database_url, letters) as storage, storage.units(here, reading=True) as work:
        everybody = await work.members.everybody()
        assert list(everybody)[:300] == members
        # Each unit of work wrote two: the copy has all of a unit or nothing of it.
        assert len(everybody) % 2 == 0
    assert copy.stat().st_mode & 0o777 == 0o600


async def test_what_was_on_its_way_is_asked_about_after_a_restore(
    database_url: str, letters: LetterTable, greeting: Callable[[], Letter], tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    deliveries = [a_delivery(greeting(), f"lane {number}") for number in range(3)]
    async with databases.opened(database_url, letters) as storage:
        here = await storage.workspace()
        async with storage.units(here) as work:
            await work.deliveries.add(deliveries)
            await work.commit()
        sent = (await storage.outbox.claim("one", NOW, LEASE, 1))[0]
        await storage.outbox.sent(sent, None, NOW, LEASE)
        await back_up(database_url, copy)
    assert await restore(database_url, copy) == 2
    async with databases.opened(database_url, letters) as storage:
        claims = await storage.outbox.claim("two", NOW, LEASE, 5)
        assert {claim.delivery.id for claim in claims} == {one.id for one in deliveries} - {sent.delivery.id}
        assert all(claim.seen_before and claim.delivery.first_tried_at is not None for claim in claims)
        async with storage.units(here, reading=True) as work:
            found = await work.deliveries.get(sent.delivery.id)
        assert found is not None
        assert found.state is DeliveryState.SENT


async def test_no_copy_is_written_over_another_file(database_url: str, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("precious")
    with pytest.raises(Taken):
        await back_up(database_url, there)
    assert there.read_text() == "precious"
    assert [file.name for file in tmp_path.iterdir() if file.name.endswith(".part")] == []


async def test_what_is_no_copy_is_not_put_back(database_url: str, letters: LetterTable, tmp_path: Path) -> None:
    bad, foreign, empty = tmp_path / "bad", tmp_path / "foreign", tmp_path / "empty"
    bad.write_text("This is a letter and not a database. " * 100)
    with closing(sqlite3.connect(foreign)) as database:
        database.execute("CREATE TABLE recipes (name)")
        database.commit()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("contents.json", json.dumps({"kind": "recipes", "version": "0001", "tables": []}))
    for source in (bad, foreign, empty, tmp_path / "missing.db"):
        with pytest.raises(Unavailable):
            await restore(database_url, source)
    async with databases.opened(database_url, letters) as storage:
        assert await storage.directory.every() == []


async def test_a_copy_of_a_newer_version_is_not_put_back(
    database_url: str, letters: LetterTable, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    await back_up(database_url, copy)
    newer = tmp_path / "newer"
    if zipfile.is_zipfile(copy):
        with zipfile.ZipFile(copy) as old, zipfile.ZipFile(newer, "w") as new:
            for name in old.namelist():
                content = old.read(name)
                if name == "contents.json":
                    content = json.dumps({**json.loads(content), "version": "9999"}).encode()
                new.writestr(name, content)
    else:
        databases.copy_sqlite(copy, newer)
        databases.change(databases.sqlite_url(newer), "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Unavailable, match="newer version"):
        await restore(database_url, newer)
    async with databases.opened(database_url, letters) as storage:
        assert await storage.directory.every() == []


async def test_a_copy_that_lost_rows_is_not_put_back(postgres_url: str, letters: LetterTable, tmp_path: Path) -> None:
    copy, damaged = tmp_path / "copy", tmp_path / "damaged"
    async with databases.opened(postgres_url, letters) as storage:
        here = await storage.workspace()
        await back_up(postgres_url, copy)
    with zipfile.ZipFile(copy) as old, zipfile.ZipFile(damaged, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"" if name == "tables/themes" else old.read(name))
    with pytest.raises(Unavailable, match="damaged"):
        await restore(postgres_url, damaged)
    async with databases.opened(postgres_url, letters) as storage:
        assert [one.id for one in await storage.directory.every()] == [here]


async def test_there_is_nothing_to_copy_before_there_is_a_database(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        await back_up(databases.sqlite_url(tmp_path / "none.db"), tmp_path / "copy.db")
    assert not (tmp_path / "none.db").exists()
    with pytest.raises(StorageError):
        await back_up("postgresql+psycopg://nobody@/nothing?host=/nowhere", tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
