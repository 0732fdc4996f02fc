"""Quiet hours and days off, where each reader is."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.announcements.quiet import MORNING, Waits, awake_from, is_day_off, is_night

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
ZONES = [
    COPENHAGEN,
    *map(ZoneInfo, ("Asia/Kathmandu", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Apia", "America/Nuuk")),
]


def at(text: str, zone: ZoneInfo = COPENHAGEN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("now", "waits", "then"),
    [
        ("2026-03-03T14:00", Waits.WORKDAY, "2026-03-03T14:00"),
        ("2026-03-03T22:00", Waits.NO, "2026-03-03T22:00"),
        ("2026-03-03T22:00", Waits.MORNING, "2026-03-04T08:00"),
        ("2026-03-04T06:59", Waits.MORNING, "2026-03-04T08:00"),
        ("2026-03-04T07:00", Waits.MORNING, "2026-03-04T07:00"),
        # Friday evening: Saturday morning, or Monday morning.
        ("2026-03-06T22:00", Waits.MORNING, "2026-03-07T08:00"),
        ("2026-03-06T22:00", Waits.WORKDAY, "2026-03-09T08:00"),
        ("2026-03-07T12:00", Waits.MORNING, "2026-03-07T12:00"),
        ("2026-03-07T12:00", Waits.WORKDAY, "2026-03-09T08:00"),
        # Easter: from Wednesday night over Maundy Thursday to the Tuesday after.
        ("2026-04-01T23:00", Waits.WORKDAY, "2026-04-07T08:00"),
        # The night in which the clocks go forward, and the one in which they go back.
        ("2026-03-29T01:30", Waits.MORNING, "2026-03-29T08:00"),
        ("2026-10-25T02:30", Waits.MORNING, "2026-10-25T08:00"),
        # Christmas on a Thursday, then a weekend; the year's last day and its first.
        ("2025-12-24T09:00", Waits.WORKDAY, "2025-12-29T08:00"),
        ("2025-12-31T09:00", Waits.WORKDAY, "2026-01-02T08:00"),
    ],
)
def test_when_somebody_in_denmark_gets_it(now: str, waits: Waits, then: str) -> None:
    assert awake_from(at(now), COPENHAGEN, waits) == at(then)


OFF = (
    "2026-01-01 2026-04-02 2026-04-03 2026-04-05 2026-04-06 2026-05-14 2026-05-15 2026-05-25 2026-06-05 2026-12-24 2026-12-25"
    " 2026-12-26 2026-12-31 2023-05-05"
)


@pytest.mark.parametrize("day", OFF.split())
def test_days_on_which_denmark_does_not_work(day: str) -> None:
    noon = at(f"{day}T12:00")
    assert is_day_off(noon, COPENHAGEN)
    if date.fromisoformat(day).weekday() < 5:
        assert not is_day_off(noon, ZoneInfo("America/Sao_Paulo"))


@pytest.mark.parametrize("day", ["2026-04-07", "2024-04-26", "2026-05-01", "2026-12-23", "2027-01-04"])
def test_days_on_which_it_does(day: str) -> None:
    assert not is_day_off(at(f"{day}T12:00"), COPENHAGEN)


@settings(max_examples=150)
@given(
    st.datetimes(datetime(2016, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001 - put into UTC below
    st.sampled_from(ZONES),
    st.sampled_from(Waits),
)
def test_it_never_comes_at_night_nor_early_nor_much_later(naive: datetime, zone: ZoneInfo, waits: Waits) -> None:
    now = naive.replace(tzinfo=UTC)
    then = awake_from(now, zone, waits)
    assert now <= then <= now + timedelta(days=7)
    assert awake_from(then, zone, waits) == then
    if waits is not Waits.NO:
        assert not is_night(then, zone)
    if waits is Waits.WORKDAY:
        assert not is_day_off(then, zone)
    if then != now:
        # The day that Samoa left out is the only one without a morning of its own.
        assert then.astimezone(zone).time() == MORNING
