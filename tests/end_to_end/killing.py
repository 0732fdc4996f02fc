"""Processes of the service that are killed in the middle, whichever platform they speak to."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.deliveries.domain import Delivery, DeliveryState, ToPlace
from bot.identity import Address, DeliveryId, new_id
from tests import databases
from tests.end_to_end.crash_letters import LETTERS, Long, Short

ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class Replicas:
    """The processes that run now, each with a log: ``module`` with the database's URL, the platform's, and a name."""

    module: str
    database_url: str
    api_url: str
    token: str
    logs: Path
    running: list[Process] = field(default_factory=list[Process])
    started: int = 0

    async def start(self) -> None:
        self.started += 1
        name = f"replica-{self.started}"
        with (self.logs / f"{name}.log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                self.module,
                self.database_url,
                self.api_url,
                name,
                cwd=ROOT,
                stdin=asyncio.subprocess.PIPE,
                stdout=log,
                stderr=log,
            )
        assert process.stdin is not None
        process.stdin.write(f"{self.token}\n".encode())
        await process.stdin.drain()
        self.running.append(process)

    async def kill(self, which: int) -> None:
        victim = self.running.pop(which)
        os.kill(victim.pid, signal.SIGKILL)
        assert await victim.wait() == -signal.SIGKILL, self.told()

    async def stop(self) -> None:
        for process in self.running:
            if process.returncode is None:
                process.terminate()
        for process in self.running:
            await process.wait()

    def told(self) -> str:
        return "\n".join(f"{log.name}: {log.read_text()}" for log in sorted(self.logs.glob("*.log")))


async def written_down(database_url: str, platform: str, where: Sequence[str], count: int) -> Sequence[Delivery]:
    """So many deliveries to these places; every fourth takes two messages."""
    now = datetime.now(UTC)
    deliveries = [
        Delivery(
            id=DeliveryId(new_id()),
            key=f"parcel {number}",
            lane=where[number % len(where)],
            target=ToPlace(Address(platform, where[number % len(where)])),
            letter=Long() if number % 4 == 0 else Short(),
            not_before=now,
            created_at=now,
        )
        for number in range(count)
    ]
    async with databases.opened(database_url, LETTERS) as storage:
        workspace = await storage.workspace()
        async with storage.units(workspace) as work:
            assert await work.deliveries.add(deliveries) == count
            await work.commit()
    return deliveries


async def until_all_ended(database_url: str) -> Counter[str]:
    while True:
        rows = await asyncio.to_thread(databases.rows_of, database_url, "SELECT state FROM deliveries")
        states = Counter(str(state) for (state,) in rows)
        if not states.keys() & {DeliveryState.WAITING.value, DeliveryState.SENDING.value}:
            return states
        await asyncio.sleep(0.3)
