"""What the tests of sending to Discord share: the emulator, an academy in it, and the genuine client in between."""

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

import discord
from discord.http import Route

from adapters.discord.api import DiscordApi
from adapters.discord.chat import DiscordChat
from adapters.discord.marks import MOST_PAGES, part_of, parts_by_mark
from adapters.discord.pace import Pace
from adapters.discord.places import OpenChannel, RoomChannel
from adapters.discord.wire import Wire
from bot.identity import Account, Address, MemberId, WorkspaceId, new_id
from bot.members.domain import Member, WorkspaceOptions
from bot.messages.elements import Card, Paragraph
from bot.messages.text import plain
from tests.emulators import discord_permissions as permissions
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_guild import Guild
from tests.emulators.discord_person import Person
from tests.emulators.discord_rates import Rates
from tests.emulators.discord_state import PRIVATE_THREAD, TEXT, Channel, Message
from tests.fakes import Memory, StoppedClock

PATIENCE = 0.5  # seconds until a call that hangs is given up
POST = "POST /channels/{channel}/messages"
EDIT = "PATCH /channels/{channel}/messages/{message}"
HISTORY = "GET /channels/{channel}/messages"
OPEN = "POST /users/@me/channels"
THREAD = "POST /channels/{channel}/threads"
ADD = "PUT /channels/{channel}/thread-members/{user}"
WRITING = ("view_channel", "send_messages", "read_message_history")
NEEDED = ("view_channel", "create_private_threads", "send_messages_in_threads", "read_message_history")


@dataclass(slots=True)
class World:
    """The guilds as whoever listens would tell of them. ``blind``: it knows of no channel yet. ``told``: what it
    has to say of channels, right or wrong."""

    guilds: dict[WorkspaceId, Guild] = field(default_factory=dict[WorkspaceId, Guild])
    limit: int = 10 * 1024 * 1024
    blind: bool = False
    told: list[RoomChannel] = field(default_factory=list[RoomChannel])

    def guild_of(self, workspace: WorkspaceId) -> str | None:
        found = self.guilds.get(workspace)
        return None if found is None else found.id

    def room_channels(self, guild: str) -> Sequence[RoomChannel]:
        if self.told:
            return self.told
        found = self._guild(guild)
        channels = [channel for channel in found.channels.values() if channel.type == TEXT]
        return [
            RoomChannel(channel.id, permissions.can(found, found.bot.id, channel, *NEEDED))
            for channel in sorted(channels, key=lambda one: one.name != "brobygger")
        ]

    def channels(self, guild: str) -> Sequence[OpenChannel]:
        found = self._guild(guild)
        return [
            OpenChannel(one.id, one.name, permissions.can(found, found.bot.id, one, *WRITING))
            for one in found.channels.values()
            if one.type == TEXT and permissions.sees(found, found.bot.id, one)
        ]

    async def sees(self, channel: str, user: str) -> bool | None:
        if self.blind:
            return None
        guild = next(one for one in self.guilds.values() if channel in one.channels)
        return permissions.can(guild, user, guild.channels[channel], "view_channel")

    async def seeing(self, channel: str, users: Sequence[str]) -> frozenset[str] | None:
        return None if self.blind else frozenset([user for user in users if await self.sees(channel, user)])

    def is_open(self, channel: str) -> bool:
        found = [guild for guild in self.guilds.values() if channel in guild.channels]
        return any(permissions.can(guild, "", guild.channels[channel], "view_channel") for guild in found)

    def file_limit(self, guild: str) -> int:
        assert self._guild(guild).id == guild
        return self.limit

    def may_read(self, channel: str) -> bool | None:
        for guild in self.guilds.values():
            if not self.blind and (found := guild.channels.get(channel)) is not None:
                return permissions.can(guild, guild.bot.id, found, "read_message_history")
        return None

    def _guild(self, guild: str) -> Guild:
        return next(one for one in self.guilds.values() if one.id == guild)


class Time(StoppedClock):
    """A clock that may go by itself."""

    def __init__(self, speed: float) -> None:
        super().__init__()
        self._speed = speed
        self._began = time.monotonic()

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=(time.monotonic() - self._began) * self._speed)


@dataclass(slots=True)
class Moving:
    """A clock that moves when somebody rests by it."""

    clock: StoppedClock
    rested: list[float] = field(default_factory=list[float])

    async def rest(self, seconds: float) -> None:
        self.rested.append(seconds)
        self.clock.advance(seconds=seconds)
        await asyncio.sleep(0)


