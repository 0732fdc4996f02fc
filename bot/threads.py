"""Reading what people wrote to each other: a conversation's thread from its beginning, and a link that leads to a message.

Some platforms let an app read fifteen messages a minute. So whoever reads is told how far it is and how long it rests, can
say so to the person who waits, and may give up: the task that reads is cancelled like any other. What is longer than anybody
reads is :class:`bot.errors.Refused` with :data:`TOO_LONG`.
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
    ``text`` is plain words: no mark-up, mentions as names. ``files``: names of what hangs on it. ``within``: the platform's id of
    the thread that it stands in, where threads are conversations of their own and the one that was read is another."""

    id: str
    at: datetime
    author: Author
    account: Account | None
    name: str
    text: str
    reply_to: str = ""
    files: tuple[str, ...] = ()
    within: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was said in a conversation in a time, oldest first. ``threads_since``: of threads that were begun before then it was
    not looked whether somebody answered in that time; None where all were looked at. ``closed``: so many threads could not be
    read."""

    said: Sequence[Said]
    threads_since: datetime | None = None
    closed: int = 0


# Whoever reads gives up here, and says so: a conversation is read whole or not at all.
MOST_MESSAGES = 20_000
TOO_LONG = "too_many_messages"

# Told after each page: how many messages are read, and how many seconds it rests before the next (0: not at all).
Progress: TypeAlias = Callable[[int, float], Awaitable[None]]


class Threads(Protocol):
    """One workspace's threads on one platform. Errors are :class:`bot.errors.ChatError` and nothing else."""

    async def read(self, message: Address, progress: Progress | None = None) -> Sequence[Said]:
        """The whole thread that a message is in or begins, oldest first. Waits where the platform says so."""
        ...

    async def span(
        self,
        place: Address,
        since: datetime,
        until: datetime,
        progress: Progress | None = None,
        reader: Account | None = None,
    ) -> Stretch:
        """What was said in a conversation in that time, oldest first, with what was answered in threads. Waits likewise.
        ``reader``: for whom; threads that are closed to that account are not read, and not spoken of."""
        ...

    async def is_private(self, place: Address) -> bool | None:
        """Whether it stands where not everybody of the workspace can read along; None where the platform does not say."""
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
