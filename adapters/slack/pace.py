"""How fast Slack's methods are called: for each workspace and method a bucket that learns from being told to wait.

What Slack allows is a tier and not a figure ("20 and more a minute"), so these are where a bucket begins. Sources:
https://docs.slack.dev/apis/web-api/rate-limits for the tiers and for posting ("one message a second in a conversation, and
several hundred a minute in a workspace"); each method's own page for its tier.

One "too many" is the price of learning, and there is to be no second one. So where the figure is a guess, calls go one after
the other until Slack has said it: of ten that are in the air together, ten would be refused. And who had been given a turn
before the lesson gets a new one after it.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from bot.errors import TryLater
from bot.identity import WorkspaceId
from bot.ports import Clock
from bot.recent import Recent

_MINUTE = 60.0
# A wait longer than this many seconds is not slept through but told to whoever asked.
PATIENCE = 3.0
# Where calls go one by one, the next does not wait longer than so many seconds for an answer that is late.
_LATE, _MOMENT = 0.5, 0.001
# Whoever is turned away comes back within so many seconds after a turn is free.
_AWAY = 30.0
# Where Slack does not say how long to wait; and a whisker more than it says, since nothing arrives to the millisecond.
_UNNAMED, _WHISKER = 30.0, 0.5
# So much of what Slack surely allows is used after it said "too many", this much more of it after each busy minute, and at
# last so much: never all, since what leaves evenly does not arrive evenly.
_LEARNED, _STEP, _NEARLY = 0.95, 0.01, 0.98
# After a second lesson it is at most so much of what was too fast.
_SLOWER = 0.9
# Seconds for which a lesson is the ceiling, and for which the rate at the beginning is kept while nothing was learned; then a
# little more is tried each busy minute.
_LESSON, _BEGINNING, _GROWTH = 3_600.0, 600.0, 1.05
# What was sent in so many seconds, and at most so many calls, is looked at.
_LOOKS_BACK, _MOST = 600.0, 3_000
# Seconds to wait that are a multiple of this may be somebody's choice; others were reckoned.
_ROUND = 5.0
_BUCKETS, _CONVERSATIONS, _IDLE = 2_000, 5_000, timedelta(hours=1)
_LONG_AGO = float("-inf")
_POST = "chat.postMessage"


@dataclass(frozen=True, slots=True)
class Rate:
    """``a_minute`` calls, of which ``at_once`` may come together. ``at_least``: what Slack promises, below which one
    "too many" teaches nothing: it may have meant one conversation only. ``guessed``: Slack names no figure, so until it
    said "too many" the calls go one after the other."""

    a_minute: float
    at_once: int
    at_least: float = 0.0
    guessed: bool = False


TIER_3 = Rate(50, 40, 50)
TIER_4 = Rate(100, 80, 100)
# "Several hundred a minute" in a workspace: three; with those at once, less a little, so that also who counts by the minute
# never counts more.
POSTING = Rate(294, 5, 50, guessed=True)
# "One a second" in a conversation, with a few together.
CONVERSATION = Rate(60, 3, 60)
# Tier 3, or one a minute for an app that is sold outside the Marketplace: one after the other, so that it shows early.
READING = Rate(50, 1)
# What is not in the table is called at once until Slack says "too many": somebody waits for it with three seconds in hand
# (views.open), or it is rare.
UNKNOWN = Rate(0, 0, 20)

RATES: Mapping[str, Rate] = MappingProxyType(
    {
        "chat.postMessage": POSTING,
        "chat.update": TIER_3,
        "chat.delete": TIER_3,
        "conversations.open": TIER_3,
        "conversations.history": READING,
        "conversations.replies": READING,
        "conversations.info": TIER_3,
        "users.info": TIER_4,
        "files.getUploadURLExternal": TIER_4,
        "files.completeUploadExternal": TIER_4,
        "files.info": TIER_4,
    }
)


class Bucket:
    """One method's turns in one workspace, or in one conversation. Times are seconds of any steady clock."""

    def __init__(self, rate: Rate) -> None:
        self._a_minute = rate.a_minute  # 0: as many as come
        self._at_once = rate.at_once
        self._at_least = rate.at_least
        self._guessed = rate.guessed
        self._next = _LONG_AGO  # when the next call would come if all came evenly
        self._sent: deque[float] = deque(maxlen=_MOST)  # when the calls of the last minutes went out
        self._ceiling = 0.0
        self._told_at = self._grown_at = self._blocked_until = _LONG_AGO
        self._promised = _LONG_AGO  # when the last of those who were turned away is to come back
        self._lessons = 0
        self._in_the_air = 0
        self._landed = asyncio.Event()

    @property
    def a_minute(self) -> float:
        """How many calls a minute are made when there is much to do; 0 where no limit is known."""
        return self._a_minute

    @property
    def lessons(self) -> int:
        """How often Slack said "too many"; turns that were given before it said so are void."""
        return self._lessons

    def wait(self, now: float) -> float:
        """How long a call would have to wait for its turn."""
        at = max(now, self._blocked_until)
        if self._a_minute:
            at = max(at, self._next - (self._at_once - 1) * _MINUTE / self._a_minute)
        return at - now

    def take(self, now: float) -> float:
        """Takes the next turn, and returns how long to wait for it."""
        wait = self.wait(now)
        if self._a_minute:
            self._next = max(self._next, now + wait) + _MINUTE / self._a_minute
            if wait > 0:
                self._grow(now)
        return wait

    def away(self, now: float) -> float:
        """How long whoever is turned away now should stay away. Each gets a time of its own, so that a thousand who wait
        don't all come back for one turn."""
        at = now + self.wait(now)
        self._promised = max(at, self._promised) if self._promised < at + _AWAY else at
        away = self._promised - now
        self._promised += _MINUTE / self._a_minute if self._a_minute else 0.0
        return away

    def late(self, now: float) -> float:
        """How long a call should yet wait for the answer to the one before it; 0 where it may go."""
        if not (self._guessed and not self._ceiling and self._in_the_air):
            return 0.0
        return max(0.0, self._sent[-1] + _LATE - now)

    async def landing(self) -> None:
        """Returns when the next answer is there."""
        self._landed.clear()
        await self._landed.wait()

    def left(self, now: float) -> None:
        """A call goes out."""
        while self._sent and self._sent[0] < now - _LOOKS_BACK:
            self._sent.popleft()
        self._sent.append(now)
        self._in_the_air += 1

    def landed(self) -> None:
        """A call's answer is there, or will never be."""
        self._in_the_air -= 1
        self._landed.set()

    def told_to_wait(self, now: float, rest: float, left: float) -> None:
        """Slack said "too many" to the call that left then. Several that were in the air together are one lesson."""
        if left in self._sent:
            self._sent.remove(left)
        again = left <= self._told_at
        in_vain = not again and self._ceiling > 0 and not (self._sent and self._sent[-1] > self._told_at)
        if in_vain:
            rest = max(rest, _MINUTE)  # not one call was taken after the rest that Slack had asked for
        else:
            self._learn(now, rest, again=again)
        self._blocked_until = max(self._blocked_until, now + rest + min(_WHISKER, _MINUTE / self._a_minute))
        self._next = self._blocked_until
        self._told_at = self._grown_at = now
        self._lessons += 1

    def _learn(self, now: float, rest: float, *, again: bool) -> None:
        allowed = self._surely_allowed(now, rest)
        if again:
            allowed = min(allowed, self._ceiling)
        elif self._ceiling:
            allowed = min(allowed, self._a_minute * _SLOWER)
            if now - self._told_at < 2 * _MINUTE:
                self._at_least /= 2  # it is promised less than was thought
        self._ceiling = max(allowed, self._at_least, 0.5)
        self._a_minute = self._ceiling * _LEARNED
        self._at_once = 1

    def _surely_allowed(self, now: float, rest: float) -> float:
        """The rate a minute that explains what Slack took.

        A bucket that holds a minute's worth takes no more in any stretch of time than the rate times that time and one
        minute. Where Slack asks for a longer rest than such a bucket would need for one call, it counts by the minute, and
        took what was sent in that minute, of which ``rest`` is what is left; or it asks whatever the case for so many
        seconds, a round number, and then the smaller of both is sure.
        """
        took, counted, begins = 0.0, 0, False
        for count, at in enumerate(reversed(self._sent), start=1):
            age = max(0.0, now - at)
            took = max(took, count / (age + _MINUTE) * _MINUTE)
            # That minute began with a call where none came for a minute before it. Seconds to wait are rounded up.
            if age <= _MINUTE - rest:
                counted = count
            elif age <= _MINUTE - rest + 1:
                begins = count == len(self._sent) or at - self._sent[-count - 1] >= _MINUTE
                counted = count if begins else counted
        by_the_minute = counted > 0 and rest > 1 and _MINUTE / (rest - 1) < took
        if not by_the_minute:
            return took
        return counted if begins or rest % _ROUND else min(took, counted)

    def _grow(self, now: float) -> None:
        """A little faster after each busy minute in which Slack took all."""
        if self._grown_at == _LONG_AGO:
            self._grown_at = now + _BEGINNING - _MINUTE
        if now - self._grown_at < _MINUTE:
            return
        self._grown_at = now
        if now - self._told_at >= _LESSON:
            self._a_minute *= _GROWTH
        else:
            self._a_minute = max(self._a_minute, min(self._ceiling * _NEARLY, self._a_minute + self._ceiling * _STEP))


