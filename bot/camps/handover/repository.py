"""What a unit of work reads and writes of what follows camps."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.camps.handover.domain import HandOver
from bot.identity import CampId, MemberId


class HandOvers(Protocol):
    """What is kept of camps after their day; notes and opinions are sealed at rest."""

    async def put(self, handover: HandOver) -> None:
        """Adds it, or writes it anew."""
        ...

    async def get(self, camp: CampId) -> HandOver | None:
        """That of one camp."""
        ...

    async def forget_who_answered_before(self, day: date) -> int:
        """Who said how it was at camps before that day is forgotten; what was said stays. Returns at how many camps."""
        ...

    async def naming(self, member: MemberId) -> Sequence[HandOver]:
        """Those in which somebody answered, or wrote the notes."""
        ...
