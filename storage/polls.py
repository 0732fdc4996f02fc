"""Polls and their ballots, kept in rows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update

from bot.identity import MemberId, PollId, WorkspaceId
from bot.polls.domain import Ballot, Choices, Poll, PollState, Tally, VoterKey
from storage.poll_mapping import choices_from, choices_text, poll_from, poll_values
from storage.poll_rows import BallotRow, PollRow
from storage.seal import Seal
from storage.statements import Statements, in_parts


class StoredPolls:
    """Implements :class:`bot.polls.repository.Polls`. ``destroyed`` is set once a key of pseudonyms was taken away,
    ``ordered`` once ballots were written whose order nobody may find out."""

    def __init__(self, statements: Statements, workspace: WorkspaceId, seal: Seal) -> None:
        self._statements = statements
        self._workspace = workspace
        self._seal = seal
        self.destroyed = False
        self.ordered = False

    async def put(self, poll: Poll) -> None:
        """Adds a poll or writes it anew."""
        self.destroyed = self.destroyed or (poll.anonymous and poll.state is PollState.CLOSED)
        await self._statements.upsert(PollRow, [poll_values(self._workspace, poll, self._seal)])

    async def get(self, poll: PollId) -> Poll | None:
        """One poll."""
        return (await self.many([poll])).get(poll)

    async def many(self, polls: Collection[PollId]) -> Mapping[PollId, Poll]:
        """Those that are there."""
        found: list[Poll] = []
        for part in in_parts(sorted(set(polls))):
            rows = await self._statements.all(select(PollRow).where(self._here(), PollRow.id.in_(part)))
            found += [poll_from(row, self._seal) for row in rows]
        return {poll.id: poll for poll in found}

    async def remove(self, poll: PollId) -> None:
        """Takes it away with its ballots."""
        await self.clear(poll)
        await self._statements.write(delete(PollRow).where(self._here(), PollRow.id == poll))

    async def in_states(self, states: Sequence[PollState], limit: int = 100) -> Sequence[Poll]:
        """Newest first."""
        query = select(PollRow).where(self._here(), PollRow.state.in_([state.value for state in states]))
        newest = query.order_by(PollRow.created_at.desc(), PollRow.id.desc()).limit(limit)
        return [poll_from(row, self._seal) for row in await self._statements.all(newest)]

    async def cast(self, ballots: Sequence[Ballot]) -> None:
        """Writes ballots, each in its voter's only row; those of one call in the order of their voters."""
        last = {(ballot.poll, ballot.voter): choices_text(ballot.choices) for ballot in ballots}
        values = [
            {"workspace_id": self._workspace, "poll_id": poll, "voter": voter, "choices": choices}
            for (poll, voter), choices in sorted(last.items())
        ]
        await self._statements.upsert(BallotRow, values)

    def hide_order(self) -> None:
        """Has the order in which this unit's ballots were written forgotten."""
        self.ordered = True

    async def withdraw(self, poll: PollId, voters: Collection[VoterKey]) -> int:
        """Removes these voters' ballots."""
        gone = 0
        for part in in_parts(sorted(set(voters))):
            meant = delete(BallotRow).where(self._of(poll), BallotRow.voter.in_(part))
            gone += await self._statements.write(meant)
        return gone

    async def clear(self, poll: PollId) -> None:
        """Removes all ballots of a poll."""
        await self._statements.write(delete(BallotRow).where(self._of(poll)))

    async def ballot(self, poll: PollId, voter: VoterKey) -> Choices | None:
        """One voter's ballot."""
        found = await self._statements.first(select(BallotRow.choices).where(self._of(poll), BallotRow.voter == voter))
        return None if found is None else choices_from(found)

    async def ballots(self, poll: PollId) -> Mapping[VoterKey, Choices]:
        """All ballots, by voter."""
        query = select(BallotRow.voter, BallotRow.choices).where(self._of(poll)).order_by(BallotRow.voter)
        return {VoterKey(voter): choices_from(choices) for voter, choices in await self._statements.pairs(query)}

    async def count(self, poll: PollId) -> int:
        """How many have voted."""
        return await self._statements.first(select(func.count()).select_from(BallotRow).where(self._of(poll))) or 0

    async def tally(self, poll: PollId) -> Tally:
        """How many ballots say the same."""
        query = select(BallotRow.choices, func.count()).where(self._of(poll)).group_by(BallotRow.choices)
        said = await self._statements.pairs(query.order_by(BallotRow.choices))
        return {choices_from(choices): count for choices, count in said}

    async def give_to(self, author: MemberId, another: MemberId) -> None:
        """Names another author where this one was named."""
        theirs = update(PollRow).where(self._here(), PollRow.author_id == author)
        await self._statements.write(theirs.values(author_id=another))

    async def forget_drafts_before(self, at: datetime) -> int:
        """Removes old drafts; they have no ballots."""
        old = (PollRow.state == PollState.DRAFT.value) & (PollRow.created_at < at)
        return await self._statements.write(delete(PollRow).where(self._here(), old))

    def _here(self) -> ColumnElement[bool]:
        return PollRow.workspace_id == self._workspace

    def _of(self, poll: PollId) -> ColumnElement[bool]:
        return (BallotRow.workspace_id == self._workspace) & (BallotRow.poll_id == poll)
