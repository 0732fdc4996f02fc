"""Rooms on Discord: private threads with certain people, one for each key, whatever breaks off in between."""

import asyncio
from contextlib import AbstractAsyncContextManager

import pytest

from adapters.discord.chat import DiscordChat
from adapters.discord.places import RoomChannel
from bot.errors import Doubtful, Full, Gone, Refused, TryLater, Unavailable
from bot.identity import Account, WorkspaceId
from bot.ports import UnitOfWork
from tests.adapters.discord_sending import ADD, POST, THREAD, Scene, address, card, scene, text_of
from tests.emulators.discord_faults import Fault
from tests.emulators.discord_person import Person
from tests.emulators.discord_state import ANNOUNCEMENT, Channel


def account(person: Person) -> Account:
    return Account("discord", person.id)


def two(here: Scene) -> tuple[Person, Person]:
    return here.guild.person("Anna"), here.guild.person("Bo")


def people_of(here: Scene, thread: Channel) -> set[str]:
    return {here.discord.world.users[user].name for user in thread.members}


async def test_a_room_is_a_private_thread_with_its_people_and_no_others() -> None:
    async with scene() as here:
        anna, bo = two(here)
        here.guild.person("Cille")
        room = await here.chat().open_room([account(anna), account(bo)], "Anna  and\nBo", "k1")
        [thread] = here.nooks()
        assert room == address(f"in:{thread.id}")
        assert thread.name == "Anna and Bo"
        assert people_of(here, thread) == {"Anna", "Bo", "Brobygger"}
        assert thread.thread is not None
        assert not thread.thread.invitable
        assert thread.thread.minutes == 7 * 24 * 60


async def test_the_first_words_in_a_new_room_call_its_people() -> None:
    async with scene() as here:
        (anna, bo), chat = two(here), here.chat()
        room = await chat.open_room([account(anna), account(bo)], "Room", "k1")
        await chat.post(room, card("hello"), "c1")
        await chat.post(room, card("again"), "c2")
        first, second = here.said(here.nooks()[0].id)
        assert text_of(first) == f"<@{anna.id}> <@{bo.id}>\nhello"
        assert text_of(second) == "again"
        assert [call.body["allowed_mentions"].get("users") for call in here.discord.called(POST)] == [
            [int(anna.id), int(bo.id)],
            [],
        ]


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.DROPPED, None])
async def test_the_people_of_a_new_room_are_called_once_whatever_begins_again_in_between(fault: Fault | None) -> None:
    async with scene() as here:
        (anna, bo), since = two(here), here.clock.now()
        room = await here.chat().open_room([account(anna), account(bo)], "Room", "k1")
        here.clock.advance(hours=20)
        if fault:
            here.discord.faults.arm(POST, fault)
            with pytest.raises(Doubtful):
                await here.chat().post(room, card("hello"), "c1")
            here.clock.advance(hours=1)
        if not await here.chat().find(room, "c1", since):
            await here.chat().post(room, card("hello"), "c1")
        assert await here.chat().open_room([account(anna), account(bo)], "Room", "k1") == room
        await here.chat().post(room, card("again"), "c2")
        said = [text_of(message) for message in here.said(here.nooks()[0].id)]
        assert said == [f"<@{anna.id}> <@{bo.id}>\nhello", "again"]


async def test_a_first_message_is_there_although_that_cannot_be_written_down() -> None:
    async with scene() as here:
        room = await here.chat().open_room([account(one) for one in two(here)], "Room", "k1")

        def full(workspace: WorkspaceId, *, reading: bool = False) -> AbstractAsyncContextManager[UnitOfWork]:
            if not reading:
                raise Full(str(workspace))
            return here.memory.units(workspace, reading=True)

        posted = await DiscordChat(here.workspace, here.api, here.world, full, here.clock).post(room, card(), "c1")
        assert len(here.said(here.nooks()[0].id)) == 1
        assert await here.chat().post(posted, card("an answer"), "c2")


