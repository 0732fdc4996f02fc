"""Processes of the service that are killed in the middle, and an academy on two platforms that they serve."""

import asyncio
import json
import signal
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.bootstrap import opened_app
from bot.settings import Settings
from tests import databases
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_person import Person as DiscordPerson
from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_person import Person as SlackPerson
from tests.emulators.slack_rates import Rates
from tests.emulators.slack_state import Channel
from tests.emulators.slack_team import Team
from tests.end_to_end.born import Born, born
from tests.end_to_end.houses import surroundings

HEADER = "id,name,organisation,sector,themes,needs,offers,language,slack_id,discord_id"
# Every so-manieth member is of the sector that the second announcement is for; the organiser, to whom more is told, is not.
FEW, FIRST = 12, 5
_PATIENCE = 20.0  # seconds


@dataclass(slots=True)
class Replicas:
    """The processes that run now, each with a log."""

    settings: dict[str, str]
    folder: Path
    running: list[Born] = field(default_factory=list[Born])
    started: int = 0

    async def start(self) -> None:
        self.started += 1
        with (self.folder / f"replica-{self.started}.log").open("ab") as log:
            around = surroundings(self.folder, **self.settings)
            self.running.append(
                await asyncio.to_thread(born, "tests.end_to_end.replica", (), self.folder, around, log, log)
            )

    async def kill(self, which: int = 0) -> None:
        await self._ends(which, signal.SIGKILL)

    async def stop(self, which: int = 0) -> None:
        """As an upgrade would: what is in the air is finished."""
        await self._ends(which, signal.SIGTERM)

    async def _ends(self, which: int, how: signal.Signals) -> None:
        one = self.running.pop(which)
        one.send_signal(how)
        await asyncio.to_thread(one.wait, _PATIENCE)

    async def where(self) -> None:
        """Each process that runs writes into its log where it stands."""
        for one in self.running:
            one.send_signal(signal.SIGUSR1)
        await asyncio.sleep(0.5)

    def told(self) -> str:
        return "\n".join(f"{log.name}: {log.read_text()}" for log in sorted(self.folder.glob("replica-*.log")))


@asynccontextmanager
async def replicas(folder: Path, settings: dict[str, str]) -> AsyncGenerator[Replicas, None]:
    """None of its processes outlives the block."""
    made = Replicas(settings, folder)
    try:
        yield made
    finally:
        for one in made.running:
            one.terminate()
        for one in made.running:
            await asyncio.to_thread(one.wait, _PATIENCE)


@dataclass(frozen=True, slots=True)
class Academy:
    """Half of its members are on Slack, the others on Discord. The first one organises."""

    slack: SlackEmulator
    discord: DiscordEmulator
    team: Team
    here: list[SlackPerson]
    there: list[DiscordPerson]
    general: Channel
    settings: dict[str, str]

    def on_slack(self, said: str) -> Counter[str]:
        """How often each member saw this in their direct conversation, by their account."""
        of = {channel.members[0]: channel for channel in self.team.channels.values() if channel.kind == "im"}
        return +Counter({who: sum(said in one.text for one in channel.messages) for who, channel in of.items()})

    def on_discord(self, said: str) -> Counter[str]:
        of = {place.recipients[0].id: place for place in self.discord.world.channels.values() if place.recipients}
        return +Counter(
            {
                who: sum(said in json.dumps(one.components) for one in place.messages.values())
                for who, place in of.items()
            }
        )

    def conversations(self) -> Iterator[list[str]]:
        """What the bot said to each member, message by message."""
        for channel in self.team.channels.values():
            if channel.kind == "im":
                yield [message.text for message in channel.messages if message.user != channel.members[0]]
        for place in self.discord.world.channels.values():
            if place.recipients:
                yield [json.dumps(one.components) for one in place.messages.values()]

    def said(self) -> int:
        """How many messages there are in direct conversations."""
        on_slack = sum(len(one.messages) for one in self.team.channels.values() if one.kind == "im")
        return on_slack + sum(len(one.messages) for one in self.discord.world.channels.values() if one.recipients)


@asynccontextmanager
async def academy(database_url: str, folder: Path, members: int) -> AsyncGenerator[Academy, None]:
    """The academy on both platforms, its members known, and nothing running yet."""
    async with SlackEmulator(rates=Rates(on=False)) as slack, DiscordEmulator() as discord:
        team, guild = slack.team("Akademiet"), discord.guild("Akademiets server")
        here = [
            team.person(f"Slack {number}", locale="en-US", tz="Europe/Copenhagen") for number in range(members // 2)
        ]
        there = [guild.person(f"Discord {number}") for number in range(members - members // 2)]
        settings = {
            "DATABASE_URL": database_url,
            "BROBYGGER_SECRET_KEY": databases.TEST_KEY,
            "BROBYGGER_LANGUAGE": "en",
            "BROBYGGER_MEANING": "words",
            "BROBYGGER_PORT": "0",
            "BROBYGGER_ORGANISERS": f"slack:{here[0].id}",
            "SLACK_API_URL": slack.api_url,
            "SLACK_BOT_TOKEN": team.token_value,
            "SLACK_APP_TOKEN": slack.app.app_token,
            "DISCORD_API_URL": discord.api_url,
            "DISCORD_TOKEN": discord.token,
        }
        rows = [HEADER]
        for place, one in enumerate([*here, *there]):
            sector = "foundation" if place % FEW == FIRST else "business"
            ids = f"{one.id}," if isinstance(one, SlackPerson) else f",{one.id}"
            rows.append(f"{place},{one.name},Organisation {place},{sector},loneliness,premises,data,en,{ids}")
        async with opened_app(
            Settings.model_validate({name.lower(): value for name, value in settings.items()})
        ) as app:
            workspace = await app.local_workspace("Akademiet")
            report = await app.services.members.import_roster(workspace.id, "\n".join(rows).encode())
            assert report.added == members
        yield Academy(slack, discord, team, here, there, team.channel("general", here[0]), settings)


async def planned(database_url: str) -> int:
    """How many announcements are settled."""
    query = "SELECT count(*) FROM schedules WHERE kind = 'announcement'"
    return int((await asyncio.to_thread(databases.rows_of, database_url, query))[0][0])


async def states(database_url: str) -> Counter[str]:
    """How many copies of announcements there are in each state."""
    query = """SELECT state FROM deliveries WHERE letter LIKE '{"letter":"announcement",%'"""
    rows = await asyncio.to_thread(databases.rows_of, database_url, query)
    return Counter(str(state) for (state,) in rows)
