"""What an organiser does with a round before anybody hears of it: draw, look, lock, forbid, swap, draw again, drop.

Planning may take half a second, so it runs outside of any unit of work. Before its result is written, the
draft is read again: where somebody else has changed it meanwhile, nothing is overwritten and the organiser is told.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.errors import NotThere, NotUnderstood, Phrase, phrase
from bot.identity import IntroId, MemberId, RoundId, WorkspaceId
from bot.introductions.domain import Intro, RoundState
from bot.introductions.drafting import (
    Draft,
    DraftView,
    Groups,
    NobodyYet,
    Terms,
    current_draft,
    intros_of,
    read_draft,
    terms_of,
    view,
    without_cost,
    write,
)
from bot.introductions.gathering import Gathering, gather, gather_present, may_be_group
from bot.introductions.knowing import Knowing
from bot.matching.domain import LeftOut, Plan, Weights, WhyLeftOut, Wishes, WishKind
from bot.matching.planner import Planner
from bot.matching.rules import Roster
from bot.ports import Clock, Units

_SEEDS = 2**31


class Drafts:
    """Use cases around a round in preparation; there is one in a workspace at most."""

    def __init__(self, units: Units, clock: Clock, planner: Planner, weights: Weights, knowing: Knowing) -> None:
        self._units = units
        self._clock = clock
        self._planner = planner
        self._weights = weights
        self._knowing = knowing

    async def prepared(self, workspace: WorkspaceId) -> Draft | None:
        """The round in preparation as it was written; nothing is drawn for it."""
        async with self._units(workspace, reading=True) as work:
            return await current_draft(work)

    async def draw(self, workspace: WorkspaceId, by: MemberId) -> DraftView | NobodyYet:
        """The draft as it has to be now: a new one, or the one in preparation drawn again with the members of today."""
        async with self._units(workspace, reading=True) as work:
            gathering = await gather(work, self._clock.now(), self._weights)
            before = await current_draft(work)
        terms = terms_of(before.round) if before else Terms(secrets.randbelow(_SEEDS))
        made = await self.plan(workspace, gathering, terms)
        if before is None and not made.groups:
            return NobodyYet(gathering.invitations)
        async with self._units(workspace) as work:
            now_there = await current_draft(work)
            if now_there is not None and (before is None or now_there.mark() != before.mark()):
                return await view(work, now_there, gathering, changed_by_another())
            draft = await write(work, now_there, made, terms, gathering.next_number, by, self._clock.now())
            shown = await view(work, draft, gathering, self._knowing.note(workspace))
            await work.commit()
        return shown

    async def current(self, workspace: WorkspaceId, by: MemberId) -> DraftView | NobodyYet:
        """The draft in preparation as it stands; a new one where there is none."""
        async with self._units(workspace, reading=True) as work:
            draft = await current_draft(work)
            if draft is not None:
                return await view(work, draft, await gather_present(work, self._clock.now()))
        return await self.draw(workspace, by)

    async def show(self, workspace: WorkspaceId, round_: RoundId) -> DraftView:
        """This draft as it stands. Raises NotThere where it is one no longer."""
        async with self._units(workspace, reading=True) as work:
            draft = await read_draft(work, round_)
            return await view(work, draft, await gather_present(work, self._clock.now()))

    async def lock(self, workspace: WorkspaceId, round_: RoundId, mark: str, intro: IntroId) -> DraftView:
        """Keeps a group together when the round is drawn again; a group that was locked is let go."""
        async with self._units(workspace) as work:
            draft = await read_draft(work, round_)
            gathering = await gather_present(work, self._clock.now())
            chosen = draft.intro(intro)
            if draft.mark() != mark or chosen is None:
                return await view(work, draft, gathering, changed_by_another())
            terms, locked = terms_of(draft.round), draft.is_locked(chosen)
            terms = terms.unlock(chosen.members()) if locked else terms.lock(chosen.members())
            costs = without_cost(draft.round.costs, chosen.members()) if locked else draft.round.costs
            changed = replace(draft.round, locked=terms.locked, forbidden=terms.forbidden, costs=costs)
            flipped = replace(chosen, locked=not locked)
            await work.rounds.put(changed)
            await work.rounds.put_intro(flipped)
            intros = tuple(flipped if one.id == intro else one for one in draft.intros)
            shown = await view(work, Draft(changed, intros), gathering)
            await work.commit()
        return shown

    async def split(self, workspace: WorkspaceId, round_: RoundId, mark: str, intro: IntroId) -> DraftView:
        """Keeps the members of a group apart, and draws again with the same seed."""

        def terms(draft: Draft, _gathering: Gathering) -> Terms:
            chosen = draft.intro(intro)
            if chosen is None:
                raise NotThere(changed_by_another())
            return terms_of(draft.round).part(chosen.members())

        return await self._again(workspace, round_, mark, terms)

    async def redraw(self, workspace: WorkspaceId, round_: RoundId, mark: str) -> DraftView:
        """Another draw; what is locked and forbidden stays."""
        return await self._again(
            workspace,
            round_,
            mark,
            lambda draft, _gathering: replace(terms_of(draft.round), seed=secrets.randbelow(_SEEDS)),
        )

    async def free(self, workspace: WorkspaceId, round_: RoundId, mark: str) -> DraftView:
        """Lets go of everything that was locked or forbidden, and draws again."""
        return await self._again(workspace, round_, mark, lambda draft, _gathering: Terms(draft.round.seed))

    async def together(
        self, workspace: WorkspaceId, round_: RoundId, mark: str, pair: tuple[MemberId, MemberId]
    ) -> DraftView:
        """Locks two members as a group, and draws the others around them. Raises NotUnderstood where they may not meet."""

        def terms(draft: Draft, gathering: Gathering) -> Terms:
            if not may_be_group(gathering.roster(), pair):
                raise NotUnderstood(may_not_meet())
            return terms_of(draft.round).lock(pair)

        return await self._again(workspace, round_, mark, terms)

    async def apart(
        self, workspace: WorkspaceId, round_: RoundId, mark: str, pair: tuple[MemberId, MemberId]
    ) -> DraftView:
        """Keeps two members apart in this round."""
        return await self._again(workspace, round_, mark, lambda draft, _gathering: terms_of(draft.round).part(pair))

    async def swap(
        self, workspace: WorkspaceId, round_: RoundId, mark: str, pair: tuple[MemberId, MemberId]
    ) -> DraftView:
        """The two change places; everybody else stays where they are. One of them may be left out so far.

        Raises NotUnderstood where they are in one group, or where a group would break a rule.
        """
        async with self._units(workspace, reading=True) as work:
            draft = await read_draft(work, round_)
            gathering = await gather(work, self._clock.now(), self._weights)
            if draft.mark() != mark:
                return await view(work, draft, gathering, changed_by_another())
        old, new, left_out = _swapped(draft, pair, gathering)
        terms = terms_of(draft.round)
        for group in new:
            terms = terms.lock(group)
        kept = [intro for intro in draft.intros if intro not in old]
        as_it_is = replace(terms, locked=(*(intro.members() for intro in kept), *new))
        made = await self.plan(workspace, gathering, as_it_is)
        swapped = {frozenset(map(str, group)) for group in new}
        async with self._units(workspace) as work:
            again = await read_draft(work, round_)
            if again.mark() != mark:
                return await view(work, again, gathering, changed_by_another())
            turned = [group for group in made.groups if frozenset(group.members) in swapped]
            fresh = intros_of(turned, round_, map(frozenset, new), self._clock.now())
            changed = replace(
                draft.round,
                locked=terms.locked,
                forbidden=terms.forbidden,
                left_out=left_out,
                score=sum(intro.score for intro in (*kept, *fresh)),
                optimal=False,
                costs=tuple(cost for cost in made.costs if cost.kind is WishKind.ALL),
            )
            await work.rounds.put(changed)
            await work.rounds.remove_planned(round_)
            await work.rounds.add_intros([*kept, *fresh])
            shown = await view(work, await read_draft(work, round_), gathering)
            await work.commit()
        return shown

    async def drop(self, workspace: WorkspaceId, round_: RoundId) -> None:
        """Nobody ever hears of it. Dropping a dropped one is fine; one that was sent raises NotThere."""
        async with self._units(workspace) as work:
            found = await work.rounds.get(round_)
            if found is not None and found.state is RoundState.DROPPED:
                return
            draft = await read_draft(work, round_)
            await work.rounds.remove_planned(round_)
            await work.rounds.put(replace(draft.round, state=RoundState.DROPPED))
            await work.commit()

    async def plan(self, workspace: WorkspaceId, gathering: Gathering, terms: Terms) -> Plan:
        """What the planner makes of it, with what is known of the tags."""
        return await self._planner.plan(
            gathering.candidates,
            gathering.history,
            seed=terms.seed,
            wishes=terms.wishes(gathering),
            weights=gathering.weights,
            known=await self._knowing.of(workspace),
        )

    async def _again(
        self, workspace: WorkspaceId, round_: RoundId, mark: str, ask: Callable[[Draft, Gathering], Terms]
    ) -> DraftView:
        async with self._units(workspace, reading=True) as work:
            draft = await read_draft(work, round_)
            gathering = await gather(work, self._clock.now(), self._weights)
            if draft.mark() != mark:
                return await view(work, draft, gathering, changed_by_another())
        terms = ask(draft, gathering)
        made = await self.plan(workspace, gathering, terms)
        async with self._units(workspace) as work:
            again = await read_draft(work, round_)
            if again.mark() != mark:
                return await view(work, again, gathering, changed_by_another())
            number, by = draft.round.number, draft.round.created_by
            written = await write(work, again, made, terms, number, by, self._clock.now())
            shown = await view(work, written, gathering, self._knowing.note(workspace))
            await work.commit()
        return shown


def changed_by_another() -> Phrase:
    """Said above the draft as it is now."""
    return phrase("Somebody has changed the draft meanwhile, so I changed nothing. This is how it looks now.")


def may_not_meet() -> Phrase:
    """One sentence for every cause: whether somebody blocked somebody is nobody's business."""
    return phrase(
        "I can't put these two together this time. Two people need different sectors and organisations, a language in"
        " common, and to be open for each other."
    )


def _swapped(
    draft: Draft, pair: tuple[MemberId, MemberId], gathering: Gathering
) -> tuple[Sequence[Intro], Groups, tuple[LeftOut, ...]]:
    """The groups that go, those that come, and who is left out then."""
    one, other = pair
    places = {one: draft.group_of(one), other: draft.group_of(other)}
    outside = {left.id for left in draft.round.left_out}
    if places[one] == places[other] or any(found is None and str(who) not in outside for who, found in places.items()):
        raise NotUnderstood(phrase("These two can't change places. Choose two members who are in different groups."))
    old = [found for found in places.values() if found is not None]
    turned = {one: other, other: one}
    new = tuple(tuple(turned.get(member, member) for member in group.members()) for group in old)
    roster = Roster.read(gathering.candidates, (), Wishes(apart=gathering.apart))
    if not all(may_be_group(roster, group) for group in new):
        raise NotUnderstood(may_not_meet())
    texts = {str(who): str(turned[who]) for who in pair}
    left_out = tuple(
        LeftOut(texts[left.id], WhyLeftOut.SWAPPED_OUT) if left.id in texts else left for left in draft.round.left_out
    )
    return old, new, left_out
