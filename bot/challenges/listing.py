"""Which challenges somebody is told of outside the place where they stand: never of one from a room that they may not be in."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.challenges.domain import Challenge, ChallengeState
from bot.identity import Address
from bot.members.domain import Member
from bot.ports import UnitOfWork

# All platforms show so many in one menu; open ones come first.
_LISTED, _OPEN = 25, 20
_LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits for somebody: ``asked``: they were asked and have said nothing; ``own``: their own open ones, with how many
    have answered each."""

    asked: tuple[Challenge, ...] = ()
    own: tuple[tuple[Challenge, int], ...] = ()


async def listed(work: UnitOfWork, member: Member, here: Address) -> Sequence[Challenge]:
    """Those that are open, then those that were closed lately, newest first: the ones that stand here, those of this member, and
    those that they answered or were asked about; for an organiser all that do not stand in private."""
    mine = {one.challenge for one in await work.challenges.invitations_to(member.id)}
    mine |= {one.challenge for one in await work.challenges.answers_by(member.id)}

    def may_know(one: Challenge) -> bool:
        if one.author == member.id or one.id in mine:
            return True
        return (member.is_organiser() and not one.private) or (one.place is not None and one.place.address == here)

    opened = await work.challenges.in_states([ChallengeState.OPEN], _LOOKED_AT)
    closed = await work.challenges.in_states([ChallengeState.CLOSED], _LOOKED_AT)
    first = [one for one in opened if may_know(one)][:_OPEN]
    return [*first, *(one for one in closed if may_know(one))][:_LISTED]


async def waiting_for(work: UnitOfWork, member: Member) -> Waits:
    """See :class:`Waits`; newest first."""
    mine = await work.challenges.invitations_to(member.id)
    invited = {one.challenge for one in mine if one.declined_at is None}
    asked: list[Challenge] = []
    own: list[tuple[Challenge, int]] = []
    for one in await work.challenges.in_states([ChallengeState.OPEN], _LOOKED_AT):
        if one.author == member.id:
            own.append((one, len([said for said in await work.challenges.answers(one.id) if not said.held])))
        elif one.id in invited and await work.challenges.answer(one.id, member.id) is None:
            asked.append(one)
    return Waits(tuple(asked), tuple(own))
