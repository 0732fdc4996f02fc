"""Plans in a process of its own, which comes when it is needed and goes when it is not.

So a plan of seconds holds up nobody's answer, and the planner's libraries (some 50 MB) are given back afterwards.
"""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from typing import TypeVar

from bot.matching.domain import Candidate, Meeting, Plan, Suggestion, Weights, Wishes

T = TypeVar("T")
RESTS_AFTER = 30.0  # seconds without work until the process goes
_LOOKS_EVERY = 2.0


class ProcessPlanner:
    """Implements :class:`bot.matching.planner.Planner`. One plan at a time; :meth:`close` ends the process."""

    def __init__(self, rests_after: float = RESTS_AFTER) -> None:
        self._rests_after = rests_after
        self._pool: ProcessPoolExecutor | None = None
        self._resting: asyncio.TimerHandle | None = None
        self._at_work = 0

    async def plan(
        self,
        candidates: Sequence[Candidate],
        history: Sequence[Meeting],
        *,
        seed: int,
        wishes: Wishes,
        weights: Weights,
    ) -> Plan:
        """A round."""
        return await self._run(partial(_plan, tuple(candidates), tuple(history), seed, wishes, weights))

    async def suggest(
        self,
        term: str,
        asker: Candidate,
        candidates: Sequence[Candidate],
        history: Sequence[Meeting],
        wishes: Wishes,
        limit: int,
        *,
        weights: Weights,
    ) -> tuple[Suggestion, ...]:
        """The best people for one stated need or theme."""
        people, past = tuple(candidates), tuple(history)
        return await self._run(partial(_suggest, term, asker, people, past, wishes, limit, weights))

    def wake(self) -> None:
        """Starts the process before the first plan is asked for, so that it loads its libraries meanwhile."""
        self._ready().submit(_load)

    def close(self) -> None:
        """Lets the process go. The next plan starts another one."""
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)

    async def _run(self, work: Callable[[], T]) -> T:
        self._at_work += 1
        try:
            try:
                return await asyncio.get_running_loop().run_in_executor(self._ready(), work)
            except BrokenProcessPool:
                # It was killed in the middle, by the machine's memory guard or by hand: planning changes nothing, so again.
                self.close()
                return await asyncio.get_running_loop().run_in_executor(self._ready(), work)
        finally:
            self._at_work -= 1
            self._rest_later()

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
    """In the planner's process: Ctrl+C is the parent's business, and it ends when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOKS_EVERY)
    os._exit(0)


def _load() -> None:
    import_module("bot.matching.plan")


def _plan(
    candidates: Sequence[Candidate], history: Sequence[Meeting], seed: int, wishes: Wishes, weights: Weights
) -> Plan:
    from bot.matching.plan import plan

    return plan(candidates, history, seed=seed, wishes=wishes, weights=weights)


def _suggest(
    term: str,
    asker: Candidate,
    candidates: Sequence[Candidate],
    history: Sequence[Meeting],
    wishes: Wishes,
    limit: int,
    weights: Weights,
) -> tuple[Suggestion, ...]:
    from bot.matching.suggest import suggest

    return suggest(term, asker, candidates, history, wishes, limit, weights=weights)
