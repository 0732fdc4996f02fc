"""Camps as calendar files: by the rules of files, with the same event for ever, and nobody's name in a feed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.camps.calendar import Entry, camp_file, feed, mark_of
from bot.camps.domain import Answer, Camp, CampState, Item, Seat, Signup
from bot.identity import CampId, MemberId
from bot.messages.text import clean
from bot.words import Languages
from tests.calendar_rules import Component, checked

LANGUAGES = Languages.load()
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
DANISH, ENGLISH = (LANGUAGES.words(language, COPENHAGEN) for language in ("da", "en"))
ANNA = MemberId(UUID(int=7))
MADE = datetime(2018, 1, 8, 10, 30, tzinfo=UTC)
CAMP = Camp(
    id=CampId(UUID(int=3)),
    author=ANNA,
    created_at=MADE,
    name="Camp 3: livssituationer, sammen",
    day=date(2018, 3, 22),
    begins=time(9),
    ends=time(16),
    zone="Europe/Copenhagen",
    host="Rødovre Kommune",
    place="Ældrecentret Broparken,\nRødovre",
    check_in=time(8, 30),
    programme=(
        Item("Velkommen; og hvorfor", time(9), speaker="Lone Lærke"),
        Item("Frokost", time(12), time(12, 45)),
        Item("Tak for i dag"),
    ),
    invited_at=MADE,
)
YES = Signup(CAMP.id, ANNA, Answer.YES, Seat.TAKEN, guest_names=("Gitte Gæst",))


def the_file(camp: Camp = CAMP, signup: Signup | None = YES) -> Component:
    return checked(camp_file(Entry(camp, signup), DANISH).content)


def the_feed(*entries: Entry) -> Component:
    return checked(feed(entries, "Brobyggerakademiet", COPENHAGEN, date(2018, 3, 1), DANISH))


def event_of(calendar: Component) -> Component:
    [event] = calendar.within("VEVENT")
    return event


def test_a_camp_is_an_event_in_its_own_zone() -> None:
    file = camp_file(Entry(CAMP, YES), DANISH)
    assert (file.name, file.media_type) == ("camp-2018-03-22.ics", "text/calendar; charset=utf-8; method=PUBLISH")
    calendar = checked(file.content)
    event = event_of(calendar)
    assert calendar.one("METHOD") == "PUBLISH"
    assert event.all("DTSTART")[0].params == {"TZID": "Europe/Copenhagen"}
    assert (event.one("DTSTART"), event.one("DTEND")) == ("20180322T090000", "20180322T160000")
    assert event.one("UID") == "00000000-0000-0000-0000-000000000003@brobygger"
    assert event.text("SUMMARY") == "Camp 3: livssituationer, sammen"
    assert event.text("LOCATION") == "Ældrecentret Broparken, Rødovre"
    assert event.text("DESCRIPTION").splitlines() == [
        "Vært: Rødovre Kommune",
        "Check-in fra kl. 08.30",
        "",
        "Program",
        "09.00 Velkommen; og hvorfor / Lone Lærke",
        "12.00–12.45 Frokost",
        "Tak for i dag",
    ]


def test_in_english_the_clock_reads_as_english_does() -> None:
    said = event_of(checked(camp_file(Entry(CAMP), ENGLISH).content)).text("DESCRIPTION")
    assert "Check-in from 08:30" in said
    assert "12:00–12:45 Frokost" in said


def test_a_camp_of_which_little_is_known_yet() -> None:
    event = event_of(the_file(replace(CAMP, host="", place="", check_in=None, programme=())))
    assert not event.all("DESCRIPTION")
    assert not event.all("LOCATION")


def test_a_change_is_a_newer_version_of_the_same_event() -> None:
    changed = replace(CAMP, place="Hornslet", sequence=4, changed_at=MADE + timedelta(days=9))
    before, after = event_of(the_file()), event_of(the_file(changed))
    assert before.one("UID") == after.one("UID")
    assert (before.one("SEQUENCE"), after.one("SEQUENCE")) == ("0", "4")
    assert (before.one("DTSTAMP"), after.one("DTSTAMP")) == ("20180108T103000Z", "20180117T103000Z")
    assert after.one("CREATED") == before.one("DTSTAMP")


def test_what_somebody_answers_makes_their_event_newer() -> None:
    maybe = Signup(CAMP.id, ANNA, Answer.MAYBE, answered_at=MADE + timedelta(days=1))
    seated = Signup(CAMP.id, ANNA, Answer.YES, Seat.TAKEN, answered_at=MADE, since=MADE + timedelta(days=2))
    assert event_of(the_file(CAMP, maybe)).one("DTSTAMP") == "20180109T103000Z"
    assert event_of(the_file(CAMP, seated)).one("DTSTAMP") == "20180110T103000Z"


@pytest.mark.parametrize(
    ("answer", "seat", "status", "shown", "busy"),
    [
        (Answer.YES, Seat.TAKEN, "CONFIRMED", "BUSY", "OPAQUE"),
        (Answer.YES, Seat.WAITING, "TENTATIVE", "TENTATIVE", "OPAQUE"),
        (Answer.MAYBE, Seat.NONE, "TENTATIVE", "TENTATIVE", "OPAQUE"),
        (Answer.NONE, Seat.NONE, "TENTATIVE", "FREE", "TRANSPARENT"),
        (Answer.NO, Seat.NONE, "TENTATIVE", "FREE", "TRANSPARENT"),
    ],
)
def test_the_day_is_as_taken_as_the_seat(answer: Answer, seat: Seat, status: str, shown: str, busy: str) -> None:
    event = event_of(the_file(CAMP, Signup(CAMP.id, ANNA, answer, seat)))
    assert (event.one("STATUS"), event.one("X-MICROSOFT-CDO-BUSYSTATUS"), event.one("TRANSP")) == (status, shown, busy)


def test_a_cancelled_camp_says_so_and_stays_in_the_feed() -> None:
    off = replace(CAMP, state=CampState.CANCELLED, sequence=1)
    calendar = the_file(off)
    event = event_of(the_feed(Entry(off, YES)))
    assert event.one("STATUS") == event_of(calendar).one("STATUS") == "CANCELLED"
    assert (event.one("TRANSP"), event.one("SEQUENCE")) == ("TRANSPARENT", "1")
    assert event.text("SUMMARY") == "Aflyst: Camp 3: livssituationer, sammen"


def test_a_feed_says_what_it_is_and_when_to_ask_again() -> None:
    calendar = the_feed(Entry(CAMP, YES))
    assert calendar.text("NAME") == calendar.text("X-WR-CALNAME") == "Camps – Brobyggerakademiet"
    assert calendar.one("X-WR-TIMEZONE") == "Europe/Copenhagen"
    assert [one.params for one in calendar.all("REFRESH-INTERVAL")] == [{"VALUE": "DURATION"}]
    assert calendar.one("REFRESH-INTERVAL") == calendar.one("X-PUBLISHED-TTL") == "PT1H"


def test_a_feed_names_nobody() -> None:
    content = feed([Entry(CAMP, YES)], "Akademiet", COPENHAGEN, date(2018, 3, 1), DANISH).decode().replace("\r\n ", "")
    assert "Lone" not in content
    assert "Gitte" not in content
    assert str(ANNA) not in content
    assert "Velkommen" in content


def test_a_feed_without_a_camp_holds_the_academys_zone() -> None:
    calendar = the_feed()
    assert [part.kind for part in calendar.parts] == ["VTIMEZONE"]


def test_camps_in_two_zones_describe_both() -> None:
    far = replace(CAMP, id=CampId(UUID(int=4)), zone="America/Nuuk")
    calendar = the_feed(Entry(far), Entry(CAMP))
    assert [zone.one("TZID") for zone in calendar.within("VTIMEZONE")] == ["America/Nuuk", "Europe/Copenhagen"]


def test_the_same_camps_are_the_same_bytes_and_another_camp_is_not() -> None:
    def marked(*camps: Camp) -> str:
        return mark_of(feed([Entry(one) for one in camps], "Akademiet", COPENHAGEN, date(2018, 3, 1), DANISH))

    assert marked(CAMP) == marked(CAMP)
    assert marked(CAMP) != marked(replace(CAMP, name="Camp 4"))
    assert marked(CAMP).startswith('"')


# Whatever a person may type: quotes, backslashes, commas, line breaks, letters of four bytes, marks that join.
TYPED = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from('";:,\\\n\t🌉é'), max_size=90
)


@settings(max_examples=60)
@given(
    name=TYPED.filter(str.strip),
    place=TYPED,
    academy=TYPED,
    items=st.lists(st.tuples(TYPED, st.none() | st.times(), TYPED), max_size=4),
    zone=st.sampled_from(["Europe/Copenhagen", "Asia/Kathmandu", "Africa/Casablanca"]),
    day=st.dates(date(2010, 1, 1), date(2037, 12, 31)),
    state=st.sampled_from(CampState),
)
def test_whatever_was_typed_the_file_keeps_the_rules_and_says_the_same(
    name: str,
    place: str,
    academy: str,
    items: list[tuple[str, time | None, str]],
    zone: str,
    day: date,
    state: CampState,
) -> None:
    programme = tuple(Item(title, at, speaker=speaker) for title, at, speaker in items)
    camp = replace(CAMP, name=name, place=place, programme=programme, zone=zone, day=day, state=state)
    for content in (
        camp_file(Entry(camp, YES), DANISH).content,
        feed([Entry(camp, YES)], academy, COPENHAGEN, day, DANISH),
    ):
        event = event_of(checked(content))
        assert event.text("SUMMARY").endswith(" ".join(clean(name).split()))
        assert event.text("LOCATION") == " ".join(clean(place).split())
