"""Platforms fail in every way: each delivery comes to a named end, once where anybody can tell."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.deliveries.domain import IfInDoubt, ToMember
from bot.deliveries.limits import Limits
from bot.errors import ChatError, Doubtful, Gone, Refused, TryLater
from bot.identity import Address
from bot.messages.elements import Card
from tests.bot.delivering import CANCELLED, DOUBTFUL, FAILED, SENT, WAITING, House
from tests.fake_chat import FakeChat


@pytest.fixture
async def house() -> House:
    return await House().open()


async def test_try_later_waits_as_long_as_the_platform_says_for_the_whole_lane(house: House) -> None:
    first = await house.write(lane="a")
    await house.write(lane="a")
    other = await house.write(lane="b")
    house.chat.fail(TryLater("ratelimited", 30), verb="post")
    await house.courier().run_once()
    assert await house.ended(first) == (WAITING, "TryLater ratelimited")
    assert (await house.ended(other))[0] is SENT
    house.clock.advance(seconds=29)
    assert await house.courier().run_once() == 0
    house.clock.advance(seconds=1)
    assert await house.courier().run_once() == 1
    assert (await house.ended(first))[0] is SENT
    assert "find" not in [verb for verb, _ in house.chat.tries]


async def test_a_doubt_is_asked_about_when_the_platform_can_be_asked(house: House) -> None:
    delivery = await house.write()
    house.chat.fail(Doubtful("http_503", 20), verb="post")
    await house.courier().run_once()
    house.clock.advance(seconds=19)
    assert await house.courier().run_once() == 0
    house.clock.advance(seconds=1)
    assert await house.courier().run_once() == 1
    assert (await house.ended(delivery))[0] is SENT
    assert [verb for verb, _ in house.chat.tries].count("find") == 1


async def test_pauses_grow_with_every_try(house: House) -> None:
    delivery = await house.write()
    house.chat.fail(TryLater("busy"), times=9)
    pauses: list[float] = []
    for _ in range(9):
        assert await house.courier().run_once() == 1
        pauses.append(((await house.now_is(delivery)).not_before - house.clock.now()).total_seconds())
        house.clock.set((await house.now_is(delivery)).not_before)
    assert pauses == [0.5, 1.5, 4.5, 13.5, 40.5, 121.5, 364.5, 600, 600]
    await house.courier().run_once()
    assert (await house.ended(delivery))[0] is SENT
    assert Limits().pause(1, 0) == timedelta(seconds=0.375)
    assert Limits().pause(1, 1) == timedelta(seconds=0.625)


async def test_a_platform_that_never_takes_it_has_its_chances_and_then_no_more(house: House) -> None:
    delivery = await house.write()
    house.chat.fail(TryLater("busy", 36_000), times=9)
    for _ in range(6):
        await house.courier().run_once()
        house.clock.advance(hours=10)
    assert await house.ended(delivery) == (FAILED, "TryLater busy")
    assert (await house.now_is(delivery)).attempts == 6


@pytest.mark.parametrize("error", [Refused("closed"), Gone("archived")])
@pytest.mark.parametrize("verb", ["direct", "post"])
async def test_never_means_never(house: House, error: ChatError, verb: str) -> None:
    anna = await house.member()
    delivery = await house.write(ToMember(anna.id))
    house.chat.fail(error, verb=verb)
    await house.courier().run_once()
    assert await house.ended(delivery) == (FAILED, f"{type(error).__name__} {error}")


@pytest.mark.parametrize("arrived", [True, False])
async def test_after_a_doubt_the_platform_is_asked_before_anything_is_posted(house: House, arrived: bool) -> None:
    house.chat.doubles = True
    delivery = await house.write()
    house.chat.fail(Doubtful("connection lost"), after_storing=arrived, verb="post")
    await house.courier().run_once()
    assert await house.ended(delivery) == (WAITING, "Doubtful")
    assert await house.courier().run_once() == 0  # the answer may still be on its way
    house.clock.advance(seconds=3)
    await house.courier().run_once()
    assert (await house.now_is(delivery)).message == house.chat.posts[0].address
    assert house.chat.copies(str(delivery.id)) == 1
    assert [verb for verb, _ in house.chat.tries] == ["post", "find"] + ["post"] * (not arrived)


async def test_a_platform_that_hangs_is_left_after_its_time(house: House) -> None:
    class Hanging(FakeChat):
        async def post(self, to: Address, card: Card, key: str) -> Address:
            if self.tries.count(("post", key)) == 0:
                await super().post(to, card, key)
                await asyncio.sleep(3600)
            return await super().post(to, card, key)

    hanging = Hanging(house.clock, doubles=True)
    house.speaks_through(hanging)
    house.limits = replace(house.limits, call=timedelta(milliseconds=20))
    delivery = await house.write()
    await house.courier().run_once()
    assert await house.ended(delivery) == (WAITING, "TimeoutError")
    house.clock.advance(minutes=1)
    await house.courier().run_once()
    assert (await house.ended(delivery))[0] is SENT
    assert hanging.copies(str(delivery.id)) == 1


@pytest.mark.parametrize("error", [Doubtful("history is limited"), Refused("missing scope")])
async def test_where_the_platform_cannot_tell_a_person_decides(house: House, error: ChatError) -> None:
    delivery = await house.write()
    house.chat.fail(Doubtful("lost"), after_storing=True, verb="post")
    house.chat.fail(error, verb="find")
    await house.courier().run_once()
    house.clock.advance(seconds=3)
    await house.courier().run_once()
    assert await house.ended(delivery) == (DOUBTFUL, "platform_cannot_tell")


async def test_where_twice_is_better_than_never_it_is_sent_again(house: House) -> None:
    house.chat.blind = house.chat.doubles = True
    delivery = await house.write(if_in_doubt=IfInDoubt.SEND_AGAIN)
    house.chat.fail(Doubtful("lost"), after_storing=True, verb="post")
    await house.courier().run_once()
    house.clock.advance(seconds=3)
    house.chat.fail(TryLater("busy"), verb="post")
    await house.courier().run_once()
    assert await house.ended(delivery) == (WAITING, "TryLater busy")
    house.clock.advance(seconds=3)
    await house.courier().run_once()
    assert (await house.ended(delivery))[0] is SENT
    assert house.chat.copies(str(delivery.id)) == 2


async def test_a_question_that_is_not_answered_is_asked_again(house: House) -> None:
    house.chat.doubles = True
    delivery = await house.write()
    house.chat.fail(Doubtful("lost"), after_storing=True, verb="post")
    await house.courier().run_once()
    house.chat.fail(TryLater("busy", 40), verb="find")
    house.clock.advance(seconds=3)
    await house.courier().run_once()
    assert await house.ended(delivery) == (WAITING, "TryLater busy")
    house.clock.advance(seconds=40)
    await house.courier().run_once()
    assert (await house.ended(delivery))[0] is SENT
    assert house.chat.copies(str(delivery.id)) == 1


async def test_a_doubt_that_is_never_cleared_ends_as_a_doubt(house: House) -> None:
    delivery = await house.write()
    house.chat.fail(Doubtful("lost"), verb="post")
    house.chat.fail(TryLater("busy", 60_000), verb="find", times=9)
    for _ in range(5):
        await house.courier().run_once()
        house.clock.advance(hours=17)
    assert await house.ended(delivery) == (DOUBTFUL, "TryLater busy")


async def test_a_message_that_arrived_counts_even_if_there_is_nothing_to_say_any_more(house: House) -> None:
    arrived = await house.write()
    house.chat.fail(Doubtful("lost"), after_storing=True, verb="post")
    await house.courier().run_once()
    lost = await house.write()
    house.chat.fail(Doubtful("lost"), verb="post")
    await house.courier().run_once()
    house.says = None
    house.clock.advance(seconds=3)
    await house.courier().run_once()
    assert (await house.ended(arrived))[0] is SENT
    assert await house.ended(lost) == (CANCELLED, "nothing_to_say")
    assert len(house.chat.posts) == 1


async def test_nothing_to_say_any_more_and_nobody_can_tell(house: House) -> None:
    house.chat.blind = True
    delivery = await house.write(if_in_doubt=IfInDoubt.SEND_AGAIN)
    house.chat.fail(Doubtful("lost"), verb="post")
    await house.courier().run_once()
    house.says = None
    house.clock.advance(seconds=3)
    await house.courier().run_once()
    assert await house.ended(delivery) == (DOUBTFUL, "nothing_to_say")


async def test_what_is_no_code_of_the_platforms_is_kept_nowhere(house: House) -> None:
    anna = await house.member()
    delivery = await house.write(ToMember(anna.id))
    house.chat.fail(Refused("Anna Berg takes no messages"))
    await house.courier().run_once()
    assert await house.ended(delivery) == (FAILED, "Refused")
