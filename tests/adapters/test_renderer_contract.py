"""What every renderer keeps: nothing of a card or form is lost, nothing that was typed becomes markup, all within limits.

A new platform adds one maker to ``RENDERERS``; every card and form of the gallery then goes through it in both languages.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Protocol
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest

from adapters.discord import forms as discord_forms
from adapters.discord import limits as discord_limits
from adapters.discord import render as discord_render
from adapters.discord.ids import read_id
from adapters.discord.text import letters
from adapters.slack.forms import render_form
from adapters.slack.limits import MESSAGE_WEIGHT, VIEW_BYTES
from adapters.slack.paging import json_size, weight_of
from adapters.slack.render import Page, pictures, render_card
from adapters.web.forms import FormRenderer
from adapters.web.limits import CARD_BYTES
from adapters.web.render import CardRenderer, environment
from bot.messages.actions import encode_action
from bot.messages.elements import Button, Buttons, Card, LinkButton, Select
from bot.messages.forms import Form
from bot.words import LANGUAGES, Languages, Words
from tests.adapters import discord_reading
from tests.adapters.slack_reading import links_of, wires_of, words_of
from tests.emulators.slack_blocks import problems_of_message, problems_of_view
from tests.gallery import every_card, every_form, words_of_card, words_of_form

ZONE = ZoneInfo("Europe/Copenhagen")
LOADED = Languages.load()


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a renderer made, as a person meets it: all its words, what its buttons do, and how large it is."""

    words: str
    wires: tuple[str, ...]
    links: tuple[str, ...]
    size: int
    foreign: tuple[str, ...] = ()


class Renderer(Protocol):
    """What the contract needs of a platform's renderer. ``most``: the size that one message may have there."""

    @property
    def most(self) -> int: ...
    def card(self, card: Card, words: Words) -> Drawn: ...
    def form(self, form: Form, words: Words) -> Drawn: ...


_TAGS = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "button",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "fieldset",
        "footer",
        "form",
        "h2",
        "h3",
        "header",
        "hr",
        "img",
        "input",
        "label",
        "legend",
        "li",
        "ol",
        "option",
        "p",
        "select",
        "small",
        "span",
        "strong",
        "table",
        "tbody",
        "td",
        "textarea",
        "th",
        "thead",
        "time",
        "tr",
        "ul",
    ]
)
_SPOKEN = ("alt", "value", "placeholder", "aria-label", "data-confirm-title", "data-confirm-text")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.wires: list[str] = []
        self.links: list[str] = []
        self.foreign: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.words += [given[name] for name in _SPOKEN if name in given]
        if "data-wire" in given:
            self.wires.append(given["data-wire"])
        if tag == "a":
            self.links.append(given.get("href", ""))
        self.foreign += [name for name in given if name.startswith("on") or name == "style"]
        self.foreign += [tag] if tag not in _TAGS else []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


class Web:
    """The local workspace."""

    most = CARD_BYTES

    def __init__(self) -> None:
        templates = environment()
        self._cards, self._forms = CardRenderer(templates), FormRenderer(templates)

    def card(self, card: Card, words: Words) -> Drawn:
        return self._read(str(self._cards.card(card, "0195", words)))

    def form(self, form: Form, words: Words) -> Drawn:
        return self._read(str(self._forms.form(form, words, "f")))

    def _read(self, html: str) -> Drawn:
        reader = _Reader()
        reader.feed(html)
        reader.close()
        return Drawn(
            "".join(reader.words), tuple(reader.wires), tuple(reader.links), len(html.encode()), tuple(reader.foreign)
        )


class Slack:
    """Messages and modals of Slack."""

    most = VIEW_BYTES

    def card(self, card: Card, words: Words) -> Drawn:  # noqa: ARG002 - a card of Slack has all its words already
        pages = render_card(card, {}, [f"F{place}" for place, _ in enumerate(pictures(card))])
        blocks = [block for page in pages for block in page.blocks]
        foreign = [wrong for page in pages for wrong in problems_of_message(list(page.blocks), page.text)]
        foreign += [f"page {place}" for place, page in enumerate(pages) if _weight(page) > MESSAGE_WEIGHT]
        wires = [wire for page in pages for wire in wires_of(page.blocks)]
        size = max(json_size({"blocks": page.blocks}) for page in pages)
        return Drawn(words_of(blocks), tuple(wires), tuple(links_of(blocks)), size, tuple(foreign))

    def form(self, form: Form, words: Words) -> Drawn:
        view = render_form(form, words, "", {})
        shown = (view["title"], view["submit"], view["close"], view["blocks"])
        wires, links = (str(view["callback_id"]),), tuple(links_of(shown))
        return Drawn(words_of(shown), wires, links, json_size(view), tuple(problems_of_view(view)))


