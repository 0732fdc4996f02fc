"""Discord on this machine: the genuine discord.py talks to it over HTTP and WebSocket, unmodified.

It is stricter than Discord where Discord puts up with something. One emulator is one application at Discord with any number
of guilds::

    async with DiscordEmulator() as discord:
        guild = discord.guild("Academy")
        anna = guild.person("Anna", locale="da")
        ...                                 # discord.py with discord.api_url and discord.token
        await anna.types("/profile pause", until="2 uger")
        await anna.until_sees("You have a break")

Where it is stricter: a body with a field that Discord does not know, or would put up with, is refused. Kept in
``discord.problems`` is every refused body and what a careful bot does not do: a file that no component shows, a thread
without a type, an answer that is louder than it says, a token that is sent to the CDN. Where Discord has never told a number
(how long a nonce is known, the buckets of single routes) it is what people report.

What it leaves out: voice, reactions, channels' webhooks, forums' tags, votes in polls, emoji, stickers, invites, audit logs,
moderation, monetisation.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.emulators import discord_permissions as permissions
from tests.emulators.discord_asking import Asking
from tests.emulators.discord_faults import Faults
from tests.emulators.discord_gateway import Gateway
from tests.emulators.discord_guild import Guild
from tests.emulators.discord_rates import Limiter, Rates, Refused
from tests.emulators.discord_rest import Rest, drop
from tests.emulators.discord_routes_answers import AnswerRoutes
from tests.emulators.discord_routes_commands import CommandRoutes
from tests.emulators.discord_routes_guilds import GuildRoutes
from tests.emulators.discord_routes_messages import MessageRoutes
from tests.emulators.discord_routes_places import PlaceRoutes
from tests.emulators.discord_sight import Parts
from tests.emulators.discord_state import Role
from tests.emulators.discord_store import Store
from tests.emulators.discord_world import Application, Called, World
from tests.emulators.slack_time import Clock, RunningClock

_QUIET = 0.05


class DiscordEmulator:
    def __init__(
        self, clock: Clock | None = None, *, app: Application | None = None, rates: Rates | None = None
    ) -> None:
        self.app = app or Application()
        self.world = World(clock or RunningClock(), self.app)
        self.gateway = Gateway(self.world)
        self.store = Store(self.world, self.gateway)
        self.asking = Asking(self.world, self.gateway, {})
        self.limiter = Limiter(self.world.clock, rates or Rates())
        groups = (
            GuildRoutes(self.world, self.gateway, self.store),
            CommandRoutes(self.world),
            MessageRoutes(self.world, self.store),
            PlaceRoutes(self.world, self.store),
            AnswerRoutes(self.world, self.store),
        )
        self.rest = Rest(self.world, self.limiter, [route for group in groups for route in group.routes()])
        self.parts = Parts(self.world, self.gateway, self.store, self.asking)
        self._named: dict[str, Guild] = {}
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None
        self._port = 0
        self._clockwork: asyncio.Task[None] | None = None
        self._down = ""
        # More than Discord has, at the same address: a door to steer it from another process.
        self.more_routes: list[web.AbstractRouteDef] = []

    # Addresses and shortcuts to what tests look at

    @property
    def api_url(self) -> str:
        """What ``DISCORD_API_URL`` is set to."""
        return f"{self.world.origin}/api/v10"

    @property
    def gateway_url(self) -> str:
        return f"{self.world.origin.replace('http', 'ws', 1)}/gateway"

    @property
    def token(self) -> str:
        return self.app.token

    @property
    def faults(self) -> Faults:
        return self.world.faults

    @property
    def calls(self) -> list[Called]:
        return self.world.calls

    def called(self, route: str) -> list[Called]:
        """``discord.called("POST /channels/{channel}/messages")``."""
        return [call for call in self.world.calls if call.route == route]

    @property
    def refused(self) -> list[Refused]:
        """Every 429, with its bucket."""
        return self.limiter.refused

    @property
    def events(self) -> list[str]:
        """The names of the events that the gateway told."""
        return [name for name, _data in self.gateway.sent]

    @property
    def problems(self) -> list[str]:
        """What the bot did that Discord refuses or takes amiss."""
        return self.world.problems

    # Guilds

    def guild(
        self, name: str, *, installed: bool = True, locale: str = "en-US", channels: tuple[str, ...] = ("general",)
    ) -> Guild:
        """A guild with a channel, the bot in it unless told otherwise; a second call gives the same one."""
        if (known := self._named.get(name)) is not None:
            return known
        guild = Guild(
            self.world.guild_id(), name, "1000000000000000009", self.world.clock.now(), locale, installed=False
        )
        guild.parts = self.parts
        self._named[name] = guild
        guild.roles[guild.id] = Role(guild.id, "@everyone", permissions.EVERYONE, 0)
        self.world.guilds[guild.id] = guild
        for channel in channels:
            made = guild.channel(channel)
            guild.system_channel = guild.system_channel or made.id
        if installed:
            guild.invites_bot()
        return guild

    def guilds(self) -> list[Guild]:
        return [guild for guild in self.world.guilds.values() if isinstance(guild, Guild)]

    # Waiting

    async def until(self, true: Callable[[], object], patience: float = 5.0) -> None:
        await self.world.until(true, patience)

    async def connected(self, shards: int = 1, patience: float = 10.0) -> None:
        """Until so many shards have identified."""
        await self.world.until(lambda: self.gateway.ready(shards), patience)

    async def quiet(self, seconds: float = _QUIET) -> None:
        """Until nothing is asked and nothing is told for a moment. For what should NOT happen; else wait for what should."""
        seen = -1
        while seen != (seen := len(self.world.calls) + len(self.gateway.sent)) or self.rest.in_flight:  # noqa: ASYNC110 (nobody tells that nothing happens)
            await asyncio.sleep(seconds)

    def now(self) -> datetime:
        return self.world.clock.now()

    # Faults of the whole

    async def goes_down(self, *, refuses: bool = False) -> None:
        """Answers 503 to everything, or refuses connections, until `comes_back`; the gateway is cut."""
        self._down = "refuses" if refuses else "503"
        self.gateway.down = True
        self.gateway.cut()
        if refuses and self._site is not None:
            await self._site.stop()
            self._site = None

    async def comes_back(self) -> None:
        self._down = ""
        self.gateway.down = False
        if self._site is None and self._runner is not None:
            self._site = web.TCPSite(self._runner, "127.0.0.1", self._port)
            await self._site.start()
        self.world.changed()

    # Running

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=64 * 1024 * 1024, middlewares=[self._outage])
        application.add_routes(
            (
                web.route("*", "/api/v10/{path:.*}", self.rest.handle),
                web.get("/gateway", self.gateway.handle),
                web.get("/gateway/", self.gateway.handle),
                web.get("/attachments/{file}/{name}", self._file),
                *self.more_routes,
            )
        )
        self._runner = web.AppRunner(application, shutdown_timeout=0.5, access_log=None)
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", self._port, backlog=1024)
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
        self.gateway.drop()
        await self._runner.cleanup()
        if error is None and self.world.timers.failures:
            raise self.world.timers.failures[0]

    async def _file(self, request: web.Request) -> web.StreamResponse:
        found = self.world.files.get(request.match_info["file"])
        if found is None or "Authorization" in request.headers:
            if found is not None:
                self.world.problems.append("the bot's token was sent to the CDN")
            return web.Response(status=404)
        return web.Response(body=found.data, content_type=found.kind)

    @web.middleware
    async def _outage(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if self._down == "refuses":
            return drop(request)
        if self._down:
            return web.Response(status=503, text="upstream connect error", content_type="text/html")
        try:
            return await handler(request)
        except (web.HTTPException, ConnectionError):
            raise
        except Exception as wrong:
            # A mistake of the emulator itself: the test shall know, whatever the bot made of a 500.
            self.world.timers.failures.append(wrong)
            raise
