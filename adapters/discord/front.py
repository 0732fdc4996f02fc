"""What the listening half is given, and what it asks of the rest: the desk, the chat, and who somebody is."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias
from zoneinfo import ZoneInfo

from adapters.discord.page import Page
from adapters.discord.spots import PLATFORM
from adapters.discord.working import Working
from bot.desk import FrontDesk
from bot.dispatcher import House
from bot.errors import StorageError
from bot.identity import Account, Address, MemberId, WorkspaceId
from bot.interactions import Command
from bot.members.domain import Member
from bot.messages.elements import Card, File
from bot.ports import Clock, Units, Workspace
from bot.words import Languages, Words

FirstToHear: TypeAlias = Callable[[WorkspaceId, str], Awaitable[bool]]


class Speaking(Protocol):
    """What the listening half needs of a workspace's chat. All of these raise ChatError."""

    async def draw(self, card: Card) -> tuple[Page, ...]:
        """The card's messages, with what they need kept."""
        ...

    async def post(self, to: Address, card: Card, key: str) -> Address:
        """Posts a card once."""
        ...

    async def edit(self, message: Address, card: Card) -> None:
        """Makes an earlier message say this."""
        ...

    async def hand(self, to: Address, card: Card, file: File, key: str) -> Address:
        """Posts a file under a card."""
        ...


class Academies(Protocol):
    """Which academy somebody is at."""

    async def workspace_of(self, guild: str, name: str = "") -> WorkspaceId:
        """The academy of a guild. Raises StorageError."""
        ...

    async def organises(self, workspace: WorkspaceId, user: str) -> bool | None:
        """Whether somebody's rights in its guild make an organiser of them now; None where that is not known."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds until Discord is told that the answer comes later: usually, where a form may open (which has to be the first
    answer), and until a person is told so who pressed something."""

    answer: float = 0.1
    form: float = 2.2
    press: float = 2.0


@dataclass(frozen=True, slots=True)
class Front:
    """Everything that stands behind the listeners. ``with_account``: the academies where somebody is a member. ``fetch``
    gets what was uploaded, at most so many bytes. ``first_to_hear`` tells of the several processes that hear the same
    interaction which one it is for; None where there is only one. ``pause`` sleeps; a test may let it pass at once."""

    desk: FrontDesk
    commands: Sequence[Command]
    academies: Academies
    with_account: Callable[[Account], Awaitable[Sequence[Workspace]]]
    chats: Callable[[WorkspaceId], Speaking]
    fetch: Callable[[str, int], Awaitable[bytes]]
    units: Units
    languages: Languages
    clock: Clock
    house: House
    first_to_hear: FirstToHear | None = None
    patience: Patience = field(default_factory=Patience)
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    working: Working = field(default_factory=Working)

    def house_words(self, language: str = "") -> Words:
        """The words for somebody of whom nothing is known but what their Discord speaks."""
        return self.languages.words(language or self.house.language, self.house.zone, (PLATFORM,))

    async def words_for(self, workspace: WorkspaceId, account: Account, language: str = "") -> Words:
        """The words for a person, as they chose; ``language`` and the house's own where they did not."""
        try:
            async with self.units(workspace, reading=True) as work:
                member = await work.members.by_account(account)
                options = await work.vocabulary.options()
        except StorageError:
            return self.house_words(language)
        zone = ZoneInfo((member.timezone if member else "") or options.timezone)
        return self.languages.words(member.language if member else language or options.language, zone, (PLATFORM,))

    async def users(self, workspace: WorkspaceId, members: Collection[MemberId]) -> Mapping[MemberId, str]:
        """The Discord users of members, for mentions."""
        if not members:
            return {}
        async with self.units(workspace, reading=True) as work:
            found = await work.members.many(tuple(members))
        accounts = {own: member.account_on(PLATFORM) for own, member in found.items()}
        return {own: account.user for own, account in accounts.items() if account is not None}

    async def member_of(self, workspace: WorkspaceId, user: str) -> Member | None:
        """The member behind a Discord user."""
        async with self.units(workspace, reading=True) as work:
            return await work.members.by_account(Account(PLATFORM, user))
