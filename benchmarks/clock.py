"""The clock with much to look after: ten thousand schedules, a hundred thousand messages that wait, and on time all the same.

Nothing of it is due but what the benchmark makes due: a tick finds that out, and what it costs must not grow with what waits.
"""

import asyncio
import gc
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psutil

from adapters.ticker import Ticker
from benchmarks.measure import Row, median
from benchmarks.offices import Fresh, Office, both, opened
from bot.deliveries.limits import Limits
from bot.identity import ScheduleId, new_id
from bot.ports import UnitOfWork
from bot.schedules.domain import Schedule, ScheduleKind
from bot.schedules.retention import Retention
from bot.schedules.service import Timekeeper
from storage.stock import StoredStock

SCHEDULES = 10_000
WAITING, WAITING_LANES = 100_000, 5_000
TICKS, DUE, CLAIMS, ON_TIME, LOOKS = 60, 30, 200, 12, 20
# Milliseconds. Figures are looked up every five seconds at most, and nobody waits for them.
TICK_LIMIT, CLAIM_LIMIT, LOOK_LIMIT = 50.0, 5.0, 100.0
LATE_LIMIT = 2.0  # seconds
GROWTH_LIMIT = 4.0  # megabytes, after which it is no longer flat
_LEASE = timedelta(minutes=10)
_WRITTEN_AT_ONCE = 5_000
_FAR = timedelta(days=30)


def rows() -> Iterator[Row]:
    for label, fresh in both():
        yield from asyncio.run(_crowded(label, fresh))


class Expanded:
    """The expander: notes when each schedule happened."""

    def __init__(self) -> None:
        self.at: dict[ScheduleId, float] = {}

    async def expand(self, work: UnitOfWork, schedule: Schedule, now: datetime) -> None:
        del work, now
        self.at[schedule.id] = time.time()


async def _crowded(label: str, fresh: Fresh) -> list[Row]:
    with fresh() as url:
        async with opened(url) as office:
            await _fill(office)
            expanded = Expanded()
            storage = office.storage
            keeper = Timekeeper(
                storage.units, storage.directory, office.clock, {ScheduleKind.ANNOUNCEMENT: expanded.expand}
            )
            await keeper.tick()
            idle = [await _tick(keeper) for _ in range(TICKS)]
            grown = await _growth(keeper)
            busy: list[float] = []
            for _ in range(DUE):
                await office.plan([_schedule(office.clock.now() - timedelta(seconds=1))])
                busy.append(await _tick(keeper))
            late = await _lateness(office, keeper, expanded)
            claims = await _claims(office)
            looks = await _looks(office)
    crowd = f"{SCHEDULES:,} schedules, {WAITING:,} waiting"
    return [
        Row(f"{label}, a tick at {crowd}", median(idle), "ms", TICK_LIMIT, "the limit", "at most 1"),
        Row(f"{label}, a tick with one due", median(busy), "ms", TICK_LIMIT, "the limit", "at most 1"),
        Row(f"{label}, memory after {TICKS} ticks more", grown, "MB", GROWTH_LIMIT, "the limit", "at most 1"),
        Row(f"{label}, an occurrence starts late by, median", median(late), "s", LATE_LIMIT, "the limit", "at most 1"),
        Row(f"{label}, an occurrence starts late by, worst", max(late), "s", LATE_LIMIT, "the limit", "at most 1"),
        Row(f"{label}, a claim of {Limits().at_once}", median(claims), "ms", CLAIM_LIMIT, "the limit", "at most 1"),
        Row(f"{label}, the figures for /metrics", median(looks), "ms", LOOK_LIMIT, "the limit", "at most 1"),
    ]


async def _fill(office: Office) -> None:
    every = office.deliveries(WAITING, WAITING_LANES)
    for start in range(0, WAITING, _WRITTEN_AT_ONCE):
        await office.write(every[start : start + _WRITTEN_AT_ONCE])
    now = office.clock.now()
    await office.plan([_schedule(now + _FAR + timedelta(seconds=number)) for number in range(SCHEDULES)])


def _schedule(at: datetime) -> Schedule:
    start = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    return Schedule(ScheduleId(new_id()), ScheduleKind.ANNOUNCEMENT, "UTC", start, next_at=start.replace(tzinfo=UTC))


async def _tick(keeper: Timekeeper) -> float:
    started = time.perf_counter()
    await keeper.tick()
    await keeper.rest()
    return (time.perf_counter() - started) * 1000


async def _growth(keeper: Timekeeper) -> float:
    gc.collect()
    before = psutil.Process().memory_info().rss
    for _ in range(TICKS):
        await _tick(keeper)
    gc.collect()
    return max(0.0, (psutil.Process().memory_info().rss - before) / 1e6)


async def _lateness(office: Office, keeper: Timekeeper, expanded: Expanded) -> list[float]:
    """From the time on the wall to what happens then, by the running clock."""
    storage = office.storage
    retention = Retention(storage.units, storage.directory, office.clock)
    ticker = Ticker(keeper, office.courier(), retention, storage.alarm, office.clock)
    planned = [_schedule(office.clock.now() + timedelta(seconds=2 + number)) for number in range(ON_TIME)]
    await office.plan(planned)
    ticker.start()
    try:
        async with asyncio.timeout(ON_TIME + 60):
            while not all(one.id in expanded.at for one in planned):  # noqa: ASYNC110 - measured is what the expander notes
                await asyncio.sleep(0.2)
    finally:
        await ticker.stop()
    return [expanded.at[one.id] - one.next_at.timestamp() for one in planned if one.next_at is not None]


async def _looks(office: Office) -> list[float]:
    taken: list[float] = []
    assert office.storage.database is not None
    stock = StoredStock(office.storage.database)
    for _ in range(LOOKS):
        started = time.perf_counter()
        await stock.take(office.clock.now())
        taken.append((time.perf_counter() - started) * 1000)
    return taken


async def _claims(office: Office) -> list[float]:
    taken: list[float] = []
    for _ in range(CLAIMS):
        now = office.clock.now()
        started = time.perf_counter()
        claims = await office.storage.outbox.claim("claimer", now, _LEASE, Limits().at_once)
        taken.append((time.perf_counter() - started) * 1000)
        assert len(claims) == Limits().at_once, "there is enough for everybody"
    return taken
