"""Discord's side of the house: everything that the gateway tells comes in here, is read, and is answered or noted.

Nothing that fails here reaches the library, whose own log would hold what came.
"""

import logging
import sys
import weakref
from collections.abc import Awaitable, Callable

import discord

from adapters.discord.answers import Answers
from adapters.discord.arriving import Arriving
from adapters.discord.client import ListeningClient
from adapters.discord.dialogs import Dialogs
from adapters.discord.front import Front
from adapters.discord.guilds import GuildBook
from adapters.discord.hints import Hints
from adapters.discord.listening import Listening
from adapters.discord.parse import Malformed, read
from adapters.discord.telling import named
from adapters.discord.waiting import Waiting
from bot.errors import BrobyggerError, StorageError

_log = logging.getLogger(__name__)

_STOPS_WITHIN = 5.0


class DiscordAdapter:
    """The listening half of the adapter. Implements :class:`adapters.discord.client.Heard`. ``stands`` is told that a
    session began or goes on."""

    def __init__(
        self, front: Front, guilds: GuildBook, speaking: discord.Client, stands: Callable[[], Awaitable[None]]
    ) -> None:
        self._front = front
        self._guilds = guilds
        self._speaking = speaking
        self._stands = stands
        dialogs = Dialogs(front)
        self._listening = Listening(front, Arriving(front), dialogs, Answers(front, dialogs))
        self._hints = Hints(front)
        self._sessions: weakref.WeakKeyDictionary[ListeningClient, set[int]] = weakref.WeakKeyDictionary()

    async def finish(self) -> None:
        """Ends what is in the air, within some seconds."""
        await self._front.working.finish(_STOPS_WITHIN)

    async def interaction(self, interaction: discord.Interaction) -> None:
        """Answers it, whatever happens."""
        answered = self._front.working.arrived()
        self._front.working.start("interaction", lambda: self._answer(interaction, answered))

    async def message(self, message: discord.Message) -> None:
        """Somebody wrote to the bot, who understands commands only."""
        self._front.working.start("message", lambda: self._hints.written(message))

    async def joined(self, guild: discord.Guild) -> None:
        """An academy of its own for the guild, or its old one again."""
        self._keep("joined", lambda: self._guilds.joined(guild))

    async def removed(self, guild: discord.Guild) -> None:
        """Nothing is tried there any more."""
        self._keep("removed", lambda: self._guilds.removed(str(guild.id)))

    async def ready(self, client: ListeningClient, shard: int) -> None:
        """What came and went while nobody listened."""
        await self._stands()
        known = self._sessions.setdefault(client, set())
        # The library keeps the guilds of an earlier session, so that after another one only Discord knows which are left.
        again = shard in known
        known.add(shard)
        self._keep("session", lambda: self._reconcile(client, shard, again=again))

    async def resumed(self, shard: int) -> None:
        """Nothing was missed."""
        del shard
        await self._stands()

    def stumbled(self, event: str) -> None:
        """One line that names the error, and nothing of what came."""
        error = sys.exc_info()[1]
        _log.error(
            "something that Discord sent could not be read (%s, %s)", event, named(error) if error else "unknown"
        )

    async def _answer(self, interaction: discord.Interaction, answered: Callable[[], None]) -> None:
        kind = interaction.type.name
        try:
            waiting = Waiting(interaction, answered)
            await self._listening.heard(read(interaction), waiting)
        except Malformed as error:
            _log.warning("an interaction could not be read (%s, %s)", kind, error.args[0])
        except BrobyggerError as error:
            _log.error("an interaction could not be answered (%s, %s)", kind, named(error))
        finally:
            answered()

    def _keep(self, kind: str, change: Callable[[], Awaitable[None]]) -> None:
        async def keep() -> None:
            try:
                await change()
            except StorageError as error:
                # The next session finds it out again.
                _log.error("a guild's coming or going could not be kept (%s, %s)", kind, named(error))

        self._front.working.start(kind, keep)

    async def _reconcile(self, client: ListeningClient, shard: int, *, again: bool) -> None:
        there = {guild.id: guild.name for guild in client.guilds if guild.shard_id == shard}
        if again:
            try:
                left = {guild.id async for guild in self._speaking.fetch_guilds(limit=None, with_counts=False)}
            except (discord.DiscordException, OSError, TimeoutError) as error:
                _log.warning("the guilds could not be counted (%s)", named(error))
                return
            there = {guild: name for guild, name in there.items() if guild in left}
        await self._guilds.reconciled(shard, client.shard_count or 1, there)
