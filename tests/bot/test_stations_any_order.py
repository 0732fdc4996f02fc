"""Whatever is done to stations, and in whatever order: everybody who is at one is at exactly one."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.camps.domain import Answer
from bot.camps.stations.domain import Station, StationPlan, numbered_alike, touched
from bot.camps.stations.seeing import StationsView
from bot.camps.stations.service import Posted, StationService
from bot.camps.stations.workshop import StillPlanning
from bot.errors import Sorry, phrase
from bot.identity import CampId, MemberId, WorkspaceId, new_id
from bot.matching.domain import Candidate, Meeting, Weights
from bot.matching.meanings.knowledge import Knowledge
from bot.matching.planner import ThreadPlanner
from bot.matching.rules import WrongInput
from bot.matching.stations.domain import Seating, Stations, WishesMet
from bot.matching.stations.domain import Station as Group
from tests.stations_talk import Gathered, gathered

PEOPLE = [MemberId(new_id()) for _ in range(7)]
MANY = 6

people = st.sampled_from(PEOPLE)


@st.composite
def plans(draw: st.DrawFn, least: int = 1) -> StationPlan:
    count = draw(st.integers(least, 4))
    seats = draw(st.lists(st.integers(0, count), min_size=len(PEOPLE), max_size=len(PEOPLE)))
    known = draw(st.lists(st.integers(0, count), min_size=len(PEOPLE), max_size=len(PEOPLE)))
    stations, told = (
        tuple(
            Station(tuple(sorted(member for member, seat in zip(PEOPLE, some, strict=True) if seat == number)))
            for number in range(1, count + 1)
        )
        for some in (seats, known)
    )
    at = datetime(2026, 3, 2, tzinfo=UTC)
    return StationPlan(CampId(new_id()), 1, stations, at, told=told, told_at=at, version=1)


def once(stations: Sequence[Station]) -> list[MemberId]:
    """Those who are at a station; fails where somebody is at two."""
    seated = [member for station in stations for member in station.members]
    assert len(seated) == len(set(seated))
    assert all(list(station.members) == sorted(station.members) for station in stations)
    return seated


@given(plans(), people, people, st.integers(1, 4))
def test_moves_and_swaps_lose_nobody(plan: StationPlan, one: MemberId, other: MemberId, number: int) -> None:
    number = min(number, len(plan.stations))
    assert set(once(plan.moved(one, number).stations)) == {*plan.members(), one}
    if one in plan.members() and other in plan.members():
        assert set(once(plan.swapped(one, other).stations)) == set(plan.members())
    assert set(once(plan.turned_lock(number).stations)) == set(plan.members())
    assert once(plan.freed().stations) == once(plan.stations)


@given(plans(), people, people)
def test_who_leaves_or_becomes_another_stands_nowhere(plan: StationPlan, one: MemberId, other: MemberId) -> None:
    wished = plan.joined((one, PEOPLE[0])).parted((one, PEOPLE[1])) if one not in PEOPLE[:2] else plan
    assert not wished.without(one).names(one)
    if one != other:
        given_away = wished.given(one, other)
        assert not given_away.names(one)
        assert set(once(given_away.stations)) == {other if who == one else who for who in plan.members()}
        once(given_away.told)
        assert all(first != second for first, second in (*given_away.together, *given_away.apart))


@given(plans())
def test_everybody_is_told_what_is_new_to_them_and_nothing_else(plan: StationPlan) -> None:
    changes = touched(plan.told, plan.stations)
    parts = (changes.placed, changes.beside, changes.out)
    assert sum(map(len, parts)) == len({who for part in parts for who in part})
    before = {who: (n, station.members) for n, station in enumerate(plan.told) for who in station.members}
    now = {who: (n, station.members) for n, station in enumerate(plan.stations) for who in station.members}
    for who in PEOPLE:
        told = who in {who for part in parts for who in part}
        assert told == (before.get(who) != now.get(who))
    assert plan.posted(plan.made_at).is_told()
    assert not any((again := touched(plan.stations, plan.stations)).placed + again.beside + again.out)


@given(plans(), st.permutations(range(4)))
def test_groups_that_come_again_keep_their_number(plan: StationPlan, order: Sequence[int]) -> None:
    groups = [station.members for station in plan.told]
    mixed = [groups[place] for place in order if place < len(groups)]
    named = numbered_alike(plan.told, mixed)
    assert sorted(map(tuple, named)) == sorted(groups)
    assert [tuple(group) for group in named if group] == [group for group in groups if group] or any(
        not group for group in groups
    )


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("plan"), st.integers(1, 3), st.just(0)),
        st.tuples(st.just("redraw"), st.just(0), st.just(0)),
        st.tuples(st.just("lock"), st.integers(1, 3), st.just(0)),
        st.tuples(st.just("move"), st.integers(0, MANY - 1), st.integers(1, 3)),
        st.tuples(st.sampled_from(["swap", "together", "apart"]), st.integers(0, MANY - 1), st.integers(0, MANY - 1)),
        st.tuples(st.sampled_from(["free", "fit", "post"]), st.just(0), st.just(0)),
        st.tuples(st.sampled_from(["comes", "goes"]), st.integers(0, MANY - 1), st.just(0)),
    ),
    min_size=2,
    max_size=9,
)


class Dealing(ThreadPlanner):
    """Deals people out like cards: what the real planner does has tests of its own, and takes longer."""

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
        del history, asked, weights, known
        if count > len(members):
            raise WrongInput(phrase("There has to be at least one group."))
        mixed = sorted(members, key=lambda one: hash((one.id, seed)))
        groups = [Group(place + 1, tuple(one.id for one in mixed[place::count]), {}, 0.0, 0) for place in range(count)]
        return Stations(tuple(groups), (), 0.0, 0.0, optimal=True, uneven=0, together=(), colleagues=(), repeats=0,
                        wishes=WishesMet(), ranks=())  # fmt: skip


@settings(max_examples=40)
@given(STEPS)
def test_any_order_of_presses_keeps_everybody_at_one_station(steps: list[tuple[str, int, int]]) -> None:
    asyncio.run(_pressed(steps))


async def _pressed(steps: list[tuple[str, int, int]]) -> None:
    made = await gathered(MANY)
    academy, camp, there = made.academy, made.camp.id, made.academy.workspace
    service = StationService(academy.memory.units, academy.clock, Dealing(), patience=60)
    ids = [academy.ids[first] for first in made.names]
    coming = set(ids)
    view = await service.plan(there, camp, 2, made.olga.id)
    fitted = True
    presses = _presses(service, there, camp, ids, made.olga.id)
    for what, one, other in steps:
        assert isinstance(view, StationsView)
        try:
            if what in {"comes", "goes"}:
                await _signs(made, one, comes=what == "comes")
                coming = coming | {ids[one]} if what == "comes" else coming - {ids[one]}
                fitted = False
                view = await service.look(there, camp)
            else:
                count = len(view.plan.stations)
                view = await presses[what](view.plan.revision, one, other)
                fitted = fitted or what in {"redraw", "fit"} or (what == "plan" and one != count)
        except Sorry:
            view = await service.look(there, camp)
        assert isinstance(view, StationsView)
        seated = once((await made.plan()).stations)
        if fitted and coming:
            assert set(seated) == coming
        assert set(view.missing) == coming - set(seated)
        assert set(view.gone) == set(seated) - coming


Shown = StationsView | StillPlanning
Pressed = Callable[[int, int, int], Awaitable[Shown]]


def _presses(
    service: StationService, there: WorkspaceId, camp: CampId, ids: Sequence[MemberId], olga: MemberId
) -> dict[str, Pressed]:
    """What each step presses, with the revision that was seen."""

    async def post(revision: int, _one: int, _other: int) -> Shown:
        done = await service.post(there, camp, revision)
        assert isinstance(done, Posted)
        return done.view

    async def fit(revision: int, _one: int, _other: int) -> Shown:
        return await service.fit(there, camp, revision)

    return {
        "plan": lambda _revision, one, _other: service.plan(there, camp, one, olga),
        "redraw": lambda revision, _one, _other: service.redraw(there, camp, revision, olga),
        "lock": lambda revision, one, _other: service.lock(there, camp, revision, one),
        "move": lambda revision, one, other: service.move(there, camp, revision, ids[one], other),
        "swap": lambda revision, one, other: service.swap(there, camp, revision, (ids[one], ids[other])),
        "together": lambda revision, one, other: service.together(there, camp, revision, (ids[one], ids[other])),
        "apart": lambda revision, one, other: service.apart(there, camp, revision, (ids[one], ids[other]), olga),
        "free": lambda revision, _one, _other: service.free(there, camp, revision),
        "fit": fit,
        "post": post,
    }


async def _signs(made: Gathered, number: int, *, comes: bool) -> None:
    await made.signs(made.names[number], Answer.YES if comes else Answer.NO)


@pytest.mark.parametrize("seats", [(3, 3), (6, 0)])
def test_a_plan_without_a_change_is_told(seats: tuple[int, int]) -> None:
    first, second = PEOPLE[: seats[0]], PEOPLE[seats[0] : sum(seats)]
    at = datetime(2026, 3, 2, tzinfo=UTC)
    plan = StationPlan(CampId(new_id()), 1, (Station(tuple(first)), Station(tuple(second), locked=True)), at)
    posted = plan.posted(at)
    assert posted.is_told()
    assert not plan.is_told()
    assert replace(posted, stations=posted.stations[::-1]).is_told() is (first == second)