@dataclass(slots=True)
class Turn:
    """A call that may go out, and what becomes of it."""

    bucket: Bucket
    left: float
    now: Callable[[], float]

    def told_to_wait(self, after: float | None) -> float:
        """Keeps what Slack asked for. Returns how long that is."""
        rest = _UNNAMED if after is None else max(0.0, after)
        self.bucket.told_to_wait(self.now(), rest, self.left)
        return rest


class Pace:
    """The buckets of all workspaces. ``rest`` sleeps for some seconds."""

    def __init__(
        self,
        clock: Clock,
        rest: Callable[[float], Awaitable[None]],
        rates: Mapping[str, Rate] = RATES,
        patience: float = PATIENCE,
    ) -> None:
        self._clock = clock
        self._rest = rest
        self._rates = rates
        self._patience = patience
        self._began = clock.now()
        self._buckets: Recent[tuple[WorkspaceId, str], Bucket] = Recent(clock, _BUCKETS, _IDLE)
        self._conversations: Recent[tuple[WorkspaceId, str], Bucket] = Recent(clock, _CONVERSATIONS, _IDLE)

    @asynccontextmanager
    async def turn(self, workspace: WorkspaceId, method: str, channel: str = "") -> AsyncGenerator[Turn, None]:
        """Begins when a call may go out; ends when it is answered. Raises TryLater, with how long, where that is not
        soon."""
        bucket = self.bucket(workspace, method)
        buckets = [bucket]
        if method == _POST and channel and self._paces_posts():
            buckets.append(self._conversation(workspace, channel))
        await self._wait_for(buckets)
        while (late := bucket.late(self._now())) > _MOMENT:
            known = bucket.lessons
            await _either(self._rest(late), bucket.landing())
            if bucket.lessons > known:
                await self._wait_for([bucket])
        turn = Turn(bucket, self._now(), self._now)
        bucket.left(turn.left)
        try:
            yield turn
        finally:
            bucket.landed()

    async def _wait_for(self, buckets: list[Bucket]) -> None:
        while buckets:
            now = self._now()
            if max(bucket.wait(now) for bucket in buckets) > self._patience:
                raise TryLater("ratelimited", max(bucket.away(now) for bucket in buckets))
            wait = max(bucket.take(now) for bucket in buckets)
            if wait <= 0:
                return
            known = [bucket.lessons for bucket in buckets]
            await self._rest(wait)
            # Slack may have said "too many" to a call before this one.
            buckets = [bucket for bucket, lessons in zip(buckets, known, strict=True) if bucket.lessons > lessons]

    def bucket(self, workspace: WorkspaceId, method: str) -> Bucket:
        """A method's bucket, new where it was not used for long."""
        return _of(self._buckets, (workspace, method), self._rates.get(method, UNKNOWN))

    def _conversation(self, workspace: WorkspaceId, channel: str) -> Bucket:
        return _of(self._conversations, (workspace, channel), CONVERSATION)

    def _paces_posts(self) -> bool:
        return _POST in self._rates

    def _now(self) -> float:
        return (self._clock.now() - self._began).total_seconds()


def _of(kept: Recent[tuple[WorkspaceId, str], Bucket], key: tuple[WorkspaceId, str], rate: Rate) -> Bucket:
    bucket = kept.get(key) or Bucket(rate)
    kept.put(key, bucket)
    return bucket


async def _either(*ways: Awaitable[None]) -> None:
    tasks = [asyncio.ensure_future(way) for way in ways]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
