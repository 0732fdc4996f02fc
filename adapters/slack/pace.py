"""How fast Slack's methods are called: for each workspace and method a bucket that learns from being told to wait.

What Slack allows is a tier and not a figure ("20 and more a minute"), so these are where a bucket begins. Sources:
https://docs.slack.dev/apis/web-api/rate-limits for the tiers and for posting ("one message a second in a conversation, and
several hundred a minute in a workspace"); each method's own page for its tier.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Mapping
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
# Where Slack does not say how long to wait; and a whisker more than it says, since nothing arrives to the millisecond.
_UNNAMED, _WHISKER = 30.0, 0.5
# So much of what Slack surely allows is used after it said "too many", and this much more of it after each busy minute.
_LEARNED, _STEP = 0.95, 0.01
# Seconds for which that lesson is the ceiling; then a little more is tried each busy minute.
_LESSON, _GROWTH = 600.0, 1.05
# What was sent in so many seconds, and at most so many calls, is looked at.
_LOOKS_BACK, _MOST = 600.0, 3_000
_BUCKETS, _CONVERSATIONS, _IDLE = 2_000, 5_000, timedelta(hours=1)
_LONG_AGO = float("-inf")
_POST = "chat.postMessage"


@dataclass(frozen=True, slots=True)
class Rate:
    """``a_minute`` calls, of which ``at_once`` may come together. ``at_least``: what Slack promises, below which one
    "too many" teaches nothing: it may have meant one conversation only."""

    a_minute: float
    at_once: int
    at_least: float = 0.0


TIER_3 = Rate(50, 40, 50)
TIER_4 = Rate(100, 80, 100)
# "Several hundred a minute" in a workspace.
POSTING = Rate(300, 10, 50)
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
        self._next = _LONG_AGO  # when the next call would come if all came evenly
        self._sent: deque[float] = deque(maxlen=_MOST)  # the turns of the last minutes, those still to come included
        self._ceiling = 0.0
        self._told_at = self._grown_at = self._blocked_until = _LONG_AGO

    @property
    def a_minute(self) -> float:
        """How many calls a minute are made when there is much to do; 0 where no limit is known."""
        return self._a_minute

    def blocked(self, now: float) -> float:
        """How long nothing may be sent, since Slack said so."""
        return self._blocked_until - now

    def wait(self, now: float) -> float:
        """How long a call would have to wait for its turn."""
        at = max(now, self._blocked_until)
        if self._a_minute:
            at = max(at, self._next - (self._at_once - 1) * _MINUTE / self._a_minute)
        return at - now

    def take(self, now: float) -> float:
        """Takes the next turn, and returns how long to wait for it."""
        wait = self.wait(now)
        while self._sent and self._sent[0] < now - _LOOKS_BACK:
            self._sent.popleft()
        self._sent.append(now + wait)
        if self._a_minute:
            self._next = max(self._next, now + wait) + _MINUTE / self._a_minute
            if wait > 0:
                self._grow(now)
        return wait

    def told_to_wait(self, now: float, rest: float) -> None:
        """Slack said "too many". Several calls that were in the air together say it together: they are one lesson."""
        again = self._blocked_until > now
        if self._sent:
            self._sent.pop()
        if not again and now - self._told_at < 2 * _MINUTE:
            self._at_least /= 2  # it is promised less than was thought
        allowed = self._surely_allowed(now, rest)
        self._ceiling = min(allowed, self._ceiling) if again else allowed
        self._a_minute = max(self._ceiling * _LEARNED, self._at_least, 0.5)
        self._at_once = 1
        self._blocked_until = max(self._blocked_until, now + rest + min(_WHISKER, _MINUTE / self._a_minute))
        self._next = self._blocked_until
        self._told_at = self._grown_at = now

    def _surely_allowed(self, now: float, rest: float) -> float:
        """The rate a minute that explains what Slack took.

        Whether it counts by the minute or fills a bucket that holds a minute's worth, it takes no more in any stretch of
        time than the rate times that time and one minute. Where it asks for a longer rest than such a bucket would need
        for one call, it counts: then it took what was sent in that minute, of which ``rest`` is what is left.
        """
        took, counted = 0.0, 0
        for count, at in enumerate(reversed(self._sent), start=1):
            took = max(took, count / (max(0.0, now - at) + _MINUTE))
            if now - at <= _MINUTE - rest:
                counted = count
        counts_by_the_minute = rest > 1 and 1 / (rest - 1) < took
        return max(took * _MINUTE, counted if counts_by_the_minute else 0.0)

    def _grow(self, now: float) -> None:
        """A little faster after each busy minute in which Slack took all."""
        if self._grown_at == _LONG_AGO:
            self._grown_at = now
        if now - self._grown_at < _MINUTE:
            return
        self._grown_at = now
        if now - self._told_at >= _LESSON:
            self._a_minute *= _GROWTH
        elif self._a_minute < self._ceiling:
            self._a_minute = min(self._ceiling, self._a_minute + self._ceiling * _STEP)


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

    async def turn(self, workspace: WorkspaceId, method: str, channel: str = "") -> None:
        """Returns when a call may go out. Raises TryLater, with how long, where that is not soon."""
        buckets = [self.bucket(workspace, method)]
        if method == _POST and channel and self._paces_posts():
            buckets.append(self._conversation(workspace, channel))
        now = self._now()
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait > self._patience:
            raise TryLater("ratelimited", wait)
        wait = max(bucket.take(now) for bucket in buckets)
        while wait > 0:
            await self._rest(wait)
            # Slack may have said "too many" to a call before this one.
            wait = buckets[0].blocked(self._now())
            if wait > self._patience:
                raise TryLater("ratelimited", wait)

    def told_to_wait(self, workspace: WorkspaceId, method: str, after: float | None) -> float:
        """Keeps what Slack asked for. Returns how long that is."""
        rest = _UNNAMED if after is None else max(0.0, after)
        self.bucket(workspace, method).told_to_wait(self._now(), rest)
        return rest

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
