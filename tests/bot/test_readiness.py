"""Why a process cannot work just now, told to whoever asks; and before it stops, to whoever watches."""

import asyncio
import logging
import subprocess
import sys

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
    left = asyncio.Event()
    with Ending(left.set, within=0.01) as ending, caplog.at_level(logging.INFO, "bot"):
        ending.begin()
        ending.begin()
        async with asyncio.timeout(1):
            await left.wait()
    assert caplog.text.count("Stopping") == 1
    assert "Not everything came to its end" in caplog.text


async def test_what_ends_in_time_is_not_cut_off() -> None:
    left: list[str] = []
    with Ending(lambda: left.append("late"), within=0.01) as ending:
        ending.begin()
    with Ending(lambda: left.append("never")):
        pass
    await asyncio.sleep(0.03)
    assert left == []


def test_a_second_signal_ends_the_process() -> None:
    code = "from bot.stopping import Ending; Ending().at_once()"
    ended = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, timeout=30)
    assert ended.returncode == 143
