"""Retention: what is kept only for a while goes when its time is over."""

import logging
from datetime import timedelta

from bot.ports import Clock, Units, WorkspaceDirectory

_log = logging.getLogger(__name__)

# A platform repeats an event for an hour, or a day where that is switched on; after two nothing can come twice.
ARRIVALS_KEPT = timedelta(hours=48)
# Whoever has not looked in for half a year is not kept in mind; many of them never joined.
HOMES_KEPT = timedelta(days=180)
# So long may an academy come back after it was uninstalled (docs/decisions/0014).
FROZEN_KEPT = timedelta(days=30)


class Retention:
    """Forgets which interactions were handled, once none of them can come a second time, and home pages that nobody opens;
    erases academies that were uninstalled and did not come back."""

    def __init__(self, units: Units, directory: WorkspaceDirectory, clock: Clock) -> None:
        self._units = units
        self._directory = directory
        self._clock = clock

    async def tidy(self) -> int:
        """One unit of work a workspace. Returns how many rows went, erased academies aside."""
        gone = 0
        now = self._clock.now()
        too_long = now - FROZEN_KEPT
        for workspace in await self._directory.every():
            frozen = workspace.frozen_at is not None
            if frozen and await self._directory.erase(workspace.id, frozen_before=too_long):
                _log.info("Erased workspace %s, which was uninstalled %d days ago", workspace.id, FROZEN_KEPT.days)
                continue
            async with self._units(workspace.id) as work:
                gone += await work.arrivals.forget_before(now - ARRIVALS_KEPT)
                gone += await work.homes.forget_before(now - HOMES_KEPT)
                await work.commit()
        if gone:
            _log.info("Forgot %d handled interactions and home pages", gone)
        return gone
