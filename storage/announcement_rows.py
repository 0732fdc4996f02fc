"""The table of announcements."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import Row, WithId


class AnnouncementRow(WithId, Row):
    """What an organiser tells many. ``text_sealed`` and ``declined_sealed`` (unless it is empty) are encrypted; plans are the
    times at which it goes out, or may."""

    __tablename__ = "announcements"
    __table_args__ = (Index(None, "workspace_id", "state"),)

    author_id: Mapped[UUID]
    text_sealed: Mapped[str]
    audience: Mapped[list[list[str]]]
    plan: Mapped[dict[str, str]]
    choices: Mapped[list[dict[str, str]]]
    question: Mapped[str]
    state: Mapped[str]
    schedule_id: Mapped[UUID | None]
    replaces: Mapped[UUID | None]
    revision: Mapped[int]
    version: Mapped[int]
    created_at: Mapped[datetime]
    waits: Mapped[str] = mapped_column(server_default=text("'no'"))
    asked_by: Mapped[UUID | None]
    decided_by: Mapped[UUID | None]
    corrects: Mapped[UUID | None]
    declined_sealed: Mapped[str] = mapped_column(server_default=text("''"))
