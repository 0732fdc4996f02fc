"""An organiser chooses the channel in which rooms open."""

from dataclasses import dataclass, replace

import pytest

from adapters.discord.places import ROOM_CHANNEL as LOOKED_FOR
from bot.errors import Called
from bot.identity import Account
from bot.interactions import Arrival, Invocation, Press, RoomsHere
from bot.members.room_channel import ROOM_CHANNEL
from bot.messages.actions import encode_action
from tests.members_talk import Answer, Person, Talk, a_member, an_academy, an_organiser

HERE = RoomsHere("5", "51")


@dataclass(slots=True)
class InChannel:
    """Somebody who types in a channel of a Discord server."""

    person: Person
    rooms: RoomsHere | None = HERE

    def arrival(self) -> Arrival:
        arrival = self.person.arrival()
        return replace(arrival, place=replace(arrival.place, rooms=self.rooms))

    async def types(self, text: str = "rooms", rooms: RoomsHere | None = HERE) -> Answer:
        self.rooms = rooms
        desk = self.person.talk.desk
        self.person.last = Answer(await desk.invoke(Invocation(self.arrival(), "academy", text)))
        return self.person.last

    async def presses(self, label: str) -> Answer:
        wire = encode_action(self.person.last.buttons[label].action)
        self.person.last = Answer(await self.person.talk.desk.press(Press(self.arrival(), wire)))
        return self.person.last


@pytest.fixture
async def talk() -> Talk:
    return await an_academy()


@pytest.fixture
async def odd(talk: Talk) -> InChannel:
    organiser = replace(an_organiser(), accounts=(Account("discord", "42"),))
    return InChannel(await talk.joins(organiser))


async def kept(talk: Talk, home: str = "5") -> str | None:
    async with talk.memory.units(talk.workspace, reading=True) as work:
        return await work.landmarks.get("discord", LOOKED_FOR, home)


def test_the_adapter_looks_for_it_under_the_same_name() -> None:
    assert LOOKED_FOR == ROOM_CHANNEL


async def test_what_it_means_is_said_first_and_a_button_does_it(talk: Talk, odd: InChannel) -> None:
    asked = await odd.types()
    assert "a private thread in this channel" in asked.text
    assert "At the moment I choose a channel by myself" in asked.text
    assert await kept(talk) is None
    done = await odd.presses("Open rooms here")
    assert done.replaced
    assert "Rooms that are open already stay where they are." in done.text
    assert await kept(talk) == "51"


async def test_typed_there_again_it_says_so_and_can_be_taken_back(talk: Talk, odd: InChannel) -> None:
    await odd.types()
    await odd.presses("Open rooms here")
    assert "Rooms open in this channel" in (await odd.types()).text
    assert "I choose a channel for new rooms by myself" in (await odd.presses("No longer here")).text
    assert await kept(talk) is None


async def test_another_channel_can_be_chosen_instead(talk: Talk, odd: InChannel) -> None:
    await odd.types()
    await odd.presses("Open rooms here")
    asked = await odd.types(rooms=RoomsHere("5", "52"))
    assert "another channel that an organiser chose" in asked.text
    await odd.presses("Open rooms here")
    assert await kept(talk) == "52"


async def test_each_server_has_its_own(talk: Talk, odd: InChannel) -> None:
    await odd.types()
    await odd.presses("Open rooms here")
    await odd.types(rooms=RoomsHere("6", "61"))
    await odd.presses("Open rooms here")
    assert (await kept(talk), await kept(talk, "6")) == ("51", "61")


async def test_what_the_bot_may_not_do_is_named(talk: Talk, odd: InChannel) -> None:
    lacking = replace(
        HERE,
        lacks=(Called("Create Private Threads", {"da": "Opret private tråde"}), Called("Send Messages in Threads", {})),
    )
    told = await odd.types(rooms=lacking)
    assert "give me: Create Private Threads, Send Messages in Threads. Then type this again." in told.text
    await odd.types()
    odd.rooms = lacking
    assert "I may not open rooms in this channel yet" in (await odd.presses("Open rooms here")).text
    assert await kept(talk) is None


async def test_a_thread_is_no_place_for_rooms(odd: InChannel) -> None:
    told = await odd.types(rooms=replace(HERE, fits=False))
    assert "Type this in an ordinary text channel" in told.text


async def test_where_there_is_nothing_to_choose_it_says_where_there_is(talk: Talk) -> None:
    odd = await talk.joins(an_organiser())
    assert "Only in a Discord server there is a channel to choose" in (await odd.types("/academy rooms")).text
    assert "Kun på en Discord-server" in (await (await danish(talk)).types("/akademi rum")).text


async def danish(talk: Talk) -> Person:
    return await talk.joins(an_organiser("U8", name="Karen", language="da"))


async def test_members_are_sent_to_an_organiser(talk: Talk) -> None:
    member = replace(a_member("x"), accounts=(Account("discord", "43"),))
    told = await InChannel(await talk.joins(member)).types()
    assert "Only an organiser can do that" in told.text


async def test_a_choice_that_is_gone_already_may_be_taken_back_again(odd: InChannel) -> None:
    await odd.types()
    await odd.presses("Open rooms here")
    button = odd.person.last
    await odd.presses("No longer here")
    odd.person.last = button
    assert "by myself" in (await odd.presses("No longer here")).text
    odd.person.last = button
    odd.rooms = None
    assert "Only in a Discord server" in (await odd.presses("No longer here")).text
