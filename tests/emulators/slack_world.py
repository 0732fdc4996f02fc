"""What all parts of the emulator share: the application, its workspaces, tokens, triggers and records."""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.emulators.slack_faults import Faults
from tests.emulators.slack_rates import Limiter, Rates
from tests.emulators.slack_state import Channel, Json, Message, State, Token, User
from tests.emulators.slack_time import Clock, Names, Stamps, Timers

_LOOKS_AGAIN = 0.05
BOT_SCOPES = (
    "app_mentions:read", "channels:history", "channels:join", "channels:read", "chat:write", "commands", "files:read",
    "files:write", "groups:history", "groups:read", "im:history", "im:read", "im:write", "mpim:history", "mpim:read",
    "mpim:write", "reactions:write", "team:read", "users:read", "users:read.email",
)  # fmt: skip


class Refusal(Exception):
    """Slack says no: ``ok: false`` and an error."""

    def __init__(self, error: str, *, messages: Sequence[str] = (), **more: object) -> None:
        super().__init__(error)
        self.error = error
        self.messages = tuple(messages)
        self.more = more


@dataclass(slots=True)
class Application:
    """The bot's entry at Slack. Without a manifest every command, shortcut and event is taken as registered."""

    id: str = "A0BROBYGGER"
    client_id: str = "1234.5678"
    client_secret: str = "client-secret"
    signing_secret: str = "signing-secret"
    app_token: str = "xapp-1-A0BROBYGGER-1-abc"
    name: str = "Brobygger"
    manifest: Mapping[str, Any] | None = None
    request_url: str = ""
    transport: str = "socket"
    scopes: tuple[str, ...] = BOT_SCOPES
    redirect_urls: tuple[str, ...] = ()
    rotates_tokens: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """A call of the Web API that was answered."""

    method: str
    team: str
    arguments: Json
    answer: Json
    at: datetime
    fault: str = ""

    @property
    def ok(self) -> bool:
        return bool(self.answer.get("ok"))


@dataclass(slots=True)
class Trigger:
    team: str
    user: str
    made: datetime
    view: str = ""
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    team: str
    channel: str
    user: str
    made: datetime
    message: Message | None = None
    used: int = 0


