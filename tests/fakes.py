"""Storage and time in memory, with real rollback: what a unit of work does not commit was never there.

``Memory()`` has everything: ``memory.units``, ``memory.directory``, ``memory.outbox`` and ``memory.alarm``. Chats are in
``tests/fake_chat.py``.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.deliveries.domain import DeliveryState
from bot.errors import StorageError, Taken, Unavailable
from bot.identity import WorkspaceId, new_id
from bot.members.domain import SECTORS, THEMES, WorkspaceOptions
from bot.ports import Workspace
from tests.fake_books import Books, Drafts
from tests.fake_outbox import MemoryOutbox
from tests.fake_playground import MemoryPlayground
from tests.fake_repositories import (
    MemoryArrivals,
    MemoryDeliveries,
    MemoryHomes,
    MemoryMembers,
    MemoryRounds,
    MemorySchedules,
    MemoryVectors,
    MemoryVocabulary,
)

_PATIENCE = 10.0


class StoppedClock:
    """A clock that moves only when it is told to."""

    def __init__(self, at: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def advance(self, **by: float) -> datetime:
        """``clock.advance(days=1, hours=2)``; returns the new time."""
        self._at += timedelta(**by)
        return self._at

    def set(self, at: datetime) -> None:
        self._at = at


class CountingAlarm:
    """Counts its rings and wakes whoever waits."""

    def __init__(self) -> None:
        self.rings = 0
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self.rings += 1
        self._rung.set()

    async def wait(self, at_most: float) -> None:
        try:
            async with asyncio.timeout(at_most):
                await self._rung.wait()
        except TimeoutError:
            return
        self._rung.clear()


class Memory:
    """A database in memory."""

    def __init__(self) -> None:
        self.alarm = CountingAlarm()
        self.units = MemoryUnits(self)
        self.directory = MemoryDirectory(self)
        self.outbox = MemoryOutbox(self)
        self.workspaces: dict[WorkspaceId, tuple[str, str]] = {}
        self.frozen: dict[WorkspaceId, datetime] = {}
        self._books: dict[WorkspaceId, Books] = {}
        self._gates: dict[WorkspaceId, asyncio.Lock] = {}

    def books(self, workspace: WorkspaceId) -> Books:
        """What is committed in a workspace."""
        return self._books.setdefault(workspace, Books())

    def all_books(self) -> Sequence[tuple[WorkspaceId, Books]]:
        return list(self._books.items())

    def awake(self) -> Sequence[tuple[WorkspaceId, Books]]:
        """The same without the frozen workspaces."""
        return [(workspace, books) for workspace, books in self._books.items() if workspace not in self.frozen]

    def erase(self, workspace: WorkspaceId) -> None:
        for kept in (self._books, self.workspaces, self.frozen):
            kept.pop(workspace, None)

    @asynccontextmanager
    async def changing(self, workspace: WorkspaceId) -> AsyncGenerator[Callable[[], None], None]:
        """One after the other in a workspace. Gives what lets the next one in early."""
        gate = self._gates.setdefault(workspace, asyncio.Lock())
        try:
            async with asyncio.timeout(_PATIENCE):
                await gate.acquire()
        except TimeoutError:
            raise Unavailable("another unit of work does not come to an end") from None
        held = [gate]

        def let_go() -> None:
            while held:
                held.pop().release()

        try:
            yield let_go
        finally:
            let_go()


class MemoryUnit:
    """Implements :class:`bot.ports.UnitOfWork`."""

    def __init__(self, memory: Memory, workspace: WorkspaceId, let_go: Callable[[], None] | None) -> None:
        self._memory = memory
        self._let_go = let_go
        self._drafts = Drafts(memory.books(workspace), reading=let_go is None)
        self.workspace = workspace
        self.members = MemoryMembers(self._drafts)
        self.vocabulary = MemoryVocabulary(self._drafts)
        self.rounds = MemoryRounds(self._drafts)
        self.schedules = MemorySchedules(self._drafts)
        self.deliveries = MemoryDeliveries(self._drafts)
        self.playground = MemoryPlayground(self._drafts)
        self.arrivals = MemoryArrivals(self._drafts)
        self.vectors = MemoryVectors(self._drafts)
        self.homes = MemoryHomes(self._drafts)

    async def commit(self) -> None:
        if self.workspace not in self._memory.workspaces:
            raise StorageError("there is no such workspace")
        self._drafts.keep()
        if self._let_go is not None:
            self._let_go()
        if self.deliveries.wrote or self.schedules.wrote:
            self.deliveries.wrote = self.schedules.wrote = False
            self._memory.alarm.ring()


class MemoryUnits:
    """Implements :class:`bot.ports.Units`."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    @asynccontextmanager
    async def __call__(self, workspace: WorkspaceId, *, reading: bool = False) -> AsyncGenerator[MemoryUnit, None]:
        if reading:
            yield MemoryUnit(self._memory, workspace, None)
            return
        async with self._memory.changing(workspace) as let_go:
            yield MemoryUnit(self._memory, workspace, let_go)


