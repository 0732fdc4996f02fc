"""A plan that takes longer than anybody waits in silence: they see how far it is, look again, or are told."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.camps.stations.service import StationService
from bot.camps.stations.workshop import StillPlanning, Workshop
from bot.errors import phrase
from bot.matching.domain import Candidate, Meeting, Weights
from bot.matching.meanings.knowledge import Knowledge
from bot.matching.planner import ThreadPlanner
from bot.matching.rules import WrongInput
from bot.matching.stations.domain import Seating, Stations
from tests.introductions_talk import selects_of, words_of
from tests.stations_talk import Gathered, gathered


class Pondering(ThreadPlanner):
    """A planner that thinks until it is told to go on."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()
        self.refuses = False

    async def stations(
        self,
        members: Sequence[Candidate],
        count: int,
        history: Sequence[Meeting],
        *,
        seed: int,
        asked: Seating,
        weights: Weights,
        known: Knowledge | None = None,
    ) -> Stations:
        await self.go_on.wait()
        if self.refuses:
            raise WrongInput(phrase("There has to be at least one group."))
        return await super().stations(members, count, history, seed=seed, asked=asked, weights=weights, known=known)


@pytest.fixture
async def made() -> Gathered:
    return await gathered(9)


@pytest.fixture
def planner(made: Gathered) -> Pondering:
    planner = Pondering()
    academy = made.academy
    academy.services.camps.stations = StationService(academy.memory.units, academy.clock, planner, patience=0.01)
    return planner


async def thought_over(made: Gathered) -> None:
    """Until the plan is kept."""
    for _ in range(2000):
        async with made.academy.memory.units(made.academy.workspace, reading=True) as work:
            if await work.stations.get(made.camp.id) is not None:
                return
        await asyncio.sleep(0.005)
    raise AssertionError("the plan is never ready")


async def test_who_looks_again_sees_how_far_it_is_and_then_the_stations(made: Gathered, planner: Pondering) -> None:
    shown = await made.olga.types("/camp stations 3")
    assert "I am planning the stations" in shown.text
    assert "9 people, and I have been looking for 0 seconds." in shown.text
    assert "░" in shown.text
    again = await made.olga.presses(shown.buttons["Look again"])
    assert again.replaced
    assert "I am planning the stations" in again.text
    assert "I am planning the stations" in (await made.olga.types("/camp stations 2")).text
    planner.go_on.set()
    await thought_over(made)
    made.academy.services.camps.stations.workshop.patience = 5.0
    ready = await made.olga.presses(shown.buttons["Look again"])
    assert "3 stations · 9 people" in ready.text
    made.academy.clock.advance(seconds=60)
    await made.academy.delivers()
    assert not made.olga.posts()


async def test_who_does_not_look_is_told(made: Gathered, planner: Pondering) -> None:
    await made.olga.types("/camp stations 3")
    planner.go_on.set()
    await thought_over(made)
    await made.academy.delivers()
    assert not made.olga.posts()
    made.academy.clock.advance(seconds=10)
    await made.academy.delivers()
    assert "The stations for Camp 3 are ready" in words_of(made.olga.posts()[-1].card)
    shown = await made.olga.presses("Look at the stations")
    assert "3 stations · 9 people" in shown.text


async def test_what_goes_wrong_is_told_to_who_looks(made: Gathered, planner: Pondering) -> None:
    planner.refuses = True
    shown = await made.olga.types("/camp stations 3")
    planner.go_on.set()
    made.academy.services.camps.stations.workshop.patience = 5.0
    again = await made.olga.presses(shown.buttons["Look again"])
    assert "There has to be at least one group." in again.text


async def test_a_house_that_closes_gives_up(made: Gathered, planner: Pondering) -> None:
    shown = await made.olga.types("/camp stations 3")
    await made.academy.services.camps.stations.close()
    again = await made.olga.presses(shown.buttons["Look again"])
    assert "There are no stations for that camp yet" in again.text
    assert not planner.go_on.is_set()


