"""An academy on a real database with a courier: what the benchmarks of delivery and of the clock take place in.

PostgreSQL writes to disk before it says that something is kept, as it does in service: what makes it fast for tests is taken
back.
"""

import tempfile
import time
from collections.abc import AsyncGenerator, Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeAlias

import psycopg
from sqlalchemy import URL

from adapters.clock import SystemClock
from benchmarks.instant import PLATFORM, InstantChat, Note, write_note
from bot.deliveries.courier import Courier
from bot.deliveries.domain import Delivery, DeliveryState, LetterTable, ToPlace
from bot.deliveries.letters import written
from bot.identity import Address, DeliveryId, WorkspaceId, new_id
from bot.schedules.domain import Schedule
from bot.words import Languages
from storage.upgrade import upgrade_blocking
from tests import databases
from tests.databases import Storage

# Makes an empty database with today's schema and gives its URL; it is gone afterwards.
Fresh: TypeAlias = Callable[[], AbstractContextManager[str]]


def both() -> Iterator[tuple[str, Fresh]]:
    """SQLite and PostgreSQL."""
    yield "SQLite", _sqlite
    with databases.postgres_server() as server:
        _as_in_service(server)
        yield "PostgreSQL", partial(_postgres, server)


@contextmanager
def _sqlite() -> Generator[str, None, None]:
    with tempfile.TemporaryDirectory() as folder:
        url = databases.sqlite_url(Path(folder, "bench.db"))
        upgrade_blocking(url)
        yield url


@contextmanager
def _postgres(server: URL) -> Generator[str, None, None]:
    with databases.fresh_database(server, "brobygger_bench") as url:
        upgrade_blocking(databases.url_text(url))
        yield databases.url_text(url)


def _as_in_service(server: URL) -> None:
    with psycopg.connect(databases.url_text(server.set(drivername="postgresql")), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM RESET fsync")
        connection.execute("ALTER SYSTEM RESET full_page_writes")
        connection.execute("SELECT pg_reload_conf()")


class Office:
    """A workspace on a real database with deliveries, a courier and a chat that answers at once."""

    def __init__(self, storage: Storage, workspace: WorkspaceId, chat: InstantChat) -> None:
        self.storage = storage
        self.chat = chat
        self.clock = SystemClock()
        self._workspace = workspace

    def deliveries(self, count: int, lanes: int) -> list[Delivery]:
        now = self.clock.now()
        made: list[Delivery] = []
        for number in range(count):
            identity, lane = DeliveryId(new_id()), f"lane {number % lanes}"
            made.append(Delivery(identity, str(identity), lane, ToPlace(Address(PLATFORM, lane)), Note(), now))
        return made

    async def write(self, deliveries: list[Delivery]) -> float:
        """Writes them, and returns when their commit began."""
        async with self.storage.units(self._workspace) as work:
            await work.deliveries.add(deliveries)
            started = time.perf_counter()
            await work.commit()
        return started

    async def plan(self, schedules: Sequence[Schedule]) -> None:
        """Writes schedules."""
        async with self.storage.units(self._workspace) as work:
            for one in schedules:
                await work.schedules.put(one)
            await work.commit()

    def courier(self) -> Courier:
        storage = self.storage
        letters = (written(Note, write_note),)
        return Courier(
            storage.outbox, storage.units, storage.directory, self.chat, letters, Languages.load(), self.clock,
            storage.alarm, "courier",
        )  # fmt: skip

    async def sent(self) -> int:
        """How many the database says were sent."""
        async with self.storage.units(self._workspace, reading=True) as work:
            return (await work.deliveries.count_by_state()).get(DeliveryState.SENT, 0)


@asynccontextmanager
async def opened(url: str, wanted: int = 0) -> AsyncGenerator[Office, None]:
    async with databases.opened(url, LetterTable.of([Note])) as storage:
        yield Office(storage, await storage.workspace(), InstantChat(wanted))


@asynccontextmanager
async def beside(url: str, first: Office) -> AsyncGenerator[Office, None]:
    """Another process's office on the same database, as far as connections and alarms go. SQLite has one process only."""
    if url.startswith("sqlite"):
        yield first
        return
    async with opened(url) as second:
        yield second
