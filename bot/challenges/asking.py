"""Use cases around those who are asked in private: who could be, once a press says so who is, and who does not want to be.

Only members who take part in introductions are asked, of other organisations than whoever asks, nobody whom one of the two
wants to be kept apart from, only those who read along where the challenge stands, and nobody twice in two weeks.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.challenges.circles import readers_of
from bot.challenges.domain import Challenge, Invitation, heard
from bot.challenges.eligible import Eligible, WhyNobody, eligible, resting
from bot.challenges.fitting import Fitting, tags_of
from bot.challenges.inviting import Already, Candidate, invited, mark_of, same_organisation
from bot.challenges.outgoing import invitation
from bot.challenges.standing import Standing, hosted, standing, there
from bot.errors import NotAllowed, phrase
from bot.identity import ChallengeId, MemberId, WorkspaceId
from bot.members.domain import Member
from bot.members.suggesting import Nearness, clauses
from bot.ports import Chats, Clock, UnitOfWork, Units

# A model compares the question with so many tags, and so many parts of it.
_TAGS, _CLAUSES = 300, 8


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who could be asked now. ``names_shown``: the academy shows names before somebody has said yes. ``mark``: of just these.
    ``others``: whoever asked has seen others, and is to look once more. ``left_out``: who fits and was taken off the list, for
    whoever asked alone. ``whys``: where nobody is chosen, what stands in the way."""

    standing: Standing
    chosen: tuple[Candidate, ...]
    people: Mapping[MemberId, Member] = field(default_factory=dict[MemberId, Member])
    names_shown: bool = True
    others: bool = False
    left_out: tuple[Candidate, ...] = ()
    whys: tuple[WhyNobody, ...] = ()

    @property
    def mark(self) -> str:
        """What the button calls them by."""
        return mark_of(self.chosen)


