"""Camps from the first line of their programme to the last answer: made, announced, answered, moved, held."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.camps.answering import Answering
from bot.camps.calendars import Calendars
from bot.camps.domain import Camp
from bot.camps.handover.service import HandOverService
from bot.camps.inviting import Inviting
from bot.camps.leaving import leave
from bot.camps.places import there
from bot.camps.planning import Planning, Saved, lists, saved_now
from bot.camps.reading import Lists
from bot.camps.reminding import EXPANDERS, Reminding
from bot.camps.seeing import Guestbook, Seen, coming_camps, guestbook, named, seen
from bot.camps.stations.service import StationService
from bot.camps.untold import untold_camps
from bot.errors import NotThere, phrase
from bot.identity import CampId, MemberId, WorkspaceId
from bot.introductions.gathering import USUAL
from bot.introductions.knowing import Knowing
from bot.matching.domain import Weights
from bot.matching.planner import Planner
from bot.ports import Clock, UnitOfWork, Units
from bot.schedules.domain import ScheduleKind
from bot.schedules.service import Expander


class CampService:
    """Use cases around camps: what organisers do is in ``planning``, ``inviting`` and ``reminding``, what members do in
    ``answering``; here is what is looked at.

    ``planner``, ``weights`` and ``knowing`` are for the stations; see :class:`bot.camps.stations.service.StationService`.
    ``public_url``: where calendar programs reach this house, empty where they cannot.
    """

    def __init__(
        self,
        units: Units,
        clock: Clock,
        planner: Planner | None = None,
        weights: Weights = USUAL,
        knowing: Knowing | None = None,
        public_url: str = "",
    ) -> None:
        self.handover = HandOverService(units, clock)
        self.stations = StationService(units, clock, planner, weights, knowing)
        self.planning = Planning(units, clock)
        self.inviting = Inviting(units, clock)
        self.answering = Answering(units, clock)
        self.reminding = Reminding(units, clock)
        self.calendars = Calendars(units, clock, public_url)
        self._units = units
        self._clock = clock

    async def coming(self, workspace: WorkspaceId, member: MemberId) -> Sequence[Seen]:
        """The camps to come as a member sees them, the next one first."""
        async with self._units(workspace, reading=True) as work:
            return [await seen(work, camp, member) for camp in await coming_camps(work, self._clock.now())]

    async def find(self, workspace: WorkspaceId, typed: str = "", camp: CampId | None = None) -> Camp:
        """The camp that is meant: the one with this id, this name, or the next one. Raises NotThere."""
        async with self._units(workspace, reading=True) as work:
            found = await named(work, camp, typed, self._clock.now())
        if found is not None:
            return found
        if typed.strip():
            raise NotThere(phrase("I know no camp by that name. {list} shows them all.", list=phrase("/camp list")))
        raise NotThere(phrase("No camp is planned just now."))

    async def show(self, workspace: WorkspaceId, camp: CampId, member: MemberId) -> Seen:
        """One camp as a member sees it. Raises NotThere."""
        async with self._units(workspace, reading=True) as work:
            return await seen(work, await there(work, camp), member)

    async def desk(self, workspace: WorkspaceId, camp: CampId, organiser: MemberId) -> Saved:
        """One camp as an organiser sees it. Raises NotThere."""
        async with self._units(workspace, reading=True) as work:
            return await saved_now(work, await there(work, camp), organiser)

    async def untold(self, workspace: WorkspaceId, organiser: MemberId) -> Sequence[Saved]:
        """The camps to come of which those who come have not heard all that has changed."""
        async with self._units(workspace, reading=True) as work:
            return await untold_camps(work, organiser, self._clock.now())

    async def guests(self, workspace: WorkspaceId, camp: CampId, organiser: MemberId) -> Guestbook:
        """Who said what. Raises NotThere."""
        async with self._units(workspace, reading=True) as work:
            return await guestbook(work, await there(work, camp), organiser)

    async def lists(self, workspace: WorkspaceId) -> Lists:
        """What the academy calls its sectors and themes."""
        async with self._units(workspace, reading=True) as work:
            return await lists(work)

    async def leave(self, work: UnitOfWork, member: MemberId, now: datetime) -> None:
        """Takes somebody who is being forgotten out of every camp, within the unit of work that forgets them."""
        await leave(work, member, now)

    def expanders(self) -> Mapping[ScheduleKind, Expander]:
        """What the timekeeper does when a reminder comes due, or a camp is over."""
        return EXPANDERS
