"""What an organiser wrote, as a text tree: nothing is lost, and nothing becomes what was not meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.text import elements_of, notice_of, read_text
from bot.errors import NotUnderstood
from bot.messages.elements import Bullets, Element, Paragraph
from bot.messages.text import Bold, Inline, Italic, Link, Plain, flat

WRITTEN = st.text(st.sampled_from("ab *_-•\n.:/@<>#!æ🌉") | st.characters(exclude_categories=("Cs",)), max_size=200)


def pieces(elements: tuple[Element, ...]) -> list[Inline]:
    found: list[Inline] = []
    for element in elements:
        match element:
            case Paragraph(text):
                found += text
            case Bullets(items):
                found += [piece for item in items for piece in item]
            case _:
                raise AssertionError(element)
    return found


def bare(text: str) -> str:
    """The signs that are neither spaces nor marks."""
    return "".join(sign for sign in text if not sign.isspace() and sign not in "*_-•")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("**bold**", [Bold("bold")]),
        ("a **b c** d", [Plain("a "), Bold("b c"), Plain(" d")]),
        ("_soft_ and snake_case_name", [Italic("soft"), Plain(" and snake_case_name")]),
        ("2 ** 3 ** 4 and 2*3*4", [Plain("2 ** 3 ** 4 and 2*3*4")]),
        (
            "(https://a.example/b_c_d).",
            [Plain("("), Link("https://a.example/b_c_d", "https://a.example/b_c_d"), Plain(").")],
        ),
        ("javascript:alert(1) <!channel> @everyone", [Plain("javascript:alert(1) <!channel> @everyone")]),
        ("-not a point", [Plain("-not a point")]),
    ],
)
def test_marks_become_pieces(typed: str, expected: list[Inline]) -> None:
    assert pieces(elements_of(typed)) == expected


def test_lines_paragraphs_and_points_stay_apart() -> None:
    assert elements_of("One\ntwo\n\n- a\n* b\n• c\nThree") == (
        Paragraph((Plain("One\ntwo"),)),
        Bullets(((Plain("a"),), (Plain("b"),), (Plain("c"),))),
        Paragraph((Plain("Three"),)),
    )


@given(WRITTEN)
def test_no_word_is_lost_and_only_links_lead_anywhere(typed: str) -> None:
    try:
        text = read_text(typed, 3_000)
    except NotUnderstood:
        return
    found = pieces(elements_of(text))
    assert bare(flat(tuple(found))) == bare(text)
    assert all(isinstance(piece, Plain | Bold | Italic | Link) for piece in found)
    assert all(piece.url in text for piece in found if isinstance(piece, Link))
    assert 0 < len(notice_of(text)) <= 120


def test_nothing_and_too_much_are_told() -> None:
    for typed in ("", " \n\u202e "):
        with pytest.raises(NotUnderstood, match="nothing in it yet"):
            read_text(typed, 10)
    with pytest.raises(NotUnderstood, match="characters"):
        read_text("a" * 11, 10)
    assert read_text("a\r\nb\rc", 10) == "a\nb\nc"


@pytest.mark.parametrize("nothing", ["", " ", "\n\n", "\u200b", "\u2063 \u200d", "\u3164", "\u2800\u2800", "\u00ad"])
def test_what_nobody_sees_is_nothing(nothing: str) -> None:
    with pytest.raises(NotUnderstood):
        read_text(nothing, 100)
    assert read_text(f"{nothing}🌉{nothing}", 100)
