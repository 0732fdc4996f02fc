"""A server on Discord's emulator as tests of the emulator itself see it: a bot without a library, two people, a channel."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_guild import Guild
from tests.emulators.discord_person import Person
from tests.emulators.discord_raw_bot import Answer, RawBot, raw_bot
from tests.emulators.discord_state import Channel, Json
from tests.fakes import StoppedClock

V2 = 1 << 15


def text(words: str, **more: object) -> Json:
    return {"type": 10, "content": words, **more}


def button(label: str, **more: object) -> Json:
    return {"type": 2, "style": 1, "label": label, "custom_id": label, **more}


def row(*inner: Json) -> Json:
    return {"type": 1, "components": list(inner)}


def select(*values: str, **more: object) -> Json:
    options = [{"label": value, "value": value} for value in values]
    return {"type": 3, "custom_id": "s", "options": options, **more}


def people(*defaults: tuple[str, str]) -> Json:
    return {"type": 5, "custom_id": "u", "default_values": [{"type": kind, "id": key} for kind, key in defaults]}


@dataclass
class Scene:
    clock: StoppedClock
    discord: DiscordEmulator
    guild: Guild
    anna: Person
    bo: Person
    general: Channel
    bot: RawBot

    @property
    def here(self) -> str:
        return f"/channels/{self.general.id}/messages"

    async def sends(self, body: Json, at: str = "", **more: object) -> Answer:
        return await self.bot.asks("POST", at or self.here, body, **more)  # type: ignore[arg-type]  # the same names

    async def room(self, *people: Person) -> str:
        asked = {"name": "Room", "type": 12, "invitable": False}
        made = await self.bot.asks("POST", f"/channels/{self.general.id}/threads", asked)
        assert made.status == 200, made.body
        for person in people:
            added = await self.bot.asks("PUT", f"/channels/{made.body['id']}/thread-members/{person.id}")
            assert added.status == 204
        return str(made.body["id"])


@asynccontextmanager
async def opened_scene() -> AsyncGenerator[Scene]:
    clock = StoppedClock()
    async with DiscordEmulator(clock) as discord, raw_bot(discord) as bot:
        guild = discord.guild("Academy")
        general = guild.named("general")
        assert general is not None
        yield Scene(clock, discord, guild, guild.person("Anna"), guild.person("Bo"), general, bot)
