"""How soon Discord is answered: first answers to two hundred interactions at once, and the time from a command to its answer.

The emulator of Discord runs here; the service, as it is started in earnest on a database of its own, and a bare bot of the
library each run in a process beside it, in turn and in many short rounds. Of a command the quietest round of each bot counts:
what else runs on a machine makes some rounds slower, and no round faster. The bare bot answers one plain line, and in another
command the very texts of our own card; what else is asked of ours is told for comparison: what reads stored things, what is
kept before it is answered, and what changes something.
"""

import asyncio
import csv
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measure import Row, median, percentile
from benchmarks.processes import COMMAND, free_port
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_person import Person
from tests.emulators.discord_state import Channel, Json

PEOPLE, BURSTS, ROUNDS, TIMES, WARM = 200, 2, 4, 80, 20
LIMIT = 150.0  # milliseconds
WANTED = 1.5
# Seconds until the next is asked: whoever reads an answer does not ask while the bot still hears that it arrived.
REST = 0.002
OURS, BARE = "ours", "bare"
HELP, CARD = "/help", "/card"
ASKED: Mapping[str, Mapping[str, Mapping[str, object]]] = {
    OURS: {HELP: {}, "/profile show": {}, "/profile announcements": {}, "/profile announcements on": {"want": "on"}},
    BARE: {HELP: {}, CARD: {}},
}
TOLD = {
    "/profile show": "what shows what is stored (/profile show)",
    "/profile announcements": "what is written down before its answer (/profile announcements)",
    "/profile announcements on": "what changes something (/profile announcements want:on)",
}
_TEXT = 10


@dataclass(slots=True)
class Seen:
    """What was measured of one bot, in milliseconds: of all at once, and by command the median of each round."""

    acknowledged: list[float] = field(default_factory=list[float])
    answered: dict[str, list[float]] = field(default_factory=dict[str, list[float]])


@dataclass(slots=True)
class Stage:
    """The emulator with its people, and one bot that is connected to it. ``texts``: of the card that was answered last."""

    discord: DiscordEmulator
    people: Sequence[Person]
    channel: Channel
    texts: list[str] = field(default_factory=list[str])

    async def at_once(self) -> list[float]:
        """Everybody types at the same moment: how long each first answer took."""
        outcomes = await asyncio.gather(*(one.types(HELP) for one in self.people))
        lost = [outcome.error for outcome in outcomes if not outcome.ok]
        assert not lost, lost[:3]
        await self.discord.until(self._are_answered, 60)
        self.channel.messages.clear()
        return [1000 * outcome.interaction.took for outcome in outcomes if outcome.interaction is not None]

    async def one_by_one(self, command: str, options: Mapping[str, object], times: int = TIMES) -> list[float]:
        """From each command to its answer."""
        taken: list[float] = []
        for one in self.people[:times]:
            started = time.perf_counter()
            outcome = await one.types(command, **options)
            assert outcome.ok, outcome.error
            await self.discord.until(self._are_answered, 60)
            taken.append(1000 * (time.perf_counter() - started))
            (answer,) = self.channel.messages.values()
            self.texts = list(_texts(answer.components))
            self.channel.messages.clear()
            await asyncio.sleep(REST)
        return taken

    def _are_answered(self) -> bool:
        return not any(message.thinking for message in self.channel.messages.values())


def _texts(components: Sequence[Json]) -> Iterator[str]:
    for one in components:
        if one["type"] == _TEXT:
            yield one["content"]
        yield from _texts(one.get("components") or ())


def rows() -> Iterator[Row]:
    seen = asyncio.run(measured())
    ours, bare = seen[OURS], seen[BARE]
    worst, theirs = percentile(ours.acknowledged, 0.99), percentile(bare.acknowledged, 0.99)
    yield Row(f"first answer, p99 of {PEOPLE} at once", worst, "ms", LIMIT, "limit", "at most 1")
    yield Row("the same", worst, "ms", theirs, "a bare bot")
    line, card = min(bare.answered[HELP]), min(bare.answered[CARD])
    told = "from /help to its answer, median"
    yield Row(told, min(ours.answered[HELP]), "ms", line, "a bare bot's line", f"at most {WANTED}")
    yield Row("the same", min(ours.answered[HELP]), "ms", card, "a bare bot's same card", f"at most {WANTED}")
    for command, words in TOLD.items():
        yield Row(words, min(ours.answered[command]), "ms", line, "a bare bot's line")


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
            await _bring_in(discord, people, Path(folder))
            for _ in range(ROUNDS):
                for which, found in seen.items():
                    async with running(which, stage, Path(folder)):
                        await _round(which, stage, found)
    return seen


async def _round(which: str, stage: Stage, found: Seen) -> None:
    # Whoever asks for the first time since the start is looked up.
    await stage.at_once()
    for _ in range(BURSTS):
        found.acknowledged += await stage.at_once()
    for name, options in ASKED[which].items():
        command = name.removesuffix(" on")
        await stage.one_by_one(command, options, WARM)
        found.answered.setdefault(name, []).append(median(await stage.one_by_one(command, options)))
    # Last the card that the other bot is to show as well.
    await stage.one_by_one(HELP, {}, 1)


async def _bring_in(discord: DiscordEmulator, people: Sequence[Person], folder: Path) -> None:
    """The roster, so that there is something stored of everybody."""
    file = folder / "members.csv"
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("id", "name", "organisation", "sector", "themes", "needs", "offers", "discord_id"))
        for number, one in enumerate(people):
            tags = [f"emne {number % 7}|emne {number % 11}"] * 3
            writer.writerow((f"m{number}", f"Person {number}", "Huset", "business", *tags, one.id))
    surroundings = {**os.environ, **_settings(discord, folder)}
    quiet = asyncio.subprocess.DEVNULL
    importing = await asyncio.create_subprocess_exec(
        str(COMMAND), "members", "import", str(file), env=surroundings, stdout=quiet
    )
    assert await importing.wait() == 0


@asynccontextmanager
async def running(which: str, stage: Stage, folder: Path) -> AsyncGenerator[None]:
    """The bot in a process of its own, once it listens."""
    discord = stage.discord
    discord.world.commands.clear()
    surroundings = {**os.environ, **_settings(discord, folder)}
    command = [str(COMMAND), "run"] if which == OURS else _bare(stage, folder)
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*command, env=surroundings, stdout=quiet, stderr=quiet)
    try:
        await discord.connected(1, 60)
        await discord.until(lambda: discord.world.commands, 60)
        yield
    finally:
        process.terminate()
        await process.wait()
        await discord.until(lambda: not discord.gateway.ready(1), 30)


def _settings(discord: DiscordEmulator, folder: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/discord.db",
        "BROBYGGER_PORT": str(free_port()),
        "BROBYGGER_MEANING": "words",
        "DISCORD_API_URL": discord.api_url,
        "DISCORD_TOKEN": discord.token,
    }


def _bare(stage: Stage, folder: Path) -> list[str]:
    discord, texts = stage.discord, folder / "texts.json"
    texts.write_text(json.dumps(stage.texts))
    told = (discord.api_url, discord.gateway_url, discord.token, str(texts))
    return [sys.executable, "-m", "benchmarks.discord_bare", *told]
