"""What was changed and never told is asked about once when the camp is near; that it stands on the organiser's own page is in
``test_home_talk.py``."""

from bot.members.domain import Role
from bot.schedules.retention import Retention
from tests.camp_talk import an_announced_camp, at, edits, notices
from tests.introductions_talk import Academy, a_small_academy

NEAR = "Camp 3 is near: shall those who come hear of this?"


async def looked_after(academy: Academy, moment: str) -> None:
    """The clock is at this moment, and the hour's work is done."""
    academy.clock.advance(seconds=(at(moment) - academy.clock.now()).total_seconds())
    await Retention(academy.memory.units, academy.memory.directory, academy.clock).tidy()
    await academy.delivers()


async def test_it_is_asked_about_once_by_day_when_the_camp_is_near() -> None:
    academy = await an_announced_camp()
    olga = academy["Olga"]
    await academy["Anna"].presses("Yes, I'm coming")
    await edits(olga, place="Roskilde")
    for moment in ("2026-03-15T12:00", "2026-03-20T03:00"):
        await looked_after(academy, moment)
    assert notices(olga) == []
    for moment in ("2026-03-20T09:00", "2026-03-20T10:00", "2026-03-21T12:00"):
        await looked_after(academy, moment)
    assert notices(olga) == [NEAR]
    assert notices(academy["Anna"]) == []
    assert "New place: Roskilde (before: Broparken, Rødovre)" in olga.reads()
    told = await olga.presses("Tell 1 person")
    assert "1 message is on its way." in told.text
    await edits(olga, place="Køge")
    await looked_after(academy, "2026-03-21T12:30")  # still at it
    assert len(notices(olga)) == 1
    await looked_after(academy, "2026-03-21T14:00")
    assert notices(olga)[1:] == [NEAR]


async def test_where_nobody_comes_nobody_is_asked_and_another_organiser_stands_in() -> None:
    academy = await an_announced_camp()
    await edits(academy["Olga"], place="Roskilde")
    await looked_after(academy, "2026-03-20T09:00")
    assert notices(academy["Olga"]) == []
    await academy["Anna"].presses("Yes, I'm coming")
    await academy.change("Bo", role=Role.ORGANISER)
    await academy.change("Olga", role=Role.MEMBER)
    await looked_after(academy, "2026-03-20T10:00")
    assert notices(academy["Olga"]) == []
    assert notices(academy["Bo"]) == [NEAR]


async def test_what_was_told_meanwhile_is_not_asked_about() -> None:
    academy = await an_announced_camp(academy=await a_small_academy())
    olga = academy["Olga"]
    await academy["Anna"].presses("Yes, I'm coming")
    saved = await edits(olga, place="Roskilde")
    academy.clock.advance(seconds=(at("2026-03-20T09:00") - academy.clock.now()).total_seconds())
    await Retention(academy.memory.units, academy.memory.directory, academy.clock).tidy()
    await olga.presses(saved.buttons["Too small to tell"])
    await academy.delivers()
    assert notices(olga) == []
    await edits(olga, place="Køge")
    form = (await olga.types("/camp cancel")).form
    shown = await olga.fills(form, reason="")
    await looked_after(academy, "2026-03-20T11:00")
    assert notices(olga) == [NEAR]
    await olga.presses(shown.buttons["Cancel the camp"])
