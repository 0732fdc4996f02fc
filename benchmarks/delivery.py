"""Delivery on SQLite and on PostgreSQL: how much the courier adds to its own claims and writes, and how soon it begins.

The bare loop claims and writes as the courier does, as many at once, and sends nothing. PostgreSQL writes to disk before
it says that something is kept, as it does in service: what makes it fast for tests is taken back.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeAlias

import psycopg
from sqlalchemy import URL

from adapters.clock import SystemClock
from benchmarks.instant import PLATFORM, InstantChat, Note, write_note
from benchmarks.measure import Row, median
from bot.deliveries.courier import Courier
from bot.deliveries.domain import Delivery, DeliveryState, LetterTable, ToPlace
from bot.deliveries.letters import written
from bot.deliveries.limits import Limits
from bot.deliveries.outbox import Claim
from bot.identity import Address, DeliveryId, WorkspaceId, new_id
from bot.words import Languages
from storage.upgrade import upgrade
from tests import databases
from tests.databases import Storage

SENT, SENT_LANES = 1_500, 300
WAITING, WAITING_LANES = 100_000, 5_000
CLAIMS = 200
POSTS = 100
CLAIM_LIMIT = 5.0  # milliseconds
POST_LIMIT = 20.0  # milliseconds
PATIENCE = 300.0  # seconds
_LEASE = timedelta(minutes=10)
_WRITTEN_AT_ONCE = 5_000

# Makes an empty database and gives its URL; it is gone afterwards.
Fresh: TypeAlias = Callable[[], AbstractContextManager[str]]


def rows() -> Iterator[Row]:
    yield from _of("SQLite", _sqlite)
    with databases.postgres_server() as server:
        _as_in_service(server)
        yield from _of("PostgreSQL", partial(_postgres, server))


def _of(label: str, fresh: Fresh) -> Iterator[Row]:
    yield from asyncio.run(_throughput(label, fresh))
    yield asyncio.run(_claims(label, fresh))
    yield from asyncio.run(_commit_to_post(label, fresh))


@contextmanager
def _sqlite() -> Generator[str, None, None]:
    with tempfile.TemporaryDirectory() as folder:
        yield databases.sqlite_url(Path(folder, "bench.db"))


@contextmanager
def _postgres(server: URL) -> Generator[str, None, None]:
    with databases.fresh_database(server, "brobygger_bench") as url:
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
async def _office(url: str, wanted: int = 0) -> AsyncGenerator[Office, None]:
    async with databases.opened(url, LetterTable.of([Note])) as storage:
        yield Office(storage, await storage.workspace(), InstantChat(wanted))


async def _throughput(label: str, fresh: Fresh) -> list[Row]:
    with fresh() as url:
        await upgrade(url)
        async with _office(url) as office:
            await office.write(office.deliveries(SENT, SENT_LANES))
            started = time.perf_counter()
            while claims := await office.storage.outbox.claim("bare", office.clock.now(), _LEASE, Limits().at_once):
                await asyncio.gather(*(_write_sent(office, claim) for claim in claims))
            bare = SENT / (time.perf_counter() - started)
            assert await office.sent() == SENT, "the bare loop has written all"
    with fresh() as url:
        await upgrade(url)
        async with _office(url, SENT) as office:
            await office.write(office.deliveries(SENT, SENT_LANES))
            started = time.perf_counter()
            await _deliver(office)
            ours = SENT / (time.perf_counter() - started)
            lost = SENT - min(len(office.chat.came), await office.sent())
            twice = sum(len(times) - 1 for times in office.chat.came.values())
    return [
        Row(f"{label}, the courier's throughput", ours, "a s", bare, "the bare loop", "at least 0.5"),
        Row(f"{label}, lost of {SENT}", lost, "", 0, "none", "none"),
        Row(f"{label}, posted twice of {SENT}", twice, "", 0, "none", "none"),
    ]


async def _write_sent(office: Office, claim: Claim) -> None:
    message = Address(PLATFORM, str(claim.delivery.id))
    await office.storage.outbox.sent(claim, message, office.clock.now(), timedelta(0))


async def _deliver(office: Office) -> None:
    """Runs the courier until the chat has all it waits for, and what is in the air is written."""
    stop = asyncio.Event()
    running = asyncio.create_task(office.courier().run(stop))
    async with asyncio.timeout(PATIENCE):
        await office.chat.all_came.wait()
        stop.set()
        await running


async def _claims(label: str, fresh: Fresh) -> Row:
    with fresh() as url:
        await upgrade(url)
        async with _office(url) as office:
            every = office.deliveries(WAITING, WAITING_LANES)
            for start in range(0, WAITING, _WRITTEN_AT_ONCE):
                await office.write(every[start : start + _WRITTEN_AT_ONCE])
            taken: list[float] = []
            for _ in range(CLAIMS):
                now = office.clock.now()
                started = time.perf_counter()
                claims = await office.storage.outbox.claim("claimer", now, _LEASE, Limits().at_once)
                taken.append((time.perf_counter() - started) * 1000)
                assert len(claims) == Limits().at_once, "there is enough for everybody"
    name = f"{label}, a claim of {Limits().at_once} at {WAITING:,} waiting"
    return Row(name, median(taken), "ms", CLAIM_LIMIT, "the limit", "at most 1")


async def _commit_to_post(label: str, fresh: Fresh) -> list[Row]:
    """From the beginning of the commit, in one process, to the post in another: each has its own connections and alarm.
    SQLite has one process only."""
    chance = random.Random(3)
    committed: dict[str, float] = {}
    with fresh() as url:
        await upgrade(url)
        async with _office(url, POSTS) as office, _second(url, office) as writing:
            delivering = asyncio.create_task(_deliver(office))
            await asyncio.sleep(1)  # until the alarm listens
            for delivery in office.deliveries(POSTS, POSTS):
                committed[str(delivery.id)] = await writing.write([delivery])
                await asyncio.sleep(chance.uniform(0.03, 0.1))
            await delivering
            lost = POSTS - await office.sent()
        taken = [(office.chat.came[key][0] - at) * 1000 for key, at in committed.items()]
    return [
        Row(f"{label}, commit to post", median(taken), "ms", POST_LIMIT, "the limit", "at most 1"),
        Row(f"{label}, lost of {POSTS}", lost, "", 0, "none", "none"),
    ]


@asynccontextmanager
async def _second(url: str, first: Office) -> AsyncGenerator[Office, None]:
    if url.startswith("sqlite"):
        yield first
        return
    async with _office(url) as second:
        yield second
