"""Servers that allow so many calls a minute, each in its own way; and an hour that passes in a moment."""

import asyncio
import math
import selectors
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

_T = TypeVar("_T")


class Server(Protocol):
    def takes(self, now: float) -> float:
        """0 where the call is taken, else the seconds to wait, rounded up as Slack does."""
        ...


@dataclass(slots=True)
class Filling:
    """Its bucket holds so many calls and fills at a rate a minute. ``asks``: at least so many seconds, if it was too many."""

    a_minute: float
    holds: float
    asks: float = 0.0
    level: float = -1.0
    at: float = 0.0

    def takes(self, now: float) -> float:
        filled = self.level + (now - self.at) * self.a_minute / 60
        self.level = self.holds if self.level < 0 else min(self.holds, filled)
        self.at = now
        if self.level >= 1 - 1e-9:
            self.level -= 1
            return 0
        return max(self.asks, 1.0, math.ceil((1 - self.level) * 60 / self.a_minute))


@dataclass(slots=True)
class Counting:
    """Counts the calls of the last minute."""

    a_minute: int
    taken: list[float] = field(default_factory=list[float])

    def takes(self, now: float) -> float:
        self.taken = [at for at in self.taken if at > now - 60]
        if len(self.taken) < self.a_minute:
            self.taken.append(now)
            return 0
        return max(1.0, math.ceil(self.taken[0] + 60 - now))


@dataclass(slots=True)
class ByTheClock:
    """Counts the calls of each minute of its own clock, which began ``since`` seconds before ours. ``asks`` for so many
    seconds whatever is left of the minute; 0: for what is left."""

    a_minute: int
    since: float = 0.0
    asks: float = 0.0
    minute: float = -1.0
    count: int = 0

    def takes(self, now: float) -> float:
        minute = (now + self.since) // 60
        if minute != self.minute:
            self.minute, self.count = minute, 0
        if self.count < self.a_minute:
            self.count += 1
            return 0
        return self.asks or max(1.0, math.ceil((minute + 1) * 60 - self.since - now))


class _Leaping(selectors.SelectSelector):
    """Instead of waiting, time leaps."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now += timeout or 0.0
        return super().select(0)


class _Hour(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._leaping = _Leaping()
        super().__init__(self._leaping)

    def time(self) -> float:
        return self._leaping.now


def in_a_moment(what: Coroutine[None, None, _T]) -> _T:
    """Runs something that only sleeps, in no time. Its clock is the loop's, and begins at 0."""
    loop = _Hour()
    try:
        return loop.run_until_complete(what)
    finally:
        loop.close()
