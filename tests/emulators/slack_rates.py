"""How often one may ask: a bucket a method and workspace, for posts a bucket a conversation as well."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tests.emulators.slack_time import Clock

# Calls a minute; the bucket holds a minute's worth, the first tier some more than its one.
PER_MINUTE = {1: 1.0, 2: 20.0, 3: 50.0, 4: 100.0, 5: 600.0}
BURST = {1: 5.0, 2: 20.0, 3: 50.0, 4: 100.0, 5: 600.0}


@dataclass(slots=True)
class Rates:
    """What is allowed. ``Rates(on=False)`` allows everything."""

    on: bool = True
    posts_a_second: float = 1.0
    post_burst: float = 4.0
    posts_a_minute: float = 300.0
    # Commercial applications outside the Marketplace: one page of 15 a minute.
    small_history: bool = False
    per_minute: dict[str, float] = field(default_factory=dict)

    @property
    def page(self) -> int:
        return 15 if self.small_history else 999


@dataclass(frozen=True, slots=True)
class Refused:
    """A call that came too early."""

    bucket: tuple[str, ...]
    at: datetime
    retry_after: int


@dataclass(slots=True)
class _Bucket:
    holds: float
    a_second: float
    level: float
    at: datetime


class Limiter:
    def __init__(self, clock: Clock, rates: Rates) -> None:
        self._clock = clock
        self.rates = rates
        self._buckets: dict[tuple[str, ...], _Bucket] = {}
        self._shut: dict[tuple[str, ...], datetime] = {}
        self.refused: list[Refused] = []

    def shut(self, method: str, team: str, until: datetime) -> None:
        """Refuses a method in a workspace until then, whatever its rate."""
        self._shut[(method, team)] = until

    def take(self, method: str, team: str, tier: int, channel: str = "") -> int:
        """0 when the call may pass, else the seconds to wait. A refused call takes nothing from any bucket."""
        now = self._clock.now()
        until = self._shut.get((method, team))
        if until is not None and now < until:
            return self._refuse((method, team), now, (until - now).total_seconds())
        if not self.rates.on:
            return 0
        wanted = [
            (bucket, self._filled(bucket, limits, now)) for bucket, limits in self._asked(method, team, tier, channel)
        ]
        for name, bucket in wanted:
            if bucket.level < 1:
                return self._refuse(name, now, (1 - bucket.level) / bucket.a_second)
        for _name, bucket in wanted:
            bucket.level -= 1
        return 0

    def _asked(
        self, method: str, team: str, tier: int, channel: str
    ) -> Sequence[tuple[tuple[str, ...], tuple[float, float]]]:
        rates = self.rates
        if method in rates.per_minute:
            return [((method, team), (rates.per_minute[method], rates.per_minute[method] / 60))]
        if rates.small_history and method in ("conversations.history", "conversations.replies"):
            return [((method, team), (1.0, 1 / 60))]
        if method == "chat.postMessage":
            return [
                ((method, team, channel), (rates.post_burst, rates.posts_a_second)),
                ((method, team), (rates.posts_a_minute, rates.posts_a_minute / 60)),
            ]
        return [((method, team), (BURST[tier], PER_MINUTE[tier] / 60))]

    def _filled(self, name: tuple[str, ...], limits: tuple[float, float], now: datetime) -> _Bucket:
        holds, a_second = limits
        bucket = self._buckets.get(name)
        if bucket is None or bucket.holds != holds or bucket.a_second != a_second:
            bucket = self._buckets[name] = _Bucket(holds, a_second, holds, now)
        passed = (now - bucket.at).total_seconds()
        # A whisker is given, so that who waits exactly the seconds told is let in.
        bucket.level = min(holds, bucket.level + passed * a_second + 1e-9)
        bucket.at = now
        return bucket

    def _refuse(self, bucket: tuple[str, ...], now: datetime, wait: float) -> int:
        seconds = max(1, math.ceil(wait - 1e-6))
        self.refused.append(Refused(bucket, now, seconds))
        return seconds
