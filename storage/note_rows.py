"""The tables of case notes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import InWorkspace, Row, WithId


def _of_note() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id", "note_id"], ["notes.workspace_id", "notes.id"])


class NoteRow(WithId, Row):
    """A case note. ``body_sealed`` holds all that it says."""

    __tablename__ = "notes"
    __table_args__ = (Index(None, "workspace_id", "author_id"), Index(None, "workspace_id", "state"))

    author_id: Mapped[UUID]
    state: Mapped[str]
    audience: Mapped[str]
    body_sealed: Mapped[str]
    model: Mapped[str]
    version: Mapped[int]
    revision: Mapped[int]
    told: Mapped[int]
    objected: Mapped[int]
    others: Mapped[int]
    schedule_id: Mapped[UUID | None]
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    public_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class NotePersonRow(InWorkspace, Row):
    """Who took part in what a note rests on. ``position``: in which order."""

    __tablename__ = "note_people"
    __table_args__ = (_of_note(), Index(None, "workspace_id", "member_id"))

    note_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]


class NoteVersionRow(InWorkspace, Row):
    """What was published once."""

    __tablename__ = "note_versions"
    __table_args__ = (_of_note(),)

    note_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    body_sealed: Mapped[str]
    audience: Mapped[str]
    at: Mapped[datetime]


class NoteObjectionRow(InWorkspace, Row):
    """That somebody does not want a version to be seen by an audience."""

    __tablename__ = "note_objections"
    __table_args__ = (_of_note(), Index(None, "workspace_id", "member_id"))

    note_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    audience: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    reason_sealed: Mapped[str]


class NoteWaitingRow(InWorkspace, Row):
    """What waits for its author to let a model have it."""

    __tablename__ = "note_waiting"
    __table_args__ = (_of_note(),)

    note_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID]
    until: Mapped[datetime]
    text_sealed: Mapped[str]
    schedule_id: Mapped[UUID]


class NoteSendingRow(WithId, Row):
    """A line of the ledger. It stays when the note goes."""

    __tablename__ = "note_sendings"
    __table_args__ = (Index(None, "workspace_id", "at"),)

    note_id: Mapped[UUID]
    member_id: Mapped[UUID]
    at: Mapped[datetime]
    model: Mapped[str]
    digest: Mapped[str]
    characters: Mapped[int]
    masked: Mapped[dict[str, object]]


class NoteJobRow(WithId, Row):
    """A thread that is being read for somebody. ``details``: ids, times and counts only."""

    __tablename__ = "note_jobs"
    __table_args__ = (Index(None, "workspace_id", "state"),)

    member_id: Mapped[UUID]
    state: Mapped[str]
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    details_sealed: Mapped[str]
