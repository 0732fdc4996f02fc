"""How a poll ends: its ballots are counted once and for all, and of an anonymous one nothing else is left."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from bot.identity import MemberId, PollId, ScheduleId, new_id
from bot.members.domain import Member
from bot.polls.anonymity import voter_key
from bot.polls.domain import FEWEST_BALLOTS, Closing, Poll, PollState, Tally, VoterKey
from bot.polls.outgoing import day_found, refresh, tell_reminded, told_author
from bot.polls.reducing import reduced
from bot.polls.turnout import counted, pictured
from bot.ports import UnitOfWork
from bot.schedules.domain import Schedule, ScheduleKind
from bot.schedules.rules import planned

_POLL = "poll"


async def close(work: UnitOfWork, poll: Poll, now: datetime) -> Poll:
    """The poll, closed as of now. The key of an anonymous one is destroyed with its ballots."""
    ballots = await work.polls.ballots(poll.id)
    closing = await _closing(work, poll, frozenset(ballots), await work.polls.tally(poll.id))
    closed = replace(poll, state=PollState.CLOSED, closed_at=now, schedule=None, closing=closing, secret=b"")
    if poll.anonymous:
        await work.polls.clear(poll.id)
    if poll.schedule is not None:
        await work.schedules.remove(poll.schedule)
    await work.polls.put(closed)
    await refresh(work, closed, now)
    await tell_reminded(work, closed, now)
    await work.deliveries.add([told_author(closed, now), *day_found(closed, now)])
    return closed


async def tally_of(work: UnitOfWork, poll: Poll) -> Tally:
    """How many ballots say the same, as far as anybody may know."""
    if poll.anonymous and poll.state is PollState.CLOSED:
        return {} if poll.closing is None else poll.closing.tally
    return await work.polls.tally(poll.id)


async def ballots_in(work: UnitOfWork, poll: Poll) -> int:
    """How many have voted."""
    if poll.anonymous and poll.state is PollState.CLOSED:
        return 0 if poll.closing is None else poll.closing.ballots
    return await work.polls.count(poll.id)


async def all_have_voted(work: UnitOfWork, poll: Poll) -> bool:
    """Whether nobody is left to wait for, where it is known who is asked."""
    if not poll.closes_when_all or not poll.asked or await work.polls.count(poll.id) < len(poll.asked):
        return False
    return not await missing(work, poll, list((await work.members.many(poll.asked)).values()))


async def missing(work: UnitOfWork, poll: Poll, members: list[Member]) -> list[Member]:
    """Those of the members who have not voted."""
    voted = frozenset(await work.polls.ballots(poll.id))
    return [member for member in members if voter_key(poll, member.id) not in voted]


async def scheduled(work: UnitOfWork, poll: Poll, now: datetime) -> Poll:
    """The poll with the time of its close planned, where it has one."""
    if poll.closes_at is None:
        return replace(poll, schedule=None)
    schedule = Schedule(
        id=ScheduleId(new_id()),
        kind=ScheduleKind.POLL_CLOSE,
        zone="UTC",
        start=poll.closes_at.astimezone(UTC).replace(tzinfo=None),
        details={_POLL: str(poll.id)},
        created_by=poll.author,
    )
    await work.schedules.put(planned(schedule, now))
    return replace(poll, schedule=schedule.id)


async def expand_close(work: UnitOfWork, schedule: Schedule, now: datetime) -> None:
    """A poll's time is over."""
    poll = await work.polls.get(PollId(UUID(schedule.details[_POLL])))
    if poll is not None and poll.state is PollState.OPEN and poll.schedule == schedule.id:
        await close(work, poll, now)


async def _closing(work: UnitOfWork, poll: Poll, voted: frozenset[VoterKey], tally: Tally) -> Closing:
    ballots = len(voted)
    if poll.anonymous and ballots < FEWEST_BALLOTS:
        return Closing(ballots)
    counts = counted((member.sector, voter_key(poll, member.id) in voted) for member in await _electorate(work, poll))
    # Two pictures of one poll would tell, with the totals, which sector those are of who voted in between.
    picture = pictured(counts) if poll.closing is None else ()
    return Closing(ballots, reduced(poll, tally) if poll.anonymous else {}, picture)


async def _electorate(work: UnitOfWork, poll: Poll) -> list[Member]:
    members = await work.members.everybody()
    asked: frozenset[MemberId] = frozenset(poll.asked)
    return [member for member in members if not asked or member.id in asked]
