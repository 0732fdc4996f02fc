"""Single times as Danes write them, careful and sloppy, on Tuesday 3 March 2026 at 10:00 in Copenhagen."""

import pytest

from tests.bot.times_cases import understood

NEAR_DAYS = """
i dag | 2026-03-03
idag | 2026-03-03
I DAG | 2026-03-03
i morgen | 2026-03-04
imorgen | 2026-03-04
I Morgen! | 2026-03-04
i overmorgen | 2026-03-05
overmorgen | 2026-03-05
onsdag | 2026-03-04
på fredag | 2026-03-06
paa fredag | 2026-03-06
fre. | 2026-03-06
FREDAG | 2026-03-06
lørdag | 2026-03-07
loerdag | 2026-03-07
lordag | 2026-03-07
søn | 2026-03-08
tirsdag | ? 2026-03-03 | 2026-03-10
denne fredag | 2026-03-06
førstkommende mandag | 2026-03-09
næste mandag | 2026-03-09
næste tirsdag | 2026-03-10
næste onsdag | ? 2026-03-04 | 2026-03-11
næste fredag | ? 2026-03-06 | 2026-03-13
fredag i næste uge | 2026-03-13
næste uges fredag | 2026-03-13
næste uge fredag | 2026-03-13
torsdag om en uge | 2026-03-12
mandag om to uger | 2026-03-16
i denne uge | 2026-03-03..2026-03-08
næste uge | 2026-03-09..2026-03-15
uge 12 | 2026-03-16..2026-03-22
Uge12 | 2026-03-16..2026-03-22
uge 10 | 2026-03-03..2026-03-08
uge 9 | 2027-03-01..2027-03-07
uge 12 2027 | 2027-03-22..2027-03-28
tirsdag i uge 12 | 2026-03-17
uge 12, tirsdag | 2026-03-17
uge 53 | 2026-12-28..2027-01-03
uge 54 | !missing
i weekenden | 2026-03-07..2026-03-08
næste weekend | ? 2026-03-07..2026-03-08 | 2026-03-14..2026-03-15
denne måned | 2026-03-03..2026-03-31
næste måned | 2026-04-01..2026-04-30
i april | 2026-04-01..2026-04-30
februar | 2027-02-01..2027-02-28
næste år | 2027-01-01..2027-12-31
til vinter | 2026-12-01..2027-02-28
i foråret | 2026-03-03..2026-05-31
til sommer | 2026-06-01..2026-08-31
trsdag | ? 2026-03-03 | 2026-03-10 | 2026-03-05
tirsdga | ? 2026-03-03 | 2026-03-10
onsdg | 2026-03-04
"""

DATES = """
den 3. april | 2026-04-03
3. april | 2026-04-03
3 april | 2026-04-03
3.april | 2026-04-03
d. 3. apr. | 2026-04-03
d 3 apr | 2026-04-03
tredje april | 2026-04-03
den tredje april | 2026-04-03
den 3. april 2027 | 2027-04-03
d.3.april,2027 | 2027-04-03
1. marts | 2027-03-01
3. marts | 2026-03-03
3/4 | 2026-04-03
03/04 | 2026-04-03
3/4-2027 | 2027-04-03
3/4 2027 | 2027-04-03
3.4.2027 | 2027-04-03
3.4.27 | 2027-04-03
3-4-2027 | 2027-04-03
03-04-27 | 2027-04-03
2027-04-03 | 2027-04-03
2027/4/3 | 2027-04-03
den 15. | 2026-03-15
den 15 | 2026-03-15
d. 15. | 2026-03-15
den 3. | 2026-03-03
den 2. | 2026-04-02
den 31. | 2026-03-31
den 32. | !missing
den 15. i næste måned | 2026-04-15
den 15. denne måned | 2026-03-15
fredag den 13. marts | 2026-03-13
fredag d. 13. marts 2026 | 2026-03-13
fredag den 13. | 2026-03-13
torsdag den 13. | ? 2026-03-13 | 2026-03-12 | 2026-08-13
torsdag den 13. marts | ? 2026-03-13 | 2026-03-12
onsdag den 4/3 | 2026-03-04
29. februar | 2028-02-29
30. februar | !missing
31. april | !missing
3. april 9500 | !missing
9999-12-31 | !missing
29. februar 2024 | ? 2027-03-01
29. februar 2027 | !missing
den trettende maj 2037 | 2037-05-13
juleaften | 2026-12-24
pinse | ? 2026-05-24 | 2026-05-25
i pinsen 2027 | ? 2027-05-16 | 2027-05-17
påske | ? 2026-04-02 | 2026-04-03 | 2026-04-05 | 2026-04-06
Kristi himmelfart | 2026-05-14
store bededag | 2026-05-01
fastelavn | 2027-02-07
jul | ? 2026-12-24 | 2026-12-25 | 2026-12-26
i julen 2027 | ? 2027-12-24 | 2027-12-25 | 2027-12-26
5. jul | 2026-07-05
nytår | ? 2026-12-31 | 2027-01-01
langfredag | 2026-04-03
skærtorsdag | 2026-04-02
2. påskedag | 2026-04-06
kristi himmelfartsdag | 2026-05-14
nytårsdag | 2027-01-01
grundlovsdag 2027 | 2027-06-05
sidste fredag i marts | 2026-03-27
første mandag i april | 2026-04-06
den anden tirsdag i næste måned | 2026-04-14
femte mandag i april | !missing
sidste dag i april | 2026-04-30
slutningen af næste måned | 2026-04-30
udgangen af denne måned | 2026-03-31
sommertid | !unread
ultimo marts | 2026-03-31
1. marts 2025 | ? 2027-03-01
"""

