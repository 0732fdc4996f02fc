"""Retention: what is kept only for a while goes when its time is over."""

import logging
from datetime import timedelta

from bot.ports import Clock, Units, WorkspaceDirectory

_log = logging.getLogger(__name__)

# A platform repeats an event for an hour, or a day where that is switched on; after two nothing can come twice.
ARRIVALS_KEPT = timedelta(hours=48)


class Retention:
    """Forgets which interactions were handled, once none of them can come a second time."""

    def __init__(self, units: Units, directory: WorkspaceDirectory, clock: Clock) -> None:
        self._units = units
        self._directory = directory
        self._clock = clock

    async def tidy(self) -> int:
        """One unit of work a workspace. Returns how many rows went."""
        gone = 0
        for workspace in await self._directory.every():
            async with self._units(workspace.id) as work:
                gone += await work.arrivals.forget_before(self._clock.now() - ARRIVALS_KEPT)
                await work.commit()
        if gone:
            _log.info("Forgot %d handled interactions", gone)
        return gone
