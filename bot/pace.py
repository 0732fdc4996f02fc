"""Slows down one person who floods, so that the others don't notice. A token bucket for each account, in memory."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from bot.errors import TooFast, phrase
from bot.identity import Account, WorkspaceId

BURST = 20
PER_SECOND = 1.0
_REMEMBERED = 10_000


@dataclass(slots=True)
class _Bucket:
    left: float
    at: datetime


class Pace:
    """At most ``BURST`` interactions at once and ``PER_SECOND`` for long, for each account."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[tuple[WorkspaceId, Account], _Bucket] = OrderedDict()

    def step(self, workspace: WorkspaceId, account: Account, now: datetime) -> None:
        """Counts one interaction. Raises TooFast where that is one too many."""
        key = (workspace, account)
        bucket = self._buckets.pop(key, None) or _Bucket(BURST, now)
        passed = max(0.0, (now - bucket.at).total_seconds())
        bucket.left = min(BURST, bucket.left + passed * PER_SECOND)
        bucket.at = now
        self._buckets[key] = bucket
        if len(self._buckets) > _REMEMBERED:
            self._buckets.popitem(last=False)
        if bucket.left < 1:
            raise TooFast(phrase("That was a lot at once. Give me a moment, and try again in a little while."))
        bucket.left -= 1
