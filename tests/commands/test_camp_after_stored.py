"""Stations and what follows a camp, on a real database and with the planner in a process of its own."""

from datetime import timedelta
from pathlib import Path

from adapters.planner import ProcessPlanner
from bot.camps.domain import CampState
from bot.camps.stations.service import StationService
from bot.deliveries.domain import LetterTable
from bot.letters import LETTERS
from storage import upgrade
from tests.databases import opened, sqlite_url
from tests.introductions_talk import words_of
from tests.stations_talk import gathered


async def test_from_the_stations_to_the_figures_on_sqlite(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "academy.db")
    await upgrade.make_ready(url)
    planner = ProcessPlanner()
    async with opened(url, LetterTable.of(row.letter for row in LETTERS)) as storage:
        made = await gathered(9, storage)
        academy = made.academy
        academy.services.camps.stations = StationService(academy.memory.units, academy.clock, planner, patience=60)
        shown = await made.olga.types("/camp stations 3")
        look = await made.olga.presses(shown.buttons["Look at what people get"])
        await made.olga.presses(look.buttons["Post the stations"])
        await academy.delivers()
        groups = await made.groups()
        assert [len(group) for group in groups] == [3, 3, 3]
        for first in groups[0]:
            read = words_of(academy[first].posts()[-1].card)
            assert all(f"{other} Dahl" in read for other in groups[0] - {first})
        await made.changes_camp(state=CampState.HELD)
        academy.clock.set(made.camp.ends_at() + timedelta(hours=18))
        after = await made.olga.types("/camp after Camp 3")
        opened_form = await made.olga.presses(after.buttons["Tick who came"])
        came = tuple(str(academy.ids[first]) for first in made.names[1:])
        after = await made.olga.fills(opened_form.form, came_1=came, other="")
        preview = await made.olga.presses(after.buttons["Ask how it was"])
        await made.olga.presses(preview.buttons["Ask them"])
        await academy.delivers()
        for first in made.names[1:4]:
            form = (await academy[first].presses("Answer")).form
            await academy[first].fills(form, rating="good", goes_on="yes", words=f"Mere {first}")
        after = await made.olga.types("/camp after")
        answers = await made.olga.presses(after.buttons["See the answers"])
        assert "3 of 8 have answered" in answers.text
        assert "3 of them met somebody to go on with." in answers.text
        figures = await made.olga.presses(after.buttons["Figures"])
        assert "Came | 8" in figures.text
        assert "of these for the first time" in figures.text
    planner.close()
