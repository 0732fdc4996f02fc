"""One process of the service with a courier and Discord, to be killed: ``python -m tests.end_to_end.discord_crash_replica``.

Arguments: the database's URL, the API's URL, and a name for this process. The token comes over its standard input.
"""

import asyncio
import sys
from collections.abc import Sequence

from adapters.clock import SystemClock
from adapters.discord.api import DiscordApi
from adapters.discord.chat import DiscordChat
from adapters.discord.client import point_at, speaking_client
from adapters.discord.places import OpenChannel, RoomChannel
from adapters.discord.wire import Wire
from bot.identity import WorkspaceId
from tests import databases
from tests.end_to_end.crash_letters import LETTERS, deliver

# Sixty of these are more than one message of Discord's takes.
LINE = "a line that is as long as the others, so that sixty of them take two messages. "


class NoGuilds:
    """Nothing is known of guilds where nothing listens; what is sent here needs nothing."""

    def guild_of(self, workspace: WorkspaceId) -> str | None:
        assert workspace
        return None

    def room_channels(self, guild: str) -> Sequence[RoomChannel]:
        raise AssertionError(guild)

    def channels(self, guild: str) -> Sequence[OpenChannel]:
        raise AssertionError(guild)

    async def sees(self, channel: str, user: str) -> bool | None:
        raise AssertionError(channel, user)

    def file_limit(self, guild: str) -> int:
        raise AssertionError(guild)

    def may_read(self, channel: str) -> bool | None:
        assert channel
        return None


async def serve(database_url: str, api_url: str, name: str, token: str) -> None:
    clock = SystemClock()
    point_at(api_url)
    wire = Wire()
    client = speaking_client(wire.trace)
    await client.login(token)
    api = DiscordApi(client, wire, clock, patience=1.2)
    async with databases.opened(database_url, LETTERS) as storage:
        workspace = await storage.workspace()
        await deliver(storage, DiscordChat(workspace, api, NoGuilds(), storage.units, clock), name, LINE)
    await client.close()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2], sys.argv[3], sys.stdin.readline().strip()))
