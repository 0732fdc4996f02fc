"""Tells every open window what has just happened, and a window that was away what it missed.

Events stand in one short line; each window keeps its place in it. So a window costs no queue, a slow one holds nobody up,
and one that comes back continues where it was. A window hears only what its member may see.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from secrets import token_hex
from typing import TypeAlias, assert_never

from adapters.web.limits import EVENTS_KEPT
from bot.identity import ConversationId, MemberId
from bot.members.domain import Member
from bot.playground.domain import Conversation, ConversationKind, Message


@dataclass(frozen=True, slots=True)
class Said:
    """A message is there, or says something else now. ``replies``: how many answers its thread has, itself included."""

    conversation: Conversation
    message: Message
    author: Member | None
    replies: int = 0
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation is new."""

    conversation: Conversation


@dataclass(frozen=True, slots=True)
class Seen:
    """A member has read a conversation in one window; the member's other windows want to know."""

    member: MemberId
    conversation: ConversationId
    unread: int


@dataclass(frozen=True, slots=True)
class Left:
    """A member was erased: windows that were this member's say so, and what was this member's goes from all the others."""

    member: MemberId


Event: TypeAlias = Said | Opened | Seen | Left


@dataclass(frozen=True, slots=True)
class Heard:
    """An event with the place after it. ``event`` None: too much was missed, so the page is to be loaded anew."""

    place: str
    event: Event | None


class Hub:
    """Publish and subscribe within the process. All methods belong to the event loop that the windows run in."""

    def __init__(self) -> None:
        self._life = token_hex(4)
        self._count = 0
        self._kept: deque[Event] = deque(maxlen=EVENTS_KEPT)
        self._rung = asyncio.Event()
        self._closed = False
        self._windows = 0

    @property
    def place(self) -> str:
        """Where a window that loads its page now has to continue."""
        return f"{self._life}-{self._count}"

    @property
    def windows(self) -> int:
        """How many windows listen."""
        return self._windows

    def announce(self, event: Event) -> None:
        """Says it to every window that may hear it. Call it after the commit, never before."""
        if isinstance(event, Left):
            kept = (event if _belongs(event.member, earlier) else earlier for earlier in self._kept)
            self._kept = deque(kept, maxlen=EVENTS_KEPT)
        self._kept.append(event)
        self._count += 1
        self._ring()

    def close(self) -> None:
        """Ends every stream, so that the server can stop."""
        self._closed = True
        self._ring()

    async def follow(self, member: MemberId, after: str) -> AsyncIterator[Heard]:
        """What this member may hear after a place, without end."""
        count = self._read(after)
        self._windows += 1
        try:
            while not self._closed:
                rung = self._rung
                if count is None or count < self._count - len(self._kept):
                    count = self._count
                    yield Heard(self.place, None)
                for event in [self._kept[at - self._count] for at in range(count, self._count)]:
                    count += 1
                    if may_hear(member, event):
                        yield Heard(f"{self._life}-{count}", event)
                if count == self._count:
                    await rung.wait()
        finally:
            self._windows -= 1

    def _ring(self) -> None:
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()

    def _read(self, place: str) -> int | None:
        life, _, count = place.partition("-")
        if life != self._life or not count.isdecimal() or len(count) > 18 or int(count) > self._count:
            return None
        return int(count)


def may_hear(member: MemberId, event: Event) -> bool:
    """Whether this member's windows are told."""
    match event:
        case Said(conversation, message):
            return may_see(member, conversation, message)
        case Opened(conversation):
            return may_enter(member, conversation)
        case Seen(reader):
            return reader == member
        case Left():
            return True
        case _:
            assert_never(event)


def _belongs(member: MemberId, event: Event) -> bool:
    """Whether an event holds something that goes when this member is erased."""
    if not isinstance(event, Said):
        return False
    own = event.conversation.kind is ConversationKind.DIRECT and member in event.conversation.members
    return own or member in (event.message.author, event.message.only_for)


def may_enter(member: MemberId, conversation: Conversation) -> bool:
    """Channels are everybody's; a direct conversation and a room belong to those in it."""
    return conversation.kind is ConversationKind.CHANNEL or member in conversation.members


def may_see(member: MemberId, conversation: Conversation, message: Message) -> bool:
    """Whether this member may see this message."""
    return may_enter(member, conversation) and message.only_for in (None, member)
