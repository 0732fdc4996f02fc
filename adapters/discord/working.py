"""Keeps acknowledging ahead of working: Discord gives three seconds to say "received", and the work may take longer.

Where many interactions arrive at once, none is worked on until nearly all are acknowledged; then some at a time.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from types import TracebackType

from adapters.discord.telling import named
from bot.traces import tracing

_log = logging.getLogger(__name__)

# More interactions than these that wait for their first answer are a crowd, and so many seconds after that others may still
# follow. Work waits for it so many seconds at most.
_CROWD, _FOLLOW = 4, 0.05
_MOST = 0.5
# How many interactions are worked on at once: enough that a slow one holds nobody up.
_PLACES = 16


class Turn:
    """A place that is held within."""

    __slots__ = ("_calm", "_places")

    def __init__(self, places: asyncio.Semaphore, calm: Callable[[], Awaitable[None]]) -> None:
        self._places = places
        self._calm = calm

    async def __aenter__(self) -> None:
        await self._places.acquire()
        try:
            await self._calm()
        except BaseException:
            self._places.release()
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._places.release()


class Working:
    """Starts work, lets it begin when it is its turn, and ends with what is in the air."""

    def __init__(self, places: int = _PLACES, crowd: int = _CROWD) -> None:
        self._places = asyncio.Semaphore(places)
        self._crowd = crowd
        self._unanswered = 0
        self._crowd_until = 0.0
        self._calm = asyncio.Event()
        self._calm.set()
        self._running: set[asyncio.Task[None]] = set()

    def arrived(self) -> Callable[[], None]:
        """An interaction has arrived. Returns what is to be called once it has a first answer; twice does no harm."""
        self._unanswered += 1
        if self._unanswered > self._crowd and self._calm.is_set():
            self._calm.clear()
            self._look()
        waits = True

        def answered() -> None:
            nonlocal waits
            if waits:
                waits = False
                self._unanswered -= 1

        return answered

    def is_crowded(self) -> bool:
        """Whether many are waiting for a first answer, or were a moment ago."""
        now = asyncio.get_running_loop().time()
        if self._unanswered > self._crowd:
            self._crowd_until = now + _FOLLOW
        return now < self._crowd_until

    def _look(self) -> None:
        if self.is_crowded():
            asyncio.get_running_loop().call_later(_FOLLOW / 5, self._look)
        else:
            self._calm.set()

    async def calm(self) -> None:
        """Waits until no crowd is arriving, some time at most."""
        if not self._calm.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(_MOST):
                    await self._calm.wait()

    def turn(self) -> "Turn":
        """One of the places where work is done, which begins when nobody is waiting to be acknowledged."""
        return Turn(self._places, self.calm)

    def start(self, kind: str, work: Callable[[], Coroutine[object, object, None]]) -> None:
        """Runs the work beside everything else. What it raises is logged by its kind and goes no further."""
        task = asyncio.create_task(self._guarded(kind, work), name=f"discord {kind}")
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def finish(self, within: float) -> None:
        """Waits for what is in the air, so many seconds at most; what is left then is cancelled."""
        running = [task for task in self._running if task is not asyncio.current_task()]
        if running:
            _, late = await asyncio.wait(running, timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    @staticmethod
    async def _guarded(kind: str, work: Callable[[], Coroutine[object, object, None]]) -> None:
        with tracing():
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - nobody awaits this task
                _log.exception("an interaction could not be answered (%s, %s)", kind, named(error))
