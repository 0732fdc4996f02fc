"""The platform in memory, that other tests rely on, does what it says."""

import pytest

from bot.errors import Doubtful, Gone, Refused, TryLater
from bot.identity import Account, Address, WorkspaceId, new_id
from bot.messages.elements import Card, File, Heading
from bot.ports import Chat, Chats
from tests.fake_chat import FakeChat, FakeChats
from tests.fakes import StoppedClock

ANNA = Account("web", "anna")


def a_card(text: str = "Hej") -> Card:
    return Card(text, (Heading(text),))


async def test_what_is_posted_stands_there_and_can_be_found_and_edited(clock: StoppedClock) -> None:
    fake = FakeChat(clock)
    chat: Chat = fake
    place = await chat.direct(ANNA)
    begun = clock.now()
    message = await chat.post(place, a_card(), "k")
    assert fake.said_to(ANNA) == [a_card()]
    assert await chat.find(place, "k", begun) == message
    assert await chat.find(place, "other", begun) is None
    assert await chat.find(place, "k", clock.advance(hours=1)) is None
    await chat.edit(message, a_card("Farvel"))
    assert fake.said_in(place) == [a_card("Farvel")]
    with pytest.raises(Gone):
        await chat.edit(Address("web", "nothing"), a_card())


async def test_a_room_is_opened_once_with_a_key(clock: StoppedClock) -> None:
    chat = FakeChat(clock)
    assert await chat.open_room([ANNA], "Rum", "r") == await chat.open_room([ANNA], "Rum", "r")
    assert len(chat.rooms) == 1


async def test_a_file_is_kept_with_its_card(clock: StoppedClock) -> None:
    chat = FakeChat(clock)
    file = File("møde.ics", "text/calendar", b"BEGIN:VCALENDAR")
    await chat.hand(await chat.direct(ANNA), a_card(), file, "f")
    assert chat.posts[0].file == file


async def test_faults_come_in_their_order_before_or_after_it_happened(clock: StoppedClock) -> None:
    chat = FakeChat(clock)
    place = await chat.direct(ANNA)
    chat.fail(TryLater("rate", 3), verb="post")
    chat.fail(Doubtful("time-out"), after_storing=True, verb="post")
    with pytest.raises(TryLater):
        await chat.post(place, a_card(), "k")
    assert chat.copies("k") == 0
    with pytest.raises(Doubtful):
        await chat.post(place, a_card(), "k")
    assert chat.copies("k") == 1
    await chat.post(place, a_card(), "k")
    assert chat.copies("k") == 1
    assert chat.tries.count(("post", "k")) == 3


async def test_some_platforms_double_are_blind_or_closed(clock: StoppedClock) -> None:
    chat = FakeChat(clock, doubles=True, blind=True)
    place = await chat.direct(ANNA)
    await chat.post(place, a_card(), "k")
    await chat.post(place, a_card(), "k")
    assert chat.copies("k") == 2
    with pytest.raises(Doubtful):
        await chat.find(place, "k", clock.now())
    chat.closed.add(place)
    with pytest.raises(Gone):
        await chat.post(place, a_card(), "l")
    chat.fail(Refused("closed"))
    with pytest.raises(Refused):
        await chat.direct(ANNA)


def test_each_academy_has_its_own_chat(clock: StoppedClock) -> None:
    chats = FakeChats(clock)
    port: Chats = chats
    one, two = WorkspaceId(new_id()), WorkspaceId(new_id())
    assert port.on(one, "web") is chats.of(one)
    assert chats.of(one) is not chats.of(two)
    assert port.on(one, "slack") is None
