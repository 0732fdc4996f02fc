"""Any trouble in any order: whatever Discord does and whenever the service begins again, each message stands there once."""

import asyncio
import contextlib
from random import Random

import pytest

from bot.deliveries.domain import DeliveryState
from tests.adapters.courier_office import Office
from tests.adapters.discord_sending import (
    ADD,
    HISTORY,
    OPEN,
    POST,
    THREAD,
    Scene,
    address,
    card,
    long_card,
    scene,
)
from tests.emulators.discord_faults import Fault

# Quick ones: after a server error the library waits a second before it asks again, and is given up here before.
WRITING = (
    Fault.LOST,
    Fault.LOST,
    Fault.DROPPED,
    Fault.DROPPED,
    Fault.SERVER_ERROR,
    Fault.SERVER_ERROR_AFTER,
    Fault.BAD_GATEWAY,
    Fault.UNAVAILABLE,
    Fault.NONSENSE,
    Fault.LIMITED,
    Fault.LIMITED_GLOBAL,
    Fault.LIMITED_SHARED,
    Fault.BANNED,
)
ROUTES = (POST, HISTORY, OPEN, THREAD, ADD)


def trouble(here: Scene, random: Random, faults: int, spread: int) -> None:
    for _ in range(faults):
        route, fault = random.choice(ROUTES), random.choice(WRITING)
        here.discord.faults.arm(
            route,
            fault,
            skip=random.randrange(spread),
            times=random.randrange(1, 4),
            seconds=random.choice([6, 20, 90]),
        )


@pytest.mark.parametrize("seed", [1, 2, 4, 9, 14, 19])
async def test_any_trouble_in_any_order(seed: int) -> None:
    random = Random(seed)
    async with scene(patience=0.25) as here:
        office = Office(here, long_card(50) if seed % 2 else card())
        people = [here.guild.person(f"P{number}", takes_messages=number % 3 > 0) for number in range(6)]
        channels = [here.guild.channel(f"channel-{number}") for number in range(3)]
        places = [*(f"user:{person.id}" for person in people), *(f"in:{one.id}" for one in channels)]
        deliveries = await office.write(*places, *places)
        trouble(here, random, random.randrange(4, 16), 12)
        if random.random() < 0.3:
            await here.discord.goes_down(refuses=random.random() < 0.5)
        for _ in range(random.randrange(12)):
            await office.once(seconds=random.choice([0.5, 2, 20, 90]))
            if random.random() < 0.4:
                office.begins_again()
        await here.discord.comes_back()
        await office.until_all_ended(2_000)
        met = here.discord.faults.met
        assert await office.ends(deliveries) == [(DeliveryState.SENT, "")] * len(deliveries), met
        for one in deliveries:
            parts = here.parts(str(one.id))
            assert parts == list(range(len(parts))), met
            assert len(parts) == (3 if seed % 2 else 1), met
        assert len(here.nooks()) == 2, met


@pytest.mark.parametrize("seed", [9])
async def test_three_hundred_messages_and_none_is_lost_or_doubled(seed: int) -> None:
    random = Random(seed)
    async with scene(patience=0.25) as here:
        office = Office(here)
        people = [here.guild.person(f"P{number}", takes_messages=number % 10 > 0) for number in range(290)]
        channels = [here.guild.channel(f"channel-{number}") for number in range(10)]
        deliveries = await office.write(
            *(f"user:{person.id}" for person in people), *(f"in:{one.id}" for one in channels)
        )
        trouble(here, random, 60, 300)
        for _ in range(6):
            await office.once(seconds=random.choice([1, 30]))
            office.begins_again()
        await office.until_all_ended(2_000)
        assert await office.ends(deliveries) == [(DeliveryState.SENT, "")] * 300
        assert {here.copies(str(one.id)) for one in deliveries} == {1}
        assert len(here.nooks()) == 29
        assert {len(thread.members) for thread in here.nooks()} == {2}


@pytest.mark.parametrize("seconds", [0.01, 0.03, 0.08])
async def test_a_process_that_is_killed_in_the_middle_of_a_card(seconds: float) -> None:
    async with scene() as here:
        since, to, says = here.clock.now(), address(f"in:{here.general().id}"), long_card(120)
        task = asyncio.create_task(here.chat().post(to, says, "key"))
        await asyncio.sleep(seconds)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        here.clock.advance(hours=1)
        chat = here.chat()
        found = await chat.find(to, "key", since)
        if found is None:
            await chat.post(to, says, "key")
        parts = here.parts("key")
        assert parts == list(range(len(parts)))
        assert len(parts) > 6