class Asking:
    """Use cases. ``nearness``: a language model that knows more than words do, where there is one."""

    def __init__(self, units: Units, clock: Clock, chats: Chats, nearness: Nearness | None = None) -> None:
        self._units = units
        self._clock = clock
        self._chats = chats
        self._nearness = nearness

    async def whom(self, workspace: WorkspaceId, challenge: ChallengeId, by: Member) -> Proposal:
        """Who could be asked now. Raises NotAllowed for somebody whose challenge it is not, or where it is not known who reads
        along there."""
        async with self._units(workspace, reading=True) as work:
            found = await hosted(work, challenge, by)
            may = await eligible(work, found, self._clock.now())
        readers = await readers_of(self._units, self._chats, workspace, found, may.members)
        if readers is None:
            raise NotAllowed(phrase("I can't see who reads along there, so I ask nobody. Write to them yourself."))
        may = may.only(readers)
        near = await self._near(workspace, found, may.members)
        async with self._units(workspace, reading=True) as work:
            return await self._proposal(work, found, may, near, by.id)

    async def leave_out(
        self, workspace: WorkspaceId, challenge: ChallengeId, by: Member, off: Sequence[MemberId]
    ) -> Proposal:
        """Takes members off the list, before anybody is asked; who comes in their place is in what it returns. Nobody is told.
        Raises as :meth:`whom` does."""
        async with self._units(workspace) as work:
            found = await hosted(work, challenge, by)
            known = await work.members.many(off)
            await work.challenges.put(replace(found, left_out=tuple(dict.fromkeys((*found.left_out, *known)))))
            await work.commit()
        return await self.whom(workspace, challenge, by)

    async def put_back(
        self, workspace: WorkspaceId, challenge: ChallengeId, by: Member, back: Sequence[MemberId]
    ) -> Proposal:
        """The opposite."""
        async with self._units(workspace) as work:
            found = await hosted(work, challenge, by)
            await work.challenges.put(replace(found, left_out=tuple(one for one in found.left_out if one not in back)))
            await work.commit()
        return await self.whom(workspace, challenge, by)

    async def ask(self, workspace: WorkspaceId, challenge: ChallengeId, by: Member, mark: str) -> Proposal | int:
        """Asks those whom whoever pressed has seen; where that would be others by now, returns those. Else how many are asked.
        Raises as :meth:`whom` does."""
        proposal = await self.whom(workspace, challenge, by)
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = await hosted(work, challenge, by)
            tired = await resting(work, now)
            if proposal.mark != mark or any(one.id in tired for one in proposal.chosen):
                return replace(proposal, others=True)
            asked = [Invitation(challenge, one.id, one.sector, now, one.why, one.term) for one in proposal.chosen]
            await work.challenges.put_invitations(asked)
            await work.deliveries.add([invitation(found, one.member, now) for one in asked])
            await work.commit()
        return len(asked)

    async def decline(self, workspace: WorkspaceId, challenge: ChallengeId, by: MemberId) -> Standing:
        """Somebody who was asked says no; nobody is told. Saying so twice changes nothing. Raises NotThere."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = await there(work, challenge)
            mine = next((one for one in await work.challenges.invitations(challenge) if one.member == by), None)
            if mine is not None and mine.declined_at is None:
                await work.challenges.put_invitations([replace(mine, declined_at=now)])
                await work.commit()
            return await standing(work, found)

    async def hear(self, workspace: WorkspaceId, member: MemberId, *, hears: bool) -> None:
        """Whether somebody wants to be asked about challenges at all."""
        async with self._units(workspace) as work:
            found = await work.members.get(member)
            if found is not None and found.challenges_muted == hears:
                await work.members.put(replace(found, challenges_muted=not hears))
                await work.commit()

    async def _near(
        self, workspace: WorkspaceId, challenge: Challenge, members: Sequence[Member]
    ) -> Mapping[str, float]:
        tags = tags_of(members, _TAGS)
        # What stands in private goes to no model either.
        if self._nearness is None or challenge.private or not tags:
            return {}
        said = clauses(f"{challenge.question} {challenge.view}".strip())[:_CLAUSES]
        return dict(zip(tags, await self._nearness.near(workspace, said, tags), strict=True))

    async def _proposal(
        self, work: UnitOfWork, challenge: Challenge, may: Eligible, near: Mapping[str, float], by: MemberId
    ) -> Proposal:
        shown = await standing(work, challenge)
        themes, own = await work.vocabulary.themes(), await work.vocabulary.synonyms()
        fitting = await asyncio.to_thread(lambda: _fitting(Fitting(challenge, themes, own, near), may.members))
        free = [one for one in fitting if one.id not in challenge.left_out]
        chosen = invited(free, list(shown.sectors), await _already(work, shown), str(challenge.id))
        # Whoever was taken off might look here, too, as an organiser.
        mine = by == challenge.author
        left_out = tuple(one for one in fitting if one.id in challenge.left_out and mine)
        whys = {
            WhyNobody.NO_FIT: len(fitting) < len(may.members),
            WhyNobody.TAKEN_OFF: bool(left_out),
            WhyNobody.ENOUGH: bool(free),
        }
        return Proposal(
            shown,
            chosen,
            {member.id: member for member in may.members},
            (await work.vocabulary.options()).names_before_yes,
            left_out=left_out,
            whys=() if chosen else (*may.whys, *(why for why, stands in whys.items() if stands)),
        )


def _fitting(fitting: Fitting, members: Sequence[Member]) -> list[Candidate]:
    found = ((member, fitting.of(member)) for member in members)
    return [
        Candidate(member.id, member.organisation, member.sector, fit.worth, fit.why, fit.term)
        for member, fit in found
        if fit is not None
    ]


async def _already(work: UnitOfWork, shown: Standing) -> Already:
    answered = {one.member for one in shown.answers}
    waiting = [one for one in shown.invitations if one.declined_at is None and one.member not in answered]
    people = await work.members.many([one.member for one in waiting])
    said = Counter(one.sector for one in shown.answers if not one.held)
    own = heard("" if shown.author is None else shown.author.sector, ())
    return Already(
        asked=Counter(one.sector for one in waiting),
        ever=len(shown.invitations),
        organisations=frozenset(same_organisation(member.organisation) for member in people.values()),
        heard=said + Counter(own),
    )
