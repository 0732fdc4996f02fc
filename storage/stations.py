"""Stations of camps, kept in rows."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select

from bot.camps.stations.domain import Pair, Station, StationPlan
from bot.identity import Address, CampId, MemberId, WorkspaceId
from storage.mapping import Values
from storage.statements import Statements
from storage.station_rows import StationsRow

_YES = "yes"


class StoredStationPlans:
    """Implements :class:`bot.camps.stations.repository.StationPlans`."""

    def __init__(self, statements: Statements, workspace: WorkspaceId) -> None:
        self._statements = statements
        self._workspace = workspace

    async def put(self, plan: StationPlan) -> None:
        """Adds a plan or writes it anew."""
        await self._statements.upsert(StationsRow, [self._values(plan)])

    async def get(self, camp: CampId) -> StationPlan | None:
        """The plan of a camp."""
        row = await self._statements.first(select(StationsRow).where(self._meant(camp)))
        return None if row is None else _read(row)

    async def remove(self, camp: CampId) -> None:
        """Takes a plan away."""
        await self._statements.write(delete(StationsRow).where(self._meant(camp)))

    async def told_since(self, since: datetime) -> Sequence[StationPlan]:
        """The latest first."""
        query = select(StationsRow).where(self._here(), StationsRow.told_at >= since)
        rows = await self._statements.all(query.order_by(StationsRow.told_at.desc(), StationsRow.camp_id.desc()))
        return [_read(row) for row in rows]

    async def naming(self, member: MemberId) -> Sequence[StationPlan]:
        """A workspace has a few camps a year, so all of them are read."""
        every = await self._statements.all(select(StationsRow).where(self._here()).order_by(StationsRow.camp_id))
        return [plan for plan in map(_read, every) if plan.names(member)]

    def _here(self) -> ColumnElement[bool]:
        return StationsRow.workspace_id == self._workspace

    def _meant(self, camp: CampId) -> ColumnElement[bool]:
        return self._here() & (StationsRow.camp_id == camp)

    def _values(self, plan: StationPlan) -> Values:
        return {
            "workspace_id": self._workspace,
            "camp_id": plan.camp,
            "seed": plan.seed,
            "stations": _written(plan.stations),
            "made_at": plan.made_at,
            "made_by": plan.made_by,
            "together": _pairs_written(plan.together),
            "apart": _pairs_written(plan.apart),
            "revision": plan.revision,
            "told": _written(plan.told),
            "told_at": plan.told_at,
            "version": plan.version,
            "places": [{"platform": place.platform, "value": place.value} for place in plan.places],
        }


def _read(row: StationsRow) -> StationPlan:
    return StationPlan(
        camp=CampId(row.camp_id),
        seed=row.seed,
        stations=_stations(row.stations),
        made_at=row.made_at,
        made_by=None if row.made_by is None else MemberId(row.made_by),
        together=_pairs(row.together),
        apart=_pairs(row.apart),
        revision=row.revision,
        told=_stations(row.told),
        told_at=row.told_at,
        version=row.version,
        places=tuple(Address(place["platform"], place["value"]) for place in row.places),
    )


def _written(stations: Iterable[Station]) -> list[dict[str, str]]:
    return [
        {"members": " ".join(map(str, one.members)), "case": one.case, "locked": _YES if one.locked else ""}
        for one in stations
    ]


def _stations(written: Iterable[dict[str, str]]) -> tuple[Station, ...]:
    return tuple(
        Station(tuple(_member(text) for text in one["members"].split()), one["case"], one["locked"] == _YES)
        for one in written
    )


def _pairs_written(pairs: Iterable[Pair]) -> list[list[str]]:
    return [[str(one), str(other)] for one, other in pairs]


def _pairs(written: Iterable[Sequence[str]]) -> tuple[Pair, ...]:
    return tuple((_member(one), _member(other)) for one, other in written)


def _member(text: str) -> MemberId:
    return MemberId(UUID(text))
