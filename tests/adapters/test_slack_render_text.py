"""What somebody typed stays what was typed: no mark-up, no mention, no link that nobody meant."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from adapters.slack.render import render_card
from adapters.slack.text import mrkdwn, parted, rich, safe_url
from bot.identity import MemberId
from bot.messages.elements import Card, Field, Fields, Footnote, Paragraph
from bot.messages.text import Bold, Code, Italic, Link, MentionOf, Moment, Plain, Text, flat, plain
from bot.words import Languages
from tests.adapters.slack_reading import mentions_of, objects, types_of, words_of
from tests.emulators.slack_preview import Workspace, message
from tests.gallery import NASTY, SOMEBODY

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
ANNA = MentionOf(SOMEBODY, "Anna Holm")


def test_running_text_is_taken_as_it_stands() -> None:
    typed = "*stars* _lines_ `ticks` ~waves~ <!channel> <@U1> & :wave:"
    assert rich(plain(typed), {}) == [{"type": "text", "text": typed}]


def test_words_that_stand_out_and_links() -> None:
    text = (Bold("Anna"), Plain(" likes "), Italic("tea"), Code("/match"), Link("here", "https://example.org/a b"))
    assert rich(text, {}) == [
        {"type": "text", "text": "Anna", "style": {"bold": True}},
        {"type": "text", "text": " likes "},
        {"type": "text", "text": "tea", "style": {"italic": True}},
        {"type": "text", "text": "/match", "style": {"code": True}},
        {"type": "link", "url": "https://example.org/a%20b", "text": "here"},
    ]


def test_an_address_is_one_that_every_browser_knows() -> None:
    assert safe_url("https://åben.dk/sti til|<målet>?a=%20&b=1#c") == (
        "https://xn--ben-tla.dk/sti%20til%7C%3Cm%C3%A5let%3E?a=%20&b=1#c"
    )
    assert safe_url("https://" + "å" * 80 + "/") == "https://" + "%C3%A5" * 80 + "/"
    assert safe_url("mailto:søren@example.org") == "mailto:s%C3%B8ren@example.org"


def test_only_a_real_mention_of_a_known_member_mentions() -> None:
    assert rich((ANNA,), {SOMEBODY: "U7"}) == [{"type": "user", "user_id": "U7"}]
    assert rich((ANNA,), {}) == [{"type": "text", "text": "Anna Holm"}]
    assert mrkdwn((ANNA, Plain(" <@U8>")), {SOMEBODY: "U7"}) == "<@U7> &lt;@U8&gt;"


@pytest.mark.parametrize(
    "typed", ["*bold*", "snake_case", "`code`", "~no~", "> quote", "a\n• b", "- c", "1. d", ":wave:"]
)
def test_mrkdwn_is_refused_where_it_would_be_read_as_more_than_words(typed: str) -> None:
    assert mrkdwn(plain(typed), {}) is None


def test_mrkdwn_says_the_same_where_it_can() -> None:
    text = (
        Plain("Ask "),
        Bold("Bo & Co"),
        Plain(", see "),
        Link("the guide", "https://example.org/?a=1|2"),
        Plain("."),
    )
    assert mrkdwn(text, {}) == "Ask *Bo &amp; Co*, see <https://example.org/?a=1%7C2|the guide>."
    assert mrkdwn((Plain("half"), Bold("bold")), {}) is None


@given(
    st.text("ab *_~`<>&|:>•-1.\n", max_size=25),
    st.sampled_from((Plain, Bold, Italic, Code)),
    st.text("a *_\n", max_size=4),
)
def test_mrkdwn_is_read_as_exactly_what_was_meant(
    typed: str, kind: type[Plain | Bold | Italic | Code], after: str
) -> None:
    said = mrkdwn((kind(typed), Plain(after)), {})
    if said is not None:
        shown = message([{"type": "context", "elements": [{"type": "mrkdwn", "text": said}]}], Workspace())
        (line,) = re.findall(r'<p class="context">(.*)</p>', str(shown), re.DOTALL)
        tag = {Bold: "b", Italic: "i", Code: "code"}.get(kind, "") if typed else ""
        words = str(escape(typed)).replace("\n", "<br>")
        assert line == (f"<{tag}>{words}</{tag}>" if tag else words) + str(escape(after)).replace("\n", "<br>")


def test_a_moment_is_shown_by_slack_in_the_languages_it_speaks() -> None:
    moment = Moment(AT, "both", "Tuesday, 3 March 2026 at 10:00", "en")
    assert rich((moment,), {}) == [
        {"type": "date", "timestamp": 1772528400, "format": "{date_long}, {time}", "fallback": moment.fallback}
    ]
    assert mrkdwn((moment,), {}) == "<!date^1772528400^{date_long}, {time}|Tuesday, 3 March 2026 at 10:00>"


def test_a_moment_in_a_danish_sentence_is_danish() -> None:
    danish = Languages.load().words("da", ZoneInfo("Europe/Copenhagen"))
    text = danish.text("You can answer until {when}.", when=danish.moment(AT))
    card = Card("Svar", (Paragraph(text), Footnote(text)))
    for block in render_card(card, {}, ())[0].blocks:
        assert "tirsdag den 3. marts 2026 kl. 10.00" in words_of(block)


def test_a_moment_that_slack_cannot_count_is_said_in_words() -> None:
    assert rich((Moment(datetime(1900, 1, 1, tzinfo=UTC), "date", "long ago"),), {}) == [
        {"type": "text", "text": "long ago"}
    ]


@pytest.mark.parametrize("typed", NASTY)
def test_small_print_and_facts_show_what_was_typed(typed: str) -> None:
    card = Card(
        "Notice", (Fields((Field(typed[:60], plain(typed)),)), Footnote(plain(typed)), Footnote((Plain(typed), ANNA)))
    )
    blocks = render_card(card, {SOMEBODY: "U7"}, ())[0].blocks
    assert words_of(blocks).count(typed) == (4 if typed[:60] == typed else 3)
    assert mentions_of(blocks) == ["U7"]
    assert all(found.get("verbatim") for found in objects(blocks) if found.get("type") == "mrkdwn")


def test_the_notice_cannot_mention_anybody() -> None:
    page = render_card(Card("<!channel> & <@U1>", (Paragraph(plain("Words")),)), {}, ())[0]
    assert page.text == "&lt;!channel&gt; &amp; &lt;@U1&gt;"


def test_facts_stand_side_by_side_where_they_are_short_and_harmless() -> None:
    facts = [Field(f"Label {number}", plain("short")) for number in range(12)]
    harmful = Field("Typed", plain("*not bold*"))
    card = Card("Notice", (Fields((*facts, harmful, facts[0], Field("Long", plain("long " * 60)))),))
    blocks = render_card(card, {}, ())[0].blocks
    assert types_of(blocks) == ["section", "section", "rich_text", "section", "rich_text"]


def test_an_empty_fact_is_a_dash() -> None:
    blocks = render_card(Card("Notice", (Fields((Field("Themes", ()), Field("", plain(" ")))),)), {}, ())[0].blocks
    assert words_of(blocks) == "Themes\n––"


def test_a_long_text_is_cut_after_a_sentence_and_nothing_is_lost() -> None:
    text: Text = (Bold("Title. "), Plain("One sentence of some words. " * 200), ANNA, Plain(" and on" * 500))
    parts = parted(text, 3_000)
    assert "".join(map(flat, parts)) == flat(text)
    assert all(len(flat(part)) <= 3_000 for part in parts)
    assert flat(parts[0]).endswith("words. ")
    assert sum(part.count(ANNA) for part in parts) == 1


def test_a_text_is_cut_between_its_paragraphs_first() -> None:
    parts = parted(plain("One sentence. " * 5 + "\n\n" + "Another one. " * 6), 100)
    assert [flat(part)[:7] for part in parts] == ["One sen", "Another"]


def test_words_that_stand_out_do_so_in_every_part() -> None:
    link = Link("here " * 30, "https://example.org/")
    parts = parted((Bold("bold " * 30), link, Code("code " * 30)), 100)
    assert {type(piece) for part in parts for piece in part} == {Bold, Link, Code}
    assert "".join(map(flat, parts)) == "bold " * 30 + "here " * 30 + "code " * 30
    assert all(piece.url == link.url for part in parts for piece in part if isinstance(piece, Link))


def test_a_text_of_very_many_pieces_is_parted_too() -> None:
    parts = parted((Bold("a"), Plain(" ")) * 300, 3_000)
    assert [len(part) for part in parts] == [200, 200, 200]


def test_a_link_that_is_too_long_is_said() -> None:
    url = "https://example.org/" + "a" * 3_000
    assert rich((Link("here", url),), {}) == [{"type": "text", "text": f"here ({url})"}]
    assert mrkdwn((Link("here", url),), {}) is None


def test_a_mention_is_never_cut_in_two() -> None:
    for before in range(80, 101):
        parts = parted((Plain("x" * before), ANNA, Plain("y" * 50)), 100)
        assert [piece for part in parts for piece in part if isinstance(piece, MentionOf)] == [ANNA]
        assert all(len(flat(part)) <= 100 for part in parts)


def test_an_accent_stays_with_its_letter() -> None:
    parts = parted(plain("e\u0301" * 100), 51)
    assert all(not flat(part).startswith("\u0301") for part in parts)


def test_a_text_without_any_gap_is_cut_all_the_same() -> None:
    assert [len(flat(part)) for part in parted(plain("x" * 250), 100)] == [100, 100, 50]


def test_a_member_is_mentioned_in_a_room_and_named_elsewhere() -> None:
    other = MemberId(SOMEBODY)
    card = Card("Hi", (Paragraph((Plain("Hi "), ANNA)),))
    assert mentions_of(render_card(card, {other: "W1"}, ())[0].blocks) == ["W1"]
    assert words_of(render_card(card, {}, ())[0].blocks) == "Hi Anna Holm"
