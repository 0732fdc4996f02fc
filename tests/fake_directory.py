"""The workspaces in memory: their homes, and how they come and go."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from bot.challenges.domain import ChallengeState
from bot.deliveries.domain import DeliveryState
from bot.errors import StorageError, Taken
from bot.homes import Installation, platform_of
from bot.identity import Account, MemberId, WorkspaceId, new_id
from bot.introductions.domain import IntroState, RoundState
from bot.members.domain import SECTORS, THEMES, Member, WorkspaceOptions
from bot.members.merging import merged, richer
from bot.polls.domain import PollState
from bot.ports import Workspace
from tests.fake_books import Books
from tests.fake_moving import move_announcements
from tests.fake_places import finder_of


@dataclass(slots=True)
class Living:
    """What a workspace is beside its books."""

    name: str
    homes: list[Installation]
    frozen_at: datetime | None = None
    claimed: list[str] = field(default_factory=list[str])


class Database(Protocol):
    """What the directory needs of the database in memory."""

    @property
    def workspaces(self) -> dict[WorkspaceId, Living]: ...
    def books(self, workspace: WorkspaceId) -> Books: ...
    def awake(self) -> Sequence[tuple[WorkspaceId, Books]]: ...
    def erase(self, workspace: WorkspaceId) -> None: ...
    def changing(self, workspace: WorkspaceId) -> AbstractAsyncContextManager[Callable[[], None]]: ...


class MemoryDirectory:
    """Implements :class:`bot.ports.WorkspaceDirectory`."""

    def __init__(self, memory: Database) -> None:
        self._memory = memory

    async def find(self, external: str) -> Workspace | None:
        every = await self.every()
        return next((one for one in every if external in [home.external for home in one.installations]), None)

    async def get(self, workspace: WorkspaceId) -> Workspace | None:
        return next((there for there in await self.every() if there.id == workspace), None)

    async def every(self) -> Sequence[Workspace]:
        return [self._shown(workspace) for workspace in sorted(self._memory.workspaces)]

    async def externals(self, workspace: WorkspaceId) -> Sequence[str]:
        there = await self.get(workspace)
        return [] if there is None else [home.external for home in there.installations]

    async def with_account(self, account: Account) -> Sequence[Workspace]:
        return [
            one
            for one in await self.every()
            if one.frozen_at is None
            and any(account in member.accounts for member in self._memory.books(one.id).members.values())
            and any(home.platform == account.platform and home.gone_at is None for home in one.installations)
        ]

    async def with_code(self, code: str) -> Workspace | None:
        every = await self.every()
        return next((one for one in every if finder_of(code) in self._memory.books(one.id).codes), None)

    async def with_calendar_key(self, key: str) -> tuple[WorkspaceId, MemberId] | None:
        found = [
            (workspace, member)
            for workspace, books in self._memory.awake()
            for member, theirs in books.calendar_keys.items()
            if theirs == key
        ]
        return found[0] if found else None

    async def has_history(self, workspace: WorkspaceId) -> bool:
        books = self._memory.books(workspace)
        sent = (RoundState.OPEN, RoundState.CLOSED)
        return (
            any(intro.state is not IntroState.PLANNED for intro in books.intros.values())
            or any(round_.state in sent for round_ in books.rounds.values())
            or bool(books.signups)
            or any(poll.state is not PollState.DRAFT for poll in books.polls.values())
            or any(one.state is not ChallengeState.DRAFT for one in books.challenges.values())
            or bool(books.notes or books.note_sendings or books.bank)
        )

    async def ensure(self, external: str, name: str, options: WorkspaceOptions) -> Workspace:
        found = await self.find(external)
        if found is not None:
            return found
        fresh = WorkspaceId(new_id())
        self._memory.workspaces[fresh] = Living(name, [Installation(external, name)])
        books = self._memory.books(fresh)
        books.options[""] = options
        self._settle(fresh)
        books.sectors.update({sector.key: sector for sector in SECTORS})
        books.themes.update({theme.key: theme for theme in THEMES})
        return self._shown(fresh)

    async def claim(self, external: str, name: str, options: WorkspaceOptions) -> Workspace:
        found = await self.find(external)
        own = next((one for one in await self.every() if self._memory.workspaces[one.id].claimed), None)
        platform = platform_of(external)
        if found is None:
            local = next((one for one in await self.every() if one.external == "local"), None)
            if local is not None:
                found = await self.adopt(local.id, external, name)
            elif own is not None and own.home_on(platform) is None and platform not in self._claimed(own):
                found = await self.join(own.id, external, name)
            else:
                found = await self.ensure(external, name, options)
        if own is None or own.id == found.id:
            self._note(found.id, [platform])
        return found

    async def adopt(self, workspace: WorkspaceId, external: str, name: str) -> Workspace:
        there = await self.get(workspace)
        if there is None:
            raise StorageError("there is no such workspace")
        other = await self.find(external)
        if there.external not in ("local", external) or (other is not None and other.id != workspace):
            raise Taken("a row with this key is already there")
        if there.external == "local":
            living = self._memory.workspaces[workspace]
            living.name, living.homes[0] = name, replace(living.homes[0], external=external, name=name)
            self._settle(workspace)
        return self._shown(workspace)

    async def join(self, workspace: WorkspaceId, external: str, name: str) -> Workspace:
        other, ours = await self.find(external), await self.get(workspace)
        if ours is None:
            raise StorageError("there is no such workspace")
        async with self._changing({workspace, workspace if other is None else other.id}):
            living = self._memory.workspaces[workspace]
            if other is not None and other.id != workspace:
                if any(ours.home_on(home.platform) for home in other.installations) or await self.has_history(other.id):
                    raise Taken("that workspace has a life of its own")
                self._move_in(other.id, workspace)
                living.homes += other.installations
                self._note(workspace, self._memory.workspaces[other.id].claimed)
                self._memory.erase(other.id)
            elif other is None:
                if ours.home_on(platform_of(external)) is not None:
                    raise Taken("the workspace has a home on this platform")
                living.homes.append(Installation(external, name))
            self._settle(workspace)
            if any(home.gone_at is None for home in living.homes):
                living.frozen_at = None
        return self._shown(workspace)

    async def freeze(self, workspace: WorkspaceId, at: datetime, external: str = "") -> bool:
        async with self._memory.changing(workspace):
            living = self._memory.workspaces.get(workspace)
            if living is None:
                return False
            before = list(living.homes)
            living.homes = [
                replace(home, gone_at=at) if home.gone_at is None and external in ("", home.external) else home
                for home in before
            ]
            frozen = living.frozen_at is None and all(home.gone_at is not None for home in living.homes)
            if frozen:
                living.frozen_at = at
                self._cancel_waiting(workspace)
            self._settle(workspace)
            return frozen or before != living.homes

    async def thaw(self, workspace: WorkspaceId, external: str = "") -> bool:
        async with self._memory.changing(workspace):
            living = self._memory.workspaces.get(workspace)
            if living is None:
                return False
            before = list(living.homes)
            living.homes = [replace(home, gone_at=None) if external in ("", home.external) else home for home in before]
            thawed = living.frozen_at is not None and any(home.gone_at is None for home in living.homes)
            if thawed:
                living.frozen_at = None
                self._cancel_waiting(workspace)
            self._settle(workspace)
            return thawed or before != living.homes

    async def detach(self, workspace: WorkspaceId, *, gone_before: datetime) -> Sequence[str]:
        async with self._memory.changing(workspace):
            living = self._memory.workspaces.get(workspace)
            if living is None or all(home.gone_at is not None for home in living.homes):
                return ()
            lost = [home for home in living.homes if home.gone_at is not None and home.gone_at < gone_before]
            living.homes = [home for home in living.homes if home not in lost]
            books = self._memory.books(workspace)
            for platform in {home.platform for home in lost}:
                for member in list(books.members.values()):
                    left = tuple(account for account in member.accounts if account.platform != platform)
                    books.members[member.id] = replace(member, accounts=left)
                books.homes = {a: home for a, home in books.homes.items() if a.platform != platform}
                books.landmarks = {key: mark for key, mark in books.landmarks.items() if key[0] != platform}
            self._settle(workspace)
            return tuple(home.external for home in lost)

    async def erase(self, workspace: WorkspaceId, *, frozen_before: datetime | None = None) -> bool:
        async with self._memory.changing(workspace):
            living = self._memory.workspaces.get(workspace)
            since = None if living is None else living.frozen_at
            too_soon = frozen_before is not None and (since is None or since >= frozen_before)
            if too_soon or living is None:
                return False
            self._memory.erase(workspace)
            return True

    async def with_due_schedules(self, now: datetime) -> Sequence[WorkspaceId]:
        return sorted(
            workspace
            for workspace, books in self._memory.awake()
            if any(s.next_at is not None and s.next_at <= now for s in books.schedules.values())
        )

    async def next_schedule_at(self) -> datetime | None:
        times = (s.next_at for _, books in self._memory.awake() for s in books.schedules.values())
        return min((time for time in times if time is not None), default=None)

    @asynccontextmanager
    async def _changing(self, both: set[WorkspaceId]) -> AsyncGenerator[None, None]:
        first, *rest = sorted(both)
        async with self._memory.changing(first):
            if not rest:
                yield
                return
            async with self._memory.changing(rest[0]):
                yield

    def _shown(self, workspace: WorkspaceId) -> Workspace:
        living = self._memory.workspaces[workspace]
        homes = tuple(living.homes)
        options = self._memory.books(workspace).options[""]
        return Workspace(workspace, living.name, homes[0].external, options, living.frozen_at, homes)

    def _claimed(self, workspace: Workspace) -> list[str]:
        return self._memory.workspaces[workspace.id].claimed

    def _note(self, workspace: WorkspaceId, platforms: Sequence[str]) -> None:
        living = self._memory.workspaces[workspace]
        living.claimed += [platform for platform in platforms if platform not in living.claimed]

    def _settle(self, workspace: WorkspaceId) -> None:
        """Units of work read the homes from the books."""
        self._memory.books(workspace).installations[""] = tuple(self._memory.workspaces[workspace].homes)

    def _move_in(self, there: WorkspaceId, to: WorkspaceId) -> None:
        theirs, ours = self._memory.books(there), self._memory.books(to)
        owners = {account: member for member in ours.members.values() for account in member.accounts}
        rosters = {member.roster_id for member in ours.members.values()}
        became: dict[MemberId, MemberId] = {}
        for member in [one for one in theirs.members.values() if one.erased_at is None]:
            arriving = member if member.roster_id not in rosters else replace(member, roster_id="", roster_said="")
            known = next((owners[account] for account in member.accounts if account in owners), None)
            kept: Member = arriving if known is None else merged(known, arriving, richer(known, arriving))
            ours.members[kept.id] = kept
            became[member.id] = kept.id
            if member.sector in theirs.sectors:
                ours.sectors.setdefault(member.sector, theirs.sectors[member.sector])
        for block in theirs.blocks.values():
            one, other = became.get(block.member), became.get(block.other)
            if one is not None and other is not None and one != other:
                ours.blocks.setdefault((one, other), replace(block, member=one, other=other))
        move_announcements(theirs, ours, became)
        ours.arrivals = {**theirs.arrivals, **ours.arrivals}
        ours.homes = {**theirs.homes, **ours.homes}
        ours.landmarks = {**theirs.landmarks, **ours.landmarks}
        ours.form_drafts = {**theirs.form_drafts, **ours.form_drafts}
        options = ours.options[""]
        ours.options[""] = replace(options, extra={**theirs.options[""].extra, **options.extra})

    def _cancel_waiting(self, workspace: WorkspaceId) -> None:
        deliveries = self._memory.books(workspace).deliveries
        for record in list(deliveries.values()):
            if record.delivery.state is DeliveryState.WAITING:
                gone = replace(record.delivery, state=DeliveryState.CANCELLED, error="workspace_frozen")
                deliveries[gone.id] = replace(record, delivery=gone)
