"""Tells the organisers once where Discord does not let the bot read messages, and remembers that until it does."""

import logging
from datetime import datetime

from adapters.discord.spots import PLATFORM
from adapters.discord.telling import named
from bot.deliveries.domain import Delivery, ToMember
from bot.errors import StorageError
from bot.identity import DeliveryId, WorkspaceId, new_id
from bot.members.domain import Member
from bot.members.switches import MessagesUnreadable
from bot.ports import Clock, Units, WorkspaceDirectory

_log = logging.getLogger(__name__)

# What was told is a landmark of this kind, by what it was about.
TOLD, MESSAGES = "told", "messages"
# Where one bot serves more academies than these, it is run by somebody else than their organisers, who sees the log.
_MOST = 5


class Notices:
    """Writes letters; nothing that fails here goes further."""

    def __init__(self, directory: WorkspaceDirectory, units: Units, clock: Clock) -> None:
        self._directory = directory
        self._units = units
        self._clock = clock

    async def messages(self, granted: bool) -> None:
        """Whether Discord lets the bot read messages."""
        try:
            theirs = [one for one in await self._directory.every() if one.frozen_at is None and one.home_on(PLATFORM)]
            for workspace in theirs if len(theirs) <= _MOST else ():
                await (self._forget(workspace.id) if granted else self._tell(workspace.id))
        except StorageError as error:
            _log.error("what the organisers should know could not be kept (%s)", named(error))

    async def _tell(self, workspace: WorkspaceId) -> None:
        now = self._clock.now()
        async with self._units(workspace) as work:
            if await work.landmarks.get(PLATFORM, TOLD, MESSAGES) is not None:
                return
            organisers = [one for one in await work.members.everybody() if one.is_organiser()]
            if not organisers:
                # Somebody will be named, and is told at the next start.
                return
            await work.deliveries.add([_letter(one, now) for one in organisers])
            await work.landmarks.put(PLATFORM, TOLD, MESSAGES, now.isoformat(), now)
            await work.commit()

    async def _forget(self, workspace: WorkspaceId) -> None:
        async with self._units(workspace, reading=True) as work:
            if await work.landmarks.get(PLATFORM, TOLD, MESSAGES) is None:
                return
        async with self._units(workspace) as work:
            await work.landmarks.forget(PLATFORM, TOLD, MESSAGES)
            await work.commit()


def _letter(organiser: Member, now: datetime) -> Delivery:
    return Delivery(
        id=DeliveryId(new_id()),
        key=f"messages_unreadable:{organiser.id}:{now:%Y%m%d%H%M}",
        lane=f"member:{organiser.id}",
        target=ToMember(organiser.id),
        letter=MessagesUnreadable(organiser.id),
        not_before=now,
        created_at=now,
    )
