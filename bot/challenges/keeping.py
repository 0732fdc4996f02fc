"""How long things of challenges are kept."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.challenges.domain import Challenge
from bot.challenges.outgoing import refresh
from bot.ports import UnitOfWork

# A draft that nobody posted.
DRAFTS_KEPT = timedelta(days=2)
# What was answered, how whoever asked sees it, and who was asked, after the close: as long as an untouched draft of the note.
SAID_KEPT = timedelta(days=14)
# The question with its figures: as long as the message in which it stands is known.
QUESTIONS_KEPT = timedelta(days=400)


async def forget_challenges(work: UnitOfWork, now: datetime) -> int:
    """What is over goes, and the card says so. Returns how many rows went."""
    gone = await work.challenges.forget_drafts_before(now - DRAFTS_KEPT)
    for one in await _closed(work, now - QUESTIONS_KEPT):
        await work.challenges.remove(one.id)
        gone += 1
    for one in await _closed(work, now - SAID_KEPT):
        if not one.forgotten:
            gone += 1 + await work.challenges.forget_said(one.id)
            bare = replace(one, view="", forgotten=True)
            await work.challenges.put(bare)
            await refresh(work, bare, now)
    return gone


async def _closed(work: UnitOfWork, before: datetime) -> list[Challenge]:
    found = [await work.challenges.get(one) for one in await work.challenges.closed_before(before)]
    return [one for one in found if one is not None]
