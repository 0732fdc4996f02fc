"""How soon Slack is answered: acknowledgements of two hundred interactions at once, and the time from a command to its answer.

The emulator of Slack runs here; the service, as it is started in earnest on a database of its own, and a bare application of
the library that posts a constant message each run in a process beside it, one after the other.
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
from urllib.parse import SplitResult, urlencode, urlsplit

from benchmarks.measure import Row, median, percentile
from benchmarks.processes import COMMAND, free_port
from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_person import Person
from tests.emulators.slack_rates import Rates
from tests.emulators.slack_state import Channel, Json
from tests.emulators.slack_team import Team

PEOPLE, BURSTS, ROUNDS = 200, 4, 2
LIMIT = 150.0  # milliseconds
WANTED = 1.5
OURS, BARE = "ours", "bare"
COMMANDS = "slash_commands"


@dataclass(slots=True)
class Seen:
    """What was measured of one application over one transport, in milliseconds."""

    acknowledged: list[float] = field(default_factory=list[float])
    answered: list[float] = field(default_factory=list[float])


@dataclass(slots=True)
class Stage:
    """The emulator with its people, and one application that is connected to it."""

    slack: SlackEmulator
    team: Team
    people: Sequence[Person]
    channel: Channel

    async def settled(self, messages: int) -> None:
        """Until so many answers are there."""
        await self.slack.until(lambda: len(self.channel.messages) >= messages, 60)

    async def at_once(self) -> list[float]:
        """Everybody's command is carried at the same moment: how long each acknowledgement took."""
        self.channel.messages.clear()
        commands = [self._command(one) for one in self.people]
        if self.slack.app.transport == "http":
            taken = await self._over_lines(commands)
        else:
            taken = list(await asyncio.gather(*(self._acknowledged(command) for command in commands)))
        await self.settled(len(self.people))
        return taken

    async def _over_lines(self, commands: Sequence[Json]) -> list[float]:
        """Each over a connection of its own that stands already, with nothing left to do here but to write and to read: the
        emulator's client would take longer than the application."""
        address = urlsplit(self.slack.app.request_url)
        lines = [await asyncio.open_connection(address.hostname, address.port) for _ in commands]
        try:
            requests = [self._request(command, address) for command in commands]
            return list(await asyncio.gather(*map(_carried, lines, requests)))
        finally:
            for _, writer in lines:
                writer.close()

    def _request(self, command: Json, address: SplitResult) -> bytes:
        body = urlencode(command).encode()
        headers = {
            "Host": address.netloc,
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
            **self.slack.signed.signature(body),
        }
        lines = [f"POST {address.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode() + body

    async def one_by_one(self) -> list[float]:
        """From each command to its answer."""
        self.channel.messages.clear()
        taken: list[float] = []
        for one in self.people:
            command = self._command(one)
            started = time.perf_counter()
            outcome = await self.slack.delivery.attempt(self.team, COMMANDS, command)
            if not outcome.ok:
                # The server had just closed the idle connection that this command was to go by.
                continue
            await self.settled(len(taken) + 1)
            taken.append(1000 * (time.perf_counter() - started))
        return taken

    def _command(self, one: Person) -> Json:
        """What a person types, ready to be carried."""
        return self.slack.parts.payloads.command(self.team, one.user, self.channel, "/help", "")

    async def _acknowledged(self, command: Json) -> float:
        """What comes too late counts with the three seconds that Slack waits."""
        started = time.perf_counter()
        await self.slack.delivery.attempt(self.team, COMMANDS, command)
        return 1000 * (time.perf_counter() - started)


async def _carried(line: tuple[asyncio.StreamReader, asyncio.StreamWriter], request: bytes) -> float:
    reader, writer = line
    started = time.perf_counter()
    writer.write(request)
    answer = await reader.readuntil(b"\r\n\r\n")
    taken = 1000 * (time.perf_counter() - started)
    assert answer.startswith(b"HTTP/1.1 200"), answer[:40]
    return taken


def rows() -> Iterator[Row]:
    for transport, named in (("socket", "Socket Mode"), ("http", "HTTP")):
        seen = asyncio.run(measured(transport))
        ours, bare = seen[OURS], seen[BARE]
        worst, theirs = percentile(ours.acknowledged, 0.99), percentile(bare.acknowledged, 0.99)
        yield Row(f"{named}: acknowledged, p99 of {PEOPLE} at once", worst, "ms", LIMIT, "limit", "at most 1")
        yield Row(f"{named}: the same", worst, "ms", theirs, "a bare application")
        yield Row(
            f"{named}: from a command to its answer, median",
            median(ours.answered),
            "ms",
            median(bare.answered),
            "a bare application",
            f"at most {WANTED}",
        )


async def measured(transport: str) -> dict[str, Seen]:
    """Both applications in turn, so that both meet the same machine."""
    seen = {OURS: Seen(), BARE: Seen()}
    async with SlackEmulator(transport=transport, rates=Rates(on=False)) as slack:
        team = slack.team("Academy")
        people = [team.person(f"Person {number}") for number in range(PEOPLE)]
        stage = Stage(slack, team, people, team.channel("general", *people))
        with tempfile.TemporaryDirectory() as folder:
            for _ in range(ROUNDS):
                for which, found in seen.items():
                    async with running(which, stage, transport, Path(folder)):
                        # Slack is asked about strangers no faster than it allows, so they come all at once.
                        await stage.at_once()
                        await stage.one_by_one()
                        for _ in range(BURSTS):
                            found.acknowledged += await stage.at_once()
                        found.answered += await stage.one_by_one()
    return seen


@asynccontextmanager
async def running(which: str, stage: Stage, transport: str, folder: Path) -> AsyncGenerator[None]:
    """The application in a process of its own, once it can be reached."""
    slack, port = stage.slack, free_port()
    slack.app.request_url = f"http://127.0.0.1:{port}/slack/events"
    command, settings = (_ours if which == OURS else _bare)(stage, transport, port, folder)
    surroundings = {**os.environ, **settings}
    process = await asyncio.create_subprocess_exec(*command, env=surroundings, stdout=asyncio.subprocess.DEVNULL)
    try:
        await _reached(stage, transport)
        yield
    finally:
        process.terminate()
        await process.wait()


def _ours(stage: Stage, transport: str, port: int, folder: Path) -> tuple[list[str], dict[str, str]]:
    settings = {
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/{transport}.db",
        "BROBYGGER_PORT": str(port),
        "BROBYGGER_MEANING": "words",
        "SLACK_API_URL": stage.slack.api_url,
        "SLACK_BOT_TOKEN": stage.team.token_value,
        "SLACK_APP_TOKEN": stage.slack.app.app_token if transport == "socket" else "",
        "SLACK_SIGNING_SECRET": stage.slack.app.signing_secret if transport == "http" else "",
    }
    return [str(COMMAND), "run"], settings


def _bare(stage: Stage, transport: str, port: int, folder: Path) -> tuple[list[str], dict[str, str]]:
    del folder
    app = stage.slack.app
    told = (transport, stage.slack.api_url, stage.team.token_value, app.app_token, app.signing_secret, str(port))
    return [sys.executable, "-m", "benchmarks.slack_bare", *told], {}


async def _reached(stage: Stage, transport: str) -> None:
    if transport == "socket":
        await stage.slack.connected(1, 30)
        return
    for _ in range(600):
        try:
            if await stage.slack.signed.verify():
                return
        except Exception:  # noqa: BLE001, S110 - not there yet, in whichever way
            pass
        await asyncio.sleep(0.05)
    raise TimeoutError("the application was never reached")
