"""What follows camps, in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.camps.handover.domain import HandOver
from bot.errors import StorageError
from bot.identity import CampId, MemberId
from tests.fake_books import Drafts


class MemoryHandOvers:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def put(self, handover: HandOver) -> None:
        if self._drafts.camps.get(handover.camp) is None:
            raise self._drafts.pen.fail(StorageError("what follows a camp belongs to a camp that is there"))
        self._drafts.handovers.put(handover.camp, handover)

    async def get(self, camp: CampId) -> HandOver | None:
        return self._drafts.handovers.get(camp)

    async def forget_who_answered_before(self, day: date) -> int:
        over = [one for one in self._drafts.handovers.values() if one.answered and self._day(one) < day]
        for one in over:
            self._drafts.handovers.put(one.camp, replace(one, answered=frozenset()))
        return len(over)

    async def naming(self, member: MemberId) -> Sequence[HandOver]:
        found = [one for one in self._drafts.handovers.values() if one.names(member)]
        return sorted(found, key=lambda one: one.camp)

    def _day(self, handover: HandOver) -> date:
        camp = self._drafts.camps.get(handover.camp)
        return date.max if camp is None else camp.day
