"""A thousand members' direct messages at the rate that Slack gives, through the outbox, the courier and the genuine client.

The emulator keeps Slack's rates in a process of its own; its clock and ours run faster than a real one, by the same factor.
Once it gives what the bot begins with, and once half of that: then the bot is told "too many" once, and learns.
"""

import asyncio
import gc
import json
import os
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil

from adapters.slack.api import SlackApi
from adapters.slack.chat import SlackChat
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
from tests.emulators.slack_time import RunningClock

MEMBERS = 1_000
GIVEN, HALF = 300, 150  # posts a minute
SPEED = 12.0
PATIENCE = 300.0  # real seconds
_FIRST_LOOK = 300


@dataclass(frozen=True, slots=True)
class OneToken:
    value: str

    async def token(self, workspace: WorkspaceId) -> str:
        assert workspace
        return self.value

    async def lost(self, workspace: WorkspaceId, token: str, error: str) -> None:
        raise AssertionError((workspace, token, error))


def rows() -> Iterator[Row]:
    yield from asyncio.run(_sent_at(GIVEN, refusals=0))
    yield from asyncio.run(_sent_at(HALF, refusals=1))


async def _sent_at(a_minute: int, refusals: int) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        url = databases.sqlite_url(Path(folder, "bench.db"))
        await upgrade(url)
        async with _station(a_minute) as (station, about), databases.opened(url, LetterTable.of([Note])) as storage:
            grown = await _deliver(storage, about)
            sent = await _count(storage)
            assert station.stdin is not None
            station.stdin.close()
            told = await _line(station)
    limit = (MEMBERS - 1) / a_minute * 60
    label = f"{MEMBERS:,} members at {a_minute} a minute"
    lost = MEMBERS - min(told["keys"], sent)
    return [
        Row(f"{label}, from the first to the last", told["seconds"], "s", limit, "the limit", "at most 1.2"),
        Row(f"{label}, refused (429)", sum(told["refused"].values()), "", 0, "", f"at most {refusals}"),
        Row(f"{label}, lost", lost, "", 0, "none", "none"),
        Row(f"{label}, posted twice", told["copies"] - told["keys"], "", 0, "none", "none"),
        Row(f"{label}, memory at the end", grown[1], "MB", grown[0], f"after {_FIRST_LOOK}", "at most 1.05"),
    ]


async def _deliver(storage: Storage, about: dict[str, Any]) -> tuple[float, float]:
    """Returns the memory of this process after the first few hundred messages and after the last, in MB."""
    clock = RunningClock(SPEED)
    workspace = await storage.workspace()
    now = clock.now()
    made = []
    for user in about["users"]:
        identity, place = DeliveryId(new_id()), f"user:{user}"
        made.append(Delivery(identity, str(identity), place, ToPlace(Address("slack", place)), Note(), now))
    async with storage.units(workspace) as work:
        await work.deliveries.add(made)
        await work.commit()

    async def rest(seconds: float) -> None:
        await asyncio.sleep(seconds / SPEED)

    api = SlackApi(about["url"], OneToken(about["token"]), clock, rest=rest)
    courier = Courier(
        storage.outbox, storage.units, storage.directory, OnlyHere(SlackChat(workspace, api, storage.units, clock), "slack"),
        (written(Note, write_note),), Languages.load(), clock, storage.alarm, "courier", Limits(polls=timedelta(seconds=0.5)),
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
    await api.close()
    return early, late


async def _count(storage: Storage) -> int:
    async with storage.units(await storage.workspace(), reading=True) as work:
        return (await work.deliveries.count_by_state()).get(DeliveryState.SENT, 0)


def _megabytes() -> float:
    gc.collect()
    return psutil.Process(os.getpid()).memory_info().rss / 1e6


@asynccontextmanager
async def _station(a_minute: int) -> AsyncGenerator[tuple[Process, dict[str, Any]], None]:
    arguments = ("-m", "benchmarks.slack_station", str(SPEED), str(a_minute), str(MEMBERS))
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
