"""The ticker: looks at once, at the next time, at a ring; outlives trouble, and stops calmly."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from adapters.clock import SystemClock
from adapters.ticker import Ticker
from bot.deliveries.courier import Courier
from bot.errors import Unavailable
from bot.identity import ScheduleId, WorkspaceId, new_id
from bot.members.domain import WorkspaceOptions
from bot.ports import UnitOfWork
from bot.schedules.domain import Schedule, ScheduleKind
from bot.schedules.retention import Retention
from bot.schedules.rules import planned
from bot.schedules.service import Timekeeper
from bot.words import Languages
from tests.fake_chat import FakeChats
from tests.fakes import Memory

_PATIENCE = 20.0  # seconds; nothing here takes as long unless it is broken
_HOUR = timedelta(hours=1)


class Office:
    """A workspace in memory on the real clock, whose schedules only note that they happened."""

    def __init__(self) -> None:
        self.clock = SystemClock()
        self.memory = Memory()
        self.workspace = WorkspaceId(new_id())
        self.happened: list[datetime] = []
        self.trouble: list[Exception] = []
        self.slow: asyncio.Event | None = None
        self.started = asyncio.Event()

    async def note(self, _work: UnitOfWork, _schedule: Schedule, now: datetime) -> None:
        self.started.set()
        if self.slow is not None:
            await self.slow.wait()
        self.happened.append(now)

    async def plan(self, seconds: float, rule: str = "") -> Schedule:
        start = (self.clock.now() + timedelta(seconds=seconds)).replace(tzinfo=None)
        kind = ScheduleKind.ROUND
        schedule = Schedule(ScheduleId(new_id()), kind, "UTC", start, rule)
        ready = planned(schedule, self.clock.now() - timedelta(days=1))
        async with self.memory.units(self.workspace) as work:
            await work.schedules.put(ready)
            await work.commit()
        return ready

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(_PATIENCE):
            while not true():  # noqa: ASYNC110 - what is waited for does not tell
                await asyncio.sleep(0.005)


class Troubled(Timekeeper):
    """Fails as often as it was told to."""

    office: Office

    async def tick(self) -> int:
        if self.office.trouble:
            raise self.office.trouble.pop()
        return await super().tick()


@asynccontextmanager
async def ticking(office: Office) -> AsyncGenerator[Ticker, None]:
    memory = office.memory
    office.workspace = (await memory.directory.ensure("local", "Academy", WorkspaceOptions())).id
    timekeeper = Troubled(memory.units, memory.directory, office.clock, {ScheduleKind.ROUND: office.note})
    timekeeper.office = office
    chats = FakeChats(office.clock)
    courier = Courier(
        memory.outbox, memory.units, memory.directory, chats, (), Languages({}), office.clock, memory.alarm, "one"
    )
    retention = Retention(memory.units, memory.directory, office.clock)
    # An hour: only a ring, or the earliest next time, can be what makes it look again.
    ticker = Ticker(timekeeper, courier, retention, memory.alarm, office.clock, ticks=_HOUR, sweeps=_HOUR, tidies=_HOUR)
    yield ticker
    await ticker.stop()


@pytest.fixture
def office() -> Office:
    return Office()


def test_the_clock_gives_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


async def test_a_new_schedule_rings_and_happens_at_its_time(office: Office) -> None:
    async with ticking(office) as ticker:
        ticker.start()
        await asyncio.sleep(0.1)
        soon = await office.plan(1.2)
        await office.until(lambda: len(office.happened) == 1)
        assert soon.next_at is not None
        assert office.happened[0] >= soon.next_at


async def test_what_was_due_while_nothing_ran_happens_at_the_start(office: Office) -> None:
    async with ticking(office) as ticker:
        await office.plan(-30)
        async with office.memory.units(office.workspace) as work:
            await work.arrivals.first_time("press", office.clock.now() - timedelta(days=3))
            await work.commit()
        ticker.start()
        await office.until(lambda: len(office.happened) == 1)
        await office.until(lambda: not office.memory.books(office.workspace).arrivals)


async def test_a_ring_in_the_middle_of_a_tick_is_not_lost(office: Office) -> None:
    office.slow = asyncio.Event()
    async with ticking(office) as ticker:
        await office.plan(-30)
        ticker.start()
        await office.started.wait()
        office.memory.alarm.ring()
        await asyncio.sleep(0.3)
        office.slow.set()
        await office.until(lambda: len(office.happened) == 1)
        await office.plan(-20)
        await office.until(lambda: len(office.happened) == 2)


@pytest.mark.parametrize(
    ("error", "told"), [(Unavailable("away"), "has to wait: Unavailable"), (KeyError("Bodil"), "failed: KeyError at")]
)
async def test_it_outlives_trouble(
    office: Office, error: Exception, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    office.trouble = [error]
    async with ticking(office) as ticker:
        ticker.start()
        await office.until(lambda: not office.trouble)
        await office.plan(-30)
        await office.until(lambda: len(office.happened) == 1)
    assert told in caplog.text
    assert "Bodil" not in caplog.text


async def test_what_runs_comes_to_its_end_before_it_stops(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.slow = asyncio.Event()
    async with ticking(office) as ticker:
        await office.plan(-30)
        ticker.start()
        await office.started.wait()
        asyncio.get_running_loop().call_later(0.05, office.slow.set)
    assert len(office.happened) == 1
    assert caplog.text == ""


async def test_one_that_was_never_started_can_be_stopped(office: Office) -> None:
    async with ticking(office):
        pass
    assert office.memory.books(office.workspace).deliveries == {}
