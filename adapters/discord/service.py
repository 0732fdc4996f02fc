"""All of Discord in one process: made from the settings, begun with the service, ended with it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from adapters.discord.api import DiscordApi
from adapters.discord.app import DiscordAdapter
from adapters.discord.attendance import Attendance
from adapters.discord.chat import DiscordChat
from adapters.discord.client import point_at, speaking_client
from adapters.discord.connection import Door
from adapters.discord.front import FirstToHear, Front
from adapters.discord.guilds import GuildBook, asked_whether_there
from adapters.discord.intents import Reading
from adapters.discord.menu import menu
from adapters.discord.notices import Notices
from adapters.discord.people import People
from adapters.discord.sync import keep_in_step
from adapters.discord.threads import DiscordThreads
from adapters.discord.uploads import fetch
from adapters.discord.wire import Wire
from bot.deliveries.presence import Presence
from bot.dispatcher import FrontDesk, House
from bot.identity import WorkspaceId
from bot.interactions import Command
from bot.members.domain import WorkspaceOptions
from bot.metrics import UNMETERED, Meters
from bot.ports import Clock, Units, WorkspaceDirectory
from bot.recognition import Changes, NeverSure
from bot.settings import Settings
from bot.words import Languages


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the house gives its Discord. ``first_to_hear``: where other processes may listen as well.
    ``changes``: tells whether academies and members were written."""

    desk: FrontDesk
    commands: tuple[Command, ...]
    directory: WorkspaceDirectory
    units: Units
    languages: Languages
    clock: Clock
    house: House
    first_to_hear: FirstToHear | None = None
    meters: Meters = UNMETERED
    changes: Changes = field(default_factory=NeverSure)


class DiscordService:
    """Listens and speaks for every guild of this process."""

    def __init__(self, settings: Settings, around: Surroundings) -> None:
        self._settings = settings
        self._around = around
        self._chats: dict[WorkspaceId, DiscordChat] = {}
        point_at(settings.discord_api_url)
        wire = Wire()
        self._speaking = speaking_client(wire.trace)
        self._api = DiscordApi(
            self._speaking, wire, around.clock, token_lost=self._tell_token_lost, meters=around.meters
        )
        options = WorkspaceOptions(language=around.house.language, timezone=around.house.zone.key)
        whether_there = partial(asked_whether_there, self._speaking)
        self._guilds = GuildBook(around.directory, around.clock, options, whether_there, around.changes)
        self._people = People(self._api, self._guilds, around.clock)
        door = Door(settings.discord_token.get_secret_value(), settings.discord_api_url)
        notices = Notices(around.directory, around.units, around.clock)
        self._adapter = DiscordAdapter(
            self._make_front(), self._guilds, self._speaking, door, Reading(notices.messages)
        )

    def chat(self, workspace: WorkspaceId) -> DiscordChat:
        """The conversations of one workspace; the same object every time."""
        found = self._chats.get(workspace)
        if found is None:
            around = self._around
            public_url = self._settings.brobygger_public_url
            found = DiscordChat(
                workspace, self._api, self._guilds, around.units, around.clock, public_url, around.languages
            )
            self._chats[workspace] = found
        return found

    def threads(self, workspace: WorkspaceId) -> DiscordThreads:
        """What people wrote in one workspace."""
        return DiscordThreads(workspace, self._api, self._people, self._guilds)

    def trouble(self) -> str:
        """What is wrong until somebody changes the settings; empty where nothing is."""
        lost = self._api.is_token_lost or self._adapter.connection.is_barred
        return "discord: DISCORD_TOKEN is not known any more" if lost else ""

    @asynccontextmanager
    async def at_work(self) -> AsyncGenerator[None, None]:
        """Listens until the block ends, and brings Discord's menu of commands up to date. Raises SettingsError for a token
        that Discord does not know; where Discord cannot be reached it goes on trying."""
        around = self._around
        async with self._adapter.at_work():
            in_step = keep_in_step(self._speaking, menu(around.commands, around.languages))
            syncing = asyncio.create_task(in_step, name="discord commands")
            looking = asyncio.create_task(self._attendance().keep(), name="discord attendance")
            try:
                yield
            finally:
                syncing.cancel()
                looking.cancel()
                await asyncio.gather(syncing, looking, return_exceptions=True)

    def _attendance(self) -> Attendance:
        around, connection = self._around, self._adapter.connection
        return Attendance(lambda: connection.client, self._guilds.homes, Presence(around.units), around.clock)

    async def _tell_token_lost(self) -> None:
        self._adapter.connection.tell_token_lost()

    def _make_front(self) -> Front:
        around = self._around
        return Front(
            desk=around.desk,
            commands=around.commands,
            academies=self._guilds,
            with_account=around.directory.with_account,
            chats=self.chat,
            fetch=fetch,
            units=around.units,
            languages=around.languages,
            clock=around.clock,
            house=around.house,
            first_to_hear=around.first_to_hear,
        )
