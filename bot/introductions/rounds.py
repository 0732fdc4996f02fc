"""A round on its way: sent, answered until its end, closed, asked about; and what the clock does by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.errors import Conflict, phrase
from bot.identity import IntroId, MemberId, RoundId, WorkspaceId
from bot.introductions.domain import Intro, IntroState, Outcome, Round, RoundState
from bot.introductions.drafting import (
    Draft,
    DraftView,
    Terms,
    current_draft,
    intros_of,
    read_draft,
    terms_of,
    view,
    write,
)
from bot.introductions.drafts import Drafts, changed_by_another
from bot.introductions.gathering import USUAL, Gathering, gather, may_be_group, member_id, takes_part
from bot.introductions.life import asker, ended, follow_up_is_due, follow_up_is_over, is_open
from bot.introductions.opening import close_later, offer_to_all, settle
from bot.introductions.outgoing import follow_up, round_ready
from bot.introductions.weekly import needs_approval
from bot.matching.domain import Plan, Weights
from bot.members.domain import WorkspaceOptions
from bot.ports import Clock, UnitOfWork, Units
from bot.schedules.domain import Schedule
from bot.schedules.service import Expander

_TRIES = 3
_WAITING_OR_OPEN = (IntroState.ACCEPTED, IntroState.OPENED)
MOST_MESSAGES = 4


@dataclass(frozen=True, slots=True)
class Sent:
    """What went out. ``taken_out``: members who could not take part any more; ``redrawn``: groups made anew for it."""

    round: Round
    groups: int
    members: int
    taken_out: int = 0
    redrawn: int = 0


@dataclass(frozen=True, slots=True)
class PastRound:
    """A sent round in figures; nothing about any one person."""

    round: Round
    groups: int
    opened: int
    met: int


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What the weekly rule has drawn, and from what."""

    before: Draft | None
    plan: Plan
    terms: Terms
    gathering: Gathering