async def test_the_same_key_is_the_same_room_and_another_key_another() -> None:
    async with scene() as here:
        both = [account(one) for one in two(here)]
        room = await here.chat().open_room(both, "Room", "k1")
        assert await here.chat().open_room(both, "Another title", "k1") == room
        assert await here.chat().open_room(both, "Room", "k2") != room
        assert len(here.nooks()) == 2


async def test_two_at_once_with_one_key_open_one_room() -> None:
    async with scene() as here:
        both, chat = [account(one) for one in two(here)], here.chat()
        rooms = await asyncio.gather(*(chat.open_room(both, "Room", "k1") for _ in range(3)))
        assert len(set(rooms)) == len(here.nooks()) == 1


async def test_rooms_are_in_the_channel_with_the_bots_name_or_where_an_organiser_said() -> None:
    async with scene() as here:
        both = [account(one) for one in two(here)]
        named, chosen = here.guild.channel("brobygger"), here.guild.channel("stuen")
        await here.chat().open_room(both, "Room", "k1")
        async with here.memory.units(here.workspace) as work:
            await work.landmarks.put("discord", "room_channel", here.guild.id, chosen.id, here.clock.now())
            await work.commit()
        await here.chat().open_room(both, "Room", "k2")
        here.guild.forbids(chosen, here.guild.bot, "create_private_threads")
        await here.chat().open_room(both, "Room", "k3")
        assert [thread.parent for thread in here.nooks()] == [named.id, chosen.id, named.id]


async def test_without_a_channel_that_holds_threads_there_is_no_room() -> None:
    async with scene() as here:
        here.guild.forbids(here.general(), here.guild.bot, "create_private_threads")
        with pytest.raises(TryLater, match="no_room_channel") as told:
            await here.chat().open_room([account(here.guild.person("Anna"))], "Room", "k1")
        assert told.value.after == 300
        here.guild.allows(here.general(), here.guild.bot, "create_private_threads")
        await here.chat().open_room([account(here.guild.person("Anna"))], "Room", "k1")


async def test_before_the_guild_is_known_there_is_none_yet() -> None:
    async with scene() as here:
        here.world.guilds.clear()
        with pytest.raises(TryLater, match="no_guild"):
            await here.chat().open_room([account(here.guild.person("Anna"))], "Room", "k1")


async def test_nobody_is_no_room_and_a_crowd_is_none() -> None:
    async with scene() as here:
        crowd = [account(here.guild.person(f"P{number}")) for number in range(21)]
        for accounts in ([], [Account("slack", "U1")], crowd):
            with pytest.raises(Refused, match="wrong_number_of_people"):
                await here.chat().open_room(accounts, "Room", "k1")


async def test_somebody_who_left_is_a_named_end_and_no_thread_stands_there() -> None:
    async with scene() as here:
        anna, bo = two(here)
        await bo.leaves()
        with pytest.raises(Refused, match="not_in_guild"):
            await here.chat().open_room([account(anna), account(bo)], "Room", "k1")
        assert here.nooks() == []


async def test_somebody_who_left_in_between_is_a_named_end() -> None:
    async with scene() as here:
        anna, bo = two(here)

        def leaving(workspace: WorkspaceId, *, reading: bool = False) -> AbstractAsyncContextManager[UnitOfWork]:
            if not reading:
                here.guild.members.pop(bo.id, None)
            return here.memory.units(workspace, reading=reading)

        chat = DiscordChat(here.workspace, here.api, here.world, leaving, here.clock)
        with pytest.raises(Refused, match="not_in_guild"):
            await chat.open_room([account(anna), account(bo)], "Room", "k1")


