"""The local workspace's conversations of :mod:`bot.ports` in memory."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.errors import StorageError
from bot.identity import ConversationId, MemberId, MessageId
from bot.playground.domain import Conversation, ConversationKind, Message
from tests.fake_books import Drafts


class MemoryPlayground:
    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts

    async def ensure(self, conversation: Conversation) -> Conversation:
        there = next((c for c in self._drafts.conversations.values() if c.key == conversation.key), None)
        if there is not None:
            return there
        self._drafts.conversations.put(conversation.id, conversation)
        return conversation

    async def conversation(self, conversation: ConversationId) -> Conversation | None:
        return self._drafts.conversations.get(conversation)

    async def conversations_of(self, member: MemberId) -> Sequence[Conversation]:
        mine = [conversation for conversation in self._drafts.conversations.values() if _open_to(conversation, member)]
        return sorted(mine, key=lambda conversation: (conversation.created_at, conversation.id))

    async def add(self, message: Message) -> bool:
        if await self.by_key(message.conversation, message.key) is not None:
            return False
        await self.put(message)
        return True

    async def put(self, message: Message) -> None:
        if self._drafts.conversations.get(message.conversation) is None:
            raise self._drafts.pen.fail(StorageError("a message stands in a conversation that is there"))
        self._drafts.messages.put(message.id, message)

    async def message(self, message: MessageId) -> Message | None:
        return self._drafts.messages.get(message)

    async def by_key(self, conversation: ConversationId, key: str) -> Message | None:
        here = (message for message in self._drafts.messages.values() if message.conversation == conversation)
        return next((message for message in here if key and message.key == key), None)

    async def messages(
        self,
        conversation: ConversationId,
        reader: MemberId,
        *,
        thread: MessageId | None = None,
        before: MessageId | None = None,
        limit: int = 100,
    ) -> Sequence[Message]:
        found = [m for m in self._visible(conversation, reader) if m.thread == thread]
        if before is not None:
            end = self._drafts.messages.get(before)
            found = [] if end is None else [message for message in found if _place(message) < _place(end)]
        return found[-limit:]

    async def thread_sizes(self, conversation: ConversationId) -> Mapping[MessageId, int]:
        sizes: dict[MessageId, int] = {}
        for message in self._drafts.messages.values():
            if message.conversation == conversation and message.thread is not None and message.only_for is None:
                sizes[message.thread] = sizes.get(message.thread, 0) + 1
        return sizes

    async def mark_read(self, member: MemberId, conversation: ConversationId, message: MessageId) -> None:
        meant = self._drafts.messages.get(message)
        marked = self._marked(member, conversation)
        if meant is None or meant.conversation != conversation:
            return
        if marked is None or _place(marked) < _place(meant):
            self._drafts.marks.put((member, conversation), message)

    async def unread(self, member: MemberId) -> Mapping[ConversationId, int]:
        counts: dict[ConversationId, int] = {}
        for conversation in await self.conversations_of(member):
            marked = self._marked(member, conversation.id)
            for message in self._visible(conversation.id, member):
                if message.author != member and (marked is None or _place(message) > _place(marked)):
                    counts[conversation.id] = counts.get(conversation.id, 0) + 1
        return counts

    async def forget_author(self, member: MemberId) -> None:
        direct = {
            conversation.id
            for conversation in await self.conversations_of(member)
            if conversation.kind is ConversationKind.DIRECT
        }
        self._drafts.messages.remove(
            [
                message.id
                for message in self._drafts.messages.values()
                if member in (message.author, message.only_for) or message.conversation in direct
            ]
        )
        self._drafts.marks.remove([(member, c.id) for c in self._drafts.conversations.values()])

    def _visible(self, conversation: ConversationId, reader: MemberId) -> list[Message]:
        there = self._drafts.conversations.get(conversation)
        if there is None or not _open_to(there, reader):
            return []
        found = [
            message
            for message in self._drafts.messages.values()
            if message.conversation == conversation and message.only_for in (None, reader)
        ]
        return sorted(found, key=_place)

    def _marked(self, member: MemberId, conversation: ConversationId) -> Message | None:
        mark = self._drafts.marks.get((member, conversation))
        return None if mark is None else self._drafts.messages.get(mark)


def _open_to(conversation: Conversation, member: MemberId) -> bool:
    return conversation.kind is ConversationKind.CHANNEL or member in conversation.members


def _place(message: Message) -> tuple[datetime, MessageId]:
    return (message.at, message.id)
