"""The tables of camps and of who has answered."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import InWorkspace, Row, WithId


class CampRow(WithId, Row):
    """A day's gathering. Times of day are ISO text, wall time in ``zone``; an empty ``check_in`` means none."""

    __tablename__ = "camps"
    __table_args__ = (Index(None, "workspace_id", "state", "day"),)

    author_id: Mapped[UUID]
    created_at: Mapped[datetime]
    name: Mapped[str]
    day: Mapped[date]
    begins: Mapped[str]
    ends: Mapped[str]
    zone: Mapped[str]
    theme: Mapped[str]
    host: Mapped[str]
    place: Mapped[str]
    check_in: Mapped[str]
    capacity: Mapped[int | None]
    sector_capacity: Mapped[dict[str, str]]
    programme: Mapped[list[dict[str, str]]]
    cases: Mapped[list[str]]
    challenge: Mapped[str]
    state: Mapped[str]
    revision: Mapped[int]
    sequence: Mapped[int]
    silent: Mapped[list[str]]
    schedules: Mapped[dict[str, str]]
    invited_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    reason: Mapped[str]
    told: Mapped[dict[str, str]]
    news: Mapped[dict[str, object]]


class SignupRow(InWorkspace, Row):
    """One member and one camp. ``guests_sealed`` is encrypted: the guests' names, a line each."""

    __tablename__ = "camp_signups"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "camp_id"], ["camps.workspace_id", "camps.id"]),
        Index(None, "workspace_id", "member_id"),
    )

    camp_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    answer: Mapped[str]
    seat: Mapped[str]
    guests: Mapped[int]
    guests_sealed: Mapped[str]
    invited_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    since: Mapped[datetime | None]
    attended: Mapped[bool | None]
