"""All of Slack in one process: made from the settings, begun with the service, ended with it."""

import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient
from starlette.routing import BaseRoute

from adapters.slack.api import SlackApi
from adapters.slack.app import listen
from adapters.slack.asking import web_client
from adapters.slack.authorizing import Bolt, make_bolt, oauth_settings, rotator
from adapters.slack.chat import SlackChat
from adapters.slack.doors import slack_routes
from adapters.slack.front import Front
from adapters.slack.installations import Installations
from adapters.slack.pace import RATES, Rate
from adapters.slack.pages import Pages
from adapters.slack.people import People
from adapters.slack.scopes import SCOPES
from adapters.slack.sealing import Database, Stores, stores_in
from adapters.slack.socket import SocketLine
from adapters.slack.threads import SlackThreads
from adapters.slack.working import Working
from bot.dispatcher import FrontDesk, House
from bot.identity import WorkspaceId
from bot.members.domain import WorkspaceOptions
from bot.messages.actions import Action
from bot.metrics import UNMETERED, Meters
from bot.ports import Clock, Units, WorkspaceDirectory
from bot.settings import Settings
from bot.words import Languages

_log = logging.getLogger(__name__)
# How long the start waits to be able to say that the socket is open; it goes on connecting after that.
_GREETING = 5.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the house gives its Slack. ``tidy`` removes what the OAuth flow leaves behind; ``buttons`` are the actions that
    may be pressed."""

    desk: FrontDesk
    database: Database
    directory: WorkspaceDirectory
    units: Units
    languages: Languages
    clock: Clock
    house: House
    tidy: Callable[[], Awaitable[object]]
    buttons: Collection[type[Action]] = ()
    meters: Meters = UNMETERED


class SlackService:
    """Listens and speaks for every workspace of this process. ``public_url``: where its web pages are reached; ``rates``:
    how fast its methods are called at first, where that is not the usual."""

    def __init__(
        self, settings: Settings, around: Surroundings, public_url: str, rates: Mapping[str, Rate] | None = None
    ) -> None:
        self._settings = settings
        self._around = around
        self._public_url = settings.brobygger_public_url or public_url
        self._chats: dict[WorkspaceId, SlackChat] = {}
        self._client = web_client(settings.slack_api_url)
        self._stores = self._stores_of_app()
        self._installations = self._make_installations(self._client)
        self._api = SlackApi(
            settings.slack_api_url,
            self._installations,
            around.clock,
            rates=RATES if rates is None else rates,
            meters=around.meters,
        )
        self._people = People(self._api, around.clock)
        self._socket: SocketLine | None = None
        self._working = Working()
        self._bolt = self._make_bolt()
        self._adapter = listen(self._bolt, self._make_front())
        self.routes: list[BaseRoute] = self._routes()

    def chat(self, workspace: WorkspaceId) -> SlackChat:
        """The conversations of one workspace; the same object every time."""
        found = self._chats.get(workspace)
        if found is None:
            around = self._around
            touched = self._adapter.touched
            found = SlackChat(
                workspace, self._api, around.units, around.clock, touched, self._settings.brobygger_public_url
            )
            self._chats[workspace] = found
        return found

    def threads(self, workspace: WorkspaceId) -> SlackThreads:
        """What people wrote in one workspace."""
        return SlackThreads(workspace, self._api, self._people)

    def trouble(self) -> str:
        """What is wrong until somebody changes the settings; empty where nothing is."""
        return self._installations.trouble or ("" if self._socket is None else self._socket.trouble)

    @asynccontextmanager
    async def at_work(self) -> AsyncGenerator[None, None]:
        """Learns where it is, and listens until the block ends. Raises SettingsError for a token that Slack does not know;
        where Slack cannot be reached it goes on trying."""
        socket: SocketLine | None = None
        try:
            await self._installations.begin()
            app_token = self._settings.slack_app_token.get_secret_value()
            if app_token:
                socket = SocketLine(self._bolt, self._working, app_token, self._settings.slack_api_url)
                self._socket = socket
                await socket.open()
                if not await socket.opened(_GREETING):
                    _log.warning("Slack has not opened the socket yet; trying on")
            yield
        finally:
            if socket is not None:
                await socket.close()
            await self._adapter.finish()
            await self._api.close()

    def _routes(self) -> list[BaseRoute]:
        secret = self._settings.slack_signing_secret.get_secret_value()
        if not (secret or self._settings.slack_client_id):
            return []
        return list(slack_routes(self._bolt, self._working, secret))

    def _stores_of_app(self) -> Stores | None:
        client_id = self._settings.slack_client_id
        return stores_in(self._around.database, client_id, self._around.tidy) if client_id else None

    def _make_installations(self, client: AsyncWebClient) -> Installations:
        settings, around, stores = self._settings, self._around, self._stores
        secret = settings.slack_client_secret.get_secret_value()
        return Installations(
            around.directory,
            around.clock,
            client,
            WorkspaceOptions(language=around.house.language, timezone=around.house.zone.key),
            store=None if stores is None else stores.installations,
            rotator=None if stores is None else rotator(client, settings.slack_client_id, secret),
            fixed=settings.slack_bot_token.get_secret_value(),
            claims=True,
        )

    def _make_bolt(self) -> Bolt:
        settings, around = self._settings, self._around
        flow = None
        if self._stores is not None:
            flow = oauth_settings(
                settings.slack_client_id,
                settings.slack_client_secret.get_secret_value(),
                tuple(SCOPES),
                self._stores,
                settings.slack_api_url,
                self._public_url,
            )
        pages = Pages(around.languages, around.house.language, around.house.zone)
        secret = settings.slack_signing_secret.get_secret_value()
        return make_bolt(self._installations, self._client, pages, signing_secret=secret, settings=flow)

    def _make_front(self) -> Front:
        around = self._around
        return Front(
            desk=around.desk,
            api=self._api,
            installations=self._installations,
            people=self._people,
            chats=self.chat,
            units=around.units,
            languages=around.languages,
            clock=around.clock,
            house=around.house,
            buttons=around.buttons,
            public_url=self._settings.brobygger_public_url,
            working=self._working,
        )
