"""Cards as messages of Discord: what each element becomes, and where a long card is cut."""

from uuid import UUID

import pytest

from adapters.discord.ids import CustomId, Kind, digest_of, read_id
from adapters.discord.page import COLOURS
from adapters.discord.render import render_card
from bot.identity import MemberId
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
    Weight,
)
from bot.messages.text import MentionOf, Plain, plain
from tests.adapters.discord_cards import buttons_of, page_of, pages_of, texts_of
from tests.adapters.discord_reading import (
    GALLERY,
    LINE,
    ROW,
    SECTION,
    SELECT,
    TEXT,
    components_of,
    links_of,
    objects,
    sent,
    types_of,
    wires_of,
    words_of,
)
from tests.gallery import DOT, NASTY, Shown

ANNA, BO = MemberId(UUID(int=1)), MemberId(UUID(int=2))
LONG = plain("Some words that make a sentence. " * 45)
GO = Buttons((Button("Go", Shown(1)),))


def test_each_element_has_its_component() -> None:
    page = page_of(
        Heading("Title"),
        Paragraph(plain("Words")),
        Bullets((plain("one"), plain("two"))),
        Quote(plain("Said\n\nagain")),
        Divider(),
        Heading("More"),
        Image(DOT, "A dot"),
        Select("Choose", Shown(2), (Choice("a", "A", "the first"),)),
        GO,
        Footnote(plain("Small\nprint")),
    )
    assert types_of(page) == [TEXT, TEXT, TEXT, LINE, TEXT, GALLERY, ROW, ROW, TEXT]
    assert [one["content"] for one in components_of(page) if one["type"] == TEXT] == [
        "## Title",
        "Words\n- one\n- two",
        "> Said\n> \n> again",
        "### More",
        "-# Small\n-# print",
    ]


@pytest.mark.parametrize("accent", Accent)
def test_the_mood_is_the_colour_of_the_edge(accent: Accent) -> None:
    (container,) = sent(page_of(Paragraph(plain("Words")), accent=accent))
    assert (container["type"], container["accent_color"]) == (17, COLOURS[accent])
    assert len(set(COLOURS.values())) == len(Accent)


def test_short_facts_stand_behind_their_label_and_long_ones_below() -> None:
    facts = Fields(
        (
            Field("Sector", plain("business")),
            Field("Offers", plain("a room, " * 20)),
            Field("Needs", plain("one\ntwo")),
            Field("Themes", plain(" ")),
            Field(" ", plain("No label")),
        )
    )
    (text,) = texts_of(facts)
    assert text.split("\n") == [
        "**Sector**: business",
        "**Offers**",
        "a room, " * 20,
        "**Needs**",
        "one",
        "two",
        "**Themes**: –",
        "No label",
    ]


def test_points_stand_below_their_sentence_and_small_print_together() -> None:
    assert texts_of(
        Paragraph(plain("Why:")),
        Bullets((plain("one"),)),
        Paragraph(plain("Words.")),
        Quote(plain("Said")),
        Bullets((plain("two"),)),
        Footnote(plain("a")),
        Footnote(plain("b")),
    ) == ["Why:\n- one", "Words.", "> Said", "- two", "-# a\n-# b"]
    long = Bullets((plain("x" * 1_890),))
    assert len(texts_of(Paragraph(plain("Why not together:")), long)) == 2


def test_a_point_of_several_lines_is_one_point() -> None:
    assert texts_of(Bullets((plain("one\n- two\n\nthree"), plain("\nfour"), plain("  ")))) == [
        "- one\n  \\- two\n  \n  three\n- \u200b\n  four"
    ]


@pytest.mark.parametrize(
    ("notice", "elements", "first"),
    [
        ("Your profile", (Heading("Your profile"), Paragraph(plain("Words"))), "## Your profile"),
        ("YOUR profile!", (Heading("Your profile:"),), "## Your profile:"),
        ("A room is open", (Heading("Hello"), Paragraph(plain("A room is open for you."))), "## Hello"),
        ("A room is open", (Paragraph(plain("Hello")),), "**A room is open**"),
        ("A *room*", (GO,), "**A \\*room\\***"),
        ("", (Paragraph(plain("Hello")),), "Hello"),
    ],
)
def test_the_first_words_say_what_a_notification_should(notice: str, elements: tuple[Element, ...], first: str) -> None:
    assert texts_of(*elements, notice=notice)[0] == first


