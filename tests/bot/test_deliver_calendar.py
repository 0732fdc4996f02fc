"""Deliveries to a calendar of events: as careful as those to people, and without asking whether an earlier try arrived, since
the calendar looks for that itself."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.camps.gathering import Gathering
from bot.deliveries.domain import DeliveryState, ToCalendar
from bot.deliveries.letters import Reading, Said, written
from bot.errors import Doubtful
from bot.identity import Address
from tests.bot.delivering import CANCELLED, FAILED, SENT, Hello, House
from tests.fake_chat import FakeChat

STARTS = datetime(2026, 3, 22, 8, tzinfo=UTC)
CAMP = Gathering("camp", "Camp 3", STARTS, STARTS + timedelta(hours=7), "Rødovre")


@dataclass(slots=True)
class Server(FakeChat):
    events: list[Gathering] = field(default_factory=list[Gathering])

    async def gather(self, gathering: Gathering) -> Address:
        fault = self._begin("gather", gathering.key)
        self.events.append(gathering)
        self._end(fault)
        return Address(self.platform, "event:1")


@pytest.fixture
async def house() -> House:
    house = await House().open()
    house.speaks_through(Server(house.clock))
    house.letters = (written(Hello, _camp),)
    return house


def server(house: House) -> Server:
    assert isinstance(house.chat, Server)
    return house.chat


async def _camp(reading: Reading, letter: Hello) -> Said:
    return CAMP


async def _nothing(reading: Reading, letter: Hello) -> Said:
    return None


async def test_an_event_is_sent_with_its_address(house: House) -> None:
    delivery = await house.write(ToCalendar("web"))
    await house.courier().run_once()
    sent = await house.now_is(delivery)
    assert (sent.state, sent.message) == (SENT, Address("web", "event:1"))
    assert server(house).events == [CAMP]


async def test_after_a_lost_answer_the_calendar_itself_is_asked_again(house: House) -> None:
    house.chat.fail(Doubtful("lost"), after_storing=True, verb="gather")
    delivery = await house.write(ToCalendar("web"))
    await house.courier().run_once()
    house.clock.advance(seconds=10)
    await house.courier().run_once()
    assert (await house.ended(delivery))[0] is SENT
    assert [verb for verb, _ in house.chat.tries] == ["gather", "gather"]


async def test_an_event_goes_to_a_calendar_and_nowhere_else(house: House) -> None:
    to_people = await house.write()
    house.speaks_through(FakeChat(house.clock))
    without = await house.write(ToCalendar("web"))
    elsewhere = await house.write(ToCalendar("slack"))
    await house.courier().run_once()
    for delivery in (to_people, without, elsewhere):
        assert await house.ended(delivery) == (CANCELLED, "no_calendar")


async def test_nothing_to_say_is_nothing_done_whatever_broke_off_before(house: House) -> None:
    first = await house.write(ToCalendar("web"))
    claims = await house.memory.outbox.claim("crashed", house.clock.now(), timedelta(seconds=60), 9)
    assert len(claims) == 1
    house.clock.advance(seconds=61)
    await house.courier().sweep()
    house.letters = (written(Hello, _nothing),)
    second = await house.write(ToCalendar("web"))
    await house.courier().run_once()
    for delivery in (first, second):
        assert await house.ended(delivery) == (CANCELLED, "nothing_to_say")
    assert house.chat.tries == []


@pytest.mark.parametrize("late", [True, False])
async def test_what_took_too_long_is_left_alone(house: House, late: bool) -> None:
    async def slowly(reading: Reading, letter: Hello) -> Said:
        house.clock.advance(seconds=56)
        return CAMP

    house.letters = (written(Hello, slowly),)
    not_after = house.clock.now() + timedelta(seconds=30) if late else None
    delivery = await house.write(ToCalendar("web"), not_after=not_after)
    await house.courier().run_once()
    expected = (FAILED, "too_late") if late else (DeliveryState.SENDING, "")
    assert await house.ended(delivery) == expected
    assert house.chat.tries == []
