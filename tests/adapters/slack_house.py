"""A house with the genuine bolt on a real port, which teams of the emulated Slack install."""

import asyncio
import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import httpx
import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.oauth.installation_store import Bot, Installation
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from adapters.slack.asking import web_client
from adapters.slack.authorizing import INSTALL_PATH, REDIRECT_PATH, Bolt, make_bolt, oauth_settings, rotator
from adapters.slack.installations import Installations
from adapters.slack.pages import Pages
from adapters.slack.sealing import Stores, stores_in
from bot.identity import WorkspaceId
from bot.members.domain import WorkspaceOptions
from bot.words import Languages
from storage.engine import Database
from storage.slack_states import forget_states
from tests import databases
from tests.databases import Storage
from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_team import Team
from tests.emulators.slack_world import Application
from tests.fakes import StoppedClock

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SCOPES = ("chat:write", "commands", "im:write")


def this_minute() -> StoppedClock:
    """bolt and the sdk look at the machine's clock, so that ours begins there."""
    return StoppedClock(datetime.now(UTC))


@dataclass(slots=True)
class House:
    """One process. ``commands``: the workspace and the text of each command that reached us."""

    storage: Storage
    slack: SlackEmulator
    clock: StoppedClock
    installations: Installations
    bolt: Bolt
    stores: Stores | None
    url: str = ""
    commands: list[tuple[WorkspaceId | None, str]] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def install_url(self) -> str:
        return self.url + INSTALL_PATH

    async def heard(self, commands: int = 0, events: int = 0) -> None:
        """Until so many reached us."""
        async with asyncio.timeout(5):
            while len(self.commands) < commands or len(self.events) < events:
                self.changed.clear()
                await self.changed.wait()

    async def workspace(self, external: str) -> WorkspaceId:
        found = await self.storage.directory.find(external)
        assert found is not None, f"there is no workspace {external}"
        return found.id

    async def is_frozen(self, external: str) -> bool:
        found = await self.storage.directory.find(external)
        assert found is not None
        return found.frozen_at is not None


def stores_of(storage: Storage, clock: StoppedClock, client_id: str) -> Stores:
    database: Database | None = storage.database
    assert database is not None

    async def tidy() -> int:
        return await forget_states(database, clock.now())

    return stores_in(database, client_id, tidy)


def a_house(
    storage: Storage,
    slack: SlackEmulator,
    clock: StoppedClock,
    languages: Languages,
    *,
    oauth: bool = True,
    fixed: str = "",
    claims: bool = False,
    public_url: str = "http://127.0.0.1:1",
) -> House:
    app = slack.app
    client = web_client(slack.api_url)
    stores = stores_of(storage, clock, app.client_id) if oauth else None
    installations = Installations(
        storage.directory,
        clock,
        client,
        WorkspaceOptions(language="da"),
        store=None if stores is None else stores.installations,
        rotator=None if stores is None else rotator(client, app.client_id, app.client_secret),
        fixed=fixed,
        claims=claims,
    )
    settings = None
    if stores is not None:
        settings = oauth_settings(app.client_id, app.client_secret, SCOPES, stores, slack.api_url, public_url)
    pages = Pages(languages, "en", COPENHAGEN)
    bolt = make_bolt(installations, client, pages, signing_secret=app.signing_secret, settings=settings)
    house = House(storage, slack, clock, installations, bolt, stores)
    listen(house)
    return house


def listen(house: House) -> None:
    async def command(ack: AsyncAck, context: AsyncBoltContext, command: Mapping[str, str]) -> None:
        await ack()
        org_wide = context.is_enterprise_install is True
        place = await house.installations.workspace_of(context.team_id, context.enterprise_id, org_wide)
        house.commands.append((place, command["text"]))
        house.changed.set()

    async def event(context: AsyncBoltContext, event: Mapping[str, str]) -> None:
        if event["type"] in ("app_uninstalled", "tokens_revoked"):
            org_wide = context.is_enterprise_install is True
            await house.installations.uninstalled(context.team_id, context.enterprise_id, org_wide)
        house.events.append(event["type"])
        house.changed.set()

    house.bolt.command(re.compile(".*"))(command)
    house.bolt.event(re.compile(".*"))(event)


