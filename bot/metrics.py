"""What is counted and measured while the bot works, for whoever looks after it: how fast, how often, how late.

No figure names a person or an academy, and each name in one comes from a list of ours: platforms, kinds, states. So there are
never more of them than those lists are long.
"""

import asyncio
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.deliveries.domain import DeliveryState
from bot.errors import Doubtful, Gone, Refused, StorageError, TryLater
from bot.ports import Clock

# By the platforms' own words.
_TOO_FAST = frozenset({"ratelimited", "rate_limited"})
_KEPT = timedelta(seconds=5)


class Meters(Protocol):
    """Where events are counted. Times in seconds; each call returns at once and raises nothing."""

    def answered(self, platform: str, kind: str, outcome: str, seconds: float) -> None:
        """An interaction was answered. ``kind``: command, press or form; ``outcome``: ok, sorry, failed, silent."""
        ...

    def called(self, platform: str, outcome: str, seconds: float) -> None:
        """A platform was asked for something. ``outcome``: ok, later, rate_limited, refused, gone, doubtful."""
        ...

    def held_back(self, platform: str, seconds: float) -> None:
        """A call waited, or was told to come later, because of a platform's limits."""
        ...

    def delivered(self, letter: str, outcome: str) -> None:
        """One try to deliver. ``outcome``: sent, later, failed, doubtful, cancelled, not_mine."""
        ...

    def arrived(self, platform: str, seconds: float) -> None:
        """A delivery arrived so long after it might have gone."""
        ...

    def came_due(self, kind: str, state: str, late: float) -> None:
        """A schedule's time came, and was noticed so late."""
        ...

    def turned(self, loop: str, late: float, seconds: float, *, well: bool) -> None:
        """One turn of a loop: tick, sweep or tidy. ``late``: how long after it should have begun."""
        ...


@dataclass(frozen=True, slots=True)
class Unmetered:
    """Counts nothing: for commands that end soon, and for tests."""

    def answered(self, platform: str, kind: str, outcome: str, seconds: float) -> None:
        """See :class:`Meters`."""

    def called(self, platform: str, outcome: str, seconds: float) -> None:
        """See :class:`Meters`."""

    def held_back(self, platform: str, seconds: float) -> None:
        """See :class:`Meters`."""

    def delivered(self, letter: str, outcome: str) -> None:
        """See :class:`Meters`."""

    def arrived(self, platform: str, seconds: float) -> None:
        """See :class:`Meters`."""

    def came_due(self, kind: str, state: str, late: float) -> None:
        """See :class:`Meters`."""

    def turned(self, loop: str, late: float, seconds: float, *, well: bool) -> None:
        """See :class:`Meters`."""


UNMETERED = Unmetered()


@contextmanager
def metered(meters: Meters, platform: str) -> Generator[None, None, None]:
    """Measures one call of a platform, and counts what became of it."""
    begun = asyncio.get_running_loop().time()
    outcome = "failed"
    try:
        yield
        outcome = "ok"
    except TryLater as error:
        outcome = "rate_limited" if str(error) in _TOO_FAST else "later"
        if outcome == "rate_limited":
            meters.held_back(platform, error.after or 0.0)
        raise
    except Refused:
        outcome = "refused"
        raise
    except Gone:
        outcome = "gone"
        raise
    except Doubtful:
        outcome = "doubtful"
        raise
    finally:
        meters.called(platform, outcome, asyncio.get_running_loop().time() - begun)


@dataclass(frozen=True, slots=True)
class RoundsStock:
    """The last round of each academy that had one lately: the score as a share of the highest that was possible, the lowest
    and the mean of them, and how many people were left out in all."""

    academies: int
    lowest: float
    mean: float
    left_out: int


@dataclass(frozen=True, slots=True)
class Stock:
    """What the database holds just now, over all academies that are not frozen.

    ``deliveries``: those not done with, and those that failed or are in doubt, lately. ``oldest``: since when the oldest of
    each state might have gone. ``claimable_since``: when the first delivery was due that nobody has taken; it may be in the
    future. ``next_schedule_at``: the same of schedules.
    """

    deliveries: Mapping[DeliveryState, int] = field(default_factory=dict[DeliveryState, int])
    oldest: Mapping[DeliveryState, datetime] = field(default_factory=dict[DeliveryState, datetime])
    claimable_since: datetime | None = None
    next_schedule_at: datetime | None = None
    academies: int = 0
    frozen: int = 0
    rounds: RoundsStock | None = None
    size: int = 0


class StockTaker(Protocol):
    """Looks into the database, across academies."""

    async def take(self, now: datetime) -> Stock:
        """The stock at this moment. Raises StorageError."""
        ...


@dataclass(frozen=True, slots=True)
class Taken:
    """A stock, or None where the database did not answer; when that was, and how many seconds it took."""

    stock: Stock | None
    at: datetime
    seconds: float


class KeptStock:
    """The stock, taken anew when it is some seconds old: however many ask at once, the database is asked once."""

    def __init__(self, taker: StockTaker, clock: Clock, kept: timedelta = _KEPT) -> None:
        self._taker = taker
        self._clock = clock
        self._kept = kept
        self._turn = asyncio.Lock()
        self._last: Taken | None = None

    async def take(self) -> Taken:
        """Never raises: that the database is away is a figure too."""
        async with self._turn:
            now = self._clock.now()
            last = self._last
            if last is not None and timedelta(0) <= now - last.at < self._kept:
                return last
            begun = asyncio.get_running_loop().time()
            try:
                stock = await self._taker.take(now)
            except StorageError:
                stock = None
            self._last = Taken(stock, now, asyncio.get_running_loop().time() - begun)
            return self._last
