"""Tables as messages of Discord: in columns where they are narrow, else as lists."""

import pytest

from bot.messages.elements import Table
from tests.adapters.discord_cards import pages_of, texts_of
from tests.adapters.discord_reading import components_of


def test_a_narrow_table_stands_in_columns() -> None:
    (text,) = texts_of(Table(("Who", "How many"), (("Anna", "3"), ("Børge", "1.200"), ("", "–"))))
    assert text.split("\n") == [
        "```",
        "Who    How many",
        "─────  ────────",
        "Anna          3",
        "Børge     1.200",
        "–             –",
        "```",
    ]


def test_a_wide_table_is_a_list_with_its_columns_above() -> None:
    (text,) = texts_of(Table(("Who", "Offers"), (("Anna *Holm*", "a room for twenty people on Mondays"), ("Bo", ""))))
    assert text.split("\n") == [
        "-# Who · Offers",
        "- **Anna \\*Holm\\*** · a room for twenty people on Mondays",
        "- **Bo** · –",
    ]


def test_a_table_of_many_columns_names_each_value() -> None:
    header = tuple(f"Column {number}" for number in range(5))
    (text,) = texts_of(Table(header, (("a", "b", "c", "d", "e"),)))
    assert text == "- **Column 0: a** · Column 1: b · Column 2: c · Column 3: d · Column 4: e"
    assert texts_of(Table(header, ())) == [f"-# {' · '.join(header)}"]
    assert texts_of(Table((" ", *header), (("x", *"abcde"),)))[0].startswith("- **x** · Column 0: a")


@pytest.mark.parametrize("cell", ["`tick`", "two\nlines", "שלום", "e\u0301", "a\tb"])
def test_what_does_not_stand_in_columns_is_a_list(cell: str) -> None:
    assert texts_of(Table(("A",), ((cell,),)))[0].startswith("-# A\n- ")


def test_a_table_without_rows_names_its_columns() -> None:
    assert texts_of(Table(("Who", "Sector"), ())) == ["```\nWho  Sector\n───  ──────\n```"]
    assert texts_of(Table((), ()), notice="Nothing") == ["Nothing"]


def test_a_long_table_goes_on_under_its_header() -> None:
    pages = pages_of(Table(("Number", "Name"), tuple((str(number), "Anna") for number in range(500))))
    texts = [str(one["content"]) for page in pages for one in components_of(page)]
    assert all(text.startswith("```\nNumber  Name\n") and text.endswith("\n```") for text in texts)
    assert [str(number) in "".join(texts) for number in range(500)] == [True] * 500
