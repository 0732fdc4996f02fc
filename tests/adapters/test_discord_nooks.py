"""People who take no direct messages are reached in a thread of their own, until a direct message works again."""

from contextlib import AbstractAsyncContextManager

import pytest

from adapters.discord.chat import DiscordChat
from adapters.discord.overhearing import Overhearing
from adapters.discord.places import RoomChannel
from bot.errors import Doubtful, Gone, Refused, TryLater, Unavailable
from bot.identity import Account, MemberId, WorkspaceId, new_id
from bot.members.domain import Member
from bot.messages.elements import Card, Divider, Heading, Paragraph
from bot.messages.text import plain
from bot.ports import UnitOfWork
from bot.words import Languages
from tests.adapters.discord_sending import ADD, OPEN, POST, THREAD, address, card, long_card, scene, text_of
from tests.emulators.discord_faults import Fault

KEY = "0197a3f2-1111-7000-8000-123456789012"


async def test_who_takes_no_messages_gets_them_in_a_thread_that_names_them() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna", takes_messages=False)
        posted = await here.chat().post(address(f"user:{anna.id}"), card(), KEY)
        [thread] = here.nooks()
        assert set(thread.members) == {anna.id, here.guild.bot.id}
        [message] = here.said(thread.id)
        assert text_of(message) == f"<@{anna.id}>\nhello"
        assert here.discord.called(POST)[-1].body["allowed_mentions"]["users"] == [int(anna.id)]
        assert posted == address(f"message:{thread.id}:{message.id}")
        assert here.direct(anna) == []


async def test_from_then_on_no_direct_message_is_tried_for_an_hour() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna", takes_messages=False)
        to = address(f"user:{anna.id}")
        await here.chat().post(to, card("one"), "k1")
        anna.user.takes_messages = True
        before = len(here.discord.called(OPEN))
        here.clock.advance(minutes=59)
        await here.chat().post(to, card("two"), "k2")
        assert len(here.discord.called(OPEN)) == before
        here.clock.advance(minutes=1)
        await here.chat().post(to, card("three"), "k3")
        await here.chat().post(to, card("four"), "k4")
        [thread] = here.nooks()
        assert len(here.said(thread.id)) == 2
        assert [text_of(message) for message in here.direct(anna)] == ["three", "four"]
        assert await here.landmark("closed", anna.id) is None


async def test_who_closes_their_messages_again_gets_the_same_thread() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna", takes_messages=False)
        to = address(f"user:{anna.id}")
        await here.chat().post(to, card("one"), "k1")
        here.clock.advance(days=8)
        await here.chat().post(to, card("two"), "k2")
        assert len(here.nooks()) == 1
        assert len(here.said(here.nooks()[0].id)) == 2


async def test_the_card_keeps_its_first_words_and_its_pages() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna", takes_messages=False)
        to = address(f"user:{anna.id}")
        await here.chat().post(to, Card("Title", (Heading("Title"), Paragraph(plain("words")))), "k1")
        await here.chat().post(to, Card("Title", (Heading("Title"), Divider())), "k2")
        await here.chat().post(to, long_card(40), "k3")
        one, two, *more = here.said(here.nooks()[0].id)
        assert text_of(one).splitlines() == [f"<@{anna.id}>", "## Title", "words"]
        assert text_of(two).startswith(f"<@{anna.id}>\n")
        assert [f"<@{anna.id}>" in text_of(page) for page in more] == [True] + [False] * (len(more) - 1)


async def test_who_has_left_the_guild_is_a_named_end() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna", takes_messages=False)
        await anna.leaves()
        with pytest.raises(Refused, match="not_in_guild"):
            await here.chat().post(address(f"user:{anna.id}"), card(), KEY)
        assert here.nooks() == []


async def test_who_has_left_since_is_a_named_end_too() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna", takes_messages=False)
        await here.chat().post(address(f"user:{anna.id}"), card(), "k1")
        await anna.leaves()
        with pytest.raises(Refused, match="not_in_guild"):
            await here.chat().post(address(f"user:{anna.id}"), card(), KEY)


async def test_a_nook_where_the_bot_may_not_write_is_a_named_end() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna", takes_messages=False)
        await here.chat().post(address(f"user:{anna.id}"), card(), "k1")
        here.guild.forbids(here.general(), here.guild.bot, "send_messages_in_threads")
        here.world.told = [RoomChannel(here.general().id, usable=True)]
        with pytest.raises(Refused, match="missing_permission"):
            await here.chat().post(address(f"user:{anna.id}"), card(), KEY)
        here.discord.faults.arm(POST, 10008)
        with pytest.raises(Gone, match="unknown_message"):
            await here.chat().post(address(f"user:{anna.id}"), card(), KEY)


