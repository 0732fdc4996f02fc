"""Conversations in memory that can be read, slowly where a test wants it so, and that can fail as platforms do."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import Gone
from bot.identity import Account, Address, WorkspaceId
from bot.threads import Progress, Said, Stretch


@dataclass(slots=True)
class FakeThreads:
    """Implements :class:`bot.threads.Threads`. ``threads``: by any address in them. ``pages``: so many messages at a time, with
    a turn of the gate before each, where there is one; ``rest``: seconds that are told before each further page. ``fault`` comes
    at once, ``late`` at the next page. ``private``: where it is told, and is so or not; ``unsaid``: where the platform does not
    answer that."""

    threads: dict[Address, list[Said]] = field(default_factory=dict[Address, list[Said]])
    fault: Exception | None = None
    pages: int = 100
    rest: float = 0.0
    gate: asyncio.Semaphore | None = None
    linked: bool = True
    late: Exception | None = None
    private: dict[Address, bool] = field(default_factory=dict[Address, bool])
    unsaid: set[Address] = field(default_factory=set[Address])
    threads_since: datetime | None = None
    closed: int = 0
    readers: list[Account | None] = field(default_factory=list[Account | None])

    async def read(self, message: Address, progress: Progress | None = None) -> Sequence[Said]:
        if message not in self.threads:
            raise Gone("no such thread")
        return await self._given(self.threads[message], progress)

    async def span(
        self,
        place: Address,
        since: datetime,
        until: datetime,
        progress: Progress | None = None,
        reader: Account | None = None,
    ) -> Stretch:
        self.readers.append(reader)
        said = self.threads.get(place, [])
        given = await self._given([one for one in said if since <= one.at < until], progress)
        return Stretch(given, self.threads_since, self.closed)

    async def is_private(self, place: Address) -> bool | None:
        if place in self.unsaid:
            raise Gone("channel_not_found")
        return self.private.get(place)

    async def links(self, place: Address, messages: Sequence[Said]) -> Mapping[str, str]:  # noqa: ARG002 - the port's
        if not self.linked:
            raise Gone("no links")
        return {one.id: f"https://chat.example/{one.id}" for one in messages}

    async def permalink(self, message: Address) -> str:
        return f"https://chat.example/{message.value}"

    async def _given(self, said: list[Said], progress: Progress | None) -> list[Said]:
        if self.fault is not None:
            raise self.fault
        given: list[Said] = []
        while len(given) < len(said):
            if self.gate is not None:
                await self.gate.acquire()
            if self.late is not None:
                raise self.late
            given += said[len(given) : len(given) + self.pages]
            if progress is not None:
                await progress(len(given), self.rest if len(given) < len(said) else 0.0)
        return given


@dataclass(slots=True)
class FakeReaders:
    """Implements :class:`bot.threads.Readers`. Platforms of ``mute`` cannot be read."""

    mute: set[str] = field(default_factory=set[str])
    known: dict[tuple[WorkspaceId, str], FakeThreads] = field(
        default_factory=dict[tuple[WorkspaceId, str], FakeThreads]
    )

    def threads(self, workspace: WorkspaceId, platform: str) -> FakeThreads | None:
        return None if platform in self.mute else self.known.setdefault((workspace, platform), FakeThreads())
