"""The tables of challenges."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import InWorkspace, Row, WithId


def _of_challenge() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id", "challenge_id"], ["challenges.workspace_id", "challenges.id"])


class ChallengeRow(WithId, Row):
    """A challenge. ``body_sealed`` holds the question, how its author sees it, and whom not to ask; ``closing``:
    what is left when it is over."""

    __tablename__ = "challenges"
    __table_args__ = (Index(None, "workspace_id", "state"),)

    author_id: Mapped[UUID]
    body_sealed: Mapped[str]
    themes: Mapped[list[str]]
    state: Mapped[str]
    place: Mapped[dict[str, str] | None]
    closes_at: Mapped[datetime | None]
    schedule_id: Mapped[UUID | None]
    revision: Mapped[int]
    made_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closing: Mapped[dict[str, object] | None]
    note_id: Mapped[UUID | None]
    forgotten: Mapped[bool]
    private: Mapped[bool]


class ChallengeAnswerRow(InWorkspace, Row):
    """What one member answers; ``body_sealed`` holds both halves of it."""

    __tablename__ = "challenge_answers"
    __table_args__ = (_of_challenge(), Index(None, "workspace_id", "member_id"))

    challenge_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    sector: Mapped[str]
    at: Mapped[datetime]
    body_sealed: Mapped[str]
    shown: Mapped[bool]
    held: Mapped[bool]


class ChallengeInvitationRow(InWorkspace, Row):
    """A member who was asked, and why."""

    __tablename__ = "challenge_invitations"
    __table_args__ = (_of_challenge(), Index(None, "workspace_id", "member_id"), Index(None, "workspace_id", "at"))

    challenge_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    sector: Mapped[str]
    at: Mapped[datetime]
    why: Mapped[str]
    term_sealed: Mapped[str]
    declined_at: Mapped[datetime | None]
