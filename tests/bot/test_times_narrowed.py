"""Those who need one kind of time get it, a question about it, or a kind word."""

from datetime import date, datetime, time

import pytest

from bot.errors import NotUnderstood
from bot.times import (
    Day,
    Moment,
    Reading,
    Rule,
    Span,
    Unclear,
    Weekly,
    known_zone,
    read_day,
    read_moment,
    read_span,
    read_time,
    read_weekly,
)
from bot.times.domain import distinct
from tests.bot.times_cases import COPENHAGEN, NOW, written

TUESDAY = date(2026, 3, 3)


TWO = "? I can read that in more than one way. Which one do you mean? "


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("i morgen kl. 9", "2026-03-04 09:00"),
        ("om 2 minutter", "2026-03-03 10:02"),
        ("2 uger", "2026-03-17 10:00"),
        ("halvanden time", "2026-03-03 11:30"),
        ("på fredag", "? At what time of day? 2026-03-06 09:00~ | 2026-03-06 12:00~ | 2026-03-06 16:00~"),
        ("i dag", "? At what time of day? 2026-03-03 12:00~ | 2026-03-03 16:00~"),
        ("uge 12", "? At what time of day? 2026-03-16 09:00~ | 2026-03-16 12:00~ | 2026-03-16 16:00~"),
        ("hver tirsdag kl. 9", "? That repeats. Do you mean only the first time? 2026-03-10 09:00"),
        ("kl. 3", TWO + "2026-03-03 15:00 | 2026-03-04 03:00"),
        ("næste fredag", TWO + "2026-03-06 09:00~ | 2026-03-13 09:00~"),
        ("hver tirsdag kl. 3", TWO + "2026-03-03 15:00 | 2026-03-10 03:00"),
    ],
)  # fmt: skip
def test_a_moment_is_read_or_asked_for(typed: str, wanted: str) -> None:
    found = read_moment(typed, NOW, COPENHAGEN, "da")
    if isinstance(found, Unclear):
        assert f"? {found.question.message} {' | '.join(map(written, found.readings))}" == wanted
    else:
        assert written(found) == wanted


def test_a_day_that_is_all_but_over_is_followed_by_the_next_morning() -> None:
    late = datetime(2026, 3, 3, 20, 0, tzinfo=COPENHAGEN)
    found = read_moment("i dag", late, COPENHAGEN, "da")
    assert isinstance(found, Unclear)
    assert [written(one) for one in found.readings] == ["2026-03-04 09:00~"]


def test_a_zone_is_known_by_its_name() -> None:
    assert known_zone("Europe/Copenhagen") == "Europe/Copenhagen"
    assert known_zone("Mars/Olympus") == ""


def test_a_length_is_read() -> None:
    assert read_span("to uger", NOW, COPENHAGEN, "da") == Span(days=14)
    with pytest.raises(NotUnderstood, match="how long"):
        read_span("i morgen", NOW, COPENHAGEN, "da")
    assert Span(14, 3, 90).text() == "P14M3DT90S"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("uge 12", date(2026, 3, 16)),
        ("den 15.", date(2026, 3, 15)),
        ("torsdag om en uge", date(2026, 3, 12)),
        ("i morgen kl. 9", date(2026, 3, 4)),
        ("om et kvarter", TUESDAY),
        ("halvanden måned", None),
        ("et halvt år", date(2026, 9, 3)),
        ("to måneder og tre dage", date(2026, 5, 6)),
        ("juleaften", date(2026, 12, 24)),
        ("sidste fredag i marts", date(2026, 3, 27)),
        ("kl. 3", TUESDAY),
        ("halvanden time", None),
        ("næste fredag om en uge", None),
        ("næste weekend", None),
    ],
)
def test_a_day_may_be_said_in_all_ways(typed: str, day: date | None) -> None:
    if day is None:
        with pytest.raises(NotUnderstood):
            read_day(typed, TUESDAY)
    else:
        assert read_day(typed, TUESDAY) == day


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("i går", "has passed"),
        ("næste weekend", "one of several days"),
        ("den 32.", "no such day"),
        ("om ti år", "years away"),
        ("uge 12 2040", "years away"),
        ("i morgen " * 60, "can't read"),
    ],
)
def test_a_day_that_is_none_is_told_why(typed: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_day(typed, TUESDAY)
    assert said in refused.value.said.message


@pytest.mark.parametrize(
    ("typed", "weekly"),
    [
        ("tirsdag kl. halv ti", Weekly(1, time(9, 30))),
        ("hver mandag om aftenen kl. 7", Weekly(0, time(19))),
        ("fredage 14.30", Weekly(4, time(14, 30))),
        ("friday noon", Weekly(4, time(12))),
        ("Fri 2:30pm", Weekly(4, time(14, 30))),
    ],
)
def test_a_weekly_time_may_be_said_in_all_ways(typed: str, weekly: Weekly) -> None:
    assert read_weekly(typed) == weekly


@pytest.mark.parametrize(
    "typed", ["tirsdag kl. 3", "hver anden tirsdag kl. 9", "tirsdag og torsdag kl. 9", "hver uge", "hver dag kl. 9",
              "tirsdag kl. 9 " * 30, "hver tirsdag", "hvert år den 30. februar kl. 9"]
)  # fmt: skip
def test_what_is_not_weekly_is_refused_kindly(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        read_weekly(typed)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("3. mars 2027", "2027-03-03"),
        ("5. heinäkuu 2027", ""),
        ("12 décembre 2026", ""),
        ("den tolvte i tredje", ""),
        ("3. mars 2020", ""),
        ("3. mars 2090", ""),
    ],
)
def test_what_the_library_reads_is_only_asked_about(typed: str, wanted: str) -> None:
    try:
        found = read_time(typed, NOW, COPENHAGEN, "da")
    except NotUnderstood:
        assert not wanted
        return
    assert isinstance(found, Unclear)
    assert "not sure" in found.question.message
    assert [written(one) for one in found.readings] == [wanted]


def test_a_guess_with_a_time_of_day_is_a_moment() -> None:
    found = read_time("12. Dezember 2026 um 14:30", NOW, COPENHAGEN, "da")
    assert isinstance(found, Unclear)
    assert [written(one) for one in found.readings] == ["2026-12-12 14:30"]


def test_each_reading_is_offered_once() -> None:
    day, moment, rule = Day(TUESDAY, TUESDAY), Moment(NOW), Rule(NOW.replace(tzinfo=None), "UTC", "FREQ=DAILY")
    readings: list[Reading] = [day, moment, day, rule, Span(days=1), rule]
    assert distinct(readings) == (day, moment, rule, Span(days=1))


def test_exceptions_stand_below_the_rule() -> None:
    rule = Rule(datetime(2026, 3, 9, 9), "UTC", "FREQ=DAILY", (datetime(2026, 3, 10, 9), datetime(2026, 3, 12, 9)))  # noqa: DTZ001 - wall time
    assert rule.lines() == "FREQ=DAILY\nEXDATE:20260310T090000,20260312T090000"
