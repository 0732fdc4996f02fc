"""Forgets messages and times of schedules that nobody can come back to: docs/decisions says how long each is kept, and why.

In small parts: what is to go is looked for while everybody else may write, and each part is removed in a moment.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.identity import WorkspaceId
from bot.ports import Units

# A message can be corrected or answered for a year, and a month for whoever comes back late.
DONE_KEPT = timedelta(days=400)
# What left no message of its own: edits of another, and what was never sent.
TRACELESS_KEPT = timedelta(days=30)
# A conversation's rate, once nothing was ever sent in it that is still known; longer than any platform asks to wait.
LANES_KEPT = timedelta(days=2)
PART = 500
# What is left then goes at the next turn; so one workspace's first tidying holds nobody else's up for long.
_PARTS = 40


async def forget_done(
    units: Units, workspace: WorkspaceId, now: datetime, *, part: int = PART, parts: int = _PARTS
) -> int:
    """One unit of work a part. Returns how many rows went."""
    steps: tuple[Callable[[], Awaitable[int]], ...] = (
        lambda: _deliveries(units, workspace, now - TRACELESS_KEPT, part, traceless=True),
        lambda: _deliveries(units, workspace, now - DONE_KEPT, part, traceless=False),
        lambda: _lanes(units, workspace, now - LANES_KEPT, part),
        lambda: _times(units, workspace, now - DONE_KEPT, part),
    )
    gone = 0
    for step in steps:
        for _ in range(parts):
            went = await step()
            gone += went
            if went < part:
                break
    return gone


async def _deliveries(units: Units, workspace: WorkspaceId, before: datetime, part: int, *, traceless: bool) -> int:
    async with units(workspace, reading=True) as look:
        found = await look.deliveries.done_before(before, part, traceless=traceless)
    if not found:
        return 0
    async with units(workspace) as work:
        went = await work.deliveries.forget(found)
        await work.commit()
    return went


async def _lanes(units: Units, workspace: WorkspaceId, before: datetime, part: int) -> int:
    async with units(workspace, reading=True) as look:
        found = await look.deliveries.empty_lanes(before, part)
    if not found:
        return 0
    async with units(workspace) as work:
        went = await work.deliveries.forget_lanes(found)
        await work.commit()
    return went


async def _times(units: Units, workspace: WorkspaceId, before: datetime, part: int) -> int:
    async with units(workspace) as work:
        went = await work.schedules.forget_before(before, part)
        await work.commit()
    return went
