"""Retention: what is kept only for a while goes when its time is over."""

import logging
from datetime import datetime, timedelta

from bot.camps.gatherings import keep_gatherings
from bot.camps.handover.evaluation import OPEN_FOR
from bot.camps.invited import INVITED
from bot.camps.stations.workshop import PLANNING
from bot.camps.untold import ask_about_untold
from bot.challenges.keeping import forget_challenges
from bot.deliveries.forgetting import forget_done
from bot.identity import WorkspaceId
from bot.linking.proving import MISSES, PROVEN
from bot.notes.keeping import forget_notes
from bot.ports import Clock, Units, WorkspaceDirectory

_log = logging.getLogger(__name__)

# A platform repeats an event for an hour, or a day where that is switched on; after two nothing can come twice.
ARRIVALS_KEPT = timedelta(hours=48)
# Whoever has not looked in for half a year is not kept in mind; many of them never joined.
HOMES_KEPT = timedelta(days=180)
# A form that somebody left half filled; whoever comes back later begins anew.
DRAFTS_KEPT = timedelta(days=2)
# What another organiser was asked to approve of: somebody may be on holiday.
ASKED_KEPT = timedelta(days=30)
# The names of guests were for the name tags.
GUESTS_KEPT = timedelta(days=2)
# Who has said how a camp was is only known so that nobody is counted twice, as long as answers are taken.
ANSWERERS_KEPT = OPEN_FOR + timedelta(days=2)
# What was carried between two platforms stands with the one whom it was for; here it is only counted.
LINES_KEPT = timedelta(days=30)
# By the kind of landmark: what a question said, what was told once, a command that still lacks its academy, and what only counts
# for minutes, or until a room's first message, or until an invitation goes. Others stay.
LANDMARKS_KEPT = {
    "confirm": timedelta(days=366),
    "told": timedelta(days=90),
    "uncalled": timedelta(days=2),
    "pending": timedelta(days=2),
    PLANNING: timedelta(days=1),
    MISSES: timedelta(days=1),
    PROVEN: timedelta(days=1),
    INVITED: timedelta(days=2),
}
# So long may a home of an academy be gone, and an academy come back after it was uninstalled (docs/decisions/0014).
FROZEN_KEPT = timedelta(days=30)


class Retention:
    """Forgets which interactions were handled, once none of them can come a second time, and what else is kept for a while;
    takes homes from academies that did not come back there, and erases academies that came back nowhere. Once an hour, too, it
    sees to what no other moment reminds of."""

    def __init__(self, units: Units, directory: WorkspaceDirectory, clock: Clock) -> None:
        self._units = units
        self._directory = directory
        self._clock = clock

    async def tidy(self) -> int:
        """One unit of work a workspace, and some more for what has many rows. Returns how many rows went, erased academies
        aside."""
        gone = 0
        now = self._clock.now()
        too_long = now - FROZEN_KEPT
        for workspace in await self._directory.every():
            frozen = workspace.frozen_at is not None
            if frozen and await self._directory.erase(workspace.id, frozen_before=too_long):
                _log.info("Erased workspace %s, which was uninstalled %d days ago", workspace.id, FROZEN_KEPT.days)
                continue
            if not frozen and any(home.gone_at is not None for home in workspace.installations):
                for _ in await self._directory.detach(workspace.id, gone_before=too_long):
                    _log.info(
                        "Workspace %s has one home less, which was gone for %d days", workspace.id, FROZEN_KEPT.days
                    )
            gone += await self._tidy(workspace.id, now)
            gone += await forget_done(self._units, workspace.id, now)
            if not frozen:
                await self._look_after(workspace.id, now)
        if gone:
            _log.info("Forgot %d handled interactions and other things that are kept for a while", gone)
        return gone

    async def _look_after(self, workspace: WorkspaceId, now: datetime) -> None:
        async with self._units(workspace) as work:
            if await keep_gatherings(work, now) + await ask_about_untold(work, now):
                await work.commit()

    async def _tidy(self, workspace: WorkspaceId, now: datetime) -> int:
        async with self._units(workspace) as work:
            gone = await work.arrivals.forget_before(now - ARRIVALS_KEPT)
            gone += await work.homes.forget_before(now - HOMES_KEPT)
            gone += await work.drafts.forget_before(now - DRAFTS_KEPT)
            gone += await work.announcements.forget_drafts_before(now - DRAFTS_KEPT, now - ASKED_KEPT)
            gone += await work.polls.forget_drafts_before(now - DRAFTS_KEPT)
            gone += await forget_notes(work, now)
            gone += await forget_challenges(work, now)
            gone += await work.camps.forget_guests_before((now - GUESTS_KEPT).date())
            gone += await work.handovers.forget_who_answered_before((now - ANSWERERS_KEPT).date())
            gone += await work.lines.forget_before(now - LINES_KEPT)
            gone += await work.codes.forget_before(now)
            for kind, kept in LANDMARKS_KEPT.items():
                gone += await work.landmarks.forget_before(kind, now - kept)
            await work.commit()
        return gone
