"""A small academy on Slack for the tests: the emulator, the genuine library, our adapter, and storage in memory."""

import asyncio
import logging
import socket
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import uvicorn
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette

from adapters.slack.api import SlackApi
from adapters.slack.app import SlackAdapter, listen
from adapters.slack.chat import SlackChat
from adapters.slack.doors import EVENTS, slack_routes
from adapters.slack.front import Front, Patience
from adapters.slack.people import People
from adapters.slack.socket import SocketLine
from bot.announcements.service import AnnouncementService
from bot.bank.service import BankService
from bot.camps.service import CampService
from bot.dispatcher import Dispatcher, House
from bot.errors import Refused, StorageError
from bot.identity import Account, MemberId, WorkspaceId, new_id
from bot.interactions import Call, Tables
from bot.introductions.service import IntroductionService
from bot.linking.service import LinkService
from bot.members.domain import Member, Role, WorkspaceOptions
from bot.members.service import MemberService
from bot.messages.elements import Card
from bot.platforms import Platforms
from bot.polls.service import PollService
from bot.ports import Clock, Workspace
from bot.services import Services
from bot.words import Languages
from tests.adapters.slack_tables import Gate, home_card, tables
from tests.challenge_service import some_challenges
from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_person import Person
from tests.emulators.slack_rates import Rates
from tests.emulators.slack_state import Channel
from tests.emulators.slack_team import Team
from tests.emulators.slack_time import RunningClock
from tests.fakes import Memory, StoppedClock
from tests.note_service import some_notes

HASTY = Patience(form=0.2, submission=0.3, home=0.03)


@dataclass(slots=True)
class Installed:
    """Which teams the bot is in: what the installations know."""

    teams: dict[str, WorkspaceId] = field(default_factory=dict[str, WorkspaceId])
    tokens: dict[WorkspaceId, str] = field(default_factory=dict[WorkspaceId, str])
    left: list[tuple[str | None, str | None, bool]] = field(default_factory=list[tuple[str | None, str | None, bool]])
    broken: bool = False

    async def workspace_of(self, team: str | None, enterprise: str | None, org_wide: bool) -> WorkspaceId | None:
        if self.broken:
            raise StorageError("away")
        return self.teams.get(f"enterprise:{enterprise}" if org_wide else f"team:{team}")

    async def uninstalled(
        self, team: str | None, enterprise: str | None, org_wide: bool, at: datetime | None = None
    ) -> None:
        assert at is not None
        self.left.append((team, enterprise, org_wide))

    async def token(self, workspace: WorkspaceId) -> str:
        if workspace not in self.tokens:
            raise Refused("not_installed")
        return self.tokens[workspace]

    async def lost(self, workspace: WorkspaceId, token: str, error: str) -> None:
        assert error
        if self.tokens.get(workspace) == token:
            del self.tokens[workspace]


@dataclass(slots=True)
class SlackHouse:
    """Everything that a test of the listening half touches."""

    slack: SlackEmulator
    team: Team
    workspace: Workspace
    memory: Memory
    gate: Gate
    installed: Installed
    adapter: SlackAdapter
    front: Front
    bolt: AsyncApp
    anna: Person
    bo: Person
    carla: Person
    general: Channel
    members: Mapping[str, Member]

    def chat(self) -> SlackChat:
        return self.front.chats(self.workspace.id)

    async def settled(self) -> None:
        """Until nothing is in the air any more."""
        await self.slack.quiet()
        await self.adapter.finish()
        await self.slack.quiet()


def member_of(person: Person, organisation: str, role: Role = Role.MEMBER, language: str = "en") -> Member:
    return Member(
        MemberId(new_id()),
        person.name,
        organisation,
        "civil_society",
        language=language,
        role=role,
        accounts=(Account("slack", person.id),),
    )


