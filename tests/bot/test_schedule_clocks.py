"""Clocks that jump, in zones of every sort: nothing happens twice, nothing is lost, and every time is accounted for."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from bot.identity import ScheduleId, WorkspaceId, new_id
from bot.members.domain import WorkspaceOptions
from bot.ports import UnitOfWork
from bot.schedules.domain import CatchUp, Occurrence, OccurrenceState, Schedule, ScheduleKind
from bot.schedules.mending import put_right
from bot.schedules.rules import instant_of, planned
from bot.schedules.service import Timekeeper
from tests.fakes import Memory, StoppedClock

# One of a half, one of three quarters of an hour, a southern one, one without summer time; Samoa left out a day in 2011,
# Brazil gave up its summer time in 2019, Greenland changed its rules in 2023.
ZONES = (
    "Europe/Copenhagen",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "America/Nuuk",
)
RULES = (
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=TU,SA",
    "FREQ=DAILY;BYHOUR=2,14",
    "FREQ=HOURLY;INTERVAL=5",
    "FREQ=DAILY;COUNT=20",
)


@dataclass(slots=True)
class House:
    """One schedule, one clock that may be wrong, and what happened when."""

    clock: StoppedClock
    memory: Memory = field(default_factory=Memory)
    workspace: WorkspaceId = field(default_factory=lambda: WorkspaceId(new_id()))
    happened: list[datetime] = field(default_factory=list[datetime])

    @classmethod
    async def at(cls, now: datetime) -> "House":
        house = cls(StoppedClock(now))
        house.workspace = (await house.memory.directory.ensure("local", "Academy", WorkspaceOptions())).id
        return house

    def timekeeper(self) -> Timekeeper:
        return Timekeeper(self.memory.units, self.memory.directory, self.clock, {ScheduleKind.FOLLOW_UP: self.happens})

    async def happens(self, _work: UnitOfWork, _schedule: Schedule, now: datetime) -> None:
        self.happened.append(now)

    async def plans(self, schedule: Schedule) -> Schedule:
        ready = planned(schedule, self.clock.now() - timedelta(seconds=1))
        async with self.memory.units(self.workspace) as work:
            await work.schedules.put(ready)
            await work.commit()
        return ready

    async def kept(self, schedule: Schedule) -> list[Occurrence]:
        async with self.memory.units(self.workspace, reading=True) as work:
            return list(await work.schedules.occurrences(schedule.id, 10_000))


def a_schedule(start: datetime, rule: str, zone: str, catch_up: CatchUp) -> Schedule:
    wall = start.replace(tzinfo=None)
    return Schedule(ScheduleId(new_id()), ScheduleKind.FOLLOW_UP, zone, wall, rule, catch_up)


JUMPS = st.lists(st.integers(-30, 30), max_size=4)  # hours


@given(
    st.datetimes(datetime(2011, 12, 1), datetime(2035, 12, 1)),  # noqa: DTZ001 - wall time
    st.sampled_from(RULES),
    st.sampled_from(ZONES),
    st.sampled_from(CatchUp),
    JUMPS,
)
def test_however_the_clock_jumps_each_time_happens_once_or_is_told(
    start: datetime, rule: str, zone: str, catch_up: CatchUp, jumps: list[int]
) -> None:
    asyncio.run(_jumping(start, rule, zone, catch_up, jumps))


async def _jumping(start: datetime, rule: str, zone: str, catch_up: CatchUp, jumps: list[int]) -> None:
    begin = start.replace(tzinfo=UTC, minute=0, second=0, microsecond=0)
    house = await House.at(begin)
    schedule = await house.plans(a_schedule(begin, rule, zone, catch_up))
    timekeeper = house.timekeeper()
    true = begin
    for jump in [*jumps, 0, 0]:
        # Three days pass; then the clock is off by so many hours for an hour, and right again.
        for _ in range(12):
            true += timedelta(hours=6)
            house.clock.set(true)
            await timekeeper.tick()
        house.clock.set(true + timedelta(hours=jump))
        await timekeeper.tick()
        true += timedelta(minutes=10)
        house.clock.set(true)
        await timekeeper.tick()
    seen = await house.kept(schedule)
    nominal = Counter(one.nominal for one in seen)
    assert set(nominal.values()) <= {1}
    done = [one for one in seen if one.state is OccurrenceState.DONE]
    assert len(done) == len(house.happened)
    # Whatever the rule says has come to pass or has its reason.
    missing = [
        wall for wall in _wanted(schedule, true) if wall not in nominal and not _is_folded(wall, schedule, nominal)
    ]
    assert not missing
    assert all(one.reason for one in seen if one.state is OccurrenceState.SKIPPED)


def _wanted(schedule: Schedule, until: datetime) -> list[str]:
    """The nominal times by dateutil. Rules below a day run on UTC, and their keys say so."""
    if "HOURLY" in schedule.rule:
        first = instant_of(schedule.start.isoformat(), schedule)
        every = [first + number * timedelta(hours=5) for number in range(200)]
        return [
            at.strftime("%Y-%m-%dT%H:%M:%SZ") for at in every if schedule.next_at and schedule.next_at <= at <= until
        ]
    walls = rrulestr(schedule.rule, dtstart=schedule.start)
    found: list[str] = []
    for wall in walls:
        at = instant_of(wall.isoformat(), schedule)
        if at > until:
            break
        if schedule.next_at is not None and at >= schedule.next_at:
            found.append(wall.isoformat())
    return found


def _is_folded(wall: str, schedule: Schedule, seen: Counter[str]) -> bool:
    """Two wall times of a missing hour, or of a missing day, may be one instant."""
    at = instant_of(wall, schedule)
    return any(instant_of(other, schedule) == at for other in seen)


@pytest.mark.parametrize("catch_up", [CatchUp.WITHIN_SIX_HOURS, CatchUp.ALWAYS, CatchUp.NEVER])
async def test_a_clock_that_was_a_month_ahead_costs_no_more_than_what_it_sent(catch_up: CatchUp) -> None:
    begin = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    house = await House.at(begin)
    schedule = await house.plans(a_schedule(begin + timedelta(hours=2), "FREQ=DAILY", "UTC", catch_up))
    house.clock.set(begin + timedelta(days=30, hours=3))
    await house.timekeeper().tick()
    early = len(house.happened)
    # Right again, in a process that never saw the wrong clock.
    house.clock.set(begin)
    timekeeper = house.timekeeper()
    for _ in range(33):
        await timekeeper.tick()
        house.clock.advance(days=1)
        house.clock.set(house.clock.now().replace(hour=10, minute=0, second=1))
    days = {one.nominal[:10] for one in await house.kept(schedule) if one.state is OccurrenceState.DONE}
    assert len(days) == len(house.happened) == 32
    assert early == (0 if catch_up is CatchUp.NEVER else 1)


async def test_where_nothing_was_wrong_nothing_is_put_right() -> None:
    house = await House.at(datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    schedule = await house.plans(a_schedule(house.clock.now(), "FREQ=DAILY", "UTC", CatchUp.ALWAYS))
    await house.timekeeper().tick()
    assert await put_right(house.memory.units, house.memory.directory, house.clock.now()) == 0
    # An hour ahead, but for something that will not come again.
    once = await house.plans(a_schedule(house.clock.now() + timedelta(minutes=30), "", "UTC", CatchUp.ALWAYS))
    house.clock.advance(hours=1)
    await house.timekeeper().tick()
    right = house.clock.now() - timedelta(minutes=20)
    assert await put_right(house.memory.units, house.memory.directory, right) == 0
    assert len(await house.kept(once)) == len(await house.kept(schedule)) == 1


def test_a_leap_day_comes_when_there_is_one() -> None:
    for zone in ZONES:
        leap = a_schedule(
            datetime.fromisoformat("2024-02-29T09:00"), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", zone, CatchUp.ALWAYS
        )
        last = a_schedule(
            datetime.fromisoformat("2024-02-29T09:00"), "FREQ=MONTHLY;BYMONTHDAY=-1", zone, CatchUp.ALWAYS
        )
        found = planned(leap, datetime(2026, 3, 1, tzinfo=UTC)).next_at
        assert found == instant_of("2028-02-29T09:00:00", leap)
        assert planned(last, datetime(2027, 2, 20, tzinfo=UTC)).next_at == instant_of("2027-02-28T09:00:00", last)
