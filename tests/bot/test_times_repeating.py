"""Repetitions as people write them, on Tuesday 3 March 2026 at 10:00 in Copenhagen: the rule, and its first time on the wall."""

from datetime import datetime, timedelta

import pytest

from bot.errors import NotUnderstood
from bot.times import Rule, Unclear, next_times, read_rule, read_time
from tests.bot.test_times_danish import cases
from tests.bot.times_cases import COPENHAGEN, NOW, understood, written

WEEKLY = """
hver tirsdag kl. 9 | FREQ=WEEKLY;BYDAY=TU @ 2026-03-10 09:00
hver tirsdag kl. 15.30 | FREQ=WEEKLY;BYDAY=TU @ 2026-03-03 15:30
Hver Tirsdag Kl 9 | FREQ=WEEKLY;BYDAY=TU @ 2026-03-10 09:00
tirsdage kl. 9 | FREQ=WEEKLY;BYDAY=TU @ 2026-03-10 09:00
om tirsdagen kl. 9 | FREQ=WEEKLY;BYDAY=TU @ 2026-03-10 09:00
every monday 09:00 | FREQ=WEEKLY;BYDAY=MO @ 2026-03-09 09:00
every Monday at 9am | FREQ=WEEKLY;BYDAY=MO @ 2026-03-09 09:00
every monday 9 | FREQ=WEEKLY;BYDAY=MO @ 2026-03-09 09:00
mondays at 9 | FREQ=WEEKLY;BYDAY=MO @ 2026-03-09 09:00
each friday at noon | FREQ=WEEKLY;BYDAY=FR @ 2026-03-06 12:00
hver tirsdag kl. 3 | ? FREQ=WEEKLY;BYDAY=TU @ 2026-03-03 15:00 | FREQ=WEEKLY;BYDAY=TU @ 2026-03-10 03:00
hver anden tirsdag kl. 9 | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU @ 2026-03-10 09:00
hveranden tirsdag kl. 9 | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU @ 2026-03-10 09:00
hver 2. tirsdag kl. 9 | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU @ 2026-03-10 09:00
every other tuesday at 9 | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU @ 2026-03-10 09:00
every second tuesday at 9 | ? FREQ=WEEKLY;INTERVAL=2;BYDAY=TU @ 2026-03-10 09:00 | FREQ=MONTHLY;BYDAY=2TU @ 2026-03-10 09:00
every 2nd tuesday at 9 | ? FREQ=WEEKLY;INTERVAL=2;BYDAY=TU @ 2026-03-10 09:00 | FREQ=MONTHLY;BYDAY=2TU @ 2026-03-10 09:00
every second tuesday and thursday at 9 | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH @ 2026-03-05 09:00
hver tredje fredag kl. 9 | ? FREQ=WEEKLY;INTERVAL=3;BYDAY=FR @ 2026-03-06 09:00 | FREQ=MONTHLY;BYDAY=3FR @ 2026-03-20 09:00
hver sjette fredag kl. 9 | FREQ=WEEKLY;INTERVAL=6;BYDAY=FR @ 2026-03-06 09:00
biweekly on Thursdays at 3pm | FREQ=WEEKLY;INTERVAL=2;BYDAY=TH @ 2026-03-05 15:00
bi-weekly on thursday at 15:00 | FREQ=WEEKLY;INTERVAL=2;BYDAY=TH @ 2026-03-05 15:00
every third friday at 9 | ? FREQ=WEEKLY;INTERVAL=3;BYDAY=FR @ 2026-03-06 09:00 | FREQ=MONTHLY;BYDAY=3FR @ 2026-03-20 09:00
hver uge på torsdag kl. 10 | FREQ=WEEKLY;BYDAY=TH @ 2026-03-05 10:00
hver tirsdag og torsdag kl. 10.30 | FREQ=WEEKLY;BYDAY=TU,TH @ 2026-03-03 10:30
mandag, onsdag og fredag kl. 8 | FREQ=WEEKLY;BYDAY=MO,WE,FR @ 2026-03-04 08:00
every other week on tuesday and thursday at 10:30 | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH @ 2026-03-03 10:30
hver 3. uge om mandagen kl. 9 | FREQ=WEEKLY;INTERVAL=3;BYDAY=MO @ 2026-03-09 09:00
hver hverdag kl. 8 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR @ 2026-03-04 08:00
alle hverdage kl. 8 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR @ 2026-03-04 08:00
weekdays at 8 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR @ 2026-03-04 08:00
every working day at 08:00 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR @ 2026-03-04 08:00
mandag til fredag kl. 8 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR @ 2026-03-04 08:00
man-fre kl. 8 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR @ 2026-03-04 08:00
monday to thursday at 8 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH @ 2026-03-04 08:00
hver weekend kl. 11 | FREQ=WEEKLY;BYDAY=SA,SU @ 2026-03-07 11:00
hver tirsdag | FREQ=WEEKLY;BYDAY=TU @ 2026-03-10 09:00~
mandag aften hver uge | FREQ=WEEKLY;BYDAY=MO @ 2026-03-09 19:00~
hver mandag om aftenen kl. 7 | FREQ=WEEKLY;BYDAY=MO @ 2026-03-09 19:00
hver 14. dag | FREQ=WEEKLY;INTERVAL=2;BYDAY=WE @ 2026-03-04 09:00~
hver 14. dag om tirsdagen kl. 11 | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU @ 2026-03-03 11:00
every fortnight on friday at 10 | FREQ=WEEKLY;INTERVAL=2;BYDAY=FR @ 2026-03-06 10:00
hver aften kl. 8 | FREQ=DAILY @ 2026-03-03 20:00
every morning at 7:30 | FREQ=DAILY @ 2026-03-04 07:30
hver mandag kl. 2.30 om natten | FREQ=WEEKLY;BYDAY=MO @ 2026-03-09 02:30
hver mandag om natten kl. 2 | FREQ=WEEKLY;BYDAY=MO @ 2026-03-09 02:00
every monday at 2:30 at night | FREQ=WEEKLY;BYDAY=MO @ 2026-03-09 02:30
hver mandag om natten kl. 11 | FREQ=WEEKLY;BYDAY=MO @ 2026-03-09 23:00
hver mandag nat kl. 2 | !unread
hver mandag om natten kl. 12 | !unread
hver uge | !day
weekly | !day
monthly at 9 | !day
"""

