"""What is kept for a while only."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.deliveries.forgetting import DONE_KEPT, LANES_KEPT, TRACELESS_KEPT
from bot.identity import Account, IntroId, LineId, MemberId, new_id
from bot.introductions.domain import Line
from bot.members.domain import LinkCode, LinkKind, WorkspaceOptions
from bot.repositories import FormDraft, Home
from bot.schedules.retention import (
    ANSWERERS_KEPT,
    ARRIVALS_KEPT,
    DRAFTS_KEPT,
    FROZEN_KEPT,
    GUESTS_KEPT,
    HOMES_KEPT,
    LANDMARKS_KEPT,
    LINES_KEPT,
    Retention,
)
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


async def test_a_home_that_did_not_come_back_is_taken_from_its_academy(
    memory: Memory, clock: StoppedClock, caplog: pytest.LogCaptureFixture
) -> None:
    academy = await memory.directory.ensure("team:T1", "Akademi", WorkspaceOptions())
    await memory.directory.join(academy.id, "guild:5", "Broen")
    await memory.directory.freeze(academy.id, clock.now(), "team:T1")
    retention = Retention(memory.units, memory.directory, clock)
    clock.advance(days=30)
    await retention.tidy()
    assert await memory.directory.externals(academy.id) == ["team:T1", "guild:5"]
    clock.advance(seconds=1)
    with caplog.at_level("INFO"):
        await retention.tidy()
    assert await memory.directory.externals(academy.id) == ["guild:5"]
    assert "one home less" in caplog.text


async def test_what_is_kept_for_a_while_goes_when_its_time_is_over(memory: Memory, clock: StoppedClock) -> None:
    academy = await memory.directory.ensure("team:T1", "Akademi", WorkspaceOptions())
    account, member, now = Account("slack", "U1"), MemberId(new_id()), clock.now()
    async with memory.units(academy.id) as work:
        await work.landmarks.put("discord", "told", "intent", "1", now)
        await work.landmarks.put("discord", "room", "key", "1", now)
        await work.drafts.put(FormDraft(account, "profile_edit.1", {}, {}, 1, now))
        await work.lines.add(Line(LineId(new_id()), IntroId(new_id()), member, member, "Hello", now))
        await work.codes.put("WDJBMJHT", LinkCode(LinkKind.PROFILE, member, account, now + timedelta(minutes=10)))
        await work.commit()
    retention = Retention(memory.units, memory.directory, clock)
    for days, gone in ((1, 1), (2, 1), (28, 1), (60, 1), (500, 0)):
        clock.advance(days=days)
        assert await retention.tidy() == gone


def test_the_times_in_the_documentation_are_those_in_the_code() -> None:
    told = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8").split("## How long")[1]
    rows = dict(re.findall(r"^\| (\w+)[^|]* \|[^|\d]*(\d+ (?:days|hours))", told, re.MULTILINE))
    kept = {
        "Messages": DONE_KEPT,
        "Edits": TRACELESS_KEPT,
        "Times": DONE_KEPT,
        "Which": ARRIVALS_KEPT,
        "Half": DRAFTS_KEPT,
        "What": HOMES_KEPT,
        "Names": GUESTS_KEPT,
        "Who": ANSWERERS_KEPT,
        "An": FROZEN_KEPT,
    }
    for first_word, time in kept.items():
        number, unit = rows[first_word].split()
        assert timedelta(**{unit: int(number)}) == time, first_word
    assert f"{LINES_KEPT.days} days" in told
    assert f"{LANES_KEPT.days} days" in told
    assert f"{LANDMARKS_KEPT['confirm'].days} days" in told