CLOCKS = """
kl. 14.30 | 2026-03-03 14:30
kl 14.30 | 2026-03-03 14:30
kl.14.30 | 2026-03-03 14:30
Kl. 14:30 | 2026-03-03 14:30
klokken 14.30 | 2026-03-03 14:30
14:30 | 2026-03-03 14:30
14.30 | 2026-03-03 14:30
kl 1430 | 2026-03-03 14:30
1430 | 2026-03-03 14:30
kl. 14 | 2026-03-03 14:00
kl14 | 2026-03-03 14:00
klokken fjorten | 2026-03-03 14:00
kl. 12 | 2026-03-03 12:00
kl. 11 | 2026-03-03 11:00
kl. 08 | 2026-03-04 08:00
kl. 8 | ? 2026-03-03 20:00 | 2026-03-04 08:00
kl. 3 | ? 2026-03-03 15:00 | 2026-03-04 03:00
kl. 03 | 2026-03-04 03:00
kl. 03.00 | 2026-03-04 03:00
kl. 24 | 2026-03-04 00:00
kl. 0 | 2026-03-04 00:00
midnat | 2026-03-04 00:00
halv ti | ? 2026-03-03 21:30 | 2026-03-04 09:30
kl. halv tolv | 2026-03-03 11:30
halv et om natten | 2026-03-04 00:30
kvart over otte i morgen | 2026-03-04 08:15
kvart i ni i aften | 2026-03-03 20:45
ti minutter i ni om aftenen | 2026-03-03 20:50
ti i ni i morgen formiddag | 2026-03-04 08:50
fem over halv fire i eftermiddag | 2026-03-03 15:35
fem i halv ti i aften | 2026-03-03 21:25
klokken 5 om eftermiddagen | 2026-03-03 17:00
kl. 3 om natten | 2026-03-04 03:00
kl. 7 om morgenen | 2026-03-04 07:00
klokken tolv i eftermiddag | 2026-03-03 12:00
615 om morgenen | 2026-03-04 06:15
ved 9-tiden i morgen | 2026-03-04 09:00
i aften | 2026-03-03 19:00~
i aften kl. 8 | 2026-03-03 20:00
i nat kl. 2 | 2026-03-04 02:00
i eftermiddag | 2026-03-03 14:00~
i formiddag | 2026-03-03 10:30~
i morgen tidlig | 2026-03-04 08:00~
i morgen aften | 2026-03-04 19:00~
om aftenen | 2026-03-03 19:00~
mandag morgen | 2026-03-09 08:00~
fredag eftermiddag kl. 1 | 2026-03-06 13:00
natten til lørdag | 2026-03-07 00:00~
natten til lørdag kl. 2 | 2026-03-07 02:00
natten til lørdag kl. 11 | 2026-03-06 23:00
natten til lørdag kl. 12 | 2026-03-07 00:00
natten til lørdag kl. 23 | 2026-03-06 23:00
natten til lørdag kl. 15 | !unread
10:00 | 2026-03-04 10:00
9.30 | ? 2026-03-03 21:30 | 2026-03-04 09:30
14.10 | ? 2026-03-03 14:10 | 2026-10-14
mandag nat kl. 2 | ? 2026-03-10 02:00 | 2026-03-09 02:00
fredag midnat | ? 2026-03-07 00:00 | 2026-03-06 00:00
kl. 25 | !unread
kvart i et | 2026-03-03 12:45
fem over halv et | 2026-03-03 12:35
tredive over ni | !unread
midnat om morgenen | !unread
eftermiddag | !unread
kl. 14.75 | !unread
kl. 15 om morgenen | !unread
"""

