"""Votes, counted exactly however many come at once.

Votes that arrive while others are being written go together in the next transaction: a burst costs a handful of commits, and
nobody waits for more than the one before and their own. A vote is acknowledged when it is kept, and not before. The unit of
work is the academy's, so that a close is either before a vote or after it, and never in between; in one batch the order is
that of arrival, so of two votes of one person the last one counts.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from bot.errors import NotThere, Phrase, Sorry, phrase
from bot.identity import Account, MemberId, PollId, WorkspaceId
from bot.members.domain import Reader, WorkspaceOptions
from bot.polls.anonymity import arrival_key, arrival_time, voter_key
from bot.polls.closing import all_have_voted, close
from bot.polls.domain import Ballot, Choices, Poll, PollState, VoterKey, read_choices
from bot.polls.outgoing import refresh, tell_reminded
from bot.ports import Clock, UnitOfWork, Units
from bot.recent import Recent

_TOGETHER = 500
_ACADEMIES, _A_MINUTE = 1_000, timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Slip:
    """What somebody says. ``chosen``: None withdraws. ``arrival``: the id of the interaction, empty where it is known already
    that it comes for the first time."""

    account: Account
    poll: PollId
    chosen: tuple[str, ...] | None
    arrival: str = ""


@dataclass(frozen=True, slots=True)
class Voted:
    """A vote that is kept. ``choices``: None for one that was withdrawn."""

    poll: Poll
    member: Reader
    options: WorkspaceOptions
    choices: Choices | None


@dataclass(frozen=True, slots=True)
class TurnedDown:
    """A vote that does not count, and why, to be said to the member."""

    said: Phrase
    member: Reader
    options: WorkspaceOptions


@dataclass(frozen=True, slots=True)
class Known:
    """The same interaction once more: it was answered the first time."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """Nobody here has this account yet; nothing was kept."""


Outcome: TypeAlias = Voted | TurnedDown | Known | Stranger
_Waiting: TypeAlias = tuple[Slip, "asyncio.Future[Outcome]"]


class Voting:
    """Takes votes. One for the process: what comes together goes together."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock
        self._options: Recent[WorkspaceId, WorkspaceOptions] = Recent(clock, _ACADEMIES, _A_MINUTE)
        self._waiting: dict[WorkspaceId, list[_Waiting]] = {}
        self._writing: set[asyncio.Task[None]] = set()

    async def vote(self, workspace: WorkspaceId, slip: Slip) -> Outcome:
        """Returns when the vote is kept. Raises StorageError where it could not be; then it is not."""
        kept: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        waiting = self._waiting.get(workspace)
        if waiting is None:
            self._waiting[workspace] = [(slip, kept)]
            # Not in the task of the one who asks: who goes away takes nobody's vote along.
            writing = asyncio.create_task(self._write(workspace), name="votes")
            self._writing.add(writing)
            writing.add_done_callback(self._writing.discard)
        else:
            waiting.append((slip, kept))
        return await kept

    async def _write(self, workspace: WorkspaceId) -> None:
        while waiting := self._waiting[workspace]:
            batch, self._waiting[workspace] = waiting[:_TOGETHER], waiting[_TOGETHER:]
            try:
                outcomes = await self._together(workspace, [slip for slip, _ in batch])
            except Exception as error:  # noqa: BLE001 - whoever waits is told, and the next batch is tried
                for _, kept in batch:
                    if not kept.done():
                        kept.set_exception(error)
            else:
                for (_, kept), outcome in zip(batch, outcomes, strict=True):
                    if not kept.done():
                        kept.set_result(outcome)
        del self._waiting[workspace]

    async def _together(self, workspace: WorkspaceId, slips: Sequence[Slip]) -> Sequence[Outcome]:
        now = self._clock.now()
        async with self._units(workspace) as work:
            counting = await _counting(work, slips, now, await self._options_in(work))
            outcomes = [counting.take(slip) for slip in slips]
            await counting.write(work)
            await work.commit()
        return outcomes

    async def _options_in(self, work: UnitOfWork) -> WorkspaceOptions:
        """They are only needed for the words of the answer, so that those of a moment ago will do."""
        known = self._options.get(work.workspace)
        if known is None:
            known = await work.vocabulary.options()
            self._options.put(work.workspace, known)
        return known


