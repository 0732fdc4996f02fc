"""Real processes, a real database, Discord's emulator, and ``kill -9`` in the middle: nothing is lost, nothing comes twice."""

import asyncio
import os
from collections import Counter
from functools import partial
from pathlib import Path
from random import Random

import pytest

from adapters.discord.marks import Part, parts_by_mark
from bot.deliveries.domain import DeliveryState
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_faults import Fault
from tests.emulators.discord_guild import Guild
from tests.end_to_end.crash_letters import Long
from tests.end_to_end.killing import Replicas, until_all_ended, written_down

MODULE = "tests.end_to_end.discord_crash_replica"
POST = "POST /channels/{channel}/messages"
DELIVERIES, LANES, KILLS = 120, 24, 4
_PATIENCE = 120.0  # seconds; it takes some fifteen unless it is broken
_TROUBLES = (
    Fault.LOST,
    Fault.DROPPED,
    Fault.SERVER_ERROR,
    Fault.SERVER_ERROR_AFTER,
    Fault.HANGS,
    Fault.HANGS_AFTER,
    Fault.NONSENSE,
    Fault.UNAVAILABLE,
)


def places(guild: Guild) -> list[str]:
    """Direct conversations and channels."""
    people = [guild.person(f"P{number}") for number in range(LANES // 2)]
    channels = [guild.channel(f"channel-{number}") for number in range(LANES // 2)]
    return [f"user:{one.id}" for one in people] + [f"in:{one.id}" for one in channels]


def posted(discord: DiscordEmulator) -> list[int]:
    """The marks of every message of the bot's, in the order of time."""
    channels = discord.world.channels.values()
    ours = [message for channel in channels for message in channel.messages.values() if message.author.bot]
    ours.sort(key=lambda message: int(message.id))
    return [int(str(message.components[0]["id"])) for message in ours]


def so_many(discord: DiscordEmulator, wanted: int) -> bool:
    return len(posted(discord)) >= wanted


async def survive(database_url: str, logs: Path, replicas: int) -> None:
    seed = int.from_bytes(os.urandom(4))
    random = Random(seed)
    moments = sorted(random.sample(range(10, DELIVERIES - 20), KILLS))
    async with DiscordEmulator() as discord:
        deliveries = await written_down(database_url, "discord", places(discord.guild("Academy")), DELIVERIES)
        for trouble in _TROUBLES:
            discord.faults.arm(POST, trouble, skip=random.randrange(DELIVERIES))
        processes = Replicas(MODULE, database_url, discord.api_url, discord.token, logs)
        try:
            async with asyncio.timeout(_PATIENCE):
                for _ in range(replicas):
                    await processes.start()
                for moment in moments:
                    await discord.until(partial(so_many, discord, moment), _PATIENCE)
                    await asyncio.sleep(random.random() * 0.05)
                    await processes.kill(random.randrange(replicas))
                    await processes.start()
                states = await until_all_ended(database_url)
        except TimeoutError:
            pytest.fail(f"seed {seed}: {len(posted(discord))} posted\n{processes.told()}")
        finally:
            await processes.stop()

        told = f"seed {seed}, killed at {moments}, {discord.faults.met}\n{processes.told()}"
        assert states == {DeliveryState.SENT.value: DELIVERIES}, told
        known = {mark: (str(one.id), part) for one in deliveries for mark, part in parts_by_mark(str(one.id)).items()}
        found = Counter(known[mark] for mark in posted(discord))
        assert set(found.values()) == {1}, told  # nothing doubled
        wanted = {
            (str(one.id), part)
            for one in deliveries
            for part in (
                [Part(0, last=False), Part(1, last=True)] if isinstance(one.letter, Long) else [Part(0, last=True)]
            )
        }
        assert found.keys() == wanted, told  # nothing lost
        first = [known[mark][0] for mark in posted(discord) if known[mark][1].page == 0]
        for lane in {one.lane for one in deliveries}:
            ours = [str(one.id) for one in deliveries if one.lane == lane]
            assert [key for key in first if key in ours] == ours, told
        assert "Traceback" not in processes.told()


async def test_one_process_on_sqlite_is_killed_again_and_again(sqlite_url: str, tmp_path: Path) -> None:
    await survive(sqlite_url, tmp_path, replicas=1)


async def test_two_processes_on_postgresql_are_killed_again_and_again(postgres_url: str, tmp_path: Path) -> None:
    await survive(postgres_url, tmp_path, replicas=2)
