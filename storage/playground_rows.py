"""The tables of the local workspace's conversations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import InWorkspace, Row, WithId


class ConversationRow(WithId, Row):
    """A channel, a direct conversation or a room; ``key`` makes opening the same one again harmless."""

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("workspace_id", "key"),)

    kind: Mapped[str]
    title: Mapped[str]
    key: Mapped[str]
    created_at: Mapped[datetime]


class ParticipantRow(InWorkspace, Row):
    """Who is in a direct conversation or a room; a channel has none, everybody is in it."""

    __tablename__ = "participants"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "conversation_id"], ["conversations.workspace_id", "conversations.id"]),
        Index(None, "workspace_id", "member_id"),
    )

    conversation_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[UUID]


class MessageRow(WithId, Row):
    """One message. ``body_sealed`` is encrypted: people write about people. An empty ``key`` is not unique."""

    __tablename__ = "messages"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "conversation_id"], ["conversations.workspace_id", "conversations.id"]),
        Index("ix_messages_order", "workspace_id", "conversation_id", "at", "id"),
        Index(
            "uq_messages_key",
            "workspace_id",
            "conversation_id",
            "key",
            unique=True,
            sqlite_where=text("key <> ''"),
            postgresql_where=text("key <> ''"),
        ),
    )

    conversation_id: Mapped[UUID]
    author: Mapped[UUID | None]
    body_sealed: Mapped[str]
    at: Mapped[datetime]
    key: Mapped[str]
    thread: Mapped[UUID | None]
    only_for: Mapped[UUID | None]
    edited_at: Mapped[datetime | None]


class ReadMarkRow(InWorkspace, Row):
    """How far a member has read: everything up to (``at``, ``message_id``)."""

    __tablename__ = "read_marks"

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(primary_key=True)
    message_id: Mapped[UUID]
    at: Mapped[datetime]
