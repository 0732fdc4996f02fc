"""What Discord knows: users, guilds with their members, roles and channels, messages and what is kept of interactions."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

# What crosses the wire.
Json = dict[str, Any]

TEXT, DM, VOICE, CATEGORY, ANNOUNCEMENT, PUBLIC_THREAD, PRIVATE_THREAD, STAGE, FORUM = 0, 1, 2, 4, 5, 11, 12, 13, 15
THREADS = frozenset({10, PUBLIC_THREAD, PRIVATE_THREAD})
HAS_THREAD, EPHEMERAL, LOADING, V2 = 1 << 5, 1 << 6, 1 << 7, 1 << 15
EPOCH = 1_420_070_400_000


def inner(body: Json, name: str) -> Json:
    """The object under a name; an empty one where there is none."""
    found: Json | None = body.get(name)
    return found or {}


@dataclass(slots=True)
class User:
    id: str
    name: str
    handle: str
    locale: str = "en-US"
    bot: bool = False
    # Whether she lets members of a shared server write to her.
    takes_messages: bool = True


@dataclass(slots=True)
class Member:
    user: User
    joined: datetime
    roles: list[str] = field(default_factory=list[str])
    nick: str | None = None


@dataclass(slots=True)
class Role:
    id: str
    name: str
    permissions: int = 0
    position: int = 1
    managed: bool = False
    mentionable: bool = False
    color: int = 0
    hoist: bool = False


@dataclass(slots=True)
class Attachment:
    id: str
    name: str
    data: bytes
    kind: str
    url: str
    description: str | None = None
    ephemeral: bool = False


@dataclass(slots=True)
class Message:
    id: str
    channel: str
    author: User
    content: str
    made: datetime
    type: int = 0
    components: list[Json] = field(default_factory=list[Json])
    embeds: list[Json] = field(default_factory=list[Json])
    attachments: list[Attachment] = field(default_factory=list[Attachment])
    flags: int = 0
    nonce: str | int | None = None
    edited: datetime | None = None
    mentions: list[str] = field(default_factory=list[str])
    mention_roles: list[str] = field(default_factory=list[str])
    mention_everyone: bool = False
    # Ephemeral: only this user sees it.
    viewer: str = ""
    reference: Json | None = None
    interaction: Json | None = None
    application: str = ""
    webhook: bool = False
    poll: Json | None = None
    thread: str = ""
    pinned: bool = False

    @property
    def ephemeral(self) -> bool:
        return bool(self.viewer)

    @property
    def thinking(self) -> bool:
        return bool(self.flags & LOADING)


@dataclass(slots=True)
class Thread:
    """What makes a channel a thread."""

    owner: str
    made: datetime
    archived: bool = False
    archived_at: datetime | None = None
    locked: bool = False
    invitable: bool = True
    minutes: int = 4320
    members: dict[str, datetime] = field(default_factory=dict[str, datetime])
    count: int = 0
    # When something happened in it last: by that it is put away.
    active: datetime | None = None


@dataclass(slots=True)
class Channel:
    id: str
    type: int
    name: str
    guild: str = ""
    parent: str = ""
    position: int = 0
    topic: str | None = None
    overwrites: list[Json] = field(default_factory=list[Json])
    recipients: list[User] = field(default_factory=list[User])
    messages: dict[str, Message] = field(default_factory=dict[str, Message])
    thread: Thread | None = None
    slow: int = 0

    @property
    def is_thread(self) -> bool:
        return self.type in THREADS

    @property
    def archived(self) -> bool:
        return self.thread is not None and self.thread.archived

    @property
    def members(self) -> list[str]:
        """The ids of a thread's people."""
        return list(self.thread.members) if self.thread is not None else []

    def find(self, message: str) -> Message | None:
        found = self.messages.get(message)
        return None if found is None or found.viewer else found


@dataclass(slots=True)
class GuildState:
    id: str
    name: str
    owner: str
    joined: datetime
    locale: str = "en-US"
    members: dict[str, Member] = field(default_factory=dict[str, Member])
    roles: dict[str, Role] = field(default_factory=dict[str, Role])
    channels: dict[str, Channel] = field(default_factory=dict[str, Channel])
    events: dict[str, Json] = field(default_factory=dict[str, Json])
    commands: dict[str, Json] = field(default_factory=dict[str, Json])
    system_channel: str = ""
    # The application is in it; and Discord has it up.
    installed: bool = True
    available: bool = True

    @property
    def shard_key(self) -> int:
        return int(self.id) >> 22

    @property
    def threads(self) -> list[Channel]:
        return [channel for channel in self.channels.values() if channel.is_thread]

    def named(self, name: str) -> Channel | None:
        return next((c for c in self.channels.values() if c.name == name and not c.is_thread), None)

    def all_messages(self) -> Iterator[Message]:
        for channel in self.channels.values():
            yield from channel.messages.values()


@dataclass(slots=True)
class Interaction:
    """One press, command or submission, and how it was answered."""

    id: str
    token: str
    type: int
    user: User
    channel: Channel
    guild: str
    made: datetime
    data: Json
    # The message that was pressed or whose modal this is.
    message: Message | None = None
    # The interaction that opened the modal which this submits.
    opener: "Interaction | None" = None
    answered: int | None = None
    # The answer's own message: "@original".
    original: Message | None = None
    modal: Json | None = None
    choices: list[Json] = field(default_factory=list[Json])
    followups: list[str] = field(default_factory=list[str])
    # A type 5 that nobody has filled yet; a type 6.
    deferred: int = 0
    expired: bool = False
    command: Json | None = None
    # Seconds of real time until the first answer came.
    asked: float = field(default_factory=time.perf_counter)
    took: float = 0.0
    # Set with the first answer, or when it is too late.
    done: asyncio.Event = field(default_factory=asyncio.Event)
