"""What all parts of the emulator share: the application, its guilds, people, interactions and records."""

import asyncio
import contextlib
import itertools
import mimetypes
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.emulators.discord_faults import Faults
from tests.emulators.discord_state import (
    DM,
    EPOCH,
    Attachment,
    Channel,
    GuildState,
    Interaction,
    Json,
    Message,
    User,
)
from tests.emulators.slack_time import Clock, Timers

_LOOKS_AGAIN = 0.05
PRIVILEGED = {"presences": 1 << 8, "members": 1 << 1, "message_content": 1 << 15}


class Problem(Exception):
    """Discord says no."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status, self.code, self.message, self.errors = status, code, message, errors

    @property
    def body(self) -> Json:
        told: Json = {"message": self.message, "code": self.code}
        if self.errors:
            told["errors"] = self.errors
        return told


@dataclass(slots=True)
class Application:
    """The bot's entry in Discord's developer portal."""

    id: str = "1100000000000000001"
    name: str = "Brobygger"
    token: str = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.Gtest1.a-token-that-is-only-good-here"
    public_key: str = "00" * 32
    # Which switches for privileged intents are on.
    members: bool = False
    presences: bool = False
    message_content: bool = True
    # Shards that may identify at once, and identifications left today.
    concurrency: int = 1
    identifies_left: int = 1000
    shards: int = 1
    public: bool = True

    @property
    def allowed_intents(self) -> int:
        return sum(bit for name, bit in PRIVILEGED.items() if getattr(self, name))

    @property
    def flags(self) -> int:
        """The "limited" forms: an application in fewer than 100 guilds."""
        return (1 << 13) * self.presences + (1 << 15) * self.members + (1 << 19) * self.message_content


@dataclass(frozen=True, slots=True)
class Called:
    """A call of the REST API that was answered."""

    route: str
    path: str
    body: Json
    status: int
    answer: object
    at: datetime
    fault: str = ""
    files: tuple[tuple[str, bytes], ...] = ()

    @property
    def ok(self) -> bool:
        return self.status < 300


@dataclass(slots=True)
class World:
    clock: Clock
    app: Application
    timers: Timers = field(init=False)
    bot: User = field(init=False)
    faults: Faults = field(default_factory=Faults)
    guilds: dict[str, GuildState] = field(default_factory=dict[str, GuildState])
    users: dict[str, User] = field(default_factory=dict[str, User])
    channels: dict[str, Channel] = field(default_factory=dict[str, Channel])
    dms: dict[str, Channel] = field(default_factory=dict[str, Channel])
    commands: dict[str, Json] = field(default_factory=dict[str, Json])
    interactions: dict[str, Interaction] = field(default_factory=dict[str, Interaction])
    tokens: dict[str, Interaction] = field(default_factory=dict[str, Interaction])
    files: dict[str, Attachment] = field(default_factory=dict[str, Attachment])
    calls: list[Called] = field(default_factory=list[Called])
    # What people were told by Discord itself, not by the bot: (user, sentence).
    told: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    # What the bot did wrong: refused bodies, and what Discord puts up with but a careful bot does not do.
    problems: list[str] = field(default_factory=list[str])
    # The bot's messages by nonce: of one author, wherever they stand.
    nonces: dict[str, Message] = field(default_factory=dict[str, Message])
    origin: str = ""
    remembers: bool = True
    # How long a nonce is remembered: Discord says "the past few minutes".
    nonce_minutes: float = 3.0
    _last: int = 0
    _guild_numbers: "itertools.count[int]" = field(default_factory=itertools.count)
    _waiters: list[asyncio.Event] = field(default_factory=list[asyncio.Event])

    def __post_init__(self) -> None:
        self.timers = Timers(self.clock)
        self.bot = User(self.app.id, self.app.name, self.app.name.lower(), bot=True)
        self.users[self.bot.id] = self.bot

    # Ids

    def snowflake(self) -> str:
        """The clock's time and a counter, never the same twice and always growing."""
        self._last = max((int(self.clock.now().timestamp() * 1000) - EPOCH) << 22, self._last + 1)
        return str(self._last)

    def guild_id(self) -> str:
        """A millisecond of its own for each, so that guilds are spread evenly over shards."""
        began = int(datetime(2021, 3, 1, tzinfo=UTC).timestamp() * 1000) - EPOCH
        return str((began + next(self._guild_numbers)) << 22)

    def token(self) -> str:
        return secrets.token_urlsafe(96)

    # Who and where

    def dm(self, user: User) -> Channel:
        """The direct conversation of the bot with somebody."""
        found = self.dms.get(user.id)
        if found is None:
            found = Channel(self.snowflake(), DM, "", recipients=[user])
            self.dms[user.id] = self.channels[found.id] = found
        return found

    def guild_of(self, channel: Channel) -> GuildState | None:
        return self.guilds.get(channel.guild) if channel.guild else None

    def reachable(self, guild: str) -> GuildState:
        """A guild that the bot is in and that is up, or Discord's refusal."""
        found = self.guilds.get(guild)
        if found is None or not found.installed:
            raise Problem(404, 10004, "Unknown Guild")
        if not found.available:
            raise Problem(503, 0, "Service Unavailable")
        return found

    def file(self, name: str, data: bytes) -> Attachment:
        """Keeps a file; its kind is told by its name, whatever the sender said."""
        key = self.snowflake()
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        url = f"{self.origin}/attachments/{key}/{name}"
        made = self.files[key] = Attachment(key, name, data, kind, url)
        return made

    def mutual(self, user: User) -> bool:
        """Whether she and the bot share a guild."""
        return any(user.id in guild.members for guild in self.guilds.values() if guild.installed)

    # Interactions

    def forget_old(self) -> None:
        """Tokens live for fifteen minutes."""
        limit = self.clock.now() - timedelta(minutes=20)
        for key in [key for key, one in self.tokens.items() if one.made < limit]:
            del self.interactions[self.tokens.pop(key).id]

    # Waiting

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
