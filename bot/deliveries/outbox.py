"""The port of the outbox: who may send what now, and what became of it, across all workspaces."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.deliveries.domain import Delivery, DeliveryState
from bot.identity import Address, WorkspaceId


@dataclass(frozen=True, slots=True)
class Claim:
    """A delivery that this process may send until ``lease_until``. ``seen_before``: an earlier try ended in doubt."""

    workspace: WorkspaceId
    delivery: Delivery
    owner: str
    lease_until: datetime
    seen_before: bool


class Outbox(Protocol):
    """The outbox's engine room, across workspaces: each method is one short transaction."""

    async def claim(
        self, owner: str, now: datetime, lease: timedelta, limit: int, *, but_not: Collection[WorkspaceId] = ()
    ) -> Sequence[Claim]:
        """Takes the oldest unfinished delivery of each free lane that is due, but for frozen workspaces and those that
        have had their share for now (``but_not``); two processes never get the same one."""
        ...

    async def still_mine(self, claim: Claim, now: datetime) -> bool:
        """Whether the lease still holds and the workspace is not frozen; asked just before posting."""
        ...

    async def sent(self, claim: Claim, message: Address | None, now: datetime, lane_rests: timedelta) -> None:
        """It arrived, as that message; the lane rests for a while before its next one."""
        ...

    async def later(
        self,
        claim: Claim,
        at: datetime,
        error: str,
        *,
        lane_rests_until: datetime | None = None,
        doubt: bool = False,
    ) -> None:
        """Back to ``WAITING`` until ``at``. ``doubt``: it may have arrived; the next claim says ``seen_before``."""
        ...

    async def ended(self, claim: Claim, state: DeliveryState, error: str, now: datetime) -> None:
        """``FAILED``, ``DOUBTFUL`` or ``CANCELLED``, with a short reason that names no person."""
        ...

    async def sweep(self, now: datetime) -> int:
        """Brings back what a crash left ``SENDING`` past its lease (to be asked about first), and ends what is past
        ``not_after``. Returns how many rows changed."""
        ...

    async def next_due(self) -> datetime | None:
        """When the earliest claimable delivery is due."""
        ...
