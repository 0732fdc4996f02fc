"""Discord's side of the house: everything that the gateway tells comes in here, is read, and is answered or noted.

Nothing that fails here reaches the library, whose own log would hold what came.
"""

import logging
import sys
import weakref
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import discord

from adapters.discord.answers import Answers
from adapters.discord.arriving import Arriving
from adapters.discord.client import ListeningClient
from adapters.discord.connection import Connection, Door
from adapters.discord.dialogs import Dialogs
from adapters.discord.front import Front
from adapters.discord.guilds import GuildBook
from adapters.discord.hints import Hints
from adapters.discord.intents import Reading
from adapters.discord.listening import Listening
from adapters.discord.parse import Malformed, read
from adapters.discord.telling import named
from adapters.discord.waiting import Waiting
from bot.errors import BrobyggerError, StorageError

_log = logging.getLogger(__name__)

_STOPS_WITHIN = 3.0
# How long the start waits to be able to say that the connection stands; it goes on trying after that.
_GREETING = 5.0


class DiscordAdapter:
    """The listening half of the adapter. Implements :class:`adapters.discord.client.Heard`."""

    def __init__(self, front: Front, guilds: GuildBook, speaking: discord.Client, door: Door, reading: Reading) -> None:
        self._front = front
        self._guilds = guilds
        self._reading = reading
        self._speaking = speaking
        self._connection = Connection(speaking, door, self, reading, front.clock, front.pause)
        guilds.follow(lambda: self._connection.client)
        dialogs = Dialogs(front)
        self._listening = Listening(front, Arriving(front), dialogs, Answers(front, dialogs))
        self._hints = Hints(front)
        self._sessions: weakref.WeakKeyDictionary[ListeningClient, set[int]] = weakref.WeakKeyDictionary()

    @property
    def connection(self) -> Connection:
        """The connection to Discord."""
        return self._connection

    @asynccontextmanager
    async def at_work(self) -> AsyncGenerator[None, None]:
        """Listens until the block ends. Raises SettingsError for a token that Discord does not know; where Discord cannot be
        reached it goes on trying."""
        try:
            await self._connection.open()
            # Where the switch is off the connection is made once more, without what it is for.
            if not await self._connection.opened(_GREETING) and self._reading.wanted:
                _log.info("Discord cannot be reached yet; going on trying")
            yield
        finally:
            # What is in the air is answered over the connection that it came by.
            await self.finish()
            await self._connection.close()

    async def finish(self) -> None:
        """Ends what is in the air, within some seconds."""
        await self._front.working.finish(_STOPS_WITHIN)

    def interaction(self, interaction: discord.Interaction) -> None:
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

    async def stands(self, shard: int) -> None:
        """Trouble is over."""
        del shard
        self._connection.stands()

    async def ready(self, client: ListeningClient, shard: int) -> None:
        """What came and went while nobody listened."""
        known = self._sessions.setdefault(client, set())
        # The library keeps the guilds of an earlier session, so that after another one only Discord knows which are left.
        again = shard in known
        known.add(shard)
        self._keep("session", lambda: self._reconcile(client, shard, again=again))

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
        await self._reading.tell()
