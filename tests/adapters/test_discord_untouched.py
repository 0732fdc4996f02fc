"""A form whose last steps nobody opened: what it says there is what stood there."""

from dataclasses import replace
from datetime import date

from adapters.discord.dialogs import Begun
from adapters.discord.forms import steps_of
from adapters.discord.untouched import may_stay, with_the_rest
from bot.messages.elements import Choice
from bot.messages.forms import CheckField, ChoiceField, DateField, Form, FormField, ListField, MemberField, TextField
from bot.messages.meanwhile import marks_of
from bot.messages.reading import read_form
from tests.adapters.discord_tables import Long


def test_what_nobody_opened_is_sent_as_it_stands_there_now() -> None:
    fields: tuple[FormField, ...] = (
        *(TextField(f"t{number}", f"Text {number}") for number in range(5)),
        TextField("text", "Text", value="as before", required=True),
        ListField("list", "List", value=("one", "two")),
        ChoiceField("choice", "Choice", (Choice("a", "A"), Choice("b", "B")), value=("b",)),
        CheckField("check", "Check", value=True),
        DateField("day", "Day", value=date(2026, 3, 22)),
        DateField("other", "Other"),
        MemberField("member", "Member"),
    )
    form = Form("A form", "Save", Long(), fields)
    assert may_stay(form, 1)
    assert not may_stay(replace(form, fields=(*fields, TextField("new", "New", required=True))), 1)
    begun = with_the_rest(form, Begun({"t0": "typed", "list": "mine"}, {"t0": "old"}, 1, "card"))
    assert begun.values == {
        "t0": "typed",
        "list": "mine",
        "text": "as before",
        "choice": ("b",),
        "check": "on",
        "day": "2026-03-22",
        "other": "",
        "member": "",
    }
    values, problems = read_form(form, begun.values)
    assert not problems
    assert (values["text"], values["choice"], values["check"], values["day"]) == (
        "as before",
        ("b",),
        True,
        date(2026, 3, 22),
    )
    # What was shown of these is what stands there now; of what was typed, what stood there then.
    assert begun.seen["text"] == marks_of(form)["text"]
    assert begun.seen["t0"] == "old"
    assert begun.step == len(steps_of(form))
