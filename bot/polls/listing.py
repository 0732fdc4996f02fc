"""Which polls somebody is told of outside the places where they stand: never of one from a room that they may not be in."""

from collections.abc import Sequence

from bot.identity import Address
from bot.members.domain import Member
from bot.polls.anonymity import voter_key
from bot.polls.domain import Poll, PollState
from bot.ports import UnitOfWork

# All platforms show so many in one menu; open ones come first.
_LISTED, _OPEN = 25, 20
_LOOKED_AT = 100


async def listed(work: UnitOfWork, member: Member, here: Address) -> Sequence[Poll]:
    """Those that are open or repeat, then those that were closed lately, newest first: the ones that stand here, those of this
    member, and those that ask them by name; for an organiser all."""
    opened = await work.polls.in_states([PollState.OPEN, PollState.PATTERN], _LOOKED_AT)
    closed = await work.polls.in_states([PollState.CLOSED], _LOOKED_AT)
    first = [poll for poll in opened if _may_know(poll, member, here)][:_OPEN]
    return [*first, *(poll for poll in closed if _may_know(poll, member, here))][:_LISTED]


async def waiting_for(work: UnitOfWork, member: Member) -> Sequence[Poll]:
    """Open polls that ask this member by name and have no vote of theirs yet, and their own ones; newest first."""
    found: list[Poll] = []
    for poll in await work.polls.in_states([PollState.OPEN], _LOOKED_AT):
        asked = member.id in poll.asked and await work.polls.ballot(poll.id, voter_key(poll, member.id)) is None
        if asked or poll.author == member.id:
            found.append(poll)
    return found


def _may_know(poll: Poll, member: Member, here: Address) -> bool:
    mine = poll.author == member.id or member.id in poll.asked or member.is_organiser()
    return mine or any(place.address == here for place in poll.places)
