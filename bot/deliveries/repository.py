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

    async def revise(self, revision: Delivery) -> bool:
        """Writes an edit, unless one of the same message still waits in its lane: that one will say what is true when it goes.
        Whoever changes something and then calls this can be sure that an edit follows which shows the change."""
        ...

    async def get(self, delivery: DeliveryId) -> Delivery | None:
        """One delivery."""
        ...

    async def by_key(self, key: str) -> Delivery | None:
        """The one that was written with this key."""
        ...

    async def by_keys(self, keys: Sequence[str]) -> Mapping[str, Delivery]:
        """Those that were written with one of these keys, by it."""
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
        """Whether any of these has arrived or ended then or later. When one ended is known to some minutes only, so that one
        may count once too often, but never too seldom."""
        ...

    async def done_before(self, at: datetime, limit: int, *, traceless: bool = False) -> Sequence[DeliveryId]:
        """The oldest of those that were written before then and have ended, so many at most. ``traceless``: only those that
        left no message of their own, since they were cancelled or revised another one."""
        ...

    async def forget(self, deliveries: Sequence[DeliveryId]) -> int:
        """Removes those of them that have ended; returns how many."""
        ...

    async def empty_lanes(self, at: datetime, limit: int) -> Sequence[str]:
        """Lanes without any delivery whose rest was over before then, so many at most."""
        ...

    async def forget_lanes(self, lanes: Sequence[str]) -> int:
        """Removes those of them that still have no delivery; returns how many."""
        ...

    async def give_to(self, member: MemberId, another: MemberId) -> int:
        """What names a member who turned out to be another one names that one: in keys, targets and letters. One whose key
        that one has already is left as it is. Returns how many changed."""
        ...
