"""The preview draws everything that we send, so that the pictures of it can be believed."""

import re
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup

from adapters.slack.forms import render_form
from adapters.slack.render import pictures, render_card
from adapters.slack.views import card_view, home_view
from bot.words import Languages
from tests.adapters.browsing import CHROMIUM, WHY_NOT, chromium
from tests.adapters.slack_reading import objects
from tests.emulators.slack_preview import Workspace, home, message, modal, page, picture
from tests.gallery import every_card, every_form, own_cards, words_of_card

DANISH = Languages.load().words("da", ZoneInfo("Europe/Copenhagen"))


def test_every_card_can_be_looked_at() -> None:
    for name, card in every_card(DANISH):
        files = {f"F{place}": one.png for place, one in enumerate(pictures(card))}
        workspace, pages = Workspace(files=files), render_card(card, {}, list(files))
        shown = read(Markup("").join(message(one.blocks, workspace, private=True) for one in pages))
        typed = [found for found in objects([one.blocks for one in pages]) if found.get("type") == "plain_text"]
        hidden = {str(found["text"]) for found in typed}
        assert [text for text in words_of_card(card) if read(text) not in shown and text not in hidden] == [], name
        home(home_view(card, DANISH, {}, list(files)), workspace)
        modal(card_view(card, DANISH, {}, list(files), ""), workspace)


def test_every_form_can_be_looked_at() -> None:
    for name, form in every_form(DANISH):
        shown = read(modal(render_form(form, DANISH, "", {}), Workspace()))
        assert [field.label for field in form.fields if read(field.label) not in shown] == [], name


def test_a_page_holds_no_script_and_asks_nothing_of_anybody() -> None:
    shown = page(*(message(one.blocks, Workspace()) for _, card in own_cards() for one in render_card(card, {}, ())))
    assert "<script" not in shown
    assert re.findall(r'(?:src|srcset)="(?!data:|")|url\(|@import', shown) == []


@pytest.mark.skipif(CHROMIUM is None, reason=WHY_NOT)
async def test_a_picture_can_be_taken(tmp_path: Path) -> None:
    (one,) = render_card(own_cards()[0][1], {}, ())
    async with chromium() as browser:
        await picture(browser, page(message(one.blocks, Workspace())), tmp_path / "card.png")
    assert (tmp_path / "card.png").read_bytes().startswith(b"\x89PNG")


def read(html: str) -> str:
    """The words of a page, without its gaps; what is typed and what is drawn are read alike."""
    text = (
        unescape(re.sub(r"<[^>]*>", "", re.sub(r'alt="([^"]*)"', r">\1<", html))) if isinstance(html, Markup) else html
    )
    return re.sub(r"\s", "", text)
