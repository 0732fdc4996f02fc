"""What a unit of work reads and writes of what follows camps."""

from collections.abc import Sequence
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

    async def naming(self, member: MemberId) -> Sequence[HandOver]:
        """Those in which somebody answered, or wrote the notes."""
        ...
