"""A process of its own for work that is heavy in memory or time: it comes when it is needed and goes when it is not.

So work of seconds holds up nobody's answer, and the libraries that it loads are given back afterwards.
"""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

T = TypeVar("T")
RESTS_AFTER = 30.0  # seconds without work until the process goes
_LOOKS_EVERY = 2.0


class OwnProcess:
    """Runs one piece of work at a time; :meth:`close` ends the process. Work and what it returns have to be picklable."""

    def __init__(self, rests_after: float = RESTS_AFTER) -> None:
        self._rests_after = rests_after
        self._pool: ProcessPoolExecutor | None = None
        self._resting: asyncio.TimerHandle | None = None
        self._at_work = 0

    async def run(self, work: Callable[[], T]) -> T:
        """What the work returns, or raises. Raises BrokenProcessPool where it was killed twice in the middle."""
        self._at_work += 1
        try:
            try:
                return await asyncio.get_running_loop().run_in_executor(self._ready(), work)
            except BrokenProcessPool:
                # It was killed in the middle, by the machine's memory guard or by hand: the work changes nothing, so again.
                self.close()
                return await asyncio.get_running_loop().run_in_executor(self._ready(), work)
        except BrokenProcessPool:
            self.close()
            raise
        finally:
            self._at_work -= 1
            self._rest_later()

    def wake(self, work: Callable[[], object]) -> None:
        """Starts the process before there is anything to do, so that it loads its libraries meanwhile."""
        self._ready().submit(work)

    def close(self) -> None:
        """Lets the process go. The next work starts another one."""
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    def _ready(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # "spawn" and not "fork": this process has threads, and a fork of it could stand still for ever.
            self._pool = ProcessPoolExecutor(1, get_context("spawn"), _begin, (os.getpid(),))
        return self._pool

    def _rest_later(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
        self._resting = asyncio.get_running_loop().call_later(self._rests_after, self._rest)

    def _rest(self) -> None:
        if self._at_work == 0:
            self.close()


def _begin(parent: int) -> None:
    """In the process itself: Ctrl+C is the parent's business, and it ends when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(
    parent: int,
    end: Callable[[int], object] = os._exit,
    looks_every: float = _LOOKS_EVERY,
    parent_now: Callable[[], int] = os.getppid,
) -> None:
    while parent_now() == parent:
        time.sleep(looks_every)
    end(0)
