"""Conversations and messages of the local workspace."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import StorageError
from bot.identity import ConversationId, MemberId, MessageId, WorkspaceId, new_id
from bot.playground.domain import ConversationKind
from tests.databases import Storage
from tests.storage_values import NOW, a_conversation, a_message

ANNA, BO, CARL = (MemberId(new_id()) for _ in range(3))
CHANNEL, DIRECT = ConversationKind.CHANNEL, ConversationKind.DIRECT


async def test_a_conversation_is_opened_once(storage: Storage, here: WorkspaceId) -> None:
    room = a_conversation(BO, ANNA, key="intro:1")
    async with storage.units(here) as work:
        assert await work.playground.ensure(room) == room
        assert await work.playground.ensure(a_conversation(CARL, key="intro:1")) == room
        await work.commit()
    async with storage.units(here) as work:
        assert await work.playground.conversation(room.id) == room
        assert await work.playground.conversation(ConversationId(new_id())) is None


async def test_everybody_sees_channels_their_rooms_and_their_own_direct_conversation(
    storage: Storage, here: WorkspaceId
) -> None:
    channel = a_conversation(kind=CHANNEL, at=NOW)
    room = a_conversation(ANNA, BO, at=NOW + timedelta(hours=2))
    direct = a_conversation(ANNA, kind=DIRECT, at=NOW + timedelta(hours=1))
    async with storage.units(here) as work:
        for conversation in (room, direct, channel):
            await work.playground.ensure(conversation)
        assert await work.playground.conversations_of(ANNA) == [channel, direct, room]
        assert await work.playground.conversations_of(BO) == [channel, room]
        assert await work.playground.conversations_of(CARL) == [channel]


async def test_a_message_comes_back_as_it_was_written(storage: Storage, here: WorkspaceId) -> None:
    room = a_conversation(ANNA, BO)
    root = a_message(room.id, ANNA)
    reply = a_message(room.id, None, key="k1", thread=root.id, only_for=BO, at=NOW + timedelta(seconds=1))
    async with storage.units(here) as work:
        await work.playground.ensure(room)
        assert await work.playground.add(root)
        assert await work.playground.add(reply)
        await work.commit()
    async with storage.units(here) as work:
        assert await work.playground.message(root.id) == root
        assert await work.playground.message(reply.id) == reply
        assert await work.playground.message(MessageId(new_id())) is None
        edited = replace(root, body="", edited_at=NOW + timedelta(hours=1))
        await work.playground.put(edited)
        assert await work.playground.message(root.id) == edited


async def test_a_message_is_posted_once_with_a_key(storage: Storage, here: WorkspaceId) -> None:
    room, other = a_conversation(ANNA), a_conversation(ANNA)
    first = a_message(room.id, key="k")
    async with storage.units(here) as work:
        await work.playground.ensure(room)
        await work.playground.ensure(other)
        assert await work.playground.add(first)
        assert not await work.playground.add(a_message(room.id, key="k"))
        assert await work.playground.add(a_message(other.id, key="k"))
        assert await work.playground.add(a_message(room.id))
        assert await work.playground.add(a_message(room.id))
        assert await work.playground.by_key(room.id, "k") == first
        assert await work.playground.by_key(room.id, "l") is None
        assert await work.playground.by_key(room.id, "") is None


async def test_a_message_needs_its_conversation(storage: Storage, here: WorkspaceId) -> None:
    async with storage.units(here) as work:
        with pytest.raises(StorageError):
            await work.playground.put(a_message(ConversationId(new_id())))


async def test_a_reader_sees_what_is_for_them_in_its_order(storage: Storage, here: WorkspaceId) -> None:
    room = a_conversation(ANNA, BO)
    second, first, third = (a_message(room.id, ANNA, at=NOW + timedelta(minutes=minutes)) for minutes in (2, 1, 2))
    private = a_message(room.id, only_for=BO, at=NOW + timedelta(minutes=3))
    answer = a_message(room.id, BO, thread=first.id, at=NOW + timedelta(minutes=4))
    async with storage.units(here) as work:
        await work.playground.ensure(room)
        for message in (second, first, third, private, answer):
            await work.playground.add(message)
        read = work.playground.messages
        assert await read(room.id, ANNA) == [first, second, third]
        assert await read(room.id, BO) == [first, second, third, private]
        assert await read(room.id, CARL) == []
        assert await read(room.id, BO, limit=2) == [third, private]
        assert await read(room.id, BO, before=third.id) == [first, second]
        assert await read(room.id, BO, before=third.id, limit=1) == [second]
        assert await read(room.id, BO, before=MessageId(new_id())) == []
        assert await read(room.id, ANNA, thread=first.id) == [answer]
        assert await read(room.id, CARL, thread=first.id) == []


async def test_a_channel_is_open_to_everybody(storage: Storage, here: WorkspaceId) -> None:
    channel = a_conversation(kind=CHANNEL)
    message = a_message(channel.id, ANNA)
    async with storage.units(here) as work:
        await work.playground.ensure(channel)
        await work.playground.add(message)
        assert await work.playground.messages(channel.id, CARL) == [message]


async def test_threads_are_counted_without_what_one_person_sees(storage: Storage, here: WorkspaceId) -> None:
    channel = a_conversation(kind=CHANNEL)
    busy, quiet = a_message(channel.id), a_message(channel.id)
    async with storage.units(here) as work:
        await work.playground.ensure(channel)
        for message in (busy, quiet):
            await work.playground.add(message)
        for reader in (None, None, ANNA):
            await work.playground.add(a_message(channel.id, thread=busy.id, only_for=reader))
        assert await work.playground.thread_sizes(channel.id) == {busy.id: 2}


async def test_unread_counts_what_others_said_after_the_mark(storage: Storage, here: WorkspaceId) -> None:
    channel, room, foreign = a_conversation(kind=CHANNEL), a_conversation(ANNA, BO), a_conversation(BO)
    said = [a_message(channel.id, BO, at=NOW + timedelta(minutes=minute)) for minute in range(3)]
    async with storage.units(here) as work:
        playground = work.playground
        for conversation in (channel, room, foreign):
            await playground.ensure(conversation)
        for message in (
            *said,
            a_message(channel.id, ANNA),
            a_message(channel.id, only_for=CARL),
            a_message(room.id),
            a_message(room.id, only_for=ANNA),
            a_message(foreign.id),
        ):
            await playground.add(message)
        assert await playground.unread(ANNA) == {channel.id: 3, room.id: 2}
        await playground.mark_read(ANNA, channel.id, said[1].id)
        assert await playground.unread(ANNA) == {channel.id: 1, room.id: 2}
        await playground.mark_read(ANNA, channel.id, said[0].id)
        await playground.mark_read(ANNA, room.id, said[2].id)
        assert await playground.unread(ANNA) == {channel.id: 1, room.id: 2}
        await playground.mark_read(ANNA, channel.id, said[2].id)
        assert await playground.unread(ANNA) == {room.id: 2}
        assert (await playground.unread(CARL))[channel.id] == 5


async def test_a_forgotten_author_leaves_nothing_that_was_theirs_alone(storage: Storage, here: WorkspaceId) -> None:
    channel, direct = a_conversation(kind=CHANNEL), a_conversation(ANNA, kind=DIRECT)
    hers, to_her, in_direct = a_message(channel.id, ANNA), a_message(channel.id, only_for=ANNA), a_message(direct.id)
    his = a_message(channel.id, BO, thread=hers.id)
    async with storage.units(here) as work:
        for conversation in (channel, direct):
            await work.playground.ensure(conversation)
        for message in (hers, to_her, in_direct, his):
            await work.playground.add(message)
        await work.playground.mark_read(ANNA, channel.id, his.id)
        await work.playground.forget_author(ANNA)
        await work.commit()
    async with storage.units(here) as work:
        for gone in (hers, to_her, in_direct):
            assert await work.playground.message(gone.id) is None
        assert await work.playground.message(his.id) == his
        assert await work.playground.unread(ANNA) == {channel.id: 1}
