"""The bot's messages on Slack, as people there see them."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from adapters.slack.chat import SlackChat
from bot.errors import Doubtful, Gone, Refused, TryLater, Unavailable
from bot.identity import Account, MemberId, WorkspaceId, new_id
from bot.messages.elements import Card, Paragraph, Table
from bot.messages.text import MentionOf, Plain
from bot.ports import UnitOfWork
from tests.adapters.slack_sending import address, card, long_card, scene
from tests.emulators.slack_faults import Fault

KEY = "0197a3f2-1111-7000-8000-123456789012"


async def test_a_direct_conversation_is_known_without_asking() -> None:
    async with scene() as here:
        anna = here.team.person("Anna")
        assert await here.chat().direct(Account("slack", anna.id)) == address(f"user:{anna.id}")
        assert here.slack.calls == []


@pytest.mark.parametrize("account", [Account("discord", "U1"), Account("slack", "not an id"), Account("slack", "")])
async def test_a_strange_account_is_refused(account: Account) -> None:
    async with scene() as here:
        with pytest.raises(Refused, match="user_not_found"):
            await here.chat().direct(account)


async def test_a_message_has_words_for_those_who_hear_it_and_unfolds_no_links() -> None:
    async with scene() as here:
        anna = here.team.person("Anna")
        await here.chat().post(address(f"user:{anna.id}"), card("see https://example.org"), KEY)
        [call] = here.slack.called("chat.postMessage")
        assert call.arguments["text"] == "see https://example.org"
        assert call.arguments["unfurl_links"] is False
        assert call.arguments["unfurl_media"] is False
        assert call.arguments["metadata"] == {"event_type": "brobygger_delivery", "event_payload": {"key": KEY}}


async def test_where_a_person_is_no_channel_the_conversation_is_opened_first() -> None:
    async with scene() as here:
        here.slack.world.people_are_channels = False
        anna = here.team.person("Anna")
        await here.chat().post(address(f"user:{anna.id}"), card(), KEY)
        assert [message.text for message in here.direct(anna.id)] == ["hello"]


@pytest.mark.parametrize(
    ("about", "reason"),
    [
        ({"deleted": True}, "user_disabled"),
        ({"bot": True}, "cannot_dm_bot"),
        ({"takes_messages": False}, "restricted_action"),
    ],
)
async def test_who_cannot_be_written_to_is_a_named_end(about: dict[str, bool], reason: str) -> None:
    async with scene() as here:
        anna = here.team.person("Anna", **about)
        with pytest.raises(Refused, match=reason):
            await here.chat().post(address(f"user:{anna.id}"), card(), KEY)


async def test_a_channel_that_was_left_or_archived_is_a_named_end() -> None:
    async with scene() as here:
        left = here.team.channel("left", bot=False)
        with pytest.raises(Refused, match="not_in_channel"):
            await here.chat().post(address(f"in:{left.id}"), card(), KEY)
        old = here.team.channel("old")
        posted = await here.chat().post(address(f"in:{old.id}"), card(), KEY)
        old.archived = True
        with pytest.raises(Refused, match="is_archived"):
            await here.chat().post(address(f"in:{old.id}"), card(), KEY)
        with pytest.raises(Refused, match="is_archived"):
            await here.chat().edit(posted, card("changed"))
        with pytest.raises(Gone, match="channel_not_found"):
            await here.chat().post(address("in:C0NOWHERE"), card(), KEY)


async def test_an_address_of_another_house_is_gone() -> None:
    async with scene() as here:
        for value in ("in:nowhere", "message:C1", "user:", "message:C1:1.1:2.2+", "in:C1:x", "", "message:C1:1.1+2"):
            with pytest.raises(Gone):
                await here.chat().post(address(value), card(), KEY)
        with pytest.raises(Gone):
            await here.chat().edit(address("in:C1"), card())


async def test_an_answer_to_a_message_goes_into_its_thread() -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        first = await here.chat().post(address(f"in:{channel.id}"), card("first"), "k1")
        second = await here.chat().post(first, card("second"), "k2")
        await here.chat().post(second, card("third"), "k3")
        root = channel.messages[0]
        assert [(message.text, message.thread) for message in channel.messages[1:]] == [
            ("second", root.ts),
            ("third", root.ts),
        ]


async def test_a_mention_names_who_is_on_slack_and_spells_who_is_not() -> None:
    async with scene() as here:
        bo = here.team.person("Bo")
        there, elsewhere = await here.member("Bo", bo.id), MemberId(new_id())
        said = Card(
            "hi", (Paragraph((Plain("Meet "), MentionOf(there, "Bo"), Plain(" and "), MentionOf(elsewhere, "Ea"))),)
        )
        channel = here.team.channel("general", bo)
        await here.chat().post(address(f"in:{channel.id}"), said, KEY)
        assert f"'user_id': '{bo.id}'" in str(channel.messages[0].blocks)
        assert "Ea" in str(channel.messages[0].blocks)


# Long cards


async def test_a_long_card_goes_on_in_the_thread_under_it() -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        posted = await here.chat().post(address(f"in:{channel.id}"), long_card(120), KEY)
        first, *rest = channel.messages
        assert len(rest) == 2
        assert {message.thread for message in rest} == {first.ts}
        assert posted == address(f"message:{channel.id}:{first.ts}+{rest[0].ts}+{rest[1].ts}")
        shown = str([message.blocks for message in channel.messages])
        assert all(f"line {number}'" in shown for number in range(120))


async def test_a_long_card_in_a_thread_goes_on_beside_itself() -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        root = await here.chat().post(address(f"in:{channel.id}"), card("root"), "k")
        posted = await here.chat().post(root, long_card(60), KEY)
        stamp = channel.messages[0].ts
        assert [message.thread for message in channel.messages[1:]] == [stamp, stamp]
        assert f":{stamp}+" in posted.value


async def test_an_edit_makes_a_card_longer_and_shorter_again() -> None:
    async with scene() as here:
        chat = here.chat()
        channel = here.team.channel("general")
        posted = await chat.post(address(f"in:{channel.id}"), card("short"), KEY)
        for lines in (120, 60, 120, 10, 120):
            await chat.edit(posted, long_card(lines))
            assert len(channel.messages) == (lines + 49) // 50
            assert str([message.blocks for message in channel.messages]).count("line ") == lines
        await here.chat().edit(posted, long_card(110))  # another process, which does not know what this one added
        assert len(channel.messages) == 3


async def test_an_edit_says_again_what_somebody_removed_from_the_thread() -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        posted = await here.chat().post(address(f"in:{channel.id}"), long_card(60), KEY)
        channel.messages.pop()
        await here.chat().edit(posted, long_card(60, "again"))
        assert [message.text for message in channel.messages] == ["again", "again (2/2)"]


async def test_a_message_that_somebody_removed_is_gone() -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        posted = await here.chat().post(address(f"in:{channel.id}"), card(), KEY)
        channel.messages.clear()
        with pytest.raises(Gone, match="message_not_found"):
            await here.chat().edit(posted, card("changed"))


async def test_tables_of_a_card_arrive_whole() -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        rows = tuple((f"row {number}", "x") for number in range(150))
        await here.chat().post(address(f"in:{channel.id}"), Card("t", (Table(("a", "b"), rows),)), KEY)
        shown = str([message.blocks for message in channel.messages])
        assert all(f"row {number}" in shown for number in range(150))


# Rooms


async def test_the_same_people_are_one_room() -> None:
    async with scene() as here:
        people = [here.team.person(name) for name in ("Anna", "Bo", "Cille")]
        accounts = [Account("slack", person.id) for person in people]
        room = await here.chat().open_room(accounts, "Anna, Bo and Cille", "k1")
        assert await here.chat().open_room(accounts[::-1], "again", "k2") == room
        await here.chat().post(room, card("welcome"), KEY)
        assert [message.text for message in here.team.rooms()[0].messages] == ["welcome"]


async def test_more_than_eight_are_no_room() -> None:
    async with scene() as here:
        people = [Account("slack", here.team.person(f"P{number}").id) for number in range(9)]
        await here.chat().open_room(people[:8], "eight", "k")
        with pytest.raises(Refused, match="too_many_users"):
            await here.chat().open_room(people, "nine", "k")
        with pytest.raises(Refused, match="users_list_not_supplied"):
            await here.chat().open_room([], "none", "k")
        assert len(here.slack.called("conversations.open")) == 1


async def test_a_room_with_somebody_who_is_gone_says_so() -> None:
    async with scene() as here:
        anna, bo = here.team.person("Anna"), here.team.person("Bo", deleted=True)
        with pytest.raises(Refused, match="user_disabled"):
            await here.chat().open_room([Account("slack", anna.id), Account("slack", bo.id)], "room", "k")


# What only one person sees


async def test_a_whisper_is_seen_by_one_person() -> None:
    async with scene() as here:
        anna, bo = here.team.person("Anna"), here.team.person("Bo")
        channel = here.team.channel("general", anna, bo)
        await here.chat().whisper(channel.id, anna.id, card("psst"))
        assert [message.viewer for message in channel.messages] == [anna.id]
        with pytest.raises(Refused, match="user_not_in_channel"):
            await here.chat().whisper(channel.id, here.team.person("Ea").id, card("psst"))


async def test_whoever_got_a_card_is_told_to_their_own_page() -> None:
    async with scene() as here:
        anna = here.team.person("Anna")
        posted = await here.chat().post(address(f"user:{anna.id}"), card(), KEY)
        assert here.touched == [anna.id]
        await here.chat().edit(posted, card("changed"))  # a process that has to ask whose conversation this is
        assert here.touched == [anna.id, anna.id]
        channel = here.team.channel("general")
        await here.chat().post(address(f"in:{channel.id}"), card(), KEY)
        here.slack.faults.arm("conversations.info", Fault.UNAVAILABLE)
        await here.chat().edit(posted, card("again"))
        assert here.touched == [anna.id, anna.id]


async def test_in_the_middle_of_a_long_card_a_rest_is_a_doubt() -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        here.slack.faults.arm("chat.postMessage", "ratelimited", skip=1)
        chat = here.chat()
        with pytest.raises(Doubtful):
            await chat.post(address(f"in:{channel.id}"), long_card(60), KEY)
        here.clock.advance(minutes=1)
        await chat.post(address(f"in:{channel.id}"), long_card(60), KEY)
        assert here.copies(KEY) == 1
        assert len(channel.messages) == 2


@asynccontextmanager
async def away(workspace: WorkspaceId, *, reading: bool = False) -> AsyncGenerator[UnitOfWork, None]:
    raise Unavailable(f"{workspace} {reading}")
    yield


async def test_storage_that_is_away_is_just_later() -> None:
    async with scene() as here:
        said = Card("hi", (Paragraph((MentionOf(MemberId(new_id()), "Bo"),)),))
        channel = here.team.channel("general")
        chat = SlackChat(here.workspace, here.api, away, here.clock)
        with pytest.raises(TryLater, match="Unavailable"):
            await chat.post(address(f"in:{channel.id}"), said, KEY)
        assert channel.messages == []


async def test_a_rest_before_anything_was_posted_is_just_later() -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        here.slack.faults.arm("chat.postMessage", "ratelimited")
        with pytest.raises(TryLater):
            await here.chat().post(address(f"in:{channel.id}"), long_card(60), KEY)
        assert channel.messages == []
