"""Cards and forms that cover the whole message model, nasty texts included, and those that the capabilities bring.

Every renderer goes through all of them: ``every_card(words)`` and ``every_form(words)``. A capability adds its own in
``tests/gallery_<capability>.py`` with ``cards(words)`` and ``forms(words)``.
"""

from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import ClassVar, Protocol, assert_never, cast
from uuid import UUID

from bot.identity import MemberId
from bot.messages.actions import Action
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Choice,
    Confirm,
    Divider,
    Element,
    Field,
    Fields,
    Footnote,
    Heading,
    Image,
    LinkButton,
    Paragraph,
    Quote,
    Select,
    Table,
    Weight,
)
from bot.messages.forms import (
    CheckField,
    ChoiceField,
    DateField,
    FileField,
    Form,
    FormField,
    ListField,
    MemberField,
    TextField,
)
from bot.messages.text import Bold, Code, Inline, Italic, Link, MentionOf, Moment, Plain, Text, plain
from bot.words import Words

# One transparent dot.
DOT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
SOMEBODY = MemberId(UUID("0195a000-0000-7000-8000-000000000001"))
NASTY = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><b>bold</b> & 'quotes'",
    "<!channel> <@U123> @everyone @here",
    "*stars* _lines_ `ticks` ~waves~ [text](javascript:alert(1))",
    "{curly} %s ${dollar} {{ 7 * 7 }}",
    "שלום עולם, مرحبا بالعالم",
    "👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301",
    "Rødgrødmedfløde" * 20,
    "two\nlines\n\nand a gap",
)


@dataclass(frozen=True, slots=True)
class Shown(Action):
    """An intent that nobody answers: it only has to be drawn."""

    code: ClassVar[str] = "gallery"
    number: int


class Wing(Protocol):
    """A module of the gallery that a capability brings."""

    def cards(self, words: Words) -> list[tuple[str, Card]]: ...
    def forms(self, words: Words) -> list[tuple[str, Form]]: ...


WINGS = (
    "tests.gallery_members",
    "tests.gallery_introductions",
    "tests.gallery_home",
    "tests.gallery_linking",
    "tests.gallery_announcements",
    "tests.gallery_approval",
    "tests.gallery_quiet",
    "tests.gallery_camps",
    "tests.gallery_stations",
    "tests.gallery_calendars",
    "tests.gallery_polls",
    "tests.gallery_notes",
    "tests.gallery_challenges",
    "tests.gallery_bank",
)


def wings() -> Iterator[Wing]:
    """The modules that are there."""
    for name in WINGS:
        if find_spec(name) is not None:
            yield cast(Wing, import_module(name))


def every_card(words: Words) -> list[tuple[str, Card]]:
    """All cards, each with a name for the test that fails."""
    return [*own_cards(), *(found for wing in wings() for found in wing.cards(words))]


def every_form(words: Words) -> list[tuple[str, Form]]:
    """All forms, each with a name for the test that fails."""
    return [*own_forms(), *(found for wing in wings() for found in wing.forms(words))]


def own_cards() -> list[tuple[str, Card]]:
    """The model's own: every element, every inline, every weight and accent; and every element around every nasty text."""
    moods = [(f"mood {accent.value}", Card("A mood", (Paragraph(plain("Calm words")),), accent)) for accent in Accent]
    nasty = [(f"nasty {place}", Card(text, everything(text))) for place, text in enumerate(NASTY)]
    return [("everything", Card("Everything", everything("Some words"))), *moods, *nasty]


def everything(text: str) -> tuple[Element, ...]:
    """One of each element, with this text wherever a person's words can stand."""
    confirm = Confirm(f"{text}?", f"It is gone then: {text}", "Yes, do it", "No, keep it")
    return (
        Heading(text[:150]),
        Paragraph(inlines(text)),
        Bullets((plain(text), (Bold("first"), Plain(" then "), Italic(text)))),
        Quote(plain(text)),
        Fields((Field("Organisation", plain(text)), Field(text[:60], plain("value")))),
        Table(("Who", text[:60]), (("Anna", text), (text, "Bo"))),
        Image(DOT, text),
        Divider(),
        Select(text[:60], Shown(20), (Choice("a", text[:60], text[:60]), Choice("b", "Second"))),
        Select("Several", Shown(21), (Choice("a", "First"), Choice("b", text[:60])), multiple=True),
        Buttons(
            (
                Button(text[:60], Shown(1), Weight.MAIN),
                Button("Plain", Shown(2)),
                Button("Danger", Shown(3), Weight.DANGER, confirm),
                LinkButton("Read more", "https://example.org/?a=1&b=<2>"),
                *(Button(f"Choice {number}", Shown(number)) for number in range(4, 12)),
            )
        ),
        Footnote(plain(text)),
    )