async def test_somebody_who_may_not_see_the_channel_is_a_named_end() -> None:
    async with scene() as here:
        anna, bo = two(here)
        here.guild.forbids(here.general(), bo.user, "view_channel")
        with pytest.raises(Refused, match="missing_access"):
            await here.chat().open_room([account(anna), account(bo)], "Room", "k1")


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.SERVER_ERROR_AFTER, Fault.HANGS_AFTER, Fault.NONSENSE])
async def test_a_room_whose_answer_was_lost_is_found_again(fault: Fault) -> None:
    async with scene() as here:
        both = [account(one) for one in two(here)]
        here.discord.faults.arm(THREAD, fault)
        with pytest.raises((Doubtful, TryLater)):
            await here.chat().open_room(both, "Room", "k1")
        with pytest.raises(TryLater, match="room_unsettled") as told:
            await here.chat().open_room(both, "Room", "k1")
        assert told.value.after == 60
        here.clock.advance(minutes=1)
        room = await here.chat().open_room(both, "Room", "k1")
        [thread] = here.nooks()
        assert room == address(f"in:{thread.id}")
        assert people_of(here, thread) == {"Anna", "Bo", "Brobygger"}


async def test_a_process_that_died_while_people_came_in_lets_the_next_bring_the_others() -> None:
    async with scene() as here:
        both = [account(one) for one in two(here)]
        here.discord.faults.arm(ADD, Fault.DROPPED, skip=1, times=2)
        with pytest.raises(TryLater):
            await here.chat().open_room(both, "Room", "k1")
        await here.chat().open_room(both, "Room", "k1")
        [thread] = here.nooks()
        assert people_of(here, thread) == {"Anna", "Bo", "Brobygger"}


async def test_a_thread_left_behind_that_was_put_away_is_opened_again() -> None:
    async with scene() as here:
        anna, bo = two(here)
        here.discord.faults.arm(ADD, Fault.DROPPED, skip=1, times=2)
        with pytest.raises(TryLater):
            await here.chat().open_room([account(anna), account(bo)], "Room", "k1")
        await anna.archives(here.nooks()[0])
        await here.chat().open_room([account(anna), account(bo)], "Room", "k1")
        assert len(here.nooks()) == 1


async def test_other_peoples_threads_and_other_keys_rooms_are_not_taken() -> None:
    async with scene() as here:
        anna, bo = two(here)
        cille = here.guild.person("Cille")
        both = [account(anna), account(bo)]
        here.discord.faults.arm(THREAD, Fault.LOST, skip=1)
        other = await here.chat().open_room(both, "Room", "other")
        await anna.opens_thread("Room", here.general(), bo, private=True)
        with pytest.raises(Doubtful):
            await here.chat().open_room(both, "Room", "k1")
        await cille.adds(here.nooks()[-1], cille)
        here.clock.advance(minutes=1)
        room = await here.chat().open_room(both, "Room", "k1")
        assert room != other
        [mine] = [thread for thread in here.nooks() if room == address(f"in:{thread.id}")]
        assert people_of(here, mine) == {"Anna", "Bo", "Brobygger"}


async def test_two_keys_that_both_lost_a_thread_never_share_one() -> None:
    async with scene() as here:
        both = [account(one) for one in two(here)]
        here.discord.faults.arm(THREAD, Fault.LOST, times=2)
        for key in ("k1", "k2"):
            with pytest.raises(Doubtful):
                await here.chat().open_room(both, "Room", key)
        here.clock.advance(minutes=1)
        rooms = await asyncio.gather(*(here.chat().open_room(both, "Room", key) for key in ("k1", "k2")))
        assert len(set(rooms)) == len(here.nooks()) == 2


async def test_a_thread_left_behind_in_a_channel_that_is_gone_is_made_anew() -> None:
    async with scene() as here:
        both = [account(one) for one in two(here)]
        named = here.guild.channel("brobygger")
        here.discord.faults.arm(THREAD, Fault.LOST)
        with pytest.raises(Doubtful):
            await here.chat().open_room(both, "Room", "k1")
        here.discord.parts.store.channel_gone(named)
        room = await here.chat().open_room(both, "Room", "k1")
        await here.chat().post(room, card(), "p")
        [message] = here.said(room.value.removeprefix("in:"))
        assert text_of(message).endswith("\nhello")


