"""Two have the same form open: nothing is undone unseen, and what was typed stays."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.elements import Choice
from bot.messages.forms import (
    CheckField,
    ChoiceField,
    DateField,
    FileField,
    Form,
    FormValue,
    ListField,
    MemberField,
    TextField,
)
from bot.messages.meanwhile import marks_of, merged
from tests.gallery import Shown

COLOURS = (Choice("r", "Red"), Choice("b", "Blue"))


def a_form(
    name: str = "Anna",
    needs: tuple[str, ...] = ("rooms",),
    colour: tuple[str, ...] = ("r",),
    day: date | None = None,
    *,
    ticked: bool = False,
) -> Form:
    return Form(
        "Form",
        "Send",
        Shown(1),
        (
            TextField("name", "Name", value=name, required=True),
            ListField("needs", "Needs", value=needs),
            ChoiceField("colour", "Colour", COLOURS, value=colour),
            DateField("day", "Day", value=day),
            CheckField("ticked", "Ticked", value=ticked),
            MemberField("who", "Who"),
            FileField("file", "File"),
        ),
    )


TYPED: dict[str, FormValue] = {
    "name": "Anna",
    "needs": ("rooms",),
    "colour": ("r",),
    "day": None,
    "ticked": False,
    "who": "",
    "file": None,
}


def test_what_nobody_else_changed_is_taken_as_it_was_typed() -> None:
    typed = {**TYPED, "name": "Anna Lund", "ticked": True}
    assert merged(a_form(), typed, marks_of(a_form())) == (typed, {})


def test_what_was_left_alone_keeps_what_stands_there_now() -> None:
    typed = {**TYPED, "name": "Anna Lund"}
    now = a_form(needs=("rooms", "a bus"), colour=("b",), day=date(2026, 3, 9), ticked=True)
    kept, problems = merged(now, typed, marks_of(a_form()))
    assert problems == {}
    assert kept == {
        **typed,
        "needs": ("rooms", "a bus"),
        "colour": ("b",),
        "day": date(2026, 3, 9),
        "ticked": True,
    }


def test_what_two_changed_is_told_with_what_stands_there_and_goes_through_the_second_time() -> None:
    typed: dict[str, FormValue] = {**TYPED, "name": "Anne", "needs": (), "colour": (), "day": date(2026, 5, 1)}
    now = a_form("Hanna", ("a bus", "data"), ("b",), date(2026, 3, 9))
    kept, problems = merged(now, typed, marks_of(a_form()))
    assert {key: problem.values["value"] for key, problem in problems.items()} == {
        "name": "Hanna",
        "needs": "a bus, data",
        "colour": "Blue",
        "day": "2026-03-09",
    }
    assert kept == typed
    assert merged(now, typed, marks_of(now)) == (typed, {})


def test_what_is_empty_or_ticked_is_told_as_well() -> None:
    then = a_form("Anna", ("rooms",), day=date(2026, 3, 9), ticked=True)
    typed: dict[str, FormValue] = {**TYPED, "name": "Anne", "needs": ("data",), "day": date(2026, 5, 1)}
    now = a_form("", (), colour=(), day=None, ticked=True)
    _, problems = merged(now, typed, marks_of(then))
    assert {problem.values["value"] for problem in problems.values()} == {"–"}


def test_both_made_the_same_change() -> None:
    typed = {**TYPED, "name": "Hanna"}
    assert merged(a_form("Hanna"), typed, marks_of(a_form())) == (typed, {})


def test_a_form_from_before_there_were_marks_is_taken_as_it_is() -> None:
    assert merged(a_form("Hanna"), TYPED, {}) == (TYPED, {})
    assert merged(a_form("Hanna"), {}, marks_of(a_form())) == ({}, {})


def test_a_box_that_two_changed_can_only_be_the_same_again() -> None:
    kept, problems = merged(a_form(ticked=True), {**TYPED, "ticked": True}, marks_of(a_form()))
    assert (kept["ticked"], problems) == (True, {})


WORDS = st.text("ab ", max_size=4).map(lambda text: " ".join(text.split()))


@given(WORDS, WORDS, WORDS)
def test_of_three_texts_none_is_lost_unseen(then: str, now: str, own: str) -> None:
    kept, problems = merged(a_form(now), {**TYPED, "name": own}, marks_of(a_form(then)))
    assert kept["name"] == (now if own == then else own)
    assert bool(problems) == (len({then, now, own}) == 3)
