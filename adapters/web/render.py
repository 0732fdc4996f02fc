"""Cards as HTML: the one renderer of the local workspace.

Every element has its macro in ``card.html``; the text tree is built here. Both escape by construction: markup comes
from literals in this package only, and whatever a person wrote is a value that is filled in.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import assert_never, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from adapters.web.wording import interface
from bot.messages.actions import encode_action
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Divider,
    Element,
    Fields,
    File,
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
from bot.messages.text import Bold, Code, Inline, Italic, Link, MentionOf, Moment, Plain, Text
from bot.words import Words

TEMPLATES = Path(__file__).parent / "templates"
_SAFE_STARTS = ("https://", "http://", "mailto:")
# Bars that are drawn with letters, which nobody wants to hear one by one: the numbers stand beside them.
_DRAWN = re.compile(r"[▰▨▱]{2,}")


def environment() -> Environment:
    """The templates, with autoescape on for all of them and nothing undefined let through."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Pieces:
    """The macros of one template file, called by name with values that are escaped."""

    def __init__(self, templates: Environment, file: str) -> None:
        self._module: object = templates.get_template(file).module

    def make(self, macro: str, **values: object) -> Markup:
        """The macro's HTML."""
        return cast(Callable[..., Markup], getattr(self._module, macro))(**values)


class CardRenderer:
    """Turns cards into HTML, each for the message with this id: pictures and files are fetched under its address.

    Those addresses are relative to a conversation's page, so that the same HTML serves every member.
    """

    def __init__(self, templates: Environment) -> None:
        self._pieces = Pieces(templates, "card.html")

    def card(self, card: Card, message: str, words: Words, file: File | None = None) -> Markup:
        """The whole card."""
        labels = interface(words)
        base = f"../messages/{message}"
        parts: list[Markup] = []
        pictures = 0
        for element in card.elements:
            parts.append(self._element(element, f"{base}/picture/{pictures}", words, labels))
            pictures += isinstance(element, Image)
        if file is not None:
            parts.append(
                self._pieces.make(
                    "file", name=file.name, url=f"{base}/file", size=_size(len(file.content), words), t=labels
                )
            )
        accent = "" if card.accent is Accent.CALM else card.accent.value
        return self._pieces.make("card", notice=card.notice, accent=accent, parts=Markup("").join(parts))

    def _element(  # noqa: C901 - one arm for each element of the model, and nothing else
        self, element: Element, picture: str, words: Words, t: Mapping[str, str]
    ) -> Markup:
        make = self._pieces.make
        match element:
            case Heading(words_of_it):
                return make("heading", text=words_of_it)
            case Paragraph(text):
                return make("paragraph", text=render_text(text, words))
            case Bullets(items):
                return make("bullets", items=[render_text(item, words) for item in items])
            case Quote(text):
                return make("quote", text=render_text(text, words))
            case Fields(fields):
                return make("fields", fields=[(field.label, render_text(field.value, words)) for field in fields])
            case Table(header, rows):
                return make("table", header=header, rows=rows, t=t)
            case Image(_, alternative):
                return make("image", url=picture, alternative=alternative)
            case Divider():
                return make("divider")
            case Footnote(text):
                return make("footnote", text=render_text(text, words))
            case Buttons(buttons):
                return make("buttons", buttons=[self._button(button) for button in buttons])
            case Select():
                return make("select", select=element, wire=encode_action(element.action), t=t)
            case _:
                assert_never(element)

    def _button(self, button: Button | LinkButton) -> Markup:
        match button:
            case Button(label, action, weight, confirm):
                kind = "" if weight is Weight.PLAIN else weight.value
                return self._pieces.make(
                    "button", label=label, wire=encode_action(action), weight=kind, confirm=confirm
                )
            case LinkButton(label, url):
                own = url.startswith("/") and not url.startswith("//")
                return self._pieces.make("link_button", label=label, url=url if own or _leads_out(url) else "")
            case _:
                assert_never(button)


def render_text(text: Text, words: Words) -> Markup:
    """A text tree as HTML; line breaks are kept by the style sheet."""
    return Markup("").join(_inline(piece, words) for piece in text)


def _inline(piece: Inline, words: Words) -> Markup:
    match piece:
        case Plain(text):
            escaped = str(Markup("{}").format(text))
            return Markup(_DRAWN.sub(r'<span aria-hidden="true">\g<0></span>', escaped))  # noqa: S704 - escaped above
        case Bold(text):
            return Markup("<strong>{}</strong>").format(text)
        case Italic(text):
            return Markup("<em>{}</em>").format(text)
        case Code(text):
            return Markup("<code>{}</code>").format(text)
        case Link(text, url):
            return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, text)
        case MentionOf(member, name):
            return Markup('<span class="mention" data-member="{}">@{}</span>').format(str(member), name)
        case Moment(at, shape, fallback, language):
            # In the language of what stands around it, also where the page is in another one.
            same = not fallback or language in {"", words.language}
            shown = words.moment(at, shape).fallback if same else fallback
            return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), shown)
        case _:
            assert_never(piece)


def _leads_out(url: str) -> bool:
    return url.startswith(_SAFE_STARTS)


def _size(length: int, words: Words) -> str:
    if length < 1024:
        return words.count("{number} byte", "{number} bytes", length)
    return words.say("{number} kB", number=words.number(round(length / 1024)))


def pictures(card: Card) -> tuple[Image, ...]:
    """The card's pictures, numbered as their addresses are."""
    return tuple(element for element in card.elements if isinstance(element, Image))


def holds(card: Card, wire: str, chosen: tuple[str, ...]) -> bool:
    """Whether the card really has this button, or this select with these choices."""
    for element in card.elements:
        match element:
            case Buttons(buttons):
                if not chosen and any(isinstance(one, Button) and encode_action(one.action) == wire for one in buttons):
                    return True
            case Select(_, action, choices, multiple):
                known = {choice.value for choice in choices}
                fits = known.issuperset(chosen) and len(chosen) > 0 and (multiple or len(chosen) == 1)
                if fits and encode_action(action) == wire:
                    return True
            case _:
                continue
    return False