async def test_while_it_is_planned_nothing_else_is_done_and_nothing_undone(made: Gathered, planner: Pondering) -> None:
    planner.go_on.set()
    service = made.academy.services.camps.stations
    service.workshop.patience = 60.0
    first = await made.olga.types("/camp stations 3")
    look = await made.olga.presses(first.buttons["Look at what people get"])
    planner.go_on.clear()
    service.workshop.patience = 0.01
    waits = await made.olga.presses(first.buttons["Draw again"])
    assert "I am planning the stations" in waits.text
    assert "I am planning the stations" in (await made.olga.presses(first.buttons["Draw again"])).text
    assert "I am planning the stations" in (await made.olga.presses(first.buttons["Look at what people get"])).text
    assert "I am planning the stations" in (await made.olga.presses(first.buttons["As a file"])).text
    form = await made.olga.presses(first.buttons["Move, swap, keep together …"])
    assert "I am still planning the stations." in form.text
    posted = await made.olga.presses(look.buttons["Post the stations"])
    assert "The stations are on their way" in posted.text
    before = await made.plan()
    planner.go_on.set()
    service.workshop.patience = 60.0
    shown = await made.olga.presses(waits.buttons["Look again"])
    assert "people know of them" in shown.text
    assert await made.plan() == before
    assert (
        "Somebody has changed the stations meanwhile"
        in (await made.olga.presses(look.buttons["Post the stations"])).text
    )
    locked = await made.olga.chooses(selects_of(first.card)[0], "1")
    assert "Somebody has changed the stations meanwhile" in locked.text


async def test_another_process_knows_of_it_too(made: Gathered, planner: Pondering) -> None:
    academy = made.academy
    ours = academy.services.camps.stations
    shown = await made.olga.types("/camp stations 3")
    academy.services.camps.stations = theirs = StationService(
        academy.memory.units, academy.clock, planner, patience=0.01
    )
    assert "I am planning the stations" in (await made.olga.presses(shown.buttons["Look again"])).text
    assert "I am planning the stations" in (await made.olga.types("/camp stations 3")).text
    planner.go_on.set()
    await thought_over(made)
    ready = await made.olga.presses(shown.buttons["Look again"])
    assert "3 stations · 9 people" in ready.text
    academy.clock.advance(seconds=60)
    await academy.delivers()
    assert not made.olga.posts()
    planner.go_on.clear()
    assert "I am planning the stations" in (await made.olga.presses(ready.buttons["Draw again"])).text
    academy.services.camps.stations = ours
    assert "I am planning the stations" in (await made.olga.presses(ready.buttons["Draw again"])).text
    academy.clock.advance(seconds=61)
    assert "3 stations · 9 people" in (await made.olga.presses(shown.buttons["Look again"])).text
    await theirs.close()


async def test_what_is_ready_in_the_very_moment_is_not_in_the_making(made: Gathered) -> None:
    workshop = Workshop(made.academy.memory.units, made.academy.clock, patience=0.0)
    there, camp = made.academy.workspace, made.camp.id
    done = asyncio.Event()

    async def make() -> None:
        async with made.academy.memory.units(there):
            done.set()

    async with made.academy.memory.units(there):
        workshop.begin(there, camp, 9, make)
        late = asyncio.create_task(workshop.busy(there, camp))
        await asyncio.sleep(0)
        await asyncio.sleep(0.01)
    assert isinstance(await late, StillPlanning)
    assert done.is_set()
    assert await workshop.busy(there, camp) is None
    assert await workshop.busy(there, camp) is None


async def test_what_nobody_waits_for_is_given_up_too(made: Gathered, planner: Pondering) -> None:
    stations = made.academy.services.camps.stations
    stations.workshop.begin(made.academy.workspace, made.camp.id, 9, planner.go_on.wait)
    await stations.close()
    assert await stations.workshop.busy(made.academy.workspace, made.camp.id) is None