@dataclass(slots=True)
class World:
    clock: Clock
    app: Application
    rates: Rates
    timers: Timers = field(init=False)
    stamps: Stamps = field(init=False)
    limiter: Limiter = field(init=False)
    names: Names = field(default_factory=Names)
    faults: Faults = field(default_factory=Faults)
    teams: dict[str, State] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    calls: list[Called] = field(default_factory=list)
    # What people were told by Slack itself, not by the bot: (user, sentence).
    told: list[tuple[str, str]] = field(default_factory=list)
    # What the bot did that Slack does not complain of, and yet is a mistake.
    problems: list[str] = field(default_factory=list)
    origin: str = ""
    # Chat.postMessage takes a person for a channel; a test may switch that off.
    people_are_channels: bool = True
    # How many times an image is refused before its file is ready.
    files_not_ready: int = 0
    # How long the blocks of a message may be together; Slack has never told the number.
    most_weight: int = 13_000
    # Pages hold fewer rows than asked for, which Slack calls normal.
    short_pages: bool = False
    # Without it calls and deliveries are not kept: for runs that watch the memory.
    remembers: bool = True
    # How many events an hour a workspace is sent.
    events_an_hour: int = 30_000
    dispatch_event: Callable[[State, Json], Awaitable[None]] | None = None
    _waiters: list[asyncio.Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.timers = Timers(self.clock)
        self.stamps = Stamps(self.clock)
        self.limiter = Limiter(self.clock, self.rates)

    # Records

    def changed(self) -> None:
        """Wakes those who wait for something to be seen."""
        for waiter in self._waiters:
            waiter.set()

    async def until(self, true: Callable[[], object], patience: float) -> None:
        """Waits until it is true; asked again whenever something changed. TimeoutError after real seconds."""
        waiter = asyncio.Event()
        self._waiters.append(waiter)
        try:
            async with asyncio.timeout(patience):
                while not true():
                    waiter.clear()
                    # What is waited for may be the test's own, of which nobody tells here.
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(waiter.wait(), _LOOKS_AGAIN)
        finally:
            self._waiters.remove(waiter)

    # Ids that live for a while

    def trigger(self, team: State, user: str, view: str = "") -> str:
        name = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self.triggers[name] = Trigger(team.id, user, self.clock.now(), view)
        return name

    def response_url(self, team: State, channel: str, user: str, message: Message | None = None) -> str:
        name = secrets.token_urlsafe(18)
        self.response_urls[name] = ResponseUrl(team.id, channel, user, self.clock.now(), message)
        return f"{self.origin}/actions/{team.id}/{name}"

    # Tokens

    def new_token(self, team: State, scopes: Sequence[str] | None = None, *, org_wide: bool = False) -> Token:
        """What an installation gives."""
        app, bot = self.app, self.bot_of(team)
        rotates = app.rotates_tokens
        held = team.token
        if held is not None and not held.revoked and not rotates and team.org_wide == org_wide:
            # Who installs again gets the same token, with the scopes asked for now.
            held.scopes = tuple(app.scopes if scopes is None else scopes)
            return held
        token = Token(
            value=("xoxe.xoxb-1-" if rotates else "xoxb-") + secrets.token_hex(20),
            kind="bot",
            scopes=tuple(app.scopes if scopes is None else scopes),
            team="" if org_wide else team.id,
            enterprise=team.enterprise if org_wide else "",
            user=bot.id,
            bot_id=bot.bot_id,
            refresh=f"xoxe-1-{secrets.token_hex(20)}" if rotates else "",
            expires=self.clock.now() + timedelta(hours=12) if rotates else None,
        )
        self.tokens[token.value] = token
        for one in self.reach(token):
            if one is not team:
                one.bot = bot
                one.users[bot.id] = bot
            one.token, one.org_wide = token, org_wide
        return token

    def bot_of(self, team: State) -> User:
        if team.bot is None:
            bot = User(
                self.names.next("U"),
                team.id,
                self.app.name,
                self.app.name.lower(),
                bot=True,
                bot_id=self.names.next("B"),
            )
            team.bot = team.users[bot.id] = bot
        return team.bot

    def reach(self, token: Token) -> list[State]:
        """The workspaces a token opens."""
        if token.enterprise:
            return [team for team in self.teams.values() if team.enterprise == token.enterprise]
        return [self.teams[token.team]] if token.team in self.teams else []

    # Conversations

    def person_or_refuse(self, team: State, user: str) -> User:
        found = team.users.get(user)
        if found is None:
            raise Refusal("user_not_found")
        return found

    def im(self, team: State, user: str) -> Channel:
        """The direct conversation of the bot with somebody."""
        found = team.im_of(user)
        if found is None:
            found = Channel(self.names.next("D"), team.id, "directmessage", "im", [user, self.bot_of(team).id])
            team.channels[found.id] = found
            team.ims[user] = found.id
        return found

    # What the manifest says

    def subscribed(self, event: str) -> bool:
        if self.app.manifest is None:
            return True
        events = self.app.manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events", ())
        return event in events

    def feature(self, *path: str) -> bool:
        """A switch of the manifest; on where there is no manifest."""
        found: Any = self.app.manifest
        for name in path:
            found = None if found is None else found.get(name, False if name == path[-1] else {})
        return self.app.manifest is None or bool(found)

    def commands(self) -> Mapping[str, Mapping[str, Any]] | None:
        if self.app.manifest is None:
            return None
        return {c["command"]: c for c in self.app.manifest.get("features", {}).get("slash_commands", ())}

    def shortcuts(self) -> Sequence[Mapping[str, Any]] | None:
        if self.app.manifest is None:
            return None
        return tuple(self.app.manifest.get("features", {}).get("shortcuts", ()))
