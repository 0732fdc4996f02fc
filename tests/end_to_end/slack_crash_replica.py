"""One process of the service with a courier and Slack, to be killed: ``python -m tests.end_to_end.slack_crash_replica``.

Arguments: the database's URL, the Web API's URL, and a name for this process. The token comes over its standard input.
"""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from adapters.clock import SystemClock
from adapters.slack.api import SlackApi
from adapters.slack.chat import SlackChat
from bot.deliveries.courier import Courier
from bot.deliveries.domain import Letter, LetterTable
from bot.deliveries.letters import Reading, written
from bot.deliveries.limits import Limits
from bot.identity import WorkspaceId
from bot.messages.elements import Card, Paragraph
from bot.messages.text import plain
from bot.words import Languages
from tests import databases
from tests.end_to_end.crash_replica import OnePlatform

LIMITS = Limits(
    lease=timedelta(seconds=4),
    call=timedelta(seconds=1.8),
    polls=timedelta(seconds=0.5),
    settles=timedelta(seconds=0.5),
    first_pause=timedelta(seconds=0.1),
    lane_rests={"slack": timedelta(0)},
)


@dataclass(frozen=True, slots=True)
class Short(Letter):
    """Something that is one message."""

    code: ClassVar[str] = "short"


@dataclass(frozen=True, slots=True)
class Long(Letter):
    """Something that Slack shows in two messages."""

    code: ClassVar[str] = "long"


LETTERS = LetterTable.of([Short, Long])


@dataclass(frozen=True, slots=True)
class OneToken:
    value: str

    async def token(self, workspace: WorkspaceId) -> str:
        assert workspace
        return self.value

    async def lost(self, workspace: WorkspaceId, token: str, error: str) -> None:
        raise AssertionError((workspace, token, error))


async def _short(reading: Reading, letter: Short) -> Card:
    return Card(f"A {letter.code} one of {reading.now:%H:%M}", (Paragraph(plain("word")),))


async def _long(reading: Reading, letter: Long) -> Card:
    return Card(f"A {letter.code} one of {reading.now:%H:%M}", (Paragraph(plain("word")),) * 60)


async def serve(database_url: str, api_url: str, name: str, token: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    clock = SystemClock()
    api = SlackApi(api_url, OneToken(token), clock, rates={}, patience=1.2)
    async with databases.opened(database_url, LETTERS) as storage:
        workspace = await storage.workspace()
        courier = Courier(
            storage.outbox,
            storage.units,
            storage.directory,
            OnePlatform(SlackChat(workspace, api, storage.units, clock)),
            (written(Short, _short), written(Long, _long)),
            Languages.load(),
            clock,
            storage.alarm,
            f"{name}:{os.getpid()}",
            LIMITS,
        )
        running = asyncio.create_task(courier.run(stop))
        while not running.done():
            await courier.sweep()
            await asyncio.wait({running}, timeout=0.5)
        await running
    await api.close()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2], sys.argv[3], sys.stdin.readline().strip()))