@asynccontextmanager
async def opened_house(
    transport: str,
    languages: Languages,
    *,
    clock: Clock | None = None,
    patience: Patience = HASTY,
    rates: Rates | None = None,
    enterprise: str = "",
    org_wide: bool = False,
    served: Tables | None = None,
) -> AsyncGenerator[SlackHouse]:
    """An academy with Anna, who organises, and Bo; Carla is in the team and nobody has told the bot of her. ``served``: what
    the bot can do, instead of what is made up for the tests."""
    clock = clock or RunningClock()

    async def pause(seconds: float) -> None:
        """Time that a test holds passes at once where it is asked for."""
        if isinstance(clock, StoppedClock) and seconds >= 1:
            clock.advance(seconds=seconds)
        await asyncio.sleep(min(seconds, 0.1))

    async with SlackEmulator(clock, transport=transport, rates=rates or Rates(on=False)) as slack:
        team = slack.team("Academy", enterprise=enterprise, org_wide=org_wide)
        anna, bo, carla = team.person("Anna Lund", locale="en-GB"), team.person("Bo Dahl"), team.person("Carla Ø")
        general = team.channel("general", anna, bo, carla)
        memory, gate, installed = Memory(), Gate(), Installed()
        external = f"enterprise:{enterprise}" if org_wide else f"team:{team.id}"
        workspace = await memory.directory.ensure(external, "Akademiet", WorkspaceOptions())
        installed.teams[external] = workspace.id
        installed.tokens[workspace.id] = team.token_value
        members = {
            "anna": member_of(anna, "Rødovre Kommune", Role.ORGANISER),
            "bo": member_of(bo, "Byens Venner", language="da"),
        }
        async with memory.units(workspace.id) as work:
            await work.members.put_all(list(members.values()))
            await work.commit()
        commands, actions, forms = served or tables(gate)
        service, introductions = MemberService(memory.units, clock), IntroductionService(memory.units, clock)
        linking = LinkService(memory.units, memory.directory, clock)
        announcements = AnnouncementService(memory.units, clock, Platforms())
        camps = CampService(memory.units, clock)
        services = Services(
            service,
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

        async def home(call: Call) -> Card:
            return home_card(call.member.name, gate.items)

        house = House("da", ZoneInfo("Europe/Copenhagen"))
        desk = Dispatcher((commands, actions, forms), services, memory.units, languages, clock, house, home)
        api = SlackApi(slack.api_url, installed, clock)
        chats: dict[WorkspaceId, SlackChat] = {}
        adapters: list[SlackAdapter] = []

        def chat_of(workspace: WorkspaceId) -> SlackChat:
            if workspace not in chats:
                chats[workspace] = SlackChat(workspace, api, memory.units, clock, adapters[0].touched)
            return chats[workspace]

        front = Front(
            desk=desk,
            api=api,
            installations=installed,
            people=People(api, clock),
            chats=chat_of,
            units=memory.units,
            languages=languages,
            clock=clock,
            house=house,
            buttons=frozenset(row.action for row in actions),
            patience=patience,
            pause=pause,
        )
        bolt = make_bolt(slack, installed)
        adapter = listen(bolt, front)
        adapters.append(adapter)
        async with connected(transport, slack, bolt, front):
            yield SlackHouse(
                slack, team, workspace, memory, gate, installed, adapter, front, bolt, anna, bo, carla, general, members
            )
            gate.open()
            await front.working.finish(0.2)
        await api.close()


def make_bolt(slack: SlackEmulator, installed: Installed) -> AsyncApp:
    async def authorize(
        enterprise_id: str | None, team_id: str | None, context: Mapping[str, object]
    ) -> AuthorizeResult | None:
        org_wide = bool(context.get("is_enterprise_install"))
        if installed.broken:
            workspace = next(iter(installed.teams.values()))
        else:
            workspace = await installed.workspace_of(team_id, enterprise_id, org_wide)
        token = installed.tokens.get(workspace, "xoxb-none") if workspace else "xoxb-none"
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=token)

    client = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
    return AsyncApp(
        signing_secret=slack.app.signing_secret,
        client=client,
        authorize=authorize,
        logger=logging.getLogger("tests.slack.bolt"),
    )


@asynccontextmanager
async def connected(transport: str, slack: SlackEmulator, bolt: AsyncApp, front: Front) -> AsyncGenerator[None]:
    """The bot listens, over a socket of its own or at an address of this machine."""
    if transport == "socket":
        line = SocketLine(bolt, front.working, slack.app.app_token, slack.api_url)
        await line.open()
        assert await line.opened(5)
        try:
            yield
        finally:
            await line.close()
        return
    app = Starlette(routes=slack_routes(bolt, front.working, slack.app.signing_secret))
    async with served(app) as url:
        slack.app.request_url = f"{url}{EVENTS}"
        yield


@asynccontextmanager
async def served(app: Starlette) -> AsyncGenerator[str]:
    """An application on a free port, by the real server."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="critical", access_log=False, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        while not server.started and not task.done():  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
        listening.close()
