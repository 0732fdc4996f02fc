"""Hundreds of members' direct messages at the rate that Discord gives, through the outbox, the courier and the genuine client.

Nobody has heard from the bot before, so each message takes two requests: one to open the conversation. The emulator keeps
Discord's limits in a process of its own. Once all take direct messages, and once every fifth takes none and is reached in a
private thread.
"""

import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.clock import SystemClock
from adapters.discord.api import DiscordApi
from adapters.discord.chat import DiscordChat
from adapters.discord.client import point_at, speaking_client
from adapters.discord.places import USUAL_FILE_LIMIT, OpenChannel, RoomChannel
from adapters.discord.wire import Wire
from benchmarks.instant import Note
from benchmarks.measure import Row
from benchmarks.sending import all_sent, sent, station, told_by, wrote
from bot.deliveries.domain import LetterTable
from bot.identity import WorkspaceId
from storage.upgrade import upgrade
from tests import databases
from tests.databases import Storage

MEMBERS, CLOSED = 500, 5
A_SECOND = 50  # requests, as Discord documents it
PATIENCE = 300.0  # seconds
_FIRST_LOOK = 150


@dataclass(frozen=True, slots=True)
class OneGuild:
    guild: str
    channel: str

    def guild_of(self, workspace: WorkspaceId) -> str:
        assert workspace.version
        return self.guild

    def room_channels(self, guild: str) -> Sequence[RoomChannel]:
        assert guild == self.guild
        return [RoomChannel(self.channel, usable=True)]

    def channels(self, guild: str) -> Sequence[OpenChannel]:
        assert guild == self.guild
        return []

    async def sees(self, channel: str, user: str) -> bool | None:
        assert channel
        assert user
        return None

    def file_limit(self, guild: str) -> int:
        assert guild == self.guild
        return USUAL_FILE_LIMIT

    def may_read(self, channel: str) -> bool:
        assert channel
        return True


def rows() -> Iterator[Row]:
    yield from asyncio.run(_sent(0))
    yield from asyncio.run(_sent(CLOSED))


async def _sent(closed: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        url = databases.sqlite_url(Path(folder, "bench.db"))
        await upgrade(url)
        arguments = ("benchmarks.discord_station", MEMBERS, closed)
        async with station(*arguments) as (discord, about), databases.opened(url, LetterTable.of([Note])) as storage:
            grown = await _deliver(storage, about)
            arrived = await sent(storage)
            told = await told_by(discord)
    assert not told["problems"], told["problems"][:3]
    label = f"{MEMBERS} members" + (f", every {closed}th in a thread" if closed else "")
    lost = MEMBERS - min(told["nonces"], arrived)
    return [
        Row(f"{label}, all requests", told["seconds"], "s", told["calls"] / A_SECOND, "the limit", "at most 1.2"),
        Row(f"{label}, requests for each", told["calls"] / MEMBERS, "", 0, "", ""),
        Row(f"{label}, refused (429)", sum(told["refused"].values()), "", 0, "", "none"),
        Row(f"{label}, lost", lost, "", 0, "none", "none"),
        Row(f"{label}, posted twice", told["messages"] - told["nonces"], "", 0, "none", "none"),
        Row(f"{label}, memory at the end", grown[1], "MB", grown[0], f"after {_FIRST_LOOK}", "at most 1.1"),
    ]


async def _deliver(storage: Storage, about: dict[str, Any]) -> tuple[float, float]:
    clock = SystemClock()
    workspace = await storage.workspace()
    await wrote(storage, "discord", about["users"], clock)
    point_at(about["url"])
    wire = Wire()
    client = speaking_client(wire.trace)
    await client.login(about["token"])
    chat = DiscordChat(
        workspace, DiscordApi(client, wire, clock), OneGuild(about["guild"], about["channel"]), storage.units, clock
    )
    grown = await all_sent(storage, chat, "discord", clock, MEMBERS, _FIRST_LOOK, PATIENCE)
    await client.close()
    return grown
