"""The tables of an academy's homes, and of what is kept about them for a while."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import InWorkspace, Row, WithId


class InstallationRow(InWorkspace, Row):
    """One home of an academy; ``position`` keeps the order in which it got them."""

    __tablename__ = "installations"
    __table_args__ = (Index("uq_installations_external", "external", unique=True),)

    external: Mapped[str] = mapped_column(primary_key=True)
    platform: Mapped[str]
    name: Mapped[str]
    position: Mapped[int]
    gone_at: Mapped[datetime | None]


class LandmarkRow(InWorkspace, Row):
    """What an adapter has to find again on its platform."""

    __tablename__ = "landmarks"

    platform: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    value_sealed: Mapped[str]
    at: Mapped[datetime]


class DraftRow(InWorkspace, Row):
    """A half-filled form; what was typed is sealed."""

    __tablename__ = "drafts"

    platform: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    wire: Mapped[str] = mapped_column(primary_key=True)
    body_sealed: Mapped[str]
    step: Mapped[int]
    at: Mapped[datetime]


class CodeRow(InWorkspace, Row):
    """A code that links two places: digests of its first half, by which it is found, and of the whole."""

    __tablename__ = "codes"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "member_id"], ["members.workspace_id", "members.id"]),
        Index(None, "finder"),
    )

    finder: Mapped[str] = mapped_column(primary_key=True)
    proof: Mapped[str]
    kind: Mapped[str]
    member_id: Mapped[UUID]
    platform: Mapped[str]
    user: Mapped[str]
    good_until: Mapped[datetime]
    missed: Mapped[int]


class LineRow(WithId, Row):
    """What somebody wrote to somebody on another platform; the text is sealed."""

    __tablename__ = "lines"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "intro_id"], ["intros.workspace_id", "intros.id"]),
        Index(None, "workspace_id", "intro_id"),
        Index(None, "workspace_id", "author_id"),
    )

    intro_id: Mapped[UUID]
    author_id: Mapped[UUID]
    to_id: Mapped[UUID]
    text_sealed: Mapped[str]
    at: Mapped[datetime]
