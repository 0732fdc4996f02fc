"""Whether Discord serves anybody. While it does not, one request knocks now and then and the others are told to wait, each
until just after the next knock: so what waits goes soon after Discord is back, however long it was away.

An outage of ten minutes is two lines in the log and not hundreds, and a message whose answer would be lost is not sent in
the first place.
"""

import logging
from datetime import datetime, timedelta

from bot.errors import TryLater
from bot.ports import Clock

_log = logging.getLogger(__name__)
AWAY = "discord_away"
# One lost answer is not an outage.
_FAILURES = 3
_FIRST_KNOCK, _LAST_KNOCK = timedelta(seconds=2), timedelta(seconds=15)
# So many seconds after a knock the others come: by then it is known what came of it, and none waits for the next one.
_AFTER_KNOCK = 1.0
# So long after an outage Discord may still stumble, and seconds until whoever met that comes again: what waited through the
# outage was tried so often that its own pauses would be of minutes.
_SHAKY, _SOON = timedelta(minutes=5), 5.0


class Outage:
    """What the requests of all workspaces learn from one another."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures = 0
        self._since: datetime | None = None
        self._back_at: datetime | None = None
        self._knock_at = clock.now()
        self._pause = _FIRST_KNOCK

    def may_knock(self) -> bool:
        """Whether it is time to see if Discord is there again; then it is this caller's task. False where it is not away.
        Raises TryLater while it is away and somebody else knocks."""
        if self._since is None:
            return False
        now = self._clock.now()
        if now < self._knock_at:
            raise TryLater(AWAY, self.rest() + _AFTER_KNOCK)
        self._wait_longer(now)
        return True

    def knocked_for_nothing(self) -> None:
        """Whoever was let through asked nothing after all: the next one may knock at once."""
        self._knock_at = self._clock.now()

    def rest(self) -> float:
        """Seconds until somebody may knock again."""
        return max(0.0, (self._knock_at - self._clock.now()).total_seconds())

    def soon(self) -> float | None:
        """Seconds until a request that failed is to be tried again, while Discord is away or was so a moment ago."""
        if self._since is not None:
            return self.rest()
        shaky = self._back_at is not None and self._clock.now() - self._back_at < _SHAKY
        return _SOON if shaky else None

    def failed(self, kind: str) -> None:
        """A request got no answer, or one that says that Discord is not well."""
        self._failures += 1
        if self._since is None and self._failures >= _FAILURES:
            now = self._clock.now()
            self._since = now
            self._pause = _FIRST_KNOCK
            self._wait_longer(now)
            _log.warning("Discord does not answer (%s); what is to be sent there waits", kind)

    def answered(self) -> None:
        """A request was served; even a refusal is that."""
        self._failures = 0
        if self._since is not None:
            self._back_at = self._clock.now()
            away = self._back_at - self._since
            self._since = None
            _log.warning("Discord answers again after %d seconds; what waited is sent now", round(away.total_seconds()))

    def _wait_longer(self, now: datetime) -> None:
        self._knock_at = now + self._pause
        self._pause = min(self._pause * 2, _LAST_KNOCK)
