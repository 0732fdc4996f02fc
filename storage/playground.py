"""The local workspace's conversations, kept in rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, tuple_

from bot.identity import ConversationId, MemberId, MessageId, WorkspaceId
from bot.playground.domain import Conversation, ConversationKind, Message
from storage.playground_mapping import (
    conversation_from,
    conversation_values,
    message_from,
    message_values,
    participant_values,
)
from storage.playground_rows import ConversationRow, MessageRow, ParticipantRow, ReadMarkRow
from storage.seal import Seal
from storage.statements import Statements


class StoredPlayground:
    """Implements :class:`bot.ports.Playground`. Messages stand in the order of their time, then of their id."""

    def __init__(self, statements: Statements, workspace: WorkspaceId, seal: Seal) -> None:
        self._statements = statements
        self._workspace = workspace
        self._seal = seal

    async def ensure(self, conversation: Conversation) -> Conversation:
        """The conversation with this one's key, written if it is new."""
        values = conversation_values(self._workspace, conversation)
        if await self._statements.upsert(ConversationRow, [values], renew=False):
            await self._statements.insert(ParticipantRow, participant_values(self._workspace, conversation))
            return conversation
        there = await self._conversations(self._conversations_here().where(ConversationRow.key == conversation.key))
        return there[0]

    async def conversation(self, conversation: ConversationId) -> Conversation | None:
        """One conversation."""
        found = await self._conversations(self._conversations_here().where(ConversationRow.id == conversation))
        return found[0] if found else None

    async def conversations_of(self, member: MemberId) -> Sequence[Conversation]:
        """What the member is in, oldest first."""
        query = self._conversations_here().where(self._open_to(member))
        return await self._conversations(query.order_by(ConversationRow.created_at, ConversationRow.id))

    async def add(self, message: Message) -> bool:
        """False if the conversation has a message with this key already."""
        values = message_values(self._workspace, message, self._seal)
        return await self._statements.upsert(MessageRow, [values], renew=False) == 1

    async def put(self, message: Message) -> None:
        """Writes a message that changed."""
        await self._statements.upsert(MessageRow, [message_values(self._workspace, message, self._seal)])

    async def message(self, message: MessageId) -> Message | None:
        """One message."""
        row = await self._statements.first(self._messages_here().where(MessageRow.id == message))
        return None if row is None else message_from(row, self._seal)

    async def by_key(self, conversation: ConversationId, key: str) -> Message | None:
        """The message that was posted with this key; an empty key marks none."""
        if not key:
            return None
        query = self._messages_here().where(MessageRow.conversation_id == conversation, MessageRow.key == key)
        row = await self._statements.first(query)
        return None if row is None else message_from(row, self._seal)

    async def messages(
        self,
        conversation: ConversationId,
        reader: MemberId,
        *,
        thread: MessageId | None = None,
        before: MessageId | None = None,
        limit: int = 100,
    ) -> Sequence[Message]:
        """The newest ``limit`` that the reader may see, oldest first; with ``thread`` the answers to that message."""
        query = self._messages_here().where(
            MessageRow.conversation_id == conversation,
            MessageRow.thread.is_(None) if thread is None else MessageRow.thread == thread,
            self._visible_to(reader),
            conversation_open(self._workspace, conversation, reader),
        )
        if before is not None:
            end = await self._statements.first(self._messages_here().where(MessageRow.id == before))
            if end is None:
                return []
            query = query.where(tuple_(MessageRow.at, MessageRow.id) < (end.at, end.id))
        rows = await self._statements.all(query.order_by(MessageRow.at.desc(), MessageRow.id.desc()).limit(limit))
        return [message_from(row, self._seal) for row in reversed(rows)]

    async def thread_sizes(self, conversation: ConversationId) -> Mapping[MessageId, int]:
        """How many answers each message has, without those that only one member sees."""
        query = (
            select(MessageRow.thread, func.count())
            .where(
                MessageRow.workspace_id == self._workspace,
                MessageRow.conversation_id == conversation,
                MessageRow.thread.is_not(None),
                MessageRow.only_for.is_(None),
            )
            .group_by(MessageRow.thread)
        )
        return {MessageId(root): size for root, size in await self._statements.pairs(query) if root is not None}

    async def mark_read(self, member: MemberId, conversation: ConversationId, message: MessageId) -> None:
        """The member has read up to this message; a mark never goes back."""
        row = await self._statements.first(
            self._messages_here().where(MessageRow.id == message, MessageRow.conversation_id == conversation)
        )
        there = await self._statements.first(
            select(ReadMarkRow).where(
                ReadMarkRow.workspace_id == self._workspace,
                ReadMarkRow.member_id == member,
                ReadMarkRow.conversation_id == conversation,
            )
        )
        if row is None or (there is not None and (there.at, there.message_id) >= (row.at, row.id)):
            return
        values = {
            "workspace_id": self._workspace,
            "member_id": member,
            "conversation_id": conversation,
            "message_id": row.id,
            "at": row.at,
        }
        await self._statements.upsert(ReadMarkRow, [values])

    async def unread(self, member: MemberId) -> Mapping[ConversationId, int]:
        """How many messages of others the member has not seen, where there are any."""
        mark = and_(
            ReadMarkRow.workspace_id == MessageRow.workspace_id,
            ReadMarkRow.conversation_id == MessageRow.conversation_id,
            ReadMarkRow.member_id == member,
        )
        mine = select(ConversationRow.id).where(ConversationRow.workspace_id == self._workspace, self._open_to(member))
        query = (
            select(MessageRow.conversation_id, func.count())
            .outerjoin(ReadMarkRow, mark)
            .where(
                MessageRow.workspace_id == self._workspace,
                MessageRow.conversation_id.in_(mine),
                self._visible_to(member),
                or_(MessageRow.author.is_(None), MessageRow.author != member),
                or_(
                    ReadMarkRow.at.is_(None),
                    tuple_(MessageRow.at, MessageRow.id) > tuple_(ReadMarkRow.at, ReadMarkRow.message_id),
                ),
            )
            .group_by(MessageRow.conversation_id)
        )
        return {ConversationId(conversation): count for conversation, count in await self._statements.pairs(query)}

    async def forget_author(self, member: MemberId) -> None:
        """The member's own messages go, and what only they saw: their direct conversation, and what was for them alone."""
        in_it = select(ParticipantRow.conversation_id).where(
            ParticipantRow.workspace_id == self._workspace, ParticipantRow.member_id == member
        )
        direct = select(ConversationRow.id).where(
            ConversationRow.workspace_id == self._workspace,
            ConversationRow.kind == ConversationKind.DIRECT.value,
            ConversationRow.id.in_(in_it),
        )
        await self._statements.write(
            delete(MessageRow).where(
                MessageRow.workspace_id == self._workspace,
                or_(
                    MessageRow.author == member,
                    MessageRow.only_for == member,
                    MessageRow.conversation_id.in_(direct),
                ),
            )
        )
        await self._statements.write(
            delete(ReadMarkRow).where(ReadMarkRow.workspace_id == self._workspace, ReadMarkRow.member_id == member)
        )

    def _conversations_here(self) -> Select[ConversationRow]:
        return select(ConversationRow).where(ConversationRow.workspace_id == self._workspace)

    def _messages_here(self) -> Select[MessageRow]:
        return select(MessageRow).where(MessageRow.workspace_id == self._workspace)

    def _open_to(self, member: MemberId) -> ColumnElement[bool]:
        in_it = select(ParticipantRow.conversation_id).where(
            ParticipantRow.workspace_id == self._workspace, ParticipantRow.member_id == member
        )
        return or_(ConversationRow.kind == ConversationKind.CHANNEL.value, ConversationRow.id.in_(in_it))

    @staticmethod
    def _visible_to(reader: MemberId) -> ColumnElement[bool]:
        return or_(MessageRow.only_for.is_(None), MessageRow.only_for == reader)

    async def _conversations(self, query: Select[ConversationRow]) -> Sequence[Conversation]:
        rows = await self._statements.all(query)
        people: defaultdict[UUID, list[UUID]] = defaultdict(list)
        wanted = query.order_by(None).with_only_columns(ConversationRow.id)
        members = select(ParticipantRow).where(
            ParticipantRow.workspace_id == self._workspace, ParticipantRow.conversation_id.in_(wanted)
        )
        for row in await self._statements.all(members.order_by(ParticipantRow.position)):
            people[row.conversation_id].append(row.member_id)
        return [conversation_from(row, people[row.id]) for row in rows]


def conversation_open(workspace: UUID, conversation: UUID, reader: UUID) -> ColumnElement[bool]:
    """Whether the reader is in the conversation, or it is a channel, as a condition of a query."""
    in_it = select(ParticipantRow.conversation_id).where(
        ParticipantRow.workspace_id == workspace,
        ParticipantRow.conversation_id == conversation,
        ParticipantRow.member_id == reader,
    )
    channel = select(ConversationRow.id).where(
        ConversationRow.workspace_id == workspace,
        ConversationRow.id == conversation,
        ConversationRow.kind == ConversationKind.CHANNEL.value,
    )
    return or_(in_it.exists(), channel.exists())
