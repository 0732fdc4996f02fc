"""Real processes, a real database, Slack's emulator, and ``kill -9`` in the middle: nothing is lost, nothing comes twice."""

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
from random import Random

import pytest

from bot.deliveries.domain import Delivery, DeliveryState, ToPlace
from bot.identity import Address, DeliveryId, new_id
from tests import databases
from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_faults import Fault
from tests.emulators.slack_rates import Rates
from tests.emulators.slack_state import Message
from tests.emulators.slack_team import Team
from tests.end_to_end.slack_crash_replica import LETTERS, Long, Short

ROOT = Path(__file__).parents[2]
DELIVERIES, LANES, KILLS = 120, 24, 4
_PATIENCE = 120.0  # seconds; it takes some fifteen unless it is broken
_TROUBLES = (
    Fault.LOST,
    Fault.SERVER_ERROR_AFTER,
    Fault.INTERNAL_AFTER,
    Fault.HANGS_AFTER,
    Fault.DROPPED,
)


@dataclass(slots=True)
class Replicas:
    """The processes that run now, each with a log."""

    database_url: str
    slack: SlackEmulator
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
                "tests.end_to_end.slack_crash_replica",
                self.database_url,
                self.slack.api_url,
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


def places(slack: SlackEmulator, team: Team) -> list[str]:
    """Direct conversations, channels, and threads in channels."""
    found: list[str] = []
    for number in range(LANES // 3):
        person, channel = team.person(f"P{number}"), team.channel(f"channel-{number}")
        stamp = slack.world.stamps.next()
        channel.messages.append(Message(stamp, channel.id, person.id, "the root", thread=stamp))
        found += [f"user:{person.id}", f"in:{channel.id}", f"in:{channel.id}:{stamp}"]
    return found


async def written_down(database_url: str, where: Sequence[str]) -> Sequence[Delivery]:
    now = datetime.now(UTC)
    deliveries = [
        Delivery(
            id=DeliveryId(new_id()),
            key=f"parcel {number}",
            lane=where[number % len(where)],
            target=ToPlace(Address("slack", where[number % len(where)])),
            letter=Long() if number % 4 == 0 else Short(),
            not_before=now,
            created_at=now,
        )
        for number in range(DELIVERIES)
    ]
    async with databases.opened(database_url, LETTERS) as storage:
        workspace = await storage.workspace()
        async with storage.units(workspace) as work:
            assert await work.deliveries.add(deliveries) == DELIVERIES
            await work.commit()
    return deliveries


async def until_all_ended(database_url: str) -> Counter[str]:
    while True:
        rows = await asyncio.to_thread(databases.rows_of, database_url, "SELECT state FROM deliveries")
        states = Counter(str(state) for (state,) in rows)
        if not states.keys() & {DeliveryState.WAITING.value, DeliveryState.SENDING.value}:
            return states
        await asyncio.sleep(0.3)


def marks(team: Team) -> list[tuple[str, int]]:
    """Every message of the bot's as its delivery and its part."""
    found = [(message.metadata or {}).get("event_payload", {}) for message in team.messages()]
    return [(str(mark["key"]), int(mark.get("part", 0))) for mark in found if "key" in mark]


async def survive(database_url: str, logs: Path, replicas: int) -> None:
    seed = int.from_bytes(os.urandom(4))
    random = Random(seed)
    moments = sorted(random.sample(range(10, DELIVERIES - 20), KILLS))
    async with SlackEmulator(rates=Rates(on=False)) as slack:
        team = slack.team("Academy")
        deliveries = await written_down(database_url, places(slack, team))
        for trouble in _TROUBLES:
            for _ in range(2):
                slack.faults.arm("chat.postMessage", trouble, skip=random.randrange(DELIVERIES))
        processes = Replicas(database_url, slack, team.token_value, logs)
        try:
            async with asyncio.timeout(_PATIENCE):
                for _ in range(replicas):
                    await processes.start()
                for moment in moments:
                    await slack.until(lambda wanted=moment: len(marks(team)) >= wanted, _PATIENCE)
                    await asyncio.sleep(random.random() * 0.05)
                    await processes.kill(random.randrange(replicas))
                    await processes.start()
                states = await until_all_ended(database_url)
        except TimeoutError:
            pytest.fail(f"seed {seed}: {len(marks(team))} posted\n{processes.told()}")
        finally:
            await processes.stop()

        told = f"seed {seed}, killed at {moments}, {slack.faults.met}\n{processes.told()}"
        assert states == {DeliveryState.SENT.value: DELIVERIES}, told
        wanted = {(str(one.id), part) for one in deliveries for part in range(2 if isinstance(one.letter, Long) else 1)}
        found = Counter(marks(team))
        assert found.keys() == wanted, told  # nothing lost
        assert set(found.values()) == {1}, told  # nothing doubled
        for lane in {one.lane for one in deliveries}:
            ours = [str(one.id) for one in deliveries if one.lane == lane]
            order = [key for key, part in marks(team) if part == 0 and key in ours]
            assert order == ours, told
        assert slack.called("conversations.history"), told
        assert "Traceback" not in processes.told()


async def test_one_process_on_sqlite_is_killed_again_and_again(sqlite_url: str, tmp_path: Path) -> None:
    await survive(sqlite_url, tmp_path, replicas=1)


async def test_two_processes_on_postgresql_are_killed_again_and_again(postgres_url: str, tmp_path: Path) -> None:
    await survive(postgres_url, tmp_path, replicas=2)
