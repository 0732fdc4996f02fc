"""Forgets messages and times of schedules that nobody can come back to: docs/decisions says how long each is kept, and why.

In small parts: what is to go is looked for while everybody else may write, and each part is removed in a moment.
"""

import asyncio
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


async def forget_done(units: Units, workspace: WorkspaceId, now: datetime) -> int:
    """One unit of work a part. Returns how many rows went."""
    gone = await _deliveries(units, workspace, now - TRACELESS_KEPT, traceless=True)
    gone += await _deliveries(units, workspace, now - DONE_KEPT, traceless=False)
    gone += await _lanes(units, workspace, now - LANES_KEPT)
    for _ in range(_PARTS):
        async with units(workspace) as work:
            went = await work.schedules.forget_before(now - DONE_KEPT, PART)
            await work.commit()
        gone += went
        if went < PART:
            break
        await asyncio.sleep(0)
    return gone


async def _deliveries(units: Units, workspace: WorkspaceId, before: datetime, *, traceless: bool) -> int:
    gone = 0
    for _ in range(_PARTS):
        async with units(workspace, reading=True) as look:
            found = await look.deliveries.done_before(before, PART, traceless=traceless)
        if found:
            async with units(workspace) as work:
                gone += await work.deliveries.forget(found)
                await work.commit()
        if len(found) < PART:
            break
    return gone


async def _lanes(units: Units, workspace: WorkspaceId, before: datetime) -> int:
    gone = 0
    for _ in range(_PARTS):
        async with units(workspace, reading=True) as look:
            found = await look.deliveries.empty_lanes(before, PART)
        if found:
            async with units(workspace) as work:
                gone += await work.deliveries.forget_lanes(found)
                await work.commit()
        if len(found) < PART:
            break
    return gone
