"""Challenges and people who become one, leave, or ask what is kept about them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.challenges.domain import Answer, Challenge, ChallengeState, Closing, Invitation
from bot.challenges.outgoing import left, refresh
from bot.challenges.shutting import shut
from bot.identity import ChallengeId, MemberId
from bot.ports import UnitOfWork
from bot.questions.leaving import organisers

_ALL = 100_000
_POSTED = (ChallengeState.OPEN, ChallengeState.CLOSED)


async def leave_challenges(work: UnitOfWork, member: MemberId, now: datetime) -> None:
    """What they answered goes, wherever it still is, and so do their drafts and what they were asked. An open challenge of theirs
    goes on for those who answer, under nobody's name: where nothing closes it by itself, those who may take it up are told; in
    private, where nobody has answered, there is none, and it is closed."""
    for draft in await work.challenges.in_states([ChallengeState.DRAFT], _ALL):
        if draft.author == member:
            await work.challenges.remove(draft.id)
    for invitation in await work.challenges.invitations_to(member):
        await work.challenges.remove_invitation(invitation.challenge, member)
    touched = {answer.challenge for answer in await work.challenges.answers_by(member)}
    for one in await work.challenges.in_states(_POSTED, _ALL):
        # Whom they did not want to be asked is theirs, too.
        left_out = () if one.author == member else tuple(them for them in one.left_out if them != member)
        if left_out != one.left_out:
            await work.challenges.put(replace(one, left_out=left_out))
        if one.id in touched:
            await work.challenges.remove_answer(one.id, member)
        if one.id in touched or one.author == member:
            await refresh(work, one, now)
        if one.author == member and one.is_open():
            await _hand_over(work, one, now)


async def _hand_over(work: UnitOfWork, found: Challenge, now: datetime) -> None:
    one = await work.challenges.get(found.id) or found
    if one.private:
        heirs = [answer.member for answer in await work.challenges.answers(one.id)]
    else:
        heirs = [other.id for other in await organisers(work) if other.id != one.author]
    if one.private and not heirs:
        await shut(work, one, Closing(0), None, now)
    elif one.closes_at is None:
        await work.deliveries.add([left(one, heir, now) for heir in heirs])


async def give_challenges(work: UnitOfWork, gone: MemberId, kept: MemberId, now: datetime) -> None:
    """Two rows were one person: in each challenge one answer is left, the later one, and they were asked once."""
    await work.challenges.give_to(gone, kept)
    moved = await work.challenges.answers_by(gone)
    for answer in moved:
        await work.challenges.remove_answer(answer.challenge, gone)
        known = await work.challenges.answer(answer.challenge, kept)
        if known is None or known.at < answer.at:
            await work.challenges.put_answer(replace(answer, member=kept))
    touched = {answer.challenge for answer in moved}
    for one in await work.challenges.in_states(_POSTED, _ALL):
        if gone in one.left_out:
            left_out = dict.fromkeys(kept if them == gone else them for them in one.left_out)
            await work.challenges.put(replace(one, left_out=tuple(left_out)))
        if one.id in touched:
            await refresh(work, one, now)
    mine = {one.challenge: one for one in await work.challenges.invitations_to(kept)}
    for invitation in await work.challenges.invitations_to(gone):
        await work.challenges.remove_invitation(invitation.challenge, gone)
        known_one = mine.get(invitation.challenge)
        if known_one is None or (known_one.declined_at is None and invitation.declined_at is not None):
            await work.challenges.put_invitations([replace(invitation, member=kept)])


async def challenges_of(work: UnitOfWork, member: MemberId) -> dict[str, object]:
    """What is kept of somebody's challenges and answers, for whoever asks what is known about them."""
    every = await work.challenges.in_states(tuple(ChallengeState), _ALL)
    known = {one.id: one for one in every}
    return {
        "asked": [_asked(one) for one in every if one.author == member],
        "answered": [_answered(one, known) for one in await work.challenges.answers_by(member)],
        "invited_to": [_invited(one, known) for one in await work.challenges.invitations_to(member)],
    }


def _asked(one: Challenge) -> dict[str, object]:
    return {
        "question": one.question,
        "view": one.view,
        "themes": list(one.themes),
        "state": one.state.value,
        "taken_off_the_list": len(one.left_out),
        "made_at": one.made_at.isoformat(),
    }


def _answered(one: Answer, known: Mapping[ChallengeId, Challenge]) -> dict[str, object]:
    return {
        "question": _question(one, known),
        "sees": one.sees,
        "suggests": one.suggests,
        "shown_to_all": one.shown,
        "at": one.at.isoformat(),
    }


def _invited(one: Invitation, known: Mapping[ChallengeId, Challenge]) -> dict[str, object]:
    declined = one.declined_at
    return {
        "question": _question(one, known),
        "because_of": one.term,
        "at": one.at.isoformat(),
        "declined_at": None if declined is None else declined.isoformat(),
    }


def _question(one: Answer | Invitation, known: Mapping[ChallengeId, Challenge]) -> str:
    found = known.get(one.challenge)
    return "" if found is None else found.question
