"""What goes wrong in a database is said in the house's own errors, without what people wrote, and passes."""

import asyncio
import contextlib
import logging
import sqlite3
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import errors as postgres_errors
from sqlalchemy import make_url

from bot.deliveries.domain import LetterTable
from bot.errors import Full, SettingsError, StorageError, Taken, Unavailable
from bot.identity import WorkspaceId
from storage.directory import StoredDirectory
from storage.engine import open_database
from storage.faults import driver_fault
from storage.schema import TABLES
from storage.statements import statements
from tests import databases
from tests.databases import TEST_KEY, Storage
from tests.storage_values import a_member


@asynccontextmanager
async def opened(url: str, patience: float = 0.05) -> AsyncGenerator[StoredDirectory, None]:
    database = open_database(url, TEST_KEY, patience=patience)
    try:
        yield StoredDirectory(database)
    finally:
        await database.close()


async def add_member(storage: Storage, here: WorkspaceId, name: str = "Åse") -> None:
    async with storage.units(here) as work:
        await work.members.put(a_member(name))
        await work.commit()


async def test_a_locked_sqlite_file_is_unavailable_and_comes_back(sqlite_url: str, letters: LetterTable) -> None:
    async with databases.opened(sqlite_url, letters) as storage:
        here = await storage.workspace()
        assert storage.database is not None
        async with storage.database.engine.connect() as connection:
            await connection.exec_driver_sql("PRAGMA busy_timeout = 20")
        with contextlib.closing(sqlite3.connect(str(storage.database.url.database))) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(Unavailable, match="locked"):
                await add_member(storage, here)
        await add_member(storage, here)


async def test_a_full_disk_is_said_and_nothing_is_half_done(sqlite_url: str, letters: LetterTable) -> None:
    async with databases.opened(sqlite_url, letters) as storage:
        here = await storage.workspace()
        assert storage.database is not None
        async with storage.database.engine.connect() as connection:
            await connection.exec_driver_sql("PRAGMA max_page_count = 1")
        with pytest.raises(Full):
            await add_member(storage, here, "Å" * 2_000_000)
        async with storage.database.engine.connect() as connection:
            await connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        await add_member(storage, here)
        async with storage.units(here, reading=True) as work:
            assert len(await work.members.everybody()) == 1


async def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    file = tmp_path / "brobygger.db"
    file.write_text("This is a letter and not a database. " * 100)
    async with opened(databases.sqlite_url(file)) as directory:
        with pytest.raises(Unavailable, match="not a Brobygger database"):
            await directory.every()


async def test_a_database_without_tables_is_a_plain_storage_error(tmp_path: Path) -> None:
    async with opened(databases.sqlite_url(tmp_path / "empty.db")) as directory:
        with pytest.raises(StorageError):
            await directory.every()


async def test_a_postgresql_that_is_not_there_is_unavailable() -> None:
    async with opened("postgresql+psycopg://somebody@127.0.0.1:1/nothing", patience=1) as directory:
        with pytest.raises(Unavailable, match="cannot be reached"):
            await directory.every()


async def test_a_postgresql_database_of_another_name_is_unavailable(postgres_url: str) -> None:
    missing = make_url(postgres_url).set(database="brobygger_nothing")
    async with opened(databases.url_text(missing), patience=1) as directory:
        with pytest.raises(Unavailable):
            await directory.every()


async def test_a_lost_connection_comes_back_by_itself(postgres_url: str, letters: LetterTable) -> None:
    async with databases.opened(postgres_url, letters) as storage:
        here = await storage.workspace()
        async with storage.units(here) as work:
            await work.members.put(a_member())
            databases.change(
                postgres_url,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )
            with pytest.raises(Unavailable):
                await work.members.everybody()
            with pytest.raises(StorageError):
                await work.commit()
        await add_member(storage, here)
        async with storage.units(here, reading=True) as work:
            assert len(await work.members.everybody()) == 1


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (postgres_errors.DiskFull(), Full),
        (postgres_errors.UniqueViolation(), Taken),
        (postgres_errors.LockNotAvailable(), Unavailable),
        (postgres_errors.DeadlockDetected(), Unavailable),
        (postgres_errors.SerializationFailure(), Unavailable),
        (postgres_errors.AdminShutdown(), Unavailable),
        (postgres_errors.CannotConnectNow(), Unavailable),
        (postgres_errors.TooManyConnections(), Unavailable),
        (postgres_errors.InvalidPassword(), Unavailable),
        (postgres_errors.IdleInTransactionSessionTimeout(), Unavailable),
        (psycopg.OperationalError("connection refused"), Unavailable),
        (postgres_errors.ForeignKeyViolation(), StorageError),
        (postgres_errors.UndefinedTable(), StorageError),
        (sqlite3.OperationalError("no active connection"), Unavailable),
        (sqlite3.DataError(), StorageError),
        (RuntimeError(), StorageError),
    ],
)
def test_every_drivers_error_has_a_name_in_the_house(error: Exception, kind: type[StorageError]) -> None:
    assert type(driver_fault(error)) is kind


async def test_no_error_repeats_what_somebody_wrote(real: Storage, caplog: pytest.LogCaptureFixture) -> None:
    here = await real.workspace()
    secret = f"roster {here}"
    async with real.units(here) as work:
        await work.members.put(a_member(roster_id=secret))
        with pytest.raises(Taken) as raised:
            await work.members.put(a_member(roster_id=secret))
    with caplog.at_level(logging.ERROR):
        logging.getLogger("test").error("failed", exc_info=raised.value)
    assert "already there" in caplog.text
    assert str(here) not in caplog.text


async def test_a_time_without_its_zone_is_refused_before_it_is_stored(real: Storage) -> None:
    here = await real.workspace()
    async with real.units(here) as work:
        with pytest.raises(ValueError, match="zone"):
            await work.members.put(a_member(joined_at=datetime(2026, 3, 2, 9, 0)))  # noqa: DTZ001 - the mistake meant


async def test_a_unit_inside_another_is_told_and_does_not_wait_for_ever(sqlite_url: str) -> None:
    database = open_database(sqlite_url, TEST_KEY, patience=0.05)
    try:
        async with statements(database) as outer, statements(database) as inner:
            await outer.write(TABLES[0].delete())
            with pytest.raises(Unavailable, match="does not come to an end"):
                await inner.write(TABLES[0].delete())
    finally:
        await database.close()


async def test_a_sqlite_file_belongs_to_one_process(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    try:
        with pytest.raises(Unavailable, match="another process"):
            open_database(sqlite_url)
        other = await asyncio.to_thread(
            subprocess.run,
            [
                sys.executable,
                "-c",
                f"import storage.engine as e\ntry: e.open_database({sqlite_url!r})\nexcept Exception as x: print(x)",
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        assert "another process is using brobygger.db" in other.stdout
    finally:
        await database.close()
    await open_database(sqlite_url).close()


@pytest.mark.parametrize(
    "url", ["mysql://x", "sqlite:///x.db", "sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:", "", "not a url"]
)
def test_a_url_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        open_database(url)


async def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    await open_database(databases.sqlite_url(tmp_path / "a" / "b" / "c.db")).close()
    assert (tmp_path / "a" / "b").is_dir()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="folder"):
        open_database(databases.sqlite_url(tmp_path / "file" / "c.db"))
