"""A form that came back, read against the form that was asked."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.actions import Action
from bot.messages.elements import Choice, File
from bot.messages.forms import (
    CheckField,
    ChoiceField,
    DateField,
    FileField,
    Form,
    FormField,
    FormInput,
    FormValue,
    ListField,
    MemberField,
    TextField,
)
from bot.messages.reading import read_form


@dataclass(frozen=True, slots=True)
class Send(Action):
    code: ClassVar[str] = "test_send"


def reads(field: FormField, given_: FormInput) -> FormValue:
    values, problems = read_form(Form("Title", "Send", Send(), (field,)), {field.key: given_, "unknown": "x"})
    assert not problems
    assert set(values) == {field.key}
    return values[field.key]


def refuses(field: FormField, given_: FormInput) -> str:
    values, problems = read_form(Form("Title", "Send", Send(), (field,)), {field.key: given_})
    assert not values
    return problems[field.key].message.format(**problems[field.key].values)


SENTENCE = "Vi leder efter et sted hvor vores unge kan mødes om aftenen, og nogen der ved noget om jura"
COLOURS = (Choice("red", "Red"), Choice("blue", "Blue"))
CSV = File("members.CSV", "text/csv", b"name")
ID = "019f0000-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    ("field", "given_", "value"),
    [
        (TextField("f", "F"), "  two   words\r\nhere ", "two words here"),
        (TextField("f", "F", multiline=True), " a\r\nb\rc\n ", "a\nb\nc"),
        (TextField("f", "F"), ("a", "b"), "a b"),
        (TextField("f", "F"), "a\x00b\x07\u202ec\ud800", "abc"),
        (TextField("f", "F"), "👩‍👧 مرحبا <!channel>", "👩‍👧 مرحبا <!channel>"),
        (ListField("f", "F"), "a, b;c|d\n\n a \n  e  f ", ("a", "b", "c", "d", "e f")),
        (ListField("f", "F"), ("a", "b"), ("a", "b")),
        (ListField("f", "F", value=("rooms, big",)), "rooms, big\nx, y", ("rooms, big", "x", "y")),
        (ListField("f", "F"), "", ()),
        (ListField("f", "F", max_length=99, sentences=True), SENTENCE, (SENTENCE,)),
        (
            ListField("f", "F", max_length=99, sentences=True),
            f"  {SENTENCE}\nrooms, money",
            (SENTENCE, "rooms", "money"),
        ),
        (ListField("f", "F", sentences=True), "a room for 20 on Mondays, money", ("a room for 20 on Mondays", "money")),
        (
            ListField("f", "F", sentences=True),
            "a room for 20 on Mondays, a van.",
            ("a room for 20 on Mondays, a van.",),
        ),
        (ListField("f", "F", sentences=True), "rooms, and money", ("rooms", "and money")),
        (
            ListField("f", "F", sentences=True),
            "we look for a room every Monday, |b",
            ("we look for a room every Monday", "b"),
        ),
        (
            ListField("f", "F"),
            "we look for a room each Monday, and money",
            ("we look for a room each Monday", "and money"),
        ),
        (ChoiceField("f", "F", COLOURS), "red", ("red",)),
        (ChoiceField("f", "F", COLOURS), "", ()),
        (ChoiceField("f", "F", COLOURS, multiple=True), ("blue", "red", "blue"), ("blue", "red")),
        (MemberField("f", "F"), f" {ID} ", ID),
        (MemberField("f", "F"), "", ""),
        (DateField("f", "F"), "2026-03-03", date(2026, 3, 3)),
        (DateField("f", "F"), "", None),
        (CheckField("f", "F"), "ON", True),
        (CheckField("f", "F"), "", False),
        (FileField("f", "F", accepts=(".csv",)), CSV, CSV),
        (FileField("f", "F"), "", None),
    ],
)
def test_is_read(field: FormField, given_: FormInput, value: FormValue) -> None:
    assert reads(field, given_) == value


@pytest.mark.parametrize(
    ("field", "given_", "said"),
    [
        (TextField("f", "F", required=True), " \u202e ", "Please fill this in."),
        (TextField("f", "F"), CSV, "Please fill this in."),
        (TextField("f", "F", max_length=3), "four", "This is 4 characters long"),
        (TextField("f", "F"), "x" * 10_000_000, "characters long"),
        (ListField("f", "F", required=True), " , ;\n", "Please fill this in."),
        (ListField("f", "F", max_items=2), "a,b,c", "At most 2 here"),
        (ListField("f", "F", max_length=3), "a,four", "under 3 characters"),
        (ListField("f", "F"), "x," * 5_000_000 + "y" * 100, "under 80 characters"),
        (ChoiceField("f", "F", COLOURS, required=True), "", "Please choose one."),
        (ChoiceField("f", "F", COLOURS), "green", "from the list"),
        (ChoiceField("f", "F", COLOURS), ("red", "blue"), "from the list"),
        (MemberField("f", "F", required=True), " ", "choose a person"),
        (MemberField("f", "F"), "Mette", "choose a person from the list"),
        (MemberField("f", "F"), "@everyone", "choose a person from the list"),
        (DateField("f", "F", required=True), "", "Please fill this in."),
        (DateField("f", "F"), "3. marts", "year-month-day"),
        (DateField("f", "F"), "2026-02-30", "year-month-day"),
        (FileField("f", "F", required=True), "", "choose a file"),
        (FileField("f", "F", required=True), File("a.csv", "text/csv", b""), "choose a file"),
        (FileField("f", "F", accepts=(".csv", ".txt")), File("a.exe", "x/y", b"1"), "ends with .csv, .txt"),
        (FileField("f", "F", max_bytes=1_000_000), File("a", "x/y", b"1" * 1_000_001), "at most 1 MB"),
    ],
)
def test_is_refused_by_field(field: FormField, given_: FormInput, said: str) -> None:
    assert said in refuses(field, given_)


def test_what_is_missing_is_read_as_empty() -> None:
    form = Form("T", "S", Send(), (TextField("a", "A"), TextField("b", "B", required=True)))
    values, problems = read_form(form, {})
    assert (values, set(problems)) == ({"a": ""}, {"b"})


@given(st.text(max_size=300))
def test_nothing_that_cannot_be_seen_is_kept(typed: str) -> None:
    kept = reads(TextField("f", "F", multiline=True, max_length=1000), typed)
    assert isinstance(kept, str)
    assert not set(kept) & {"\x00", "\u202e", "\r"}
    assert kept == kept.strip()
    assert reads(TextField("f", "F", multiline=True, max_length=1000), kept) == kept


@given(st.text(max_size=300))
def test_a_list_that_was_read_is_read_the_same_again(typed: str) -> None:
    field = ListField("f", "F", max_items=1000, max_length=1000)
    kept = reads(field, typed)
    assert isinstance(kept, tuple)
    assert reads(field, "\n".join(kept)) == kept
