"""What an organiser does with a camp's stations: plan, look, change, post, and change again. Only what is posted is told.

Planning takes a moment; for very many people, or while a language model still reads new needs, some seconds. Nobody waits
longer than that without a word: what is not ready in time goes on by itself, and is shown when somebody looks again. Who does
not look hears when it is ready.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.camps.stations.changing import joined, moved, number_in, parted, swapped
from bot.camps.stations.domain import Pair, StationPlan, station_of
from bot.camps.stations.drawing import check_count, drawn
from bot.camps.stations.fitting import fitted
from bot.camps.stations.outgoing import post_in_place, ready, ready_key, tell_everybody
from bot.camps.stations.seeing import Sources, StationsView, read_sources
from bot.camps.stations.workshop import PATIENCE, StillPlanning, Workshop, over
from bot.deliveries.domain import DeliveryState
from bot.errors import NotThere, Phrase, phrase
from bot.identity import Address, CampId, MemberId, WorkspaceId
from bot.introductions.gathering import USUAL
from bot.introductions.knowing import Knowing
from bot.matching.domain import Weights
from bot.matching.planner import Planner, ThreadPlanner
from bot.ports import Clock, Units

# Whoever waits looks again by themselves in this time; after it they hear that it is ready.
LOOKS_AGAIN = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Posted:
    """What was told: to how many their station, how many cards changed in place, in how many channels."""

    view: StationsView
    placed: int
    beside: int
    out: int
    places: int


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
        self.workshop = Workshop(units, clock, patience)

    async def plan(
        self, workspace: WorkspaceId, camp: CampId, count: int | None, by: MemberId
    ) -> StationsView | StillPlanning:
        """The camp's stations: those there are, or new ones where there are none or another number is wanted. Raises
        NotUnderstood for a number that cannot be, NotThere where nobody comes."""
        waits = await self.workshop.busy(workspace, camp)
        if waits is not None:
            return waits
        sources = await self._read(workspace, camp)
        if sources.plan is not None and count in (None, len(sources.plan.stations)):
            return sources.view(sources.plan)
        return await self._draw(workspace, sources, check_count(count, sources), by)

    async def redraw(
        self, workspace: WorkspaceId, camp: CampId, revision: int, by: MemberId
    ) -> StationsView | StillPlanning:
        """Another draw of as many; what is to stay stays."""
        waits = await self.workshop.busy(workspace, camp)
        if waits is not None:
            return waits
        sources = await self._read(workspace, camp)
        plan = _there(sources)
        if plan.revision != revision:
            return sources.view(plan, changed_by_another())
        return await self._draw(workspace, sources, check_count(len(plan.stations), sources), by)

    async def look(self, workspace: WorkspaceId, camp: CampId) -> StationsView | StillPlanning:
        """The stations as they stand, or how long they have been in the making. Raises NotThere where there are none."""
        waits = await self.workshop.busy(workspace, camp)
        return await self._seen(workspace, camp) if waits is None else waits

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
        await self.workshop.close()

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
        make = partial(self._make, workspace, sources, count, by)
        self.workshop.begin(workspace, camp, len(sources.coming()), make)
        waits = await self.workshop.busy(workspace, camp)
        return await self._seen(workspace, camp) if waits is None else waits

    async def _seen(self, workspace: WorkspaceId, camp: CampId) -> StationsView:
        """The stations as they stand; nobody has to be told of what they see."""
        async with self._units(workspace, reading=True) as work:
            sources = await read_sources(work, camp, self._clock.now(), self._weights)
            plan = _there(sources)
            told = await work.deliveries.by_key(ready_key(plan))
        if told is not None and told.state is DeliveryState.WAITING:
            async with self._units(workspace) as work:
                await work.deliveries.cancel([told.key])
                await work.commit()
        return sources.view(plan, self._knowing.note(workspace))

    async def _make(self, workspace: WorkspaceId, sources: Sources, count: int, by: MemberId) -> None:
        known = await self._knowing.of(workspace)
        drawing = await drawn(self._planner, sources, known, count, by, self._clock.now())
        made, camp = replace(drawing, made_at=self._clock.now()), sources.camp.id
        async with self._units(workspace) as work:
            now_there = await work.stations.get(camp)
            if _revision(now_there) == _revision(sources.plan):
                await work.stations.put(made)
                if self.workshop.is_late(workspace, camp):
                    await work.deliveries.add([ready(made, by, self._clock.now() + LOOKS_AGAIN)])
            await over(work, camp)
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
