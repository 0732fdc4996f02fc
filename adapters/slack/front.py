"""What the listening half is given, and what it asks of the rest: the desk, the API, and who somebody is."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from adapters.slack.api import SlackApi
from adapters.slack.chat import SlackChat
from adapters.slack.people import About, People
from adapters.slack.spots import PLATFORM
from adapters.slack.working import Working
from bot.dispatcher import FrontDesk, House
from bot.errors import StorageError
from bot.identity import Account, MemberId, WorkspaceId
from bot.members.domain import Member
from bot.messages.actions import Action
from bot.ports import Clock, Units
from bot.recent import Recent
from bot.words import Languages, Words

# A person is asked about again after a day; so many are kept in mind.
_FRESH = timedelta(days=1)
_KEPT = 10_000
# Seconds that somebody's first interaction waits to learn name, language and zone.
_INTRODUCTION = 1.5


class Workspaces(Protocol):
    """Which workspace an installation belongs to."""

    async def workspace_of(self, team: str | None, enterprise: str | None, org_wide: bool) -> WorkspaceId | None:
        """None where nothing is installed there."""
        ...

    async def uninstalled(
        self, team: str | None, enterprise: str | None, org_wide: bool, at: datetime | None = None
    ) -> None:
        """The platform says that the bot was removed, or its token revoked, at that time."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds before somebody is shown that it takes longer: where a form may open, and after a form was sent. ``keeping``:
    before a press is acknowledged although it is not kept yet, since nobody is to look at a busy button for longer."""

    form: float = 0.7
    submission: float = 2.0
    home: float = 1.0
    keeping: float = 0.4


@dataclass(frozen=True, slots=True)
class Front:
    """Everything that stands behind the listeners. ``buttons``: the actions that a press may have, which open a form anew.

    ``pause`` sleeps; a test may let it pass at once.
    """

    desk: FrontDesk
    api: SlackApi
    installations: Workspaces
    people: People
    chats: Callable[[WorkspaceId], SlackChat]
    units: Units
    languages: Languages
    clock: Clock
    house: House
    buttons: Collection[type[Action]] = ()
    public_url: str = ""
    patience: Patience = field(default_factory=Patience)
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    working: Working = field(default_factory=Working)

    def house_words(self) -> Words:
        """The words for somebody of whom nothing is known."""
        return self.languages.words(self.house.language, self.house.zone)

    async def words_for(self, workspace: WorkspaceId, account: Account, language: str = "") -> Words:
        """The words for a person, as they chose; ``language`` and the house's own where they did not."""
        try:
            async with self.units(workspace, reading=True) as work:
                member = await work.members.by_account(account)
                options = await work.vocabulary.options()
        except StorageError:
            return self.languages.words(language or self.house.language, self.house.zone)
        zone = ZoneInfo((member.timezone if member else "") or options.timezone)
        return self.languages.words(member.language if member else language or options.language, zone)

    async def users(self, workspace: WorkspaceId, members: Collection[MemberId]) -> Mapping[MemberId, str]:
        """The Slack users of members, for mentions."""
        if not members:
            return {}
        async with self.units(workspace, reading=True) as work:
            found = await work.members.many(tuple(members))
        accounts = {own: member.account_on(PLATFORM) for own, member in found.items()}
        return {own: account.user for own, account in accounts.items() if account is not None}

    async def member_of(self, workspace: WorkspaceId, user: str) -> Member | None:
        """The member behind a Slack user."""
        async with self.units(workspace, reading=True) as work:
            return await work.members.by_account(Account(PLATFORM, user))


class Acquaintances:
    """What Slack knows of those who act. A stranger's first interaction waits a moment for it; a member's never does."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._known: Recent[tuple[WorkspaceId, str], About] = Recent(front.clock, _KEPT, _FRESH)

    async def meet(self, workspace: WorkspaceId, user: str) -> About:
        """Name, language and zone; blank ones where Slack does not say in time."""
        key = (workspace, user)
        known = self._known.get(key)
        if known is not None:
            return known
        try:
            member = await self._front.member_of(workspace, user)
        except StorageError:
            return About()
        if member is not None:
            known = About(member.name, "", member.language)
            self._known.put(key, known)
            self._front.working.start("refresh", lambda: self._ask(key))
            return known
        try:
            async with asyncio.timeout(_INTRODUCTION):
                await self._ask(key)
        except TimeoutError:
            return About()
        return self._known.get(key) or About()

    def language(self, workspace: WorkspaceId, user: str) -> str:
        """The language as far as it is known without waiting for anything."""
        known = self._known.get((workspace, user))
        return known.language if known else ""

    async def _ask(self, key: tuple[WorkspaceId, str]) -> None:
        about = await self._front.people.about(*key)
        if about != About():
            self._known.put(key, about)
