"""Reading what people wrote to each other: a conversation's thread from its beginning, and a link that leads to a message.

Some platforms let an app read fifteen messages a minute. So whoever reads is told how far it is and how long it rests, can
say so to the person who waits, and may give up: the task that reads is cancelled like any other.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias

from bot.identity import Account, Address, WorkspaceId


class Author(StrEnum):
    """Who said something: a person, this bot, or another program."""

    PERSON = "person"
    OURSELVES = "ourselves"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a thread. ``id`` is the platform's own; ``reply_to`` the message that this one answers, empty for the
    first. ``account`` is None for a program; ``name`` is what the platform calls its author, empty where it does not say.
    ``text`` is plain words: no mark-up, mentions as names. ``files``: names of what hangs on it."""

    id: str
    at: datetime
    author: Author
    account: Account | None
    name: str
    text: str
    reply_to: str = ""
    files: tuple[str, ...] = ()


# Told after each page: how many messages are read, and how many seconds it rests before the next (0: not at all).
Progress: TypeAlias = Callable[[int, float], Awaitable[None]]


class Threads(Protocol):
    """One workspace's threads on one platform. Errors are :class:`bot.errors.ChatError` and nothing else."""

    async def read(self, message: Address, progress: Progress | None = None) -> Sequence[Said]:
        """The whole thread that a message is in or begins, oldest first. Waits where the platform says so."""
        ...

    async def span(
        self, place: Address, since: datetime, until: datetime, progress: Progress | None = None
    ) -> Sequence[Said]:
        """What was said in a conversation in that time, oldest first, with what was answered in threads. Waits likewise."""
        ...

    async def links(self, place: Address, messages: Sequence[Said]) -> Mapping[str, str]:
        """Links that open these messages, by their id; none where there are no links. ``place``: what they were read from."""
        ...

    async def permalink(self, message: Address) -> str:
        """A link that opens the message on its platform."""
        ...


class Readers(Protocol):
    """Where what people wrote can be read."""

    def threads(self, workspace: WorkspaceId, platform: str) -> Threads | None:
        """The workspace's threads on a platform; None where nothing can be read."""
        ...
