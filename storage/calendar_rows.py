"""The table of the keys to people's calendars."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import InWorkspace, Row


class CalendarKeyRow(InWorkspace, Row):
    """One member's key. ``finder``: a digest by which it is found in any academy; ``key_sealed`` is encrypted."""

    __tablename__ = "calendar_keys"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "member_id"], ["members.workspace_id", "members.id"]),
        Index("uq_calendar_keys_finder", "finder", unique=True),
    )

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    finder: Mapped[str]
    key_sealed: Mapped[str]
    made_at: Mapped[datetime]
