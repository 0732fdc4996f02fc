"""A platform that takes no time, and a letter that says next to nothing: what is left is the delivery itself."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from bot.deliveries.domain import Letter
from bot.deliveries.letters import Reading
from bot.identity import Account, Address, Channel, WorkspaceId
from bot.messages.elements import Card, File

PLATFORM = "web"


@dataclass(frozen=True, slots=True)
class Note(Letter):
    """The shortest letter."""

    code: ClassVar[str] = "note"


async def write_note(reading: Reading, letter: Note) -> Card | None:
    """Writes it, in the reader's words."""
    del letter
    return Card(reading.words.say("Saved, thank you."), ())


@dataclass(slots=True)
class InstantChat:
    """Implements :class:`bot.ports.Chat` and, as the only chat there is, :class:`bot.ports.Chats`.

    ``came``: when each message was posted, by its key; ``all_came`` is set once there are ``wanted``.
    """

    wanted: int = 0
    came: dict[str, list[float]] = field(default_factory=dict[str, list[float]])
    all_came: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def platform(self) -> str:
        return PLATFORM

    def on(self, workspace: WorkspaceId, platform: str) -> "InstantChat | None":
        del workspace
        return self if platform == PLATFORM else None

    async def direct(self, account: Account) -> Address:
        return Address(PLATFORM, account.user)

    async def open_room(self, accounts: Sequence[Account], title: str, key: str) -> Address:
        del accounts, title
        return Address(PLATFORM, key)

    async def rename_room(self, room: Address, title: str) -> None:
        del room, title

    def room_link(self, room: Address) -> str:
        del room
        return ""

    async def channel(self, typed: str, asker: Account) -> Channel:
        return Channel(await self.direct(asker), typed)

    async def post(self, to: Address, card: Card, key: str) -> Address:
        del to, card
        self.came.setdefault(key, []).append(time.perf_counter())
        if len(self.came) >= self.wanted:
            self.all_came.set()
        return Address(PLATFORM, key)

    async def edit(self, message: Address, card: Card) -> None:
        del message, card

    async def find(self, to: Address, key: str, since: datetime) -> Address | None:
        del to, since
        return Address(PLATFORM, key) if key in self.came else None

    async def hand(self, to: Address, card: Card, file: File, key: str) -> Address:
        del file
        return await self.post(to, card, key)
