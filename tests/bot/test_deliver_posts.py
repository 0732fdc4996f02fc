"""What is sent, and what is not: a letter in its reader's words, lanes in their order, nothing to people who left."""

from datetime import timedelta

import pytest

from bot.deliveries.domain import Target, ToMember, ToPlace
from bot.deliveries.letters import Reading, written
from bot.deliveries.limits import Limits
from bot.errors import TryLater
from bot.identity import Account, Address, MemberId, new_id
from bot.messages.elements import Card
from tests.bot.delivering import CANCELLED, CHANNEL, FAILED, SENT, Foreign, Hello, House, Nothing


@pytest.fixture
async def house() -> House:
    return await House().open()


async def test_a_letter_is_written_in_its_readers_words_and_posted_once(house: House) -> None:
    anna = await house.member("Anna", language="en", timezone="Europe/Paris")
    delivery = await house.write(ToMember(anna.id))

    assert await house.courier().run_once() == 1
    assert await house.courier().run_once() == 0

    assert [card.notice for card in house.chat.said_to(anna.accounts[0])] == ["hello, Anna (en, Europe/Paris, hello)"]
    kept = await house.now_is(delivery)
    assert (kept.state, kept.message, kept.attempts) == (SENT, house.chat.posts[0].address, 1)
    assert house.chat.posts[0].key == str(delivery.id)


async def test_a_place_is_spoken_to_in_the_workspaces_language(house: House) -> None:
    await house.write(ToPlace(CHANNEL))
    await house.courier().run_once()
    assert [card.notice for card in house.chat.said_in(CHANNEL)] == ["hello, everybody (da, UTC, hello)"]


async def test_a_batch_goes_out_side_by_side_and_one_lane_in_its_order(house: House) -> None:
    for number in range(20):
        await house.write(ToPlace(Address("web", f"channel:{number % 4}")), lane=f"lane {number % 4}")
    counts = [await house.courier().run_once() for _ in range(6)]
    assert counts == [4, 4, 4, 4, 4, 0]
    for number in range(4):
        keys = [post.key for post in house.chat.posts if post.to.value == f"channel:{number}"]
        assert keys == sorted(keys)


async def test_a_conversation_rests_between_two_messages_where_the_platform_wants_it() -> None:
    house = await House(platforms=("slack",)).open()
    place = ToPlace(Address("slack", "C1"))
    await house.write(place, lane="C1")
    await house.write(place, lane="C1")
    assert [await house.courier().run_once() for _ in range(2)] == [1, 0]
    house.clock.advance(seconds=1)
    assert await house.courier().run_once() == 1
    assert Limits().rests("another") == timedelta(seconds=1)
    assert Limits().rests("web") == timedelta(0)


async def test_nothing_to_say_any_more(house: House) -> None:
    delivery = await house.write(letter=Nothing())
    await house.courier().run_once()
    assert await house.ended(delivery) == (CANCELLED, "nothing_to_say")
    assert house.chat.tries == []


async def test_somebody_who_erased_themself_gets_nothing(house: House) -> None:
    anna = await house.member()
    delivery = await house.write(ToMember(anna.id))
    unknown = await house.write(ToMember(MemberId(new_id())))
    async with house.memory.units(house.workspace) as work:
        await work.members.forget(anna.id, house.clock.now())
        await work.commit()
    await house.courier().run_once()
    assert await house.ended(delivery) == (CANCELLED, "member_gone")
    assert await house.ended(unknown) == (CANCELLED, "member_gone")


async def test_a_workspace_that_is_gone(house: House) -> None:
    delivery = await house.write()
    house.memory.workspaces.clear()
    await house.courier().run_once()
    record = house.memory.books(house.workspace).deliveries[delivery.id]
    assert record.delivery.error == "workspace_gone"


async def test_a_letter_that_nobody_writes(house: House) -> None:
    delivery = await house.write(letter=Foreign())
    await house.courier().run_once()
    assert await house.ended(delivery) == (FAILED, "letter_unknown")


async def test_no_way_there(house: House) -> None:
    nobody = await house.member("Nobody", accounts=())
    stranger = await house.member("Stranger", accounts=(Account("discord", "1"),))
    ways: list[Target] = [ToMember(nobody.id), ToMember(stranger.id), ToPlace(Address("discord", "2"))]
    deliveries = [await house.write(way) for way in ways]
    await house.courier().run_once()
    ends = [await house.ended(delivery) for delivery in deliveries]
    assert ends == [(FAILED, "no_account"), (FAILED, "no_account"), (FAILED, "no_chat")]


async def test_too_late_is_not_sent(house: House) -> None:
    delivery = await house.write(not_after=house.clock.now() + timedelta(hours=1))
    house.chat.fail(TryLater("busy"))
    await house.courier().run_once()
    house.clock.advance(hours=2)
    assert await house.courier().run_once() == 0
    assert await house.courier().sweep() == 1
    assert await house.courier().sweep() == 0
    assert await house.ended(delivery) == (FAILED, "too_late")
    assert house.chat.posts == []


@pytest.mark.parametrize("revises", [False, True])
async def test_what_becomes_too_late_while_it_is_being_written_is_not_sent(house: House, revises: bool) -> None:
    first = await house.write()
    await house.courier().run_once()

    async def slowly(reading: Reading, letter: Hello) -> Card | None:
        house.clock.advance(hours=2)
        return Card("late", ())

    house.letters = (written(Hello, slowly),)
    not_after = house.clock.now() + timedelta(hours=1)
    delivery = await house.write(not_after=not_after, revises=first.id if revises else None)
    await house.courier().run_once()
    assert await house.ended(delivery) == (FAILED, "too_late")
    assert [post.edits for post in house.chat.posts] == [0]
