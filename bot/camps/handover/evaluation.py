"""The seam behind which people are asked how a camp was: today three short questions of our own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.camps.domain import Camp
from bot.camps.handover.domain import HandOver, Result
from bot.camps.handover.outgoing import question_for
from bot.identity import CampId, MemberId
from bot.ports import UnitOfWork

# So long after the day answers are taken.
OPEN_FOR = timedelta(days=21)


class Evaluation(Protocol):
    """Asks those who were at a camp how it was, and counts what they say, without saying who said what."""

    async def ask(self, work: UnitOfWork, camp: Camp, members: Sequence[MemberId], now: datetime) -> int:
        """Asks each of these who has not been asked yet. Returns how many that were."""
        ...

    async def result(self, work: UnitOfWork, camp: CampId) -> Result:
        """What was answered so far."""
        ...


class ShortEvaluation:
    """Implements :class:`Evaluation`: one card with a button each, and a form of three questions."""

    async def ask(self, work: UnitOfWork, camp: Camp, members: Sequence[MemberId], now: datetime) -> int:
        """One message each, once, until answers are not taken any more."""
        until = camp.ends_at() + OPEN_FOR
        asked = await work.deliveries.add([question_for(camp.id, member, now, until) for member in members])
        before = await work.handovers.get(camp.id) or HandOver(camp.id)
        await work.handovers.put(replace(before, asked=before.asked + asked, asked_at=before.asked_at or now))
        return asked

    async def result(self, work: UnitOfWork, camp: CampId) -> Result:
        """As it is now."""
        found = await work.handovers.get(camp)
        return Result() if found is None else found.result()
