"""Acknowledging goes before working; sessions begin at Discord's pace; files are fetched within bounds; the log stays short."""

import asyncio
import logging

import pytest

from adapters.discord.identifying import Identifying
from adapters.discord.telling import Terse, named
from adapters.discord.uploads import fetch
from adapters.discord.working import Working
from bot.errors import Gone, Refused, TryLater
from tests.emulators.discord import DiscordEmulator
from tests.fakes import StoppedClock


async def test_few_are_no_crowd_and_many_are() -> None:
    working = Working()
    answered = [working.arrived() for _ in range(4)]
    assert not working.is_crowded()
    answered.append(working.arrived())
    assert working.is_crowded()
    for one in answered:
        one()
        one()
    await asyncio.sleep(0.15)
    assert not working.is_crowded()
    await working.calm()


async def test_work_waits_for_a_crowd_some_time_at_most() -> None:
    working = Working()
    for _ in range(10):
        working.arrived()
    started = asyncio.get_running_loop().time()
    await working.calm()
    assert asyncio.get_running_loop().time() - started >= 0.4


async def test_so_many_have_their_turn_at_once() -> None:
    working, most, now = Working(places=2), 0, 0

    async def work() -> None:
        nonlocal most, now
        async with working.turn():
            now += 1
            most = max(most, now)
            await asyncio.sleep(0.01)
            now -= 1

    await asyncio.gather(*(work() for _ in range(6)))
    assert most == 2


async def test_what_fails_is_told_by_its_kind_and_what_is_late_is_ended(caplog: pytest.LogCaptureFixture) -> None:
    working, ended = Working(), asyncio.Event()

    async def fails() -> None:
        raise KeyError("Ole Hansen")

    async def never() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            ended.set()
            raise

    working.start("press", fails)
    working.start("press", never)
    await asyncio.sleep(0)
    await working.finish(0.05)
    assert ended.is_set()
    assert "(press, KeyError)" in caplog.messages[0]


async def test_sessions_of_one_bucket_begin_one_after_the_other() -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(round(seconds))

    identifying = Identifying(5.0, sleep)
    identifying.of_buckets(2)
    for shard in (0, 1, 2, 3, 4):
        await identifying.turn(shard)
    assert waited == [5, 5, 10]


async def test_a_file_is_fetched_without_the_token_and_within_bounds() -> None:
    async with DiscordEmulator() as discord:
        made = discord.world.file("r.csv", b"x" * 1000)
        url = f"{discord.world.origin}/attachments/{made.id}/r.csv"
        assert await fetch(url, 1000) == b"x" * 1000
        with pytest.raises(Refused, match="file_too_large"):
            await fetch(url, 999)
        with pytest.raises(Gone):
            await fetch(f"{discord.world.origin}/attachments/1/none.csv", 1000)
        await discord.goes_down()
        with pytest.raises(TryLater):
            await fetch(url, 1000)
        assert discord.problems == []
    with pytest.raises(TryLater):
        await fetch(url, 1000)


def record(said: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    told = (type(error), error, None) if error is not None else None
    return logging.LogRecord("discord.http", logging.WARNING, "", 1, said, args, told)


def test_what_the_library_says_is_told_once_and_without_what_it_is_about(caplog: pytest.LogCaptureFixture) -> None:
    clock = StoppedClock()
    terse = Terse(clock.now)
    limited = "We are being rate limited. %s %s responded with 429. Retrying in %.2f seconds."
    for _ in range(3):
        terse.emit(record(limited, "POST", "https://discord.com/api/webhooks/1/secret", 2.0))
    terse.emit(record("Attempting a reconnect for shard ID %s in %.2fs", 0, 2.0, error=OSError("10.0.0.1")))
    terse.emit(record("Something %s new", "Ole"))
    kinds = [one.split("(")[1] for one in caplog.messages]
    assert kinds == ["rate limited)", "OSError)", "something)"]
    clock.advance(hours=1)
    terse.emit(record(limited, "POST", "x", 2.0))
    terse.stands()
    terse.emit(record(limited, "POST", "x", 2.0))
    assert len(caplog.messages) == 5
    assert "secret" not in caplog.text


def test_an_error_is_named_and_its_text_left_out() -> None:
    assert named(Gone("unknown_message")) == "Gone unknown_message"
    assert named(KeyError("Ole")) == "KeyError"