async def test_a_thread_left_behind_in_another_channel_is_still_taken() -> None:
    async with scene() as here:
        both = [account(one) for one in two(here)]
        here.discord.faults.arm(THREAD, Fault.LOST)
        with pytest.raises(Doubtful):
            await here.chat().open_room(both, "Room", "k1")
        here.guild.channel("brobygger")
        here.clock.advance(minutes=1)
        await here.chat().open_room(both, "Room", "k1")
        assert [thread.parent for thread in here.nooks()] == [here.general().id]


async def test_a_channel_that_holds_no_threads_any_more_is_a_named_end() -> None:
    async with scene() as here:
        both = [account(one) for one in two(here)]
        named = here.guild.channel("brobygger")
        here.discord.faults.arm(THREAD, Fault.LOST)
        with pytest.raises(Doubtful):
            await here.chat().open_room(both, "Room", "k1")
        named.type = ANNOUNCEMENT
        here.clock.advance(minutes=1)
        room = await here.chat().open_room(both, "Room", "k1")
        assert room != address(f"in:{here.nooks()[0].id}")
        here.general().type = ANNOUNCEMENT
        here.world.told = [RoomChannel(named.id, usable=True)]
        with pytest.raises(Refused, match="wrong_channel_type"):
            await here.chat().open_room(both, "Room", "k2")


async def test_a_database_that_is_away_opens_no_room() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna")
        before = len(here.discord.calls)

        def away(workspace: WorkspaceId, *, reading: bool = False) -> AbstractAsyncContextManager[UnitOfWork]:
            raise Unavailable(f"{workspace} {reading}")

        chat = DiscordChat(here.workspace, here.api, here.world, away, here.clock)
        with pytest.raises(TryLater, match="Unavailable"):
            await chat.open_room([account(anna)], "Room", "k1")
        assert len(here.discord.calls) == before


async def test_a_room_is_renamed_and_stays_put_away() -> None:
    async with scene() as here:
        anna, bo = two(here)
        room = await here.chat().open_room([account(anna), account(bo)], "Anna and Bo", "k1")
        [thread] = here.nooks()
        await here.chat().rename_room(room, "Anna")
        assert thread.name == "Anna"
        await anna.archives(thread)
        await here.chat().rename_room(room, "  Bo\nHolm ")
        assert thread.name == "Bo Holm"
        assert thread.archived
        calls = len(here.discord.called("PATCH /channels/{channel}"))
        await here.chat().rename_room(room, "Bo Holm")
        assert len(here.discord.called("PATCH /channels/{channel}")) == calls
        for value in (f"in:{here.general().id}", f"user:{anna.id}", "in:77"):
            with pytest.raises(Gone):
                await here.chat().rename_room(address(value), "x")


async def test_a_room_opens_by_its_link() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna")
        room = await here.chat().open_room([account(anna)], "Anna", "k1")
        link = f"https://discord.com/channels/{here.guild.id}/{here.nooks()[0].id}"
        assert here.chat().room_link(room) == link
        assert here.chat().room_link(address(f"user:{anna.id}")) == ""
        here.world.guilds.clear()
        assert here.chat().room_link(room) == ""


async def test_a_thread_whose_people_cannot_be_looked_up_is_not_taken() -> None:
    async with scene() as here:
        both = [account(one) for one in two(here)]
        here.discord.faults.arm(THREAD, Fault.LOST)
        with pytest.raises(Doubtful):
            await here.chat().open_room(both, "Room", "k1")
        here.clock.advance(minutes=1)
        here.discord.faults.arm("GET /channels/{channel}/thread-members/{user}", 50001)
        with pytest.raises(Refused, match="missing_access"):
            await here.chat().open_room(both, "Room", "k1")
        await here.chat().open_room(both, "Room", "k1")
        assert len(here.nooks()) == 1