def test_a_card_of_nothing_says_its_notice() -> None:
    assert texts_of(Divider(), Paragraph(()), Heading(" "), notice="Hello") == ["Hello"]
    assert texts_of(notice=" ") == ["–"]


def test_a_list_of_lines_with_a_button_each_has_the_buttons_beside_the_lines() -> None:
    def line(number: int) -> tuple[Element, ...]:
        return Paragraph(plain(f"Line {number}")), Buttons((Button("Show", Shown(number)),))

    page = page_of(Heading("Lines"), *line(1), *line(2), *line(3))
    assert types_of(page) == [TEXT, SECTION, SECTION, SECTION]
    assert wires_of(components_of(page)) == ["gallery.1:1", "gallery.1:2", "gallery.1:3"]
    assert types_of(page_of(Heading("Lines"), *line(1))) == [TEXT, TEXT, ROW]


def test_a_long_line_or_a_main_button_keeps_its_own_row() -> None:
    main = Buttons((Button("Save", Shown(1), Weight.MAIN),))
    assert types_of(page_of(Paragraph(plain("a")), main, Paragraph(plain("b")), main)) == [TEXT, ROW, TEXT, ROW]
    assert types_of(page_of(Paragraph(LONG), GO, Paragraph(plain("b")), GO)) == [TEXT, ROW, SECTION]
    assert types_of(page_of(Paragraph(()), GO, Paragraph(()), GO)) == [ROW, ROW]


def test_many_buttons_stand_in_rows_of_nearly_one_length() -> None:
    page = page_of(Buttons(tuple(Button(f"B{number}", Shown(number)) for number in range(12))))
    assert [len(row["components"]) for row in components_of(page)] == [4, 4, 4]


def test_labels_that_are_cut_stay_different() -> None:
    same = "A label that goes on and on and on until it is longer than what any button of Discord takes, "
    page = page_of(Buttons(tuple(Button(f"{same}{end}", Shown(1)) for end in ("one", "two", "one", "three"))))
    labels = [str(one["label"]) for one in buttons_of(page)]
    assert all(len(label) <= 80 for label in labels)
    assert labels[0] == labels[2]
    assert len(set(labels)) == 3


def test_labels_of_emoji_and_of_nothing_fit_as_well() -> None:
    page = page_of(Buttons((Button("👩‍👧" * 40, Shown(1)), Button(" ", Shown(2)), Button("two\nlines", Shown(3)))))
    labels = [str(one["label"]) for one in buttons_of(page)]
    assert len(labels[0].encode("utf-16-le")) <= 160
    assert labels[1:] == ["–", "two lines"]


def test_a_button_with_a_question_says_which_question() -> None:
    confirm = Confirm("Sure?", "It is gone then.", "Yes", "No")
    page = page_of(Buttons((Button("Forget me", Shown(1), Weight.DANGER, confirm), Button("Keep me", Shown(2)))))
    digest = digest_of(confirm)
    assert page.confirms == {digest: confirm}
    assert [read_id(str(one["custom_id"])) for one in buttons_of(page)] == [
        CustomId(Kind.ASK, 0, "abcde", "gallery.1:1", digest),
        CustomId(Kind.PRESS, 1, "abcde", "gallery.1:2"),
    ]
    assert [one["style"] for one in buttons_of(page)] == [4, 2]


def test_the_same_action_twice_has_two_ids() -> None:
    page = page_of(GO, GO, Select("Choose", Shown(1), (Choice("a", "A"),)))
    assert wires_of(components_of(page)) == ["gallery.1:1"] * 3


