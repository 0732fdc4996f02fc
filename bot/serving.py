"""What ``brobygger`` does with the house once it is built: serves it, looks after it, tells how it stands.

Like the bootstrap it knows every room; only the command line and the tests import it.
"""

import re
import socket
import webbrowser
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from adapters.clock import SystemClock
from adapters.embedders.choice import look_at_meaning
from adapters.metrics import MEDIA_TYPE
from adapters.planner import ProcessPlanner
from adapters.summarisers.choice import look_at_model
from adapters.web.app import make_app
from adapters.web.bank import House as BankHouse
from adapters.web.bank import bank_routes
from adapters.web.calendar import calendar_route
from adapters.web.front import Front, Guiding
from adapters.web.server import Stop, address_of, bound
from adapters.web.server import serve as listen
from adapters.web.service import Figures, service_pages
from adapters.web.spots import PLATFORM
from bot.bank.publishing import PublicBank
from bot.bootstrap import App, at_work, opened_app
from bot.camps.calendars import CalendarFeeds
from bot.deliveries.limits import Limits
from bot.demo.academy import settle
from bot.demo.challenge import pose
from bot.demo.guide import Guide, guide
from bot.doctor import Finding, look_at_disk, look_at_settings
from bot.identity import MemberId, WorkspaceId
from bot.ports import Units
from bot.readiness import Readiness
from bot.settings import LOOPBACK, Settings
from bot.stopping import Ending
from bot.words import Words
from commands import ACTIONS, COMMANDS
from storage import backup, upgrade
from storage.engine import sqlite_file
from storage.hearing import StoredHearing
from storage.looking import look_at_database
from storage.slack_states import forget_states

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from adapters.discord.service import DiscordService
    from adapters.slack.pace import Rate
    from adapters.slack.service import SlackService


async def examine(settings: Settings) -> list[Finding]:
    """What ``brobygger doctor`` tells."""
    findings = look_at_settings(settings)
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        findings.append(look_at_disk(sqlite_file(url).parent))
    findings.append(await look_at_database(settings.database_url))
    findings.append(await look_at_meaning(settings))
    findings.append(await look_at_model(settings))
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


async def restore_database(settings: Settings, file: Path, *, keep: bool = True) -> backup.Restored:
    """Puts a copy in the database's place, and keeps what was there, unless told otherwise."""
    return await backup.restore(settings.database_url, file, SystemClock().now(), keep=keep)


async def serve_demo(
    settings: Settings, planner: ProcessPlanner, say: Callable[[str], None], *, open_browser: bool
) -> None:
    """The local workspace: an academy of invented members, or the one that this database already holds."""
    listening = bound(settings.brobygger_host, settings.brobygger_port)
    address = address_of(listening)
    here = {"brobygger_public_url": settings.brobygger_public_url or _askable(address)}
    async with opened_app(settings.model_copy(update=here), planner) as app:
        words = app.languages.words(app.house.language, app.house.zone)
        workspace = await app.local_workspace(words.say("The academy"))
        cast = await settle(app.units, workspace.id, words, app.clock, app.planner)
        await pose(app.units, app.platforms.on(workspace.id, PLATFORM), workspace.id, cast, app.clock.now())
        front = Front(
            workspace=workspace,
            desk=app.desk,
            units=app.units,
            languages=app.languages,
            commands=COMMANDS,
            actions=app.dispatcher.actions,
            clock=app.clock,
            hub=app.hub,
            hosts=_names(settings.brobygger_host),
            guide=_guiding(app.units, workspace.id),
            first=cast.first,
            routes=(_calendars(app), *_bank(app, address)),
        )

        def ready() -> None:
            say(f"Brobygger is at {address} (stop it with Ctrl+C)")
            if open_browser:
                webbrowser.open(address)

        with Ending() as ending:
            async with at_work(app) as stops:
                await listen(make_app(front), listening, ready, _stop(ending, stops, app.hub.close))


