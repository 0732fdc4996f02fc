"""The tables of polls."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import InWorkspace, Row, WithId


class PollRow(WithId, Row):
    """A poll. ``body_sealed`` holds the question and the options, ``secret_sealed`` the key of its pseudonyms while it is open
    and anonymous. ``closing``: what is left of an anonymous one that is over."""

    __tablename__ = "polls"
    __table_args__ = (Index(None, "workspace_id", "state"),)

    author_id: Mapped[UUID]
    body_sealed: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str]
    rules: Mapped[dict[str, object]]
    places: Mapped[list[dict[str, str]]]
    closes_at: Mapped[datetime | None]
    schedule_id: Mapped[UUID | None]
    revision: Mapped[int]
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    closing: Mapped[dict[str, object] | None]
    secret_sealed: Mapped[str]


class BallotRow(InWorkspace, Row):
    """What one voter says. It has no time, and on SQLite no row number either: it lies where its key belongs, so that the order
    of the rows does not tell who voted when."""

    __tablename__ = "ballots"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "poll_id"], ["polls.workspace_id", "polls.id"]),
        {"sqlite_with_rowid": False},
    )

    poll_id: Mapped[UUID] = mapped_column(primary_key=True)
    voter: Mapped[str] = mapped_column(primary_key=True)
    choices: Mapped[str]
