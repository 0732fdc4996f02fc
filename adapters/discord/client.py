"""The library's clients: one that speaks and never listens, and one that listens and may be made anew.

Whoever speaks is logged in once and serves for good. The listening one is thrown away where Discord demands another
number of shards or other intents, and nothing that is being sent notices. Neither keeps anybody's messages or members.
"""

import asyncio
import threading
from collections.abc import Callable
from typing import Any, Protocol

import aiohttp
import discord
from discord.gateway import DiscordWebSocket, KeepAliveHandler
from discord.http import Route
from yarl import URL

from adapters.discord.identifying import Identifying

# Connections of one client: answers share them, since a new one costs several ways to Discord and back.
_CONNECTIONS = 64
_KEPT = 75.0  # seconds that an idle connection is kept
# The library asks the platform again in that long at most, where it was told to wait; longer waits come to us.
_LONGEST_WAIT = 30.0
# Seconds without a new guild after which those of a start have all come.
GUILDS_COME = 2.0
# Seconds until a gateway that says nothing is taken for lost.
_SILENCE = 60.0
# Seconds for the connection of one shard; a shard that cannot be connected in that time ends the whole attempt, since the
# library would go on for ever and say so each time.
_SHARD = 60.0
# Seconds for a heartbeat that is just being sent.
_LAST_BEAT = 1.0


def point_at(api_url: str) -> None:
    """Everything that the library asks goes there from now on. It knows one address for the whole process."""
    Route.BASE = api_url.rstrip("/")
    # The library would say that it cannot talk.
    discord.VoiceClient.warn_nacl = False
    discord.VoiceClient.warn_dave = False


def gateway_at(url: str) -> None:
    """Where a connection is made anew that cannot be resumed. Without it the library goes to the public gateway."""
    DiscordWebSocket.DEFAULT_GATEWAY = URL(url)


def speaking_client(trace: aiohttp.TraceConfig) -> discord.Client:
    """The client that every call goes over; it is logged in and never connected. ``trace`` sees its requests."""
    return discord.Client(
        # Never told to anybody; without this one the library warns.
        intents=discord.Intents(guilds=True),
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

    def interaction(self, interaction: discord.Interaction) -> None:
        """Somebody typed a command, pressed something or sent a form. Only begins to answer."""
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

    async def stands(self, shard: int) -> None:
        """A session began or goes on."""
        ...

    async def ready(self, client: "ListeningClient", shard: int) -> None:
        """The guilds of a new session have come."""
        ...

    def stumbled(self, event: str) -> None:
        """A listener failed, while its error is being handled."""
        ...


class ListeningClient(discord.AutoShardedClient):
    """Hands what happens to who listens. The names of its methods are the library's events."""

    def __init__(
        self,
        heard: Heard,
        identifying: Identifying,
        *,
        reads_messages: bool,
        shards: int,
        guilds_come: float = GUILDS_COME,
    ) -> None:
        super().__init__(
            intents=intents(reads_messages=reads_messages),
            shard_count=shards,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=guilds_come,
            heartbeat_timeout=_SILENCE,
            max_ratelimit_timeout=_LONGEST_WAIT,
            connector=connector(),
        )
        self._heard = heard
        self._identifying = identifying
        self._guard()

    def _guard(self) -> None:
        """One event that the library cannot read is left out, and does not end the connection. There is no other way to its
        parsers."""
        parsers = self._connection.parsers

        def guarded(event: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
            def parsing(data: object) -> None:
                try:
                    parse(data)
                except Exception:  # noqa: BLE001 - Discord sends what the library does not know yet
                    self._heard.stumbled(event)

            return parsing

        # Without its first event a session is none.
        parsers.update({event: guarded(event, parse) for event, parse in parsers.items() if event != "READY"})

    async def on_shard_connect(self, shard: int) -> None:
        """A session began; its guilds are still to come."""
        await self._heard.stands(shard)

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """What the library read. Somebody waits for the answer to an interaction, so it takes no detour by a task of the
        library's; and nobody listens to the bare names of events."""
        match event:
            case "interaction":
                self._heard.interaction(*args)
            case "socket_event_type":
                pass
            case _:
                super().dispatch(event, *args, **kwargs)

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
        await self._heard.stands(shard)

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """A listener failed. The library's own log would hold what came."""
        del args, kwargs
        self._heard.stumbled(event_method)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """The library would wait five seconds before every session but the first, whenever the last one began."""
        del initial
        await self._identifying.turn(shard_id or 0)

    async def still_hearts(self) -> None:
        """Ends the threads of all heartbeats, also of connections that were broken off while they were being made: those the
        library forgets."""
        for thread in threading.enumerate():
            if isinstance(thread, KeepAliveHandler) and thread.ws.__dict__.get("_connection") is self._connection:
                thread.stop()
                await asyncio.to_thread(thread.join, _LAST_BEAT)

    async def launch_shard(self, gateway: URL, shard_id: int, *, initial: bool = False) -> None:
        """Connects a shard. Raises TimeoutError where that takes too long."""
        async with asyncio.timeout(_SHARD):
            await super().launch_shard(gateway, shard_id, initial=initial)
