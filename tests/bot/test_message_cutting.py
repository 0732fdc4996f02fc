"""A text that is too long for a platform: cut where it hurts least, and nothing of it lost."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bot.identity import MemberId
from bot.messages.cutting import atoms, cut_in, divisible, mentioned, mentions_in, safe_url, sliced
from bot.messages.elements import (
    Bullets,
    Buttons,
    Card,
    Divider,
    Field,
    Fields,
    Footnote,
    Heading,
    Paragraph,
    Quote,
)
from bot.messages.text import Bold, Code, Italic, Link, MentionOf, Moment, Plain, Text, flat, plain

ANNA = MentionOf(MemberId(UUID(int=1)), "Anna Lund")
BO = MentionOf(MemberId(UUID(int=2)), "Bo")
SOON = Moment(datetime(2026, 3, 22, 9, 0, tzinfo=UTC), "22. marts kl. 9.00")
WORDS = st.text(st.sampled_from("ab .\n!e\u0301\u200d👩👧"), min_size=1, max_size=30)
PIECES = st.one_of(
    st.builds(Plain, WORDS),
    st.builds(Bold, WORDS),
    st.builds(Italic, WORDS),
    st.builds(Code, WORDS),
    st.builds(Link, WORDS, st.just("https://example.org")),
    st.sampled_from([ANNA, BO, SOON]),
)


def test_who_is_mentioned_wherever_a_card_names_somebody() -> None:
    card = Card(
        "A card",
        (
            Heading("Anna Lund"),
            Divider(),
            Paragraph((Plain("with "), ANNA)),
            Quote((BO,)),
            Footnote(plain("nobody")),
            Bullets(((ANNA,), plain("-"))),
            Fields((Field("Who", (BO,)),)),
            Buttons(()),
        ),
    )
    assert mentioned(card) == {ANNA.member, BO.member}
    assert list(mentions_in([(ANNA, BO), (ANNA,)])) == [ANNA.member, BO.member, ANNA.member]


def test_an_address_keeps_nothing_that_would_end_a_link() -> None:
    assert safe_url("https://åben.dk/å b>?a=(1)", ":/?=") == "https://xn--ben-tla.dk/%C3%A5%20b%3E?a=%281%29"
    assert safe_url("https://åben.dk/(1)", ":/()") == "https://xn--ben-tla.dk/(1)"
    assert safe_url("https://" + "å" * 70 + "/", ":/") == "https://" + "%C3%A5" * 70 + "/"
    assert safe_url("mailto:søren@example.org", ":@") == "mailto:s%C3%B8ren@example.org"


def test_a_part_ends_after_a_paragraph_before_a_sentence_before_a_word() -> None:
    assert cut_in("One two.\n\nThree four. Five", 0, 14) == 10
    assert cut_in("One two.\nThree four. Five", 0, 14) == 9
    assert cut_in("One two. Three four", 0, 14) == 9
    assert cut_in("One two three four", 0, 14) == 14
    assert cut_in("One twothreefourfive", 0, 14) == 14
    assert cut_in("One twooo three four", 4, 8) == 10


def test_signs_of_several_characters_stay_together() -> None:
    assert cut_in("aaaaaae\u0301bbbb", 0, 7) == 6
    assert cut_in("aaaa👩\u200d👧bbbb", 0, 6) == 4


def test_blanks_of_a_link_are_no_link() -> None:
    text: Text = (Link("ab  ", "https://example.org"),)
    assert sliced(text, 0, 2) == (Link("ab", "https://example.org"),)
    assert sliced(text, 2, 4) == (Plain("  "),)
    assert sliced((SOON,), 0, 2) == (Plain(flat((SOON,))[:2]),)


def test_a_name_as_long_as_a_paragraph_is_words() -> None:
    endless = MentionOf(ANNA.member, "x" * 300)
    assert divisible((endless, ANNA)) == (Plain(flat((endless,))), ANNA)


@given(st.lists(PIECES, max_size=6).map(tuple), st.integers(1, 40))
def test_nothing_is_lost_and_no_mention_is_cut(text: Text, most: int) -> None:
    words = flat(text)
    start = 0
    parts: list[Text] = []
    while len(words) - start > most:
        end = cut_in(words, start, most)
        assert start < end <= start + most
        parts.append(sliced(text, start, end))
        start = end
    parts.append(sliced(text, start, len(words)))
    assert "".join(map(flat, parts)) == words
    assert [words[first:last] for first, last in atoms(text)] == [
        flat((piece,)) for piece in text if isinstance(piece, MentionOf | Moment)
    ]
