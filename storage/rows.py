"""The tables, one class each. Rows never leave ``storage/``; they have no relationships, every query says what it reads.

Every table but ``workspaces`` has ``workspace_id`` first in its primary key, so that even a guessed id of another academy
finds nothing and overwrites nothing.
"""

from datetime import date, datetime
from typing import ClassVar, cast
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.columns import UtcTime


class Row(DeclarativeBase):
    """What all rows share: how Python's types are stored, and how constraints are named."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        str: Text,
        int: BigInteger,
        UUID: Uuid,
        datetime: UtcTime,
        date: Date,
        list[str]: JSON,
        list[list[str]]: JSON,
        list[dict[str, str]]: JSON,
        dict[str, str]: JSON,
        dict[str, object]: JSON,
    }


class InWorkspace:
    """A row of one workspace."""

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspaces.id"), primary_key=True, sort_order=-9)


class WithId(InWorkspace):
    """A row of one workspace that has an id of its own, made by us."""

    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-8)


def table_of(row: type[Row]) -> Table:
    """The table behind a class, for statements that write many rows at once."""
    return cast(Table, row.__table__)


class WorkspaceRow(Row):
    """One academy. ``external`` is its first home's; ``claimed``: the platforms, by spaces, on which it was taken as
    the academy of whoever runs this process."""

    __tablename__ = "workspaces"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    external: Mapped[str] = mapped_column(unique=True)
    options: Mapped[dict[str, object]]
    frozen_at: Mapped[datetime | None]
    claimed: Mapped[str] = mapped_column(server_default=text("''"))


class SectorRow(InWorkspace, Row):
    """A sector of this academy."""

    __tablename__ = "sectors"

    key: Mapped[str] = mapped_column(primary_key=True)
    names: Mapped[dict[str, str]]


class ThemeRow(InWorkspace, Row):
    """A theme of this academy."""

    __tablename__ = "themes"

    key: Mapped[str] = mapped_column(primary_key=True)
    names: Mapped[dict[str, str]]


class SynonymsRow(InWorkspace, Row):
    """Words that mean the same to this academy."""

    __tablename__ = "synonyms"

    key: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[list[str]]


class VectorRow(InWorkspace, Row):
    """What a model says a tag means; ``mark`` stands for the tag and cannot be read back."""

    __tablename__ = "vectors"

    model: Mapped[str] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(primary_key=True)
    vector: Mapped[bytes]


class MemberRow(WithId, Row):
    """A person. ``email_sealed`` is encrypted; an empty ``roster_id`` means none and is not unique."""

    __tablename__ = "members"
    __table_args__ = (
        Index(
            "uq_members_roster_id",
            "workspace_id",
            "roster_id",
            unique=True,
            sqlite_where=text("roster_id <> ''"),
            postgresql_where=text("roster_id <> ''"),
        ),
    )

    name: Mapped[str]
    organisation: Mapped[str]
    sector: Mapped[str]
    themes: Mapped[list[str]]
    needs: Mapped[list[str]]
    offers: Mapped[list[str]]
    language: Mapped[str]
    email_sealed: Mapped[str]
    roster_id: Mapped[str]
    role: Mapped[str]
    consent: Mapped[str]
    paused_until: Mapped[date | None]
    intros_per_round: Mapped[int]
    timezone: Mapped[str]
    joined_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    consent_at: Mapped[datetime | None]
    roster_said: Mapped[str]
    role_from: Mapped[str] = mapped_column(server_default=text("''"))
    shares_email: Mapped[bool] = mapped_column(server_default=false())
    announcements_muted: Mapped[bool] = mapped_column(server_default=false())
    notes_muted: Mapped[bool] = mapped_column(server_default=false())
    challenges_muted: Mapped[bool] = mapped_column(server_default=false())
    away_since: Mapped[datetime | None]


class AccountRow(InWorkspace, Row):
    """A member's account on a platform. ``position`` keeps the order in which the member has them."""

    __tablename__ = "accounts"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "member_id"], ["members.workspace_id", "members.id"]),
        Index(None, "workspace_id", "member_id"),
    )

    platform: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[UUID]
    position: Mapped[int]


class BlockRow(InWorkspace, Row):
    """Who asked never to be introduced to whom."""

    __tablename__ = "blocks"

    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    other_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class RoundRow(WithId, Row):
    """One weekly round."""

    __tablename__ = "rounds"
    __table_args__ = (UniqueConstraint("workspace_id", "number"),)

    number: Mapped[int]
    state: Mapped[str]
    seed: Mapped[int]
    created_at: Mapped[datetime]
    created_by: Mapped[UUID | None]
    opened_at: Mapped[datetime | None]
    answer_until: Mapped[datetime | None]
    locked: Mapped[list[list[str]]]
    forbidden: Mapped[list[list[str]]]
    left_out: Mapped[list[dict[str, str]]]
    score: Mapped[float]
    bound: Mapped[float]
    optimal: Mapped[bool]
    novelty_exhausted: Mapped[bool]
    costs: Mapped[list[dict[str, str]] | None]


class IntroRow(WithId, Row):
    """Two or three members to be introduced; who they are is in ``intro_parts``."""

    __tablename__ = "intros"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "round_id"], ["rounds.workspace_id", "rounds.id"]),
        Index(None, "workspace_id", "round_id"),
        Index(None, "workspace_id", "state"),
        Index(None, "workspace_id", "created_at"),
    )

    round_id: Mapped[UUID | None]
    score: Mapped[float]
    reasons: Mapped[list[dict[str, str]]]
    state: Mapped[str]
    created_at: Mapped[datetime]
    answer_until: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    room_platform: Mapped[str | None]
    room_value: Mapped[str | None]
    repeat: Mapped[bool]
    locked: Mapped[bool]


class IntroPartRow(InWorkspace, Row):
    """One member's part in an introduction; ``position`` keeps the order."""

    __tablename__ = "intro_parts"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "intro_id"], ["intros.workspace_id", "intros.id"]),
        Index(None, "workspace_id", "member_id"),
    )

    intro_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[UUID]
    answer: Mapped[str]
    answered_at: Mapped[datetime | None]
    outcome: Mapped[str]


class ScheduleRow(WithId, Row):
    """Something that comes due. ``start`` is wall time in ``zone`` as ISO text: an instant would lose what was meant. So is
    ``not_after``, empty where there is none."""

    __tablename__ = "schedules"
    __table_args__ = (Index(None, "next_at"),)

    kind: Mapped[str]
    zone: Mapped[str]
    start: Mapped[str]
    rule: Mapped[str]
    catch_up: Mapped[str]
    next_at: Mapped[datetime | None]
    details: Mapped[dict[str, str]]
    created_by: Mapped[UUID | None]
    not_after: Mapped[str] = mapped_column(server_default=text("''"))


class OccurrenceRow(WithId, Row):
    """One time that a schedule came due; its wall time is unique, so that two replicas expand it once."""

    __tablename__ = "occurrences"
    __table_args__ = (UniqueConstraint("workspace_id", "schedule_id", "nominal"), Index(None, "workspace_id", "at"))

    schedule_id: Mapped[UUID]
    nominal: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]


class ArrivalRow(InWorkspace, Row):
    """An interaction that was handled."""

    __tablename__ = "arrivals"
    __table_args__ = (Index(None, "workspace_id", "at"),)

    arrival: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class HomeRow(InWorkspace, Row):
    """What a person's home page on a platform showed last; who never opened theirs has none."""

    __tablename__ = "homes"

    platform: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    seen_at: Mapped[datetime]
