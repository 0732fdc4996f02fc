"""The bot's messages on Discord, as people there see them."""

import pytest

from bot.errors import Gone, Refused
from bot.identity import Account, MemberId, new_id
from bot.messages.elements import Card, File, Paragraph, Table
from bot.messages.text import MentionOf, Plain
from tests.adapters.discord_sending import EDIT, HISTORY, POST, address, card, long_card, scene, text_of

KEY = "0197a3f2-1111-7000-8000-123456789012"


async def test_a_direct_conversation_is_known_without_asking() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna")
        before = len(here.discord.calls)
        assert await here.chat().direct(Account("discord", anna.id)) == address(f"user:{anna.id}")
        assert len(here.discord.calls) == before


@pytest.mark.parametrize("account", [Account("slack", "U1"), Account("discord", "no id"), Account("discord", "")])
async def test_a_strange_account_is_refused(account: Account) -> None:
    async with scene() as here:
        with pytest.raises(Refused, match="unknown_user"):
            await here.chat().direct(account)


async def test_a_message_carries_its_nonce_and_its_mark_and_mentions_nobody() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna")
        await here.chat().post(address(f"user:{anna.id}"), card("@everyone <@1> hello"), KEY)
        [call] = here.discord.called(POST)
        assert call.body["enforce_nonce"] is True
        assert len(call.body["nonce"]) == 22
        assert not any(call.body["allowed_mentions"].values())
        assert call.body["flags"] & 1 << 15
        assert 0 < call.body["components"][0]["id"] < 2**31
        assert here.parts(KEY) == [0]


async def test_an_address_of_another_house_is_gone() -> None:
    async with scene() as here:
        values = (
            "in:nowhere",
            "message:1",
            "user:",
            "message:1:2:3",
            "in:1:x",
            "",
            "message:1:2+",
            f"in:{10**30}",
            "in:0",
        )
        for value in values:
            with pytest.raises(Gone):
                await here.chat().post(address(value), card(), KEY)
        with pytest.raises(Gone):
            await here.chat().edit(address("in:1"), card())


async def test_an_answer_to_a_message_is_a_reply() -> None:
    async with scene() as here:
        general = here.general()
        first = await here.chat().post(address(f"in:{general.id}"), card("first"), "k1")
        await here.chat().post(first, card("second"), "k2")
        one, two = here.said(general.id)
        assert two.reference is not None
        assert two.reference["message_id"] == one.id
        assert not here.discord.called(POST)[-1].body["allowed_mentions"].get("replied_user")


async def test_an_answer_to_a_message_that_is_gone_is_said_all_the_same() -> None:
    async with scene() as here:
        general = here.general()
        first = await here.chat().post(address(f"in:{general.id}"), card("first"), "k1")
        general.messages.clear()
        await here.chat().post(first, card("second"), "k2")
        assert [text_of(message) for message in here.said(general.id)] == ["second"]


async def test_a_mention_names_who_is_on_discord_and_spells_who_is_not() -> None:
    async with scene() as here:
        bo = here.guild.person("Bo")
        there, elsewhere = await here.member("Bo", bo.id), MemberId(new_id())
        said = Card(
            "hi", (Paragraph((Plain("Meet "), MentionOf(there, "Bo"), Plain(" and "), MentionOf(elsewhere, "Ea"))),)
        )
        await here.chat().post(address(f"in:{here.general().id}"), said, KEY)
        [message] = here.said(here.general().id)
        assert f"Meet <@{bo.id}> and Ea" in text_of(message)
        assert here.discord.called(POST)[0].body["allowed_mentions"]["users"] == [int(bo.id)]


@pytest.mark.parametrize(
    ("forbidden", "reason"), [("send_messages", "missing_permission"), ("view_channel", "missing_access")]
)
async def test_a_channel_where_the_bot_may_not_write_is_a_named_end(forbidden: str, reason: str) -> None:
    async with scene() as here:
        here.guild.forbids(here.general(), here.guild.bot, forbidden)
        with pytest.raises(Refused, match=reason):
            await here.chat().post(address(f"in:{here.general().id}"), card(), KEY)


async def test_a_channel_that_is_not_there_is_gone() -> None:
    async with scene() as here:
        with pytest.raises(Gone, match="unknown_channel"):
            await here.chat().post(address("in:77"), card(), KEY)


async def test_a_guild_that_the_bot_was_removed_from_is_a_named_end() -> None:
    async with scene() as here:
        here.guild.kicks_bot()
        with pytest.raises(Refused, match="missing_access"):
            await here.chat().post(address(f"in:{here.general().id}"), card(), KEY)


# Long cards


async def test_a_long_card_goes_on_in_the_messages_after_it() -> None:
    async with scene() as here:
        general = here.general()
        posted = await here.chat().post(address(f"in:{general.id}"), long_card(50), KEY)
        messages = here.said(general.id)
        assert len(messages) > 2
        assert posted == address(f"message:{general.id}:{'+'.join(message.id for message in messages)}")
        shown = "\n".join(map(text_of, messages))
        assert all(f"line {number}. " in shown for number in range(50))
        assert here.parts(KEY) == list(range(len(messages)))