BOTH = """
i morgen kl. 9 | 2026-03-04 09:00
i morgen kl 9 | 2026-03-04 09:00
imorgen kl9 | 2026-03-04 09:00
i morgen klokken ni | 2026-03-04 09:00
kl. 9 i morgen | 2026-03-04 09:00
i morgen 9 | 2026-03-04 09:00
i morgen 9.30 | 2026-03-04 09:30
i morgen kl. 3 | ? 2026-03-04 15:00 | 2026-03-04 03:00
i dag kl. 9 | ? 2026-03-03 21:00 | 2026-03-04 09:00
i dag kl. 09.00 | ? 2026-03-04 09:00
i dag kl. 3 | 2026-03-03 15:00
tirsdag den 10. marts 14.30 | 2026-03-10 14:30
tirsdag d. 10/3 kl. 14:30 | 2026-03-10 14:30
TIRSDAG D. 10. MARTS KL. 14.30 | 2026-03-10 14:30
10/3-2026 kl. 14:30 | 2026-03-10 14:30
10.3.26 14.30 | 2026-03-10 14:30
2026-03-10 14:30 | 2026-03-10 14:30
2026-03-10T14:30 | 2026-03-10 14:30
2026-03-10T14:30:00+02:00 | 2026-03-10 13:30
2026-03-10T13:30Z | 2026-03-10 14:30
2026-02-10T13:30Z | !passed
tirsdag kl. 15 | ? 2026-03-03 15:00 | 2026-03-10 15:00
tirsdag kl. 9 | 2026-03-10 09:00
på fredag kl. halv tre | ? 2026-03-06 14:30 | 2026-03-06 02:30
fredag 12 | 2026-03-06 12:00
fredag 13 | ? 2026-03-06 13:00 | 2026-03-13
uge 12, tirsdag kl. 10 | 2026-03-17 10:00
om en uge kl. 10 | 2026-03-10 10:00
om to dage kl. 14 | 2026-03-05 14:00
senest fredag kl. 12 | 2026-03-06 12:00
den 15. kl. 10 | 2026-03-15 10:00
3. marts kl. 9 | ? 2026-03-03 21:00 | 2027-03-03 09:00
den 3. kl. 09.00 | ? 2026-04-03 09:00
3. marts kl. 09.00 | ? 2027-03-03 09:00
i morgen kl. 9 dansk tid | 2026-03-04 09:00
i morgen kl. 14.30 engelsk tid | 2026-03-04 15:30
på fredag kl. 9 grønlandsk tid | 2026-03-06 12:00
juleaften kl. 18 | 2026-12-24 18:00
pinse kl. 12 | ? 2026-05-24 12:00 | 2026-05-25 12:00
store bededag kl. 9 | 2026-05-01 09:00
den anden mandag i marts kl. 12 | 2026-03-09 12:00
uge 12 kl. 10 | !unread
i dag om to uger | 2026-03-17
i morgen om en uge | 2026-03-11
3. april om to uger | !unread
i dag om en måned | !unread
uge 11-13 | !unread
i morgen mellem 9 og 10 | !unread
lørdag d. 7. marts kl. 10-12 | !unread
om 3-4 dage | !unread
om to dage på fredag | !unread
2026-13-45T10:00Z | !missing
"""

LENGTHS = """
om 2 minutter | 2026-03-03 10:02
om to minutter | 2026-03-03 10:02
om 30 sek | 2026-03-03 10:00:30
om et kvarter | 2026-03-03 10:15
om tre kvarter | 2026-03-03 10:45
om en halv time | 2026-03-03 10:30
om ½ time | 2026-03-03 10:30
om halvanden time | 2026-03-03 11:30
om 1½ time | 2026-03-03 11:30
om 1,5 time | 2026-03-03 11:30
om to en halv time | 2026-03-03 12:30
om to og en halv time | 2026-03-03 12:30
om 1 time og 20 min. | 2026-03-03 11:20
om 2t | 2026-03-03 12:00
om et par timer | 2026-03-03 12:00
om 36 timer | 2026-03-04 22:00
om en uge | 2026-03-10
om to uger | 2026-03-17
om 14 dage | 2026-03-17
om fjorten dage | 2026-03-17
om en måned | 2026-04-03
om et halvt år | 2026-09-03
om elleve et halvt år | 2037-09-03
elleve et halvt år fra nu | 2037-09-03
tre uger fra nu | 2026-03-24
2 uger | P14D
2uger | P14D
i 2 uger | P14D
for 14 dage | P14D
en måned | P1M
halvanden time | PT5400S
et kvarter | PT900S
3 dags | P3D
1 time og 30 minutter | PT5400S
et halvt år | P6M
om 0 dage | !unread
om 99999999 år | !unread
om 99999 år | !unread
om 9 år og 9999 dage | 2062-07-18
nu | 2026-03-03 10:00
med det samme | 2026-03-03 10:00
"""

GONE = """
i går | !passed
i går kl. 9 | !passed
sidste tirsdag | !passed
for to uger siden | !passed
i mandags | !passed
sidste uge | !passed
i morges | !passed
3/3-2020 kl. 12 | ? 2027-03-03 12:00
"""


def cases(*tables: str) -> list[tuple[str, str]]:
    lines = [line for table in tables for line in table.strip().splitlines()]
    return [(typed.strip(), wanted.strip()) for typed, _, wanted in (line.partition(" | ") for line in lines)]


@pytest.mark.parametrize("table", [NEAR_DAYS, DATES, CLOCKS, BOTH, LENGTHS, GONE])
def test_a_dane_is_understood(table: str) -> None:
    wanted = dict(cases(table))
    assert {typed: understood(typed) for typed in wanted} == wanted
