"""Use cases around those who are asked in private: who could be, once a press says so who is, and who does not want to be.

Only members who take part in introductions are asked, of other organisations than whoever asks, nobody whom one of the two
wants to be kept apart from, only those who read along where the challenge stands, and nobody twice in two weeks.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.challenges.circles import readers_of
from bot.challenges.domain import Challenge, Invitation, heard
from bot.challenges.fitting import Fitting, tags_of
from bot.challenges.inviting import REST, Already, Candidate, invited, mark_of, same_organisation
from bot.challenges.outgoing import invitation
from bot.challenges.standing import Standing, hosted, standing, there
from bot.errors import NotAllowed, phrase
from bot.identity import ChallengeId, MemberId, WorkspaceId
from bot.introductions.gathering import takes_part
from bot.members.domain import Member
from bot.members.suggesting import Nearness, clauses
from bot.ports import Chats, Clock, UnitOfWork, Units

# A model compares the question with so many tags, and so many parts of it.
_TAGS, _CLAUSES = 300, 8


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who could be asked now. ``names_shown``: the academy shows names before somebody has said yes. ``mark``: of just these.
    ``others``: whoever asked has seen others, and is to look once more."""

    standing: Standing
    chosen: tuple[Candidate, ...]
    people: Mapping[MemberId, Member] = field(default_factory=dict[MemberId, Member])
    names_shown: bool = True
    others: bool = False

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
            may = await self._may_be_asked(work, found)
        readers = await readers_of(self._units, self._chats, workspace, found, may)
        if readers is None:
            raise NotAllowed(phrase("I can't see who reads along there, so I ask nobody. Write to them yourself."))
        may = [member for member in may if member.id in readers]
        near = await self._near(workspace, found, may)
        async with self._units(workspace, reading=True) as work:
            return await self._proposal(work, found, may, near)

    async def ask(self, workspace: WorkspaceId, challenge: ChallengeId, by: Member, mark: str) -> Proposal | int:
        """Asks those whom whoever pressed has seen; where that would be others by now, returns those. Else how many are asked.
        Raises as :meth:`whom` does."""
        proposal = await self.whom(workspace, challenge, by)
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = await hosted(work, challenge, by)
            resting = await _resting(work, now)
            if proposal.mark != mark or any(one.id in resting for one in proposal.chosen):
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

    async def _may_be_asked(self, work: UnitOfWork, challenge: Challenge) -> list[Member]:
        now = self._clock.now()
        options = await work.vocabulary.options()
        author = (await work.members.many([challenge.author])).get(challenge.author)
        own = "" if author is None else same_organisation(author.organisation)
        blocks = await work.members.blocks()
        apart = {block.other for block in blocks if block.member == challenge.author}
        apart |= {block.member for block in blocks if block.other == challenge.author}
        apart |= {challenge.author, *(one.member for one in await work.challenges.answers(challenge.id))}
        apart |= {one.member for one in await work.challenges.invitations(challenge.id)} | await _resting(work, now)
        return [
            member
            for member in await work.members.everybody()
            if member.id not in apart
            and not member.challenges_muted
            and takes_part(member, now, options.timezone)
            and same_organisation(member.organisation) != own
        ]

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
        self, work: UnitOfWork, challenge: Challenge, may: Sequence[Member], near: Mapping[str, float]
    ) -> Proposal:
        shown = await standing(work, challenge)
        themes, own = await work.vocabulary.themes(), await work.vocabulary.synonyms()
        candidates = await asyncio.to_thread(lambda: _fitting(Fitting(challenge, themes, own, near), may))
        chosen = invited(candidates, list(shown.sectors), await _already(work, shown), str(challenge.id))
        options = await work.vocabulary.options()
        people = {member.id: member for member in may}
        return Proposal(shown, chosen, people, options.names_before_yes)


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


async def _resting(work: UnitOfWork, now: datetime) -> frozenset[MemberId]:
    """Those who were asked lately, about whatever."""
    return frozenset(one.member for one in await work.challenges.invited_since(now - REST))
