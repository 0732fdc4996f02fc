"""Opens the database: SQLite for one machine, PostgreSQL for several processes, the same code above both.

SQLite's driver would begin transactions by itself and too late, and two units that read before they write would overwrite
each other's changes; so its own transactions are off and every unit that may write begins with ``BEGIN IMMEDIATE``.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import SettingsError, Unavailable
from storage.bank_sorting import Sorting
from storage.changes import PeopleWritten
from storage.faults import fault
from storage.forgetting import Traces
from storage.seal import Seal, seal_for
from storage.sqlite import connected

SQLITE = "sqlite+aiosqlite"
POSTGRES = "postgresql+psycopg"
PATIENCE = 10.0  # seconds that a unit of work waits for others before it gives up with Unavailable
READING = "brobygger_reading"  # execution option of a connection that will not write


class Database:
    """An open database. ``gate`` lets SQLite's writers in one after the other, in the order in which they came: SQLite
    itself would have them try again and again and let luck decide. :meth:`close` must be called."""

    def __init__(self, url: URL, engine: AsyncEngine, seal: Seal, lock: FileLock | None, patience: float) -> None:
        self.url = url
        self.patience = patience
        self.engine = engine
        self.reading_engine = engine.execution_options(**{READING: True})
        self.seal = seal
        self.gate = asyncio.Lock()
        self.traces = Traces(self)
        self.sorting = Sorting(self)
        self.people = PeopleWritten(alone=self.is_sqlite)
        self._lock = lock

    @property
    def is_sqlite(self) -> bool:
        """SQLite, in one file and used by one process."""
        return self.engine.dialect.name == "sqlite"

    @property
    def once_engine(self) -> AsyncEngine:
        """For a library's own transactions that read a row and then remove it: of two at once only one comes through. On
        SQLite they go one after the other anyway, under :meth:`alone`."""
        return self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="REPEATABLE READ")

    async def hold_gate(self) -> None:
        """Waits for the gate; whoever has it must release it. Raises Unavailable when patience ends."""
        try:
            async with asyncio.timeout(self.patience):
                await self.gate.acquire()
        except TimeoutError:
            raise Unavailable("another unit of work does not come to an end") from None

    @asynccontextmanager
    async def alone(self) -> AsyncGenerator[None, None]:
        """For a library that writes through ``engine`` by itself: it waits its turn among SQLite's writers, and what goes
        wrong is said in the house's errors. Not to be entered while a unit of work is open."""
        if self.is_sqlite:
            await self.hold_gate()
        try:
            async with self.for_reading():
                yield
        finally:
            if self.is_sqlite:
                self.gate.release()

    @asynccontextmanager
    async def for_reading(self) -> AsyncGenerator[None, None]:
        """For a library that reads through ``reading_engine`` by itself: nobody waits, errors are the house's."""
        try:
            yield
        except SQLAlchemyError as error:
            raise fault(error) from None

    async def close(self) -> None:
        """Closes all connections and gives the file free for another process."""
        await self.traces.stop()
        await self.sorting.finished()
        await self.engine.dispose()
        if self._lock is not None:
            self._lock.release()


def open_database(url: str, secret_key: str = "", patience: float = PATIENCE) -> Database:
    """Opens the database of ``DATABASE_URL``; ``secret_key`` is ``BROBYGGER_SECRET_KEY``, ``patience`` in seconds.

    Nothing is sent to PostgreSQL yet. Raises SettingsError for a URL of another kind or a missing key, and Unavailable if
    another process has the SQLite file.
    """
    parsed = parse_url(url)
    if parsed.drivername == POSTGRES:
        return Database(parsed, _postgres_engine(parsed, patience), seal_for(secret_key, None), None, patience)
    file = sqlite_file(parsed)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = _held_lock(file)
    except OSError as error:
        raise Unavailable(f"the folder of the database cannot be written to ({error.strerror})") from None
    try:
        seal = seal_for(secret_key, file)
        return Database(parsed, _sqlite_engine(parsed, patience), seal, lock, patience)
    except BaseException:
        lock.release()
        raise


def parse_url(url: str) -> URL:
    """The parts of ``DATABASE_URL``. Raises SettingsError for anything but the two kinds that are known."""
    expected = f"DATABASE_URL must begin with {SQLITE}:/// or {POSTGRES}://"
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise SettingsError([expected]) from None
    if parsed.drivername not in (SQLITE, POSTGRES):
        raise SettingsError([expected])
    if parsed.drivername == SQLITE and (parsed.database or ":memory:") == ":memory:":
        raise SettingsError(["DATABASE_URL must name a file: what SQLite keeps in memory is lost at the end"])
    return parsed


def sqlite_file(url: URL) -> Path:
    """The file behind a SQLite URL."""
    return Path(url.database or "")


def _held_lock(file: Path) -> FileLock:
    # Not bound to the thread: the lock belongs to the process, whoever closes the database.
    lock = FileLock(file.with_name(file.name + ".lock"), timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise Unavailable(
            f"another process is using {file.name}; stop it first, or use PostgreSQL for several processes"
        ) from None
    return lock


def _sqlite_engine(url: URL, patience: float) -> AsyncEngine:
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_timeout=patience,
        connect_args={"timeout": patience, "async_creator_fn": connected},
    )
    event.listen(engine.sync_engine, "connect", prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Sets what SQLite forgets with every connection. ``synchronous=FULL``: what was committed survives a power cut;
    ``secure_delete``: what was removed is overwritten."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _postgres_engine(url: URL, patience: float) -> AsyncEngine:
    wait = int(patience * 1000)
    return create_async_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=patience,
        connect_args={
            "connect_timeout": max(2, int(patience)),
            "options": f"-c timezone=UTC -c lock_timeout={wait} -c idle_in_transaction_session_timeout={6 * wait}",
        },
    )
