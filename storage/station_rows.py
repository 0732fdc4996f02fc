"""The table of stations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import InWorkspace, Row


class StationsRow(InWorkspace, Row):
    """The stations of one camp; members are ids, several of them with spaces between."""

    __tablename__ = "camp_stations"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "camp_id"], ["camps.workspace_id", "camps.id"]),
        Index(None, "workspace_id", "told_at"),
    )

    camp_id: Mapped[UUID] = mapped_column(primary_key=True)
    seed: Mapped[int]
    stations: Mapped[list[dict[str, str]]]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None]
    together: Mapped[list[list[str]]]
    apart: Mapped[list[list[str]]]
    revision: Mapped[int]
    told: Mapped[list[dict[str, str]]]
    told_at: Mapped[datetime | None]
    version: Mapped[int]
    places: Mapped[list[dict[str, str]]]
