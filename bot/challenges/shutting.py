"""A challenge is over: what is left of it, and who hears of it. What becomes of the answers is the business of ``closing.py``."""

from dataclasses import replace
from datetime import datetime

from bot.challenges.domain import Challenge, ChallengeState, Closing
from bot.challenges.outgoing import refresh, tell_invited
from bot.identity import NoteId
from bot.ports import UnitOfWork
from bot.questions.looking import rest


async def shut(work: UnitOfWork, found: Challenge, closing: Closing, note: NoteId | None, now: datetime) -> Challenge:
    """Closed as of now; its card says so, and so do the invitations that still wait for an answer."""
    closed = replace(
        found,
        state=ChallengeState.CLOSED,
        closed_at=now,
        schedule=None,
        closing=closing,
        note=note,
        left_out=(),
    )
    await rest(work, found.id)
    if found.schedule is not None:
        await work.schedules.remove(found.schedule)
    await work.challenges.put(closed)
    await refresh(work, closed, now)
    waiting = [one.member for one in await work.challenges.invitations(closed.id) if one.declined_at is None]
    await tell_invited(work, closed, waiting, now)
    return closed
