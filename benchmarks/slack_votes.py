"""A thousand votes in one moment, through the emulator of Slack: how soon each is acknowledged, and whether the card, in the end,
says exactly what was voted.

The service runs as it is started in earnest, in a process of its own, on a database of its own.
"""

import asyncio
import json
import os
import re
import sqlite3
import tempfile
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.measure import Row, percentile
from benchmarks.processes import COMMAND, free_port
from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_person import Person
from tests.emulators.slack_rates import Rates
from tests.emulators.slack_shown import Control, controls
from tests.emulators.slack_state import Channel, Json, Message
from tests.emulators.slack_team import Team

VOTERS, BURSTS = 1000, 3
LIMIT = 1000.0
OPTIONS = ("Rødovre", "Odense", "Online")
_PATIENCE = 120.0


@dataclass(slots=True)
class Seen:
    """What was measured: acknowledgements in milliseconds, and what was wrong."""

    acknowledged: list[float] = field(default_factory=list[float])
    settled: list[float] = field(default_factory=list[float])
    lost: int = 0
    edits: list[float] = field(default_factory=list[float])
    wrong: int = 0


def rows() -> Iterator[Row]:
    for transport, named in (("socket", "Socket Mode"), ("http", "HTTP")):
        seen = asyncio.run(measured(transport))
        worst = percentile(seen.acknowledged, 0.99)
        yield Row(f"{named}: vote acknowledged, p99 of {VOTERS} at once", worst, "ms", LIMIT, "limit", "at most 1")
        yield Row(f"{named}: from the first vote to the exact card", max(seen.settled), "s", 0, "")
        yield Row(f"{named}: votes lost, doubled or not as they were cast", seen.lost, "", 0, "", "0")
        yield Row(f"{named}: cards that were wrong in the end", seen.wrong, "", 0, "", "0")
        gaps = [later - before for before, later in zip(seen.edits, seen.edits[1:], strict=False)]
        yield Row(f"{named}: shortest time between two edits", min(gaps), "s", 1.0, "limit", "at least 1")


async def measured(transport: str) -> Seen:
    """Some bursts in one poll: everybody votes, and the next time votes for something else."""
    seen = Seen()
    async with SlackEmulator(transport=transport, rates=Rates(on=False)) as slack:
        team = slack.team("Academy")
        people = [team.person(f"Person {number}") for number in range(VOTERS)]
        channel = team.channel("general", *people)
        await people[0].invites_bot(channel)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "polls.db"
            async with running(slack, team, people, transport, file):
                card = await asked(slack, people[0], channel)
                for burst in range(BURSTS):
                    await _burst(slack, team, people, card, file, burst, seen)
    return seen


async def _burst(
    slack: SlackEmulator, team: Team, people: Sequence[Person], card: Message, file: Path, burst: int, seen: Seen
) -> None:
    buttons = {control.label: control for control in controls(people[0].eyes, card.blocks)}
    said = [OPTIONS[(place + burst) % 3 if place % 5 else burst % 3] for place in range(len(people))]
    presses = [_press(slack, team, one, card, buttons[option]) for one, option in zip(people, said, strict=True)]
    begun, calls = time.perf_counter(), len(slack.world.calls)
    if slack.app.transport == "http":
        seen.acknowledged += await _over_lines(slack, presses)
    else:
        seen.acknowledged += await asyncio.gather(*(_acknowledged(slack, team, press) for press in presses))
    wanted = {option: said.count(option) for option in OPTIONS}
    try:
        await slack.until(lambda: shown(card) == wanted, _PATIENCE)
    except (TimeoutError, AssertionError):
        seen.wrong += 1
    seen.settled.append(time.perf_counter() - begun)
    await slack.quiet()
    seen.wrong += shown(card) != wanted
    seen.edits += [call.at.timestamp() for call in slack.world.calls[calls:] if call.method == "chat.update"]
    seen.lost += abs(len(people) - sum(kept(file).values())) + sum(
        abs(count - wanted[OPTIONS[int(key) - 1]]) for key, count in kept(file).items()
    )


def _press(slack: SlackEmulator, team: Team, one: Person, card: Message, control: Control) -> Json:
    action: Json = {"type": "button", "action_id": control.action, "block_id": control.block}
    return slack.parts.payloads.press(team, one.user, {**action, "text": control.element["text"]}, card)


