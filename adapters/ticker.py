"""The clock's hands: APScheduler in memory, one interval job a loop, started from code.

It only ever says "look again"; what is due stands in the database. So nothing is stored here, a missed tick is made up for
by the next one, and any number of processes may tick.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol, cast

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.deliveries.courier import Courier
from bot.deliveries.traces import trace_of
from bot.errors import StorageError
from bot.metrics import UNMETERED, Meters
from bot.ports import Alarm, Clock
from bot.schedules.retention import Retention
from bot.schedules.service import Timekeeper
from bot.traces import tracing

_log = logging.getLogger(__name__)
_ALARM_PATIENCE = 60.0  # seconds
_SOON = timedelta(milliseconds=50)
_CALM = 0.1  # seconds
_LAST_TURN = 5.0  # seconds


class _Jobs(Protocol):
    """What we use of APScheduler, which says nothing about its types."""

    def start(self) -> None: ...
    def add_job(
        self,
        func: Callable[[str, Callable[[], Awaitable[object]]], Awaitable[None]],
        trigger: IntervalTrigger,
        *,
        args: tuple[object, ...],
        id: str,  # noqa: A002 - the library's own word
        next_run_time: datetime,
    ) -> object: ...
    def modify_job(self, job_id: str, *, next_run_time: datetime) -> object: ...
    def pause(self) -> None: ...
    def shutdown(self, wait: bool) -> None: ...


class Ticker:
    """Ticks the timekeeper (at the earliest next time, every 15 s at least, and at a ring of the alarm), sweeps the outbox
    and tidies up. ``start`` and ``stop`` belong to one event loop; ``clock`` is the machine's, by which APScheduler goes."""

    def __init__(
        self,
        timekeeper: Timekeeper,
        courier: Courier,
        retention: Retention,
        alarm: Alarm,
        clock: Clock,
        *,
        ticks: timedelta = timedelta(seconds=15),
        sweeps: timedelta = timedelta(seconds=20),
        tidies: timedelta = timedelta(hours=1),
        meters: Meters = UNMETERED,
    ) -> None:
        self._timekeeper = timekeeper
        self._courier = courier
        self._retention = retention
        self._alarm = alarm
        self._clock = clock
        self._meters = meters
        self._every = {"tick": ticks, "sweep": sweeps, "tidy": tidies}
        self._wanted: dict[str, datetime] = {}
        self._scheduler: _Jobs | None = None
        self._listening: asyncio.Task[None] | None = None
        self._running: set[asyncio.Task[object]] = set()
        self._ticking = False
        self._rung = False

    def start(self) -> None:
        """Starts all the loops; each runs once at once."""
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        scheduler = cast(_Jobs, AsyncIOScheduler(timezone=UTC, job_defaults=defaults))
        run: dict[str, Callable[[], Awaitable[object]]] = {
            "tick": self._tick,
            "sweep": self._courier.sweep,
            "tidy": self._retention.tidy,
        }
        for name, work in run.items():
            trigger = IntervalTrigger(seconds=round(self._every[name].total_seconds()), timezone=UTC)
            at = self._wanted[name] = self._clock.now()
            scheduler.add_job(self._turn, trigger, args=(name, work), id=name, next_run_time=at)
        scheduler.start()
        self._scheduler = scheduler
        self._listening = asyncio.create_task(self._hear(), name="ticker")

    async def stop(self) -> None:
        """Starts nothing more and lets what runs come to its end, for some seconds; what is cut off is rolled back whole."""
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening
            self._listening = None
        if self._scheduler is not None:
            self._scheduler.pause()
            if self._running:
                await asyncio.wait(self._running, timeout=_LAST_TURN)
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
            await asyncio.sleep(0)  # the scheduler shuts down in the loop's next turn

    async def _tick(self) -> None:
        self._ticking = True
        try:
            while True:
                self._rung = False
                await self._timekeeper.tick()
                rest = await self._timekeeper.rest()
                if not self._rung:
                    break
            self._look_in(rest)
        finally:
            self._ticking = False

    async def _hear(self) -> None:
        while True:
            await self._alarm.wait(_ALARM_PATIENCE)
            # A ring may mean a new schedule. One that comes in the middle of a tick makes it look once more.
            if self._ticking:
                self._rung = True
            else:
                self._look_in(timedelta(0))
            await asyncio.sleep(_CALM)  # many rings in a row are one

    def _look_in(self, rest: timedelta) -> None:
        if self._scheduler is not None:
            # Not within the tick that asks for it: one instance runs at a time.
            at = self._wanted["tick"] = self._clock.now() + max(rest, _SOON)
            self._scheduler.modify_job("tick", next_run_time=at)

    async def _turn(self, name: str, work: Callable[[], Awaitable[object]]) -> None:
        """One turn of a loop; the loop outlives whatever goes wrong in it."""
        task = asyncio.current_task()
        if task is not None:
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        with tracing():
            await self._measured(name, work)

    async def _measured(self, name: str, work: Callable[[], Awaitable[object]]) -> None:
        begun = self._clock.now()
        wanted = self._wanted.get(name, begun)
        self._wanted[name] = max(begun, wanted) + self._every[name]
        well = False
        try:
            await work()
            well = True
        except StorageError as error:
            _log.warning("The %s has to wait: %s", name, type(error).__name__)
        except Exception as error:  # noqa: BLE001 - what went wrong is logged without anybody's words
            _log.error("The %s failed: %s", name, trace_of(error))
        finally:
            took = (self._clock.now() - begun).total_seconds()
            self._meters.turned(name, (begun - wanted).total_seconds(), took, well=well)
