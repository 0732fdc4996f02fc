"""A camp on a real database, from its programme to the day after."""

from pathlib import Path

from bot.camps.domain import CampState
from bot.deliveries.domain import LetterTable
from bot.letters import LETTERS
from storage import upgrade
from tests.camp_talk import an_announced_camp, at, camp_of, edits, notices
from tests.databases import opened, sqlite_url
from tests.introductions_talk import a_small_academy


async def test_a_camp_lives_on_sqlite_from_its_programme_to_the_day_after(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "academy.db")
    await upgrade.make_ready(url)
    async with opened(url, LetterTable.of(row.letter for row in LETTERS)) as storage:
        academy = await an_announced_camp(
            'seats:1 programme:"08.30 Croissant 🌉\n12.00 Lunch / Lia"', academy=await a_small_academy(storage=storage)
        )
        for name in ("Anna", "Bo"):
            await academy[name].presses("Yes, I'm coming")
        told = await edits(academy["Olga"], place="Roskilde")
        await academy["Olga"].presses(told.buttons["Tell 2 people"])
        await academy["Anna"].types("/camp signup no")
        await academy.delivers()
        assert set(notices(academy["Bo"])) == {"Camp 3: something has changed", "There is a seat for you at Camp 3"}
        for moment in ("2026-03-08T08:00:00", "2026-03-20T08:00:00", "2026-03-22T06:00:00", "2026-03-22T07:15:00"):
            academy.clock.advance(seconds=(at(moment) - academy.clock.now()).total_seconds())
            await academy.timekeeper.tick()
            await academy.delivers()
        assert notices(academy["Bo"])[2:] == ["Camp 3 is in 2 days", "Camp 3 is today", "Camp 3 begins at 08:30"]
        assert notices(academy["Carl"]) == ["Are you coming to Camp 3?"]
        academy.clock.advance(hours=9)
        await academy.timekeeper.tick()
        assert (await camp_of(academy)).state is CampState.HELD
