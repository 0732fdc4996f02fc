"""Stopping what is on its way: copies that wait for the morning, or for their turn, are kept back. Who has one keeps it."""

from bot.announcements.domain import Announcement
from bot.announcements.settling import there
from bot.announcements.telling import amend_owner
from bot.deliveries.domain import DeliveryState
from bot.errors import NotThere, phrase
from bot.identity import AnnouncementId, WorkspaceId
from bot.ports import Clock, UnitOfWork, Units

_TIMES = 50


class Stops:
    """The use case of an organiser who wants no more of it to go out."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def stop(self, workspace: WorkspaceId, announcement: AnnouncementId) -> int:
        """Keeps back every copy that nobody has tried to send yet; times to come are not touched. Returns how many. Raises
        NotThere where there is none."""
        async with self._units(workspace) as work:
            found = await there(work, announcement)
            stopped = await work.deliveries.cancel(await _waiting(work, found))
            if not stopped:
                raise NotThere(phrase("All of it has gone out by now, so there is nothing left to stop."))
            await amend_owner(work, found, self._clock.now())
            await work.commit()
        return stopped


async def _waiting(work: UnitOfWork, announcement: Announcement) -> list[str]:
    """The keys of what has not been tried. What has been may have arrived already."""
    known = announcement.schedule
    times = () if known is None else await work.schedules.occurrences(known, _TIMES)
    waiting = [one for time in times for one in await work.deliveries.of_occurrence(time.id, (DeliveryState.WAITING,))]
    return [one.key for one in waiting if not one.attempts]
