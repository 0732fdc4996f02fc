"""Storage and time in memory, with real rollback: what a unit of work does not commit was never there.

``Memory()`` has everything: ``memory.units``, ``memory.directory``, ``memory.outbox`` and ``memory.alarm``. Chats are in
``tests/fake_chat.py``.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.errors import StorageError, Unavailable
from bot.identity import WorkspaceId
from tests.fake_announcements import MemoryAnnouncements
from tests.fake_bank import MemoryBank
from tests.fake_books import Books, Drafts
from tests.fake_calendars import MemoryCalendarKeys
from tests.fake_camps import MemoryCamps
from tests.fake_challenges import MemoryChallenges
from tests.fake_deliveries import MemoryDeliveries
from tests.fake_directory import Living, MemoryDirectory
from tests.fake_handovers import MemoryHandOvers
from tests.fake_notes import MemoryNotes
from tests.fake_outbox import MemoryOutbox
from tests.fake_places import MemoryCodes, MemoryDrafts, MemoryLandmarks, MemoryLines
from tests.fake_playground import MemoryPlayground
from tests.fake_polls import MemoryPolls
from tests.fake_repositories import (
    MemoryArrivals,
    MemoryHomes,
    MemoryMembers,
    MemoryRounds,
    MemorySchedules,
    MemoryVectors,
    MemoryVocabulary,
)
from tests.fake_stations import MemoryStationPlans

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
        self.workspaces: dict[WorkspaceId, Living] = {}
        self._books: dict[WorkspaceId, Books] = {}
        self._gates: dict[WorkspaceId, asyncio.Lock] = {}

    def books(self, workspace: WorkspaceId) -> Books:
        """What is committed in a workspace."""
        return self._books.setdefault(workspace, Books())

    def all_books(self) -> Sequence[tuple[WorkspaceId, Books]]:
        return list(self._books.items())

    def awake(self) -> Sequence[tuple[WorkspaceId, Books]]:
        """The same without the frozen workspaces."""
        return [(workspace, books) for workspace, books in self._books.items() if not self.is_frozen(workspace)]

    def is_frozen(self, workspace: WorkspaceId) -> bool:
        there = self.workspaces.get(workspace)
        return there is not None and there.frozen_at is not None

    def erase(self, workspace: WorkspaceId) -> None:
        self._books.pop(workspace, None)
        self.workspaces.pop(workspace, None)

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
        self.landmarks = MemoryLandmarks(self._drafts)
        self.drafts = MemoryDrafts(self._drafts)
        self.codes = MemoryCodes(self._drafts)
        self.lines = MemoryLines(self._drafts)
        self.announcements = MemoryAnnouncements(self._drafts)
        self.calendar_keys = MemoryCalendarKeys(self._drafts)
        self.camps = MemoryCamps(self._drafts)
        self.stations = MemoryStationPlans(self._drafts)
        self.polls = MemoryPolls(self._drafts)
        self.handovers = MemoryHandOvers(self._drafts)
        self.bank = MemoryBank(self._drafts, workspace)
        self.notes = MemoryNotes(self._drafts)
        self.challenges = MemoryChallenges(self._drafts)

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