def _weight(page: Page) -> int:
    return sum(map(weight_of, page.blocks))


class Discord:
    """Messages and modals of Discord."""

    most = discord_limits.MESSAGE_TEXT

    def card(self, card: Card, words: Words) -> Drawn:  # noqa: ARG002 - a card of Discord has all its words already
        pages = discord_render.render_card(card, "abcde", {})
        parts = [discord_reading.components_of(page) for page in pages]
        foreign = [wrong for page in pages for wrong in discord_reading.problems_of_page(page)]
        links = [unquote(link) for link in discord_reading.links_of(parts)]
        size = max(letters(one["content"]) for part in parts for one in part if "content" in one)
        return Drawn(
            discord_reading.words_of(parts), tuple(discord_reading.wires_of(parts)), tuple(links), size, tuple(foreign)
        )

    def form(self, form: Form, words: Words) -> Drawn:
        steps = range(len(discord_forms.steps_of(form)))
        modals = [discord_forms.render_modal(form, step, "abcde", words, {}, {}) for step in steps]
        bodies = [modal.to_dict() for modal in modals]
        foreign = [wrong for modal in modals for wrong in discord_reading.problems_of_modal(modal)]
        wires = {found.wire for modal in modals if (found := read_id(modal.custom_id))}
        # The button that sends a modal has Discord's own words.
        shown = f"{form.submit}\n{discord_reading.words_of(bodies)}"
        size = max(letters(discord_reading.words_of(body["components"][:1])) for body in bodies)
        return Drawn(shown, tuple(wires), tuple(discord_reading.links_of(bodies)), size, tuple(foreign))


RENDERERS: Mapping[str, Callable[[], Renderer]] = {"discord": Discord, "slack": Slack, "web": Web}
SPEECH = {language: LOADED.words(language, ZONE) for language in LANGUAGES}


@pytest.fixture(params=sorted(RENDERERS), scope="module")
def renderer(request: pytest.FixtureRequest) -> Renderer:
    return RENDERERS[str(request.param)]()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_is_drawn_whole(renderer: Renderer, language: str) -> None:
    """Each with what is wrong about it."""
    wrong: dict[str, list[object]] = {}
    for name, card in every_card(SPEECH[language]):
        drawn = renderer.card(card, SPEECH[language])
        shown, links = in_line(drawn.words), {unquote(link) for link in drawn.links}
        found: list[object] = [text for text in words_of_card(card) if in_line(text) not in shown]
        found += [drawn.wires] if sorted(drawn.wires) != sorted(_wires(card)) else []
        found += [link for link in _links(card) if unquote(link) not in links]
        found += [*drawn.foreign, *([drawn.size] if drawn.size > renderer.most else [])]
        wrong |= {name: found} if found else {}
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_drawn_whole(renderer: Renderer, language: str) -> None:
    wrong: dict[str, list[object]] = {}
    for name, form in every_form(SPEECH[language]):
        drawn = renderer.form(form, SPEECH[language])
        shown = in_line(drawn.words)
        found: list[object] = [text for text in words_of_form(form) if in_line(text) not in shown]
        found += [drawn.wires] if drawn.wires != (encode_action(form.action),) else []
        found += [*drawn.foreign, *([drawn.size] if drawn.size > renderer.most else [])]
        wrong |= {name: found} if found else {}
    assert wrong == {}


def in_line(text: str) -> str:
    """A text without its gaps: where a line ends is the platform's own affair."""
    return " ".join(text.split())


def _wires(card: Card) -> list[str]:
    found: list[str] = []
    for element in card.elements:
        if isinstance(element, Select):
            found.append(encode_action(element.action))
        if isinstance(element, Buttons):
            found += [encode_action(button.action) for button in element.buttons if isinstance(button, Button)]
    return found


def _links(card: Card) -> list[str]:
    rows = [element for element in card.elements if isinstance(element, Buttons)]
    return [button.url for row in rows for button in row.buttons if isinstance(button, LinkButton)]