class Rounds:
    """Use cases around a round that is sent, and the expanders of its schedules."""

    def __init__(self, units: Units, clock: Clock, drafts: Drafts, weights: Weights = USUAL) -> None:
        self._units = units
        self._clock = clock
        self._drafts = drafts
        self._weights = weights

    async def send(self, workspace: WorkspaceId, round_: RoundId, mark: str) -> Sent | DraftView:
        """Sends the draft as it was seen; where somebody changed it meanwhile, shows it instead.

        Who paused, blocked, declined or left since it was drawn is taken out, and those whose partner is gone are drawn
        again among themselves and those left out. Raises Conflict where members keep changing under our hands.
        """
        for _ in range(_TRIES):
            async with self._units(workspace, reading=True) as work:
                draft = await read_draft(work, round_)
                gathering = await gather(work, self._clock.now(), self._weights)
                if draft.mark() != mark:
                    return await view(work, draft, gathering, changed_by_another())
            kept, broken = _still_fine(draft, gathering)
            patch = await self._patch(workspace, draft, broken, gathering)
            async with self._units(workspace) as work:
                again = await read_draft(work, round_)
                now_there = await gather(work, self._clock.now(), self._weights)
                if (
                    again.mark() == mark
                    and now_there.candidates == gathering.candidates
                    and (now_there.apart == gathering.apart)
                ):
                    sent = await self._send(work, draft, kept, broken, patch)
                    await work.commit()
                    return sent
        raise Conflict(phrase("The members are changing just now, so I sent nothing. Please try again in a minute."))

    async def history(self, workspace: WorkspaceId, limit: int = 10) -> Sequence[PastRound]:
        """The last rounds that were sent, newest first."""
        async with self._units(workspace, reading=True) as work:
            sent = [
                one for one in await work.rounds.latest(limit * 3) if one.state in {RoundState.OPEN, RoundState.CLOSED}
            ]
            return [_figures(one, await work.rounds.intros_of(one.id)) for one in sent[:limit]]

    async def prepare_round(self, workspace: WorkspaceId, schedule: Schedule, now: datetime) -> Expander:
        """The weekly rule comes due: a round is drawn before the transaction that records the occurrence begins, since
        nobody shall wait for the planner. A draft that still waits is drawn again."""
        async with self._units(workspace, reading=True) as work:
            gathering = await gather(work, now, self._weights)
            before = await current_draft(work)
        terms = terms_of(before.round) if before else Terms(_seed(schedule, now))
        made = await self._drafts.plan(workspace, gathering, terms)

        async def expand(work: UnitOfWork, schedule: Schedule, now: datetime) -> None:
            there = await gather(work, now, self._weights)
            draft = await current_draft(work)
            if (there.candidates, there.apart) != (gathering.candidates, gathering.apart) or (
                (draft.mark() if draft else "") != (before.mark() if before else "")
            ):
                raise Conflict(changed_by_another())
            await self._expand_round(work, schedule, now, _Drawn(draft, made, terms, there))

        return expand

    async def _expand_round(self, work: UnitOfWork, schedule: Schedule, now: datetime, drawn: "_Drawn") -> None:
        """Sends the round, or shows it to the organisers."""
        gathering = drawn.gathering
        if not drawn.plan.groups:
            return
        draft = await write(
            work, drawn.before, drawn.plan, drawn.terms, gathering.next_number, schedule.created_by, now
        )
        if not needs_approval(schedule):
            await self._send(work, draft, draft.intros, (), None)
            return
        organisers = [member for member in gathering.members.values() if member.is_organiser()]
        await work.deliveries.add([round_ready(draft.round.id, member.id, now) for member in organisers])

    async def expand_close(self, work: UnitOfWork, schedule: Schedule, now: datetime) -> None:
        """The time to answer is over, for a round or for one introduction that ``/match find`` made."""
        if "intro" in schedule.details:
            found = await work.rounds.intro(IntroId(UUID(schedule.details["intro"])), for_change=True)
            if found is not None:
                await settle(work, [found], now)
            return
        round_ = await work.rounds.get(RoundId(UUID(schedule.details["round"])))
        if round_ is None or round_.state is not RoundState.OPEN:
            return
        await settle(work, await work.rounds.intros_of(round_.id), now)
        await work.rounds.put(replace(round_, state=RoundState.CLOSED))

    async def expand_follow_up(self, work: UnitOfWork, _schedule: Schedule, now: datetime) -> None:
        """Asks those whose room opened a week ago; once each, and not somebody who has had four messages already."""
        options = await work.vocabulary.options()
        zone = ZoneInfo(options.timezone)
        today = now.astimezone(zone).date()
        for intro in await work.rounds.intros_in(_WAITING_OR_OPEN):
            if not is_open(intro):
                continue
            if follow_up_is_over(intro, today, options.follow_up_days, zone):
                await work.rounds.put_intro(ended(intro))
            elif follow_up_is_due(intro, today, options.follow_up_days, zone):
                await self._ask(work, intro, options, now)

    async def _ask(self, work: UnitOfWork, intro: Intro, options: WorkspaceOptions, now: datetime) -> None:
        people = await work.members.many(intro.members())
        for part in intro.parts:
            person = people.get(part.member)
            wants = person is not None and takes_part(person, now, options.timezone)
            if wants and part.outcome is Outcome.UNKNOWN and not await self._has_had_enough(work, intro, part.member):
                await work.deliveries.add([follow_up(intro.id, part.member, now)])

    async def _has_had_enough(self, work: UnitOfWork, intro: Intro, member: MemberId) -> bool:
        """Of an introduction that they asked for themselves, somebody hears only where their week leaves room for it."""
        if asker(intro) != member:
            return False
        week = timedelta(days=7)
        near = [
            one
            for one in await work.rounds.intros_with(member)
            if abs(one.created_at - intro.created_at) <= week
            and (asker(one) != member or one.created_at < intro.created_at)
        ]
        return sum(messages(one, member) for one in near) >= MOST_MESSAGES

    async def _patch(
        self, workspace: WorkspaceId, draft: Draft, broken: Sequence[Intro], gathering: Gathering
    ) -> Plan | None:
        """A plan for those whose partner is gone, and for those who had none."""
        if not broken:
            return None
        concerned = [member for intro in broken for member in intro.members()]
        concerned += [member_id(left.id) for left in draft.round.left_out]
        again = replace(terms_of(draft.round), locked=())
        return await self._drafts.plan(workspace, gathering.only(concerned), again)

    async def _send(
        self, work: UnitOfWork, draft: Draft, kept: Sequence[Intro], broken: Sequence[Intro], patch: Plan | None
    ) -> Sent:
        now = self._clock.now()
        options = await work.vocabulary.options()
        until = (now + timedelta(days=options.answer_days)).replace(second=0, microsecond=0)
        round_ = replace(draft.round, state=RoundState.OPEN, opened_at=now, answer_until=until)
        intros = list(kept)
        fresh: Sequence[Intro] = ()
        if patch is not None:
            fresh = intros_of(patch.groups, round_.id, (), now)
            intros += fresh
            round_ = replace(
                round_,
                left_out=patch.left_out,
                score=sum(intro.score for intro in intros),
                optimal=False,
                novelty_exhausted=round_.novelty_exhausted or patch.novelty_exhausted,
            )
            await work.rounds.remove_planned(round_.id)
            await work.rounds.add_intros(intros)
        await work.rounds.put(round_)
        await offer_to_all(work, intros, until, now)
        await close_later(work, until, now, {"round": str(round_.id)})
        placed = {member for intro in fresh for member in intro.members()}
        out = {member_id(left.id) for left in round_.left_out}
        taken_out = {member for intro in broken for member in intro.members()} - placed - out
        return Sent(round_, len(intros), sum(len(one.parts) for one in intros), len(taken_out), len(fresh))


def messages(intro: Intro, member: MemberId) -> int:
    """How many private messages an introduction sends this member at most: the offer, the question afterwards, and the
    contact card where no room can hold them; what others write to them comes from others."""
    if intro.state is IntroState.PLANNED:
        return 0
    apart = is_open(intro) and intro.room is None
    return (1 if asker(intro) == member else 2) + (1 if apart else 0)


def _still_fine(draft: Draft, gathering: Gathering) -> tuple[Sequence[Intro], Sequence[Intro]]:
    roster = gathering.roster()
    kept = [intro for intro in draft.intros if may_be_group(roster, intro.members())]
    return kept, [intro for intro in draft.intros if intro not in kept]


def _figures(round_: Round, intros: Sequence[Intro]) -> PastRound:
    opened = [intro for intro in intros if is_open(intro)]
    met = [intro for intro in opened if Outcome.MET in {part.outcome for part in intro.parts}]
    return PastRound(round_, len(intros), len(opened), len(met))


def _seed(schedule: Schedule, now: datetime) -> int:
    """Another draw each week, and the same one if the same week is expanded again after a crash."""
    return (schedule.id.int ^ int(now.timestamp()) // 86_400) % 2**31
