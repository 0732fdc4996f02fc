"""Who has left a server, found out once a day and not only when the next message to them fails: until then somebody else may be
introduced to them, and wait.

Discord tells of people who leave only to bots with the privileged members intent, which this one does without. It answers
whoever asks for a hundred people at once, though; and who is missing there is asked for by name before that is believed.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

import discord

from adapters.discord.spots import PLATFORM
from adapters.discord.telling import named
from bot.deliveries.presence import Dweller, Presence
from bot.errors import StorageError
from bot.identity import WorkspaceId
from bot.ports import Clock

_log = logging.getLogger(__name__)

# Seconds: until the first look, from one to the next, and between two questions, of which the gateway takes 120 a minute.
_FIRST, _DAY, _BETWEEN = 600.0, 86_400.0, 1.0
_PATIENCE = 5.0
_A_HUNDRED = 100
_UNKNOWN_MEMBER, _UNKNOWN_USER = 10007, 10013


class Attendance:
    """Looks who is still there. ``client``: who listens now; ``homes``: the server of each academy; ``pause`` sleeps."""

    def __init__(
        self,
        client: Callable[[], discord.Client | None],
        homes: Callable[[], Mapping[WorkspaceId, str]],
        presence: Presence,
        clock: Clock,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._homes = homes
        self._presence = presence
        self._clock = clock
        self._pause = pause

    async def keep(self) -> None:
        """Looks once a day, until it is cancelled."""
        await self._pause(_FIRST)
        while True:
            await self.look()
            await self._pause(_DAY)

    async def look(self) -> None:
        """Looks into every server, one after the other. Where Discord or the database does not answer, the next day will do."""
        for workspace, guild in self._homes().items():
            try:
                await self._server(workspace, guild)
            except (discord.DiscordException, OSError, RuntimeError, TimeoutError, StorageError) as error:
                _log.warning("who is still in a server could not be looked up (%s)", named(error))

    async def _server(self, workspace: WorkspaceId, guild: str) -> None:
        client = self._client()
        server = None if client is None else client.get_guild(int(guild))
        if server is None or server.unavailable:
            return
        dwellers = [one for one in await self._presence.dwellers(workspace, PLATFORM) if one.user.isdecimal()]
        for start in range(0, len(dwellers), _A_HUNDRED):
            await self._some(workspace, server, dwellers[start : start + _A_HUNDRED])
            await self._pause(_BETWEEN)

    async def _some(self, workspace: WorkspaceId, server: discord.Guild, asked: Sequence[Dweller]) -> None:
        users = [int(one.user) for one in asked]
        async with asyncio.timeout(_PATIENCE):
            found = await server.query_members(user_ids=users, limit=_A_HUNDRED, cache=False)
        there = {str(member.id) for member in found}
        for one in asked:
            if one.is_away and one.user in there:
                await self._presence.noted(workspace, one.member, None)
            elif not one.is_away and one.user not in there and await _has_left(server, one.user):
                await self._presence.noted(workspace, one.member, self._clock.now())


async def _has_left(server: discord.Guild, user: str) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE):
            await server.fetch_member(int(user))
    except discord.NotFound as error:
        return error.code in (_UNKNOWN_MEMBER, _UNKNOWN_USER)
    return False
