"""The small cards around forms and presses, and what their buttons come back with."""

from zoneinfo import ZoneInfo

import pytest

from adapters.discord.forms import steps_of
from adapters.discord.ids import CustomId, Kind, read_id
from adapters.discord.page import Page
from adapters.discord.views import (
    academy_page,
    correcting_page,
    general_question,
    open_page,
    question_page,
    step_page,
    step_with,
    waiting_page,
)
from bot.messages.elements import Confirm
from bot.messages.forms import Form, TextField
from bot.words import Languages
from tests.adapters.discord_reading import components_of, objects, problems_of_page, words_of
from tests.gallery import NASTY, Shown, every_field

ENGLISH = Languages.load().words("en", ZoneInfo("Europe/Copenhagen"))
TAG = "abcde"
FORM = Form("Your profile", "Save", Shown(7), tuple(TextField(f"f{number}", f"Field {number}") for number in range(12)))


def ids_of(page: Page) -> list[CustomId | None]:
    return [read_id(str(one["custom_id"])) for one in objects(components_of(page)) if "custom_id" in one]


def test_while_something_runs_one_is_told_so() -> None:
    assert words_of(components_of(waiting_page(ENGLISH))) == "One moment ..."


def test_a_form_that_came_too_late_is_opened_by_a_button() -> None:
    page = open_page(FORM, TAG, ENGLISH)
    assert words_of(components_of(page)).split("\n") == ["Your profile", "The form is ready.", "Open the form"]
    assert ids_of(page) == [CustomId(Kind.REOPEN, 0, TAG, "gallery.1:7")]
    assert ids_of(open_page(FORM, TAG, ENGLISH, 2)) == [CustomId(Kind.REOPEN, 2, TAG, "gallery.1:7")]


def test_between_two_steps_one_knows_how_far_one_is() -> None:
    page = step_page(FORM, 1, TAG, ENGLISH)
    assert words_of(components_of(page)).split("\n") == [
        "Your profile: step 1 of 3 is done",
        "Still to come: Field 5, Field 6, Field 7, Field 8, Field 9, Field 10, Field 11.",
        "Continue",
        "Not now",
        "What you wrote is kept for a day.",
    ]
    assert ids_of(page) == [CustomId(Kind.REOPEN, 1, TAG, "gallery.1:7"), CustomId(Kind.CLOSE, 0, TAG)]


def test_what_to_change_is_told_and_the_step_with_it_opens_again() -> None:
    page = correcting_page(FORM, {"f6": "Please fill this in.", "f11": "Too *long*."}, TAG, ENGLISH)
    assert words_of(components_of(page)).split("\n") == [
        "Your profile: almost there",
        "Field 6: Please fill this in.",
        "Field 11: Too *long*.",
        "Correct it",
        "What you wrote is kept.",
    ]
    assert ids_of(page) == [CustomId(Kind.REOPEN, 1, TAG, "gallery.1:7")]


@pytest.mark.parametrize(("keys", "step"), [(("f0",), 0), (("f11", "f7"), 1), (("f11",), 2), (("gone",), 0), ((), 0)])
def test_the_first_step_that_asks_for_something(keys: tuple[str, ...], step: int) -> None:
    assert [len(fields) for fields in steps_of(FORM)] == [5, 5, 2]
    assert step_with(FORM, keys) == step


def test_a_question_is_answered_with_its_own_words() -> None:
    page = question_page(Confirm("Forget you?", "All of it goes.", "Yes, forget me", "No"), TAG, "erase.1:5")
    assert words_of(components_of(page)).split("\n") == ["Forget you?", "All of it goes.", "Yes, forget me", "No"]
    assert ids_of(page) == [CustomId(Kind.YES, 0, TAG, "erase.1:5"), CustomId(Kind.CLOSE, 1, TAG)]


def test_only_what_cannot_be_undone_is_red() -> None:
    confirm = Confirm("Send it?", "75 cards go out.", "Send", "Not yet")
    pages = [question_page(confirm, TAG, "send.1:5", grave=grave) for grave in (True, False)]
    rows = [components_of(page)[-1]["components"] for page in pages]
    assert [[button["style"] for button in row] for row in rows] == [[4, 2], [1, 2]]


def test_a_question_that_is_no_longer_known_is_asked_by_the_buttons_name() -> None:
    confirm = general_question("Forget me", ENGLISH)
    assert confirm == Confirm("Are you sure?", "You pressed: Forget me", "Yes", "Not now")


def test_of_several_academies_one_is_chosen() -> None:
    page = academy_page({"aaaaa": "Broen", "bbbbb": "Broen", "ccccc": "Havnen"}, "1234", ENGLISH)
    assert words_of(components_of(page)).split("\n") == ["Which academy is this for?", "Broen", "Broen", "Havnen"]
    assert ids_of(page) == [
        CustomId(Kind.ACADEMY, number, tag, "1234") for number, tag in enumerate(("aaaaa", "bbbbb", "ccccc"))
    ]


def test_as_many_academies_as_there_are_buttons() -> None:
    page = academy_page({f"{number:05}": f"Academy {number}" for number in range(40)}, "1234", ENGLISH)
    assert problems_of_page(page) == []
    assert len(ids_of(page)) == 25


@pytest.mark.parametrize("text", ["", "  ", "x" * 9_000, *NASTY])
def test_whatever_is_in_them_discord_takes_them(text: str) -> None:
    form = every_field(text)
    confirm = Confirm(text, text, text, text)
    pages = [
        waiting_page(ENGLISH),
        open_page(form, TAG, ENGLISH),
        *(step_page(form, done, TAG, ENGLISH) for done in range(1, len(steps_of(form)))),
        correcting_page(form, dict.fromkeys([field.key for field in form.fields], text), TAG, ENGLISH),
        question_page(confirm, TAG, "w" * 80),
        question_page(general_question(text, ENGLISH), TAG, "w"),
        academy_page({"aaaaa": text, "bbbbb": text}, "1234", ENGLISH),
    ]
    assert [problem for page in pages for problem in problems_of_page(page)] == []
