"""The table of what follows camps."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import InWorkspace, Row


class HandOverRow(InWorkspace, Row):
    """One camp after its day. Notes and opinions are encrypted. Who answered is sorted by id and opinions by what they say, so
    that not even their order tells whose an opinion is."""

    __tablename__ = "camp_handovers"
    __table_args__ = (ForeignKeyConstraint(["workspace_id", "camp_id"], ["camps.workspace_id", "camps.id"]),)

    camp_id: Mapped[UUID] = mapped_column(primary_key=True)
    notes_sealed: Mapped[str]
    notes_by: Mapped[UUID | None]
    shared_sealed: Mapped[str]
    shared_at: Mapped[datetime | None]
    version: Mapped[int]
    asked_at: Mapped[datetime | None]
    asked: Mapped[int]
    answered: Mapped[list[str]]
    opinions_sealed: Mapped[str]
    revision: Mapped[int]