def inlines(text: str) -> Text:
    """One of each inline."""
    return (
        Plain(text),
        Bold(text),
        Italic(text),
        Code(text),
        Link(text, "https://example.org/?q=<x>&y='\""),
        MentionOf(SOMEBODY, text),
        Moment(datetime(2026, 3, 22, 8, 0, tzinfo=UTC), "both", "22 March 2026"),
    )


def own_forms() -> list[tuple[str, Form]]:
    """Every field, empty, filled and with every nasty text."""
    nasty = [(f"nasty {place}", every_field(text)) for place, text in enumerate(NASTY)]
    return [("everything", every_field("Some words")), ("many choices", many_choices()), *nasty]


def every_field(text: str) -> Form:
    """One of each field, with this text wherever a person's words can stand."""
    short = text[:60]
    return Form(
        short,
        "Save",
        Shown(30),
        (
            TextField("line", "A line", hint=text, value=text, required=True),
            TextField("lines", short, value=text, multiline=True),
            ListField("items", "Items", value=(short, "another"), suggestions=(short, "premises"), hint=text),
            ListField("more", "More", required=True),
            ChoiceField("one", short, (Choice("a", short, text), Choice("b", "Second")), value=("b",)),
            ChoiceField("some", "Some", (Choice("a", "First"), Choice("b", short)), value=("a",), multiple=True),
            MemberField("who", short, hint=text),
            DateField("day", "Day", value=date(2026, 3, 22)),
            CheckField("sure", short, value=True),
            FileField("file", short, hint=text, accepts=(".csv",)),
        ),
        inlines(text),
    )


def many_choices() -> Form:
    """More choices than fit at once."""
    choices = tuple(Choice(f"c{number}", f"Choice {number}", f"hint {number}") for number in range(40))
    return Form("Many", "Save", Shown(31), (ChoiceField("one", "One of many", choices, value=("c7",), required=True),))


def words_of_card(card: Card) -> Iterator[str]:
    """Every text that a reader must be able to find, whatever the platform."""
    for element in card.elements:
        yield from words_of_element(element)


def words_of_element(element: Element) -> Iterator[str]:  # noqa: C901 - one arm for each element of the model
    """The texts of one element."""
    match element:
        case Heading(text):
            yield text
        case Paragraph(text) | Quote(text) | Footnote(text):
            yield from words_of_text(text)
        case Bullets(items):
            for item in items:
                yield from words_of_text(item)
        case Fields(fields):
            for field in fields:
                yield field.label
                yield from words_of_text(field.value)
        case Table(header, rows):
            for row in (header, *rows):
                yield from row
        case Image(_, alternative):
            yield alternative
        case Divider():
            return
        case Buttons(buttons):
            yield from (button.label for button in buttons)
        case Select(label, _, choices):
            yield label
            yield from words_of_choices(choices)
        case _:
            assert_never(element)


def words_of_text(text: Text) -> Iterator[str]:
    """The words of each piece; a moment is shown in each reader's own way."""
    for piece in text:
        yield from _words_of_inline(piece)


def _words_of_inline(piece: Inline) -> Iterator[str]:
    match piece:
        case Plain(text) | Bold(text) | Italic(text) | Code(text) | Link(text):
            yield text
        case MentionOf(_, name):
            yield name
        case Moment():
            return
        case _:
            assert_never(piece)


def words_of_choices(choices: Sequence[Choice]) -> Iterator[str]:
    """Label and hint of each."""
    for choice in choices:
        yield choice.label
        yield choice.hint


def words_of_form(form: Form) -> Iterator[str]:
    """Every text of a form that its reader must be able to find."""
    yield from (form.title, form.submit)
    yield from words_of_text(form.intro)
    for field in form.fields:
        yield from (field.label, field.hint)
        yield from _words_of_field(field)


def _words_of_field(field: FormField) -> Iterator[str]:
    match field:
        case TextField():
            yield field.value
        case ListField():
            yield from field.value
        case ChoiceField():
            yield from words_of_choices(field.choices)
        case DateField():
            yield field.value.isoformat() if field.value else ""
        case MemberField() | CheckField() | FileField():
            return
        case _:
            assert_never(field)
