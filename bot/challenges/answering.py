"""Use cases around answers: given, changed, held where something looks personal until their writer has said, taken back."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime

from bot.challenges.domain import Answer, Challenge
from bot.challenges.drafting import looked_through
from bot.challenges.outgoing import refresh, tell_invited
from bot.challenges.pointing import Mark, left_out
from bot.challenges.standing import Standing, open_there, standing, there
from bot.challenges.writing import read_parts
from bot.errors import NotAllowed, NotThere, phrase
from bot.identity import ChallengeId, MemberId, WorkspaceId
from bot.members.domain import Member
from bot.ports import Clock, UnitOfWork, Units
from bot.privacy import Masker


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody answered. ``marks``: what looks personal in it; then nobody else sees it before its writer has said."""

    challenge: Challenge
    answer: Answer
    author: Member | None
    marks: tuple[Mark, ...] = ()


class Answering:
    """Use cases."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def look(self, workspace: WorkspaceId, challenge: ChallengeId) -> Standing:
        """How it stands, for somebody who wants to answer. Raises NotThere for one that is closed."""
        async with self._units(workspace, reading=True) as work:
            return await standing(work, await open_there(work, challenge))

    async def answer(
        self, workspace: WorkspaceId, challenge: ChallengeId, by: Member, said: tuple[str, str], *, shown: bool
    ) -> Answered:
        """Keeps what somebody sees and what they suggest, in the place of what they said before. Raises NotUnderstood where
        nothing is said, NotThere for a challenge that is closed."""
        sees, suggests = read_parts(*said)
        marks = await looked_through(self._units, workspace, [sees, suggests])
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = await open_there(work, challenge)
            before = await work.challenges.answer(challenge, by.id)
            fresh = Answer(challenge, by.id, by.sector, now, sees, suggests, shown, held=bool(marks))
            if before is not None and not marks and replace(before, at=now) == fresh:
                fresh = before
            answered = await _kept(work, found, fresh, now)
            await work.commit()
        return replace(answered, marks=marks)

    async def leave_out(self, workspace: WorkspaceId, challenge: ChallengeId, by: MemberId) -> Answered:
        """What looks personal in it goes. Raises NotThere where there is no answer, or the challenge is closed."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            found, before = await _own(work, challenge, by)
            roster = [member.name for member in await work.members.everybody()]
            answered = await _kept(work, found, await asyncio.to_thread(_without, before, roster), now)
            await work.commit()
        return answered

    async def let_stand(self, workspace: WorkspaceId, challenge: ChallengeId, by: MemberId, at: int) -> Answered:
        """It is nobody private. Raises NotAllowed where a number belongs to one person, or the answer was changed since it was
        seen."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            found, before = await _own(work, challenge, by)
            if seen_at(before) != at:
                raise NotAllowed(phrase("You changed your answer meanwhile. Look at it once more, please."))
            marks = await looked_through(self._units, workspace, [before.sees, before.suggests])
            if any(not mark.may_stand() for mark in marks):
                raise NotAllowed(phrase("A number in it belongs to one person. Leave it out first, please."))
            answered = await _kept(work, found, replace(before, held=False), now)
            await work.commit()
        return answered

    async def take_back(self, workspace: WorkspaceId, challenge: ChallengeId, by: MemberId) -> None:
        """The answer goes; one that is gone already is fine. Raises NotThere where the challenge is closed."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = await open_there(work, challenge)
            if await work.challenges.remove_answer(challenge, by):
                await refresh(work, found, now)
                await tell_invited(work, found, [by], now)
                await work.commit()

    async def read(self, workspace: WorkspaceId, challenge: ChallengeId, by: MemberId) -> Standing:
        """How it stands, with the answers that this member may read."""
        async with self._units(workspace, reading=True) as work:
            shown = await standing(work, await there(work, challenge))
        author = shown.challenge.author
        return replace(shown, answers=tuple(one for one in shown.answers if one.may_see(by, author)))


def seen_at(answer: Answer) -> int:
    """When it was given, as buttons call it: in microseconds since 1970."""
    return round(answer.at.timestamp() * 1_000_000)


async def _kept(work: UnitOfWork, challenge: Challenge, answer: Answer, now: datetime) -> Answered:
    await work.challenges.put_answer(answer)
    await refresh(work, challenge, now)
    await tell_invited(work, challenge, [answer.member], now)
    author = (await work.members.many([challenge.author])).get(challenge.author)
    return Answered(challenge, answer, author)


async def _own(work: UnitOfWork, challenge: ChallengeId, by: MemberId) -> tuple[Challenge, Answer]:
    found, mine = await open_there(work, challenge), await work.challenges.answer(challenge, by)
    if mine is None:
        raise NotThere(phrase("You have no answer here any more. You can write a new one."))
    return found, mine


def _without(answer: Answer, roster: list[str]) -> Answer:
    masker = Masker(roster)
    sees, suggests = left_out(answer.sees, masker), left_out(answer.suggests, masker)
    return replace(answer, sees=sees, suggests=suggests, held=False)
