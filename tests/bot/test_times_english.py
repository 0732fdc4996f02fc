"""Single times as people write them in English, on Tuesday 3 March 2026 at 10:00 in Copenhagen; and what is no time at all."""

from datetime import UTC, datetime

import pytest

from tests.bot.test_times_danish import cases
from tests.bot.times_cases import understood

DAYS = """
today | 2026-03-03
Tomorrow | 2026-03-04
tomorow | 2026-03-04
tomorrw | 2026-03-04
the day after tomorrow | 2026-03-05
wednesday | 2026-03-04
on Friday | 2026-03-06
this friday | 2026-03-06
fri | 2026-03-06
next monday | 2026-03-09
next friday | ? 2026-03-06 | 2026-03-13
next tuesday | 2026-03-10
friday next week | 2026-03-13
a week on friday | 2026-03-13
friday week | 2026-03-13
wednesday in two weeks | 2026-03-18
wendesday | 2026-03-04
this week | 2026-03-03..2026-03-08
next week | 2026-03-09..2026-03-15
week 12 | 2026-03-16..2026-03-22
this weekend | 2026-03-07..2026-03-08
next month | 2026-04-01..2026-04-30
in april | 2026-04-01..2026-04-30
April 3rd | 2026-04-03
april 3 | 2026-04-03
April 3, 2027 | 2027-04-03
3 April | 2026-04-03
3rd of April | 2026-04-03
the 3rd of April 2027 | 2027-04-03
the third of april | 2026-04-03
3 Apr 2027 | 2027-04-03
Friday, 3 April 2026 | 2026-04-03
fri 3 apr | 2026-04-03
03/04 | ? 2026-04-03 | 2026-03-04
3/4/2027 | ? 2027-04-03 | 2027-03-04
13/4 | 2026-04-13
4/13/2026 | 2026-04-13
4/4 | 2026-04-04
3.4.2027 | 2027-04-03
13/13 | !unread
31/2 | !missing
2027-04-03 | 2027-04-03
the 15th | 2026-03-15
the 1st of next month | 2026-04-01
the second Monday | 2026-03-09
on the second Monday | 2026-03-09
the first friday in april | 2026-04-03
last day of april | 2026-04-30
last friday | !passed
yesterday | !passed
two weeks ago | !passed
February 30 | !missing
christmas eve | 2026-12-24
easter monday | 2026-04-06
easter 2027 | 2027-03-28
whitsun | ? 2026-05-24 | 2026-05-25
new year | ? 2026-12-31 | 2027-01-01
jul | 2026-07-01..2026-07-31
this summer | 2026-06-01..2026-08-31
"""

TIMES = """
2pm | 2026-03-03 14:00
2 p.m. | 2026-03-03 14:00
2:30 PM | 2026-03-03 14:30
2.30pm | 2026-03-03 14:30
14:30 | 2026-03-03 14:30
at 14:30 | 2026-03-03 14:30
noon | 2026-03-03 12:00
midnight | 2026-03-04 00:00
12am | 2026-03-04 00:00
12 pm | 2026-03-03 12:00
15 pm | 2026-03-03 15:00
15 am | !unread
lunch tomorrow | 2026-03-04 12:00~
at 3 | ? 2026-03-03 15:00 | 2026-03-04 03:00
3 o'clock | ? 2026-03-03 15:00 | 2026-03-04 03:00
half past nine tomorrow | 2026-03-04 09:30
quarter to ten tomorrow morning | 2026-03-04 09:45
a quarter past eight in the evening | 2026-03-03 20:15
ten past eight pm | 2026-03-03 20:10
10 to 12 | !unread
10 minutes to 12 | 2026-03-03 11:50
five to twelve | 2026-03-03 11:55
until 3pm | 2026-03-03 15:00
ten minutes to nine tomorrow | 2026-03-04 08:50
nine thirty tomorrow | 2026-03-04 09:30
tonight | 2026-03-03 19:00~
tonight at 8 | 2026-03-03 20:00
this afternoon at 2 | 2026-03-03 14:00
tomorrow morning | 2026-03-04 08:00~
monday evening at 7 | 2026-03-09 19:00
tomorrow at 9 | 2026-03-04 09:00
9pm EST tomorrow | 2026-03-05 03:00
tomorrow 9pm EST | 2026-03-05 03:00
tomorrow 14:30 London time | 2026-03-04 15:30
tomorrow at 2:30 pm in London time | 2026-03-04 15:30
today at 14:30 UTC | 2026-03-03 15:30
at 14:30 gmt | 2026-03-03 15:30
14:30 Copenhagen time | 2026-03-03 14:30
tomorrow 14:30 local time | 2026-03-04 14:30
friday at 3 London time | ? 2026-03-06 16:00 | 2026-03-06 04:00
today at 9am London time | ? 2026-03-04 10:00
4 October 2026 at 2:30 London time | ? 2026-10-04 15:30 | 2026-10-04 03:30
9pm EST | 2026-03-04 03:00
9pm EST UTC | !unread
London time tomorrow | !unread
friday EST | !unread
15 am EST tomorrow | !unread
tomorrow 9am | 2026-03-04 09:00
at 9 tomorrow | 2026-03-04 09:00
tomorrow noon | 2026-03-04 12:00
next friday noon | ? 2026-03-06 12:00 | 2026-03-13 12:00
on the second Monday at noon | 2026-03-09 12:00
friday 12:00 | 2026-03-06 12:00
friday at 3 | ? 2026-03-06 15:00 | 2026-03-06 03:00
friday at 3pm | 2026-03-06 15:00
friday midnight | ? 2026-03-07 00:00 | 2026-03-06 00:00
today at 9am | ? 2026-03-04 09:00
today at 5 | 2026-03-03 17:00
March 10th at 2:30pm | 2026-03-10 14:30
March 10, 2026 14:30 | 2026-03-10 14:30
10 March 2026, 14:30 | 2026-03-10 14:30
Tuesday, 10 March 2026 at 14:30 | 2026-03-10 14:30
by friday at noon | 2026-03-06 12:00
end of the day | 2026-03-03 16:00~
in 2 minutes | 2026-03-03 10:02
in two minutes | 2026-03-03 10:02
in an hour | 2026-03-03 11:00
in half an hour | 2026-03-03 10:30
in an hour and a half | 2026-03-03 11:30
in 1.5 hours | 2026-03-03 11:30
in a quarter of an hour | 2026-03-03 10:15
in 2h | 2026-03-03 12:00
in 1 hour and 20 minutes | 2026-03-03 11:20
2 hours from now | 2026-03-03 12:00
in two weeks | 2026-03-17
in a fortnight | 2026-03-17
tomorrow in two weeks | 2026-03-18
in a week at 10:00 | 2026-03-10 10:00
two weeks from now | 2026-03-17
in a month | 2026-04-03
2 weeks | P14D
for 2 weeks | P14D
three days | P3D
an hour and a half | PT5400S
now | 2026-03-03 10:00
"""

