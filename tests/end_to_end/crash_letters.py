"""What the processes deliver that are killed, and the courier that they run."""

import asyncio
import os
import signal
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from adapters.clock import SystemClock
from bot.deliveries.courier import Courier
from bot.deliveries.domain import Letter, LetterTable
from bot.deliveries.letters import Reading, written
from bot.deliveries.limits import Limits
from bot.messages.elements import Card, Paragraph
from bot.messages.text import plain
from bot.ports import Chat
from bot.words import Languages
from tests.databases import Storage
from tests.end_to_end.crash_replica import OnePlatform


@dataclass(frozen=True, slots=True)
class Short(Letter):
    """Something that is one message."""

    code: ClassVar[str] = "short"


@dataclass(frozen=True, slots=True)
class Long(Letter):
    """Something that takes two messages."""

    code: ClassVar[str] = "long"


LETTERS = LetterTable.of([Short, Long])


async def deliver(storage: Storage, chat: Chat, name: str, line: str = "word") -> None:
    """A courier at work until the process is asked to stop. ``line``: sixty of them take two messages."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    limits = Limits(
        lease=timedelta(seconds=4),
        call=timedelta(seconds=1.8),
        polls=timedelta(seconds=0.5),
        settles=timedelta(seconds=0.5),
        first_pause=timedelta(seconds=0.1),
        lane_rests={chat.platform: timedelta(0)},
    )

    async def long(reading: Reading, letter: Long) -> Card:
        return Card(f"A {letter.code} one of {reading.now:%H:%M}", (Paragraph(plain(line)),) * 60)

    courier = Courier(
        storage.outbox,
        storage.units,
        storage.directory,
        OnePlatform(chat),
        (written(Short, _short), written(Long, long)),
        Languages.load(),
        SystemClock(),
        storage.alarm,
        f"{name}:{os.getpid()}",
        limits,
    )
    running = asyncio.create_task(courier.run(stop))
    while not running.done():
        await courier.sweep()
        await asyncio.wait({running}, timeout=0.5)
    await running


async def _short(reading: Reading, letter: Short) -> Card:
    return Card(f"A {letter.code} one of {reading.now:%H:%M}", (Paragraph(plain("word")),))