DAILY = """
hver dag kl. 7 | FREQ=DAILY @ 2026-03-04 07:00
hver dag kl. 12 | FREQ=DAILY @ 2026-03-03 12:00
dagligt kl. 7 | FREQ=DAILY @ 2026-03-04 07:00
every day at noon | FREQ=DAILY @ 2026-03-03 12:00
hver anden dag kl. 12 | FREQ=DAILY;INTERVAL=2 @ 2026-03-03 12:00
every 3 days at 12:00 | FREQ=DAILY;INTERVAL=3 @ 2026-03-03 12:00
hver nat kl. 2 | FREQ=DAILY @ 2026-03-04 02:00
hver time | FREQ=HOURLY @ 2026-03-03 11:00
hver anden time | FREQ=HOURLY;INTERVAL=2 @ 2026-03-03 12:00
every 15 minutes | FREQ=MINUTELY;INTERVAL=15 @ 2026-03-03 10:15
hvert 3 . minut | FREQ=MINUTELY;INTERVAL=3 @ 2026-03-03 10:03
hvert femte minut i 20 minutter | FREQ=MINUTELY;INTERVAL=5;UNTIL=20260303T092400Z @ 2026-03-03 10:05
hvert sekund | !often
every second | !often
every 30 seconds | !often
hver time kl. 9 | !unread
"""

