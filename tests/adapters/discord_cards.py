"""Cards drawn for Discord as the tests look at them: pages that break no rule, and what stands on them."""

from collections.abc import Mapping
from typing import Any

from adapters.discord.page import Page
from adapters.discord.render import render_card
from bot.messages.elements import Accent, Card, Element
from tests.adapters.discord_reading import BUTTON, TEXT, components_of, objects, problems_of_page


def page_of(*elements: Element, accent: Accent = Accent.CALM, notice: str = "", public_url: str = "") -> Page:
    (page,) = pages_of(*elements, accent=accent, notice=notice, public_url=public_url)
    return page


def pages_of(
    *elements: Element, accent: Accent = Accent.CALM, notice: str = "", public_url: str = ""
) -> tuple[Page, ...]:
    pages = render_card(Card(notice, elements, accent), "abcde", {}, public_url)
    assert [problem for page in pages for problem in problems_of_page(page)] == []
    return pages


def texts_of(*elements: Element, notice: str = "") -> list[str]:
    parts = [one for page in pages_of(*elements, notice=notice) for one in components_of(page)]
    return [str(one["content"]) for one in parts if one["type"] == TEXT]


def buttons_of(page: Page) -> list[Mapping[str, Any]]:
    return [one for one in objects(components_of(page)) if one.get("type") == BUTTON]
