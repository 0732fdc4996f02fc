"""A guild on the emulated Discord, and the service beside it: a real process with nothing but its settings."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_guild import Guild
from tests.emulators.discord_person import Person
from tests.emulators.discord_rates import Rates
from tests.emulators.discord_state import Channel
from tests.end_to_end.houses import House, brobygger, database, free_port, service

NAMES = ("Anna Lund", "Bo **Testesen**", "Åse Ørsted-Prøve", "Dan Opdigtet")
SECTORS = ("kommune", "civilsamfund", "fond", "erhvervsliv")


@dataclass(frozen=True, slots=True)
class Town:
    """A guild with some people in it. The first one may organise: the guild's own role says so."""

    discord: DiscordEmulator
    guild: Guild
    people: Sequence[Person]
    general: Channel

    def roster(self) -> str:
        """The people as a file for ``brobygger members import``."""
        head = "id;navn;organisation;sektor;temaer;behov;tilbud;sprog;discord_id\n"
        return head + "".join(
            f"{number};{one.name};Organisation {number};{sector};ensomhed;lokaler|data;frivillige|penge;da;{one.id}\n"
            for number, (one, sector) in enumerate(zip(self.people, SECTORS, strict=True))
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where the service is to run, and its settings."""

    folder: Path
    port: int
    settings: dict[str, str]

    @asynccontextmanager
    async def open(self, *, from_nothing: bool = False) -> AsyncGenerator[House, None]:
        """The service, until the block ends. ``from_nothing``: nothing is loaded before."""
        async with service(self.folder, self.port, from_nothing=from_nothing, **self.settings) as house:
            yield house

    def line(self, *words: str) -> str:
        """One call of the command line; what it said."""
        done = brobygger(self.folder, *words, **self.settings)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr


@asynccontextmanager
async def emulated() -> AsyncGenerator[DiscordEmulator, None]:
    """Discord, with its real limits."""
    async with DiscordEmulator(rates=Rates.real()) as discord:
        yield discord


def town(discord: DiscordEmulator, name: str, *, installed: bool = True) -> Town:
    """A guild with four people in it."""
    guild = discord.guild(name, installed=installed)
    organises = guild.role("Tovholder", "manage_guild")
    people = [guild.person(one, locale="da", roles=[organises] if one == NAMES[0] else []) for one in NAMES]
    general = guild.named("general")
    assert general is not None
    return Town(discord, guild, people, general)


def settled(folder: Path, here: Town) -> Place:
    """The settings of a house with one guild, filled from a roster before its first start."""
    settings = {
        "DATABASE_URL": database(folder),
        "DISCORD_API_URL": here.discord.api_url,
        "DISCORD_TOKEN": here.discord.token,
    }
    place = Place(folder, free_port(), settings)
    (folder / "members.csv").write_text(here.roster(), encoding="utf-8")
    assert "4 added" in place.line("members", "import", "members.csv")
    return place