MONTHLY = """
sidste fredag i måneden | FREQ=MONTHLY;BYDAY=-1FR @ 2026-03-27 09:00~
sidste fredag i måneden kl. 14 | FREQ=MONTHLY;BYDAY=-1FR @ 2026-03-27 14:00
den sidste fredag i hver måned kl. 14 | FREQ=MONTHLY;BYDAY=-1FR @ 2026-03-27 14:00
last friday of the month at 2pm | FREQ=MONTHLY;BYDAY=-1FR @ 2026-03-27 14:00
den anden tirsdag i hver måned kl. 9 | FREQ=MONTHLY;BYDAY=2TU @ 2026-03-10 09:00
hver anden tirsdag i måneden kl. 9 | FREQ=MONTHLY;BYDAY=2TU @ 2026-03-10 09:00
every second tuesday of the month at 9 | FREQ=MONTHLY;BYDAY=2TU @ 2026-03-10 09:00
første og tredje mandag i måneden kl. 19 | FREQ=MONTHLY;BYDAY=1MO,3MO @ 2026-03-16 19:00
first and third monday of every month at 19:00 | FREQ=MONTHLY;BYDAY=1MO,3MO @ 2026-03-16 19:00
hver måned den første mandag kl. 9 | FREQ=MONTHLY;BYDAY=1MO @ 2026-04-06 09:00
første hverdag i måneden kl. 9 | FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1 @ 2026-04-01 09:00
last weekday of the month at 9 | FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1 @ 2026-03-31 09:00
hver måned den 15. | FREQ=MONTHLY;BYMONTHDAY=15 @ 2026-03-15 09:00~
hver måned den 15. kl. 10 | FREQ=MONTHLY;BYMONTHDAY=15 @ 2026-03-15 10:00
den 15. hver måned kl. 10 | FREQ=MONTHLY;BYMONTHDAY=15 @ 2026-03-15 10:00
hver den 15. kl. 10 | FREQ=MONTHLY;BYMONTHDAY=15 @ 2026-03-15 10:00
on the 1st and 15th of every month at 10:00 | FREQ=MONTHLY;BYMONTHDAY=1,15 @ 2026-03-15 10:00
every month on the 31st at 10:00 | FREQ=MONTHLY;BYMONTHDAY=31 @ 2026-03-31 10:00
sidste dag i måneden kl. 12 | FREQ=MONTHLY;BYMONTHDAY=-1 @ 2026-03-31 12:00
hver anden måned den 1. kl. 9 | FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1 @ 2026-04-01 09:00
every quarter on the 1st at 9:00 | FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1 @ 2026-04-01 09:00
hvert år den 24. december kl. 18 | FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24 @ 2026-12-24 18:00
every year on 1 March at 10:00 | FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1 @ 2027-03-01 10:00
every 29 February at 10:00 | FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29 @ 2028-02-29 10:00
hvert år den 30. februar | !never
hver måned den 32. | !unread
"""

