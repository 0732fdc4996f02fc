"""Cards as messages: what each element becomes, and where a long card is cut."""

import pytest

from adapters.slack import limits
from adapters.slack.controls import menu, option
from adapters.slack.render import pictures, render_card
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
    Heading,
    Image,
    LinkButton,
    Paragraph,
    Quote,
    Select,
    Table,
    Weight,
)
from bot.messages.text import plain
from tests.adapters.slack_reading import Block, links_of, objects, types_of, wires_of, words_of
from tests.gallery import DOT, Shown

LONG = plain("Some words that make a sentence. " * 40)


def blocks_of(*elements: Element, accent: Accent = Accent.CALM, public_url: str = "") -> list[Block]:
    (page,) = render_card(Card("Notice", elements, accent), {}, ["F1"], public_url)
    return list(page.blocks)


def pages_of(*elements: Element) -> list[list[Block]]:
    return [list(page.blocks) for page in render_card(Card("Notice", elements), {}, ["F1"])]


def test_each_element_has_its_block() -> None:
    blocks = blocks_of(
        Heading("Title"),
        Paragraph(plain("Words")),
        Bullets((plain("one"), plain("two"))),
        Quote(plain("Said")),
        Table(("Who", "How many"), (("Anna", "3"), ("", "1.200"))),
        Divider(),
        Image(DOT, "A dot"),
        Buttons((Button("Go", Shown(1), Weight.MAIN),)),
    )
    assert types_of(blocks) == [
        "header", "rich_text", "rich_text", "rich_text", "table", "divider", "image", "actions"
    ]  # fmt: skip
    assert blocks[6] == {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A dot"}


def test_a_heading_longer_than_slack_takes_is_bold_text() -> None:
    (block,) = blocks_of(Heading("A long heading " * 11))
    assert block["type"] == "rich_text"
    assert words_of(block) == "A long heading " * 11


def test_a_table_without_rows_names_its_columns() -> None:
    empty, larger = Table(("Who", "Sector"), ()), Table(("Name",), (("Anna",),))
    assert words_of(blocks_of(empty)) == "WhoSector"
    assert words_of(blocks_of(empty, larger)[0]) == "Who · Sector"


def test_numbers_stand_to_the_right_and_an_empty_cell_is_a_dash() -> None:
    (table,) = blocks_of(Table(("Who", "How many"), (("Anna", "3"), ("", "1.200"))))
    assert table["column_settings"] == [{"is_wrapped": True, "align": "left"}, {"is_wrapped": True, "align": "right"}]
    assert words_of(table) == "WhoHow manyAnna3–1.200"


def test_the_larger_of_two_tables_is_the_tables_block() -> None:
    small, large = Table(("A",), (("1",),)), Table(("B", "C"), (("2", "3"),) * 5)
    blocks = blocks_of(small, Heading("More"), large)
    assert types_of(blocks) == ["rich_text", "header", "table"]
    assert words_of(blocks[0]) == "A: 1"


def test_a_long_table_goes_on_in_the_next_message_under_its_header() -> None:
    table = Table(("Number", "Name"), tuple((str(number), "Anna") for number in range(250)))
    pages = pages_of(Heading("Everybody"), table, Buttons((Button("Close", Shown(1)),)))
    assert [types_of(page) for page in pages] == [["header", "table"], ["table"], ["table", "actions"]]
    assert all(words_of(page[-1 if page[-1]["type"] == "table" else -2]).startswith("NumberName") for page in pages)
    assert all(str(number) in words_of(pages) for number in range(250))


def test_a_table_that_is_too_wide_is_a_list() -> None:
    (block,) = blocks_of(Table(tuple(f"C{column}" for column in range(21)), (tuple("abcdefghijklmnopqrstu"),)))
    assert block["type"] == "rich_text"
    assert "C20: u" in words_of(block)


def test_a_cell_larger_than_a_table_is_a_list() -> None:
    pages = pages_of(Table(("Text",), (("word " * 2_500,),)))
    assert "table" not in [kind for page in pages for kind in types_of(page)]
    assert words_of(pages).count("word") == 2_500


def test_many_buttons_stand_in_rows_of_nearly_one_length() -> None:
    blocks = blocks_of(Buttons(tuple(Button(f"B{number}", Shown(number)) for number in range(7))))
    assert [len(list(wires_of(block))) for block in blocks] == [3, 4]


def test_no_two_controls_have_the_same_id() -> None:
    again = Button("Again", Shown(1))
    select = Select("Choose", Shown(1), (Choice("a", "A"),))
    assert wires_of(blocks_of(Buttons((again, again)), select, Buttons((again,)))) == ["gallery.1:1"] * 4


def test_a_question_before_something_final() -> None:
    confirm = Confirm("Sure?" * 40, "It is gone then. " * 40, "Yes, forget everything about me", "No")
    (row,) = blocks_of(Buttons((Button("Forget me", Shown(1), Weight.DANGER, confirm),)))
    (button,) = [found for found in objects(row) if found.get("type") == "button"]
    assert button["style"] == "danger"
    asked = button["confirm"]
    assert isinstance(asked, dict)
    most = {"title": limits.CONFIRM_TITLE, "text": limits.CONFIRM_TEXT, "confirm": limits.CONFIRM_BUTTON, "deny": 2}
    assert all(len(asked[name]["text"]) <= limit for name, limit in most.items())
    assert asked["confirm"]["text"] == "Yes, forget everything about…"
    assert asked["style"] == "danger"


def test_a_link_button_opens_a_page() -> None:
    blocks = blocks_of(Buttons((LinkButton("Read", "https://example.org/a b"),)))
    assert links_of(blocks) == ["https://example.org/a b"]
    assert wires_of(blocks) == []


def test_a_link_to_our_own_pages_needs_to_know_where_they_are() -> None:
    row = Buttons((LinkButton("Guide", "/guide"), Button("Go", Shown(1))))
    assert links_of(blocks_of(row, public_url="https://bot.example.org/")) == ["https://bot.example.org/guide"]
    without = blocks_of(row)
    assert types_of(without) == ["actions", "rich_text"]
    assert words_of(without) == "GoGuide"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//elsewhere.example", "https://example.org/" + "a" * 3_000])
def test_a_link_that_slack_could_not_open_is_said_in_words(url: str) -> None:
    blocks = blocks_of(Buttons((LinkButton("Read", url),)))
    assert types_of(blocks) == ["rich_text"]
    assert "Read" in words_of(blocks)
    assert "javascript" not in words_of(blocks)


def test_a_link_to_a_mailbox_is_a_link_in_the_text() -> None:
    blocks = blocks_of(Buttons((LinkButton("Write to Anna", "mailto:anna@example.org"),)))
    assert links_of(blocks) == ["mailto:anna@example.org"]
    assert types_of(blocks) == ["rich_text"]


def test_a_menu_of_hundreds_is_in_groups_that_say_what_is_in_them() -> None:
    found = menu([Choice(f"v{number}", f"Member {number:03}") for number in range(250)])
    groups = found["option_groups"]
    assert isinstance(groups, list)
    assert [group["label"]["text"] for group in groups] == [
        "Member 000 – Member 099", "Member 100 – Member 199", "Member 200 – Member 249"
    ]  # fmt: skip


def test_a_menu_that_no_message_could_carry_becomes_several() -> None:
    name = "Somebody with a rather long name"
    choices = tuple(Choice(f"v{number}", f"{name} {number:03}", "kommune") for number in range(500))
    pages = pages_of(Select("Who", Shown(1), choices))
    assert len(pages) == 3
    assert [words_of(found["text"]) for page in pages for found in page] == ["Who (1/3)", "Who (2/3)", "Who (3/3)"]
    assert [found["value"] for found in objects(pages) if "value" in found] == [f"v{number}" for number in range(500)]
    assert set(wires_of(pages[0])) == {"gallery.1:1"}


def test_a_menu_of_more_than_slack_holds_fails_loudly() -> None:
    with pytest.raises(ValueError, match="more choices"):
        menu([Choice(f"v{number}", "Member") for number in range(10_001)])


def test_a_label_that_is_too_long_goes_on_in_the_description() -> None:
    label = "Carl Juhl with a name that is so long that it fills a whole line and then goes on some more"
    found = option(Choice("a", label))
    shown, rest = words_of(found["text"]), words_of(found["description"])
    assert len(shown) <= limits.OPTION_TEXT
    assert shown.rstrip("…") + " " + rest.lstrip("…") == label


def test_a_menu_without_choices_says_its_label_alone() -> None:
    assert blocks_of(Select("Which one", Shown(1), ())) == [
        {"type": "section", "text": {"type": "plain_text", "text": "Which one", "emoji": True}}
    ]


def test_a_warning_has_a_sign_in_front() -> None:
    assert words_of(blocks_of(Heading("Careful"), accent=Accent.WARN)) == "⚠️ Careful"
    assert words_of(blocks_of(Paragraph(plain("Careful")), accent=Accent.WARN)) == "⚠️ Careful"
    assert words_of(blocks_of(Divider(), Paragraph(plain("Careful")), accent=Accent.WARN)) == "Careful"
    assert words_of(blocks_of(Heading("Well"), accent=Accent.GOOD)) == "Well"


def test_a_picture_that_could_not_be_sent_is_said_in_words() -> None:
    card = Card("Notice", (Image(DOT, "Ten blue dots"), Image(DOT, "Two red ones")))
    assert len(pictures(card)) == 2
    (page,) = render_card(card, {}, ["F1"])
    assert types_of(page.blocks) == ["image", "rich_text"]
    assert words_of(page.blocks) == "Ten blue dotsTwo red ones"


def test_a_long_card_becomes_several_messages_and_buttons_stay_with_their_text() -> None:
    parts = [
        one for number in range(40) for one in (Paragraph(LONG), Buttons((Button("Go", Shown(number)),)), Divider())
    ]
    pages = render_card(Card("A list", tuple(parts)), {}, ())
    assert len(pages) > 1
    for page in pages:
        assert page.blocks[0]["type"] == "rich_text"
        assert page.blocks[-1]["type"] == "actions"
    assert [wire for page in pages for wire in wires_of(page.blocks)] == [f"gallery.1:{number}" for number in range(40)]
    assert [page.text for page in pages][:2] == ["A list", f"A list (2/{len(pages)})"]


def test_a_heading_goes_over_with_its_text() -> None:
    pages = pages_of(*(Paragraph(LONG) for _ in range(8)), Heading("Next"), Paragraph(LONG), Paragraph(LONG))
    assert [types_of(page)[-1] for page in pages] == ["rich_text"] * len(pages)


def test_more_buttons_than_a_message_holds() -> None:
    row = Buttons(tuple(Button(f"Number {number}", Shown(number)) for number in range(400)))
    pages = pages_of(Paragraph(plain("Choose")), row)
    assert len(pages) == 2
    assert sum(len(wires_of(page)) for page in pages) == 400


def test_a_card_with_nothing_to_show_says_its_notice() -> None:
    (page,) = render_card(Card("Done", (Divider(), Paragraph(plain("  ")))), {}, ())
    assert (words_of(page.blocks), page.text) == ("Done", "Done")
    (page,) = render_card(Card("", ()), {}, ())
    assert (words_of(page.blocks), page.text) == ("–", "–")