async def serve(
    settings: Settings,
    say: Callable[[str], None],
    limits: Limits | None = None,
    slack_rates: Mapping[str, "Rate"] | None = None,
) -> None:
    """The service: the clock, the courier, every platform that has its settings, and the pages that need no sign-in.

    ``limits`` and ``slack_rates`` are for who plays through in seconds what takes an hour at the usual pace.
    """
    listening = bound(settings.brobygger_host, settings.brobygger_port)
    address = address_of(listening)
    await upgrade.until_ready(settings.database_url)
    with Ending() as ending:
        async with opened_app(settings, limits=limits) as app, AsyncExitStack() as platforms:
            ready = Readiness(app.ready, app.clock)
            slack = _slack(app, address, slack_rates) if settings.speaks_slack() else None
            if slack is not None:
                app.platforms.serve("slack", slack.chat)
                app.platforms.read("slack", slack.threads)
                ready.watch(slack.trouble)
                await platforms.enter_async_context(slack.at_work())
            if settings.speaks_discord():
                discord = _discord(app)
                app.platforms.serve("discord", discord.chat)
                app.platforms.read("discord", discord.threads)
                ready.watch(discord.trouble)
                await platforms.enter_async_context(discord.at_work())
            figures = Figures(app.meters.page, MEDIA_TYPE, settings.brobygger_metrics_token.get_secret_value())
            routes = [*(slack.routes if slack is not None else ()), _calendars(app), *_bank(app, address)]
            pages = service_pages(ready, figures, routes)
            async with at_work(app) as stops:
                stop = _stop(ending, stops, lambda: None, ready)
                await listen(pages, listening, lambda: say(f"Brobygger is running at {address}"), stop)


def _stop(
    ending: Ending, stops: Callable[[], None], closes: Callable[[], None], ready: Readiness | None = None
) -> Stop:
    """What the signal sets off: the time runs, nothing new is begun, and whoever watches is told before the end comes."""

    def begins() -> None:
        ending.begin()
        stops()
        if ready is not None:
            ready.stop()

    async def heard() -> None:
        if ready is not None:
            await ready.heard()

    return Stop(begins, heard, closes, ending.at_once)


def _askable(address: str) -> str:
    """The demo's address for others: a machine that listens everywhere is asked by its name."""
    return re.sub(r"//(?:0\.0\.0\.0|\[::\])(?=:)", f"//{socket.gethostname()}", address).rstrip("/")


def _calendars(app: App) -> "BaseRoute":
    """Where calendar programs ask."""
    return calendar_route(CalendarFeeds(app.units, app.directory, app.languages, app.clock).read)


def _bank(app: App, address: str) -> "tuple[BaseRoute, ...]":
    """Where everybody reads what academies have published."""
    public = PublicBank(app.units, app.directory, app.services.bank)
    here = (app.settings.brobygger_public_url or address).rstrip("/")
    return bank_routes(BankHouse(public, app.languages, app.clock, app.house.language, app.house.zone, here))


def _slack(app: App, address: str, rates: Mapping[str, "Rate"] | None) -> "SlackService":
    """Slack as this house has it. The team of SLACK_BOT_TOKEN takes over the academy that was filled on the command line."""
    # Its libraries take a good part of a second to load, and a house without Slack needs none of them.
    from adapters.slack.service import SlackService, Surroundings

    around = Surroundings(
        desk=app.desk,
        meters=app.meters,
        database=app.database,
        directory=app.directory,
        units=app.units,
        languages=app.languages,
        clock=app.clock,
        house=app.house,
        tidy=lambda: forget_states(app.database, app.clock.now()),
        buttons=frozenset(row.action for row in ACTIONS),
    )
    return SlackService(app.settings, around, address.rstrip("/"), rates)


def _discord(app: App) -> "DiscordService":
    """Discord as this house has it. Like Slack's, its library takes a while to load."""
    from adapters.discord.service import DiscordService, Surroundings

    around = Surroundings(
        desk=app.desk,
        meters=app.meters,
        commands=COMMANDS,
        directory=app.directory,
        units=app.units,
        languages=app.languages,
        clock=app.clock,
        house=app.house,
        # A SQLite file has one process only.
        first_to_hear=None if app.database.is_sqlite else StoredHearing(app.database, app.clock).first,
        changes=app.database.people,
    )
    return DiscordService(app.settings, around)


def _guiding(units: Units, workspace: WorkspaceId) -> Guiding:
    async def guiding(viewer: MemberId, words: Words) -> Guide | None:
        return await guide(units, workspace, words, viewer)

    return guiding


def _names(host: str) -> frozenset[str]:
    loopback = frozenset({"127.0.0.1", "localhost", "[::1]"})
    return loopback if host in LOOPBACK else loopback | {host, socket.gethostname().casefold()}