@dataclass(slots=True)
class _Counting:
    """One batch: what is known before it, and what comes of it."""

    now: datetime
    polls: Mapping[PollId, Poll]
    members: Mapping[Account, Reader]
    options: WorkspaceOptions
    fresh: set[str]
    said: dict[tuple[PollId, VoterKey], Choices | None] = field(
        default_factory=dict[tuple[PollId, VoterKey], "Choices | None"]
    )

    def take(self, slip: Slip) -> Outcome:
        """What becomes of one vote."""
        member, poll = self.members.get(slip.account), self.polls.get(slip.poll)
        if member is None:
            return Stranger()
        if slip.arrival:
            key = _arrival(slip, poll)
            if key not in self.fresh:
                return Known()
            self.fresh.discard(key)
        try:
            found = open_poll(poll, self.now)
            choices = None if slip.chosen is None else read_choices(found, slip.chosen)
        except Sorry as sorry:
            return TurnedDown(sorry.said, member, self.options)
        self.said[found.id, voter_key(found, member.id)] = choices
        return Voted(found, member, self.options, choices)

    async def write(self, work: UnitOfWork) -> None:
        """Keeps the ballots, and closes what all have voted in."""
        await work.polls.cast(
            [Ballot(poll, voter, said) for (poll, voter), said in self.said.items() if said is not None]
        )
        if any(self.polls[poll].anonymous for poll, _ in self.said):
            work.polls.hide_order()
        for poll in {poll: self.polls[poll] for poll, _ in self.said}.values():
            gone = [voter for (asked, voter), said in self.said.items() if asked == poll.id and said is None]
            if gone:
                await work.polls.withdraw(poll.id, gone)
            if not poll.anonymous:
                # Of an anonymous one that would write down when each of them voted.
                voters = [MemberId(UUID(voter)) for asked, voter in self.said if asked == poll.id]
                await tell_reminded(work, poll, self.now, voters)
            if await all_have_voted(work, poll):
                await close(work, poll, self.now)
            else:
                await refresh(work, poll, self.now)


def open_poll(poll: Poll | None, now: datetime) -> Poll:
    """The poll, if one can vote in it now. Raises NotThere; a time that is over counts before anything has acted on it."""
    if poll is None or poll.state in {PollState.DRAFT, PollState.PATTERN}:
        raise NotThere(phrase("That poll is not there any more."))
    if poll.state is PollState.CLOSED or (poll.closes_at is not None and now >= poll.closes_at):
        raise NotThere(phrase("This poll is closed, so nothing can be changed in it any more."))
    return poll


async def _counting(work: UnitOfWork, slips: Sequence[Slip], now: datetime, options: WorkspaceOptions) -> _Counting:
    polls = await work.polls.many({slip.poll for slip in slips})
    members = await work.members.readers({slip.account for slip in slips})
    fresh: set[str] = set()
    for poll in (None, *polls.values()):
        # Strangers come a second time, by the long way, and must be known as new then.
        arrivals = {
            _arrival(slip, poll)
            for slip in slips
            if slip.arrival and slip.account in members and polls.get(slip.poll) is poll
        }
        if arrivals:
            at = now if poll is None else arrival_time(poll, now)
            fresh |= await work.arrivals.first_times(arrivals, at)
    return _Counting(now, polls, members, options, fresh)


def _arrival(slip: Slip, poll: Poll | None) -> str:
    return slip.arrival if poll is None or not (poll.secret or not poll.anonymous) else arrival_key(poll, slip.arrival)