async def test_without_a_channel_for_threads_it_waits_until_there_is_one() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna", takes_messages=False)
        here.guild.forbids(here.general(), here.guild.bot, "create_private_threads")
        for _ in range(2):
            with pytest.raises(TryLater, match="no_room_channel"):
                await here.chat().post(address(f"user:{anna.id}"), card(), KEY)
        assert len(here.discord.called(POST)) == 1
        here.guild.allows(here.general(), here.guild.bot, "create_private_threads")
        await here.chat().post(address(f"user:{anna.id}"), card(), KEY)
        assert len(here.nooks()) == 1


async def test_somebody_whom_discord_does_not_know_is_a_named_end() -> None:
    async with scene() as here:
        with pytest.raises(Refused, match="not_in_guild"):
            await here.chat().post(address("user:77"), card(), KEY)


async def test_a_thread_that_somebody_removed_is_opened_again() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna", takes_messages=False)
        to = address(f"user:{anna.id}")
        await here.chat().post(to, card("one"), "k1")
        here.discord.parts.store.channel_gone(here.nooks()[0])
        await here.chat().post(to, card("two"), "k2")
        [thread] = here.nooks()
        assert [text_of(message) for message in here.said(thread.id)] == [f"<@{anna.id}>\ntwo"]


async def test_what_was_said_is_found_in_both_places() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna")
        to, since = address(f"user:{anna.id}"), here.clock.now()
        one = await here.chat().post(to, card("one"), "k1")
        anna.user.takes_messages = False
        two = await here.chat().post(to, card("two"), "k2")
        assert await here.chat().find(to, "k1", since) == one
        assert await here.chat().find(to, "k2", since) == two
        assert await here.chat().find(to, "k3", since) is None


async def test_somebody_to_whom_no_conversation_can_be_opened_has_had_nothing() -> None:
    async with scene() as here:
        assert await here.chat().find(address("user:77"), KEY, here.clock.now()) is None
        here.discord.faults.arm(OPEN, 50013)
        with pytest.raises(Doubtful):
            await here.chat().find(address(f"user:{here.guild.person('Anna').id}"), KEY, here.clock.now())


@pytest.mark.parametrize("route", [THREAD, ADD, POST])
async def test_a_nook_that_broke_off_is_gone_on_with(route: str) -> None:
    async with scene() as here:
        anna = here.guild.person("Anna", takes_messages=False)
        to, since = address(f"user:{anna.id}"), here.clock.now()
        here.discord.faults.arm(route, Fault.LOST, skip=1 if route == POST else 0, times=2 if route == ADD else 1)
        with pytest.raises(Exception, match=r"server_disconnected|client_os"):
            await here.chat().post(to, card(), KEY)
        here.clock.advance(minutes=1)
        chat = here.chat()
        if await chat.find(to, KEY, since) is None:
            await chat.post(to, card(), KEY)
        assert len(here.nooks()) == 1
        assert here.copies(KEY) == 1


async def test_an_edit_in_a_nook_names_nobody_again() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna", takes_messages=False)
        posted = await here.chat().post(address(f"user:{anna.id}"), card("one"), KEY)
        await here.chat().edit(posted, card("better"))
        assert [text_of(message) for message in here.said(here.nooks()[0].id)] == ["better"]


@pytest.mark.parametrize(("language", "said"), [("en", "can read along here"), ("", "kan læse med her")])
async def test_a_card_in_a_nook_says_who_can_read_along(language: str, said: str) -> None:
    async with scene() as here:
        anna = here.guild.person("Anna", takes_messages=False)
        if language:
            member = Member(MemberId(new_id()), "Anna", accounts=(Account("discord", anna.id),), language=language)
            async with here.memory.units(here.workspace) as work:
                await work.members.put_all([member])
                await work.commit()
        chat = DiscordChat(
            here.workspace, here.api, here.world, here.memory.units, here.clock, languages=Languages.load()
        )
        await chat.post(address(f"user:{anna.id}"), card(), KEY)
        assert said in text_of(here.said(here.nooks()[0].id)[0])
        bo = here.guild.person("Bo")
        await chat.post(address(f"user:{bo.id}"), card(), "k2")
        assert [text_of(message) for message in here.direct(bo)] == ["hello"]


async def test_without_the_database_nothing_is_said_where_others_read_along() -> None:
    async with scene() as here:

        def away(workspace: WorkspaceId, *, reading: bool = False) -> AbstractAsyncContextManager[UnitOfWork]:
            raise Unavailable(f"{workspace} {reading}")

        with pytest.raises(TryLater, match="Unavailable"):
            await Overhearing(here.workspace, away, Languages.load()).told("7", card())


async def test_what_is_refused_for_another_reason_is_not_tried_in_a_thread() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna")
        here.discord.faults.arm(POST, 50013)
        with pytest.raises(Refused, match="missing_permission"):
            await here.chat().post(address(f"user:{anna.id}"), card(), KEY)
        assert here.nooks() == []
