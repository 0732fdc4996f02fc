"""Polls and people who become one, or leave: nobody counts twice, and what is closed stays as it was counted."""

from dataclasses import replace
from datetime import datetime

from bot.identity import MemberId, new_id
from bot.polls.anonymity import voter_key
from bot.polls.closing import all_have_voted, close
from bot.polls.domain import Ballot, Poll, PollState, VoterKey
from bot.polls.outgoing import left, refresh
from bot.ports import UnitOfWork
from bot.questions.leaving import organisers

_ALL = 100_000
_ANY = (PollState.OPEN, PollState.CLOSED)
_THEIRS = (PollState.DRAFT, PollState.OPEN, PollState.PATTERN)


async def give_ballots(work: UnitOfWork, gone: MemberId, kept: MemberId, now: datetime) -> None:
    """Two rows were one person: one ballot is left in each poll, the one of the row that stays where there are two."""
    await work.polls.give_to(gone, kept)
    for poll in await _findable(work):
        old, new = voter_key(poll, gone), voter_key(poll, kept)
        said = await work.polls.ballot(poll.id, old)
        asked = tuple(dict.fromkeys(kept if one == gone else one for one in poll.asked))
        kept_poll = replace(poll, asked=asked)
        if kept_poll != poll:
            await work.polls.put(kept_poll)
        if said is not None:
            if await work.polls.ballot(poll.id, new) is None:
                await work.polls.cast([Ballot(poll.id, new, said)])
            await work.polls.withdraw(poll.id, [old])
        if kept_poll != poll or said is not None:
            await _settle(work, kept_poll, now)


async def leave_polls(work: UnitOfWork, member: MemberId, now: datetime) -> None:
    """Takes back what the member said where it is still open. In a closed one the number stays, under nobody's name. Their drafts
    go; polls of theirs that nothing closes by itself, and those that repeat, are organisers' from now on, who are told."""
    for poll in await work.polls.in_states(_THEIRS, _ALL):
        if poll.author == member:
            await _hand_over(work, poll, now)
    for poll in await _findable(work):
        voter = voter_key(poll, member)
        said = await work.polls.ballot(poll.id, voter)
        left = replace(poll, asked=tuple(one for one in poll.asked if one != member))
        if left != poll:
            await work.polls.put(left)
        if said is not None:
            await work.polls.withdraw(poll.id, [voter])
        if said is not None and poll.state is PollState.CLOSED:
            await work.polls.cast([Ballot(poll.id, VoterKey(str(new_id())), said)])
        elif left != poll or said is not None:
            await _settle(work, left, now)


async def _hand_over(work: UnitOfWork, poll: Poll, now: datetime) -> None:
    if poll.state is PollState.DRAFT:
        await work.polls.remove(poll.id)
    elif poll.state is PollState.PATTERN or poll.closes_at is None:
        heirs = [one.id for one in await organisers(work) if one.id != poll.author]
        await work.deliveries.add([left(poll, heir, now) for heir in heirs])
    if poll.state is PollState.OPEN:
        await refresh(work, poll, now)


async def ballots_of(work: UnitOfWork, member: MemberId) -> list[tuple[Poll, Ballot]]:
    """What a member said in named polls, for whoever asks what is kept about them. What was said in an anonymous one goes into no
    file, not even its voter's own."""
    found: list[tuple[Poll, Ballot]] = []
    for poll in await work.polls.in_states(_ANY, _ALL):
        if poll.anonymous:
            continue
        voter = voter_key(poll, member)
        said = await work.polls.ballot(poll.id, voter)
        if said is not None:
            found.append((poll, Ballot(poll.id, voter, said)))
    return found


async def _settle(work: UnitOfWork, poll: Poll, now: datetime) -> None:
    """An open one tells what is true now, and closes where whoever is gone was the last to wait for."""
    if poll.state is not PollState.OPEN:
        return
    if await all_have_voted(work, poll):
        await close(work, poll, now)
    else:
        await refresh(work, poll, now)


async def _findable(work: UnitOfWork) -> list[Poll]:
    """Those in which a member's ballot can be found: of anonymous ones only while they are open."""
    return [poll for poll in await work.polls.in_states(_ANY, _ALL) if not poll.anonymous or poll.secret]