@asynccontextmanager
async def served(
    storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages, **more: str | bool
) -> AsyncGenerator[House, None]:
    """The house on a port of its own, and Slack told of it."""
    here: list[House] = []

    async def handle(request: Request) -> Response:
        return await AsyncSlackRequestHandler(here[0].bolt).handle(request)

    app = Starlette(
        routes=[
            Route("/slack/events", handle, methods=["POST"]),
            Route(INSTALL_PATH, handle),
            Route(REDIRECT_PATH, handle),
        ]
    )
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", lifespan="off"))
    running = asyncio.create_task(server.serve())
    try:
        while not server.started:  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        house = a_house(storage, slack, clock, languages, public_url=url, **more)  # type: ignore[arg-type]  # its own names
        house.url = url
        here.append(house)
        slack.app.request_url = f"{url}/slack/events"
        slack.app.redirect_urls = (url,)
        yield house
    finally:
        server.should_exit = True
        await running


def an_app(*, rotates: bool = False) -> Application:
    return Application(transport="http", rotates_tokens=rotates)


def granted(team: Team, clock: StoppedClock, *, org_wide: bool = False) -> Installation:
    """What the OAuth flow brings for a team in which the application is already."""
    token = team.token
    assert token is not None
    return Installation(
        app_id="A1",
        enterprise_id=team.enterprise or None,
        enterprise_name=team.enterprise_name or None,
        team_id=None if org_wide else team.id,
        team_name=team.name,
        bot_token=token.value,
        bot_id=token.bot_id,
        bot_user_id=token.user,
        bot_scopes=list(SCOPES),
        bot_refresh_token=token.refresh or None,
        bot_token_expires_at=None if token.expires is None else int(token.expires.timestamp()),
        user_id="W1",
        is_enterprise_install=org_wide,
        installed_at=clock.now().timestamp(),
    )


async def moved_in(house: House, team: Team, *, org_wide: bool = False) -> WorkspaceId:
    return (await house.installations.installed(granted(team, house.clock, org_wide=org_wide))).id


async def bots(house: House, team: Team) -> list[Bot]:
    """Every row that is kept of a team's bot."""
    assert house.stores is not None
    found = await house.stores.installations.async_find_bot(enterprise_id=None, team_id=team.id)
    assert house.storage.database is not None
    rows = databases.rows_of(databases.url_text(house.storage.database.url), "SELECT id FROM slack_bots")
    return [] if found is None else [found] * len(rows)


@dataclass(frozen=True, slots=True)
class Begun:
    """The first page, with the state in it and the cookies that the browser has then."""

    page: httpx.Response
    state: str
    cookies: str


async def begin_at(house: House, query: str = "", **headers: str) -> Begun:
    """Opens the page from which it is installed."""
    async with httpx.AsyncClient(trust_env=False) as browser:
        page = await browser.get(house.install_url + query, headers=headers)
    jar: SimpleCookie = SimpleCookie(page.headers["set-cookie"])
    link = page.text.split('class="go" href="')[1].split('"')[0].replace("&amp;", "&")
    cookies = "; ".join(f"{name}={one.value}" for name, one in jar.items())
    return Begun(page, parse_qs(urlsplit(link).query)["state"][0], cookies)


async def return_to(
    house: House, team: Team, begun: Begun, *, org_wide: bool = False, redirect_to: House | None = None
) -> httpx.Response:
    """Allows it at Slack and follows the way back."""
    target = redirect_to or house
    asked = {"scope": ",".join(SCOPES), "redirect_uri": f"{target.url}{REDIRECT_PATH}", "state": begun.state}
    back = house.slack.parts.oauth.allow(asked, team, team.person("Anna").id, org_wide=org_wide)
    async with httpx.AsyncClient(trust_env=False) as browser:
        return await browser.get(back, headers={"cookie": begun.cookies})
