"""How a poll begins: from a draft, with its card on the way to every place; or as a copy of another one."""

from dataclasses import replace
from datetime import datetime

from bot.identity import MemberId, PollId, new_id
from bot.polls.anonymity import new_secret
from bot.polls.closing import scheduled
from bot.polls.domain import Poll, PollState
from bot.polls.outgoing import posted
from bot.polls.standing import electorate
from bot.ports import UnitOfWork
from bot.questions.looking import look_after
from bot.schedules.domain import ScheduleKind


async def opened_now(work: UnitOfWork, draft: Poll, now: datetime) -> Poll:
    """The draft, open, with its card on the way to every place."""
    asked = draft.asked
    if draft.closes_when_all and not asked:
        asked = tuple(member.id for member in await electorate(work))
    opened = await scheduled(work, replace(draft, state=PollState.OPEN, opened_at=now, asked=asked), now)
    cards = [posted(opened, place, now) for place in opened.places]
    secret = new_secret() if opened.anonymous else b""
    standing_there = replace(opened, places=tuple(place for place, _ in cards), secret=secret)
    await work.polls.put(standing_there)
    await look_after(work, ScheduleKind.POLL_LOOK, standing_there.id, standing_there.author, now)
    await work.deliveries.add([card for _, card in cards])
    return standing_there


def copied(poll: Poll, author: MemberId, now: datetime) -> Poll:
    """A new draft that asks the same in the same places."""
    return Poll(
        id=PollId(new_id()),
        author=author,
        question=poll.question,
        kind=poll.kind,
        options=poll.options,
        created_at=now,
        most=poll.most,
        may_add=poll.may_add,
        anonymous=poll.anonymous,
        showing=poll.showing,
        closes_when_all=poll.closes_when_all,
        asked=poll.asked,
        quorum=poll.quorum,
        places=tuple(replace(place, anchor=None) for place in poll.places),
    )
