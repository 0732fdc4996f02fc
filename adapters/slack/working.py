"""Keeps acknowledging ahead of working: Slack gives three seconds to say "received", and the work may take longer.

Where many interactions arrive at once, none is worked on until nearly all are acknowledged; then some at a time.
"""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from contextlib import asynccontextmanager, contextmanager, suppress

from adapters.slack.telling import named
from bot.traces import tracing

_log = logging.getLogger(__name__)

# More interactions than these within so many seconds, or so many not yet acknowledged, are a crowd: others follow close
# behind. Work waits for it so many seconds at most.
_CROWD, _CLOSE = 4, 0.02
# A crowd is over when no more than these came in a longer while: a short gap may be a pause for breath of this machine.
_OVER = 0.1
_MOST = 0.5
# What is kept already can be told a little later: so long it waits for those who have yet to be acknowledged.
_PATIENT = 2.5
# How many interactions are worked on at once: enough that a slow one holds nobody up.
_PLACES = 16


class Working:
    """Starts work, lets it begin when it is its turn, and ends with what is in the air."""

    def __init__(self, places: int = _PLACES, crowd: int = _CROWD) -> None:
        self._places = asyncio.Semaphore(places)
        self._crowd = crowd
        self._arriving = 0
        self._latest: deque[float] = deque(maxlen=crowd + 1)
        self._calm = asyncio.Event()
        self._calm.set()
        self._looking = False
        self._running: set[asyncio.Task[None]] = set()

    @contextmanager
    def arriving(self) -> Generator[None, None, None]:
        """An interaction has arrived and is not acknowledged before this ends."""
        self._arriving += 1
        self._latest.append(asyncio.get_running_loop().time())
        if self._is_crowded(_CLOSE):
            self._calm.clear()
            self._look_again()
        try:
            yield
        finally:
            self._arriving -= 1

    @property
    def is_crowded(self) -> bool:
        """Whether many interactions arrive just now."""
        return not self._calm.is_set()

    def _is_crowded(self, within: float) -> bool:
        soon = asyncio.get_running_loop().time() - within
        return self._arriving > self._crowd or (len(self._latest) > self._crowd and self._latest[0] > soon)

    def _look_again(self) -> None:
        if not self._looking:
            self._looking = True
            asyncio.get_running_loop().call_later(_CLOSE / 2, self._look)

    def _look(self) -> None:
        self._looking = False
        if self._is_crowded(_OVER):
            self._look_again()
        else:
            self._calm.set()

    async def calm(self, most: float = _MOST) -> None:
        """Waits until no crowd is arriving, so many seconds at most."""
        if not self._calm.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(most):
                    await self._calm.wait()

    @asynccontextmanager
    async def turn(self) -> AsyncGenerator[None, None]:
        """One of the places where work is done. Another crowd may have come while somebody waited for it: those who begin now
        let it go first, so that no more are in its way than are at work already."""
        async with self._places:
            await self.calm()
            yield

    def start(self, kind: str, work: Callable[[], Coroutine[object, object, None]], *, patient: bool = False) -> None:
        """Runs the work beside everything else, once no crowd is waiting to be acknowledged; ``patient``: also where that takes
        long. What it raises is logged by its kind and goes no further."""
        task = asyncio.create_task(self._guarded(kind, work, _PATIENT if patient else _MOST), name=f"slack {kind}")
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

    async def _guarded(self, kind: str, work: Callable[[], Coroutine[object, object, None]], most: float) -> None:
        with tracing():
            await self.calm(most)
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - nobody awaits this task
                _log.exception("an interaction could not be answered (%s, %s)", kind, named(error))
