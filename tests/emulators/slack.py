"""Slack on this machine: the genuine bolt and sdk talk to it over HTTP and WebSocket, unmodified.

It is stricter than Slack where Slack puts up with something. One emulator is one application at Slack with any number of
workspaces::

    async with SlackEmulator() as slack:
        team = slack.team("Academy")
        anna = team.person("Anna")
        ...                                 # bolt with base_url=slack.api_url and team.token_value
        await anna.types("/profile", "pause")
        await anna.until_sees("You have a break")

Where it is stricter: blocks need a text beside them; a reply needs a root that is there; unknown fields, blocks and elements
are refused; tables are of equal rows; who is named in rich text belongs to the workspace; an argument that a method does not
have, a wrong acknowledgement and a wrong use of a response_url are kept in ``slack.problems``. What Slack has never told
(how long blocks may be together, bursts) is taken at the lower end of what people report.

What it leaves out: Slack Connect, user tokens, threads' subscriptions, unfurling, the newer blocks (cards, plans, video).
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.emulators.slack_answers import Answers
from tests.emulators.slack_delivery import Delivered, Delivery
from tests.emulators.slack_faults import Faults
from tests.emulators.slack_messages import Store
from tests.emulators.slack_methods_chat import ChatMethods
from tests.emulators.slack_methods_conversations import ConversationMethods
from tests.emulators.slack_methods_files import FileMethods
from tests.emulators.slack_methods_people import PeopleMethods
from tests.emulators.slack_methods_views import ViewMethods
from tests.emulators.slack_oauth import OAuth
from tests.emulators.slack_parts import Parts
from tests.emulators.slack_payloads import Payloads
from tests.emulators.slack_rates import Rates, Refused
from tests.emulators.slack_signed import SignedHttp
from tests.emulators.slack_socket import Sockets
from tests.emulators.slack_team import Team
from tests.emulators.slack_time import Clock, RunningClock
from tests.emulators.slack_web import WebApi, drop
from tests.emulators.slack_world import Application, Called, World

_QUIET = 0.05


class SlackEmulator:
    def __init__(
        self,
        clock: Clock | None = None,
        *,
        transport: str = "socket",
        request_url: str = "",
        manifest: Mapping[str, Any] | None = None,
        rates: Rates | None = None,
        app: Application | None = None,
    ) -> None:
        self.app = app or Application()
        if manifest is not None:
            self.app.manifest = manifest
            self.app.scopes = tuple(manifest["oauth_config"]["scopes"]["bot"])
            self.app.rotates_tokens = bool(manifest.get("settings", {}).get("token_rotation_enabled"))
        self.app.transport, self.app.request_url = transport, request_url
        self.world = World(clock or RunningClock(), self.app, rates or Rates())
        self.store = Store(self.world)
        views = ViewMethods(self.world, self.store)
        people = PeopleMethods(self.world)
        self._files = FileMethods(self.world, self.store)
        oauth = OAuth(self.world)
        groups = (
            ChatMethods(self.world, self.store),
            ConversationMethods(self.world),
            people,
            views,
            self._files,
            oauth,
        )
        self.web = WebApi(self.world, {name: method for group in groups for name, method in group.methods().items()})
        self.sockets = Sockets(self.world, people)
        self.signed = SignedHttp(self.world)
        self.answers = Answers(self.world, self.store, views)
        self.delivery = Delivery(self.world, self.sockets, self.signed)
        self.world.dispatch_event = self.delivery.event
        self.parts = Parts(self.world, self.store, views, self.answers, Payloads(self.world), self.delivery, oauth)
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None
        self._port = 0
        self._clockwork: asyncio.Task[None] | None = None
        self._down = ""

    # Addresses and shortcuts to what tests look at

    @property
    def api_url(self) -> str:
        return f"{self.world.origin}/api/"

    @property
    def authorize_url(self) -> str:
        return f"{self.world.origin}/oauth/v2/authorize"

    @property
    def faults(self) -> Faults:
        return self.world.faults

    @property
    def calls(self) -> list[Called]:
        return self.world.calls

    def called(self, method: str) -> list[Called]:
        return [call for call in self.world.calls if call.method == method]

    @property
    def refused(self) -> list[Refused]:
        """Every 429, with its bucket."""
        return self.world.limiter.refused

    @property
    def deliveries(self) -> list[Delivered]:
        return self.delivery.log

    @property
    def problems(self) -> list[str]:
        """What the bot did that Slack takes amiss without telling it."""
        return [
            *self.world.problems,
            *self.answers.problems,
            *(f"strange frame: {sorted(frame)}" for frame in self.sockets.strange),
        ]

    @property
    def up(self) -> bool:
        return not self._down and self._site is not None

    # Workspaces

    def team(
        self, name: str, *, installed: bool = True, enterprise: str = "", transport: str = "", org_wide: bool = False
    ) -> Team:
        """A workspace, with the application in it unless told otherwise; a second call gives the same one."""
        found = next((team for team in self.world.teams.values() if team.name == name), None)
        if isinstance(found, Team):
            return found
        identifier = self.world.names.next("T")
        domain = "".join(letter for letter in name.lower() if letter.isalnum())
        team = Team(
            identifier, name, domain, enterprise, f"{enterprise} org" if enterprise else "", transport=transport
        )
        team.parts = self.parts
        self.world.teams[identifier] = team
        sister = next(
            (t for t in self.world.teams.values() if enterprise and t.org_wide and t.enterprise == enterprise), None
        )
        if sister is not None and sister.installed and sister.bot is not None:
            # What an organisation installed is there for its new workspaces as well.
            team.token, team.org_wide, team.bot = sister.token, True, sister.bot
            team.users[sister.bot.id] = sister.bot
        elif installed:
            self.world.new_token(team, org_wide=org_wide)
        return team

    # Waiting

    async def until(self, true: Callable[[], object], patience: float = 5.0) -> None:
        await self.world.until(true, patience)

    async def connected(self, number: int = 1, patience: float = 5.0) -> None:
        """Until so many sockets are open."""
        await self.world.until(lambda: len(self.sockets.connections) >= number, patience)

    async def quiet(self, seconds: float = _QUIET) -> None:
        """Until nothing is asked and nothing is told for a moment. For what should NOT happen; else wait for what should."""
        seen = -1
        while seen != (seen := len(self.world.calls) + len(self.delivery.log)) or self.web.in_flight:
            await self.delivery.told()
            await asyncio.sleep(seconds)

    # Faults of the whole

    async def goes_down(self, *, minutes: float = 10.0, refuses: bool = False) -> None:
        """Answers 503 to everything, or refuses connections, until that many minutes passed by the clock."""
        self._down = "refuses" if refuses else "503"
        await self.sockets.cut()
        if refuses and self._site is not None:
            await self._site.stop()
            self._site = None

        async def back() -> None:
            await self.comes_back()

        self.world.timers.after(timedelta(minutes=minutes).total_seconds(), back)

    async def comes_back(self) -> None:
        self._down = ""
        if self._site is None and self._runner is not None:
            self._site = web.TCPSite(self._runner, "127.0.0.1", self._port)
            await self._site.start()
        self.world.changed()

    async def refreshes_connections(self, *, warning: bool = False) -> None:
        await self.sockets.refresh(warning=warning)

    # Running

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=64 * 1024 * 1024, middlewares=[self._outage])
        application.add_routes(self._routes())
        self._runner = web.AppRunner(application, shutdown_timeout=0.5)
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await self._site.start()
        self._port = self._runner.addresses[0][1]
        self.world.origin = f"http://127.0.0.1:{self._port}"
        self._clockwork = asyncio.create_task(self.world.timers.run())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._clockwork is not None
        assert self._runner is not None
        self._clockwork.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._clockwork
        await self.world.timers.close()
        await self.sockets.cut()
        await self.signed.close()
        await self._runner.cleanup()
        if error is None and self.world.timers.failures:
            raise self.world.timers.failures[0]

    def _routes(self) -> Iterable[web.AbstractRouteDef]:
        return (
            web.route("*", "/api/{method}", self.web.handle),
            web.get("/link/", self.sockets.handle),
            web.post("/actions/{team}/{name}", self.answers.handle),
            web.post("/upload/v1/{ticket}", self._files.upload),
            web.get("/files-pri/{file}/{name}", self._files.download),
            web.get("/files-pri/{file}/download/{name}", self._files.download),
            web.get("/oauth/v2/authorize", self.parts.oauth.page),
        )

    @web.middleware
    async def _outage(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if self._down == "refuses":
            return drop(request)
        if self._down:
            return web.Response(status=503, text="Service Unavailable")
        try:
            return await handler(request)
        except (web.HTTPException, ConnectionError):
            raise
        except Exception as wrong:
            # A mistake of the emulator itself: the test shall know, whatever the bot made of a 500.
            self.world.timers.failures.append(wrong)
            raise