ENDS = """
hver tirsdag kl. 9, 10 gange | FREQ=WEEKLY;BYDAY=TU;COUNT=10 @ 2026-03-10 09:00
daily at 9 for 5 times | FREQ=DAILY;COUNT=5 @ 2026-03-04 09:00
daily for 5 times at 9 | FREQ=DAILY;COUNT=5 @ 2026-03-04 09:00
every day at 9 five times in total | FREQ=DAILY;COUNT=5 @ 2026-03-04 09:00
every monday at 9 for a total of 5 times | FREQ=WEEKLY;BYDAY=MO;COUNT=5 @ 2026-03-09 09:00
every monday at 9 for 5 occurrences | FREQ=WEEKLY;BYDAY=MO;COUNT=5 @ 2026-03-09 09:00
hver mandag kl. 9, 3 gange | FREQ=WEEKLY;BYDAY=MO;COUNT=3 @ 2026-03-09 09:00
hver mandag 3 gange kl. 9 | FREQ=WEEKLY;BYDAY=MO;COUNT=3 @ 2026-03-09 09:00
hver dag kl. 9, i alt 4 gange | FREQ=DAILY;COUNT=4 @ 2026-03-04 09:00
hver dag kl. 9 fire gange i alt | FREQ=DAILY;COUNT=4 @ 2026-03-04 09:00
every monday at 9, three times | FREQ=WEEKLY;BYDAY=MO;COUNT=3 @ 2026-03-09 09:00
hver tirsdag kl. 9 til 1. juni | FREQ=WEEKLY;BYDAY=TU;UNTIL=20260601T215959Z @ 2026-03-10 09:00
hver tirsdag indtil 1. december kl. 9 | FREQ=WEEKLY;BYDAY=TU;UNTIL=20261201T225959Z @ 2026-03-10 09:00
every other week on tue and thu at 10 until 1 June | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20260601T215959Z @ 2026-03-05 10:00
hver tirsdag kl. 9 fra 1. april | FREQ=WEEKLY;BYDAY=TU @ 2026-04-07 09:00
hver tirsdag kl. 9 fra 1. april til 1. juni | FREQ=WEEKLY;BYDAY=TU;UNTIL=20260601T215959Z @ 2026-04-07 09:00
every day at 9 starting monday | FREQ=DAILY @ 2026-03-09 09:00
hver uge fra på fredag kl. 10 | FREQ=WEEKLY;BYDAY=FR @ 2026-03-06 10:00
hver tirsdag kl. 9 i 6 uger | FREQ=WEEKLY;BYDAY=TU;UNTIL=20260420T215959Z @ 2026-03-10 09:00
hver dag kl. 9 i 3 dage | FREQ=DAILY;UNTIL=20260306T225959Z @ 2026-03-04 09:00
every monday at 9 except 6 April | FREQ=WEEKLY;BYDAY=MO @ 2026-03-09 09:00 - 2026-04-06 09:00
hver mandag kl. 9 undtagen 2. påskedag og 25. maj | FREQ=WEEKLY;BYDAY=MO @ 2026-03-09 09:00 - 2026-04-06 09:00 - 2026-05-25 09:00
hver 3. dag kl. 9 undtagen uge 11 | FREQ=DAILY;INTERVAL=3 @ 2026-03-04 09:00 - 2026-03-10 09:00 - 2026-03-13 09:00
hver hverdag undtagen onsdag kl. 8 | FREQ=WEEKLY;BYDAY=MO,TU,TH,FR @ 2026-03-05 08:00
hver dag undtagen weekenden kl. 9 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR @ 2026-03-04 09:00
hver anden mandag og hver fredag kl. 9 | !unread
hver tirsdag kl. 9 undtagen den første i måneden | !unread
hver tirsdag kl. 9 fra uge 12 | FREQ=WEEKLY;BYDAY=TU @ 2026-03-17 09:00
hver dag kl. 9 og 15 | !unread
to gange om ugen | !unread
hver tirsdag i lige uger kl. 9 | !unread
every day except sunday at 9 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA @ 2026-03-04 09:00
hver tirsdag kl. 9 undtagen i juli | FREQ=WEEKLY;BYDAY=TU;BYMONTH=1,2,3,4,5,6,8,9,10,11,12 @ 2026-03-10 09:00
every tuesday at 9 except christmas eve | FREQ=WEEKLY;BYDAY=TU @ 2026-03-10 09:00
hver tirsdag kl. 9 undtagen jul | !unread
hver tirsdag kl. 9 undtagen tirsdag | !never
hver dag kl. 9 til i morgen kl. 8 | !ends
hver dag kl. 9 til i går | !over
hver tirsdag kl. 9 til 30. februar | !missing
every 15 minutes from tomorrow at 9 | FREQ=MINUTELY;INTERVAL=15 @ 2026-03-04 09:00
hver dag kl. 9 i 1 dag undtagen i morgen | !never
hver dag kl. 9 undtagen i morgen kl. 9 | FREQ=DAILY @ 2026-03-04 09:00 - 2026-03-04 09:00
hver time undtagen uge 12 | !unread
hver time undtagen april | !unread
hver anden dag kl. 9 undtagen søndag | !unread
hver måned om tirsdagen kl. 9 | !unread
hver dag den 15. kl. 9 | !unread
hver dag den 24. december kl. 9 | !unread
hver tirsdag kl. 9 til bananen | !unread
hver tirsdag kl. 9 fra bananen | !unread
hver tirsdag kl. 9 undtagen bananen | !unread
hver tirsdag til 1. juni til 1. juli | !unread
til 1. juni hver | !unread
2 gange om ugen hver uge | !unread
hver tirsdag 0 gange | !unread
hver tirsdag kl. 9 uge 12 | !unread
hver banan | !unread
hver tirsdag hver onsdag hver uge hver måned | !unread
"""


