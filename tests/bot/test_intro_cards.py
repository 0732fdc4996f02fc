"""The cards keep what they promise: sizes, one main button, buttons that fit, the same choice of starters every time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.identity import IntroId, new_id
from bot.introductions import starters
from bot.introductions.domain import IntroState
from bot.introductions.meeting import calendar_file, proposed_time
from bot.introductions.seeing import Seen
from bot.introductions.starters import starters_for
from bot.matching.domain import Reason, ReasonKind
from bot.messages.actions import MAX_ACTION_BYTES, encode_action
from bot.messages.elements import Button, Buttons, Card, Heading, Select, Weight
from bot.words import Words
from tests.gallery_introductions import ANNA, BO, NAMING, NOW, PEOPLE, ZONE, an_intro, cards, forms
from tests.introductions_talk import LANGUAGES

ALL = [(language, name) for language in ("da", "en") for name, _ in cards(LANGUAGES.words(language, ZONE))]


def words(language: str = "en") -> Words:
    return LANGUAGES.words(language, ZONE)


def buttons(card: Card) -> list[Button]:
    rows = [element for element in card.elements if isinstance(element, Buttons)]
    return [button for row in rows for button in row.buttons if isinstance(button, Button)]


@pytest.mark.parametrize(("language", "name"), ALL)
def test_every_card_fits_everywhere(language: str, name: str) -> None:
    card = dict(cards(words(language)))[name]
    assert card.notice
    assert len(card.elements) <= 40
    assert sum(button.weight is Weight.MAIN for button in buttons(card)) <= 1
    for button in buttons(card):
        assert len(button.label) <= 75
        assert len(encode_action(button.action)) <= MAX_ACTION_BYTES
    for element in card.elements:
        if isinstance(element, Heading):
            assert len(element.text) <= 150
        if isinstance(element, Select):
            assert 1 <= len(element.choices) <= 25
            assert len(encode_action(element.action)) <= MAX_ACTION_BYTES
            assert all(len(choice.label) <= 75 for choice in element.choices)


def test_every_form_fits_everywhere() -> None:
    for language in ("da", "en"):
        for _, form in forms(words(language)):
            assert len(form.title) <= 24
            assert len(form.submit) <= 24
            assert len(form.fields) <= 5


def seen(number: int = 1, reasons: tuple[Reason, ...] | None = None) -> Seen:
    intro = replace(an_intro(number, IntroState.OPENED, ANNA, BO), id=IntroId(new_id()))
    if reasons is not None:
        intro = replace(intro, reasons=reasons)
    return Seen(intro, PEOPLE, NAMING, NOW)


def reason(kind: ReasonKind, term: str = "") -> Reason:
    return Reason(kind, str(BO.id), str(ANNA.id), term, term)


CASES = [
    (),
    (reason(ReasonKind.NEED_OFFER, "lokaler"),),
    (reason(ReasonKind.THEME, "nabofællesskab"),),
    (reason(ReasonKind.SECTORS), reason(ReasonKind.FIRST_MEETING)),
    (reason(ReasonKind.NEED_OFFER, "lokaler"), reason(ReasonKind.THEME, "loneliness"), reason(ReasonKind.SECTORS)),
    (Reason(ReasonKind.NEED_OFFER, str(UUID(int=1)), str(ANNA.id), "gone", "gone"),),
]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("reasons", CASES)
def test_three_different_starters_always_and_the_same_ones_again(language: str, reasons: tuple[Reason, ...]) -> None:
    for _ in range(20):
        one = seen(reasons=reasons)
        told = starters_for(one, words(language))
        assert len(told) == len(set(told)) == 3
        assert told == starters_for(one, words(language))
        assert all("{" not in line for line in told)


def test_starters_fit_the_reasons() -> None:
    one = seen(reasons=CASES[4])
    told = starters_for(one, words())
    assert any("lokaler" in line for line in told)
    assert any(line == entry.message for entry in starters.THEMES["loneliness"] for line in told)
    assert any(line == entry.message for entry in starters.LEARNINGS for line in told)


def test_different_introductions_begin_differently() -> None:
    assert len({tuple(starters_for(seen(reasons=CASES[4]), words())) for _ in range(40)}) > 10


@given(
    minutes=st.integers(0, 5 * 365 * 24 * 60),
    later=st.timedeltas(timedelta(0), timedelta(days=40)),
    zone=st.sampled_from(["Europe/Copenhagen", "America/New_York", "Asia/Kathmandu", "UTC"]),
)
def test_the_proposed_meeting_is_to_come_mid_week_and_in_working_hours(
    minutes: int, later: timedelta, zone: str
) -> None:
    opened = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    intro = replace(seen().intro, opened_at=opened)
    at = proposed_time(intro, ZoneInfo(zone), opened + later)
    assert opened + later < at <= opened + later + timedelta(days=14)
    assert at.weekday() in {1, 2, 3}
    assert 9 <= at.hour < 15
    if later < timedelta(hours=1):
        assert at == proposed_time(intro, ZoneInfo(zone), opened) or at > opened + timedelta(days=7)


def test_the_calendar_file_says_what_calendars_ask_for() -> None:
    one = seen()
    file = calendar_file(one, words("da"), ZONE)
    calendar = Calendar.from_ical(file.content)
    (event,) = calendar.events
    (zone,) = calendar.timezones
    assert file.media_type.startswith("text/calendar")
    assert file.content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in file.content.split(b"\r\n"))
    assert event.uid == f"{one.intro.id}@brobygger"
    assert zone.tz_name == "Europe/Copenhagen"
    assert "Anna Holm" in str(event["SUMMARY"])
    assert file.content == calendar_file(one, words("da"), ZONE).content
