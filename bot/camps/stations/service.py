"""What an organiser does with a camp's stations: plan, look, change, post, and change again. Only what is posted is told.

Planning takes a moment; for very many people, or while a language model still reads new needs, some seconds. Nobody waits
longer than that without a word: what is not ready in time goes on by itself, and is shown when somebody looks again. Who does
not look hears when it is ready.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.camps.stations.changing import joined, moved, number_in, parted, swapped
from bot.camps.stations.domain import Pair, StationPlan, station_of
from bot.camps.stations.drawing import check_count, drawn
from bot.camps.stations.fitting import fitted
from bot.camps.stations.outgoing import post_in_place, ready, ready_key, tell_everybody
from bot.camps.stations.seeing import Sources, StationsView, read_sources
from bot.errors import NotThere, Phrase, phrase
from bot.identity import Address, CampId, MemberId, WorkspaceId
from bot.introductions.gathering import USUAL
from bot.introductions.knowing import Knowing
from bot.matching.domain import Weights
from bot.matching.planner import Planner, ThreadPlanner
from bot.ports import Clock, Units

# Seconds for which somebody waits for a plan before they are told that it takes a little longer.
PATIENCE = 2.0
# Whoever waits looks again by themselves in this time; after it they hear that it is ready.
LOOKS_AGAIN = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class StillPlanning:
    """It takes a little longer: so many seconds by now, for so many people. Who waits hears when it is ready."""

    camp: CampId
    seconds: float
    people: int

    def sorry(self) -> Phrase:
        """Said where nothing can be done before it is ready."""
        return phrase("I am still planning the stations. Look again in a moment.")


@dataclass(frozen=True, slots=True)
class Posted:
    """What was told: to how many their station, how many cards changed in place, in how many channels."""

    view: StationsView
    placed: int
    beside: int
    out: int
    places: int


@dataclass(frozen=True, slots=True)
class _Job:
    """A plan in the making; it is kept when it is ready, whether or not somebody looks. ``late``: somebody was told that it
    takes longer, and hears when it is ready."""

    task: "asyncio.Task[None]"
    since: float
    people: int
    late: asyncio.Event


class StationService:
    """Use cases around stations; all of them are an organiser's."""

    def __init__(
        self,
        units: Units,
        clock: Clock,
        planner: Planner | None = None,
        weights: Weights = USUAL,
        knowing: Knowing | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self._units = units
        self._clock = clock
        self._planner = planner or ThreadPlanner()
        self._weights = weights
        self._knowing = knowing or Knowing(units)
        self.patience = patience
        self._jobs: dict[tuple[WorkspaceId, CampId], _Job] = {}

    async def plan(
        self, workspace: WorkspaceId, camp: CampId, count: int | None, by: MemberId
    ) -> StationsView | StillPlanning:
        """The camp's stations: those there are, or new ones where there are none or another number is wanted. Raises
        NotUnderstood for a number that cannot be, NotThere where nobody comes."""
        sources = await self._read(workspace, camp)
        if (workspace, camp) in self._jobs:
            return await self._awaited(workspace, camp)
        if sources.plan is not None and count in (None, len(sources.plan.stations)):
            return sources.view(sources.plan)
        return await self._draw(workspace, sources, check_count(count, sources), by)

    async def redraw(
        self, workspace: WorkspaceId, camp: CampId, revision: int, by: MemberId
    ) -> StationsView | StillPlanning:
        """Another draw of as many; what is to stay stays."""
        sources = await self._read(workspace, camp)
        plan = _there(sources)
        if (workspace, camp) in self._jobs:
            return await self._awaited(workspace, camp)
        if plan.revision != revision:
            return sources.view(plan, changed_by_another())
        return await self._draw(workspace, sources, check_count(len(plan.stations), sources), by)

    async def look(self, workspace: WorkspaceId, camp: CampId) -> StationsView | StillPlanning:
        """The stations as they stand, or how long they have been in the making. Raises NotThere where there are none."""
        if (workspace, camp) in self._jobs:
            return await self._awaited(workspace, camp)
        sources = await self._read(workspace, camp)
        return sources.view(_there(sources))

    async def lock(self, workspace: WorkspaceId, camp: CampId, revision: int, number: int) -> StationsView:
        """Another draw leaves this station as it is; one that was kept so is let go."""
        return await self._change(
            workspace, camp, revision, lambda _sources, plan: plan.turned_lock(number_in(plan, number))
        )

    async def free(self, workspace: WorkspaceId, camp: CampId, revision: int) -> StationsView:
        """Lets go of all locks and wishes; everybody stays where they are."""
        return await self._change(workspace, camp, revision, lambda _sources, plan: plan.freed())

    async def move(
        self, workspace: WorkspaceId, camp: CampId, revision: int, member: MemberId, to: int
    ) -> StationsView:
        """Somebody goes to another station. Raises NotUnderstood where they are there, or cannot be."""

        return await self._change(
            workspace, camp, revision, lambda sources, plan: moved(sources, plan, member, number_in(plan, to))
        )

    async def swap(self, workspace: WorkspaceId, camp: CampId, revision: int, pair: Pair) -> StationsView:
        """Two change places. Raises NotUnderstood where they are at one station, or cannot be where the other is."""

        return await self._change(workspace, camp, revision, lambda sources, plan: swapped(sources, plan, pair))

    async def together(self, workspace: WorkspaceId, camp: CampId, revision: int, pair: Pair) -> StationsView:
        """Two sit at one station, now and in every further draw: the second of them goes to the first's."""

        return await self._change(workspace, camp, revision, lambda sources, plan: joined(sources, plan, pair))

    async def apart(
        self, workspace: WorkspaceId, camp: CampId, revision: int, pair: Pair, by: MemberId
    ) -> StationsView | StillPlanning:
        """Two never sit at one station; where they do now, everybody who is not kept in place is spread anew."""

        view = await self._change(workspace, camp, revision, lambda sources, plan: parted(sources, plan, pair))
        numbers = [station_of(view.plan.stations, member) for member in pair]
        if view.note is not None or numbers[0] != numbers[1]:
            return view
        return await self.redraw(workspace, camp, view.plan.revision, by)

    async def fit(self, workspace: WorkspaceId, camp: CampId, revision: int) -> StationsView:
        """Takes out who does not come, and finds a station for who has none; the others stay where they are."""
        return await self._change(
            workspace,
            camp,
            revision,
            lambda sources, plan: fitted(plan, sources.coming(), sources.people, sources.apart()),
        )

    async def post(self, workspace: WorkspaceId, camp: CampId, revision: int) -> Posted | StationsView:
        """Tells everybody who is touched. Where somebody changed the stations meanwhile, shows them instead."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            sources = await read_sources(work, camp, now, self._weights)
            plan = _there(sources)
            if plan.revision != revision:
                return sources.view(plan, changed_by_another())
            _check_open(sources, now)
            coming = set(sources.coming())
            still = [
                replace(station, members=tuple(member for member in station.members if member in coming))
                for station in plan.stations
            ]
            posted = replace(plan, stations=tuple(still)).posted(now)
            told = await tell_everybody(work, plan, posted, now)
            await work.stations.put(posted)
            view = sources.view(posted)
            await work.commit()
        return Posted(view, len(told.placed), len(told.beside), len(told.out), len(posted.places))

    async def post_here(self, workspace: WorkspaceId, camp: CampId, revision: int, place: Address) -> StationsView:
        """Shows the stations in a channel, once; they stay up to date there with every posting."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            sources = await read_sources(work, camp, now, self._weights)
            plan = _there(sources)
            if plan.revision != revision or not plan.is_told():
                return sources.view(plan, changed_by_another())
            if place in plan.places:
                return sources.view(
                    plan, phrase("They are shown in this channel already, and change there by themselves.")
                )
            shown = replace(plan, places=(*plan.places, place), revision=plan.revision + 1)
            await work.stations.put(shown)
            await work.deliveries.add([post_in_place(shown, place, now)])
            view = sources.view(shown, phrase("On their way into this channel."))
            await work.commit()
        return view

    async def drop(self, workspace: WorkspaceId, camp: CampId) -> None:
        """Throws stations away that nobody was told of. Raises NotThere for others."""
        async with self._units(workspace) as work:
            plan = await work.stations.get(camp)
            if plan is not None and plan.told_at is not None:
                raise NotThere(
                    phrase("People know of these stations already, so they can be changed but not thrown away.")
                )
            await work.stations.remove(camp)
            await work.commit()

    async def close(self) -> None:
        """Gives up what is still being planned."""
        jobs = [job.task for job in self._jobs.values()]
        self._jobs.clear()
        for task in jobs:
            task.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)

    async def _read(self, workspace: WorkspaceId, camp: CampId) -> Sources:
        async with self._units(workspace, reading=True) as work:
            return await read_sources(work, camp, self._clock.now(), self._weights)

    async def _change(
        self,
        workspace: WorkspaceId,
        camp: CampId,
        revision: int,
        change: Callable[[Sources, StationPlan], StationPlan],
    ) -> StationsView:
        async with self._units(workspace) as work:
            sources = await read_sources(work, camp, self._clock.now(), self._weights)
            plan = _there(sources)
            if plan.revision != revision:
                return sources.view(plan, changed_by_another())
            changed = change(sources, plan)
            await work.stations.put(changed)
            await work.commit()
        return sources.view(changed)

    async def _draw(
        self, workspace: WorkspaceId, sources: Sources, count: int, by: MemberId
    ) -> StationsView | StillPlanning:
        camp = sources.camp.id
        late = asyncio.Event()
        making = asyncio.create_task(self._make(workspace, sources, count, by, late), name="planning stations")
        # Where nobody looks again, nobody hears of what went wrong.
        making.add_done_callback(lambda task: None if task.cancelled() else task.exception())
        self._jobs[workspace, camp] = _Job(making, time.monotonic(), len(sources.coming()), late)
        return await self._awaited(workspace, camp)

    async def _awaited(self, workspace: WorkspaceId, camp: CampId) -> StationsView | StillPlanning:
        job = self._jobs[workspace, camp]
        await asyncio.wait({job.task}, timeout=self.patience)
        if not job.task.done():
            job.late.set()
            return StillPlanning(camp, time.monotonic() - job.since, job.people)
        self._jobs.pop((workspace, camp), None)
        await job.task
        sources = await self._read(workspace, camp)
        plan = _there(sources)
        if job.late.is_set():
            await self._looked_at(workspace, plan)
        return sources.view(plan, self._knowing.note(workspace))

    async def _looked_at(self, workspace: WorkspaceId, plan: StationPlan) -> None:
        """Nobody has to be told of what they see."""
        async with self._units(workspace) as work:
            await work.deliveries.cancel([ready_key(plan)])
            await work.commit()

    async def _make(
        self, workspace: WorkspaceId, sources: Sources, count: int, by: MemberId, late: asyncio.Event
    ) -> None:
        known = await self._knowing.of(workspace)
        made = await drawn(self._planner, sources, known, count, by, self._clock.now())
        async with self._units(workspace) as work:
            now_there = await work.stations.get(sources.camp.id)
            if _revision(now_there) == _revision(sources.plan):
                await work.stations.put(made)
                if late.is_set():
                    await work.deliveries.add([ready(made, by, self._clock.now() + LOOKS_AGAIN)])
                await work.commit()


def changed_by_another() -> Phrase:
    """Said above the stations as they are now."""
    return phrase("Somebody has changed the stations meanwhile, so I changed nothing. This is how they look now.")


def _revision(plan: StationPlan | None) -> int:
    return 0 if plan is None else plan.revision


def _there(sources: Sources) -> StationPlan:
    if sources.plan is None:
        raise NotThere(
            phrase("There are no stations for that camp yet. {command} plans some.", command=phrase("/camp stations 3"))
        )
    return sources.plan


def _check_open(sources: Sources, now: datetime) -> None:
    if sources.camp.ends_at() < now:
        raise NotThere(phrase("That camp is over, so nobody needs to hear of its stations any more."))