# No time at all, or none that one could act upon: none of them is read as something.
TRAPS = """
ti stk. | !unread
ti stk kaffe | !unread
10 stk. | !unread
fem kroner | !unread
25 kr. | !unread
to do | !unread
to | !unread
man | 2026-03-09
manden | !unread
hej med dig | !unread
mandagsmøde | !unread
mødes vi snart | !unread
snart | !vague
senere | !vague
later | !vague
en dag | !vague
some day | !vague
måske i morgen | ? 2026-03-04
ikke i morgen | !unread
hverken eller | !unread
hver | !unread
every | !unread
kl. | !unread
den | !unread
om | !unread
10 | ? 2026-03-03 22:00 | 2026-03-04 10:00 | 2026-03-10
31 | ? 2026-03-31
45 | !unread
2027 | !unread
1995 | !unread
12:60 | !unread
99/99 | !unread
0/0 | !missing
halv | !unread
5 procent | !unread
3 ud af 4 | !unread
version 2.3.4 | !unread
+45 12 34 56 78 | !unread
010203-1234 | !unread
127.0.0.1 | !unread
i morgen i går | !passed
i dag i morgen | !unread
mandag tirsdag | !unread
kl. 9 kl. 10 | !unread
uge 12 uge 13 | !unread
i aften kl. 3 | !unread
om 2 uger siden | !unread
<@U123> | !unread
https://example.org/2027-03-03 | !unread
مرحبا | !unread
🎉 | !unread
 | !unread
... | !unread
"""


@pytest.mark.parametrize("table", [DAYS, TIMES])
def test_an_english_speaker_is_understood(table: str) -> None:
    wanted = dict(cases(table))
    assert {typed: understood(typed, "en") for typed in wanted} == wanted


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_is_no_time_is_not_read_as_one(language: str) -> None:
    wanted = dict(cases(TRAPS))
    assert {typed: understood(typed, language) for typed in wanted} == wanted


def test_a_text_that_is_too_long_is_no_time() -> None:
    assert understood("i morgen " * 40) == "!unread"


@pytest.mark.parametrize(
    ("zone_now", "typed", "wanted"),
    [
        ("2026-03-03T00:30+01:00", "i nat kl. 2", "2026-03-03 02:00"),
        ("2026-03-03T22:30+01:00", "i aften kl. 9", "? 2026-03-04 21:00"),
        ("2026-03-03T15:10+01:00", "i eftermiddag", "2026-03-03 15:30~"),
        ("2026-03-03T17:40+01:00", "i eftermiddag", "? 2026-03-04 14:00~"),
        ("2026-12-31T23:59+01:00", "i morgen kl. 9", "2027-01-01 09:00"),
        ("2028-02-28T12:00+01:00", "i morgen kl. 9", "2028-02-29 09:00"),
        ("2026-01-31T12:00+01:00", "om en måned", "2026-02-28"),
        ("2026-03-07T12:00+01:00", "i weekenden", "2026-03-07..2026-03-08"),
        ("2026-03-08T12:00+01:00", "næste weekend", "2026-03-14..2026-03-15"),
        ("2026-03-07T12:00+01:00", "næste søndag", "? 2026-03-08 | 2026-03-15"),
        ("2026-04-04T12:00+02:00", "påske kl. 9", "? 2026-04-05 09:00 | 2026-04-06 09:00"),
        ("2027-01-01T08:00+01:00", "nytår kl. 12", "2027-01-01 12:00"),
        ("2026-03-07T12:00+01:00", "næste tirsdag", "2026-03-10"),
    ],
)
def test_it_depends_on_when_it_is_said(zone_now: str, typed: str, wanted: str) -> None:
    assert understood(typed, now=datetime.fromisoformat(zone_now).astimezone(UTC)) == wanted
