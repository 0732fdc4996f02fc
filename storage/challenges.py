"""Challenges with their answers and those who were asked, kept in rows."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from bot.challenges.domain import Answer, Challenge, ChallengeState, Invitation
from bot.identity import ChallengeId, MemberId, WorkspaceId
from storage import challenge_mapping as mapping
from storage.challenge_rows import ChallengeAnswerRow, ChallengeInvitationRow, ChallengeRow
from storage.seal import Seal
from storage.statements import Statements

_Said = type[ChallengeAnswerRow] | type[ChallengeInvitationRow]
_SAID: tuple[_Said, ...] = (ChallengeAnswerRow, ChallengeInvitationRow)


class StoredChallenges:
    """Implements :class:`bot.challenges.repository.Challenges`. ``destroyed`` is set once something that people wrote was taken
    away, or written anew."""

    def __init__(self, statements: Statements, workspace: WorkspaceId, seal: Seal) -> None:
        self._statements = statements
        self._workspace = workspace
        self._seal = seal
        self.destroyed = False

    async def put(self, challenge: Challenge) -> None:
        """Adds a challenge or writes it anew."""
        self.destroyed = self.destroyed or challenge.forgotten
        await self._statements.upsert(ChallengeRow, [mapping.challenge_values(self._workspace, challenge, self._seal)])

    async def get(self, challenge: ChallengeId) -> Challenge | None:
        """One challenge."""
        row = await self._statements.first(select(ChallengeRow).where(self._here(), ChallengeRow.id == challenge))
        return None if row is None else mapping.challenge_from(row, self._seal)

    async def remove(self, challenge: ChallengeId) -> None:
        """Takes it away with what was said in it."""
        await self.forget_said(challenge)
        await self._statements.write(delete(ChallengeRow).where(self._here(), ChallengeRow.id == challenge))

    async def in_states(self, states: Sequence[ChallengeState], limit: int = 100) -> Sequence[Challenge]:
        """Newest first."""
        query = select(ChallengeRow).where(self._here(), ChallengeRow.state.in_([state.value for state in states]))
        newest = query.order_by(ChallengeRow.made_at.desc(), ChallengeRow.id.desc()).limit(limit)
        return [mapping.challenge_from(row, self._seal) for row in await self._statements.all(newest)]

    async def put_answer(self, answer: Answer) -> None:
        """Writes an answer in its member's only row."""
        before = await self.answer(answer.challenge, answer.member)
        self.destroyed = self.destroyed or before is not None
        await self._statements.upsert(ChallengeAnswerRow, [mapping.answer_values(self._workspace, answer, self._seal)])

    async def answer(self, challenge: ChallengeId, member: MemberId) -> Answer | None:
        """One member's answer."""
        found = await self._answers(
            ChallengeAnswerRow.challenge_id == challenge, ChallengeAnswerRow.member_id == member
        )
        return found[0] if found else None

    async def answers(self, challenge: ChallengeId) -> Sequence[Answer]:
        """Oldest first."""
        return await self._answers(ChallengeAnswerRow.challenge_id == challenge)

    async def answers_by(self, member: MemberId) -> Sequence[Answer]:
        """Oldest first."""
        return await self._answers(ChallengeAnswerRow.member_id == member)

    async def remove_answer(self, challenge: ChallengeId, member: MemberId) -> bool:
        """Takes a member's answer away."""
        self.destroyed = True
        mine = ChallengeAnswerRow.member_id == member
        meant = delete(ChallengeAnswerRow).where(self._of(ChallengeAnswerRow, challenge), mine)
        return await self._statements.write(meant) > 0

    async def put_invitations(self, invitations: Sequence[Invitation]) -> None:
        """Writes them, each in its member's only row."""
        values = [mapping.invitation_values(self._workspace, one, self._seal) for one in invitations]
        await self._statements.upsert(ChallengeInvitationRow, values)

    async def invitations(self, challenge: ChallengeId) -> Sequence[Invitation]:
        """Oldest first."""
        return await self._invitations(ChallengeInvitationRow.challenge_id == challenge)

    async def invitations_to(self, member: MemberId) -> Sequence[Invitation]:
        """Newest first."""
        return (await self._invitations(ChallengeInvitationRow.member_id == member))[::-1]

    async def invited_since(self, at: datetime) -> Sequence[Invitation]:
        """Oldest first."""
        return await self._invitations(ChallengeInvitationRow.at >= at)

    async def remove_invitation(self, challenge: ChallengeId, member: MemberId) -> None:
        """Takes a member's invitation away."""
        mine = ChallengeInvitationRow.member_id == member
        await self._statements.write(
            delete(ChallengeInvitationRow).where(self._of(ChallengeInvitationRow, challenge), mine)
        )

    async def give_to(self, author: MemberId, another: MemberId) -> None:
        """Names another author where this one was named."""
        theirs = update(ChallengeRow).where(self._here(), ChallengeRow.author_id == author)
        await self._statements.write(theirs.values(author_id=another))

    async def forget_said(self, challenge: ChallengeId) -> int:
        """Removes answers and invitations."""
        self.destroyed = True
        return sum([await self._statements.write(delete(row).where(self._of(row, challenge))) for row in _SAID])

    async def forget_drafts_before(self, at: datetime) -> int:
        """Removes old drafts; nobody has said anything in them."""
        old = (ChallengeRow.state == ChallengeState.DRAFT.value) & (ChallengeRow.made_at < at)
        return await self._statements.write(delete(ChallengeRow).where(self._here(), old))

    async def closed_before(self, at: datetime) -> Sequence[ChallengeId]:
        """Oldest first."""
        old = (ChallengeRow.state == ChallengeState.CLOSED.value) & (ChallengeRow.closed_at < at)
        query = select(ChallengeRow.id).where(self._here(), old).order_by(ChallengeRow.closed_at, ChallengeRow.id)
        return [ChallengeId(one) for one in await self._statements.all(query)]

    async def _answers(self, *conditions: ColumnElement[bool]) -> Sequence[Answer]:
        here = ChallengeAnswerRow.workspace_id == self._workspace
        query = select(ChallengeAnswerRow).where(here, *conditions)
        ordered = query.order_by(ChallengeAnswerRow.at, ChallengeAnswerRow.challenge_id, ChallengeAnswerRow.member_id)
        return [mapping.answer_from(row, self._seal) for row in await self._statements.all(ordered)]

    async def _invitations(self, condition: ColumnElement[bool]) -> Sequence[Invitation]:
        row = ChallengeInvitationRow
        query = select(row).where(row.workspace_id == self._workspace, condition)
        ordered = query.order_by(row.at, row.challenge_id, row.member_id)
        return [mapping.invitation_from(one, self._seal) for one in await self._statements.all(ordered)]

    def _here(self) -> ColumnElement[bool]:
        return ChallengeRow.workspace_id == self._workspace

    def _of(self, row: _Said, challenge: ChallengeId) -> ColumnElement[bool]:
        return (row.workspace_id == self._workspace) & (row.challenge_id == challenge)
