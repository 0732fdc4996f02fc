"""Cards in a modal and on the Home tab: one view each, however long."""

from typing import cast
from zoneinfo import ZoneInfo

import pytest

from adapters.slack import limits
from adapters.slack.views import card_view, home_view, waiting_view
from bot.messages.elements import (
    Button,
    Buttons,
    Card,
    Choice,
    Element,
    Field,
    Fields,
    Footnote,
    Heading,
    Image,
    Paragraph,
    Select,
    Table,
)
from bot.messages.text import plain
from bot.words import Languages
from tests.adapters.slack_reading import Block, objects, types_of, wires_of, words_of
from tests.emulators.slack_blocks import problems_of_view
from tests.gallery import DOT, Shown

DANISH = Languages.load().words("da", ZoneInfo("Europe/Copenhagen"))


def blocks_of(view: Block) -> list[Block]:
    return cast(list[Block], view["blocks"])


def card(*elements: Element) -> Card:
    return Card("Notice", elements)


def rows(count: int) -> list[Element]:
    """As a list of people may look: a name, some facts, and a button each."""
    return [
        one
        for number in range(count)
        for one in (
            Heading(f"Member {number:03}"),
            Fields((Field("Sector", plain("kommune")), Field("Themes", plain("ensomhed")))),
            Buttons((Button(f"Meet {number:03}", Shown(number)),)),
            Footnote(plain(f"Since {number}")),
        )
    ]


def test_a_short_heading_is_the_title_of_the_modal() -> None:
    view = card_view(card(Heading("Din profil"), Paragraph(plain("Words"))), DANISH, {}, (), "{}")
    assert words_of([view["title"], view["close"]]) == "Din profilLuk"
    assert words_of(view["blocks"]) == "Words"
    assert view["private_metadata"] == "{}"
    assert "submit" not in view


def test_a_longer_one_stands_in_the_modal() -> None:
    heading = "A heading that does not fit in a title"
    view = card_view(card(Heading(heading), Paragraph(plain("Words"))), DANISH, {}, (), "")
    assert words_of(view["title"]) == "Brobygger"
    assert words_of(view["blocks"]) == f"{heading}Words"


def test_a_heading_alone_is_not_taken_out_of_its_modal() -> None:
    assert words_of(blocks_of(card_view(card(Heading("Done")), DANISH, {}, (), ""))) == "Done"


def test_a_table_is_a_list_and_a_menu_asks_in_the_readers_language() -> None:
    elements = (Table(("Who", "Sector"), (("Anna", "kommune"),)), Select("Which", Shown(1), (Choice("a", "A"),)))
    view = home_view(card(*elements), DANISH, {}, ())
    assert view["type"] == "home"
    assert types_of(blocks_of(view)) == ["rich_text", "section"]
    assert "Who: Anna · Sector: kommune" in words_of(view)
    assert [words_of(found["placeholder"]) for found in objects(view) if "placeholder" in found] == ["Vælg ..."]


def test_the_waiting_view() -> None:
    view = waiting_view("En meget lang titel på en formular", DANISH, "{}")
    assert problems_of_view(view) == []
    assert words_of(view["blocks"]) == "Et øjeblik ..."


def test_a_long_card_is_drawn_closer_together() -> None:
    view = home_view(card(*rows(40)), DANISH, {}, ())
    assert problems_of_view(view) == []
    assert len(blocks_of(view)) <= limits.VIEW_BLOCKS
    assert types_of(blocks_of(view))[:4] == ["rich_text", "actions", "rich_text", "actions"]
    assert wires_of(view) == [f"gallery.1:{number}" for number in range(40)]
    assert all(f"Member {number:03}" in words_of(view) for number in range(40))


def test_a_very_long_one_has_its_last_buttons_together_below_their_text() -> None:
    view = home_view(card(*rows(150)), DANISH, {}, ())
    assert problems_of_view(view) == []
    assert wires_of(view) == [f"gallery.1:{number}" for number in range(150)]
    assert all(f"Since {number}" in words_of(view) for number in range(150))
    first = blocks_of(view)[:4]
    assert types_of(first) == ["rich_text", "actions", "rich_text", "actions"]
    assert wires_of(first) == ["gallery.1:0", "gallery.1:1"]


def test_pictures_and_menus_keep_their_place_in_a_long_one() -> None:
    elements = [Image(DOT, "A dot"), Select("Which", Shown(1), (Choice("a", "A"),)), *rows(60)]
    view = home_view(card(*elements), DANISH, {}, ("F1",))
    assert types_of(blocks_of(view))[:2] == ["image", "section"]


def test_what_no_view_can_hold_fails_loudly() -> None:
    with pytest.raises(ValueError, match="can hold"):
        home_view(card(*(Paragraph(plain("words " * 500)) for _ in range(200))), DANISH, {}, ())
    with pytest.raises(ValueError, match="can hold"):
        home_view(card(*(Select("Which", Shown(1), (Choice("a", "A"),)) for _ in range(101))), DANISH, {}, ())
    with pytest.raises(ValueError, match="can hold"):
        waiting_view("Title", DANISH, "m" * 3_001)
