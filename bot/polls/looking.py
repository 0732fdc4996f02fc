"""Looks after an open poll each hour: whether its card still stands where it was posted, and who has left since. Whoever has left
the channel without having voted is asked no more, and waited for no more.
"""

from dataclasses import replace
from datetime import datetime

from bot.identity import MemberId, PollId, WorkspaceId
from bot.polls.anonymity import voter_key
from bot.polls.circles import circle, tells
from bot.polls.closing import all_have_voted, close
from bot.polls.domain import Poll, PollState
from bot.polls.outgoing import refresh
from bot.polls.standing import electorate
from bot.ports import Chats, UnitOfWork, Units
from bot.questions.looking import looked_after, rest
from bot.schedules.domain import Schedule
from bot.schedules.service import Expander


class Looking:
    """Asks who reads along, before the unit of work that needs it begins."""

    def __init__(self, units: Units, chats: Chats) -> None:
        self._units = units
        self._chats = chats

    async def prepare(self, workspace: WorkspaceId, schedule: Schedule, _now: datetime) -> Expander:
        """What is to be written down; called by the timekeeper."""
        poll = PollId(looked_after(schedule))
        there = await self._there(workspace, poll)

        async def expand(work: UnitOfWork, _schedule: Schedule, now: datetime) -> None:
            found = await work.polls.get(poll)
            if found is None or found.state is not PollState.OPEN:
                await rest(work, poll)
                return
            await settle(work, found, there, now)

        return expand

    async def _there(self, workspace: WorkspaceId, poll: PollId) -> frozenset[MemberId] | None:
        async with self._units(workspace, reading=True) as work:
            found = await work.polls.get(poll)
            members = await electorate(work)
        if found is None or not found.asked:
            return None
        places = [place.address for place in found.places]
        return await circle(self._chats, workspace, places, members) if tells(self._chats, workspace, places) else None


async def settle(work: UnitOfWork, poll: Poll, there: frozenset[MemberId] | None, now: datetime) -> Poll:
    """The poll without those who are not ``there`` any more and have not voted; closed, where nobody else is left to wait for.
    None: it is not known who is there."""
    if there is not None and poll.asked:
        voted = frozenset(await work.polls.ballots(poll.id))
        asked = tuple(one for one in poll.asked if one in there or voter_key(poll, one) in voted)
        if asked and asked != poll.asked:
            poll = replace(poll, asked=asked)
            await work.polls.put(poll)
            if await all_have_voted(work, poll):
                return await close(work, poll, now)
    await refresh(work, poll, now)
    return poll
