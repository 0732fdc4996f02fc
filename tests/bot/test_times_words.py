"""What we say of a time can be read back, and means the same; and what else is said beside it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.times import Day, Moment, Reading, Rule, Span, Unclear, in_words, notes_in_words, read_time
from bot.times.placing import at_offset
from bot.times.shapes import CODES
from bot.words import Languages, Words
from tests.bot.times_cases import COPENHAGEN, NOW

ZONES = [
    ZoneInfo(name)
    for name in ("Europe/Copenhagen", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia")
]
LANGUAGES = Languages.load()
LANGUAGE = st.sampled_from(["da", "en"])
ZONE = st.sampled_from(ZONES)
NOWS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001 - UTC follows


def words_in(language: str, zone: ZoneInfo = COPENHAGEN) -> Words:
    return LANGUAGES.words(language, zone)


@settings(deadline=None)
@given(NOWS, st.integers(1, 5_000_000), ZONE, LANGUAGE)
def test_a_moment_is_read_back(now: datetime, minutes: int, zone: ZoneInfo, language: str) -> None:
    at = at_offset((now + timedelta(minutes=minutes)).replace(second=0, microsecond=0), zone)
    assume(at > now)
    told = in_words(Moment(at), words_in(language, zone), now)
    assert read_time(told, now, zone, language) == Moment(at)


@settings(deadline=None)
@given(NOWS, st.integers(0, 4000), st.sampled_from([0, 0, 1, 6]), ZONE, LANGUAGE)
def test_a_day_is_read_back(now: datetime, ahead: int, more: int, zone: ZoneInfo, language: str) -> None:
    first = now.astimezone(zone).date() + timedelta(days=ahead)
    if more == 6:
        first += timedelta(days=-first.weekday() % 7)
    assume(more != 1)
    day = Day(first, first + timedelta(days=more))
    assert read_time(in_words(day, words_in(language, zone), now), now, zone, language) == day


@settings(deadline=None)
@given(st.integers(0, 30), st.integers(0, 90), st.integers(0, 100_000), LANGUAGE)
def test_a_length_is_read_back(months: int, days: int, seconds: int, language: str) -> None:
    assume(months or days or seconds)
    span = Span(months, days, seconds)
    assert read_time(in_words(span, words_in(language), NOW), NOW, COPENHAGEN, language) == span


WEEKDAYS = st.lists(st.integers(0, 6), min_size=1, max_size=6, unique=True).map(
    lambda days: "BYDAY=" + ",".join(CODES[day] for day in sorted(days))
)
MONTH_DAYS = st.lists(st.integers(1, 31), min_size=1, max_size=4, unique=True).map(
    lambda days: "BYMONTHDAY=" + ",".join(map(str, sorted(days)))
)
RANKED = st.builds("BYDAY={}{}".format, st.sampled_from([1, 2, 3, 4, 5, -1, -2]), st.sampled_from(CODES))
WORKDAY = st.builds("BYDAY=MO,TU,WE,TH,FR;BYSETPOS={}".format, st.sampled_from([1, 2, 3, -1, -2]))
YEAR_DAY = st.builds("BYMONTH={};BYMONTHDAY={}".format, st.integers(1, 12), st.integers(1, 28))
GAP = st.sampled_from(["", "INTERVAL=2;", "INTERVAL=3;", "INTERVAL=5;"])
RULES = st.one_of(
    GAP.map(lambda gap: f"FREQ=DAILY;{gap}".rstrip(";")).filter(lambda rule: "=7" not in rule),
    st.builds("FREQ=WEEKLY;{}{}".format, GAP, WEEKDAYS),
    st.builds("FREQ=MONTHLY;{}{}".format, GAP, MONTH_DAYS),
    st.builds("FREQ=MONTHLY;{}{}".format, GAP, RANKED),
    st.builds("FREQ=MONTHLY;{}{}".format, GAP, WORKDAY),
    st.builds("FREQ=MONTHLY;{}BYMONTHDAY=-1".format, GAP),
    st.builds("FREQ=YEARLY;{}{}".format, GAP, YEAR_DAY),
)
ENDS = st.sampled_from(["", ";COUNT=1", ";COUNT=12"])


@settings(deadline=None)
@given(RULES, ENDS, st.sampled_from([time(0), time(2, 30), time(9), time(13, 45), time(23, 59)]), ZONE, LANGUAGE)
def test_a_rule_is_read_back(rule: str, end: str, at: time, zone: ZoneInfo, language: str) -> None:
    now = NOW.astimezone(zone)
    wanted = Rule(first_of(rule, at, now), zone.key, rule + end)
    read = read_time(in_words(wanted, words_in(language, zone), now), now, zone, language)
    assert isinstance(read, Rule)
    assert (read.rule, read.start, read.zone) == (wanted.rule, wanted.start, wanted.zone)


def first_of(rule: str, at: time, now: datetime) -> datetime:
    """The first time on the wall that the rule has, said without its interval."""
    from dateutil.rrule import rrulestr

    wall = now.replace(tzinfo=None)
    bare = ";".join(part for part in rule.split(";") if not part.startswith("INTERVAL"))
    first = rrulestr(bare, dtstart=datetime.combine(wall.date(), at)).after(wall)
    assert isinstance(first, datetime)
    return first


@pytest.mark.parametrize(
    ("typed", "danish", "english"),
    [
        ("i morgen kl. 9", "onsdag den 4. marts 2026 kl. 09.00 (i morgen)", "Wednesday, 4 March 2026 at 09:00 (tomorrow)"),
        ("om 2 minutter", "tirsdag den 3. marts 2026 kl. 10.02 (om 2 minutter)", "Tuesday, 3 March 2026 at 10:02 (in 2 minutes)"),
        ("om 30 sekunder", "tirsdag den 3. marts 2026 kl. 10.00 (om 30 sekunder)",
         "Tuesday, 3 March 2026 at 10:00 (in 30 seconds)"),
        ("25/10 kl. 02.30 sommertid", "søndag den 25. oktober 2026 kl. 02.30 sommertid (om 8 måneder)",
         "Sunday, 25 October 2026 at 02:30 summer time (in 8 months)"),
        ("25/10 kl. 02.30 vintertid", "søndag den 25. oktober 2026 kl. 02.30 vintertid (om 8 måneder)",
         "Sunday, 25 October 2026 at 02:30 winter time (in 8 months)"),
        ("nu", "tirsdag den 3. marts 2026 kl. 10.00 (nu)", "Tuesday, 3 March 2026 at 10:00 (now)"),
        ("i dag", "tirsdag den 3. marts 2026 (i dag)", "Tuesday, 3 March 2026 (today)"),
        ("om to uger", "tirsdag den 17. marts 2026 (om 2 uger)", "Tuesday, 17 March 2026 (in 2 weeks)"),
        ("om 1000 år", "fredag den 3. marts 3026 (om 1000 år)", "Friday, 3 March 3026 (in 1000 years)"),
        ("om et år", "onsdag den 3. marts 2027 (om 1 år)", "Wednesday, 3 March 2027 (in 1 year)"),
        ("uge 12", "uge 12 2026 (mandag den 16. marts 2026 til søndag den 22. marts 2026)",
         "week 12 2026 (Monday, 16 March 2026 to Sunday, 22 March 2026)"),
        ("i weekenden", "lørdag den 7. marts 2026 til søndag den 8. marts 2026",
         "Saturday, 7 March 2026 to Sunday, 8 March 2026"),
        ("halvanden time", "1 time og 30 minutter", "1 hour and 30 minutes"),
        ("hver anden tirsdag kl. 9", "hver anden uge på tirsdag kl. 09.00, første gang tirsdag den 10. marts 2026",
         "every other week on Tuesday at 09:00, first time Tuesday, 10 March 2026"),
        ("hver hverdag kl. 8, 3 gange", "hver hverdag kl. 08.00, første gang onsdag den 4. marts 2026, 3 gange",
         "every weekday at 08:00, first time Wednesday, 4 March 2026, 3 times"),
        ("sidste fredag i måneden kl. 14 til 1. juni",
         "hver måned den sidste fredag kl. 14.00, første gang fredag den 27. marts 2026, til og med mandag den 1. juni 2026",
         "every month on the last Friday at 14:00, first time Friday, 27 March 2026, until Monday, 1 June 2026"),
        # A rule, though no "each" was typed: that it repeats is said first.
        ("sidste fredag i måneden", "hver måned den sidste fredag kl. 09.00, første gang fredag den 27. marts 2026",
         "every month on the last Friday at 09:00, first time Friday, 27 March 2026"),
        ("hver måned den 1. og 22. kl. 9", "hver måned den 1. og den 22. kl. 09.00, første gang søndag den 22. marts 2026",
         "every month on the 1st and the 22nd at 09:00, first time Sunday, 22 March 2026"),
        ("hver måned den 3. og 11. kl. 9", "hver måned den 3. og den 11. kl. 09.00, første gang onsdag den 11. marts 2026",
         "every month on the 3rd and the 11th at 09:00, first time Wednesday, 11 March 2026"),
        ("hvert år den 24. december kl. 18", "hvert år den 24. december kl. 18.00, første gang torsdag den 24. december 2026",
         "every year on 24 December at 18:00, first time Thursday, 24 December 2026"),
        ("hvert 15. minut", "hvert 15. minut, første gang tirsdag den 3. marts 2026 kl. 10.15",
         "every 15 minutes, first time Tuesday, 3 March 2026 at 10:15"),
        ("hver time i 3 timer",
         "hver time, første gang tirsdag den 3. marts 2026 kl. 11.00, til og med tirsdag den 3. marts 2026 kl. 13.59",
         "every hour, first time Tuesday, 3 March 2026 at 11:00, until Tuesday, 3 March 2026 at 13:59"),
        ("hver mandag kl. 9 undtagen 2. påskedag og juli",
         "hver mandag kl. 09.00, første gang mandag den 9. marts 2026, undtagen 6. april 2026 og juli",
         "every Monday at 09:00, first time Monday, 9 March 2026, except 6 April 2026 and July"),
        ("hver dag kl. 9 undtagen uge 12 og uge 14",
         ("hver dag kl. 09.00, første gang onsdag den 4. marts 2026, undtagen 16. marts 2026, 17. marts 2026, 18. marts 2026, "
          "19. marts 2026, 20. marts 2026, 21. marts 2026 og 8 dage mere"),
         ("every day at 09:00, first time Wednesday, 4 March 2026, except 16 March 2026, 17 March 2026, 18 March 2026, "
          "19 March 2026, 20 March 2026, 21 March 2026 and 8 days more")),
    ],
)  # fmt: skip
def test_it_is_told_in_the_readers_language(typed: str, danish: str, english: str) -> None:
    found = read_time(typed, NOW, COPENHAGEN, "da")
    assert not isinstance(found, Unclear)
    assert in_words(found, words_in("da"), NOW) == danish
    assert in_words(found, words_in("en"), NOW) == english


@pytest.mark.parametrize(
    ("danish", "english"),
    [("første", "first"), ("anden", "second"), ("tredje", "third"), ("fjerde", "fourth"), ("femte", "fifth"),
     ("sidste", "last"), ("næstsidste", "second last")],
)  # fmt: skip
def test_which_of_the_month_is_told(danish: str, english: str) -> None:
    found = read_time(f"den {danish} mandag i hver måned kl. 9", NOW, COPENHAGEN, "da")
    assert isinstance(found, Rule)
    assert in_words(found, words_in("da"), NOW).startswith(f"hver måned den {danish} mandag kl. 09.00, første gang")
    assert in_words(found, words_in("en"), NOW).startswith(f"every month on the {english} Monday at 09:00, first time")


def notes(typed: str, language: str = "en") -> list[str]:
    found = read_time(typed, NOW, COPENHAGEN, "da")
    readings: tuple[Reading, ...] = found.readings if isinstance(found, Unclear) else (found,)
    return [note for reading in readings for note in notes_in_words(reading, words_in(language))]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("i morgen kl. 9", []),
        ("i morgen", []),
        ("i aften", ["You named no time of day, so I took 19:00."]),
        ("hver tirsdag", ["You named no time of day, so I took 09:00."]),
        ("29/3 kl. 02.30",
         ["The clocks go forward then, and that time does not exist. It will be right after the missing hour."]),
        ("hver dag kl. 02.30", ["Where the clocks go forward over that hour, it happens right after it.",
                                "Where the clocks go back and that hour comes twice, it happens the first time."]),
        ("hver måned den 31. kl. 9", ["Months that do not have that day are passed over."]),
        ("hver tirsdag kl. 9 undtagen juleaftensdag og 1. juledag",
         ["On one of the days that you leave out it would not happen anyway."]),
    ],
)  # fmt: skip
def test_what_one_should_know_beside_it(typed: str, said: list[str]) -> None:
    assert notes(typed) == said


def test_a_rule_of_another_zone_is_told_by_its_own_wall() -> None:
    rule = Rule(datetime(2026, 3, 9, 9, 0), "America/New_York", "FREQ=HOURLY")  # noqa: DTZ001 - wall time
    assert in_words(rule, words_in("en"), NOW) == "every hour, first time Monday, 9 March 2026 at 14:00"
    assert in_words(Day(date(2026, 3, 3), date(2026, 3, 3)), words_in("da"), NOW) == "tirsdag den 3. marts 2026 (i dag)"
