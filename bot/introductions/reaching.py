"""How the people of an introduction reach one another where no room can hold them all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.identity import Account, MemberId
from bot.introductions.domain import Intro, Line
from bot.members.domain import Consent, Member
from bot.members.recognising import HANDLE
from bot.ports import UnitOfWork

# The landmark with the link that opens an introduction's room.
ROOM_LINK = "room_link"
# Where some who look after the place can read what stands in a room.
READ_ALONG = frozenset({"discord"})
# More than a few lines are a conversation, and that is better held without a go-between.
MOST_LINES = 3
_PLATFORM_NAMES = {"slack": "Slack", "discord": "Discord", "web": "Web"}


@dataclass(frozen=True, slots=True)
class Reach:
    """One account of somebody. ``handle``: what to search for there; ``home``: the team's or the server's name."""

    account: Account
    handle: str = ""
    home: str = ""


def called(platform: str) -> str:
    """What people call a platform."""
    return _PLATFORM_NAMES.get(platform, platform)


def are_apart(people: Sequence[Member], platforms: frozenset[str]) -> bool:
    """Everybody has an account on one of these platforms, but none of the platforms has them all."""
    where = [frozenset(account.platform for account in member.accounts) & platforms for member in people]
    return len(where) > 1 and all(where) and not where[0].intersection(*where[1:])


def is_in_room(intro: Intro, member: Member) -> bool:
    """Whether the introduction's room holds this member: it has those who have an account on its platform."""
    return intro.room is not None and member.account_on(intro.room.platform) is not None


async def reaches(work: UnitOfWork, people: Iterable[Member]) -> Mapping[MemberId, Sequence[Reach]]:
    """How each of them is found, on every platform where the academy has a home."""
    homes = await work.vocabulary.homes()
    names = {home.platform: home.name for home in homes if home.gone_at is None}
    found: dict[MemberId, Sequence[Reach]] = {}
    for member in people:
        found[member.id] = [
            Reach(
                account,
                await work.landmarks.get(account.platform, HANDLE, account.user) or "",
                names[account.platform],
            )
            for account in member.accounts
            if account.platform in names
        ]
    return found


async def may_not_write(work: UnitOfWork, author: MemberId, to: MemberId) -> bool:
    """Whether one of them has left, wants nothing from anybody any more, or has blocked the other."""
    people = await work.members.many([author, to])
    if len(people) < 2 or any(member.consent is Consent.NEVER for member in people.values()):
        return True
    blocks = [*await work.members.blocks_by(author), *await work.members.blocks_by(to)]
    return any(block.other in (author, to) for block in blocks)


def lines_left(lines: Iterable[Line], author: MemberId, to: MemberId) -> int:
    """How many lines are still carried from one to the other."""
    return max(0, MOST_LINES - sum(line.author == author and line.to == to for line in lines))
