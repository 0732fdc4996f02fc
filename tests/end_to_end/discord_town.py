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
from tests.end_to_end.houses import database, free_port
from tests.end_to_end.town import Place, roster

NAMES = ("Anna Lund", "Bo **Testesen**", "Åse Ørsted-Prøve", "Dan Opdigtet")


@dataclass(frozen=True, slots=True)
class Town:
    """A guild with some people in it. The first one may organise: the guild's own role says so."""

    discord: DiscordEmulator
    guild: Guild
    people: Sequence[Person]
    general: Channel

    def roster(self) -> str:
        """The people as a file for ``brobygger members import``."""
        return roster(self.people, "discord_id")


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
    place.brings_in(here.roster(), len(here.people))
    return place
