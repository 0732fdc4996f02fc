"""Why a process cannot work just now, told to whoever asks; and before it stops, to whoever watches."""

import asyncio
import logging

import pytest

from bot.readiness import NO_DATABASE, STOPPING, Readiness
from bot.stopping import Ending
from tests.fakes import StoppedClock


class House:
    """What may be wrong."""

    def __init__(self, clock: StoppedClock) -> None:
        self.has_database = True
        self.hangs = False
        self.trouble = ""
        self.ready = Readiness(self.database, clock)
        self.ready.watch(lambda: self.trouble)

    async def database(self) -> bool:
        if self.hangs:
            await asyncio.Event().wait()
        return self.has_database


@pytest.fixture
def house(clock: StoppedClock) -> House:
    return House(clock)


async def test_each_reason_is_told(house: House) -> None:
    assert list(await house.ready.reasons()) == []
    house.trouble = "discord: DISCORD_TOKEN is not known any more"
    assert list(await house.ready.reasons()) == [house.trouble]
    assert list(await house.ready.reasons(platforms=False)) == []
    house.has_database = False
    assert list(await house.ready.reasons()) == [NO_DATABASE, house.trouble]


async def test_a_database_that_does_not_answer_in_time_is_away(house: House) -> None:
    house.hangs = True
    assert list(await Readiness(house.database, StoppedClock(), patience=0.01).reasons()) == [NO_DATABASE]


async def test_where_nobody_watches_nobody_is_waited_for(house: House, clock: StoppedClock) -> None:
    async with asyncio.timeout(0.1):
        await house.ready.heard()
    await house.ready.reasons()
    clock.advance(seconds=31)
    house.ready.stop()
    async with asyncio.timeout(0.1):
        await house.ready.heard()


async def test_whoever_watches_is_told_before_the_end(house: House) -> None:
    await house.ready.reasons()
    house.ready.stop()
    heard = asyncio.create_task(house.ready.heard())
    await asyncio.sleep(0.05)
    assert not heard.done()
    assert list(await house.ready.reasons()) == [STOPPING]
    async with asyncio.timeout(1.5):
        await heard


async def test_what_takes_too_long_is_left(caplog: pytest.LogCaptureFixture) -> None:
    left: asyncio.Queue[int] = asyncio.Queue()
    with Ending(left.put_nowait, within=0.01) as ending, caplog.at_level(logging.INFO, "bot"):
        ending.begin()
        ending.begin()
        async with asyncio.timeout(1):
            assert await left.get() == 143
    assert caplog.text.count("Stopping") == 1
    assert "Not everything came to its end" in caplog.text


async def test_what_ends_in_time_is_not_cut_off() -> None:
    left: list[int] = []
    with Ending(left.append, within=0.01) as ending:
        ending.begin()
    with Ending(left.append):
        pass
    await asyncio.sleep(0.03)
    assert left == []


def test_whoever_does_not_want_to_wait_need_not(caplog: pytest.LogCaptureFixture) -> None:
    left: list[int] = []
    Ending(left.append).at_once()
    assert left == [143]
    assert "Stopped at once" in caplog.text
