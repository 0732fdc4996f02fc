"""When things come due: against dateutil over ten years, in zones whose clocks do all that clocks do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotUnderstood
from bot.identity import ScheduleId, new_id
from bot.schedules.domain import Schedule, ScheduleKind
from bot.schedules.rules import Due, came_due, next_after, note_on, planned, read_rule, read_zone

COPENHAGEN = "Europe/Copenhagen"
# Samoa left out a day in 2011, Brazil gave up its summer time in 2019: ten years are looked at from either of two.
ZONES = (COPENHAGEN, "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo")
YEARS = st.sampled_from([2011, 2026])
MINUTE = timedelta(minutes=1)


def a_schedule(start: str, rule: str = "", zone: str = COPENHAGEN, next_at: datetime | None = None) -> Schedule:
    wall = datetime.fromisoformat(start)
    return Schedule(ScheduleId(new_id()), ScheduleKind.ROUND, zone, wall, rule, next_at=next_at)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def first_moment_on_the_wall(nominal: datetime, zone: str) -> datetime:
    """Another way to say it: the first moment at which the clock on the wall shows this time, or a later one."""
    there = tz.gettz(zone)
    assert there is not None
    if tz.datetime_exists(nominal, there):
        return nominal.replace(tzinfo=there, fold=0).astimezone(UTC)
    moment = nominal.replace(tzinfo=UTC) - timedelta(hours=40)
    while moment.astimezone(there).replace(tzinfo=None) < nominal:
        moment += MINUTE
    return moment


def upcoming(schedule: Schedule, after: datetime, number: int) -> list[Due]:
    found: list[Due] = []
    while len(found) < number and (due := next_after(schedule, found[-1].at if found else after)) is not None:
        found.append(due)
    return found


RULES = st.sampled_from(
    [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=WEEKLY;BYDAY=TU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,WE",
        "FREQ=MONTHLY;BYDAY=-1SU",
        "FREQ=MONTHLY;BYDAY=2SU",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=3,10,11,4;BYDAY=-1SU,1SU,2SU",
        "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=0,30",
        "FREQ=WEEKLY;COUNT=40",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=DAILY;UNTIL=20300330T020000",
    ]
)
WALL_TIMES = st.builds(
    lambda year, day, hour, minute: datetime.fromisoformat(f"{year}-01-01T{hour:02}:{minute:02}") + timedelta(days=day),
    YEARS,
    st.integers(0, 365),
    st.sampled_from([0, 1, 2, 3, 9, 23]),
    st.sampled_from([0, 15, 30, 59]),
)


@settings(deadline=None)
@given(RULES, WALL_TIMES, st.sampled_from(ZONES), st.integers(0, 3650))
def test_a_rule_comes_due_when_the_wall_clock_shows_its_times(rule: str, start: datetime, zone: str, days: int) -> None:
    after = datetime(start.year, 1, 1, tzinfo=UTC) + timedelta(days=days)

    found = upcoming(a_schedule(start.isoformat(), rule, zone), after, 4)

    expected: list[Due] = []
    seen: datetime | None = None
    for nominal in rrulestr(rule, dtstart=start):
        at = first_moment_on_the_wall(nominal, zone)
        if at > after and at != seen:
            expected.append(Due(nominal.isoformat(), at))
        seen = at
        if len(expected) == 4:
            break
    assert found == expected


@settings(deadline=None)
@given(RULES, WALL_TIMES, st.sampled_from(ZONES), st.integers(0, 3000), st.integers(0, 20_000))
def test_time_only_goes_forward_and_nothing_is_left_out_by_asking_late(
    rule: str, start: datetime, zone: str, days: int, minutes: int
) -> None:
    after = datetime(start.year, 1, 1, tzinfo=UTC) + timedelta(days=days)
    schedule = a_schedule(start.isoformat(), rule, zone)
    found = upcoming(schedule, after, 5)
    assert all(one.at < other.at and one.nominal < other.nominal for one, other in pairwise(found))

    now = after + minutes * MINUTE
    waiting = planned(schedule, after)
    missed = came_due(waiting, now)
    assert list(missed[:5]) == [due for due in found if due.at <= now][:5]


@pytest.mark.parametrize("zone", [*ZONES, "Africa/Casablanca", "America/St_Johns"])
def test_every_change_of_the_clocks_in_ten_years_keeps_each_day_once(zone: str) -> None:
    for hour, minute in ((0, 0), (1, 30), (2, 0), (2, 15), (2, 59)):
        schedule = a_schedule(
            f"2026-01-01T{hour:02}:{minute:02}", "FREQ=DAILY;COUNT=3650", zone, utc("2026-01-01T00:00")
        )
        everything = came_due(
            replace(schedule, next_at=planned(schedule, utc("2025-12-30T00:00")).next_at), utc("2036-02-01T00:00")
        )
        assert (
            len(everything) == len({due.nominal for due in everything}) == len({due.at for due in everything}) == 3650
        )
        there = ZoneInfo(zone)
        for due in everything:
            shown = due.at.astimezone(there).replace(tzinfo=None)
            assert shown == datetime.fromisoformat(due.nominal) or note_on(schedule, due) is not None


def test_the_hour_that_comes_twice_in_autumn_counts_the_first_time() -> None:
    nightly = a_schedule("2026-10-01T02:30", "FREQ=DAILY")
    found = upcoming(nightly, utc("2026-10-24T12:00"), 2)
    assert found == [
        Due("2026-10-25T02:30:00", utc("2026-10-25T00:30")),
        Due("2026-10-26T02:30:00", utc("2026-10-26T01:30")),
    ]
    assert note_on(nightly, found[0]) is None


def test_the_hour_that_is_missing_in_spring_happens_when_it_is_over_and_says_so() -> None:
    nightly = a_schedule("2026-03-01T02:30", "FREQ=DAILY")
    [missing, next_day] = upcoming(nightly, utc("2026-03-28T12:00"), 2)
    assert missing == Due("2026-03-29T02:30:00", utc("2026-03-29T01:00"))  # 03:00 on the wall
    note = note_on(nightly, missing)
    assert note is not None
    assert "clocks went forward" in note.message
    assert next_day == Due("2026-03-30T02:30:00", utc("2026-03-30T00:30"))
    assert note_on(nightly, next_day) is None


def test_two_times_that_become_one_instant_happen_once() -> None:
    twice = a_schedule("2026-03-29T00:00", "FREQ=DAILY;BYHOUR=2,3;COUNT=4")
    assert [due.nominal for due in upcoming(twice, utc("2026-03-28T00:00"), 9)] == [
        "2026-03-29T02:00:00",
        "2026-03-30T02:00:00",
        "2026-03-30T03:00:00",
    ]


def test_a_day_that_a_country_left_out_happens_when_the_next_one_begins() -> None:
    daily = a_schedule("2011-12-28T09:00", "FREQ=DAILY", "Pacific/Apia")
    assert upcoming(daily, utc("2011-12-29T20:00"), 2) == [
        Due("2011-12-30T09:00:00", utc("2011-12-30T10:00")),
        Due("2011-12-31T09:00:00", utc("2011-12-30T19:00")),
    ]


def test_half_an_hour_is_enough_for_a_gap() -> None:
    nightly = a_schedule("2026-10-04T02:15", zone="Australia/Lord_Howe")
    assert next_after(nightly, utc("2026-10-01T00:00")) == Due("2026-10-04T02:15:00", utc("2026-10-03T15:30"))


def test_one_time_comes_once() -> None:
    once = a_schedule("2026-06-01T09:00")
    assert next_after(once, utc("2026-05-01T00:00")) == Due("2026-06-01T09:00:00", utc("2026-06-01T07:00"))
    assert next_after(once, utc("2026-06-01T07:00")) is None
    assert planned(once, utc("2026-06-02T00:00")).next_at is None
    assert planned(once, utc("2026-05-01T00:00")).next_at == utc("2026-06-01T07:00")


def test_every_two_hours_means_that_on_the_days_of_change_too() -> None:
    often = a_schedule("2026-10-24T22:00", "FREQ=HOURLY;INTERVAL=2;UNTIL=20261025T060000")
    found = upcoming(often, utc("2026-10-24T00:00"), 9)
    assert [due.nominal for due in found] == [
        "2026-10-24T20:00:00Z",
        "2026-10-24T22:00:00Z",
        "2026-10-25T00:00:00Z",
        "2026-10-25T02:00:00Z",
        "2026-10-25T04:00:00Z",
    ]
    assert note_on(often, found[0]) is None
    few = a_schedule("2026-10-24T22:00", "FREQ=MINUTELY;INTERVAL=15;COUNT=3")
    assert [due.at for due in upcoming(few, utc("2026-10-24T20:00"), 9)] == [
        utc("2026-10-24T20:15"),
        utc("2026-10-24T20:30"),
    ]
    long_ago = a_schedule("1970-01-01T01:00", "FREQ=MINUTELY")
    assert next_after(long_ago, utc("2026-01-01T00:00")) == Due("2026-01-01T00:01:00Z", utc("2026-01-01T00:01"))


def test_the_end_of_time_is_an_end() -> None:
    hourly = a_schedule("9990-12-31T23:00", "FREQ=HOURLY;INTERVAL=6")
    assert len(upcoming(hourly, utc("9990-12-31T00:00"), 9)) == 1
    yearly = a_schedule("9989-12-31T23:00", "FREQ=YEARLY")
    assert len(upcoming(yearly, utc("9980-12-31T00:00"), 9)) == 2


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20260113", "2026-01-13T09:00:00"),
        ("20260113T090000", "2026-01-13T09:00:00"),
        ("20260113T085959", "2026-01-06T09:00:00"),
        ("20260113T080000Z", "2026-01-13T09:00:00"),
        ("20260113T075959Z", "2026-01-06T09:00:00"),
    ],
)
def test_the_day_until_which_it_repeats_is_the_zones(until: str, last: str) -> None:
    weekly = a_schedule("2026-01-06T09:00", f"FREQ=WEEKLY;UNTIL={until}")
    assert upcoming(weekly, utc("2026-01-01T00:00"), 9)[-1].nominal == last


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("", "can't read"),
        ("INTERVAL=2", "yearly, monthly"),
        ("every tuesday", "can't read"),
        ("FREQ=SECONDLY", "yearly, monthly"),
        ("FREQ=WEEKLY;BYDAY=", "can't read"),
        ("FREQ=WEEKLY;BYDAY=TU;BYDAY=WE", "can't read"),
        ("FREQ=WEEKLY;BYDAY=XX", "can't read"),
        ("FREQ=MONTHLY;BYDAY=MO\nRDATE:20260101T000000", "can't read"),
        ("FREQ=WEEKLY;BYEASTER=1", "{part}"),
        ("FREQ=HOURLY;BYDAY=TU", "{part}"),
        ("FREQ=DAILY;BYSETPOS=2", "{part}"),
        ("FREQ=WEEKLY;INTERVAL=0", "whole number"),
        ("FREQ=WEEKLY;INTERVAL=x", "whole number"),
        ("FREQ=WEEKLY;COUNT=99999999", "whole number"),
        ("FREQ=WEEKLY;BYDAY=2TU", "monthly or yearly"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "never happens"),
        ("FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=1", "never happens"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "can't read"),
        ("FREQ=MONTHLY;BYMONTHDAY=first", "can't read"),
        ("FREQ=DAILY;BYHOUR=99", "can't read"),
        ("FREQ=DAILY;UNTIL=tomorrow", "day until which"),
        ("FREQ=DAILY;" + "BYHOUR=1," * 100, "can't read"),
    ],
)
def test_a_rule_that_cannot_be_read_says_so(rule: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_rule(rule, ZoneInfo(COPENHAGEN))
    assert said in refused.value.said.message


def test_a_rule_may_be_written_as_calendars_write_it() -> None:
    assert read_rule("RRULE:freq=weekly;byday=tu;", ZoneInfo(COPENHAGEN)).body == "FREQ=WEEKLY;BYDAY=TU"


@settings(deadline=None)
@given(st.text(alphabet="FREQ=WKLYDAIUBCOTHS;,0123456789:-+\n ", max_size=60))
def test_whatever_is_typed_is_read_or_refused(rule: str) -> None:
    try:
        read_rule(rule, ZoneInfo(COPENHAGEN))
    except NotUnderstood:
        return
    next_after(a_schedule("2026-01-01T09:00", rule or "FREQ=DAILY"), utc("2026-01-01T00:00"))


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd", "Europe", "\0"])
def test_an_unknown_zone_says_so(zone: str) -> None:
    with pytest.raises(NotUnderstood, match="time zone"):
        read_zone(zone)


def test_a_start_with_an_offset_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="wall time"):
        next_after(a_schedule("2026-06-01T09:00+02:00"), utc("2026-05-01T00:00"))


def test_nothing_is_due_before_its_time() -> None:
    weekly = a_schedule("2026-01-06T09:00", "FREQ=WEEKLY")
    assert came_due(weekly, utc("2026-06-01T00:00")) == ()
    assert came_due(planned(weekly, utc("2026-06-01T00:00")), utc("2026-06-01T00:00")) == ()


def test_a_zone_that_changes_its_mind_neither_doubles_nor_loses_a_day() -> None:
    daily = a_schedule("2026-06-01T09:00", "FREQ=DAILY")
    # Stored when the zone was an hour further east: nine o'clock is later than was thought, so nothing is new yet.
    early = replace(daily, next_at=utc("2026-06-10T06:00"))
    assert came_due(early, utc("2026-06-10T06:00")) == ()
    assert came_due(early, utc("2026-06-10T07:00")) == (Due("2026-06-10T09:00:00", utc("2026-06-10T07:00")),)
    # Stored when it was an hour further west: it should have been an hour ago, and happens now.
    late = replace(daily, next_at=utc("2026-06-10T08:00"))
    assert came_due(late, utc("2026-06-10T08:00")) == (Due("2026-06-10T09:00:00", utc("2026-06-10T07:00")),)


def test_exceptions_stand_below_the_rule_as_times_or_whole_days() -> None:
    daily = a_schedule(
        "2026-06-01T09:00", "FREQ=DAILY;COUNT=6\nEXDATE:20260602T090000\nEXDATE;VALUE=DATE:20260604,20260605"
    )
    assert [due.nominal[8:10] for due in upcoming(daily, utc("2026-05-01T00:00"), 9)] == ["01", "03", "06"]
    hourly = a_schedule("2026-06-01T09:00", "FREQ=HOURLY;INTERVAL=12\nEXDATE:20260601T070000Z,20260602")
    assert [due.nominal for due in upcoming(hourly, utc("2026-05-01T00:00"), 2)] == [
        "2026-06-01T19:00:00Z",
        "2026-06-03T07:00:00Z",
    ]
    assert read_rule("FREQ=DAILY", ZoneInfo(COPENHAGEN)).left_out == frozenset()


@pytest.mark.parametrize("line", ["RDATE:20260101T000000", "EXDATE:", "EXDATE:tomorrow", "EXDATE:" + "20260101," * 300])
def test_what_stands_below_the_rule_and_is_no_exception_is_refused(line: str) -> None:
    with pytest.raises(NotUnderstood):
        read_rule(f"FREQ=DAILY\n{line}", ZoneInfo(COPENHAGEN))
