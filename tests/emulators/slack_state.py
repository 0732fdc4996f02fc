"""What Slack knows: workspaces with people, conversations, messages, files and views."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

# What crosses the wire.
Json = dict[str, Any]

IM, MPIM, PUBLIC, PRIVATE = "im", "mpim", "channel", "group"


@dataclass(slots=True)
class User:
    id: str
    team: str
    name: str
    handle: str
    tz: str = "Europe/Copenhagen"
    tz_offset: int = 3600
    locale: str = "da-DK"
    email: str = ""
    bot: bool = False
    deleted: bool = False
    takes_messages: bool = True
    bot_id: str = ""


@dataclass(slots=True)
class Message:
    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    bot_id: str = ""
    app_id: str = ""
    thread: str = ""
    metadata: Json | None = None
    viewer: str = ""
    edited: str = ""
    subtype: str = ""
    broadcast: bool = False
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    attachments: list[Json] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    client_msg_id: str = ""

    @property
    def ephemeral(self) -> bool:
        return bool(self.viewer)

    @property
    def reply(self) -> bool:
        return bool(self.thread) and self.thread != self.ts


@dataclass(slots=True)
class Channel:
    id: str
    team: str
    name: str
    kind: str
    members: list[str] = field(default_factory=list)
    archived: bool = False
    opened: bool = True
    creator: str = ""
    messages: list[Message] = field(default_factory=list)

    def find(self, ts: str) -> Message | None:
        return next((message for message in self.messages if message.ts == ts and not message.ephemeral), None)

    def thread(self, ts: str) -> list[Message]:
        return [m for m in self.messages if not m.ephemeral and (m.ts == ts or m.thread == ts)]


@dataclass(slots=True)
class File:
    id: str
    team: str
    name: str
    size: int
    title: str = ""
    user: str = ""
    data: bytes = b""
    uploaded: bool = False
    complete: bool = False
    shared: list[str] = field(default_factory=list)
    ticket: str = ""
    alt: str = ""
    mimetype: str = "application/octet-stream"


@dataclass(slots=True)
class View:
    id: str
    team: str
    user: str
    kind: str
    content: Json
    hash: str = ""
    values: dict[str, dict[str, Json]] = field(default_factory=dict)
    root: str = ""
    previous: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    channel: str = ""

    def touch(self, stamp: str) -> None:
        digest = hashlib.sha256(json.dumps(self.content, sort_keys=True).encode()).hexdigest()[:8]
        self.hash = f"{stamp.partition('.')[0]}.{digest}{stamp[-6:]}"


@dataclass(slots=True)
class Token:
    value: str
    kind: str
    scopes: tuple[str, ...]
    team: str = ""
    enterprise: str = ""
    user: str = ""
    bot_id: str = ""
    refresh: str = ""
    expires: datetime | None = None
    revoked: bool = False


@dataclass(slots=True)
class State:
    """A workspace."""

    id: str
    name: str
    domain: str
    enterprise: str = ""
    enterprise_name: str = ""
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    ims: dict[str, str] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    stacks: dict[str, list[str]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    scheduled: list[Json] = field(default_factory=list)
    bot: User | None = None
    token: Token | None = None
    org_wide: bool = False
    transport: str = ""

    @property
    def installed(self) -> bool:
        return self.token is not None and not self.token.revoked

    def stack(self, user: str) -> list[View]:
        return [self.views[view] for view in self.stacks.get(user, [])]

    def im_of(self, user: str) -> Channel | None:
        return self.channels.get(self.ims.get(user, ""))

    def of_members(self, members: set[str]) -> Channel | None:
        return next((c for c in self.channels.values() if c.kind == MPIM and set(c.members) == members), None)

    def named(self, name: str) -> Channel | None:
        return next((c for c in self.channels.values() if c.name == name and c.kind in (PUBLIC, PRIVATE)), None)

    def all_messages(self) -> Iterator[Message]:
        for channel in self.channels.values():
            yield from channel.messages
