"""What a unit of work reads and writes of the outbox."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.deliveries.domain import Delivery, DeliveryState
from bot.identity import DeliveryId, MemberId, OccurrenceId


class Deliveries(Protocol):
    """The outbox's rows within one workspace. Claiming goes across workspaces and is the :class:`Outbox`'s."""

    async def add(self, deliveries: Sequence[Delivery]) -> int:
        """Writes those whose key is new in the workspace and returns how many there were."""
        ...

    async def get(self, delivery: DeliveryId) -> Delivery | None:
        """One delivery."""
        ...

    async def by_key(self, key: str) -> Delivery | None:
        """The one that was written with this key."""
        ...

    async def cancel(self, keys: Sequence[str]) -> int:
        """Those still waiting become ``CANCELLED``; returns how many."""
        ...

    async def in_states(
        self, states: Sequence[DeliveryState], limit: int = 100, *, since: datetime | None = None
    ) -> Sequence[Delivery]:
        """Newest first. ``since``: no older ones are looked at than those written then, as their ids tell."""
        ...

    async def count_by_state(self) -> Mapping[DeliveryState, int]:
        """How many there are in each state that has any."""
        ...

    async def of_occurrence(
        self, occurrence: OccurrenceId, states: Sequence[DeliveryState], limit: int | None = None
    ) -> Sequence[Delivery]:
        """What one time of a schedule caused, in these states, oldest first."""
        ...

    async def tally(self, occurrence: OccurrenceId) -> Mapping[DeliveryState, int]:
        """How many of these there are in each state that has any."""
        ...

    async def moved_since(self, occurrence: OccurrenceId, at: datetime) -> bool:
        """Whether any of these has arrived or ended since then. When one ended is known to some minutes only, so that one
        may count once too often, but never too seldom."""
        ...

    async def give_to(self, member: MemberId, another: MemberId) -> int:
        """What names a member who turned out to be another one names that one: in keys, targets and letters. One whose key
        that one has already is left as it is. Returns how many changed."""
        ...
