"""What organisers do once a camp is over, and what those who were there say of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations

from bot.announcements.text import read_text
from bot.camps.domain import Answer, Camp, CampState, Signup
from bot.camps.handover.domain import Figures, HandOver, Opinion, Result
from bot.camps.handover.evaluation import OPEN_FOR, Evaluation, ShortEvaluation
from bot.camps.handover.outgoing import share_notes
from bot.camps.seeing import named
from bot.camps.stations.remembering import stays_away, takes_part
from bot.errors import Conflict, NotThere, phrase
from bot.identity import CampId, MemberId, WorkspaceId
from bot.introductions.gathering import gather
from bot.members.domain import Member, Sector
from bot.ports import Clock, UnitOfWork, Units

MOST_NOTES = 3_000


@dataclass(frozen=True, slots=True)
class AfterCamp:
    """A camp after its day, or on it, as an organiser sees it. ``there``: those who came, or as long as nobody has said, those
    who had a seat; ``ticked``: somebody has said. ``over``: the day is over.
    ``stations``: there are some."""

    camp: Camp
    handover: HandOver
    signups: Sequence[Signup]
    people: Mapping[MemberId, Member]
    there: tuple[MemberId, ...]
    ticked: bool
    result: Result
    over: bool
    stations: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """Notes that went out: new to so many, corrected where they stand for so many."""

    after: AfterCamp
    new: int
    corrected: int


class HandOverService:
    """Use cases after a camp; all are an organiser's but :meth:`evaluate` and :meth:`notes`."""

    def __init__(self, units: Units, clock: Clock, evaluation: Evaluation | None = None) -> None:
        self._units = units
        self._clock = clock
        self._evaluation = evaluation or ShortEvaluation()

    async def find(self, workspace: WorkspaceId, typed: str = "") -> Camp:
        """The camp with this name, or the last one that has begun. Raises NotThere."""
        now = self._clock.now()
        async with self._units(workspace, reading=True) as work:
            found = await named(work, None, typed, now) if typed.strip() else await _last(work, now)
        if found is None:
            raise NotThere(
                phrase("I know no camp by that name. {list} shows them all.", list=phrase("/camp list"))
                if typed.strip()
                else phrase("No camp has been held yet.")
            )
        return found

    async def look(self, workspace: WorkspaceId, camp: CampId) -> AfterCamp:
        """How far it is. Raises NotThere for a camp that has not begun, or does not take place."""
        async with self._units(workspace, reading=True) as work:
            return await self._after(work, camp)

    async def tick(
        self, workspace: WorkspaceId, camp: CampId, came: Collection[MemberId], shown: Collection[MemberId]
    ) -> AfterCamp:
        """Keeps who came; of those who were shown the others did not."""
        async with self._units(workspace) as work:
            after = await self._after(work, camp)
            known = {one.member: one for one in after.signups}
            noted = [
                replace(known.get(member, Signup(camp, member)), attended=member in came)
                for member in sorted({*came, *shown})
                if member in after.people
            ]
            await work.camps.put_signups([one for one in noted if one != known.get(one.member)])
            changed = await self._after(work, camp)
            await work.commit()
        return changed

    async def ask(self, workspace: WorkspaceId, camp: CampId) -> tuple[AfterCamp, int]:
        """Asks those who were there how it was. Raises NotThere before the camp is over."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            after = await self._after(work, camp)
            if not after.over:
                raise NotThere(phrase("The camp is not over yet. Ask when it is."))
            if now > after.camp.ends_at() + OPEN_FOR:
                raise NotThere(phrase("That was too long ago to ask about now."))
            asked = await self._evaluation.ask(work, after.camp, after.there, now)
            changed = await self._after(work, camp)
            await work.commit()
        return changed, asked

    async def may_answer(self, workspace: WorkspaceId, camp: CampId, member: MemberId) -> Camp:
        """The camp, if this member may say how it was. Raises NotThere with the reason why not."""
        async with self._units(workspace, reading=True) as work:
            return (await self._may_answer(work, camp, member)).camp

    async def evaluate(self, workspace: WorkspaceId, camp: CampId, member: MemberId, opinion: Opinion) -> Camp:
        """Keeps what somebody says, once, apart from who said it. Raises as :meth:`may_answer`."""
        async with self._units(workspace) as work:
            after = await self._may_answer(work, camp, member)
            await work.handovers.put(after.handover.answered_by(member, opinion))
            await work.commit()
        return after.camp

    async def write(self, workspace: WorkspaceId, camp: CampId, revision: int, text: str, by: MemberId) -> AfterCamp:
        """Keeps the notes; nobody gets them before they are shared. Raises Conflict where somebody wrote meanwhile."""
        async with self._units(workspace) as work:
            after = await self._after(work, camp)
            _check(after, revision)
            written = replace(after.handover, notes=read_text(text, MOST_NOTES), notes_by=by, revision=revision + 1)
            await work.handovers.put(written)
            await work.commit()
        return replace(after, handover=written)

    async def share(self, workspace: WorkspaceId, camp: CampId, revision: int) -> Shared:
        """Sends the notes to those who were there; who has them already sees them corrected where they stand."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            after = await self._after(work, camp)
            _check(after, revision)
            before = after.handover
            if not before.notes:
                raise NotThere(phrase("There are no notes to share yet."))
            changed = before.shared != before.notes
            version = before.version + changed
            shared = replace(before, shared=before.notes, shared_at=before.shared_at or now, version=version)
            await work.handovers.put(shared)
            new, corrected = await share_notes(work, shared, after.there, now, changed=changed)
            await work.commit()
        return Shared(replace(after, handover=shared), new, corrected)

    async def notes(self, workspace: WorkspaceId, camp: CampId, member: MemberId) -> tuple[Camp, str]:
        """The notes of the day, for those who were there, and organisers. Raises NotThere."""
        async with self._units(workspace, reading=True) as work:
            found, kept = await work.camps.get(camp), await work.handovers.get(camp)
            reader = await work.members.get(member)
            mine = await work.camps.signup(camp, member)
        allowed = (reader is not None and reader.is_organiser()) or (mine is not None and not stays_away(mine))
        if found is None or kept is None or not kept.shared or not allowed:
            raise NotThere(phrase("There are no notes of that camp for you."))
        return found, kept.shared

    async def figures(self, workspace: WorkspaceId, camp: CampId) -> tuple[Camp, Figures, Sequence[Sector]]:
        """The camp in figures. Raises NotThere."""
        now = self._clock.now()
        async with self._units(workspace, reading=True) as work:
            after = await self._after(work, camp)
            plan = await work.stations.get(camp)
            met = (await gather(work, now, but=camp)).history
            sectors = await work.vocabulary.sectors()
        away = {one.member for one in after.signups if stays_away(one)}
        stations = () if plan is None else plan.told
        groups = [[one for one in station.members if one not in away] for station in stations]
        pairs = {frozenset(pair) for group in groups for pair in combinations(group, 2)}
        bridges = {
            pair for pair in pairs if len({after.people[one].sector for one in pair if one in after.people}) == 2
        }
        known = {frozenset(pair) for one in met if one.happened for pair in combinations(one.members, 2)}
        answers = [one.answer for one in after.signups]
        came = [after.people[one] for one in after.there if one in after.people]
        counted = {sector.key: sum(one.sector == sector.key for one in came) for sector in sectors}
        return (
            after.camp,
            Figures(
                yes=answers.count(Answer.YES),
                maybe=answers.count(Answer.MAYBE),
                no=answers.count(Answer.NO),
                unanswered=answers.count(Answer.NONE),
                guests=sum(one.guests for one in after.signups if one.member in after.there),
                came=len(after.there) if after.ticked else None,
                sectors={key: many for key, many in counted.items() if many},
                stations=sum(bool(group) for group in groups),
                pairs=len(pairs),
                bridges=len(bridges),
                fresh=sum(frozenset(map(str, pair)) not in known for pair in bridges),
                result=after.result,
            ),
            sectors,
        )

    async def _after(self, work: UnitOfWork, camp: CampId) -> AfterCamp:
        now = self._clock.now()
        found = await work.camps.get(camp)
        if found is None or found.state is CampState.CANCELLED:
            raise NotThere(phrase("That camp did not take place."))
        if now < opens_at(found):
            raise NotThere(phrase("That camp has not begun yet."))
        signups = await work.camps.signups(camp)
        people = {member.id: member for member in await work.members.everybody()}
        return AfterCamp(
            camp=found,
            handover=await work.handovers.get(camp) or HandOver(camp),
            signups=signups,
            people=people,
            there=tuple(one.member for one in takes_part(signups) if one.member in people),
            ticked=any(one.attended is not None for one in signups),
            result=await self._evaluation.result(work, camp),
            over=found.state is CampState.HELD or now >= found.ends_at(),
            stations=await work.stations.get(camp) is not None,
        )

    async def _may_answer(self, work: UnitOfWork, camp: CampId, member: MemberId) -> AfterCamp:
        after = await self._after(work, camp)
        if member in after.handover.answered:
            raise NotThere(phrase("You have answered already. Thank you!"))
        if member not in after.there or after.handover.asked_at is None:
            raise NotThere(phrase("These questions are for those who were at the camp."))
        if self._clock.now() > after.camp.ends_at() + OPEN_FOR:
            raise NotThere(phrase("The time to answer is over. Thank you all the same."))
        return after


def opens_at(camp: Camp) -> datetime:
    """From when on people can be ticked: when the first thing happens."""
    return camp.first_at()


def _check(after: AfterCamp, revision: int) -> None:
    if after.handover.revision != revision:
        raise Conflict(phrase("Somebody has written the notes meanwhile. Look at them once more."))


async def _last(work: UnitOfWork, now: datetime) -> Camp | None:
    """The camp that began last."""
    every = await work.camps.in_states((CampState.PLANNED, CampState.HELD))
    begun = [camp for camp in every if opens_at(camp) <= now]
    return max(begun, key=lambda camp: (camp.starts_at(), camp.id), default=None)
