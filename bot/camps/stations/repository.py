"""What a unit of work reads and writes of stations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.camps.stations.domain import StationPlan
from bot.identity import CampId, MemberId


class StationPlans(Protocol):
    """The stations of camps, one plan a camp."""

    async def put(self, plan: StationPlan) -> None:
        """Adds it, or writes it anew."""
        ...

    async def get(self, camp: CampId) -> StationPlan | None:
        """The plan of a camp."""
        ...

    async def remove(self, camp: CampId) -> None:
        """Takes it away; one that is not there is fine."""
        ...

    async def told_since(self, since: datetime) -> Sequence[StationPlan]:
        """Those that people were told of at that time or later, the latest first."""
        ...

    async def naming(self, member: MemberId) -> Sequence[StationPlan]:
        """Those in which somebody stands, or stood as people know it, or whom an organiser's wish names."""
        ...
