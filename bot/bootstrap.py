"""Makes everything, once, by hand: the one file that knows every room of the house.

Only the command line and the tests import it.
"""

import asyncio
import socket
import webbrowser
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import make_url

from adapters.clock import SystemClock
from adapters.embedders.choice import chosen, let_go, look_at_meaning
from adapters.planner import ProcessPlanner
from adapters.ticker import Ticker
from adapters.web.app import make_app
from adapters.web.chat import WebChat
from adapters.web.front import Front, Guiding
from adapters.web.hub import Hub
from adapters.web.server import address_of, bound
from adapters.web.server import serve as listen
from adapters.web.service import service_pages
from bot.academies import meant_by
from bot.announcements.service import AnnouncementService
from bot.deliveries.courier import Courier
from bot.deliveries.domain import LetterTable
from bot.demo.academy import settle
from bot.demo.guide import Guide, guide
from bot.dispatcher import Dispatcher, House
from bot.doctor import Finding, look_at_disk, look_at_settings
from bot.errors import StorageError
from bot.help import whole_commands
from bot.identity import MemberId, WorkspaceId, new_id
from bot.introductions.knowing import Knowing
from bot.introductions.service import IntroductionService
from bot.letters import LETTERS
from bot.linking.service import LinkService
from bot.members.domain import WorkspaceOptions
from bot.members.service import MemberService
from bot.platforms import Platforms
from bot.ports import Alarm, Clock, Embedder, Units, Workspace, WorkspaceDirectory
from bot.schedules.retention import Retention
from bot.schedules.service import Timekeeper
from bot.services import Services
from bot.settings import LOOPBACK, Settings
from bot.words import Languages, Words
from commands import ACTIONS, COMMANDS, FORMS, HOME
from storage import backup, upgrade
from storage.alarm import alarm_for
from storage.directory import StoredDirectory
from storage.engine import Database, open_database, sqlite_file
from storage.looking import look_at_database
from storage.outbox import StoredOutbox
from storage.slack_states import forget_states
from storage.unit_of_work import StoredUnits

if TYPE_CHECKING:
    from adapters.discord.service import DiscordService
    from adapters.slack.service import SlackService

LOCAL = "local"


@dataclass(frozen=True, slots=True)
class App:
    """The whole house, ready to run. ``hub`` is the local workspace's: what happens there is told to open windows."""

    settings: Settings
    clock: Clock
    languages: Languages
    units: Units
    directory: WorkspaceDirectory
    services: Services
    dispatcher: Dispatcher
    platforms: Platforms
    outbox: StoredOutbox
    alarm: Alarm
    courier: Courier
    ticker: Ticker
    hub: Hub
    planner: ProcessPlanner
    knowing: Knowing
    house: House = field(repr=False)
    database: Database = field(repr=False)

    async def ready(self) -> bool:
        """Whether the database answers."""
        try:
            await self.directory.next_schedule_at()
        except StorageError:
            return False
        return True

    async def local_workspace(self, name: str) -> Workspace:
        """The academy of the local workspace, made if it is new, with its chat in place."""
        options = WorkspaceOptions(language=self.house.language, timezone=self.house.zone.key)
        workspace = await self.directory.ensure(LOCAL, name, options)
        self.platforms.add(workspace.id, WebChat(workspace.id, self.units, self.clock, self.hub))
        return workspace


@asynccontextmanager
async def opened_app(settings: Settings, planner: ProcessPlanner | None = None) -> AsyncGenerator[App, None]:
    """Opens the database (upgrading SQLite), and builds the house on it. ``planner``: one that is getting ready already."""
    planner = planner or ProcessPlanner()
    embedder = chosen(settings)
    try:
        database = open_database(settings.database_url, settings.brobygger_secret_key.get_secret_value())
        try:
            await upgrade.make_ready(settings.database_url)
            async with alarm_for(database) as alarm:
                app = build_app(settings, database, alarm, planner, embedder)
                try:
                    yield app
                finally:
                    await app.knowing.close()
        finally:
            await database.close()
    finally:
        planner.close()
        let_go(embedder)


def build_app(
    settings: Settings, database: Database, alarm: Alarm, planner: ProcessPlanner, embedder: Embedder | None = None
) -> App:
    """Makes every part, once, in the order in which they need one another. Without ``embedder``, words compare tags."""
    clock = SystemClock()
    languages = Languages.load(prefix=settings.brobygger_prefix, whole=whole_commands(COMMANDS))
    house = House(settings.brobygger_language, ZoneInfo(settings.brobygger_timezone))
    letters = LetterTable.of(row.letter for row in LETTERS)
    units = StoredUnits(database, letters, alarm)
    directory = StoredDirectory(database)
    knowing = Knowing(units, embedder)
    introductions = IntroductionService(units, clock, planner, settings.weights(), knowing)
    first, near = settings.first_organisers(), knowing.nearness(planner.compare)
    members = MemberService(units, clock, first, introductions.leave, near)
    announcements = AnnouncementService(units, clock)
    services = Services(members, introductions, COMMANDS, LinkService(units, directory, clock), announcements)
    platforms, outbox = Platforms(), StoredOutbox(database, letters)
    courier = Courier(
        outbox,
        units,
        directory,
        platforms,
        LETTERS,
        languages,
        clock,
        alarm,
        owner=str(new_id()),
    )
    expanders = {**introductions.expanders(), **announcements.expanders()}
    timekeeper = Timekeeper(units, directory, clock, expanders, introductions.preparers())
    return App(
        settings=settings,
        clock=clock,
        languages=languages,
        units=units,
        directory=directory,
        services=services,
        dispatcher=Dispatcher((COMMANDS, ACTIONS, FORMS), services, units, languages, clock, house, HOME),
        platforms=platforms,
        outbox=outbox,
        alarm=alarm,
        courier=courier,
        ticker=Ticker(timekeeper, courier, Retention(units, directory, clock), alarm, clock),
        hub=Hub(),
        planner=planner,
        knowing=knowing,
        house=house,
        database=database,
    )


@asynccontextmanager
async def at_work(app: App) -> AsyncGenerator[None, None]:
    """The clock ticks and the courier delivers; at the end what is in the air is finished, within some seconds."""
    stop = asyncio.Event()
    await app.outbox.left_behind(app.clock.now())
    app.ticker.start()
    delivering = asyncio.create_task(app.courier.run(stop), name="courier")
    learning = asyncio.create_task(app.knowing.keep_learning(app.directory, app.alarm), name="learning")
    try:
        yield
    finally:
        stop.set()
        learning.cancel()
        await app.ticker.stop()
        await delivering


async def the_workspace(app: App, wanted: str) -> Workspace:
    """The academy that the command line means: the only one, the one named, or a new local one where there is none yet."""
    return await meant_by(app.directory, wanted) or await app.local_workspace("Brobygger")


async def examine(settings: Settings) -> list[Finding]:
    """What ``brobygger doctor`` tells."""
    findings = look_at_settings(settings)
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        findings.append(look_at_disk(sqlite_file(url).parent))
    findings.append(await look_at_database(settings.database_url))
    findings.append(await look_at_meaning(settings))
    from adapters.slack.checking import look_at_slack

    findings += await look_at_slack(settings)
    from adapters.discord.checking import look_at_discord

    findings += await look_at_discord(settings, COMMANDS)
    return findings


async def upgrade_database(settings: Settings) -> None:
    """Brings the database to this version's form. On SQLite nothing else may have the file open."""
    await upgrade.upgrade(settings.database_url)


async def backup_database(settings: Settings, file: Path) -> None:
    """A consistent copy, also of a database in use."""
    await backup.back_up(settings.database_url, file)


async def restore_database(settings: Settings, file: Path) -> None:
    """Puts a copy in the database's place."""
    await backup.restore(settings.database_url, file)


async def serve_demo(
    settings: Settings, planner: ProcessPlanner, say: Callable[[str], None], *, open_browser: bool
) -> None:
    """The local workspace: an academy of invented members, or the one that this database already holds."""
    listening = bound(settings.brobygger_host, settings.brobygger_port)
    async with opened_app(settings, planner) as app:
        words = app.languages.words(app.house.language, app.house.zone)
        workspace = await app.local_workspace(words.say("The academy"))
        cast = await settle(app.units, workspace.id, words, app.clock, app.planner)
        front = Front(
            workspace=workspace,
            desk=app.dispatcher,
            units=app.units,
            languages=app.languages,
            commands=COMMANDS,
            actions=app.dispatcher.actions,
            clock=app.clock,
            hub=app.hub,
            hosts=_names(settings.brobygger_host),
            guide=_guiding(app.units, workspace.id),
            first=cast.first,
        )
        address = address_of(listening)

        def ready() -> None:
            say(f"Brobygger is at {address} (stop it with Ctrl+C)")
            if open_browser:
                webbrowser.open(address)

        async with at_work(app):
            await listen(make_app(front), listening, ready, app.hub.close)


async def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """The service: the clock, the courier, every platform that has its settings, and the pages that need no sign-in."""
    listening = bound(settings.brobygger_host, settings.brobygger_port)
    address = address_of(listening)
    async with opened_app(settings) as app, AsyncExitStack() as platforms:
        slack = _slack(app, address) if settings.speaks_slack() else None
        if slack is not None:
            app.platforms.serve("slack", slack.chat)
            await platforms.enter_async_context(slack.at_work())
        if settings.speaks_discord():
            discord = _discord(app)
            app.platforms.serve("discord", discord.chat)
            await platforms.enter_async_context(discord.at_work())
        pages = service_pages(app.ready, slack.routes if slack is not None else ())
        async with at_work(app):
            await listen(pages, listening, lambda: say(f"Brobygger is running at {address}"), lambda: None)


def _slack(app: App, address: str) -> "SlackService":
    """Slack as this house has it. The team of SLACK_BOT_TOKEN takes over the academy that was filled on the command line."""
    # Its libraries take a good part of a second to load, and a house without Slack needs none of them.
    from adapters.slack.service import SlackService, Surroundings

    around = Surroundings(
        desk=app.dispatcher,
        database=app.database,
        directory=app.directory,
        units=app.units,
        languages=app.languages,
        clock=app.clock,
        house=app.house,
        tidy=lambda: forget_states(app.database, app.clock.now()),
        buttons=frozenset(row.action for row in ACTIONS),
    )
    return SlackService(app.settings, around, address.rstrip("/"))


def _discord(app: App) -> "DiscordService":
    """Discord as this house has it. Like Slack's, its library takes a while to load."""
    from adapters.discord.service import DiscordService, Surroundings

    around = Surroundings(
        desk=app.dispatcher,
        commands=COMMANDS,
        directory=app.directory,
        units=app.units,
        languages=app.languages,
        clock=app.clock,
        house=app.house,
    )
    return DiscordService(app.settings, around)


def _guiding(units: Units, workspace: WorkspaceId) -> Guiding:
    async def guiding(viewer: MemberId, words: Words) -> Guide | None:
        return await guide(units, workspace, words, viewer)

    return guiding


def _names(host: str) -> frozenset[str]:
    loopback = frozenset({"127.0.0.1", "localhost", "[::1]"})
    return loopback if host in LOOPBACK else loopback | {host, socket.gethostname().casefold()}
