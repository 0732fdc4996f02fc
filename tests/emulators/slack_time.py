"""Slack's time: whatever clock a test holds, and what falls due by it."""

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

_LOOK_AGAIN = 0.01


class Clock(Protocol):
    def now(self) -> datetime: ...


class RunningClock:
    """Real time, or a faster one: ``RunningClock(speed=60)`` makes an hour of a minute."""

    def __init__(self, speed: float = 1.0, start: datetime | None = None) -> None:
        self._speed = speed
        self._real = datetime.now(UTC)
        self._start = start or self._real

    def now(self) -> datetime:
        return self._start + (datetime.now(UTC) - self._real) * self._speed


@dataclass(order=True, slots=True)
class Timer:
    due: datetime
    number: int
    what: Callable[[], Awaitable[None]] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        self.cancelled = True


class Timers:
    """Runs things when the clock says so. Looks at the clock only while something waits."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._numbers = itertools.count()
        self._waiting: list[Timer] = []
        self._new = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self.failures: list[BaseException] = []

    def after(self, seconds: float, what: Callable[[], Awaitable[None]]) -> Timer:
        return self.at(self.clock.now() + timedelta(seconds=seconds), what)

    def at(self, due: datetime, what: Callable[[], Awaitable[None]]) -> Timer:
        timer = Timer(due, next(self._numbers), what)
        heapq.heappush(self._waiting, timer)
        self._new.set()
        return timer

    def soon(self, what: Awaitable[None]) -> None:
        """Starts it now, kept alive and its failure remembered."""
        task = asyncio.ensure_future(what)
        self._running.add(task)
        task.add_done_callback(self._done)

    async def sleep(self, seconds: float) -> None:
        """Sleeps by the clock."""
        woken = asyncio.Event()

        async def wake() -> None:
            woken.set()

        timer = self.after(seconds, wake)
        try:
            await woken.wait()
        finally:
            timer.cancel()

    async def run(self) -> None:
        while True:
            while self._waiting and self._waiting[0].cancelled:
                heapq.heappop(self._waiting)
            if not self._waiting:
                self._new.clear()
                await self._new.wait()
            elif self._waiting[0].due <= self.clock.now():
                self.soon(_call(heapq.heappop(self._waiting)))
            else:
                await asyncio.sleep(_LOOK_AGAIN)

    async def close(self) -> None:
        self._waiting.clear()
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._running.discard(task)
        if not task.cancelled() and (failure := task.exception()) is not None:
            self.failures.append(failure)


async def _call(timer: Timer) -> None:
    if not timer.cancelled:
        await timer.what()


class Stamps:
    """Message stamps: the clock's time to the microsecond, never the same twice."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> str:
        self._last = max(int(self._clock.now().timestamp() * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"


class Names:
    """Identifiers as Slack makes them: a letter and ten digits or capitals."""

    def __init__(self) -> None:
        self._count = itertools.count(1)

    def next(self, letter: str) -> str:
        return f"{letter}0{next(self._count):08X}Q"
