"""What is kept for a while only."""

from datetime import timedelta

import pytest

from bot.identity import Account
from bot.members.domain import WorkspaceOptions
from bot.repositories import Home
from bot.schedules.retention import FROZEN_KEPT, Retention
from tests.fakes import Memory, StoppedClock


async def test_an_academy_that_was_uninstalled_is_erased_after_thirty_days(
    memory: Memory, clock: StoppedClock, caplog: pytest.LogCaptureFixture
) -> None:
    retention = Retention(memory.units, memory.directory, clock)
    leaves, returns, stays = [
        await memory.directory.ensure(f"team:T{number}", f"Akademi {number}", WorkspaceOptions()) for number in range(3)
    ]
    await memory.directory.freeze(leaves.id, clock.now())
    await memory.directory.freeze(returns.id, clock.now())
    clock.advance(days=29)
    await retention.tidy()
    await memory.directory.thaw(returns.id)
    clock.advance(days=1)
    await retention.tidy()
    assert [one.id for one in await memory.directory.every()] == [leaves.id, returns.id, stays.id]
    clock.advance(seconds=1)
    with caplog.at_level("INFO"):
        await retention.tidy()
    assert [one.id for one in await memory.directory.every()] == [returns.id, stays.id]
    assert str(leaves.id) in caplog.text
    assert "Akademi" not in caplog.text
    assert timedelta(days=30) == FROZEN_KEPT


async def test_a_frozen_academy_forgets_its_interactions_like_any_other(memory: Memory, clock: StoppedClock) -> None:
    academy = await memory.directory.ensure("team:T1", "Akademi", WorkspaceOptions())
    async with memory.units(academy.id) as work:
        await work.arrivals.first_time("press-1", clock.now())
        await work.commit()
    await memory.directory.freeze(academy.id, clock.now())
    clock.advance(hours=49)
    assert await Retention(memory.units, memory.directory, clock).tidy() == 1


async def test_a_home_page_that_nobody_opens_is_forgotten(memory: Memory, clock: StoppedClock) -> None:
    academy = await memory.directory.ensure("team:T1", "Akademi", WorkspaceOptions())
    async with memory.units(academy.id) as work:
        await work.homes.put(Home(Account("slack", "U1"), "digest", clock.now()))
        await work.commit()
    retention = Retention(memory.units, memory.directory, clock)
    clock.advance(days=180)
    assert await retention.tidy() == 0
    clock.advance(seconds=1)
    assert await retention.tidy() == 1
