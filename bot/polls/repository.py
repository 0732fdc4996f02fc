"""What a unit of work reads and writes of polls."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.identity import MemberId, PollId
from bot.polls.domain import Ballot, Choices, Poll, PollState, Tally, VoterKey


class Polls(Protocol):
    """Polls and their ballots. What is asked is sealed at rest; a ballot has neither a time nor a place in any order."""

    async def put(self, poll: Poll) -> None:
        """Adds it, or writes it anew."""
        ...

    async def get(self, poll: PollId) -> Poll | None:
        """One poll."""
        ...

    async def many(self, polls: Collection[PollId]) -> Mapping[PollId, Poll]:
        """Those of them that are there."""
        ...

    async def remove(self, poll: PollId) -> None:
        """Takes it away with its ballots; one that is not there is fine."""
        ...

    async def in_states(self, states: Sequence[PollState], limit: int = 100) -> Sequence[Poll]:
        """Newest first."""
        ...

    async def cast(self, ballots: Sequence[Ballot]) -> None:
        """Each voter's ballot is this one from now on."""
        ...

    def hide_order(self) -> None:
        """The ballots that this unit writes are anonymous: in what order they came must not be found in the database."""
        ...

    async def withdraw(self, poll: PollId, voters: Collection[VoterKey]) -> int:
        """Takes their ballots away; returns how many there were."""
        ...

    async def clear(self, poll: PollId) -> None:
        """Takes all ballots of a poll away."""
        ...

    async def ballot(self, poll: PollId, voter: VoterKey) -> Choices | None:
        """What this voter said; None for one who has not voted."""
        ...

    async def ballots(self, poll: PollId) -> Mapping[VoterKey, Choices]:
        """All ballots, by voter."""
        ...

    async def count(self, poll: PollId) -> int:
        """How many have voted."""
        ...

    async def tally(self, poll: PollId) -> Tally:
        """How many ballots say the same."""
        ...

    async def give_to(self, author: MemberId, another: MemberId) -> None:
        """Polls that were made by one who turned out to be another member. Ballots are :mod:`bot.polls.people`'s."""
        ...

    async def forget_drafts_before(self, at: datetime) -> int:
        """Drafts that nobody opened go."""
        ...
