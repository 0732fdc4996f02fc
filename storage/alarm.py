"""Wakes the loops that wait for work: at once in this process, and through PostgreSQL in every other one.

A ring is only ever a hint. Whoever misses one finds the work when the time to wait is over.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from weakref import WeakKeyDictionary

from storage.changes import CHANNEL as PEOPLE
from storage.engine import Database

CHANNEL = "brobygger_due"


class ProcessAlarm:
    """An alarm within one process. ``rings`` are counted, so that one which comes while a loop works is not missed by it."""

    def __init__(self) -> None:
        self.rings = 0
        self._rung = asyncio.Event()
        self._heard: WeakKeyDictionary[asyncio.Task[object], int] = WeakKeyDictionary()

    def ring(self) -> None:
        """Wakes everybody who waits, and lets everybody who does not return at once from their next wait."""
        self.rings += 1
        self._rung.set()
        self._rung = asyncio.Event()

    async def wait(self, at_most: float) -> None:
        """Returns at the next ring since this task's last wait, or after ``at_most`` seconds."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("only a task can wait for an alarm")
        if self._heard.get(task, 0) == self.rings:
            with suppress(TimeoutError):
                async with asyncio.timeout(at_most):
                    await self._rung.wait()
        self._heard[task] = self.rings


@asynccontextmanager
async def alarm_for(database: Database) -> AsyncGenerator[ProcessAlarm, None]:
    """The alarm that fits the database. On PostgreSQL it also rings when another process commits something."""
    alarm = ProcessAlarm()
    if database.is_sqlite:
        yield alarm
        return
    from storage.postgres import listen  # some 10 MB that a house on SQLite never needs

    heard = {CHANNEL: alarm.ring, PEOPLE: database.people.heard}
    listening = asyncio.create_task(listen(database, heard, database.people.deaf), name="alarm")
    try:
        yield alarm
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening
