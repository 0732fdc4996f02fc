"""Makes everything, once, by hand: the one file that knows every room of the house.

Only the command line and the tests import it.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from zoneinfo import ZoneInfo

from adapters.clock import SystemClock
from adapters.embedders.choice import chosen, let_go
from adapters.metrics import PrometheusMeters
from adapters.planner import ProcessPlanner
from adapters.summarisers.choice import asker_for
from adapters.summarisers.offline import OfflineSummariser
from adapters.ticker import Ticker
from adapters.web.chat import WebChat
from adapters.web.hub import Hub
from adapters.web.spots import PLATFORM
from adapters.web.threads import WebThreads
from bot.academies import meant_by
from bot.announcements.service import AnnouncementService
from bot.bank.closeness import Closeness
from bot.bank.people import leave_bank
from bot.bank.rereading import reread_all
from bot.bank.service import BankService
from bot.camps.service import CampService
from bot.challenges.people import leave_challenges
from bot.challenges.service import ChallengeService, Writers
from bot.deliveries.courier import Courier
from bot.deliveries.domain import LetterTable
from bot.deliveries.limits import Limits
from bot.dispatcher import Dispatcher, House
from bot.errors import StorageError
from bot.help import whole_commands
from bot.identity import new_id
from bot.introductions.knowing import Knowing
from bot.introductions.service import IntroductionService
from bot.letters import LETTERS
from bot.linking.service import LinkService
from bot.members.domain import WorkspaceOptions
from bot.members.service import MemberService, from_each
from bot.metrics import KeptStock
from bot.notes.going import tell_of_left
from bot.notes.people import leave_notes
from bot.notes.service import NoteService
from bot.platforms import Platforms
from bot.polls.people import leave_polls
from bot.polls.service import PollService
from bot.ports import Alarm, Clock, Embedder, Units, Workspace, WorkspaceDirectory
from bot.schedules.retention import Retention
from bot.schedules.service import Timekeeper
from bot.services import Services
from bot.settings import Settings
from bot.watch import WatchedDesk
from bot.words import Languages
from commands import ACTIONS, COMMANDS, FORMS, HOME
from storage import upgrade
from storage.alarm import alarm_for
from storage.directory import StoredDirectory
from storage.engine import Database, open_database
from storage.outbox import StoredOutbox
from storage.stock import StoredStock
from storage.unit_of_work import StoredUnits

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
    desk: WatchedDesk
    meters: PrometheusMeters
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
        self.platforms.read(PLATFORM, lambda where: WebThreads(where, self.units))
        return workspace


@asynccontextmanager
async def opened_app(
    settings: Settings, planner: ProcessPlanner | None = None, limits: Limits | None = None
) -> AsyncGenerator[App, None]:
    """Opens the database (upgrading SQLite), and builds the house on it. ``planner``: one that is getting ready already;
    ``limits``: the courier's figures, where they are not the usual ones."""
    planner = planner or ProcessPlanner()
    embedder = chosen(settings)
    try:
        database = open_database(settings.database_url, settings.brobygger_secret_key.get_secret_value())
        try:
            await upgrade.make_ready(settings.database_url)
            # What a process that was killed had destroyed and not yet overwritten.
            await database.traces.overwrite()
            async with alarm_for(database) as alarm:
                app = build_app(settings, database, alarm, planner, embedder, limits)
                try:
                    yield app
                finally:
                    await app.services.notes.close()
                    await app.services.camps.stations.close()
                    await app.knowing.close()
        finally:
            await database.close()
    finally:
        planner.close()
        let_go(embedder)


def build_app(
    settings: Settings,
    database: Database,
    alarm: Alarm,
    planner: ProcessPlanner,
    embedder: Embedder | None = None,
    limits: Limits | None = None,
) -> App:
    """Makes every part, once, in the order in which they need one another. Without ``embedder``, words compare tags."""
    clock = SystemClock()
    kind = "sqlite" if database.is_sqlite else "postgresql"
    meters = PrometheusMeters(KeptStock(StoredStock(database), clock), clock, version("brobygger"), kind)
    languages = Languages.load(prefix=settings.brobygger_prefix, whole=whole_commands(COMMANDS))
    house = House(settings.brobygger_language, ZoneInfo(settings.brobygger_timezone))
    letters = LetterTable.of(row.letter for row in LETTERS)
    units = StoredUnits(database, letters, alarm)
    directory = StoredDirectory(database)
    knowing = Knowing(units, embedder)
    introductions = IntroductionService(units, clock, planner, settings.weights(), knowing)
    first, near = settings.first_organisers(), knowing.nearness(planner.compare)
    camps = CampService(units, clock, planner, settings.weights(), knowing, settings.brobygger_public_url)
    leave = from_each(introductions.leave, camps.leave, leave_polls, leave_notes, leave_bank, leave_challenges)
    members = MemberService(units, clock, first, leave, near)
    platforms = Platforms()
    announcements = AnnouncementService(units, clock, platforms)
    polls = PollService(units, clock, platforms)
    linking = LinkService(units, directory, clock)
    notes = NoteService(units, clock, platforms, OfflineSummariser(), asker_for(settings))
    bank = BankService(units, clock, introductions.finding, Closeness(units, clock, embedder))
    challenges = ChallengeService(units, clock, platforms, Writers(notes.drafting, languages, platforms), near)
    services = Services(members, introductions, COMMANDS, linking, announcements, camps, polls, notes, bank, challenges)
    outbox = StoredOutbox(database, letters)
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
        limits=limits,
        meters=meters,
    )
    # What a dead process held is found soon after its lease.
    sweeps = (limits or Limits()).lease / 3
    expanders = {
        **introductions.expanders(),
        **announcements.expanders(),
        **camps.expanders(),
        **polls.expanders(),
        **notes.expanders(),
    }
    preparers = {**introductions.preparers(), **polls.preparers(), **challenges.preparers()}
    timekeeper = Timekeeper(units, directory, clock, expanders, preparers, meters, announcements.missed())
    dispatcher = Dispatcher((COMMANDS, ACTIONS, FORMS), services, units, languages, clock, house, HOME, database.people)
    retention = Retention(units, directory, clock)
    return App(
        settings=settings,
        clock=clock,
        languages=languages,
        units=units,
        directory=directory,
        services=services,
        dispatcher=dispatcher,
        desk=WatchedDesk(dispatcher, meters),
        meters=meters,
        platforms=platforms,
        outbox=outbox,
        alarm=alarm,
        courier=courier,
        ticker=Ticker(timekeeper, courier, retention, alarm, clock, sweeps=sweeps, meters=meters),
        hub=Hub(),
        planner=planner,
        knowing=knowing,
        house=house,
        database=database,
    )


@asynccontextmanager
async def at_work(app: App) -> AsyncGenerator[Callable[[], None], None]:
    """The clock ticks and the courier delivers; at the end what is in the air is finished, within some seconds. Gives what
    begins the end while the block still runs: from then on nothing new is begun."""
    stop = asyncio.Event()
    await app.outbox.left_behind(app.clock.now())
    app.ticker.start()
    delivering = asyncio.create_task(app.courier.run(stop), name="courier")
    learning = [
        asyncio.create_task(app.knowing.keep_learning(app.directory, app.alarm), name="learning"),
        asyncio.create_task(app.services.bank.closeness.keep_learning(app.directory, app.alarm), name="learning notes"),
        asyncio.create_task(reread_all(app.units, app.directory), name="reading notes"),
        asyncio.create_task(
            tell_of_left(app.units, app.directory, app.clock, alone=app.database.is_sqlite),
            name="telling of what was left",
        ),
    ]
    ending: list[asyncio.Task[None]] = []

    def end() -> None:
        if not stop.is_set():
            stop.set()
            for one in learning:
                one.cancel()
            ending.append(asyncio.create_task(app.ticker.stop(), name="ticker stops"))

    try:
        yield end
    finally:
        end()
        await asyncio.gather(*ending, delivering)


async def the_workspace(app: App, wanted: str) -> Workspace:
    """The academy that the command line means: the only one, the one named, or a new local one where there is none yet."""
    return await meant_by(app.directory, wanted) or await app.local_workspace("Brobygger")
