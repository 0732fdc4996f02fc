"""The tables of the outbox."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import InWorkspace, Row, WithId

_OPEN = "state IN ('waiting', 'sending', 'failed', 'doubtful')"


class LaneRow(InWorkspace, Row):
    """A conversation's rate: nothing goes out in it before ``next_at``. Locking the row orders those who change the lane."""

    __tablename__ = "lanes"

    lane: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]


class DeliveryRow(WithId, Row):
    """One message to one place.

    ``due_at`` is set on one row of a lane at most: its oldest unfinished one, while that waits. So the index over it holds
    nothing but what can be claimed, and a claim costs the same with ten rows waiting or a million.
    ``place`` is the id as text and orders a lane. It is in one index only, and no index leads to a state alone: as long as
    PostgreSQL has no fresh statistics it takes any that fits a little, and walks through the whole workspace for each lane.
    ``doubt``: an earlier try may have arrived. ``owner`` and ``lease_until`` are set while ``sending``. ``trace``: what its
    log lines share with those of whatever wrote it.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        # Who cancels by hand must not leave something that is sent all the same.
        CheckConstraint("due_at IS NULL OR state = 'waiting'", name="ck_deliveries_due_waits"),
        Index(
            "ix_deliveries_due",
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index(
            "uq_deliveries_head",
            "workspace_id",
            "lane",
            unique=True,
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index("ix_deliveries_lane", "workspace_id", "lane", "state", "place"),
        Index(
            "ix_deliveries_occurrence",
            "occurrence",
            "workspace_id",
            sqlite_where=text("occurrence IS NOT NULL"),
            postgresql_where=text("occurrence IS NOT NULL"),
        ),
        Index(
            "ix_deliveries_too_late",
            "not_after",
            sqlite_where=text("state = 'waiting' AND not_after IS NOT NULL"),
            postgresql_where=text("state = 'waiting' AND not_after IS NOT NULL"),
        ),
        Index(
            "ix_deliveries_lease",
            "lease_until",
            sqlite_where=text("lease_until IS NOT NULL"),
            postgresql_where=text("lease_until IS NOT NULL"),
        ),
        # For the figures: what is not done with, counted without walking through all that ever was. Time leads and not the
        # state, for the reason above.
        Index(
            "ix_deliveries_open",
            "not_before",
            "state",
            "first_tried_at",
            "workspace_id",
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
    )

    key: Mapped[str]
    lane: Mapped[str]
    target: Mapped[str]
    letter: Mapped[str]
    not_before: Mapped[datetime]
    not_after: Mapped[datetime | None]
    revises: Mapped[UUID | None]
    if_in_doubt: Mapped[str]
    occurrence: Mapped[UUID | None]
    state: Mapped[str]
    attempts: Mapped[int]
    first_tried_at: Mapped[datetime | None]
    error: Mapped[str]
    message_platform: Mapped[str | None]
    message_value: Mapped[str | None]
    created_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    place: Mapped[str]
    doubt: Mapped[bool]
    due_at: Mapped[datetime | None]
    owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    trace: Mapped[str] = mapped_column(server_default=text("''"))
