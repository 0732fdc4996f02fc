"""Polls in memory."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.identity import MemberId, PollId
from bot.polls.domain import Ballot, Choices, Poll, PollState, Tally, VoterKey
from tests.fake_books import Drafts


class MemoryPolls:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def put(self, poll: Poll) -> None:
        self._drafts.polls.put(poll.id, poll)

    async def get(self, poll: PollId) -> Poll | None:
        return self._drafts.polls.get(poll)

    async def many(self, polls: Collection[PollId]) -> Mapping[PollId, Poll]:
        return {poll: found for poll in polls if (found := self._drafts.polls.get(poll)) is not None}

    async def remove(self, poll: PollId) -> None:
        await self.clear(poll)
        self._drafts.polls.remove([poll])

    async def in_states(self, states: Sequence[PollState], limit: int = 100) -> Sequence[Poll]:
        found = [one for one in self._drafts.polls.values() if one.state in states]
        return sorted(found, key=lambda one: (one.created_at, one.id), reverse=True)[:limit]

    async def cast(self, ballots: Sequence[Ballot]) -> None:
        for ballot in ballots:
            self._drafts.ballots.put((ballot.poll, ballot.voter), ballot.choices)

    def hide_order(self) -> None:
        """Memory knows of no order."""

    async def withdraw(self, poll: PollId, voters: Collection[VoterKey]) -> int:
        there = [(poll, voter) for voter in voters if self._drafts.ballots.get((poll, voter)) is not None]
        self._drafts.ballots.remove(there)
        return len(there)

    async def clear(self, poll: PollId) -> None:
        self._drafts.ballots.remove([(poll, voter) for voter in await self.ballots(poll)])

    async def ballot(self, poll: PollId, voter: VoterKey) -> Choices | None:
        return self._drafts.ballots.get((poll, voter))

    async def ballots(self, poll: PollId) -> Mapping[VoterKey, Choices]:
        return {voter: said for (asked, voter), said in sorted(self._drafts.ballots.items()) if asked == poll}

    async def count(self, poll: PollId) -> int:
        return len(await self.ballots(poll))

    async def tally(self, poll: PollId) -> Tally:
        return Counter((await self.ballots(poll)).values())

    async def give_to(self, author: MemberId, another: MemberId) -> None:
        for one in self._drafts.polls.values():
            if one.author == author:
                self._drafts.polls.put(one.id, replace(one, author=another))

    async def forget_drafts_before(self, at: datetime) -> int:
        drafts = [one for one in self._drafts.polls.values() if one.state is PollState.DRAFT]
        old = [one.id for one in drafts if one.created_at < at]
        self._drafts.polls.remove(old)
        return len(old)
