"""What a unit of work reads and writes of camps."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from bot.camps.domain import Answer, Camp, CampState, Seat, Signup
from bot.identity import CampId, MemberId


class Said(NamedTuple):
    """How many members, and how many guests they bring."""

    members: int
    guests: int


class Camps(Protocol):
    """Camps and who has answered; the names of guests are sealed at rest."""

    async def put(self, camp: Camp) -> None:
        """Adds it, or writes it anew."""
        ...

    async def get(self, camp: CampId) -> Camp | None:
        """One camp."""
        ...

    async def in_states(self, states: Sequence[CampState], *, since: date | None = None) -> Sequence[Camp]:
        """By their day, the earliest first; ``since``: none whose day was before."""
        ...

    async def put_signups(self, signups: Sequence[Signup]) -> None:
        """Adds them, or writes them anew."""
        ...

    async def signup(self, camp: CampId, member: MemberId) -> Signup | None:
        """What one member answered."""
        ...

    async def signups(self, camp: CampId) -> Sequence[Signup]:
        """All who were asked or have answered, in the order of their ids."""
        ...

    async def waiting(self, camp: CampId) -> Sequence[Signup]:
        """Those who wait for a seat, the first one first."""
        ...

    async def tally(self, camp: CampId) -> Mapping[tuple[Answer, Seat], Said]:
        """How many there are of each answer and seat that anybody has, and how many guests they bring."""
        ...

    async def signups_of(self, member: MemberId) -> Sequence[Signup]:
        """What one member answered to each camp."""
        ...

    async def give_to(self, member: MemberId, another: MemberId) -> None:
        """What one who turned out to be another member made or answered; where both answered, the other's answer stays."""
        ...

    async def forget(self, member: MemberId) -> Sequence[CampId]:
        """The member's answers go. Returns to which camps they were."""
        ...

    async def forget_guests_before(self, day: date) -> int:
        """The names of guests at camps before that day go. Returns how many answers had some."""
        ...
