"""Hundreds of members' direct messages at the rate that Discord gives, through the outbox, the courier and the genuine client.

Nobody has heard from the bot before, so each message takes two requests: one to open the conversation. The emulator keeps
Discord's limits in a process of its own. Once all take direct messages, and once every fifth takes none and is reached in a
private thread.
"""

import asyncio
import gc
import json
import os
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil

from adapters.clock import SystemClock
from adapters.discord.api import DiscordApi
from adapters.discord.chat import DiscordChat
from adapters.discord.client import point_at, speaking_client
from adapters.discord.places import USUAL_FILE_LIMIT, OpenChannel, RoomChannel
from adapters.discord.wire import Wire
from benchmarks.instant import Note, write_note
from benchmarks.measure import Row
from bot.deliveries.courier import Courier
from bot.deliveries.domain import Delivery, DeliveryState, LetterTable, ToPlace
from bot.deliveries.letters import written
from bot.deliveries.limits import Limits
from bot.identity import Address, DeliveryId, WorkspaceId, new_id
from bot.words import Languages
from storage.upgrade import upgrade
from tests import databases
from tests.adapters.courier_office import OnlyHere
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
        async with _station(closed) as (station, about), databases.opened(url, LetterTable.of([Note])) as storage:
            grown = await _deliver(storage, about)
            sent = await _count(storage)
            assert station.stdin is not None
            station.stdin.close()
            told = await _line(station)
    assert not told["problems"], told["problems"][:3]
    label = f"{MEMBERS} members" + (f", every {closed}th in a thread" if closed else "")
    lost = MEMBERS - min(told["nonces"], sent)
    return [
        Row(f"{label}, all requests", told["seconds"], "s", told["calls"] / A_SECOND, "the limit", "at most 1.2"),
        Row(f"{label}, requests for each", told["calls"] / MEMBERS, "", 0, "", ""),
        Row(f"{label}, refused (429)", sum(told["refused"].values()), "", 0, "", "none"),
        Row(f"{label}, lost", lost, "", 0, "none", "none"),
        Row(f"{label}, posted twice", told["messages"] - told["nonces"], "", 0, "none", "none"),
        Row(f"{label}, memory at the end", grown[1], "MB", grown[0], f"after {_FIRST_LOOK}", "at most 1.1"),
    ]


async def _deliver(storage: Storage, about: dict[str, Any]) -> tuple[float, float]:
    """Returns the memory of this process after the first messages and after the last, in MB."""
    clock = SystemClock()
    workspace = await storage.workspace()
    now = clock.now()
    made = []
    for user in about["users"]:
        identity, place = DeliveryId(new_id()), f"user:{user}"
        made.append(Delivery(identity, str(identity), place, ToPlace(Address("discord", place)), Note(), now))
    async with storage.units(workspace) as work:
        await work.deliveries.add(made)
        await work.commit()
    point_at(about["url"])
    wire = Wire()
    client = speaking_client(wire.trace)
    await client.login(about["token"])
    chat = DiscordChat(
        workspace, DiscordApi(client, wire, clock), OneGuild(about["guild"], about["channel"]), storage.units, clock
    )
    courier = Courier(
        storage.outbox, storage.units, storage.directory, OnlyHere(chat, "discord"), (written(Note, write_note),),
        Languages.load(), clock, storage.alarm, "courier", Limits(polls=timedelta(seconds=0.5)),
    )  # fmt: skip
    stop = asyncio.Event()
    running = asyncio.create_task(courier.run(stop))
    early = 0.0
    async with asyncio.timeout(PATIENCE):
        while (sent := await _count(storage)) < MEMBERS:
            if not early and sent >= _FIRST_LOOK:
                early = _megabytes()
            await asyncio.sleep(0.3)
        stop.set()
        await running
    late = _megabytes()
    await client.close()
    return early, late


async def _count(storage: Storage) -> int:
    async with storage.units(await storage.workspace(), reading=True) as work:
        return (await work.deliveries.count_by_state()).get(DeliveryState.SENT, 0)


def _megabytes() -> float:
    gc.collect()
    return psutil.Process(os.getpid()).memory_info().rss / 1e6


@asynccontextmanager
async def _station(closed: int) -> AsyncGenerator[tuple[Process, dict[str, Any]], None]:
    arguments = ("-m", "benchmarks.discord_station", str(MEMBERS), str(closed))
    station = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdin=PIPE, stdout=PIPE, cwd=Path(__file__).parents[1], limit=1_000_000
    )
    try:
        yield station, await _line(station)
    finally:
        if station.returncode is None:
            station.kill()
        await station.wait()


async def _line(station: Process) -> dict[str, Any]:
    assert station.stdout is not None
    told: dict[str, Any] = json.loads(await station.stdout.readline())
    return told
