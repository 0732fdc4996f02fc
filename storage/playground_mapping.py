"""Conversations and messages of the local workspace into rows and back."""

from collections.abc import Sequence
from uuid import UUID

from bot.identity import ConversationId, MemberId, MessageId
from bot.playground.domain import Conversation, ConversationKind, Message
from storage.mapping import Values
from storage.playground_rows import ConversationRow, MessageRow
from storage.seal import Seal


def conversation_from(row: ConversationRow, members: Sequence[UUID]) -> Conversation:
    """The conversation of a row and its members, in their order."""
    return Conversation(
        id=ConversationId(row.id),
        kind=ConversationKind(row.kind),
        title=row.title,
        key=row.key,
        members=tuple(MemberId(member) for member in members),
        created_at=row.created_at,
    )


def conversation_values(workspace: UUID, conversation: Conversation) -> Values:
    """The conversation as a row's values, without its members."""
    return {
        "workspace_id": workspace,
        "id": conversation.id,
        "kind": conversation.kind.value,
        "title": conversation.title,
        "key": conversation.key,
        "created_at": conversation.created_at,
    }


def participant_values(workspace: UUID, conversation: Conversation) -> list[Values]:
    """The conversation's members as rows' values."""
    return [
        {"workspace_id": workspace, "conversation_id": conversation.id, "position": position, "member_id": member}
        for position, member in enumerate(conversation.members)
    ]


def message_from(row: MessageRow, seal: Seal) -> Message:
    """The message of a row."""
    return Message(
        id=MessageId(row.id),
        conversation=ConversationId(row.conversation_id),
        author=None if row.author is None else MemberId(row.author),
        body=seal.open(row.body_sealed),
        at=row.at,
        key=row.key,
        thread=None if row.thread is None else MessageId(row.thread),
        only_for=None if row.only_for is None else MemberId(row.only_for),
        edited_at=row.edited_at,
    )


def message_values(workspace: UUID, message: Message, seal: Seal) -> Values:
    """The message as a row's values."""
    return {
        "workspace_id": workspace,
        "id": message.id,
        "conversation_id": message.conversation,
        "author": message.author,
        "body_sealed": seal.close(message.body),
        "at": message.at,
        "key": message.key,
        "thread": message.thread,
        "only_for": message.only_for,
        "edited_at": message.edited_at,
    }
