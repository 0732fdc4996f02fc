"""The courier's loop: woken by the alarm, never stopped by trouble, and brought to a calm end."""

import asyncio
from collections.abc import AsyncGenerator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.deliveries.outbox import Claim
from bot.errors import Unavailable
from bot.identity import Address, WorkspaceId
from bot.members.domain import WorkspaceOptions
from bot.messages.elements import Card
from bot.ports import Clock
from tests.bot.delivering import SENT, WAITING, House
from tests.fake_chat import FakeChat
from tests.fake_outbox import MemoryOutbox
from tests.fakes import Memory

_PATIENCE = 20.0  # seconds; nothing here takes as long unless it is broken


@pytest.fixture
async def house() -> House:
    opened = await House().open()
    # So long that only a ring, or something that comes to its end, can be what wakes the courier.
    opened.limits = replace(opened.limits, polls=timedelta(hours=1), call=timedelta(seconds=5))
    return opened


@asynccontextmanager
async def running(house: House) -> AsyncGenerator[asyncio.Event, None]:
    stop = asyncio.Event()
    loop = asyncio.create_task(house.courier().run(stop))
    try:
        yield stop
    finally:
        stop.set()
        async with asyncio.timeout(_PATIENCE):
            await loop


async def until_posted(house: House, number: int) -> None:
    async with asyncio.timeout(_PATIENCE):
        while len(house.chat.posts) < number:  # noqa: ASYNC110 - a platform does not tell us
            await asyncio.sleep(0.005)


async def test_a_ring_wakes_it(house: House) -> None:
    async with running(house):
        await asyncio.sleep(0.02)
        await house.write()
        await until_posted(house, 1)
        await house.write()
        await until_posted(house, 2)


async def test_a_lane_goes_on_when_one_of_its_messages_has_landed(house: House) -> None:
    house.limits = replace(house.limits, at_once=2)
    for number in range(12):
        await house.write(lane=f"lane {number % 3}")
    async with running(house):
        await until_posted(house, 12)


async def test_what_is_due_soon_goes_when_it_is_due(house: House) -> None:
    later = house.clock.now() + timedelta(seconds=0.3)
    await house.write(not_before=later)
    async with running(house):
        await asyncio.sleep(0.05)
        assert house.chat.posts == []
        house.clock.set(later)
        await until_posted(house, 1)


async def test_a_crashs_leftovers_go_as_soon_as_they_are_swept(house: House) -> None:
    delivery = await house.write()
    await house.memory.outbox.claim("crashed", house.clock.now(), timedelta(seconds=60), 9)
    stop = asyncio.Event()
    courier = house.courier()
    loop = asyncio.create_task(courier.run(stop))
    await asyncio.sleep(0.02)
    house.clock.advance(minutes=2)
    assert await courier.sweep() == 1
    await until_posted(house, 1)
    stop.set()
    await loop
    assert (await house.ended(delivery))[0] is SENT


