"""What the tests of sending to Slack share: the emulator, an academy in it, and the genuine client in between."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from adapters.slack.api import SlackApi
from adapters.slack.chat import SlackChat
from bot.errors import Refused
from bot.identity import Account, Address, MemberId, WorkspaceId, new_id
from bot.members.domain import Member, WorkspaceOptions
from bot.messages.elements import Card, Paragraph
from bot.messages.text import plain
from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_rates import Rates
from tests.emulators.slack_state import Message
from tests.emulators.slack_team import Team
from tests.fakes import Memory, StoppedClock

PATIENCE = 0.5  # seconds until a call that hangs is given up


@dataclass(slots=True)
class Keys:
    """The tokens of the workspaces, and which of them Slack said are lost."""

    teams: dict[WorkspaceId, Team] = field(default_factory=dict[WorkspaceId, Team])
    told: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    async def token(self, workspace: WorkspaceId) -> str:
        team = self.teams.get(workspace)
        if team is None or team.token is None:
            raise Refused("not_installed")
        return team.token.value

    async def lost(self, workspace: WorkspaceId, token: str, error: str) -> None:
        assert workspace in self.teams
        self.told.append((token, error))


@dataclass(slots=True)
class Moving:
    """A clock that moves when somebody rests by it."""

    clock: StoppedClock
    rested: list[float] = field(default_factory=list[float])

    async def rest(self, seconds: float) -> None:
        self.rested.append(seconds)
        self.clock.advance(seconds=seconds)
        await asyncio.sleep(0)


@dataclass(slots=True)
class Scene:
    """One workspace with a bot in it, and people who look at what it says."""

    slack: SlackEmulator
    team: Team
    clock: StoppedClock
    memory: Memory
    keys: Keys
    api: SlackApi
    workspace: WorkspaceId
    moving: Moving
    touched: list[str] = field(default_factory=list[str])

    @property
    def platform(self) -> str:
        return "slack"

    def chat(self) -> SlackChat:
        """A chat that knows nothing yet: a process that has just begun."""
        return SlackChat(
            self.workspace, self.api, self.memory.units, self.clock, lambda _, user: self.touched.append(user)
        )

    def said(self, channel: str) -> list[Message]:
        return self.team.channels[channel].messages

    def direct(self, user: str) -> list[Message]:
        found = self.team.im_of(user)
        return found.messages if found else []

    def copies(self, key: str) -> int:
        """How many messages carry this key as a card's first."""
        return self.parts(key).count(0)

    def parts(self, key: str) -> list[int]:
        """Which parts of a card stand there, in their order."""
        marks = [(message.metadata or {}).get("event_payload", {}) for message in self.team.messages()]
        return [int(mark.get("part", 0)) for mark in marks if mark.get("key") == key]

    async def member(self, name: str, user: str) -> MemberId:
        member = Member(MemberId(new_id()), name, accounts=(Account("slack", user),))
        async with self.memory.units(self.workspace) as work:
            await work.members.put_all([member])
            await work.commit()
        return member.id


@asynccontextmanager
async def scene(rates: Rates | None = None, *, patience: float = PATIENCE) -> AsyncGenerator[Scene, None]:
    clock, memory, keys = StoppedClock(), Memory(), Keys()
    workspace = (await memory.directory.ensure("team:T1", "Academy", WorkspaceOptions())).id
    moving = Moving(clock)
    async with SlackEmulator(clock, rates=rates) as slack:
        team = slack.team("Academy")
        keys.teams[workspace] = team
        api = SlackApi(slack.api_url, keys, clock, rest=moving.rest, patience=patience)
        try:
            yield Scene(slack, team, clock, memory, keys, api, workspace, moving)
            assert not slack.problems
        finally:
            await api.close()


def card(text: str = "hello") -> Card:
    return Card(text, (Paragraph(plain(text)),))


def long_card(lines: int, title: str = "A long one") -> Card:
    """A card of so many paragraphs; Slack takes 50 blocks in a message."""
    return Card(title, tuple(Paragraph(plain(f"line {number}")) for number in range(lines)))


def address(value: str) -> Address:
    return Address("slack", value)
