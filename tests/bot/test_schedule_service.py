"""The timekeeper: what came due happens once, whatever else goes wrong."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors import Unavailable
from bot.identity import RoundId, ScheduleId, WorkspaceId, new_id
from bot.introductions.domain import Round, RoundState
from bot.members.domain import WorkspaceOptions
from bot.ports import UnitOfWork
from bot.schedules.domain import CatchUp, Occurrence, OccurrenceState, Schedule, ScheduleKind
from bot.schedules.missed import MOST_AT_ONCE, reason_in_words
from bot.schedules.retention import Retention
from bot.schedules.rules import planned
from bot.schedules.service import Expander, Timekeeper
from bot.words import Languages
from tests.fakes import Memory, StoppedClock

TUESDAYS = "FREQ=WEEKLY;BYDAY=TU"


class Academy:
    """A workspace in memory whose rounds are drawn by a very simple expander."""

    def __init__(self) -> None:
        self.clock = StoppedClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
        self.memory = Memory()
        self.expanded: list[tuple[Schedule, datetime]] = []
        self.broken: set[ScheduleId] = set()
        self.workspace = WorkspaceId(new_id())

    async def open(self) -> "Academy":
        self.workspace = (await self.memory.directory.ensure("local", "Academy", WorkspaceOptions())).id
        return self

    def timekeeper(self, expanders: dict[ScheduleKind, Expander] | None = None) -> Timekeeper:
        every = dict.fromkeys(ScheduleKind, self.draw)
        table = every if expanders is None else expanders
        return Timekeeper(self.memory.units, self.memory.directory, self.clock, table)

    async def draw(self, work: UnitOfWork, schedule: Schedule, now: datetime) -> None:
        number = len(await work.rounds.latest()) + 1
        await work.rounds.add(
            Round(id=RoundId(new_id()), number=number, state=RoundState.DRAFT, seed=number, created_at=now)
        )
        if schedule.id in self.broken:
            raise RuntimeError("Bodil Jensen, 010203-1234, broke it")
        self.expanded.append((schedule, now))

    async def plan(
        self,
        start: str,
        rule: str = "",
        catch_up: CatchUp = CatchUp.ALWAYS,
        *,
        not_after: str = "",
        kind: ScheduleKind = ScheduleKind.FOLLOW_UP,
    ) -> Schedule:
        wall = datetime.fromisoformat(start)
        over = datetime.fromisoformat(not_after) if not_after else None
        schedule = Schedule(ScheduleId(new_id()), kind, "Europe/Copenhagen", wall, rule, catch_up, not_after=over)
        ready = planned(schedule, self.clock.now())
        async with self.memory.units(self.workspace) as work:
            await work.schedules.put(ready)
            await work.commit()
        return ready

    async def now_is(self, schedule: Schedule) -> Schedule | None:
        async with self.memory.units(self.workspace, reading=True) as work:
            return await work.schedules.get(schedule.id)

    async def occurrences(self, schedule: Schedule) -> Sequence[Occurrence]:
        async with self.memory.units(self.workspace, reading=True) as work:
            found = await work.schedules.occurrences(schedule.id)
        return sorted(found, key=lambda occurrence: occurrence.nominal)

    async def all_of(self, schedule: Schedule) -> Sequence[Occurrence]:
        async with self.memory.units(self.workspace, reading=True) as work:
            found = await work.schedules.occurrences(schedule.id, 1_000)
        return sorted(found, key=lambda occurrence: occurrence.nominal)

    async def rounds(self) -> int:
        async with self.memory.units(self.workspace, reading=True) as work:
            return len(await work.rounds.latest())


@pytest.fixture
async def academy() -> Academy:
    return await Academy().open()


async def test_nothing_is_due(academy: Academy) -> None:
    weekly = await academy.plan("2026-03-03T09:00", TUESDAYS)
    assert await academy.timekeeper().tick() == 0
    assert await academy.occurrences(weekly) == []


async def test_what_is_due_happens_and_the_next_time_is_set(academy: Academy) -> None:
    weekly = await academy.plan("2026-03-03T09:00", TUESDAYS)
    academy.clock.set(datetime(2026, 3, 3, 8, 0, 7, tzinfo=UTC))

    assert await academy.timekeeper().tick() == 1

    [(expanded, at)] = academy.expanded
    assert at == academy.clock.now()
    assert expanded.next_at == datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
    [occurrence] = await academy.occurrences(weekly)
    assert (occurrence.nominal, occurrence.state, occurrence.reason) == (
        "2026-03-03T09:00:00",
        OccurrenceState.DONE,
        "",
    )
    assert await academy.now_is(weekly) == expanded
    assert await academy.timekeeper().tick() == 0


async def test_one_time_is_over_after_it(academy: Academy) -> None:
    once = await academy.plan("2026-03-03T09:00")
    academy.clock.advance(days=2)
    assert await academy.timekeeper().tick() == 1
    kept = await academy.now_is(once)
    assert kept is not None
    assert kept.next_at is None


async def test_what_was_missed_several_times_happens_once(academy: Academy) -> None:
    weekly = await academy.plan("2026-03-03T09:00", TUESDAYS)
    academy.clock.advance(days=30)

    assert await academy.timekeeper().tick() == 1

    assert len(academy.expanded) == 1
    *missed, last = await academy.occurrences(weekly)
    assert [one.nominal[:10] for one in missed] == ["2026-03-03", "2026-03-10", "2026-03-17", "2026-03-24"]
    assert all(one.state is OccurrenceState.SKIPPED and "put together" in one.reason for one in missed)
    assert (last.nominal, last.state) == ("2026-03-31T09:00:00", OccurrenceState.DONE)


async def test_each_of_those_that_were_missed_may_happen(academy: Academy) -> None:
    weekly = await academy.plan("2026-03-03T09:00", f"{TUESDAYS};COUNT=3", CatchUp.EACH)
    academy.clock.advance(days=30)

    assert await academy.timekeeper().tick() == 1

    assert [one.state for one in await academy.occurrences(weekly)] == [OccurrenceState.DONE] * 3
    # Only the last one is the last one.
    assert [expanded.next_at is None for expanded, _ in academy.expanded] == [False, False, True]


async def test_after_a_long_stop_only_the_newest_of_each_happen(academy: Academy) -> None:
    hourly = await academy.plan("2026-03-03T09:00", "FREQ=HOURLY", CatchUp.EACH)
    academy.clock.advance(days=3)

    await academy.timekeeper().tick()

    states = [one.state for one in await academy.all_of(hourly)]
    assert states.count(OccurrenceState.DONE) == len(academy.expanded) == MOST_AT_ONCE
    assert states[-MOST_AT_ONCE:] == [OccurrenceState.DONE] * MOST_AT_ONCE
    assert "too many" in (await academy.all_of(hourly))[0].reason


@pytest.mark.parametrize(
    ("kind", "wishes", "done"),
    [
        (ScheduleKind.ROUND, WorkspaceOptions(), 1),
        (ScheduleKind.ROUND, WorkspaceOptions(rounds_missed="never"), 0),
        (ScheduleKind.ROUND, WorkspaceOptions(rounds_missed="within_six_hours"), 0),
        (ScheduleKind.ANNOUNCEMENT, WorkspaceOptions(), 0),
        (ScheduleKind.ANNOUNCEMENT, WorkspaceOptions(announcements_missed="each"), 2),
        (ScheduleKind.ANNOUNCEMENT, WorkspaceOptions(announcements_missed="never"), 0),
        (ScheduleKind.FOLLOW_UP, WorkspaceOptions(rounds_missed="never"), 1),
    ],
)
async def test_the_academy_chooses_what_happens_after_a_stop(
    academy: Academy, kind: ScheduleKind, wishes: WorkspaceOptions, done: int
) -> None:
    missed = await academy.plan("2026-03-03T09:00", f"{TUESDAYS};COUNT=2", kind=kind)
    in_time = await academy.plan("2026-03-13T08:59", kind=kind)
    async with academy.memory.units(academy.workspace) as work:
        await work.vocabulary.set_options(wishes)
        await work.commit()
    academy.clock.set(datetime(2026, 3, 13, 8, 0, tzinfo=UTC))
    await academy.timekeeper().tick()
    states = [one.state for one in await academy.occurrences(missed)]
    assert (len(states), states.count(OccurrenceState.DONE)) == (2, done)
    # What is in time happens whatever was wished.
    assert [one.state for one in await academy.occurrences(in_time)] == [OccurrenceState.DONE]


async def test_nothing_happens_from_the_moment_on_after_which_it_is_over(academy: Academy) -> None:
    reminder = ScheduleKind.CAMP_REMINDER
    once = await academy.plan("2026-03-03T08:45", not_after="2026-03-03T09:00", kind=reminder)
    academy.clock.set(datetime(2026, 3, 3, 8, 0, tzinfo=UTC))

    await academy.timekeeper().tick()

    [occurrence] = await academy.occurrences(once)
    assert (occurrence.state, academy.expanded) == (OccurrenceState.SKIPPED, [])
    words = Languages.load().words("en", ZoneInfo("Europe/Copenhagen"))
    assert reason_in_words(occurrence.reason, words) == "The camp had begun before I could send it."
    kept = await academy.now_is(once)
    assert kept is not None
    assert kept.next_at is None


async def test_until_then_it_happens_however_late(academy: Academy) -> None:
    once = await academy.plan("2026-03-03T08:45", not_after="2026-03-03T09:00", kind=ScheduleKind.CAMP_REMINDER)
    academy.clock.set(datetime(2026, 3, 3, 7, 59, 59, tzinfo=UTC))
    await academy.timekeeper().tick()
    [occurrence] = await academy.occurrences(once)
    assert occurrence.state is OccurrenceState.DONE
    assert reason_in_words(occurrence.reason, Languages.load().words("en", ZoneInfo("UTC"))) == ""


async def test_no_time_is_planned_for_when_it_is_over(academy: Academy) -> None:
    daily = await academy.plan("2026-03-03T09:00", "FREQ=DAILY", not_after="2026-03-05T09:00")
    academy.clock.set(datetime(2026, 3, 4, 8, 0, tzinfo=UTC))
    await academy.timekeeper().tick()
    kept = await academy.now_is(daily)
    assert kept is not None
    assert kept.next_at is None


@pytest.mark.parametrize(
    ("catch_up", "late", "state"),
    [
        (CatchUp.ALWAYS, timedelta(days=300), OccurrenceState.DONE),
        (CatchUp.WITHIN_SIX_HOURS, timedelta(hours=6), OccurrenceState.DONE),
        (CatchUp.WITHIN_SIX_HOURS, timedelta(hours=6, seconds=1), OccurrenceState.SKIPPED),
        (CatchUp.NEVER, timedelta(seconds=40), OccurrenceState.DONE),
        (CatchUp.NEVER, timedelta(minutes=10), OccurrenceState.SKIPPED),
    ],
)
async def test_how_late_is_too_late(
    academy: Academy, catch_up: CatchUp, late: timedelta, state: OccurrenceState
) -> None:
    once = await academy.plan("2026-03-03T09:00", catch_up=catch_up)
    assert once.next_at is not None
    academy.clock.set(once.next_at + late)

    await academy.timekeeper().tick()

    [occurrence] = await academy.occurrences(once)
    assert occurrence.state is state
    assert len(academy.expanded) == (state is OccurrenceState.DONE)
    assert ("too late" in occurrence.reason) == (state is OccurrenceState.SKIPPED)


async def test_the_missing_hour_is_told(academy: Academy) -> None:
    nightly = await academy.plan("2026-03-29T02:30")
    academy.clock.set(datetime(2026, 3, 29, 1, 0, tzinfo=UTC))
    await academy.timekeeper().tick()
    [occurrence] = await academy.occurrences(nightly)
    assert occurrence.state is OccurrenceState.DONE
    assert "clocks went forward" in occurrence.reason


async def test_the_same_nominal_time_never_happens_twice(academy: Academy) -> None:
    weekly = await academy.plan("2026-03-03T09:00", TUESDAYS)
    academy.clock.advance(days=1)
    await academy.timekeeper().tick()
    async with academy.memory.units(academy.workspace) as work:
        await work.schedules.put(weekly)  # as if the zone had put the clocks back
        await work.commit()

    assert await academy.timekeeper().tick() == 1

    assert len(academy.expanded) == 1
    assert len(await academy.occurrences(weekly)) == 1


async def test_a_zone_that_changed_its_mind_only_moves_the_next_time(academy: Academy) -> None:
    weekly = await academy.plan("2026-03-03T09:00", TUESDAYS)
    moved = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)
    async with academy.memory.units(academy.workspace) as work:
        await work.schedules.put(replace(weekly, next_at=moved))
        await work.commit()
    academy.clock.set(moved)

    await academy.timekeeper().tick()

    assert await academy.occurrences(weekly) == []
    assert await academy.now_is(weekly) == weekly


async def test_one_that_fails_is_rolled_back_and_stops_nobody_else(
    academy: Academy, caplog: pytest.LogCaptureFixture
) -> None:
    bad = await academy.plan("2026-03-03T09:00")
    good = await academy.plan("2026-03-03T09:00")
    academy.broken = {bad.id}
    academy.clock.advance(days=1)
    timekeeper = academy.timekeeper()

    assert await timekeeper.tick() == 2

    assert await academy.rounds() == 1
    assert await academy.occurrences(bad) == []
    assert await academy.now_is(bad) == bad
    assert [one.state for one in await academy.occurrences(good)] == [OccurrenceState.DONE]
    assert "RuntimeError at test_schedule_service.py" in caplog.text
    assert "Bodil" not in caplog.text


async def test_one_that_fails_is_tried_again_later_and_later(academy: Academy) -> None:
    bad = await academy.plan("2026-03-03T09:00")
    academy.broken = {bad.id}
    academy.clock.advance(days=1)
    timekeeper = academy.timekeeper()
    assert await timekeeper.tick() == 1
    assert await timekeeper.tick() == 0
    academy.clock.advance(seconds=15)
    assert await timekeeper.tick() == 1
    academy.clock.advance(seconds=15)
    assert await timekeeper.tick() == 0
    for _ in range(12):
        academy.clock.advance(hours=1)
        assert await timekeeper.tick() == 1
    academy.broken = set()
    academy.clock.advance(hours=1)
    assert await timekeeper.tick() == 1
    assert [one.state for one in await academy.occurrences(bad)] == [OccurrenceState.DONE]


async def test_a_kind_that_nobody_expands_waits_for_a_version_that_does(academy: Academy) -> None:
    weekly = await academy.plan("2026-03-03T09:00", TUESDAYS)
    academy.clock.advance(days=1)
    await academy.timekeeper({}).tick()
    assert await academy.occurrences(weekly) == []
    await academy.timekeeper().tick()
    assert len(await academy.occurrences(weekly)) == 1


async def test_schedules_that_cannot_be_read_are_told_and_the_next_tick_tries_again(
    academy: Academy, caplog: pytest.LogCaptureFixture
) -> None:
    await academy.plan("2026-03-03T09:00")
    academy.clock.advance(days=1)

    def out_of_order(workspace: WorkspaceId, *, reading: bool = False) -> AbstractAsyncContextManager[UnitOfWork]:
        raise Unavailable("the database is away")

    timekeeper = Timekeeper(out_of_order, academy.memory.directory, academy.clock, {})
    assert await timekeeper.tick() == 0
    assert "cannot be read: Unavailable" in caplog.text
    assert await academy.timekeeper().tick() == 1


async def test_many_are_due_at_once(academy: Academy, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    schedules = [await academy.plan("2026-03-03T09:00") for _ in range(120)]
    academy.broken = {schedule.id for schedule in schedules[:110]}
    academy.clock.advance(days=1)
    assert await academy.timekeeper().tick() == 120
    assert len(academy.expanded) == 10
    assert "at 2026-03-03T09:00:00: done" in caplog.text


async def test_two_timekeepers_at_once_make_it_once(academy: Academy) -> None:
    schedules = [await academy.plan("2026-03-03T09:00") for _ in range(20)]
    academy.clock.advance(days=1)
    await asyncio.gather(*(academy.timekeeper().tick() for _ in range(3)))
    assert len(academy.expanded) == 20
    assert {schedule.id for schedule, _ in academy.expanded} == {schedule.id for schedule in schedules}


async def test_it_rests_until_the_next_time(academy: Academy) -> None:
    timekeeper = academy.timekeeper()
    assert await timekeeper.rest() == timedelta(seconds=15)
    soon = await academy.plan("2026-03-03T09:00")
    assert await timekeeper.rest() == timedelta(seconds=15)
    assert soon.next_at is not None
    academy.clock.set(soon.next_at - timedelta(seconds=3))
    assert await timekeeper.rest() == timedelta(seconds=3)
    academy.clock.advance(seconds=9)
    assert await timekeeper.rest() == timedelta(seconds=15)


async def test_handled_interactions_are_forgotten_after_two_days(academy: Academy) -> None:
    async with academy.memory.units(academy.workspace) as work:
        assert await work.arrivals.first_time("press-1", academy.clock.now())
        await work.commit()
    retention = Retention(academy.memory.units, academy.memory.directory, academy.clock)
    academy.clock.advance(hours=47)
    assert await retention.tidy() == 0
    academy.clock.advance(hours=2)
    assert await retention.tidy() == 1
