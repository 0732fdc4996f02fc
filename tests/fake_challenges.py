"""Challenges in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.challenges.domain import Answer, Challenge, ChallengeState, Invitation
from bot.identity import ChallengeId, MemberId
from tests.fake_books import Drafts


class MemoryChallenges:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def put(self, challenge: Challenge) -> None:
        self._drafts.challenges.put(challenge.id, challenge)

    async def get(self, challenge: ChallengeId) -> Challenge | None:
        return self._drafts.challenges.get(challenge)

    async def remove(self, challenge: ChallengeId) -> None:
        await self.forget_said(challenge)
        self._drafts.challenges.remove([challenge])

    async def in_states(self, states: Sequence[ChallengeState], limit: int = 100) -> Sequence[Challenge]:
        found = [one for one in self._drafts.challenges.values() if one.state in states]
        return sorted(found, key=lambda one: (one.made_at, one.id), reverse=True)[:limit]

    async def put_answer(self, answer: Answer) -> None:
        self._drafts.challenge_answers.put((answer.challenge, answer.member), answer)

    async def answer(self, challenge: ChallengeId, member: MemberId) -> Answer | None:
        return self._drafts.challenge_answers.get((challenge, member))

    async def answers(self, challenge: ChallengeId) -> Sequence[Answer]:
        return [one for one in self._answers() if one.challenge == challenge]

    async def answers_by(self, member: MemberId) -> Sequence[Answer]:
        return [one for one in self._answers() if one.member == member]

    async def remove_answer(self, challenge: ChallengeId, member: MemberId) -> bool:
        there = await self.answer(challenge, member) is not None
        self._drafts.challenge_answers.remove([(challenge, member)])
        return there

    async def put_invitations(self, invitations: Sequence[Invitation]) -> None:
        for one in invitations:
            self._drafts.challenge_invitations.put((one.challenge, one.member), one)

    async def invitations(self, challenge: ChallengeId) -> Sequence[Invitation]:
        return [one for one in self._invitations() if one.challenge == challenge]

    async def invitations_to(self, member: MemberId) -> Sequence[Invitation]:
        return [one for one in self._invitations() if one.member == member][::-1]

    async def invited_since(self, at: datetime) -> Sequence[Invitation]:
        return [one for one in self._invitations() if one.at >= at]

    async def remove_invitation(self, challenge: ChallengeId, member: MemberId) -> None:
        self._drafts.challenge_invitations.remove([(challenge, member)])

    async def give_to(self, author: MemberId, another: MemberId) -> None:
        for one in self._drafts.challenges.values():
            if one.author == author:
                self._drafts.challenges.put(one.id, replace(one, author=another))

    async def forget_said(self, challenge: ChallengeId) -> int:
        answers = [(one.challenge, one.member) for one in await self.answers(challenge)]
        invitations = [(one.challenge, one.member) for one in await self.invitations(challenge)]
        self._drafts.challenge_answers.remove(answers)
        self._drafts.challenge_invitations.remove(invitations)
        return len(answers) + len(invitations)

    async def forget_drafts_before(self, at: datetime) -> int:
        every = self._drafts.challenges.values()
        old = [one.id for one in every if one.state is ChallengeState.DRAFT and one.made_at < at]
        self._drafts.challenges.remove(old)
        return len(old)

    async def closed_before(self, at: datetime) -> Sequence[ChallengeId]:
        every = [one for one in self._drafts.challenges.values() if one.state is ChallengeState.CLOSED]
        old = [(one.closed_at, one.id) for one in every if one.closed_at is not None and one.closed_at < at]
        return [one for _, one in sorted(old)]

    def _answers(self) -> list[Answer]:
        return sorted(self._drafts.challenge_answers.values(), key=lambda one: (one.at, one.challenge, one.member))

    def _invitations(self) -> list[Invitation]:
        every = self._drafts.challenge_invitations.values()
        return sorted(every, key=lambda one: (one.at, one.challenge, one.member))
