"""Where a person is reached: in a direct conversation, or in a nook, which is a private thread with them in the guild.

Many people take no direct messages from a server's members, and Discord says so only at the first one. From then on the nook
is used; an hour later a direct message is tried again, since the nook asks people to change their settings.
"""

import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from adapters.discord.errors import NO_DIRECT
from adapters.discord.kept import Kept
from adapters.discord.messages import Messages
from adapters.discord.rooms import NOOK, Rooms
from bot.errors import Gone, Refused
from bot.ports import Clock

_log = logging.getLogger(__name__)
# When a person last took no direct message, by user id.
_CLOSED = "closed"
_SECONDS = re.compile(r"\d{1,12}", re.ASCII)
_TRIED_AGAIN = timedelta(hours=1)
# The thread's name, as those see it who look after the server.
TITLE = "Brobygger"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reached:
    """A place where a person reads. ``nook``: it is a thread, where a message finds them by naming them."""

    channel: str
    nook: bool


class Nooks:
    """The ways to the people of one workspace. Raises ChatError and nothing else."""

    def __init__(self, messages: Messages, rooms: Rooms, kept: Kept, clock: Clock) -> None:
        self._messages = messages
        self._rooms = rooms
        self._kept = kept
        self._clock = clock

    async def reach(self, user: str, send: Callable[[Reached], Awaitable[T]]) -> T:
        """Sends where the person takes it. ``send`` may be called twice, and for two places."""
        closed_at = await self._closed_at(user)
        if closed_at is not None and self._clock.now() - closed_at < _TRIED_AGAIN:
            return await self._in_nook(user, send)
        try:
            answer = await send(Reached(await self._messages.direct(user), nook=False))
        except Refused as error:
            if str(error) not in NO_DIRECT:
                raise
            await self._kept.put((_CLOSED, user, str(int(self._clock.now().timestamp()))))
            return await self._in_nook(user, send)
        if closed_at is not None:
            await self._kept.forget(_CLOSED, user)
        return answer

    async def places(self, user: str) -> list[Reached]:
        """Everywhere that a message to the person may stand."""
        found: list[Reached] = []
        nook = await self._rooms.known(NOOK, user)
        if nook is not None:
            found.append(Reached(nook, nook=True))
        try:
            found.append(Reached(await self._messages.direct(user), nook=False))
        except Refused as error:
            if str(error) not in NO_DIRECT:
                raise
        return found

    async def _in_nook(self, user: str, send: Callable[[Reached], Awaitable[T]]) -> T:
        nook = await self._rooms.known(NOOK, user)
        if nook is None:
            nook = await self._rooms.open(NOOK, user, [user], TITLE)
        else:
            await self._rooms.must_be_in(user)
        try:
            return await send(Reached(nook, nook=True))
        except Gone as error:
            if str(error) != "unknown_channel":
                raise
        # Somebody who looks after the server removed it.
        _log.info("A nook is gone and is opened again")
        await self._rooms.forget(NOOK, user)
        return await send(Reached(await self._rooms.open(NOOK, user, [user], TITLE), nook=True))

    async def _closed_at(self, user: str) -> datetime | None:
        kept = await self._kept.get(_CLOSED, user)
        return datetime.fromtimestamp(int(kept), UTC) if kept and _SECONDS.fullmatch(kept) else None
