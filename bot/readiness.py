"""Whether this process can do its work just now, and if not why: for whoever sends it requests or looks after it.

``brobygger run`` tells it at ``/readyz``. Reasons name kinds only.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from bot.ports import Clock

STOPPING = "stopping"
NO_DATABASE = "the database does not answer"
_PATIENCE = 3.0  # seconds; whoever asks has little more
# Whoever asked within this time is watching, and is told that the end comes before it comes.
_WATCHES = timedelta(seconds=30)
# Seconds: for a watcher to act on what it was told, and to ask for the last time.
_ACTS, _ASKS = 0.3, 2.0

# What is wrong with a platform for good, until somebody changes the settings; empty where it is well.
Trouble = Callable[[], str]


class Readiness:
    """Collects the reasons. ``database``: whether it answers, which it has ``patience`` seconds for."""

    def __init__(self, database: Callable[[], Awaitable[bool]], clock: Clock, *, patience: float = _PATIENCE) -> None:
        self._database = database
        self._clock = clock
        self._patience = patience
        self._troubles: list[Trouble] = []
        self._asked_at: datetime | None = None
        self._is_stopping = False
        self._told = asyncio.Event()

    def watch(self, trouble: Trouble) -> None:
        """From now on this counts too."""
        self._troubles.append(trouble)

    def stop(self) -> None:
        """From now on there is a reason, whatever else is well."""
        self._is_stopping = True

    async def reasons(self, *, platforms: bool = True) -> Sequence[str]:
        """Why it cannot work; empty where it can. Without ``platforms`` only what concerns this process and not every other
        one as well: a proxy that heeded a lost token would take all of them out."""
        self._asked_at = self._clock.now()
        if self._is_stopping:
            self._told.set()
            return (STOPPING,)
        found = [] if await self._database_answers() else [NO_DATABASE]
        if platforms:
            found += filter(None, (trouble() for trouble in self._troubles))
        return found

    async def heard(self) -> None:
        """Returns once whoever watches knows that it stops, or after two seconds; at once where nobody watches."""
        if self._asked_at is None or self._clock.now() - self._asked_at > _WATCHES:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(_ASKS):
                await self._told.wait()
                await asyncio.sleep(_ACTS)

    async def _database_answers(self) -> bool:
        try:
            async with asyncio.timeout(self._patience):
                return await self._database()
        except TimeoutError:
            return False
