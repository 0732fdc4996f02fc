"""Cards that are long, as messages of Discord: where they are cut, what stays together, and what fits in one."""

import asyncio

import discord

from adapters.discord.render import render_card
from bot.messages.elements import Button, Buttons, Card, Heading, Paragraph
from bot.messages.text import Bold, Link, plain
from tests.adapters.discord_cards import buttons_of, page_of, pages_of
from tests.adapters.discord_reading import ROW, TEXT, components_of, sent, types_of, words_of
from tests.gallery import Shown

LONG = plain("Some words that make a sentence. " * 45)
GO = Buttons((Button("Go", Shown(1)),))


def test_a_cut_leaves_the_buttons_with_what_they_belong_to() -> None:
    pages = pages_of(Heading("Title"), Paragraph(LONG), Paragraph(LONG), Heading("Next"), Paragraph(LONG), GO)
    assert [types_of(page) for page in pages] == [[TEXT, TEXT, TEXT], [TEXT, TEXT, ROW]]
    assert all(
        words_of(components_of(page)).startswith(title) for page, title in zip(pages, ("Title", "Next"), strict=True)
    )


def test_a_card_of_many_lines_is_drawn_closer_before_it_is_cut() -> None:
    page = page_of(*(Paragraph(plain(f"Line {number}")) for number in range(90)))
    assert words_of(components_of(page)).split("\n") == [f"Line {number}" for number in range(90)]
    assert len(types_of(page)) < 5


def test_more_buttons_than_a_message_takes_go_on_in_the_next() -> None:
    pages = pages_of(Buttons(tuple(Button(f"B{number}", Shown(number)) for number in range(70))))
    assert [len(buttons_of(page)) for page in pages] == [30, 30, 10]


def test_each_page_is_marked() -> None:
    card = Card("Hello", (Paragraph(LONG),) * 4)
    pages = render_card(card, "abcde", {}, mark=lambda number: 100 + number)
    assert [sent(page)[0]["id"] for page in pages] == [100, 101]
    assert "id" not in sent(page_of(GO))[0]


async def test_a_page_is_drawn_anew_each_time_and_nobody_waits_for_its_presses() -> None:
    await asyncio.sleep(0)
    page = page_of(Paragraph((Bold("Words"), Link("here", "https://example.org"))), GO)
    one, other = page.view(), page.view()
    assert one.is_finished()
    assert one is not other
    assert isinstance(one, discord.ui.LayoutView)
    assert one.content_length() == other.content_length() > 0
