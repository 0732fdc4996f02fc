"""Commands that reply in every way there is, for the tests of Slack's side."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

from bot.errors import NotThere, phrase
from bot.interactions import Answered, Call, Command, Filled, Option, Tables, Verb, Who, answer, fill
from bot.messages.actions import Action
from bot.messages.elements import (
    Button,
    Buttons,
    Card,
    Choice,
    File,
    Heading,
    LinkButton,
    Paragraph,
    Select,
    Weight,
)
from bot.messages.forms import (
    ChoiceField,
    DateField,
    FileField,
    Form,
    FormValue,
    ListField,
    MemberField,
    TextField,
)
from bot.messages.replies import Correct, Hand, OpenForm, Private, Public, Replace, Replies
from bot.messages.text import plain
from commands import help as help_

TOWNS = tuple(Choice(f"t{number}", f"Town {number}") for number in range(150))


@dataclass(frozen=True, slots=True)
class Ring(Action):
    code: ClassVar[str] = "s_ring"
    times: int


@dataclass(frozen=True, slots=True)
class Pick(Action):
    code: ClassVar[str] = "s_pick"


@dataclass(frozen=True, slots=True)
class Whisper(Action):
    code: ClassVar[str] = "s_whisper"


@dataclass(frozen=True, slots=True)
class Introduce(Action):
    code: ClassVar[str] = "s_introduce"


@dataclass(frozen=True, slots=True)
class Note(Action):
    code: ClassVar[str] = "s_note"


@dataclass(slots=True)
class Gate:
    """Slow handlers wait here; open unless a test closes it. ``passed``: how many began."""

    event: asyncio.Event = field(default_factory=asyncio.Event)
    passed: int = 0
    replies: Replies = ()
    asked: list[Call] = field(default_factory=list[Call])
    items: int = 1
    name: str = ""

    def __post_init__(self) -> None:
        self.event.set()

    def close(self) -> None:
        self.event.clear()

    def open(self) -> None:
        self.event.set()

    async def wait(self, call: Call) -> None:
        self.passed += 1
        self.asked.append(call)
        await self.event.wait()


def said(text: str, *more: str) -> Card:
    return Card(text, tuple(Paragraph(plain(one)) for one in (text, *more)))


def bell(times: int) -> Card:
    text = f"The bell rang {times} times"
    return Card(
        text,
        (
            Paragraph(plain(text)),
            Buttons(
                (
                    Button("Ring the bell", Ring(times + 1), Weight.MAIN),
                    Button("Whisper to me", Whisper()),
                    Button("Introduce me", Introduce()),
                    LinkButton("Read more", "https://example.org/"),
                )
            ),
        ),
    )


def menu() -> Card:
    fruit = (Choice("apple", "An apple"), Choice("pear", "A pear"))
    return Card("Choose a fruit", (Select("One fruit", Pick(), fruit), Select("Several", Pick(), fruit, multiple=True)))


def form(name: str = "") -> Form:
    return Form(
        "Who are you?",
        "Save",
        Introduce(),
        (
            TextField("name", "Name", value=name, required=True, max_length=40),
            ListField("needs", "Needs"),
            ChoiceField("town", "Town", TOWNS),
            MemberField("friend", "Friend"),
            DateField("until", "Until"),
            FileField("roster", "Roster", accepts=(".csv",), max_bytes=1000),
        ),
        plain("It takes a minute."),
    )


def tables(gate: Gate) -> Tables:  # noqa: C901 - one small handler after the other
    """The tables; ``gate.replies`` is what ``/try replies`` answers."""

    async def show(call: Call, card: Card) -> Replies:
        await gate.wait(call)
        return (Public(card),)

    async def whisper(call: Call) -> Replies:
        await gate.wait(call)
        return (Private(said(f"A whisper: {call.text('text') or 'nothing'}")),)

    async def opens(call: Call) -> Replies:
        await gate.wait(call)
        return (OpenForm(form(gate.name)),)

    async def opens_note(call: Call) -> Replies:
        await gate.wait(call)
        return (OpenForm(Form("A note", "Keep", Note(), (TextField("text", "Text", multiline=True),))),)

    async def many(call: Call) -> Replies:
        return tuple(Private(said(f"Card {number}")) for number in range(1, 8))

    async def any_replies(call: Call) -> Replies:
        await gate.wait(call)
        return gate.replies

    async def hand(call: Call) -> Replies:
        return (Hand(said("Your data"), File("data.json", "application/json", b'{"a": 1}')),)

    async def ring(call: Call, action: Ring, chosen: tuple[str, ...]) -> Replies:
        await gate.wait(call)
        return (Replace(bell(action.times)),)

    async def pick(call: Call, action: Pick, chosen: tuple[str, ...]) -> Replies:
        return (Private(said(f"You chose {', '.join(chosen) or 'nothing'}")),)

    async def tell(call: Call, action: Whisper, chosen: tuple[str, ...]) -> Replies:
        await gate.wait(call)
        return (Private(said("For you alone", "Nobody else sees it")),)

    async def press_introduce(call: Call, action: Introduce, chosen: tuple[str, ...]) -> Replies:
        return await opens(call)

    async def build(call: Call, action: Introduce) -> Form:
        return form(gate.name)

    async def build_note(call: Call, action: Note) -> Form:
        return Form("A note", "Keep", Note(), (TextField("text", "Text", multiline=True),))

    async def noted(call: Call, action: Note, values: Mapping[str, FormValue]) -> Replies:
        return (Private(said(f"Noted: {values['text']}")),)

    async def introduced(call: Call, action: Introduce, values: Mapping[str, FormValue]) -> Replies:
        await gate.wait(call)
        match values["name"]:
            case "Gone":
                raise NotThere(phrase("That is over. Type {command} to see what is left.", command=phrase("/help")))
            case "Nowhere":
                return (Correct({"name": "Another name, please", "nothing": "And something else"}),)
            case "Nobody":
                return (Correct({"name": "Another name, please"}),)
            case "Again":
                return (OpenForm(Form("A note", "Keep", Note(), (TextField("text", "Text"),))),)
            case "Ring":
                return (Replace(bell(9)), Private(said("It rang")))
            case "Broken":
                return None  # type: ignore[return-value]  # a mistake of ours
            case "Silent":
                return ()
            case _:
                pass
        file = values["roster"]
        held = file.content.decode() if isinstance(file, File) else "no file"
        shown = "/".join(str(values[key]) for key in ("name", "needs", "town", "friend", "until"))
        return (Private(said(f"Saved {shown}/{held}")),)

    text = Option("text", {"en": "text", "da": "tekst"}, "Yes", rest=True)
    commands = (
        help_.COMMAND,
        Command(
            "try",
            {"en": "try", "da": "prøv"},
            "Yes",
            (
                Verb(partial(show, card=bell(0)), "Yes", "bell", {"en": "bell", "da": "klokke"}),
                Verb(partial(show, card=menu()), "Yes", "menu", {"en": "menu", "da": "menukort"}),
                Verb(whisper, "Yes", "whisper", {"en": "whisper", "da": "hvisk"}, options=(text,)),
                Verb(opens, "Yes", "form", {"en": "form", "da": "formular"}, opens_form=True),
                Verb(opens_note, "Yes", "note", {"en": "note", "da": "note"}, opens_form=True),
                Verb(many, "Yes", "many", {"en": "many", "da": "mange"}),
                Verb(any_replies, "Yes", "replies", {"en": "replies", "da": "svar"}, opens_form=True),
                Verb(hand, "Yes", "file", {"en": "file", "da": "fil"}),
                Verb(whisper, "Yes", "secret", {"en": "secret", "da": "hemmelig"}, who=Who.ORGANISER),
            ),
            default="whisper",
        ),
    )
    actions: tuple[Answered, ...] = (
        answer(Ring, ring),
        answer(Pick, pick),
        answer(Whisper, tell),
        answer(Introduce, press_introduce),
    )
    forms: tuple[Filled, ...] = (fill(Introduce, build, introduced), fill(Note, build_note, noted))
    return commands, actions, forms


def home_card(name: str, items: int) -> Card:
    buttons = (
        Button("Ring the bell", Ring(items)),
        Button("Whisper to me", Whisper()),
        Button("Introduce me", Introduce()),
    )
    return Card("Home", (Heading(f"Hello {name}"), Paragraph(plain(f"{items} things wait")), Buttons(buttons)))