@pytest.mark.parametrize("table", [WEEKLY, DAILY, MONTHLY, ENDS])
def test_a_repetition_is_understood(table: str) -> None:
    wanted = dict(cases(table))
    assert {typed: understood(typed) for typed in wanted} == wanted


@pytest.mark.parametrize("typed", ["tirsdag kl. 9", "hver tirsdag kl. 9", "tuesday 09:00", "Tuesdays at 9"])
def test_where_a_repetition_is_asked_for_every_may_be_left_out(typed: str) -> None:
    found = read_rule(typed, NOW, COPENHAGEN, "da")
    assert isinstance(found, Rule)
    assert written(found) == "FREQ=WEEKLY;BYDAY=TU @ 2026-03-10 09:00"


def test_a_day_of_the_year_is_a_repetition_where_one_is_asked_for() -> None:
    found = read_rule("24. december kl. 18", NOW, COPENHAGEN, "da")
    assert isinstance(found, Rule)
    assert written(found) == "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24 @ 2026-12-24 18:00"


def test_where_two_are_possible_it_is_asked() -> None:
    for typed in ("tirsdag kl. 3", "hver tirsdag kl. 3"):
        found = read_rule(typed, NOW, COPENHAGEN, "da")
        assert isinstance(found, Unclear)
        assert [one.start.hour for one in found.readings if isinstance(one, Rule)] == [15, 3]


@pytest.mark.parametrize("typed", ["", "i morgen", "2 uger", "den 30. februar", "9999-12-31"])
def test_what_does_not_repeat_is_refused_kindly(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        read_rule(typed, NOW, COPENHAGEN, "da")


def test_a_repetition_takes_its_day_and_time_from_the_first_one() -> None:
    first = datetime(2026, 3, 12, 14, 30, tzinfo=COPENHAGEN)
    for typed, rule in (
        ("hver uge", "FREQ=WEEKLY;BYDAY=TH"),
        ("every other week", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
        ("månedligt", "FREQ=MONTHLY;BYMONTHDAY=12"),
        ("hvert år", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=12"),
    ):
        found = read_rule(typed, NOW, COPENHAGEN, "da", beginning=first)
        assert isinstance(found, Rule)
        assert written(found) == f"{rule} @ 2026-03-12 14:30"


def test_how_often_is_too_often_is_the_callers() -> None:
    with pytest.raises(NotUnderstood, match="more often"):
        read_rule("hver time", NOW, COPENHAGEN, "da", shortest=timedelta(days=1))
    with pytest.raises(NotUnderstood, match="more often"):
        read_rule("every 59 minutes", NOW, COPENHAGEN, "da", shortest=timedelta(hours=1))
    assert isinstance(read_rule("every 60 minutes", NOW, COPENHAGEN, "da", shortest=timedelta(hours=1)), Rule)


def test_the_next_five_dates_leave_out_the_exceptions() -> None:
    found = read_time("hver mandag kl. 9 undtagen 2. påskedag", NOW, COPENHAGEN, "da")
    assert isinstance(found, Rule)
    assert [f"{at:%d/%m %H:%M %z}" for at in next_times(found, NOW)] == [
        "09/03 09:00 +0100", "16/03 09:00 +0100", "23/03 09:00 +0100", "30/03 09:00 +0200", "13/04 09:00 +0200",
    ]  # fmt: skip
