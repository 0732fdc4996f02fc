"""Our own trouble: errors in the code, crashes, leases that run out, a database that is away."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.deliveries.domain import DeliveryState, ToIntroRoom, ToPlace
from bot.deliveries.letters import Reading, written
from bot.deliveries.traces import trace_of
from bot.errors import Unavailable
from bot.identity import Address
from bot.messages.elements import Card
from tests.bot.delivering import CHANNEL, FAILED, SENT, WAITING, Broken, Forgetful, Hello, House
from tests.fake_chat import FakeChat


@pytest.fixture
async def house() -> House:
    return await House().open()


async def test_trouble_of_our_own_is_retried_and_then_given_up_without_telling_what_somebody_wrote(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    broken = await house.write(letter=Broken(), lane="a")
    fine = await house.write(lane="b")
    for _ in range(8):
        await house.courier().run_once()
        house.clock.advance(minutes=15)
    assert await house.ended(broken) == (FAILED, "unexpected LookupError")
    assert (await house.ended(fine))[0] is SENT
    assert "LookupError at delivering.py" in caplog.text
    assert "Bodil" not in caplog.text
    assert "hello, everybody" not in caplog.text


async def test_a_busy_platform_does_not_count_against_our_own_trouble(house: House) -> None:
    delivery = await house.write(letter=Broken())
    record = house.memory.books(house.workspace).deliveries[delivery.id]
    house.memory.books(house.workspace).deliveries[delivery.id] = replace(
        record, delivery=replace(record.delivery, attempts=50, error="TryLater")
    )
    await house.courier().run_once()
    assert await house.ended(delivery) == (WAITING, "unexpected LookupError")
    house.clock.advance(minutes=15)
    await house.courier().run_once()
    assert await house.ended(delivery) == (FAILED, "unexpected LookupError")


async def test_trouble_after_posting_is_a_doubt(house: House) -> None:
    class Clumsy(FakeChat):
        async def post(self, to: Address, card: Card, key: str) -> Address:
            address = await super().post(to, card, key)
            if len(self.posts) == 1 and len(self.tries) == 1:
                raise KeyError("ts")
            return address

    clumsy = Clumsy(house.clock, doubles=True)
    house.speaks_through(clumsy)
    delivery = await house.write()
    await house.courier().run_once()
    house.clock.advance(seconds=3)
    await house.courier().run_once()
    assert (await house.ended(delivery))[0] is SENT
    assert clumsy.copies(str(delivery.id)) == 1


async def test_a_crash_while_sending_is_asked_about_after_the_lease(house: House) -> None:
    house.chat.doubles = True
    arrived, lost = await house.write(), await house.write()
    claims = await house.memory.outbox.claim("crashed", house.clock.now(), timedelta(seconds=60), 9)
    assert len(claims) == 2
    await house.chat.post(CHANNEL, Card("hello", ()), str(arrived.id))
    assert await house.courier().sweep() == 0
    house.clock.advance(seconds=61)
    assert await house.courier().sweep() == 2
    assert await house.courier().run_once() == 2
    assert [(await house.ended(one))[0] for one in (arrived, lost)] == [SENT, SENT]
    assert [house.chat.copies(str(one.id)) for one in (arrived, lost)] == [1, 1]


@pytest.mark.parametrize("kind", ["post", "edit", "room"])
async def test_nothing_is_sent_once_the_lease_is_nearly_over(house: House, kind: str) -> None:
    first = await house.write()
    await house.courier().run_once()
    anna, bo = await house.member("Anna"), await house.member("Bo")
    intro = await house.intro(anna, bo)
    house.chat.tries.clear()

    async def frozen(reading: Reading, letter: Hello) -> Card | None:
        house.clock.advance(seconds=56)
        return Card("late", ())

    house.letters = (written(Hello, frozen),)
    target = ToIntroRoom(intro.id) if kind == "room" else ToPlace(CHANNEL)
    delivery = await house.write(target, revises=first.id if kind == "edit" else None)
    await house.courier().run_once()
    assert (await house.ended(delivery))[0] is DeliveryState.SENDING
    assert house.chat.tries == []


async def test_an_outcome_that_cannot_be_written_down_is_found_out_after_the_lease(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.chat.doubles = True
    delivery = await house.write()
    for error in (Unavailable("away"), RuntimeError("odd")):
        house.outbox = Forgetful(house.memory, error)
        await house.courier().run_once()
        house.outbox = house.memory.outbox
        assert (await house.ended(delivery))[0] is DeliveryState.SENDING
        house.clock.advance(seconds=61)
        await house.courier().sweep()
    assert "not recorded: Unavailable" in caplog.text
    assert "not recorded: RuntimeError at" in caplog.text
    await house.courier().run_once()
    assert (await house.ended(delivery))[0] is SENT
    assert house.chat.copies(str(delivery.id)) == 1


def test_a_trace_names_the_place_and_no_word() -> None:
    assert trace_of(ValueError("Bodil")) == "ValueError"
