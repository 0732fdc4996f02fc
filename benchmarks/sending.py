"""What the measurements of sending on every platform share: the members' messages, the courier's work, and the platform's
emulator in a process of its own, which tells in one line what it is and, once its input ends, in another what it was sent."""

import asyncio
import gc
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil

from benchmarks.instant import Note, write_note
from bot.deliveries.courier import Courier
from bot.deliveries.domain import Delivery, DeliveryState, ToPlace
from bot.deliveries.letters import written
from bot.deliveries.limits import Limits
from bot.identity import Address, DeliveryId, new_id
from bot.ports import Chat, Clock
from bot.words import Languages
from tests.adapters.courier_office import OnlyHere
from tests.databases import Storage


async def wrote(storage: Storage, platform: str, users: Sequence[str], clock: Clock) -> None:
    """One message to each, all at once."""
    now = clock.now()
    made = []
    for user in users:
        identity, place = DeliveryId(new_id()), f"user:{user}"
        made.append(Delivery(identity, str(identity), place, ToPlace(Address(platform, place)), Note(), now))
    async with storage.units(await storage.workspace()) as work:
        await work.deliveries.add(made)
        await work.commit()


async def all_sent(
    storage: Storage, chat: Chat, platform: str, clock: Clock, members: int, first: int, patience: float
) -> tuple[float, float]:
    """Returns the memory of this process after the ``first`` messages and after the last, in MB. Raises TimeoutError where
    that takes longer than ``patience`` seconds."""
    courier = Courier(
        storage.outbox, storage.units, storage.directory, OnlyHere(chat, platform), (written(Note, write_note),),
        Languages.load(), clock, storage.alarm, "courier", Limits(polls=timedelta(seconds=0.5)),
    )  # fmt: skip
    stop = asyncio.Event()
    running = asyncio.create_task(courier.run(stop))
    early = 0.0
    async with asyncio.timeout(patience):
        while (done := await sent(storage)) < members:
            if not early and done >= first:
                early = _megabytes()
            await asyncio.sleep(0.3)
        stop.set()
        await running
    return early, _megabytes()


async def sent(storage: Storage) -> int:
    """How many messages arrived, as our own side knows it."""
    async with storage.units(await storage.workspace(), reading=True) as work:
        return (await work.deliveries.count_by_state()).get(DeliveryState.SENT, 0)


@asynccontextmanager
async def station(module: str, *arguments: object) -> AsyncGenerator[tuple[Process, dict[str, Any]], None]:
    """The emulator as a process, and what it tells of itself."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *map(str, arguments),
        stdin=PIPE, stdout=PIPE, cwd=Path(__file__).parents[1], limit=1_000_000,
    )  # fmt: skip
    try:
        yield process, await _line(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def told_by(process: Process) -> dict[str, Any]:
    """Ends its input; what it was sent."""
    assert process.stdin is not None
    process.stdin.close()
    return await _line(process)


async def _line(process: Process) -> dict[str, Any]:
    assert process.stdout is not None
    told: dict[str, Any] = json.loads(await process.stdout.readline())
    return told


def _megabytes() -> float:
    gc.collect()
    return psutil.Process(os.getpid()).memory_info().rss / 1e6
