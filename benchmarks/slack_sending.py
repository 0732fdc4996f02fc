"""A thousand members' direct messages at the rate that Slack gives, through the outbox, the courier and the genuine client.

The emulator keeps Slack's rates in a process of its own; its clock and ours run faster than a real one, by the same factor.
Once it gives what the bot begins with, and once half of that: then the bot is told "too many" once, and learns.
"""

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.slack.api import SlackApi
from adapters.slack.chat import SlackChat
from benchmarks.instant import Note
from benchmarks.measure import Row
from benchmarks.sending import all_sent, sent, station, told_by, wrote
from bot.deliveries.domain import LetterTable
from bot.identity import WorkspaceId
from storage.upgrade import upgrade
from tests import databases
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
        arguments = ("benchmarks.slack_station", SPEED, a_minute, MEMBERS)
        async with station(*arguments) as (slack, about), databases.opened(url, LetterTable.of([Note])) as storage:
            grown = await _deliver(storage, about)
            arrived = await sent(storage)
            told = await told_by(slack)
    limit = (MEMBERS - 1) / a_minute * 60
    label = f"{MEMBERS:,} members at {a_minute} a minute"
    lost = MEMBERS - min(told["keys"], arrived)
    return [
        Row(f"{label}, from the first to the last", told["seconds"], "s", limit, "the limit", "at most 1.2"),
        Row(f"{label}, refused (429)", sum(told["refused"].values()), "", 0, "", f"at most {refusals}"),
        Row(f"{label}, lost", lost, "", 0, "none", "none"),
        Row(f"{label}, posted twice", told["copies"] - told["keys"], "", 0, "none", "none"),
        Row(f"{label}, memory at the end", grown[1], "MB", grown[0], f"after {_FIRST_LOOK}", "at most 1.05"),
    ]


async def _deliver(storage: Storage, about: dict[str, Any]) -> tuple[float, float]:
    clock = RunningClock(SPEED)
    workspace = await storage.workspace()
    await wrote(storage, "slack", about["users"], clock)

    async def rest(seconds: float) -> None:
        await asyncio.sleep(seconds / SPEED)

    api = SlackApi(about["url"], OneToken(about["token"]), clock, rest=rest)
    chat = SlackChat(workspace, api, storage.units, clock)
    grown = await all_sent(storage, chat, "slack", clock, MEMBERS, _FIRST_LOOK, PATIENCE)
    await api.close()
    return grown
