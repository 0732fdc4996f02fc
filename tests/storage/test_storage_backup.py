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
from storage.backup import Restored, back_up, restore
from tests import databases
from tests.outbox_steps import LEASE
from tests.storage_values import NOW, a_delivery, a_member


async def test_a_copy_of_a_running_database_is_whole_and_can_be_put_back(
    database_url: str, letters: LetterTable, tmp_path: Path
) -> None:
    copy = tmp_path / "monday.db"
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
            await restore(database_url, copy, NOW)
    assert (await restore(database_url, copy, NOW)).on_their_way == 0
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
    assert (await restore(database_url, copy, NOW)).on_their_way == 2
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
        with pytest.raises(Unavailable, match=source.name):
            await restore(database_url, source, NOW)
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
        await restore(database_url, newer, NOW)
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
        await restore(postgres_url, damaged, NOW)
    async with databases.opened(postgres_url, letters) as storage:
        assert [one.id for one in await storage.directory.every()] == [here]


async def test_there_is_nothing_to_copy_before_there_is_a_database(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        await back_up(databases.sqlite_url(tmp_path / "none.db"), tmp_path / "copy.db")
    assert not (tmp_path / "none.db").exists()
    with pytest.raises(StorageError):
        await back_up("postgresql+psycopg://nobody@/nothing?host=/nowhere", tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


async def test_a_copy_that_is_cut_off_or_damaged_is_to_blame_itself(
    database_url: str, letters: LetterTable, tmp_path: Path
) -> None:
    copy, broken = tmp_path / "copy", tmp_path / "tuesday.copy"
    async with databases.opened(database_url, letters) as storage:
        here = await storage.workspace()
        async with storage.units(here) as work:
            await work.members.put_all([a_member() for _ in range(200)])
            await work.commit()
    await back_up(database_url, copy)
    whole = copy.read_bytes()
    half, middle = len(whole) // 2, len(whole) // 3
    damages = (
        whole[:half],
        whole[: half // 4096 * 4096],
        whole[:-1],
        whole[:middle] + bytes(8192) + whole[middle + 8192 :],
    )
    for damage in damages:
        broken.write_bytes(damage)
        with pytest.raises(Unavailable, match=r"^tuesday\.copy is damaged or cut off"):
            await restore(database_url, broken, NOW)
    for damage in (b"", whole[:2]):
        broken.write_bytes(damage)
        with pytest.raises(Unavailable, match=r"^tuesday\.copy is not a "):
            await restore(database_url, broken, NOW)
    async with databases.opened(database_url, letters) as storage:
        assert [one.id for one in await storage.directory.every()] == [here]
    assert [file.name for file in tmp_path.iterdir() if "before" in file.name] == []


async def test_a_restore_keeps_what_was_there_and_can_be_undone(
    database_url: str, letters: LetterTable, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    async with databases.opened(database_url, letters) as storage:
        here = await storage.workspace()
        await back_up(database_url, copy)
        async with storage.units(here) as work:
            await work.members.put_all([a_member(), a_member()])
            await work.commit()
    back = await restore(database_url, copy, NOW)
    again = await restore(database_url, copy, NOW)
    assert (back.members, again.members) == (0, 0)
    assert back.before is not None
    assert again.before is not None
    assert f"before-restore-{NOW:%Y-%m-%dT%H%M%SZ}" in back.before.name
    assert back.before.parent == tmp_path
    assert back.before != again.before
    assert (await restore(database_url, back.before, NOW, keep=False)) == Restored(2, 0, None)


async def test_an_empty_database_is_not_kept(database_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    await back_up(database_url, copy)
    assert await restore(database_url, copy, NOW) == Restored(0, 0, None)
    assert [file.name for file in tmp_path.iterdir() if "before" in file.name] == []


async def test_a_damaged_database_is_kept_with_all_that_was_written_to_it(sqlite_url: str, tmp_path: Path) -> None:
    copy, file, log = tmp_path / "copy", tmp_path / "brobygger.db", tmp_path / "brobygger.db-wal"
    await back_up(sqlite_url, copy)
    file.write_bytes(b"SQLite format 3" + bytes(5000))
    log.write_bytes(b"the last words")
    before = (await restore(sqlite_url, copy, NOW)).before
    assert before is not None
    assert before.read_bytes().startswith(b"SQLite format 3")
    assert before.with_name(before.name + "-wal").read_bytes() == b"the last words"
    assert not log.exists()
    file.write_bytes(b"SQLite format 3" + bytes(5000))
    assert (await restore(sqlite_url, copy, NOW)).before is not None
    file.write_bytes(b"")
    assert await restore(sqlite_url, copy, NOW) == Restored(0, 0, None)
    file.unlink()
    assert await restore(sqlite_url, copy, NOW) == Restored(0, 0, None)


async def test_what_a_killed_process_wrote_last_is_kept_as_well(
    sqlite_url: str, letters: LetterTable, tmp_path: Path
) -> None:
    copy, killed = tmp_path / "copy", tmp_path / "killed.db"
    await back_up(sqlite_url, copy)
    async with databases.opened(sqlite_url, letters) as storage:
        here = await storage.workspace()
        async with storage.units(here) as work:
            await work.members.put(a_member())
            await work.commit()
        for rest in ("", "-wal"):
            killed.with_name(killed.name + rest).write_bytes((tmp_path / f"brobygger.db{rest}").read_bytes())
    url = databases.sqlite_url(killed)
    back = await restore(url, copy, NOW)
    assert (back.members, back.before is not None) == (0, True)
    assert (await restore(url, back.before or copy, NOW)).members == 1


async def test_nothing_is_restored_where_the_old_one_cannot_be_kept(
    sqlite_url: str, letters: LetterTable, tmp_path: Path
) -> None:
    copy, file = tmp_path / "copy", tmp_path / ("long" * 60)
    await back_up(sqlite_url, copy)
    (tmp_path / "brobygger.db").rename(file)
    async with databases.opened(databases.sqlite_url(file), letters) as storage:
        here = await storage.workspace()
    with pytest.raises(StorageError, match=r"cannot be kept \(File name too long\); `--replace` does without"):
        await restore(databases.sqlite_url(file), copy, NOW)
    async with databases.opened(databases.sqlite_url(file), letters) as storage:
        assert [one.id for one in await storage.directory.every()] == [here]
    assert await restore(databases.sqlite_url(file), copy, NOW, keep=False) == Restored(0, 0, None)


async def test_a_folder_for_a_copy_is_never_made(database_url: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"there is no folder .*/mistyped"):
        await back_up(database_url, tmp_path / "mistyped" / "monday.copy")
    assert not (tmp_path / "mistyped").exists()
