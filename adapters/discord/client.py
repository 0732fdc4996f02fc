"""The library's clients: one that speaks and never listens, and one that listens and may be made anew.

Whoever speaks is logged in once and serves for good. The listening one is thrown away where Discord demands another
number of shards or other intents, and nothing that is being sent notices. Neither keeps anybody's messages or members.
"""

import asyncio
from typing import Protocol

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

# Connections of one client: answers share them, since a new one costs several ways to Discord and back.
_CONNECTIONS = 64
_KEPT = 75.0  # seconds that an idle connection is kept
# The library asks the platform again in that long at most, where it was told to wait; longer waits come to us.
_LONGEST_WAIT = 30.0
# Seconds without a new guild after which those of a start have all come.
_GUILDS_COME = 2.0
# Seconds until a gateway that says nothing is taken for lost.
_SILENCE = 60.0
# Seconds for the connection of one shard; a shard that cannot be connected in that time ends the whole attempt, since the
# library would go on for ever and say so each time.
_SHARD = 60.0


def point_at(api_url: str) -> None:
    """Everything that the library asks goes there from now on. It knows one address for the whole process."""
    Route.BASE = api_url.rstrip("/")


def gateway_at(url: str) -> None:
    """Where a connection is made anew that cannot be resumed. Without it the library goes to the public gateway."""
    DiscordWebSocket.DEFAULT_GATEWAY = URL(url)


def speaking_client(trace: aiohttp.TraceConfig) -> discord.Client:
    """The client that every call goes over; it is logged in and never connected. ``trace`` sees its requests."""
    return discord.Client(
        intents=discord.Intents.none(),
        max_messages=None,
        allowed_mentions=discord.AllowedMentions.none(),
        connector=connector(),
        http_trace=trace,
        max_ratelimit_timeout=_LONGEST_WAIT,
    )


def intents(*, reads_messages: bool) -> discord.Intents:
    """What is listened to: guilds, and people who write to the bot. ``reads_messages``: the privileged one, by which
    Discord lets the bot read what others wrote when somebody asks for a summary."""
    wanted = discord.Intents.none()
    wanted.guilds = True
    wanted.dm_messages = True
    wanted.message_content = reads_messages
    return wanted


def connector() -> aiohttp.TCPConnector:
    """Connections that are kept open between calls."""
    return aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=_KEPT)


class Heard(Protocol):
    """Who is told what happens. None of these raises anything."""

    async def interaction(self, interaction: discord.Interaction) -> None:
        """Somebody typed a command, pressed something or sent a form."""
        ...

    async def message(self, message: discord.Message) -> None:
        """Somebody wrote to the bot."""
        ...

    async def joined(self, guild: discord.Guild) -> None:
        """The bot was added there."""
        ...

    async def removed(self, guild: discord.Guild) -> None:
        """The bot is there no more."""
        ...

    async def ready(self, client: "ListeningClient", shard: int) -> None:
        """A session began, and its guilds have come."""
        ...

    async def resumed(self, shard: int) -> None:
        """A session goes on."""
        ...

    def stumbled(self, event: str) -> None:
        """A listener failed, while its error is being handled."""
        ...


class ListeningClient(discord.AutoShardedClient):
    """Hands what happens to who listens. The names of its methods are the library's events."""

    def __init__(self, heard: "Heard", *, reads_messages: bool, shards: int | None = None) -> None:
        super().__init__(
            intents=intents(reads_messages=reads_messages),
            shard_count=shards,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=_GUILDS_COME,
            heartbeat_timeout=_SILENCE,
            max_ratelimit_timeout=_LONGEST_WAIT,
            connector=connector(),
        )
        self._heard = heard

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Somebody typed a command, pressed something or sent a form."""
        await self._heard.interaction(interaction)

    async def on_message(self, message: discord.Message) -> None:
        """Somebody wrote in a direct conversation."""
        await self._heard.message(message)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was added to a guild."""
        await self._heard.joined(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed from a guild, or the guild is gone."""
        await self._heard.removed(guild)

    async def on_shard_ready(self, shard: int) -> None:
        """A session began, and its guilds have come."""
        await self._heard.ready(self, shard)

    async def on_shard_resumed(self, shard: int) -> None:
        """A session goes on; what happened meanwhile has come."""
        await self._heard.resumed(shard)

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """A listener failed. The library's own log would hold what came."""
        del args, kwargs
        self._heard.stumbled(event_method)

    async def launch_shard(self, gateway: URL, shard_id: int, *, initial: bool = False) -> None:
        """Connects a shard. Raises TimeoutError where that takes too long."""
        # Others that begin at once wait five seconds each, which is Discord's pace.
        async with asyncio.timeout(_SHARD):
            await super().launch_shard(gateway, shard_id, initial=initial)
