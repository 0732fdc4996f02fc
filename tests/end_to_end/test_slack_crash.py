"""Real processes, a real database, Slack's emulator, and ``kill -9`` in the middle: nothing is lost, nothing comes twice."""

import asyncio
import os
from collections import Counter
from functools import partial
from pathlib import Path
from random import Random

import pytest

from bot.deliveries.domain import DeliveryState
from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_faults import Fault
from tests.emulators.slack_rates import Rates
from tests.emulators.slack_state import Message
from tests.emulators.slack_team import Team
from tests.end_to_end.crash_letters import Long
from tests.end_to_end.killing import Replicas, until_all_ended, written_down

MODULE = "tests.end_to_end.slack_crash_replica"
DELIVERIES, LANES, KILLS = 120, 24, 4
_PATIENCE = 120.0  # seconds; it takes some fifteen unless it is broken
_TROUBLES = (
    Fault.LOST,
    Fault.SERVER_ERROR_AFTER,
    Fault.INTERNAL_AFTER,
    Fault.HANGS_AFTER,
    Fault.DROPPED,
)


def places(slack: SlackEmulator, team: Team) -> list[str]:
    """Direct conversations, channels, and threads in channels."""
    found: list[str] = []
    for number in range(LANES // 3):
        person, channel = team.person(f"P{number}"), team.channel(f"channel-{number}")
        stamp = slack.world.stamps.next()
        channel.messages.append(Message(stamp, channel.id, person.id, "the root", thread=stamp))
        found += [f"user:{person.id}", f"in:{channel.id}", f"in:{channel.id}:{stamp}"]
    return found


def marks(team: Team) -> list[tuple[str, int]]:
    """Every message of the bot's as its delivery and its part."""
    found = [(message.metadata or {}).get("event_payload", {}) for message in team.messages()]
    return [(str(mark["key"]), int(mark.get("part", 0))) for mark in found if "key" in mark]


def so_many(team: Team, wanted: int) -> bool:
    return len(marks(team)) >= wanted


async def survive(database_url: str, logs: Path, replicas: int) -> None:
    seed = int.from_bytes(os.urandom(4))
    random = Random(seed)
    moments = sorted(random.sample(range(10, DELIVERIES - 20), KILLS))
    async with SlackEmulator(rates=Rates(on=False)) as slack:
        team = slack.team("Academy")
        deliveries = await written_down(database_url, "slack", places(slack, team), DELIVERIES)
        for trouble in _TROUBLES:
            for _ in range(2):
                slack.faults.arm("chat.postMessage", trouble, skip=random.randrange(DELIVERIES))
        processes = Replicas(MODULE, database_url, slack.api_url, team.token_value, logs)
        try:
            async with asyncio.timeout(_PATIENCE):
                for _ in range(replicas):
                    await processes.start()
                for moment in moments:
                    await slack.until(partial(so_many, team, moment), _PATIENCE)
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
