"""Who cannot be reached any more: the account is gone, or has left the place that the academy lives in.

Nobody else is to wait for them: they are left out of the draw, and what was open with them ends, until they are back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.deliveries.domain import DeliveryState, ToMember
from bot.deliveries.outbox import Claim
from bot.identity import MemberId, WorkspaceId
from bot.introductions.opening import let_go
from bot.ports import Units

# What platforms say of somebody who is not there, as a delivery's error ends.
NOT_THERE = frozenset(
    {
        "invalid_users",
        "is_inactive",
        "missing_user",
        "not_in_guild",
        "unknown_member",
        "unknown_user",
        "user_banned",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
        "users_not_found",
    }
)


def says_nobody_there(claim: Claim, state: DeliveryState, error: str) -> bool:
    """Whether a message to a person ended because the person is not there."""
    to_person = isinstance(claim.delivery.target, ToMember) and claim.delivery.revises is None
    return to_person and state is DeliveryState.FAILED and error.rpartition(" ")[2] in NOT_THERE


@dataclass(frozen=True, slots=True)
class Dweller:
    """A member who can be reached on one platform only. ``user``: their account there; ``is_away``: as far as is known."""

    member: MemberId
    user: str
    is_away: bool


class Presence:
    """Keeps with the member since when they are away. Each method is one short unit of work."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def away(self, claim: Claim, now: datetime) -> None:
        """Nobody was there: whoever waits for them is freed at once. The first time counts."""
        await self._note(claim, now)

    async def back(self, claim: Claim) -> None:
        """Something arrived there after all."""
        await self._note(claim, None)

    async def dwellers(self, workspace: WorkspaceId, platform: str) -> Sequence[Dweller]:
        """Those whom nothing reaches who are not on this platform any more."""
        async with self._units(workspace, reading=True) as work:
            everybody = await work.members.everybody()
        return tuple(
            Dweller(one.id, one.accounts[0].user, one.away_since is not None)
            for one in everybody
            if one.accounts and all(account.platform == platform for account in one.accounts)
        )

    async def noted(self, workspace: WorkspaceId, own: MemberId, away_since: datetime | None) -> None:
        """Since when somebody is away; None for whoever is there."""
        async with self._units(workspace) as work:
            member = await work.members.get(own)
            if member is None or (member.away_since is None) is (away_since is None):
                return
            await work.members.put(replace(member, away_since=away_since))
            if away_since is not None:
                await let_go(work, member.id, away_since)
            await work.commit()

    async def _note(self, claim: Claim, away_since: datetime | None) -> None:
        target = claim.delivery.target
        if isinstance(target, ToMember):
            await self.noted(claim.workspace, target.member, away_since)
