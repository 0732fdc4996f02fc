"""Where plans are made that take a while: one at a time for a camp, and known to every process that is asked how far it is.

Whoever waits longer than a moment is told so, which is written down: with several processes, the next press may be answered by
another one. What was written down by a process that then died counts for nothing after a minute.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.camps.stations.domain import StationPlan
from bot.errors import Phrase, phrase
from bot.identity import CampId, WorkspaceId
from bot.ports import Clock, UnitOfWork, Units

# Seconds for which somebody waits for a plan before they are told that it takes a little longer.
PATIENCE = 2.0
# The landmark of a plan in the making, and how long it can be one.
PLANNING = "planning"
_HOUSE = "brobygger"
_LONGEST = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class StillPlanning:
    """It takes a little longer: so many seconds by now, for so many people. Who waits hears when it is ready."""

    camp: CampId
    seconds: float
    people: int

    def sorry(self) -> Phrase:
        """Said where nothing can be done before it is ready."""
        return phrase("I am still planning the stations. Look again in a moment.")


@dataclass(slots=True)
class _Job:
    """A plan in the making; it is kept when it is ready, whether or not somebody looks. ``late``: somebody was told that it
    takes longer."""

    task: "asyncio.Task[None]"
    since: float
    people: int
    late: bool = False


class Workshop:
    """Makes plans. ``patience``: seconds until somebody who waits is told that it takes longer."""

    def __init__(self, units: Units, clock: Clock, patience: float) -> None:
        self.patience = patience
        self._units = units
        self._clock = clock
        self._jobs: dict[tuple[WorkspaceId, CampId], _Job] = {}

    def is_late(self, workspace: WorkspaceId, camp: CampId) -> bool:
        """Whether somebody was told that it takes longer."""
        job = self._jobs.get((workspace, camp))
        return job is not None and job.late

    def begin(self, workspace: WorkspaceId, camp: CampId, people: int, make: Callable[[], Awaitable[object]]) -> None:
        """Sets to work. What goes wrong is raised to who waits."""
        task = asyncio.create_task(self._made(workspace, camp, make), name="planning stations")
        # Where nobody looks again, nobody hears of what went wrong.
        task.add_done_callback(lambda done: None if done.cancelled() else done.exception())
        self._jobs[workspace, camp] = _Job(task, time.monotonic(), people)

    async def busy(self, workspace: WorkspaceId, camp: CampId) -> StillPlanning | None:
        """How far a plan is that is not ready; None where none is in the making any more. Raises what went wrong with it."""
        job = self._jobs.get((workspace, camp))
        if job is None:
            return await self._elsewhere(workspace, camp)
        await asyncio.wait({job.task}, timeout=self.patience)
        if not job.task.done():
            await self._note(workspace, camp, job)
            return StillPlanning(camp, time.monotonic() - job.since, job.people)
        self._jobs.pop((workspace, camp), None)
        await job.task
        return await self._elsewhere(workspace, camp)

    async def close(self) -> None:
        """Gives up what is still being planned."""
        jobs, self._jobs = self._jobs, {}
        for job in jobs.values():
            job.task.cancel()
        await asyncio.gather(*(job.task for job in jobs.values()), return_exceptions=True)
        for (workspace, camp), job in jobs.items():
            if job.late:
                await self._give_up(workspace, camp)

    async def _made(self, workspace: WorkspaceId, camp: CampId, make: Callable[[], Awaitable[object]]) -> None:
        try:
            await make()
        except Exception:
            await self._give_up(workspace, camp)
            raise

    async def _give_up(self, workspace: WorkspaceId, camp: CampId) -> None:
        async with self._units(workspace) as work:
            await over(work, camp)
            await work.commit()

    async def _note(self, workspace: WorkspaceId, camp: CampId, job: _Job) -> None:
        if job.late:
            return
        job.late = True
        now = self._clock.now()
        async with self._units(workspace) as work:
            # Its last unit of work may have been before this one.
            if not job.task.done():
                await work.landmarks.put(_HOUSE, PLANNING, str(camp), f"{now.isoformat()} {job.people}", now)
                await work.commit()

    async def _elsewhere(self, workspace: WorkspaceId, camp: CampId) -> StillPlanning | None:
        """A plan that another process is making."""
        async with self._units(workspace, reading=True) as work:
            noted = await work.landmarks.get(_HOUSE, PLANNING, str(camp))
            plan = await work.stations.get(camp)
        if noted is None:
            return None
        since, people = noted.split()
        begun, now = datetime.fromisoformat(since), self._clock.now()
        if now - begun > _LONGEST or _is_newer(plan, begun):
            return None
        return StillPlanning(camp, (now - begun).total_seconds() + self.patience, int(people))


async def over(work: UnitOfWork, camp: CampId) -> None:
    """Nothing is in the making for this camp any more; called in the unit of work that keeps what was made."""
    await work.landmarks.forget(_HOUSE, PLANNING, str(camp))


def _is_newer(plan: StationPlan | None, begun: datetime) -> bool:
    return plan is not None and plan.made_at >= begun
