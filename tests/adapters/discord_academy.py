"""A small academy on Discord for the tests: the emulator, the genuine library, our adapter, and storage in memory."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from zoneinfo import ZoneInfo

import discord as library

from adapters.discord.api import DiscordApi
from adapters.discord.app import DiscordAdapter
from adapters.discord.chat import DiscordChat
from adapters.discord.client import point_at, speaking_client
from adapters.discord.connection import Door
from adapters.discord.front import Front, Patience
from adapters.discord.guilds import GuildBook, asked_whether_there
from adapters.discord.intents import Reading
from adapters.discord.menu import menu
from adapters.discord.sync import in_step
from adapters.discord.uploads import fetch
from adapters.discord.wire import Wire
from adapters.discord.working import Working
from bot.announcements.service import AnnouncementService
from bot.bank.service import BankService
from bot.camps.service import CampService
from bot.dispatcher import Dispatcher, House
from bot.identity import Account, MemberId, WorkspaceId, new_id
from bot.interactions import Tables
from bot.introductions.service import IntroductionService
from bot.linking.service import LinkService
from bot.members.domain import Member, Role, WorkspaceOptions
from bot.members.service import MemberService
from bot.platforms import Platforms
from bot.polls.service import PollService
from bot.ports import Clock, Workspace
from bot.services import Services
from bot.words import Languages
from tests.adapters.discord_tables import tables
from tests.adapters.slack_tables import Gate
from tests.challenge_service import some_challenges
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_guild import Guild
from tests.emulators.discord_person import Person
from tests.emulators.discord_rates import Rates
from tests.emulators.discord_state import Channel
from tests.emulators.slack_time import RunningClock
from tests.fakes import Memory, StoppedClock
from tests.note_service import some_notes

# Long enough for a busy machine, where a test is not about waiting.
CALM = Patience(answer=1.0, form=2.0, press=2.0)
HASTY = Patience(answer=0.05, form=0.15, press=0.2)
GUILDS_COME = 0.05


@dataclass(slots=True)
class DiscordHouse:
    """Everything that a test of the listening half touches."""

    discord: DiscordEmulator
    guild: Guild
    memory: Memory
    gate: Gate
    adapter: DiscordAdapter
    front: Front
    guilds: GuildBook
    speaking: library.Client
    chats: dict[WorkspaceId, DiscordChat]
    anna: Person
    bo: Person
    carla: Person
    granted: list[bool] = field(default_factory=list[bool])
    members: Mapping[str, Member] = field(default_factory=dict[str, Member])

    @property
    def general(self) -> Channel:
        found = self.guild.named("general")
        assert found is not None
        return found

    async def workspace(self) -> Workspace:
        found = await self.memory.directory.find(f"guild:{self.guild.id}")
        assert found is not None
        return found

    async def settled(self) -> None:
        """Until nothing is in the air any more."""
        await self.discord.quiet()
        await self.adapter.finish()
        await self.discord.quiet()


def member_of(person: Person, organisation: str, role: Role = Role.MEMBER, language: str = "en") -> Member:
    return Member(
        MemberId(new_id()),
        person.name,
        organisation,
        "civil_society",
        language=language,
        role=role,
        accounts=(Account("discord", person.id),),
    )


@asynccontextmanager
async def opened_house(
    languages: Languages,
    *,
    clock: Clock | None = None,
    patience: Patience = CALM,
    rates: Rates | None = None,
    discord: DiscordEmulator | None = None,
    listens: bool = True,
    gap: float = 30.0,
    working: Working | None = None,
    served: Tables | None = None,
) -> AsyncGenerator[DiscordHouse]:
    """An academy with Anna, who organises, and Bo; Carla is in the guild and nobody has told the bot of her. ``served``: what
    the bot can do, instead of what is made up for the tests."""
    clock = clock or RunningClock()

    async def pause(seconds: float) -> None:
        """Time that a test holds passes at once where it is asked for."""
        if isinstance(clock, StoppedClock) and seconds >= 1:
            clock.advance(seconds=seconds)
        await asyncio.sleep(min(seconds, 0.05))

    async with discord or DiscordEmulator(clock, rates=rates) as emulator:
        guild = emulator.guild("Akademiet")
        anna, bo, carla = (
            guild.person("Anna Lund", owner=True),
            guild.person("Bo Dahl", locale="da"),
            guild.person("Carla Ø"),
        )
        memory, gate, told = Memory(), Gate(), list[bool]()
        workspace = await memory.directory.ensure(f"guild:{guild.id}", "Akademiet", WorkspaceOptions())
        roster = {
            "anna": member_of(anna, "Rødovre Kommune", Role.ORGANISER),
            "bo": member_of(bo, "Byens Venner", language="da"),
        }
        async with memory.units(workspace.id) as work:
            await work.members.put_all(list(roster.values()))
            await work.commit()
        commands, actions, forms = served or tables(gate)
        members, introductions = MemberService(memory.units, clock), IntroductionService(memory.units, clock)
        linking = LinkService(memory.units, memory.directory, clock)
        announcements = AnnouncementService(memory.units, clock, Platforms())
        camps = CampService(memory.units, clock)
        services = Services(
            members,
            introductions,
            commands,
            linking,
            announcements,
            camps,
            PollService(memory.units, clock, Platforms()),
            some_notes(memory.units, clock),
            BankService(memory.units, clock, introductions.finding),
            some_challenges(memory.units, clock),
        )
        house = House("da", ZoneInfo("Europe/Copenhagen"))
        desk = Dispatcher((commands, actions, forms), services, memory.units, languages, clock, house)
        point_at(emulator.api_url)
        wire = Wire()
        speaking = speaking_client(wire.trace)
        api = DiscordApi(speaking, wire, clock)
        guilds = GuildBook(memory.directory, clock, WorkspaceOptions(), partial(asked_whether_there, speaking))
        chats: dict[WorkspaceId, DiscordChat] = {}

        def chat_of(workspace: WorkspaceId) -> DiscordChat:
            if workspace not in chats:
                chats[workspace] = DiscordChat(workspace, api, guilds, memory.units, clock)
            return chats[workspace]

        front = Front(
            desk=desk,
            commands=commands,
            academies=guilds,
            with_account=memory.directory.with_account,
            chats=chat_of,
            fetch=fetch,
            units=memory.units,
            languages=languages,
            clock=clock,
            house=house,
            patience=patience,
            pause=pause,
            working=working or Working(),
        )
        door = Door(emulator.token, emulator.api_url, GUILDS_COME, identify_pause=0.0, gap=gap)

        async def notices(*, granted: bool) -> None:
            told.append(granted)

        adapter = DiscordAdapter(front, guilds, speaking, door, Reading(notices))
        found = DiscordHouse(
            emulator, guild, memory, gate, adapter, front, guilds, speaking, chats, anna, bo, carla, told, roster
        )
        if not listens:
            yield found
            return
        async with adapter.at_work():
            await in_step(speaking, menu(commands, languages))
            yield found
            gate.open()
            await front.working.finish(0.2)
