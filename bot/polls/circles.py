"""Who reads along where a poll stands: they are asked, and nobody else is told of it."""

from collections.abc import Sequence

from bot.errors import ChatError
from bot.identity import Address, MemberId, WorkspaceId
from bot.members.domain import Member
from bot.ports import Chats, Circles


def tells(chats: Chats, workspace: WorkspaceId, places: Sequence[Address]) -> bool:
    """Whether a part of the academy may be in each of the places; in the local workspace everybody is everywhere."""
    every: list[object] = [chats.on(workspace, place.platform) for place in places]
    return all(isinstance(chat, Circles) for chat in every)


async def circle(
    chats: Chats, workspace: WorkspaceId, places: Sequence[Address], members: Sequence[Member]
) -> frozenset[MemberId] | None:
    """Those of these members who read along in one of the places; None where a platform does not say."""
    found: set[MemberId] = set()
    for place in places:
        chat: object = chats.on(workspace, place.platform)
        whose = {account: member.id for member in members if (account := member.account_on(place.platform)) is not None}
        try:
            there = await chat.readers(place, list(whose)) if isinstance(chat, Circles) else frozenset(whose)
        except ChatError:
            return None
        found |= {whose[account] for account in there}
    return frozenset(found)
