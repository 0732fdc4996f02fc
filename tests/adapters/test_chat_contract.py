"""What every chat keeps, whatever the platform. A new platform adds one maker to ``PLATFORMS``, and that is all."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from adapters.web.chat import WebChat
from adapters.web.hub import Hub
from adapters.web.spots import Spot, read_address
from bot.errors import ChatError, Gone
from bot.identity import Account, Address, MemberId, new_id
from bot.members.domain import Member, WorkspaceOptions
from bot.messages.actions import Action
from bot.messages.elements import Card, File, Paragraph
from bot.messages.text import plain
from bot.ports import Chat
from tests.adapters.slack_sending import scene
from tests.fake_chat import FakeChat
from tests.fakes import Memory, StoppedClock


@dataclass(frozen=True, slots=True)
class Platform:
    """A chat with two people in it. ``read``: the notices that somebody sees in a place, oldest first.

    ``rooms_by_key``: whether the platform can have two rooms with the same people. ``channel``: one that is open to all.
    """

    chat: Chat
    clock: StoppedClock
    anna: Account
    bo: Account
    read: Callable[[Account, Address], Awaitable[list[str]]]
    nowhere: Address
    actions: dict[str, type[Action]] = field(default_factory=dict[str, type[Action]])
    rooms_by_key: bool = True
    channel: str = "general"


@asynccontextmanager
async def fake() -> AsyncGenerator[Platform, None]:
    clock = StoppedClock()
    chat = FakeChat(clock, channels=["general"])
    anna, bo = Account("web", "anna"), Account("web", "bo")
    nowhere = Address("web", "gone")
    chat.closed.add(nowhere)

    async def read(reader: Account, place: Address) -> list[str]:
        rooms = [room for room in chat.rooms if room.address == place]
        if any(reader not in room.accounts for room in rooms) or place == await chat.direct(
            bo if reader == anna else anna
        ):
            return []
        return [card.notice for card in chat.said_in(place)]

    yield Platform(chat, clock, anna, bo, read, nowhere)


@asynccontextmanager
async def web() -> AsyncGenerator[Platform, None]:
    from adapters.web.bodies import read_body

    memory, clock = Memory(), StoppedClock()
    workspace = await memory.directory.ensure("local", "Academy", WorkspaceOptions())
    anna, bo = (_member(name) for name in ("Anna", "Bo"))
    async with memory.units(workspace.id) as work:
        await work.members.put_all([anna, bo])
        await work.commit()

    async def read(reader: Account, place: Address) -> list[str]:
        spot = read_address(place)
        assert isinstance(spot, Spot)
        member = next(one for one in (anna, bo) if one.accounts[0] == reader)
        async with memory.units(workspace.id, reading=True) as work:
            seen = await work.playground.messages(spot.conversation, member.id, thread=spot.thread)
        bodies = [read_body(message.body, {}) for message in seen]
        return [body.card.notice for body in bodies if body]

    chat = WebChat(workspace.id, memory.units, clock, Hub())
    await chat.arrive(anna.id, "general")
    yield Platform(chat, clock, anna.accounts[0], bo.accounts[0], read, Address("web", f"in:{new_id()}"))


@asynccontextmanager
async def slack() -> AsyncGenerator[Platform, None]:
    from adapters.slack import spots

    async with scene() as here:
        anna, bo = here.team.person("Anna"), here.team.person("Bo")

        async def read(reader: Account, place: Address) -> list[str]:
            spot = spots.read_address(place)
            match spot:
                case spots.Person(user):
                    channel = here.team.im_of(user)
                case spots.Spot(name):
                    channel = here.team.channels[name]
                case _:
                    raise AssertionError(place)
            if channel is None or reader.user not in channel.members:
                return []
            return [message.text for message in channel.messages if not message.reply]

        here.team.channel("general", anna, bo)
        accounts = (Account("slack", anna.id), Account("slack", bo.id))
        yield Platform(here.chat(), here.clock, *accounts, read, Address("slack", "in:C0GONE"), rooms_by_key=False)
        assert not here.slack.problems


@asynccontextmanager
async def discord() -> AsyncGenerator[Platform, None]:
    from adapters.discord import spots
    from tests.adapters import discord_sending

    async with discord_sending.scene() as here:
        anna, bo = here.guild.person("Anna"), here.guild.person("Bo")
        people = {anna.id: anna, bo.id: bo}

        async def read(reader: Account, place: Address) -> list[str]:
            person = people[reader.user]
            spot = spots.read_address(place)
            match spot:
                case spots.Person(user):
                    channel = people[user].direct
                case spots.Spot(name):
                    channel = here.discord.world.channels[name]
                case _:
                    raise AssertionError(place)
            if channel not in person.channels:
                return []
            # The first words in a room call its people, in a line above.
            return [discord_sending.text_of(message).splitlines()[-1] for message in here.said(channel.id)]

        accounts = (Account("discord", anna.id), Account("discord", bo.id))
        yield Platform(here.chat(), here.clock, *accounts, read, Address("discord", "in:77"))


def _member(name: str) -> Member:
    own = MemberId(new_id())
    return Member(own, name, accounts=(Account("web", str(own)),))


PLATFORMS: dict[str, Callable[[], AbstractAsyncContextManager[Platform]]] = {
    "discord": discord,
    "fake": fake,
    "slack": slack,
    "web": web,
}


@pytest.fixture(params=sorted(PLATFORMS))
async def platform(request: pytest.FixtureRequest) -> AsyncGenerator[Platform, None]:
    async with PLATFORMS[str(request.param)]() as made:
        yield made


def card(text: str) -> Card:
    return Card(text, (Paragraph(plain(text)),))


async def test_a_person_has_one_direct_conversation(platform: Platform) -> None:
    first = await platform.chat.direct(platform.anna)
    assert await platform.chat.direct(platform.anna) == first
    assert await platform.chat.direct(platform.bo) != first
    assert first.platform == platform.chat.platform


async def test_what_is_posted_is_read_in_its_order(platform: Platform) -> None:
    place = await platform.chat.direct(platform.anna)
    for number in range(5):
        await platform.chat.post(place, card(f"number {number}"), f"key{number}")
    assert await platform.read(platform.anna, place) == [f"number {number}" for number in range(5)]


async def test_the_same_key_posts_once_and_gives_the_same_message(platform: Platform) -> None:
    place = await platform.chat.direct(platform.anna)
    first = await platform.chat.post(place, card("hello"), "a-key-of-thirty-six-characters-12345")
    again = await platform.chat.post(place, card("hello"), "a-key-of-thirty-six-characters-12345")
    assert again == first
    assert await platform.read(platform.anna, place) == ["hello"]


async def test_the_same_key_in_another_place_is_another_message(platform: Platform) -> None:
    here, there = await platform.chat.direct(platform.anna), await platform.chat.direct(platform.bo)
    assert await platform.chat.post(here, card("hello"), "key") != await platform.chat.post(there, card("hi"), "key")
    assert await platform.read(platform.bo, there) == ["hi"]


async def test_an_edit_changes_the_message_in_its_place(platform: Platform) -> None:
    place = await platform.chat.direct(platform.anna)
    first = await platform.chat.post(place, card("one"), "k1")
    await platform.chat.post(place, card("two"), "k2")
    await platform.chat.edit(first, card("one, better"))
    await platform.chat.edit(first, card("one, better"))
    assert await platform.read(platform.anna, place) == ["one, better", "two"]


async def test_a_message_is_found_by_its_key(platform: Platform) -> None:
    place = await platform.chat.direct(platform.anna)
    before = platform.clock.now()
    posted = await platform.chat.post(place, card("hello"), "key")
    later = platform.clock.advance(minutes=5)
    assert await platform.chat.find(place, "key", before) == posted
    assert await platform.chat.find(place, "other", before) is None
    assert await platform.chat.find(place, "key", later) is None
    assert await platform.chat.find(await platform.chat.direct(platform.bo), "key", before - timedelta(days=1)) is None


async def test_the_same_key_opens_the_same_room(platform: Platform) -> None:
    both = [platform.anna, platform.bo]
    room = await platform.chat.open_room(both, "A room", "room1")
    assert await platform.chat.open_room(both, "Another title", "room1") == room
    assert (await platform.chat.open_room(both, "A room", "room2") != room) is platform.rooms_by_key


async def test_a_room_is_read_by_those_in_it_and_nobody_else(platform: Platform) -> None:
    room = await platform.chat.open_room([platform.anna], "Anna's room", "room")
    await platform.chat.post(room, card("for Anna"), "k")
    assert await platform.read(platform.anna, room) == ["for Anna"]
    assert await platform.read(platform.bo, room) == []


async def test_a_direct_conversation_is_one_persons(platform: Platform) -> None:
    place = await platform.chat.direct(platform.anna)
    await platform.chat.post(place, card("between us"), "k")
    assert await platform.read(platform.bo, place) == []


async def test_a_file_is_handed_over_once_under_its_card(platform: Platform) -> None:
    place = await platform.chat.direct(platform.anna)
    file = File("data.json", "application/json", b"{}")
    first = await platform.chat.hand(place, card("your data"), file, "k")
    assert await platform.chat.hand(place, card("your data"), file, "k") == first
    assert await platform.read(platform.anna, place) == ["your data"]


async def test_what_cannot_be_done_is_a_chat_error(platform: Platform) -> None:
    with pytest.raises(ChatError):
        await platform.chat.post(platform.nowhere, card("hello"), "k")
    with pytest.raises(ChatError):
        await platform.chat.edit(Address(platform.chat.platform, "message:none"), card("hello"))


async def test_a_room_may_get_another_title_and_has_a_link_or_none(platform: Platform) -> None:
    room = await platform.chat.open_room([platform.anna, platform.bo], "Anna and Bo", "room")
    await platform.chat.post(room, card("for both"), "k")
    for _ in range(2):
        await platform.chat.rename_room(room, "Anna")
    assert await platform.read(platform.anna, room) == ["for both"]
    assert platform.chat.room_link(room).partition("//")[0] in {"", "https:"}


async def test_a_channel_is_found_by_its_name_and_read_by_everybody(platform: Platform) -> None:
    for typed in (f"#{platform.channel}", platform.channel.upper()):
        found = await platform.chat.channel(typed, platform.anna)
        assert found.name == platform.channel
    posted = await platform.chat.post(found.address, card("for all"), "k")
    await platform.chat.edit(posted, card("for all of you"))
    assert await platform.read(platform.anna, found.address) == ["for all of you"]
    assert await platform.read(platform.bo, found.address) == ["for all of you"]


@pytest.mark.parametrize(
    "typed", ["#nowhere", "", "#", "<#C0NOWHERE|x>", "<#77>", "<@U1|bo>", "x" * 3_000, "#general #general"]
)
async def test_a_channel_that_is_not_there_is_gone(platform: Platform, typed: str) -> None:
    with pytest.raises(Gone):
        await platform.chat.channel(typed, platform.anna)
