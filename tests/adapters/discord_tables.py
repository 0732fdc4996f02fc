"""Commands that reply in every way there is, for the tests of Discord's side; what Slack's tests have, and what only Discord
asks in another way: a question before a button, a form of several steps, an entry in a message's menu."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from bot.interactions import Answered, Call, Command, Filled, Option, OptionKind, Tables, Verb, Who, answer, fill
from bot.messages.actions import Action
from bot.messages.elements import Button, Buttons, Card, Choice, Confirm, Paragraph, Weight
from bot.messages.forms import CheckField, ChoiceField, Form, FormValue, TextField
from bot.messages.replies import Correct, OpenForm, Private, Public, Replace, Replies
from bot.messages.text import plain
from tests.adapters.slack_tables import Gate, said
from tests.adapters.slack_tables import tables as common

QUESTION = Confirm("Burn it?", "There is no way back.", "Burn it", "Keep it")


@dataclass(frozen=True, slots=True)
class Burn(Action):
    code: ClassVar[str] = "d_burn"


@dataclass(frozen=True, slots=True)
class Long(Action):
    code: ClassVar[str] = "d_long"


def letter(state: str) -> Card:
    button = Button("Burn", Burn(), Weight.DANGER, QUESTION)
    return Card(f"The letter is {state}", (Paragraph(plain(f"The letter is {state}")), Buttons((button,))))


def long_form(first: str = "") -> Form:
    """Three modals: Discord takes five inputs in each."""
    fields = tuple(
        TextField(f"q{number}", f"Question {number}", value=first if number == 1 else "", required=number in (1, 7))
        for number in range(1, 11)
    )
    colours = (Choice("r", "Red"), Choice("b", "Blue"))
    return Form(
        "A long form", "Send", Long(), (*fields, ChoiceField("colour", "Colour", colours), CheckField("sure", "Sure"))
    )


def tables(gate: Gate) -> Tables:  # noqa: C901 - one small handler after the other
    """Slack's tables and more; ``gate.name`` is what the long form begins with."""

    async def show_letter(call: Call) -> Replies:
        return (Public(letter("whole")),)

    async def burn(call: Call, action: Burn, chosen: tuple[str, ...]) -> Replies:
        await gate.wait(call)
        return gate.replies or (Replace(said("The letter is ash")),)

    async def opens_long(call: Call) -> Replies:
        return (OpenForm(long_form(gate.name)),)

    async def press_long(call: Call, action: Long, chosen: tuple[str, ...]) -> Replies:
        return (OpenForm(long_form(gate.name)),)

    async def build_long(call: Call, action: Long) -> Form:
        return long_form(gate.name)

    async def answered(call: Call, action: Long, values: Mapping[str, FormValue]) -> Replies:
        await gate.wait(call)
        if values["q7"] == "wrong":
            return (Correct({"q7": "Not that, please"}),)
        told = "/".join(str(values[key]) for key in ("q1", "q5", "q7", "q10", "colour", "sure"))
        return gate.replies or (Private(said(f"Answered {told}")),)

    async def note(call: Call) -> Replies:
        place = call.arrival.place.message
        return (Private(said(f"A note of {place.value if place else 'nothing'}")),)

    async def who(call: Call) -> Replies:
        gate.asked.append(call)
        return (Private(said("Somebody")),)

    async def count(call: Call) -> Replies:
        gate.asked.append(call)
        told = ", ".join(f"{key}={value}" for key, value in sorted(call.values.items()))
        return (Private(said(f"Counted {told}")),)

    commands, actions, forms = common(gate)
    options = (
        Option("many", {"en": "many", "da": "antal"}, "Yes", OptionKind.NUMBER, required=True),
        Option("who", {"en": "who", "da": "hvem"}, "Yes", OptionKind.MEMBER),
        Option("day", {"en": "day", "da": "dag"}, "Yes", OptionKind.DATE),
        Option("loud", {"en": "loud", "da": "højt"}, "Yes", OptionKind.FLAG),
    )
    more = Command(
        "more",
        {"en": "more", "da": "mere"},
        "Yes",
        (
            Verb(show_letter, "Yes", "letter", {"en": "letter", "da": "brev"}),
            Verb(opens_long, "Yes", "long", {"en": "long", "da": "lang"}, opens_form=True),
            Verb(who, "Yes", "who", {"en": "who", "da": "hvem"}, who=Who.ALL),
            Verb(count, "Yes", "count", {"en": "count", "da": "tæl"}, options=options),
            Verb(
                note, "Yes", "note", {"en": "note", "da": "notat"}, on_message={"en": "Make a note", "da": "Lav notat"}
            ),
        ),
        default="letter",
    )
    pressed: tuple[Answered, ...] = (answer(Burn, burn), answer(Long, press_long))
    filled: tuple[Filled, ...] = (fill(Long, build_long, answered),)
    return (*commands, more), (*actions, *pressed), (*forms, *filled)
