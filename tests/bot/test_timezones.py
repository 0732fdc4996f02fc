"""Time zones within calendar files: read back by another reader, they show the same clocks as the zone itself."""

from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from bot.timezones import described
from tests.calendar_rules import broken, parsed

# By rule; by rule in the south and by half an hour; without; by the moon; with a rule of two parts; just before midnight.
ZONES = (
    "Europe/Copenhagen",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Asia/Jerusalem",
    "America/Nuuk",
    "Europe/Dublin",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "UTC",
)


def written(zone: str, first: date, last: date) -> bytes:
    calendar = Calendar()
    calendar.add_component(described(ZoneInfo(zone), first, last))
    return bytes(calendar.to_ical())


@settings(max_examples=60)
@given(
    st.sampled_from(ZONES),
    st.dates(date(2009, 1, 1), date(2037, 12, 1)),
    st.integers(0, 500),
    st.times(),
)
def test_another_reader_finds_the_clocks_as_they_are(zone: str, first: date, days: int, at: time) -> None:
    last = first + timedelta(days=days)
    content = written(zone, first, last)
    read = tzical(StringIO(content.decode().replace("\r\n ", ""))).get()
    assert read is not None
    for day in {first, first + timedelta(days=days // 2), last}:
        wall = datetime.combine(day, at.replace(second=0, microsecond=0))
        real = wall.replace(tzinfo=ZoneInfo(zone))
        if real.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) != wall:
            continue  # the clock never shows it that day
        if real.utcoffset() != real.replace(fold=1).utcoffset():
            continue  # it shows it twice
        assert wall.replace(tzinfo=read).utcoffset() == real.utcoffset(), (day, content.decode())


@pytest.mark.parametrize("zone", ZONES)
def test_a_zone_keeps_the_rules_of_files(zone: str) -> None:
    calendar = parsed(written(zone, date(2026, 3, 1), date(2026, 11, 1)))
    told = [
        rule for rule in broken(calendar) if not rule.startswith(("VCALENDAR", "the version", "the calendar", "METHOD"))
    ]
    assert told == []


def test_denmark_changes_by_two_rules() -> None:
    [zone] = parsed(written("Europe/Copenhagen", date(2018, 3, 22), date(2018, 3, 22))).within("VTIMEZONE")
    assert zone.one("TZID") == "Europe/Copenhagen"
    assert [
        (part.kind, part.one("RRULE"), part.one("TZOFFSETFROM"), part.one("TZOFFSETTO"), part.one("TZNAME"))
        for part in zone.parts
    ] == [
        ("DAYLIGHT", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "+0100", "+0200", "CEST"),
        ("STANDARD", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "+0200", "+0100", "CET"),
    ]


def test_where_no_rule_holds_each_change_stands_by_itself() -> None:
    def changes(zone: str, first: date, last: date) -> list[str]:
        [found] = parsed(written(zone, first, last)).within("VTIMEZONE")
        return [f"{part.one('DTSTART')} {part.one('TZOFFSETTO')} {part.one('RRULE')}".strip() for part in found.parts]

    assert changes("Africa/Casablanca", date(2026, 3, 1), date(2026, 4, 1)) == [
        "20260215T030000 +0000",
        "20260322T020000 +0100",
    ]
    assert changes("Asia/Kathmandu", date(2026, 3, 1), date(2026, 3, 1)) == ["19700101T000000 +0545"]
    # The day before the first change of all that are looked at.
    assert changes("Pacific/Apia", date(2010, 9, 1), date(2010, 10, 1))[0] == "19700101T000000 -1100"
