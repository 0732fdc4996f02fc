"""Brings a database to the schema of this version.

SQLite is upgraded at start. On PostgreSQL somebody says so (``brobygger database upgrade``), since several processes share
it and an older one may still be running. A newer schema only has more than an older version knows of, so that older
processes go on and may be started again until the last of them is replaced; a step that takes something away says so with
:func:`storage.migrations.floor.raise_floor`, once no version that needs it is in use.
"""

import asyncio
import logging
import threading
from collections.abc import Generator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from bot.errors import SettingsError, Unavailable
from storage.engine import POSTGRES, parse_url, prepare_sqlite, sqlite_file
from storage.faults import fault

# The newest migration; a test compares it with the folder.
HEAD = "0020"
_VERSION = "alembic_version"
# The oldest version that may work on the schema, where not every one may.
FLOOR = "schema_floor"
_FOLDER = Path(__file__).parent / "migrations"
# Alembic keeps the running upgrade in global variables: two threads of one process must not run one at once.
_ONE_THREAD = threading.Lock()
ONE_UPGRADE = 7_262_629_144_000_001  # PostgreSQL's advisory lock for upgrades; any number that nobody else uses

_log = logging.getLogger(__name__)
# Seconds that a start waits for a database that is away, or is still to be upgraded; and until it looks again.
_AWAY, _OLDER, _PAUSE = 30.0, 600.0, 1.0
_OLD = "the database has the schema of an older version; run `brobygger database upgrade`"


class Standing(Enum):
    """How a database's schema stands to this version's. ``NEWER``: it has more, and all that this version needs."""

    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    TOO_NEW = "too new"


async def upgrade(url: str) -> None:
    """Runs every step that is missing, in one transaction: all of them or none. Two processes at once run them once."""
    await asyncio.to_thread(upgrade_blocking, url)


async def is_current(url: str) -> bool:
    """Whether the database has exactly this version's schema."""
    return await standing(url) is Standing.CURRENT


async def standing(url: str) -> Standing:
    """How the database's schema stands to this version's. A database that is not there yet is an older one."""
    return await asyncio.to_thread(_standing, parse_url(url))


async def check_schema(url: str) -> None:
    """Raises SettingsError, with what to do, unless this version can work on the schema."""
    found = await standing(url)
    if found is Standing.TOO_NEW:
        raise SettingsError(["the database was upgraded by a newer version of Brobygger; start that version"])
    if found is Standing.OLDER:
        raise SettingsError([f"{_OLD} before starting"])


async def until_ready(url: str, away: float = _AWAY, older: float = _OLDER, pause: float = _PAUSE) -> None:
    """Waits at the start of the service: while the database is restarted, and while a new version is rolled out and the
    database is still to be upgraded; so many seconds at most. Returns at once on SQLite."""
    if parse_url(url).drivername != POSTGRES:
        return
    loop = asyncio.get_running_loop()
    began, told = loop.time(), ""
    while True:
        try:
            reason, patience = (_OLD, older) if await standing(url) is Standing.OLDER else ("", 0.0)
        except Unavailable as error:
            reason, patience = str(error), away
        if loop.time() - began >= patience:
            return
        if reason != told:
            _log.warning("Waiting: %s", reason)
            told = reason
        await asyncio.sleep(pause)


async def make_ready(url: str) -> None:
    """What happens at start: SQLite is upgraded, PostgreSQL is only checked. Raises SettingsError for a schema that this
    version cannot work on."""
    if parse_url(url).drivername != POSTGRES and await standing(url) is Standing.OLDER:
        await upgrade(url)
    else:
        await check_schema(url)


def upgrade_blocking(url: str) -> None:
    """The same as :func:`upgrade`, where no event loop runs."""
    with _ONE_THREAD, _connected(parse_url(url)) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_UPGRADE})
        bring_to(connection, "head")
        connection.commit()


def _standing(url: URL) -> Standing:
    if url.drivername != POSTGRES and not sqlite_file(url).exists():
        return Standing.OLDER
    with _connected(url) as connection:
        there = max(_values(connection, _VERSION, "version_num"), default="")
        if there <= HEAD:
            return Standing.CURRENT if there == HEAD else Standing.OLDER
        floor = max(_values(connection, FLOOR, "version"), default="")
    return Standing.NEWER if floor <= HEAD else Standing.TOO_NEW


def _values(connection: Connection, table: str, column: str) -> list[str]:
    if not inspect(connection).has_table(table):
        return []
    return list(connection.scalars(text(f"SELECT {column} FROM {table}")))  # noqa: S608 - constants


def is_known(version: str) -> bool:
    """Whether this version's migrations lead there: a copy of a newer one's database is none of ours."""
    return any(_FOLDER.glob(f"versions/{version}_*.py")) if version.isdecimal() else False


def bring_to(connection: Connection, version: str) -> None:
    """Runs the steps up to a version, in the transaction that the connection is in."""
    # Some 10 MB and a fifth of a second that most starts don't need.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, version)


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
