"""Brings a database to the schema of this version.

SQLite is upgraded at start. On PostgreSQL somebody says so (``brobygger database upgrade``), since several processes share
it and an older one may still be running; the service refuses to start on a schema of another version.
"""

import asyncio
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from bot.errors import SettingsError
from storage.engine import POSTGRES, parse_url, prepare_sqlite, sqlite_file
from storage.faults import fault

# The newest migration; a test compares it with the folder.
HEAD = "0012"
_VERSION = "alembic_version"
_FOLDER = Path(__file__).parent / "migrations"
# Alembic keeps the running upgrade in global variables: two threads of one process must not run one at once.
_ONE_THREAD = threading.Lock()
_ONE_AT_A_TIME = 7_262_629_144_000_001  # PostgreSQL's advisory lock for upgrades; any number that nobody else uses


async def upgrade(url: str) -> None:
    """Runs every step that is missing, in one transaction: all of them or none. Two processes at once run them once."""
    await asyncio.to_thread(upgrade_blocking, url)


async def is_current(url: str) -> bool:
    """Whether the database has exactly this version's schema."""
    return await asyncio.to_thread(_is_current, parse_url(url))


async def check_schema(url: str) -> None:
    """Raises SettingsError, with what to do, unless the schema is this version's."""
    if not await is_current(url):
        raise SettingsError(
            ["the database has the schema of another version; run `brobygger database upgrade` before starting"]
        )


async def make_ready(url: str) -> None:
    """What happens at start: SQLite is upgraded, PostgreSQL is only checked."""
    if parse_url(url).drivername == POSTGRES:
        await check_schema(url)
    elif not await is_current(url):
        await upgrade(url)


def upgrade_blocking(url: str) -> None:
    """The same as :func:`upgrade`, where no event loop runs."""
    with _ONE_THREAD, _connected(parse_url(url)) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
        _run(connection)
        connection.commit()


def _is_current(url: URL) -> bool:
    if url.drivername != POSTGRES and not sqlite_file(url).exists():
        return False
    with _connected(url) as connection:
        if not inspect(connection).has_table(_VERSION):
            return False
        return set(connection.scalars(text(f"SELECT version_num FROM {_VERSION}"))) == {HEAD}  # noqa: S608 - a constant


def _run(connection: Connection) -> None:
    # Some 10 MB and a fifth of a second that most starts don't need.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@contextmanager
def _connected(url: URL) -> Generator[Connection, None, None]:
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise fault(error) from None
    finally:
        engine.dispose()


def _engine(url: URL) -> Engine:
    if url.drivername == POSTGRES:
        return create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args={"connect_timeout": 10})
    sqlite_file(url).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url.set(drivername="sqlite"), poolclass=NullPool, hide_parameters=True)
    # SQLite can undo a CREATE TABLE, if the driver lets the transaction begin before it.
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
