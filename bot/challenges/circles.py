"""Who reads along where a challenge stands: they may be asked, and nobody else is told of it."""

from collections.abc import Sequence

from bot.challenges.domain import Challenge
from bot.identity import Address, MemberId, WorkspaceId
from bot.introductions.domain import IntroState
from bot.members.domain import Member
from bot.polls.circles import circle
from bot.ports import Chats, UnitOfWork, Units

_SPEAKING = (IntroState.OPENED, IntroState.ENDED)


async def readers_of(
    units: Units, chats: Chats, workspace: WorkspaceId, challenge: Challenge, members: Sequence[Member]
) -> frozenset[MemberId] | None:
    """Those of these members who read along there; None where a platform does not say. In the room of an introduction it is known
    who is there."""
    places = [] if challenge.place is None else [challenge.place.address]
    async with units(workspace, reading=True) as work:
        room = await _room(work, places)
    if room is not None:
        return room & {member.id for member in members}
    return await circle(chats, workspace, places, members)


async def _room(work: UnitOfWork, places: Sequence[Address]) -> frozenset[MemberId] | None:
    """Who is in the room of an introduction; None for a place that is none."""
    intros = [intro for intro in await work.rounds.intros_in(_SPEAKING) if intro.room in places]
    return frozenset(member for intro in intros for member in intro.members()) if intros else None
