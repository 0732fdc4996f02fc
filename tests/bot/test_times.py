"""Days and weekly times as people write them."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotUnderstood
from bot.times import Weekly, read_day, read_weekly

TUESDAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2 weeks", date(2026, 3, 17)),
        ("2 uger", date(2026, 3, 17)),
        ("i 2 uger", date(2026, 3, 17)),
        ("om to uger", date(2026, 3, 17)),
        ("in a week", date(2026, 3, 10)),
        ("for fjorten dage", date(2026, 3, 17)),
        ("en uge", date(2026, 3, 10)),
        ("næste uge", date(2026, 3, 10)),
        ("next month", date(2026, 4, 3)),
        ("3 dage", date(2026, 3, 6)),
        ("1 måned", date(2026, 4, 3)),
        ("et år", date(2027, 3, 3)),
        ("today", TUESDAY),
        ("i dag", TUESDAY),
        ("I morgen", date(2026, 3, 4)),
        ("i overmorgen", date(2026, 3, 5)),
        ("tirsdag", date(2026, 3, 10)),
        ("next Tuesday", date(2026, 3, 10)),
        ("på onsdag", date(2026, 3, 4)),
        ("until friday", date(2026, 3, 6)),
        ("fre.", date(2026, 3, 6)),
        ("1. marts", date(2027, 3, 1)),
        ("den 3. april", date(2026, 4, 3)),
        ("1st of May", date(2026, 5, 1)),
        ("April 3rd", date(2026, 4, 3)),
        ("april 3, 2027", date(2027, 4, 3)),
        ("4. sep. 2026", date(2026, 9, 4)),
        ("d. 3/4", date(2026, 4, 3)),
        ("3.4.2027", date(2027, 4, 3)),
        ("3-4", date(2026, 4, 3)),
        ("29. februar", date(2028, 2, 29)),
        ("2026-03-03", TUESDAY),
        ("  2026-12-24 ", date(2026, 12, 24)),
    ],
)
def test_a_day_is_understood(typed: str, day: date) -> None:
    assert read_day(typed, TUESDAY) == day


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "I can't read that"),
        ("soon", "I can't read that"),
        ("2 lightyears", "I can't read that"),
        ("umpteen weeks", "I can't read that"),
        ("12. blurb", "I can't read that"),
        ("<@U1>", "I can't read that"),
        ("مرحبا", "I can't read that"),
        ("31. februar", "no such day"),
        ("32/1", "no such day"),
        ("2026-02-30", "no such day"),
        ("9" * 30 + " days", "no such day"),
        ("9" * 5000 + " days", "no such day"),
        ("9999 years", "no such day"),
        ("2026-03-02", "has passed"),
        ("1. marts 2025", "has passed"),
        ("6 years", "years away"),
        ("2031-03-04", "years away"),
    ],
)
def test_a_day_that_is_none_is_refused_kindly(typed: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        read_day(typed, TUESDAY)
    assert said in str(caught.value)


@given(st.text(max_size=40), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_whatever_is_typed_it_is_a_day_to_come_or_a_kind_word(typed: str, today: date) -> None:
    try:
        found = read_day(typed, today)
    except NotUnderstood:
        return
    assert today <= found <= today + timedelta(days=5 * 366)


@given(st.dates(date(2020, 1, 1), date(2080, 1, 1)), st.integers(0, 1800))
def test_an_iso_day_is_itself(today: date, ahead: int) -> None:
    wanted = today + timedelta(days=ahead)
    assert read_day(wanted.isoformat(), today) == wanted


@given(st.dates(date(2020, 1, 1), date(2080, 1, 1)), st.sampled_from(["mandag", "friday", "søndag", "thu"]))
def test_a_weekday_is_within_the_next_seven_days(today: date, weekday: str) -> None:
    found = read_day(weekday, today)
    assert timedelta(days=1) <= found - today <= timedelta(days=7)


@pytest.mark.parametrize(
    ("typed", "weekly"),
    [
        ("tuesday 09:00", Weekly(1, time(9))),
        ("every Tuesday at 9am", Weekly(1, time(9))),
        ("Tuesdays 12 pm", Weekly(1, time(12))),
        ("monday 12am", Weekly(0, time(0))),
        ("hver tirsdag kl. 9", Weekly(1, time(9))),
        ("hver tirsdag klokken 9.30", Weekly(1, time(9, 30))),
        ("fredag 23:59", Weekly(4, time(23, 59))),
    ],
)
def test_a_weekly_time_is_understood(typed: str, weekly: Weekly) -> None:
    assert read_weekly(typed) == weekly


@pytest.mark.parametrize("typed", ["", "tuesday", "09:00", "someday 09:00", "tuesday 25:00", "tuesday 10:75", "14 pm"])
def test_a_weekly_time_that_is_none_is_refused_kindly(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        read_weekly(typed)


@given(st.text(max_size=30))
def test_whatever_is_typed_as_a_weekly_time_there_is_a_time_or_a_kind_word(typed: str) -> None:
    try:
        assert 0 <= read_weekly(typed).weekday <= 6
    except NotUnderstood:
        return