async def _acknowledged(slack: SlackEmulator, team: Team, press: Json) -> float:
    started = time.perf_counter()
    outcome = await slack.delivery.attempt(team, "interactive", press)
    assert outcome.ok, outcome.error
    return 1000 * (time.perf_counter() - started)


async def _over_lines(slack: SlackEmulator, presses: Sequence[Json]) -> list[float]:
    """Each over a connection of its own that stands already."""
    address = urlsplit(slack.app.request_url)
    lines = [await asyncio.open_connection(address.hostname, address.port) for _ in presses]
    try:
        return list(
            await asyncio.gather(*(_carried(slack, line, press) for line, press in zip(lines, presses, strict=True)))
        )
    finally:
        for _, writer in lines:
            writer.close()


async def _carried(slack: SlackEmulator, line: tuple[asyncio.StreamReader, asyncio.StreamWriter], press: Json) -> float:
    reader, writer = line
    body = urlencode({"payload": json.dumps(press)}).encode()
    address = urlsplit(slack.app.request_url)
    headers = {
        "Host": address.netloc,
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
        **slack.signed.signature(body),
    }
    lines = [f"POST {address.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    started = time.perf_counter()
    writer.write("\r\n".join([*lines, "", ""]).encode() + body)
    answer = await reader.readuntil(b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200"), answer[:40]
    return 1000 * (time.perf_counter() - started)


def shown(card: Message) -> dict[str, int]:
    """What the card says of each option."""
    text = str(card.blocks)
    found = {option: re.search(rf"{option}[^0-9]*?([\d,]+) \(", text) for option in OPTIONS}
    return {option: int(number[1].replace(",", "")) for option, number in found.items() if number}


def kept(file: Path) -> dict[str, int]:
    """What the database holds."""
    with closing(sqlite3.connect(file)) as database:
        return dict(database.execute("SELECT choices, count(*) FROM ballots GROUP BY choices").fetchall())


async def asked(slack: SlackEmulator, one: Person, channel: Channel) -> Message:
    """The poll's card, once it stands in the channel."""
    await one.types("/poll", '"Where is camp 4?" "Rødovre" "Odense" "Online"', channel)
    await slack.until(lambda: any("how it will look" in said for said in one.sees(channel)), 20)
    await one.presses("Post it")
    await slack.until(lambda: any("have voted" in str(message.blocks) for message in channel.messages), 20)
    return next(message for message in channel.messages if "have voted" in str(message.blocks))


@asynccontextmanager
async def running(
    slack: SlackEmulator, team: Team, people: Sequence[Person], transport: str, file: Path
) -> AsyncGenerator[None]:
    """The service in a process of its own, with everybody on its roster."""
    port = free_port()
    slack.app.request_url = f"http://127.0.0.1:{port}/slack/events"
    surroundings = {
        **os.environ,
        "DATABASE_URL": f"sqlite+aiosqlite:///{file}",
        "BROBYGGER_LANGUAGE": "en",
        "BROBYGGER_PORT": str(port),
        "BROBYGGER_MEANING": "words",
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": team.token_value,
        "SLACK_APP_TOKEN": slack.app.app_token if transport == "socket" else "",
        "SLACK_SIGNING_SECRET": slack.app.signing_secret if transport == "http" else "",
    }
    roster = file.with_name("members.csv")
    sectors = ("municipality", "civil_society", "business", "foundation", "research")
    lines = [f"{one.name},Org {place},{sectors[place % 5]},en,{one.id}" for place, one in enumerate(people)]
    roster.write_text("\n".join(["name,organisation,sector,language,slack_id", *lines]), "utf-8")
    imported = await asyncio.create_subprocess_exec(str(COMMAND), "members", "import", str(roster), env=surroundings)
    assert await imported.wait() == 0
    process = await asyncio.create_subprocess_exec(
        str(COMMAND),
        "run",
        env=surroundings,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        if transport == "socket":
            await slack.connected(1, 30)
        else:
            await _reached(slack)
        yield
    finally:
        process.terminate()
        await process.wait()


async def _reached(slack: SlackEmulator) -> None:
    for _ in range(600):
        try:
            if await slack.signed.verify():
                return
        except Exception:  # noqa: BLE001, S110 - not there yet, in whichever way
            pass
        await asyncio.sleep(0.05)
    raise TimeoutError("the application was never reached")
