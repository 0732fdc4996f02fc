"""How often sessions may begin: one in five seconds in each of Discord's buckets, and so many a day. Beyond its share of the
day Discord takes the token away.
"""

import asyncio
from collections.abc import Awaitable, Callable

# Seconds between two sessions that begin in one bucket, with some to spare.
PAUSE = 5.1


class Identifying:
    """Remembers over all clients of a process when a session last began."""

    def __init__(self, pause: float = PAUSE, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._pause = pause
        self._sleep = sleep
        self._buckets = 1
        self._next: dict[int, float] = {}

    def of_buckets(self, buckets: int) -> None:
        """Discord's answer: so many sessions may begin at once, each in its own bucket."""
        self._buckets = max(1, buckets)

    async def turn(self, shard: int) -> None:
        """Waits until the shard's session may begin."""
        now, bucket = asyncio.get_running_loop().time(), shard % self._buckets
        at = max(now, self._next.get(bucket, now))
        self._next[bucket] = at + self._pause
        if at > now:
            await self._sleep(at - now)
