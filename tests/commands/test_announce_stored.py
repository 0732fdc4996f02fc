"""Announcements on a real database, and any order of presses, ticks and crashes: each reader gets each time once."""

import asyncio
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.deliveries.domain import LetterTable
from bot.letters import LETTERS
from bot.members.domain import Role, WorkspaceOptions
from storage import upgrade
from tests.announce_talk import ALL, copies, received, written
from tests.databases import opened, sqlite_url
from tests.introductions_talk import Answer, a_member, a_small_academy, buttons_of

STEPS = st.lists(
    st.sampled_from(("write", "press", "press again", "tick", "deliver", "crash", "wait", "cancel")), max_size=14
)


async def test_an_announcement_lives_on_sqlite_from_the_draft_to_the_ledger(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "academy.db")
    await upgrade.make_ready(url)
    async with opened(url, LetterTable.of(row.letter for row in LETTERS)) as storage:
        academy = await a_small_academy(storage=storage)
        olga = academy["Olga"]
        await written(
            olga, '/announce new "Monday **9** 🌉" repeat:"every monday 09:00" to:sector:business,role:organiser'
        )
        skipped = await olga.presses((await olga.types("/announce cancel")).buttons["Leave out the next"])
        assert "I leave out Monday, 9 March 2026" in skipped.text
        await academy.passes(days=15)
        assert received(academy) == [1, 0, 1, 0, 0]
        told = await olga.types("/announce cancel")
        assert "2 arrived." in told.text
        await olga.presses(told.buttons["End the repetition"])
        assert "Monday 9 🌉 – Cancelled" in (await olga.types("/announce list")).text


@given(STEPS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
async def test_any_order_sends_each_reader_each_announcement_once(steps: list[str]) -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    previews: list[Answer] = []
    for step in [*steps, "tick", "deliver"]:
        match step:
            case "write":
                when = ' when:"in 20 minutes"' if len(previews) % 2 else ""
                previews.append(await olga.types(f'/announce new "Number {len(previews)}"{when}'))
            case "press" | "press again":
                for shown in previews[-2:] if step == "press again" else previews[-1:]:
                    await olga.presses(next(iter(shown.buttons.values())))
            case "tick":
                await academy.timekeeper.tick()
            case "deliver":
                await academy.delivers()
            case "crash":
                claims = await academy.memory.outbox.claim("dead", academy.clock.now(), timedelta(seconds=60), 2)
                assert all(claim.owner == "dead" for claim in claims)
                academy.clock.advance(minutes=2)
            case "wait":
                await academy.passes(minutes=25)
            case _:
                told = await olga.types("/announce cancel")
                if "Cancel" in told.buttons:
                    await olga.presses(told.buttons["Cancel"])
    academy.clock.advance(minutes=2)
    await academy.delivers()
    every = [copies(academy[name]) for name in ALL]
    assert all(sorted(one) == sorted(set(one)) for one in every)
    assert all(sorted(one) == sorted(every[0]) for one in every)


async def test_two_who_answer_at_once_on_a_database_decide_once(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "academy.db")
    await upgrade.make_ready(url)
    async with opened(url, LetterTable.of(row.letter for row in LETTERS)) as storage:
        options = WorkspaceOptions(language="en", announcements_approved=True)
        academy = await a_small_academy(options, storage=storage)
        others = [
            await academy.joins(a_member(name, "Akademiet", "research", role=Role.ORGANISER))
            for name in ("Petra Skov", "Quentin Bay")
        ]
        await written(academy["Olga"], '/announce new "Hello" to:sector:business', "Ask for approval")
        await academy.delivers()
        buttons = [buttons_of(one.posts()[-1].card)["Approve"] for one in others]
        answers = await asyncio.gather(*(one.presses(button) for one, button in zip(others, buttons, strict=True)))
        said = sorted("Thank you, it is approved" in one.text for one in answers)
        assert said == [False, True]
        assert sum("has approved of it already." in one.text for one in answers) == 1
        await academy.passes(minutes=1)
        assert received(academy, "Bo") == [1]