@pytest.mark.parametrize(("error", "told"), [(Unavailable("away"), "Unavailable"), (RuntimeError("odd"), "stumbled")])
async def test_a_database_that_is_away_for_a_while_only_delays(
    house: House, error: Exception, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    away = Away(house.memory, error, times=3)
    house.outbox = away
    house.limits = replace(house.limits, polls=timedelta(milliseconds=10))
    await house.write()
    async with running(house):
        await until_posted(house, 1)
    assert away.times == 0
    assert told in caplog.text


async def test_what_is_in_the_air_lands_before_it_stops(house: House) -> None:
    chat = Slow(house.clock)
    house.speaks_through(chat)
    first, second = await house.write(lane="a"), await house.write(lane="a")
    async with running(house):
        await chat.called.wait()
        asyncio.get_running_loop().call_later(0.05, chat.answers.set)
    assert [(await house.ended(one))[0] for one in (first, second)] == [SENT, WAITING]


async def test_a_ring_while_its_hands_are_full_is_not_forgotten(house: House) -> None:
    chat = Slow(house.clock)
    house.speaks_through(chat)
    house.limits = replace(house.limits, at_once=1)
    await house.write()
    async with running(house):
        await chat.called.wait()
        await house.write()  # rings
        await asyncio.sleep(0.05)
        assert len(chat.posts) == 0
        chat.answers.set()
        await until_posted(house, 2)


async def test_one_academys_flood_leaves_places_for_the_message_of_another(house: House) -> None:
    chat = Slow(house.clock)
    house.speaks_through(chat)
    for number in range(40):
        await house.write(lane=f"lane {number}")
    flooded = house.workspace
    house.workspace = (await house.memory.directory.ensure("team:T2", "Another", WorkspaceOptions())).id
    house.clock.advance(seconds=1)
    own = await house.write()
    async with running(house):
        await until_posted(house, 1)
        assert (await house.ended(own))[0] is SENT
        assert chat.posts == []
        chat.answers.set()
        house.workspace = flooded
        await until_posted(house, 40)


async def test_the_places_kept_apart_fill_one_after_the_other(house: House) -> None:
    chat = Slow(house.clock)
    house.speaks_through(chat)
    house.limits = replace(house.limits, at_once=3)
    await house.write()
    crowded = house.workspace
    async with running(house):
        await chat.called.wait()
        for name in ("team:T2", "team:T3", "team:T4"):
            house.workspace = (await house.memory.directory.ensure(name, name, WorkspaceOptions())).id
            house.speaks_through(other := Slow(house.clock))
            await house.write()
            if name != "team:T4":
                async with asyncio.timeout(_PATIENCE):
                    await other.called.wait()
            other.answers.set()
        await until_posted(house, 1)
        house.workspace = crowded
        chat.answers.set()
        await until_posted(house, 1)


async def test_two_of_another_academy_take_both_places_kept_apart(house: House) -> None:
    chat = Slow(house.clock)
    house.speaks_through(chat)
    house.limits = replace(house.limits, at_once=3)
    for number in range(3):
        await house.write(lane=f"lane {number}")
    house.workspace = (await house.memory.directory.ensure("team:T2", "Another", WorkspaceOptions())).id
    house.clock.advance(seconds=1)
    for number in range(2):
        await house.write(lane=f"lane {number}")
    async with running(house):
        await until_posted(house, 2)
        chat.answers.set()
        async with asyncio.timeout(_PATIENCE):
            while len(chat.posts) < 3:  # noqa: ASYNC110 - a platform does not tell us
                await asyncio.sleep(0.005)


@pytest.mark.parametrize("at_once", [1, 2, 3, 8])
async def test_every_place_is_of_use_whatever_their_number(house: House, at_once: int) -> None:
    house.limits = replace(house.limits, at_once=at_once)
    for number in range(20):
        await house.write(lane=f"lane {number}")
    async with running(house):
        await until_posted(house, 20)


async def test_what_does_not_land_in_time_is_asked_about_by_whoever_is_next(house: House) -> None:
    chat = Slow(house.clock)
    house.speaks_through(chat)
    house.limits = replace(house.limits, stops_within=timedelta(milliseconds=20))
    delivery = await house.write()
    async with running(house):
        await chat.called.wait()
    # Not held until the lease is over: another process takes it at once.
    assert (await house.ended(delivery))[0].value == "waiting"
    chat.answers.set()
    house.clock.advance(seconds=2)
    await house.courier().run_once()
    assert (await house.ended(delivery))[0] is SENT
    assert len(chat.posts) == 1


class Slow(FakeChat):
    """A platform that answers when it is told to."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.called = asyncio.Event()
        self.answers = asyncio.Event()

    async def post(self, to: Address, card: Card, key: str) -> Address:
        self.called.set()
        await self.answers.wait()
        return await super().post(to, card, key)


class Away(MemoryOutbox):
    """An outbox whose database is away for some calls."""

    def __init__(self, memory: Memory, error: Exception, times: int) -> None:
        super().__init__(memory)
        self.error = error
        self.times = times

    async def claim(
        self, owner: str, now: datetime, lease: timedelta, limit: int, *, but_not: Collection[WorkspaceId] = ()
    ) -> Sequence[Claim]:
        if self.times:
            self.times -= 1
            raise self.error
        return await super().claim(owner, now, lease, limit, but_not=but_not)
