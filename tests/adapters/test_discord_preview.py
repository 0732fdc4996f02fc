"""The preview draws everything that we send, so that the pictures of it can be believed."""

import re
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup

from adapters.discord.forms import render_modal, steps_of
from adapters.discord.page import Page
from adapters.discord.render import render_card
from bot.words import Languages
from tests.adapters.browsing import CHROMIUM, WHY_NOT, chromium
from tests.adapters.discord_reading import objects, sent
from tests.emulators.discord_pictures import drawn
from tests.emulators.discord_preview import Server, message, modal, page, picture
from tests.gallery import SOMEBODY, every_card, every_form, own_cards, words_of_card

DANISH = Languages.load().words("da", ZoneInfo("Europe/Copenhagen"))


def shown_of(shown: Page, *, private: bool = False) -> Markup:
    files = {file.filename: file.fp.read() for file in shown.files()}
    return message(
        sent(shown),
        Server(people={"11": "Somebody"}, files=files),
        private=("Only you can see this", "Dismiss message") if private else None,
    )


def test_every_card_can_be_looked_at() -> None:
    for name, card in every_card(DANISH):
        pages = render_card(card, "abcde", {})
        seen = read(Markup("").join(shown_of(one, private=True) for one in pages))
        menus = {
            str(found.get(part, ""))
            for one in pages
            for found in objects(sent(one))
            if "value" in found or "placeholder" in found
            for part in ("label", "description", "placeholder")
        }
        hidden = read(" ".join(menus))
        missing = [text for text in words_of_card(card) if read(text) not in seen and read(text) not in hidden]
        assert missing == [], name


def test_every_form_can_be_looked_at() -> None:
    for name, form in every_form(DANISH):
        modals = [render_modal(form, step, "abcde", DANISH, {}, {}) for step in range(len(steps_of(form)))]
        seen = read(Markup("").join(modal(one.to_dict(), Server()) for one in modals))
        assert [field.label for field in form.fields if read(field.label) not in seen] == [], name


def test_people_are_shown_by_name() -> None:
    (everything, *_) = own_cards()
    (one,) = render_card(everything[1], "abcde", {SOMEBODY: "11"})
    assert "@Somebody" in shown_of(one)


def test_a_page_holds_no_script_and_asks_nothing_of_anybody() -> None:
    shown = page(*(shown_of(one) for _, card in own_cards() for one in render_card(card, "abcde", {})))
    assert "<script" not in shown
    assert re.findall(r'(?:src|srcset)="(?!data:|")|url\(|@import', shown) == []


def test_the_pictures_of_the_readme_can_be_made() -> None:
    shown = drawn(DANISH)
    assert sorted(shown) == ["discord-form", "discord-offer", "discord-poll", "discord-profile", "discord-room"]
    assert "Bo Lind" in shown["discord-offer"]


@pytest.mark.skipif(CHROMIUM is None, reason=WHY_NOT)
async def test_a_picture_can_be_taken(tmp_path: Path) -> None:
    (one,) = render_card(own_cards()[0][1], "abcde", {})
    async with chromium() as browser:
        await picture(browser, page(shown_of(one)), tmp_path / "card.png")
    assert (tmp_path / "card.png").read_bytes().startswith(b"\x89PNG")


def read(html: str) -> str:
    """The words of a page, without its gaps; what is typed and what is drawn are read alike."""
    text = (
        unescape(re.sub(r"<[^>]*>", "", re.sub(r'alt="([^"]*)"', r">\1<", html))) if isinstance(html, Markup) else html
    )
    return re.sub(r"[\s\u200b]", "", text)
