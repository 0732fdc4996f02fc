"""What only PostgreSQL needs of its driver: what its errors mean, and how another process rings the alarm here."""

import asyncio
from collections.abc import Callable, Mapping

import psycopg
from psycopg import sql

from bot.errors import Full, StorageError, Taken, Unavailable
from storage.engine import Database
from storage.faults import LOCKED, anew

# PostgreSQL's advisory lock that every running process shares, and that a restore wants for itself.
RUNNING = 7_262_629_144_000_002
_FIRST_PAUSE = 0.2  # seconds before listening again after a lost connection, doubled up to
_LONGEST_PAUSE = 15.0
# PostgreSQL's SQLSTATE, by class (two characters) or whole code; the longer one counts.
_POSTGRES = {
    "08": Unavailable("the connection to the database was lost"),
    "28": Unavailable("the database does not accept this user or password"),
    "3D": Unavailable("there is no database of this name"),
    "53": Unavailable("the database has no room for more connections or work"),
    "53100": Full("there is no space left for the database"),
    "57": Unavailable("the database is stopping, starting or busy"),
    "40": Unavailable("two changes got in each other's way"),
    "55P03": Unavailable(LOCKED),
    "25P03": Unavailable("a unit of work stood open for too long"),
    "23505": Taken("a row with this key is already there"),
}


def postgres_fault(error: BaseException | None) -> StorageError:
    """The house's error for one of the driver's own."""
    code = (error.sqlstate or "") if isinstance(error, psycopg.Error) else ""
    known = _POSTGRES.get(code) or _POSTGRES.get(code[:2])
    if known is None and not code and isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        known = Unavailable("the database cannot be reached")
    return anew(known) or StorageError(f"the database could not do it ({code or type(error).__name__})")


async def listen(database: Database, rings: Mapping[str, Callable[[], None]], lost: Callable[[], None]) -> None:
    """Calls a channel's ``rings`` at each notice on it, for ever. A lost connection is told with ``lost``, and made again:
    then all of them are called, since something may have been committed while nobody listened."""
    pause = _FIRST_PAUSE
    while True:
        try:
            async with await _connection(database) as connection:
                # As long as this connection stands, nobody puts another database in the place of this one.
                await connection.execute("SELECT pg_advisory_lock_shared(%s)", (RUNNING,))
                for channel in rings:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
                pause = _FIRST_PAUSE
                for ring in rings.values():
                    ring()
                async for notice in connection.notifies():
                    rings[notice.channel]()
        except (psycopg.Error, OSError, StorageError):
            lost()
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)


async def _connection(database: Database) -> psycopg.AsyncConnection[tuple[object, ...]]:
    _, settings = database.engine.dialect.create_connect_args(database.url)
    return await psycopg.AsyncConnection[tuple[object, ...]].connect(**settings, autocommit=True, connect_timeout=10)
