"""Teams on the emulated Slack, and the service beside them: a real process with nothing but its settings."""

import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_person import Person
from tests.emulators.slack_rates import Rates
from tests.emulators.slack_state import Channel
from tests.emulators.slack_team import Team
from tests.end_to_end.houses import brobygger, database, free_port
from tests.end_to_end.town import Place, roster

NAMES = ("Anna Lund", "Bo <b>Testesen</b>", "Åse Ørsted-Prøve", "Dan Opdigtet")


@dataclass(frozen=True, slots=True)
class Town:
    """A workspace with some people in it. The first one organises."""

    slack: SlackEmulator
    team: Team
    people: Sequence[Person]
    general: Channel

    def roster(self) -> str:
        """The people as a file for ``brobygger members import``."""
        return roster(self.people, "slack_id")


@asynccontextmanager
async def emulated(folder: Path, transport: str) -> AsyncGenerator[tuple[SlackEmulator, int], None]:
    """Slack with the app made from our own manifest; and the port that the service will have."""
    port = free_port()
    words = ["--url", f"http://127.0.0.1:{port}"] if transport == "http" else []
    made = brobygger(folder, "slack", "manifest", *words)
    assert made.returncode == 0, made.stderr
    address = f"http://127.0.0.1:{port}/slack/events"
    manifest = json.loads(made.stdout)
    async with SlackEmulator(transport=transport, request_url=address, manifest=manifest, rates=Rates()) as slack:
        yield slack, port


def town(slack: SlackEmulator, name: str, *, installed: bool = True) -> Town:
    """A team with four people in it."""
    team = slack.team(name, installed=installed)
    people = [team.person(one, locale="da-DK", tz="Europe/Copenhagen") for one in NAMES]
    return Town(slack, team, people, team.channel("general", *people))


def hearing(slack: SlackEmulator, transport: str) -> dict[str, str]:
    """The settings by which the service hears Slack."""
    if transport == "socket":
        return {"SLACK_APP_TOKEN": slack.app.app_token}
    return {"SLACK_SIGNING_SECRET": slack.app.signing_secret}


def for_one_team(folder: Path, port: int, here: Town, transport: str) -> Place:
    """The settings of a house with one workspace, filled from a roster before its first start."""
    settings = {
        "DATABASE_URL": database(folder),
        "SLACK_API_URL": here.slack.api_url,
        "SLACK_BOT_TOKEN": here.team.token_value,
        "BROBYGGER_ORGANISERS": f"slack:{here.people[0].id}",
        **hearing(here.slack, transport),
    }
    place = Place(folder, port, settings)
    place.brings_in(here.roster(), len(here.people))
    return place


def for_many_teams(folder: Path, port: int, first: Town, second: Town, transport: str) -> Place:
    """The settings of a house that workspaces install by themselves."""
    app = first.slack.app
    app.redirect_urls = (f"http://127.0.0.1:{port}",)
    organisers = ",".join(f"slack:{one.people[0].id}" for one in (first, second))
    settings = {
        "DATABASE_URL": database(folder),
        "SLACK_API_URL": first.slack.api_url,
        "SLACK_CLIENT_ID": app.client_id,
        "SLACK_CLIENT_SECRET": app.client_secret,
        "BROBYGGER_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "BROBYGGER_ORGANISERS": organisers,
        **hearing(first.slack, transport),
    }
    return Place(folder, port, settings)
