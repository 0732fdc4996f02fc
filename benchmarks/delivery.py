"""Delivery on SQLite and on PostgreSQL: how much the courier adds to its own claims and writes, and how soon it begins.

The bare loop claims and writes as the courier does, as many at once, and sends nothing.
"""

import asyncio
import random
import time
from collections.abc import Iterator
from datetime import timedelta

from benchmarks.instant import PLATFORM
from benchmarks.measure import Row, median
from benchmarks.offices import Fresh, Office, beside, both, opened
from bot.deliveries.courier import Courier
from bot.deliveries.limits import Limits
from bot.deliveries.outbox import Claim
from bot.identity import Address

SENT, SENT_LANES = 1_500, 300
POSTS = 100
POST_LIMIT = 20.0  # milliseconds
PATIENCE = 300.0  # seconds
_LEASE = timedelta(minutes=10)


def rows() -> Iterator[Row]:
    for label, fresh in both():
        yield from asyncio.run(_throughput(label, fresh))
        yield from asyncio.run(_commit_to_post(label, fresh))


async def _throughput(label: str, fresh: Fresh) -> list[Row]:
    with fresh() as url:
        async with opened(url) as office:
            await office.write(office.deliveries(SENT, SENT_LANES))
            started = time.perf_counter()
            while claims := await office.storage.outbox.claim("bare", office.clock.now(), _LEASE, Limits().at_once):
                await asyncio.gather(*(_write_sent(office, claim) for claim in claims))
            bare = SENT / (time.perf_counter() - started)
            assert await office.sent() == SENT, "the bare loop has written all"
    with fresh() as url:
        async with opened(url, SENT) as office:
            await office.write(office.deliveries(SENT, SENT_LANES))
            courier = office.courier()
            started = time.perf_counter()
            await _deliver(office, courier)
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


async def _deliver(office: Office, courier: Courier) -> None:
    """Runs the courier until the chat has all it waits for, and what is in the air is written."""
    stop = asyncio.Event()
    running = asyncio.create_task(courier.run(stop))
    async with asyncio.timeout(PATIENCE):
        await office.chat.all_came.wait()
        stop.set()
        await running


async def _commit_to_post(label: str, fresh: Fresh) -> list[Row]:
    """From the beginning of the commit, in one process, to the post in another: each has its own connections and alarm.
    SQLite has one process only."""
    chance = random.Random(3)
    committed: dict[str, float] = {}
    with fresh() as url:
        async with opened(url, POSTS) as office, beside(url, office) as writing:
            delivering = asyncio.create_task(_deliver(office, office.courier()))
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