@dataclass(slots=True)
class Scene:
    """One workspace with a bot in it, and people who look at what it says."""

    discord: DiscordEmulator
    guild: Guild
    clock: StoppedClock
    memory: Memory
    world: World
    api: DiscordApi
    workspace: WorkspaceId
    moving: Moving
    lost: list[str]

    @property
    def platform(self) -> str:
        return "discord"

    def chat(self) -> DiscordChat:
        """A chat that knows nothing yet: a process that has just begun."""
        return DiscordChat(self.workspace, self.api, self.world, self.memory.units, self.clock)

    def general(self) -> Channel:
        found = self.guild.named("general")
        assert found is not None
        return found

    def said(self, channel: str) -> list[Message]:
        """What the bot said in a place."""
        there = self.discord.world.channels[channel].messages.values()
        return [message for message in there if message.author is self.discord.world.bot and message.type in (0, 19)]

    def direct(self, person: Person) -> list[Message]:
        found = self.discord.world.dms.get(person.id)
        return self.said(found.id) if found else []

    def nooks(self) -> list[Channel]:
        return [channel for channel in self.guild.threads if channel.type == PRIVATE_THREAD]

    def parts(self, key: str) -> list[int]:
        """Which messages of a card stand there, in their order."""
        known = parts_by_mark(key)
        assert len(known) == 2 * MOST_PAGES
        rows = [self.said(channel) for channel in self.discord.world.channels]
        marks = [message.components[0].get("id", 0) for row in rows for message in row if message.components]
        return [part.page for mark in marks if (part := part_of(mark, known)) is not None]

    def copies(self, key: str) -> int:
        """How many messages carry this key as a card's first."""
        return self.parts(key).count(0)

    async def member(self, name: str, user: str) -> MemberId:
        member = Member(MemberId(new_id()), name, accounts=(Account("discord", user),))
        async with self.memory.units(self.workspace) as work:
            await work.members.put_all([member])
            await work.commit()
        return member.id

    async def landmark(self, kind: str, key: str) -> str | None:
        async with self.memory.units(self.workspace, reading=True) as work:
            return await work.landmarks.get("discord", kind, key)


@asynccontextmanager
async def logged_in(
    emulator: DiscordEmulator, clock: StoppedClock, lost: list[str], patience: float = PATIENCE
) -> AsyncGenerator[DiscordApi, None]:
    """The genuine client, logged in and not connected."""
    before, Route.BASE = Route.BASE, emulator.api_url
    wire = Wire()
    client = discord.Client(
        intents=discord.Intents.none(), allowed_mentions=discord.AllowedMentions.none(), http_trace=wire.trace
    )

    async def told() -> None:
        lost.append("lost")

    try:
        await client.login(emulator.token)
        yield DiscordApi(client, wire, clock, token_lost=told, patience=patience, pace=Pace(100_000, 100_000))
    finally:
        await client.close()
        Route.BASE = before


@asynccontextmanager
async def scene(
    rates: Rates | None = None, *, patience: float = PATIENCE, running: float = 0.0
) -> AsyncGenerator[Scene, None]:
    """``running``: how fast time goes by itself; without it stands still until it is moved."""
    clock = Time(running)
    memory, world = Memory(), World()
    lost: list[str] = []
    async with DiscordEmulator(clock, rates=rates) as emulator:
        guild = emulator.guild("Academy")
        workspace = (await memory.directory.ensure(f"guild:{guild.id}", "Academy", WorkspaceOptions())).id
        world.guilds[workspace] = guild
        async with logged_in(emulator, clock, lost, patience) as api:
            yield Scene(emulator, guild, clock, memory, world, api, workspace, Moving(clock), lost)
            assert emulator.problems == []


def card(text: str = "hello") -> Card:
    return Card(text, (Paragraph(plain(text)),))


def long_card(lines: int, title: str = "A long one") -> Card:
    """A card of so many paragraphs; Discord takes 40 components in a message, and 4,000 characters."""
    return Card(title, tuple(Paragraph(plain(f"line {number}. " + "x" * 200)) for number in range(lines)))


def address(value: str) -> Address:
    return Address("discord", value)


def text_of(message: Message) -> str:
    """All that a message of components says."""
    return "\n".join(_texts(message.components))


def _texts(components: Sequence[dict[str, object]]) -> list[str]:
    found: list[str] = []
    for one in components:
        content, within = one.get("content"), one.get("components")
        if isinstance(content, str):
            found.append(content)
        if isinstance(within, list):
            found += _texts(cast(Sequence[dict[str, object]], within))
    return found
