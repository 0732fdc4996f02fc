"""The weekly rule's use cases: set it, look at it, stop it."""

from bot.identity import MemberId, ScheduleId, WorkspaceId, new_id
from bot.introductions.weekly import WeeklyRule, schedule_of
from bot.ports import Clock, UnitOfWork, Units
from bot.schedules.domain import Schedule, ScheduleKind


class WeeklyPlan:
    """One weekly rule a workspace; setting it again changes it."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def current(self, workspace: WorkspaceId) -> Schedule | None:
        """The rule as it stands."""
        async with self._units(workspace, reading=True) as work:
            return await _find(work)

    async def understood(self, workspace: WorkspaceId, rule: WeeklyRule, by: MemberId) -> Schedule:
        """The schedule that the rule would be; nothing is written."""
        async with self._units(workspace, reading=True) as work:
            options = await work.vocabulary.options()
        return schedule_of(rule, ScheduleId(new_id()), options.timezone, self._clock.now(), by)

    async def set(self, workspace: WorkspaceId, rule: WeeklyRule, by: MemberId) -> Schedule:
        """Writes the rule. The same rule set twice is one rule."""
        async with self._units(workspace) as work:
            options = await work.vocabulary.options()
            before = await _find(work)
            known = before.id if before else ScheduleId(new_id())
            schedule = schedule_of(rule, known, options.timezone, self._clock.now(), by)
            await work.schedules.put(schedule)
            await work.commit()
        return schedule

    async def stop(self, workspace: WorkspaceId) -> bool:
        """No more rounds by themselves. False where there was no rule."""
        async with self._units(workspace) as work:
            before = await _find(work)
            if before is None:
                return False
            await work.schedules.remove(before.id)
            await work.commit()
        return True


async def _find(work: UnitOfWork) -> Schedule | None:
    return next((one for one in await work.schedules.every() if one.kind is ScheduleKind.ROUND), None)