def test_links_lead_where_a_browser_can_go() -> None:
    row = Buttons(
        (
            LinkButton("Here", "https://example.org/?q=å"),
            LinkButton("Guide", "/guide"),
            LinkButton("Write", "mailto:anna@example.org"),
            LinkButton("Long", f"https://example.org/{'a' * 600}"),
        )
    )
    page = page_of(row, public_url="https://bro.example/")
    assert [one["url"] for one in buttons_of(page)] == ["https://example.org/?q=%C3%A5", "https://bro.example/guide"]
    assert links_of(components_of(page))[2:] == [f"https://example.org/{'a' * 600}"]
    assert "Write (anna@example.org)" in words_of(components_of(page))
    assert [one["url"] for one in buttons_of(page_of(row))] == ["https://example.org/?q=%C3%A5"]
    assert "Guide" in words_of(components_of(page_of(row)))


@pytest.mark.parametrize("url", ["//elsewhere.example", "javascript:alert(1)", "ftp://example.org"])
def test_a_link_that_leads_nowhere_safe_is_its_words(url: str) -> None:
    page = page_of(Buttons((LinkButton("Words", url),)), public_url="https://bro.example")
    assert (buttons_of(page), words_of(components_of(page))) == ([], "Words")


def test_a_select_says_what_to_choose_and_takes_as_many_as_it_should() -> None:
    one = Select("Town", Shown(1), (Choice("a", "A"), Choice("b", "B")))
    (menu,) = [found for found in objects(components_of(page_of(one))) if found.get("type") == SELECT]
    assert (menu["placeholder"], menu["min_values"], menu["max_values"]) == ("Town", 1, 1)
    many = Select("Towns", Shown(1), tuple(Choice(f"v{number}", f"T{number}") for number in range(60)), multiple=True)
    menus = [found for found in objects(components_of(page_of(many))) if found.get("type") == SELECT]
    assert [(found["placeholder"], found["max_values"]) for found in menus] == [
        ("Towns (1–20)", 20), ("Towns (21–40)", 20), ("Towns (41–60)", 20)
    ]  # fmt: skip
    assert texts_of(Select("Nothing", Shown(1), ())) == ["**Nothing**"]


def test_an_option_that_is_cut_goes_on_below() -> None:
    label = "A choice of very many words that goes on until it is longer than any option of a menu may be, and then on"
    (menu,) = [
        found for found in objects(components_of(page_of(Select("Town", Shown(1), (Choice("a", label),)))))
        if found.get("type") == SELECT
    ]  # fmt: skip
    (option,) = menu["options"]
    assert option["label"].endswith("…")
    assert f"{option['label'][:-1]} {option['description'][1:]}".split() == label.split()


def test_a_picture_goes_along_with_its_words() -> None:
    page = page_of(Image(DOT, "A dot"), Image(DOT, ""), Image(DOT, "d" * 1_100))
    galleries = [one for one in components_of(page) if one["type"] == GALLERY]
    assert [one["items"][0]["media"]["url"] for one in galleries] == [
        "attachment://picture-1.png", "attachment://picture-2.png", "attachment://picture-3.png"
    ]  # fmt: skip
    assert [file.filename for file in page.files()] == ["picture-1.png", "picture-2.png", "picture-3.png"]
    assert [file.fp.read() for file in page.files()] == [DOT] * 3
    assert [file.description for file in page.files()][:2] == ["A dot", None]
    assert "d" * 1_100 in words_of(components_of(page))


def test_a_message_takes_ten_pictures() -> None:
    assert [len(page.files()) for page in pages_of(*[Image(DOT, "A dot")] * 23)] == [10, 10, 3]


def test_people_are_called_and_mentioned_only_by_the_ids_that_are_given() -> None:
    card = Card("Hello", (Paragraph((MentionOf(ANNA, "Anna"), Plain(" and "), MentionOf(BO, "Bo"))),))
    (page,) = render_card(card, "abcde", {ANNA: "11"}, calling=("22", "33"))
    assert [one["content"] for one in components_of(page)] == ["<@22> <@33>", "**Hello**", "<@11> and Bo"]
    assert page.users == {"11", "22", "33"}


@pytest.mark.parametrize("text", NASTY)
def test_a_heading_ends_with_its_own_signs(text: str) -> None:
    assert texts_of(Heading("C#"), Heading("a\n# b"))[0] == "## C#\u200b"
    assert words_of(components_of(page_of(Heading(text[:150])))).split() == text[:150].split()
