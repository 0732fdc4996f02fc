"""How soon Discord is answered: first answers to two hundred interactions at once, and the time from a command to its answer.

The emulator of Discord runs here; the service, as it is started in earnest on a database of its own, and a bare bot of the
library that answers a constant message each run in a process beside it, one after the other.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measure import Row, median, percentile
from benchmarks.processes import COMMAND, free_port
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_person import Person
from tests.emulators.discord_state import Channel

PEOPLE, BURSTS, ROUNDS = 200, 4, 2
LIMIT = 150.0  # milliseconds
WANTED = 1.5
OURS, BARE = "ours", "bare"


@dataclass(slots=True)
class Seen:
    """What was measured of one bot, in milliseconds."""

    acknowledged: list[float] = field(default_factory=list[float])
    answered: list[float] = field(default_factory=list[float])


@dataclass(slots=True)
class Stage:
    """The emulator with its people, and one bot that is connected to it."""

    discord: DiscordEmulator
    people: Sequence[Person]
    channel: Channel

    async def at_once(self) -> list[float]:
        """Everybody types at the same moment: how long each first answer took."""
        outcomes = await asyncio.gather(*(one.types("/help") for one in self.people))
        lost = [outcome.error for outcome in outcomes if not outcome.ok]
        assert not lost, lost[:3]
        await self.discord.until(self._are_answered, 60)
        self.channel.messages.clear()
        return [1000 * outcome.interaction.took for outcome in outcomes if outcome.interaction is not None]

    async def one_by_one(self) -> list[float]:
        """From each command to its answer."""
        taken: list[float] = []
        for one in self.people:
            started = time.perf_counter()
            outcome = await one.types("/help")
            assert outcome.ok, outcome.error
            await self.discord.until(self._are_answered, 60)
            taken.append(1000 * (time.perf_counter() - started))
            self.channel.messages.clear()
        return taken

    def _are_answered(self) -> bool:
        return not any(message.thinking for message in self.channel.messages.values())


def rows() -> Iterator[Row]:
    seen = asyncio.run(measured())
    ours, bare = seen[OURS], seen[BARE]
    worst, theirs = percentile(ours.acknowledged, 0.99), percentile(bare.acknowledged, 0.99)
    yield Row(f"first answer, p99 of {PEOPLE} at once", worst, "ms", LIMIT, "limit", "at most 1")
    yield Row("the same", worst, "ms", theirs, "a bare bot")
    yield Row(
        "from a command to its answer, median",
        median(ours.answered),
        "ms",
        median(bare.answered),
        "a bare bot",
        f"at most {WANTED}",
    )


async def measured() -> dict[str, Seen]:
    """Both bots in turn, so that both meet the same machine."""
    seen = {OURS: Seen(), BARE: Seen()}
    async with DiscordEmulator() as discord:
        discord.world.remembers = False
        guild = discord.guild("Academy")
        people = [guild.person(f"Person {number}") for number in range(PEOPLE)]
        channel = guild.named("general")
        assert channel is not None
        stage = Stage(discord, people, channel)
        with tempfile.TemporaryDirectory() as folder:
            for _ in range(ROUNDS):
                for which, found in seen.items():
                    async with running(which, stage, Path(folder)):
                        # Strangers become known first.
                        await stage.at_once()
                        await stage.one_by_one()
                        for _ in range(BURSTS):
                            found.acknowledged += await stage.at_once()
                        found.answered += await stage.one_by_one()
    return seen


@asynccontextmanager
async def running(which: str, stage: Stage, folder: Path) -> AsyncGenerator[None]:
    """The bot in a process of its own, once it listens."""
    discord = stage.discord
    discord.world.commands.clear()
    command, settings = (_ours if which == OURS else _bare)(discord, folder)
    surroundings = {**os.environ, **settings}
    process = await asyncio.create_subprocess_exec(*command, env=surroundings, stdout=asyncio.subprocess.DEVNULL)
    try:
        await discord.connected(1, 60)
        await discord.until(lambda: discord.world.commands, 60)
        yield
    finally:
        process.terminate()
        await process.wait()
        await discord.until(lambda: not discord.gateway.ready(1), 30)


def _ours(discord: DiscordEmulator, folder: Path) -> tuple[list[str], dict[str, str]]:
    settings = {
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/discord.db",
        "BROBYGGER_PORT": str(free_port()),
        "BROBYGGER_MEANING": "words",
        "DISCORD_API_URL": discord.api_url,
        "DISCORD_TOKEN": discord.token,
    }
    return [str(COMMAND), "run"], settings


def _bare(discord: DiscordEmulator, folder: Path) -> tuple[list[str], dict[str, str]]:
    del folder
    told = (discord.api_url, discord.gateway_url, discord.token)
    return [sys.executable, "-m", "benchmarks.discord_bare", *told], {}
