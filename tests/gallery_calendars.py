"""Cards around people's calendars, and the next camp on their own page, for the renderers."""

from dataclasses import replace
from datetime import timedelta

from bot.camps.calendar_cards import address_card, file_card, no_address_card
from bot.camps.domain import Answer, Camp, CampState, Seat, Signup
from bot.camps.homepart import camp_part
from bot.camps.seeing import Seen, Tally
from bot.home import home_card
from bot.identity import CampId
from bot.messages.elements import Card
from bot.messages.forms import Form
from bot.words import Words
from tests.gallery import NASTY
from tests.gallery_camps import NOW
from tests.gallery_introductions import ANNA
from tests.storage_values import a_camp

_ADDRESS = f"https://a-house-with-a-rather-long-name.example.org/brobygger/calendar/{'k' * 32}.ics"


def _camp(name: str = "Camp 3") -> Camp:
    return a_camp(
        ANNA.id, id=CampId(ANNA.id), name=name, state=CampState.PLANNED, day=(NOW + timedelta(days=20)).date()
    )


def _seen(camp: Camp, answer: Answer, seat: Seat = Seat.NONE) -> Seen:
    return Seen(camp, Tally(0, 0, 0, 0, 0, 0, None), Signup(camp.id, ANNA.id, answer, seat), 3, ())


def cards(words: Words) -> list[tuple[str, Card]]:
    """All cards, each with a name for the test that fails."""
    camp = _camp()
    made = [
        ("camp as a file", file_card(camp, words, follows=True)),
        ("camp as a file alone", file_card(camp, words, follows=False)),
        ("cancelled camp as a file", file_card(replace(camp, state=CampState.CANCELLED), words, follows=True)),
        ("calendar address", address_card(_ADDRESS, camp, words)),
        ("new calendar address", address_card("http://127.0.0.1:8080/calendar/k.ics", None, words, renewed=True)),
        ("no calendar address", no_address_card(camp, words)),
        ("no calendar address and no camp", no_address_card(None, words)),
    ]
    for place, text in enumerate(NASTY):
        nasty = _camp(" ".join(text.split())[:100] or "Camp")
        made.append((f"camp as a file {place}", file_card(nasty, words, follows=True)))
        page = camp_part([_seen(nasty, Answer.NONE), _seen(camp, Answer.NO)], words, NOW)
        made.append((f"home with a camp {place}", home_card(ANNA, [page], words)))
    standings = (
        (Answer.YES, Seat.TAKEN),
        (Answer.YES, Seat.WAITING),
        (Answer.MAYBE, Seat.NONE),
        (Answer.NO, Seat.NONE),
    )
    for answer, seat in standings:
        page = camp_part([_seen(camp, answer, seat)], words, NOW)
        made.append((f"home with a camp: {answer.value} {seat.value}", home_card(ANNA, [page], words)))
    return made


def forms(words: Words) -> list[tuple[str, Form]]:
    """None."""
    del words
    return []
