"""How fast Slack's methods are called: for each workspace and method a bucket that learns from being told to wait.

What Slack allows is a tier and not a figure ("20 and more a minute"), so these are where a bucket begins. Sources:
https://docs.slack.dev/apis/web-api/rate-limits for the tiers and for posting ("one message a second in a conversation, and
several hundred a minute in a workspace"); each method's own page for its tier.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from adapters.slack.recent import Recent
from bot.errors import TryLater
from bot.identity import WorkspaceId
from bot.ports import Clock

_MINUTE = 60.0
# Seconds: Slack counts by its own clock, and what is sent evenly does not arrive so.
_SLACK = 1.0
# A wait longer than this is not slept through but told to whoever asked.
PATIENCE = 3.0
# Where Slack does not say how long to wait.
_UNNAMED = 30.0
# A rest as long as this means that Slack counts by the minute; a shorter one, that it counts finer.
_LONG_REST = 10.0
# Of what Slack took before it said "too many": so much is used from then on, and this much more after each calm minute.
_LEARNED, _STEP = 0.95, 0.01
# For so long the lesson is the ceiling; then a little more is tried.
_LESSON = timedelta(minutes=30)
_GROWTH = 1.05
_SLOWER = 0.7
_BUCKETS, _IDLE = 2_000, timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Rate:
    """``a_minute`` calls, of which ``at_once`` may come together."""

    a_minute: float
    at_once: int


TIER_1 = Rate(1, 1)
TIER_2 = Rate(20, 10)
TIER_3 = Rate(50, 25)
TIER_4 = Rate(100, 50)
# "Several hundred a minute" for the workspace; the lanes keep the one a second of a conversation.
POSTING = Rate(300, 10)

# What is not named here is called at once until Slack says otherwise: somebody waits for it with three seconds in hand
# (views.open), or it is rare.
RATES: Mapping[str, Rate] = MappingProxyType(
    {
        "chat.postMessage": POSTING,
        "chat.update": TIER_3,
        "chat.delete": TIER_3,
        "conversations.open": TIER_3,
        # Tier 3, or one a minute for an app that is sold outside the Marketplace: one after the other, so that it shows early.
        "conversations.history": Rate(50, 1),
        "conversations.replies": Rate(50, 1),
        "conversations.info": TIER_3,
        "users.info": TIER_4,
        "files.getUploadURLExternal": TIER_4,
        "files.completeUploadExternal": TIER_4,
        "files.info": TIER_4,
    }
)


class Bucket:
    """One method's turns in one workspace. Times are seconds of any steady clock."""

    def __init__(self, rate: Rate | None) -> None:
        self._a_minute = rate.a_minute if rate else 0.0  # 0: nothing is known yet
        self._at_once = rate.at_once if rate else 0
        self._next = float("-inf")  # when the next call would come if all came evenly
        self._sent: deque[float] = deque()  # the turns given in the last minute, and those still to come
        self._most: int | None = None  # in any minute; learned
        self._ceiling: float | None = None
        self._told_at = float("-inf")
        self._grown_at = float("-inf")
        self._blocked_until = float("-inf")

    @property
    def a_minute(self) -> float:
        """How many calls a minute are made when there is much to do; 0 where there is no limit yet."""
        return self._a_minute

    def blocked(self, now: float) -> float:
        """How long nothing may be sent, since Slack said so."""
        return self._blocked_until - now

    def wait(self, now: float) -> float:
        """How long a call would have to wait for its turn."""
        self._forget(now)
        at = max(now, self._blocked_until)
        if self._a_minute:
            interval = _MINUTE / self._a_minute
            at = max(at, self._next - (self._at_once - 1) * interval)
        if self._most is not None and len(self._sent) >= self._most:
            at = max(at, self._sent[-self._most] + _MINUTE + _SLACK)
        return at - now

    def take(self, now: float) -> float:
        """Takes the next turn, and returns how long to wait for it."""
        wait = self.wait(now)
        self._sent.append(now + wait)
        if self._a_minute:
            self._next = max(self._next, now + wait) + _MINUTE / self._a_minute
            if wait > 0:
                self._grow(now)
        return wait

    def told_to_wait(self, now: float, rest: float) -> None:
        """Slack said "too many". Several calls in the air say it together: they are one lesson."""
        first = self._blocked_until <= now
        self._blocked_until = max(self._blocked_until, now + rest)
        if not first:
            self._learn_less()
            return
        self._forget(now)
        took = max(1, sum(1 for at in self._sent if at <= now) - 1)
        if rest >= _LONG_REST or not self._a_minute:
            self._ceiling = float(took)
            self._most = max(1, int(took * _LEARNED))
            self._a_minute = float(self._most)
        else:
            self._ceiling = self._a_minute
            self._a_minute = max(1.0, self._a_minute * _SLOWER)
        self._at_once = max(1, min(self._at_once, int(self._a_minute / 10)))
        self._next = self._blocked_until
        self._told_at = self._grown_at = now

    def _learn_less(self) -> None:
        """A call that was already on its way was not taken either, so Slack took one less than was thought."""
        if self._most is not None and self._most > 1 and self._ceiling is not None:
            self._most -= 1
            self._ceiling -= 1
            self._a_minute = float(self._most)

    def _grow(self, now: float) -> None:
        """A little faster after each busy minute in which Slack took all."""
        if self._grown_at == float("-inf"):
            self._grown_at = now
        if now - self._grown_at < _MINUTE:
            return
        self._grown_at = now
        if self._ceiling is not None and now - self._told_at >= _LESSON.total_seconds():
            self._ceiling = self._most = None
        if self._ceiling is None:
            self._a_minute *= _GROWTH
            return
        self._a_minute = min(self._ceiling, self._a_minute + max(1.0, self._ceiling * _STEP))
        if self._most is not None:
            self._most = int(self._a_minute)

    def _forget(self, now: float) -> None:
        while self._sent and self._sent[0] <= now - _MINUTE - _SLACK:
            self._sent.popleft()


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

    async def turn(self, workspace: WorkspaceId, method: str) -> None:
        """Returns when a call may go out. Raises TryLater, with how long, where that is not soon."""
        bucket = self.bucket(workspace, method)
        wait = bucket.wait(self._now())
        if wait > self._patience:
            raise TryLater("ratelimited", wait)
        wait = bucket.take(self._now())
        while wait > 0:
            await self._rest(wait)
            # Slack may have said "too many" to a call before this one.
            wait = bucket.blocked(self._now())
            if wait > self._patience:
                raise TryLater("ratelimited", wait)

    def told_to_wait(self, workspace: WorkspaceId, method: str, after: float | None) -> float:
        """Keeps what Slack asked for. Returns how long that is."""
        rest = _UNNAMED if after is None else max(0.0, after)
        self.bucket(workspace, method).told_to_wait(self._now(), rest)
        return rest

    def bucket(self, workspace: WorkspaceId, method: str) -> Bucket:
        """A method's bucket, new where it was not used for long."""
        key = (workspace, method)
        bucket = self._buckets.get(key) or Bucket(self._rates.get(method))
        self._buckets.put(key, bucket)
        return bucket

    def _now(self) -> float:
        return _seconds(self._clock.now(), self._began)


def _seconds(now: datetime, began: datetime) -> float:
    return (now - began).total_seconds()
