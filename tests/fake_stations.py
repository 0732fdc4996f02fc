"""Stations in memory."""

from collections.abc import Sequence
from datetime import datetime

from bot.camps.stations.domain import StationPlan
from bot.errors import StorageError
from bot.identity import CampId, MemberId
from tests.fake_books import Drafts


class MemoryStationPlans:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def put(self, plan: StationPlan) -> None:
        if self._drafts.camps.get(plan.camp) is None:
            raise self._drafts.pen.fail(StorageError("stations belong to a camp that is there"))
        self._drafts.stations.put(plan.camp, plan)

    async def get(self, camp: CampId) -> StationPlan | None:
        return self._drafts.stations.get(camp)

    async def remove(self, camp: CampId) -> None:
        self._drafts.stations.remove([camp])

    async def told_since(self, since: datetime) -> Sequence[StationPlan]:
        every = self._drafts.stations.values()
        told = [(one.told_at, one.camp, one) for one in every if one.told_at is not None and one.told_at >= since]
        return [one for *_, one in sorted(told, key=lambda entry: entry[:2], reverse=True)]

    async def naming(self, member: MemberId) -> Sequence[StationPlan]:
        found = [one for one in self._drafts.stations.values() if one.names(member)]
        return sorted(found, key=lambda one: one.camp)