class MemoryDirectory:
    """Implements :class:`bot.ports.WorkspaceDirectory`."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def find(self, external: str) -> Workspace | None:
        return next((workspace for workspace in await self.every() if workspace.external == external), None)

    async def get(self, workspace: WorkspaceId) -> Workspace | None:
        return next((there for there in await self.every() if there.id == workspace), None)

    async def every(self) -> Sequence[Workspace]:
        return [
            Workspace(
                workspace, name, external, self._memory.books(workspace).options[""], self._memory.frozen.get(workspace)
            )
            for workspace, (name, external) in sorted(self._memory.workspaces.items())
        ]

    async def ensure(self, external: str, name: str, options: WorkspaceOptions) -> Workspace:
        found = await self.find(external)
        if found is not None:
            return found
        fresh = Workspace(WorkspaceId(new_id()), name, external, options)
        self._memory.workspaces[fresh.id] = (name, external)
        books = self._memory.books(fresh.id)
        books.options[""] = options
        books.sectors.update({sector.key: sector for sector in SECTORS})
        books.themes.update({theme.key: theme for theme in THEMES})
        return fresh

    async def adopt(self, workspace: WorkspaceId, external: str, name: str) -> Workspace:
        there = await self.get(workspace)
        if there is None:
            raise StorageError("there is no such workspace")
        other = await self.find(external)
        if there.external not in ("local", external) or (other is not None and other.id != workspace):
            raise Taken("a row with this key is already there")
        self._memory.workspaces[workspace] = (name, external)
        return replace(there, name=name, external=external)

    async def freeze(self, workspace: WorkspaceId, at: datetime) -> bool:
        async with self._memory.changing(workspace):
            if workspace in self._memory.frozen or workspace not in self._memory.workspaces:
                return False
            self._memory.frozen[workspace] = at
            self._cancel_waiting(workspace)
            return True

    async def thaw(self, workspace: WorkspaceId) -> bool:
        async with self._memory.changing(workspace):
            if self._memory.frozen.pop(workspace, None) is None:
                return False
            self._cancel_waiting(workspace)
            return True

    async def erase(self, workspace: WorkspaceId, *, frozen_before: datetime | None = None) -> bool:
        async with self._memory.changing(workspace):
            since = self._memory.frozen.get(workspace)
            too_soon = frozen_before is not None and (since is None or since >= frozen_before)
            if too_soon or workspace not in self._memory.workspaces:
                return False
            self._memory.erase(workspace)
            return True

    def _cancel_waiting(self, workspace: WorkspaceId) -> None:
        deliveries = self._memory.books(workspace).deliveries
        for record in list(deliveries.values()):
            if record.delivery.state is DeliveryState.WAITING:
                gone = replace(record.delivery, state=DeliveryState.CANCELLED, error="workspace_frozen")
                deliveries[gone.id] = replace(record, delivery=gone)

    async def with_due_schedules(self, now: datetime) -> Sequence[WorkspaceId]:
        return sorted(
            workspace
            for workspace, books in self._memory.awake()
            if any(s.next_at is not None and s.next_at <= now for s in books.schedules.values())
        )

    async def next_schedule_at(self) -> datetime | None:
        times = (s.next_at for _, books in self._memory.awake() for s in books.schedules.values())
        return min((time for time in times if time is not None), default=None)
