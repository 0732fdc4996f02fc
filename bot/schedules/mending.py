"""A clock that was wrong: what it did is kept, what it kept from happening may happen after all.

A machine may wake with a clock some hours ahead, until it has asked for the time; another may have been set by hand. What was
sent in those hours was sent, and is not sent again: each time happens once. But what was left out as too late, and the times
that were passed over, are still to come once the clock is right. That a clock was ahead shows in what it recorded: no
occurrence can have been recorded in the future.
"""

import logging
from datetime import datetime, timedelta

from bot.ports import Units, WorkspaceDirectory
from bot.schedules.rules import instant_of, next_after

_log = logging.getLogger(__name__)
# So far may the clocks of two machines be apart without anything being wrong.
APART = timedelta(minutes=1)
_JUST_BEFORE = timedelta(seconds=1)


async def put_right(units: Units, directory: WorkspaceDirectory, now: datetime) -> int:
    """Takes back what a clock that was ahead of ``now`` had left out. Returns how many schedules come due earlier again."""
    wrong = now + APART
    changed = 0
    for workspace in await directory.every():
        async with units(workspace.id, reading=True) as work:
            if not await work.schedules.recorded_after(wrong):
                continue
        async with units(workspace.id) as work:
            ahead = await work.schedules.recorded_after(wrong)
            left_out = await work.schedules.take_back(wrong)
            for schedule in ahead:
                times = [instant_of(one.nominal, schedule) for one in left_out if one.schedule == schedule.id]
                due = next_after(schedule, min([now, *(at - _JUST_BEFORE for at in times)]))
                if due is not None and (schedule.next_at is None or due.at < schedule.next_at):
                    changed += await work.schedules.move(schedule, due.at)
            await work.commit()
    if changed:
        _log.warning("A clock was ahead of its time: %d schedules come due earlier again", changed)
    return changed
