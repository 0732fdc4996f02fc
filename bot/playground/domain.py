"""Conversations and messages of the local workspace as values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.identity import ConversationId, MemberId, MessageId


class ConversationKind(StrEnum):
    """``DIRECT``: one member and the bot. ``ROOM``: some members and the bot. ``CHANNEL``: everybody."""

    CHANNEL = "channel"
    DIRECT = "direct"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where messages stand. ``members`` is empty for a channel; ``key`` makes opening the same one again harmless."""

    id: ConversationId
    kind: ConversationKind
    title: str
    key: str
    members: tuple[MemberId, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """One message. ``author`` None: the bot. ``only_for``: seen by that member alone. ``thread``: the message it answers.

    ``body`` is plain text of a person, or a card as JSON of the bot. ``key``: the idempotency key it was posted with.
    """

    id: MessageId
    conversation: ConversationId
    author: MemberId | None
    body: str
    at: datetime
    key: str = ""
    thread: MessageId | None = None
    only_for: MemberId | None = None
    edited_at: datetime | None = None