async def test_an_edit_makes_a_card_longer_and_shorter_again() -> None:
    async with scene() as here:
        chat, general = here.chat(), here.general()
        posted = await chat.post(address(f"in:{general.id}"), card("short"), KEY)
        sizes: dict[int, int] = {}
        for lines in (50, 20, 50, 3, 50):
            await chat.edit(posted, long_card(lines))
            await chat.edit(posted, long_card(lines))
            shown = here.said(general.id)
            assert sizes.setdefault(lines, len(shown)) == len(shown)
            assert "\n".join(map(text_of, shown)).count("line ") == lines
            chat = here.chat()  # another process, which knows nothing
        assert sizes[50] > sizes[20] > sizes[3] == 1


async def test_an_edit_says_again_what_somebody_removed() -> None:
    async with scene() as here:
        general = here.general()
        posted = await here.chat().post(address(f"in:{general.id}"), long_card(50), KEY)
        count = len(general.messages)
        general.messages.popitem()
        await here.chat().edit(posted, long_card(50, "again"))
        await here.chat().edit(posted, long_card(50, "again"))
        assert len(general.messages) == count


async def test_a_message_that_somebody_removed_is_gone() -> None:
    async with scene() as here:
        posted = await here.chat().post(address(f"in:{here.general().id}"), card(), KEY)
        here.general().messages.clear()
        with pytest.raises(Gone, match="unknown_message"):
            await here.chat().edit(posted, card("changed"))


async def test_a_message_of_somebody_else_is_not_edited() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna")
        hers = await anna.writes("mine", here.general())
        with pytest.raises(Refused, match="not_our_message"):
            await here.chat().edit(address(f"message:{here.general().id}:{hers.id}"), card("ours"))


async def test_tables_of_a_card_arrive_whole() -> None:
    async with scene() as here:
        rows = tuple((f"row {number}", "x") for number in range(300))
        await here.chat().post(address(f"in:{here.general().id}"), Card("t", (Table(("a", "b"), rows),)), KEY)
        shown = "\n".join(text_of(message) for message in here.said(here.general().id))
        assert all(f"row {number}" in shown for number in range(300))


# Archived threads


async def test_a_thread_that_was_put_away_is_opened_again() -> None:
    async with scene() as here:
        anna, bo = here.guild.person("Anna"), here.guild.person("Bo")
        room = await here.chat().open_room([Account("discord", anna.id), Account("discord", bo.id)], "Room", "r")
        [thread] = here.nooks()
        posted = await here.chat().post(room, card("one"), "k1")
        await anna.archives(thread)
        await here.chat().edit(posted, card("one, better"))
        assert [text_of(message) for message in here.said(thread.id)] == ["one, better"]
        assert thread.archived
        await here.chat().post(room, card("two"), "k2")
        assert not thread.archived


async def test_a_locked_thread_is_a_named_end_where_the_bot_may_not_open_it() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna")
        room = await here.chat().open_room([Account("discord", anna.id)], "Room", "r")
        posted = await here.chat().post(room, card("one"), "k1")
        here.guild.forbids(here.general(), here.guild.bot, "manage_threads")
        await anna.archives(here.nooks()[0], locked=True)
        with pytest.raises(Refused, match=r"thread_archived|missing_permission"):
            await here.chat().edit(posted, card("one, better"))


# Files


async def test_a_file_comes_with_its_card() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna")
        file = File("Års data.json", "application/json", b"{}")
        first = await here.chat().hand(address(f"user:{anna.id}"), card("your data"), file, KEY)
        [message] = here.direct(anna)
        assert [(one.name, one.data) for one in message.attachments] == [("Ars-data.json", b"{}")]
        assert "attachment://Ars-data.json" in str(here.discord.called(POST)[0].body["components"])
        found = await here.chat().find(address(f"user:{anna.id}"), KEY, here.clock.now())
        assert found == first


async def test_a_file_has_a_message_of_its_own_where_there_is_no_room() -> None:
    async with scene() as here:
        from bot.messages.elements import Divider

        anna = here.guild.person("Anna")
        full = Card("f", tuple(x for n in range(20) for x in (Paragraph((Plain(f"line {n}"),)), Divider()))[:39])
        here.guild.channel("x")
        file = File("data.csv", "text/csv", b"a,b")
        await here.chat().hand(address(f"user:{anna.id}"), full, file, KEY)
        *_, last = here.direct(anna)
        assert [one.name for one in last.attachments] == ["data.csv"]
        found = await here.chat().find(address(f"user:{anna.id}"), KEY, here.clock.now())
        assert found is not None


async def test_a_file_over_the_limit_is_refused_before_anything_stands_there() -> None:
    async with scene() as here:
        here.world.limit = 10
        file = File("data.csv", "text/csv", b"12345678901")
        with pytest.raises(Refused, match="file_too_large"):
            await here.chat().hand(address(f"in:{here.general().id}"), card(), file, KEY)
        assert here.discord.called(POST) == []


async def test_what_is_drawn_for_elsewhere_is_marked_by_its_key() -> None:
    async with scene() as here:
        pages = await here.chat().draw(long_card(50), KEY)
        assert len({page.mark for page in pages}) == len(pages) > 1
        assert {page.mark for page in await here.chat().draw(card())} == {None}
        assert here.discord.called(HISTORY) == here.discord.called(EDIT) == []
