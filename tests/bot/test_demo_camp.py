"""The camp to come in the demo: whole, nearly full, and the same at every start."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.camps.domain import Answer, Camp, CampState, Reminder, Signup, waiting_list
from bot.demo.camp import look_forward
from bot.demo.cast import ORGANISERS, invited
from bot.members.domain import WorkspaceOptions
from bot.words import Languages
from tests.fakes import Memory

WORDS = Languages.load().words("da", ZoneInfo("Europe/Copenhagen"))
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


async def the_camp(now: datetime = NOW) -> tuple[Camp, list[Signup], set[str]]:
    """The camp of a fresh demo, what was said, and which of the organisers said something."""
    memory = Memory()
    workspace = await memory.directory.ensure("local", "Akademiet", WorkspaceOptions())
    people = invited(now, "da")
    async with memory.units(workspace.id) as work:
        await look_forward(work, people, now, WORDS)
        (camp,) = await work.camps.in_states(tuple(CampState))
        signups = list(await work.camps.signups(camp.id))
    said = {one.member for one in signups if one.answer is not Answer.NONE}
    return camp, signups, {one.roster_id for one in people if one.id in said}.intersection(ORGANISERS)


async def test_the_academy_looks_forward_to_a_camp_that_is_full() -> None:
    camp, signups, organisers = await the_camp()
    away = camp.day - NOW.date()
    assert (camp.day.weekday(), timedelta(days=35) <= away < timedelta(days=42)) == (3, True)
    assert camp.programme[0].title == "Ankomst og croissanter"
    assert len(camp.cases) == 3
    assert set(camp.schedules) >= set(Reminder)
    coming = sum(one.places() for one in signups if one.comes())
    assert coming == camp.capacity
    assert 1 <= len(waiting_list(signups)) <= 6
    assert {one.answer for one in signups} == set(Answer)
    assert any(one.guests for one in signups)
    assert organisers == set()


async def test_it_is_the_same_at_every_start() -> None:
    camp, signups, _ = await the_camp()
    again, others, _ = await the_camp()
    assert again == replace(camp, schedules=again.schedules)
    assert others == signups


async def test_it_is_never_between_the_years() -> None:
    camp, _, _ = await the_camp(datetime(2026, 11, 22, 9, 0, tzinfo=UTC))
    assert f"{camp.day}" == "2027-01-07"
