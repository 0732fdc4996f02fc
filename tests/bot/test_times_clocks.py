"""What the clocks do to a time that somebody names: the hour that is missing, the hour that comes twice, zones that change."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotUnderstood
from bot.times import Day, Moment, Rule, Unclear, next_times, read_time
from bot.times.placing import comes_twice, placed
from tests.bot.times_cases import COPENHAGEN, NOW, understood

ZONES = ("Europe/Copenhagen", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia")


def test_the_hour_that_is_missing_in_spring_is_told_and_becomes_the_next() -> None:
    found = read_time("søndag den 29. marts kl. 02.30", NOW, COPENHAGEN, "da")
    assert isinstance(found, Moment)
    assert found.at.isoformat() == "2026-03-29T03:00:00+02:00"
    assert "clocks go forward" in found.notes[0].message


def test_the_hour_that_comes_twice_in_autumn_is_asked_about() -> None:
    found = read_time("25/10 kl. 02.30", NOW, COPENHAGEN, "da")
    assert isinstance(found, Unclear)
    assert "comes twice" in found.question.message
    assert [one.at.isoformat() for one in found.readings if isinstance(one, Moment)] == [
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
    ]


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("25/10 kl. 02.30 sommertid", "2026-10-25T02:30:00+02:00"),
        ("25 October 02:30 winter time", "2026-10-25T02:30:00+01:00"),
        ("2026-10-25T02:30+01:00", "2026-10-25T02:30:00+01:00"),
        ("25/10 kl. 14 vintertid", "2026-10-25T14:00:00+01:00"),
    ],
)
def test_it_can_be_said_which_of_the_two(typed: str, at: str) -> None:
    found = read_time(typed, NOW, COPENHAGEN, "da")
    assert isinstance(found, Moment)
    assert found.at.isoformat() == at


def test_hours_pass_but_days_are_the_walls() -> None:
    before = datetime(2026, 3, 28, 12, 0, tzinfo=COPENHAGEN)
    assert understood("om 24 timer", now=before) == "2026-03-29 13:00"
    assert understood("om 1 dag kl. 12", now=before) == "2026-03-29 12:00"
    assert understood("om 1 dag og 2 timer", now=before) == "2026-03-29 14:00"


def test_the_second_of_the_two_hours_is_not_yet_over_when_the_first_is() -> None:
    first = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)  # 02:45 on the wall, the first time
    found = read_time("kl. 02.50", first, COPENHAGEN, "da")
    assert isinstance(found, Unclear)
    second = first + timedelta(hours=1)  # 02:45 the second time
    assert understood("kl. 02.50", now=second) == "2026-10-25 02:50"
    assert understood("kl. 02.40", now=second) == "2026-10-26 02:40"


def test_a_day_that_a_country_left_out() -> None:
    apia = ZoneInfo("Pacific/Apia")
    before = datetime(2011, 12, 28, 9, 0, tzinfo=apia)
    found = read_time("den 30. kl. 12", before, apia, "da")
    assert isinstance(found, Moment)
    assert found.at.isoformat() == "2011-12-31T00:00:00+14:00"


@settings(deadline=None)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2036, 1, 1)),  # noqa: DTZ001 - wall times
    st.sampled_from(ZONES),
)
def test_a_wall_time_becomes_what_the_wall_then_shows_or_the_next_that_is_there(wall: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    wall = wall.replace(second=0, microsecond=0)
    found = placed(wall, zone)
    shown = [one.at.astimezone(zone).replace(tzinfo=None, fold=0) for one in found]
    if found[0].notes:
        assert len(found) == 1
        assert timedelta(0) < shown[0] - wall <= timedelta(hours=24)
    else:
        assert set(shown) == {wall}
        assert (len(found) == 2) == comes_twice(wall, zone)


@settings(deadline=None, max_examples=50)
@given(
    st.sampled_from(["hver dag kl. 02.30", "hver søndag kl. 02.15", "sidste søndag i måneden kl. 02.30", "every day at 00:00",
                     "hver anden uge om søndagen kl. 03.00", "hvert år den 29. februar kl. 9"]),
    st.sampled_from(ZONES),
    st.integers(0, 3650),
)  # fmt: skip
def test_every_time_of_a_rule_is_what_the_wall_shows_for_ten_years(typed: str, name: str, days: int) -> None:
    zone = ZoneInfo(name)
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=days)
    found = read_time(typed, now, zone, "da")
    assert isinstance(found, Rule)
    upcoming = next_times(found, now, 30)
    assert all(one < other for one, other in pairwise(upcoming))
    at = found.start.time()
    for one in upcoming:
        wall = datetime.combine(one.date(), at)
        assert one.time() == at or placed(wall, zone)[0].notes, one
    assert len(upcoming) == 30
    assert upcoming[0].astimezone(UTC) > now


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize(
    "typed",
    ["hver dag kl. 02.30", "every other day at 02:00", "hver anden uge på onsdag og søndag kl. 02.15", "hver søndag kl. 03.00",
     "sidste søndag i måneden kl. 02.30", "hver måned den 31. kl. 23.30", "første hverdag i måneden kl. 00.30",
     "hvert år den 29. februar kl. 9"],
)  # fmt: skip
def test_ten_years_of_a_rule_are_those_of_dateutil(typed: str, name: str) -> None:
    zone = ZoneInfo(name)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    found = read_time(typed, now, zone, "da")
    assert isinstance(found, Rule)
    walls = rrulestr(found.rule, dtstart=found.start).between(found.start, found.start.replace(year=2036), inc=True)
    expected = list(dict.fromkeys(placed(wall, zone)[0].at.astimezone(UTC) for wall in walls))
    assert [at.astimezone(UTC) for at in next_times(found, now, len(expected))] == expected
    assert len(expected) >= 2


WORDS = (
    "hver anden tirsdag kl. 9 den 3. marts 14.30 om to uger i morgen næste til undtagen every other day except until "
    "monday 31 00:00 24 99 halv kvart over februar uge 53 år 99999 9999-12-31 0 gange i time og , . ½ am sidste "
    "måneden first of the month next week weekend midnat nat fra 1. 2027 sommertid siden søndag 29"
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join))


@settings(deadline=None, max_examples=150)
@given(TEXTS, st.sampled_from(["da", "en"]), st.sampled_from(ZONES), st.integers(0, 3650 * 24 * 60))
def test_whatever_is_typed_it_is_a_time_to_come_a_question_or_a_kind_word(
    typed: str, language: str, name: str, minutes: int
) -> None:
    zone = ZoneInfo(name)
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    try:
        found = read_time(typed, now, zone, language)
    except NotUnderstood:
        return
    for reading in found.readings if isinstance(found, Unclear) else (found,):
        if isinstance(reading, Moment):
            assert reading.at >= now
        elif isinstance(reading, Day):
            assert now.astimezone(zone).date() <= reading.last >= reading.first
        elif isinstance(reading, Rule):
            assert next_times(reading, now)
    if isinstance(found, Unclear):
        assert 1 <= len(found.readings) <= 4
