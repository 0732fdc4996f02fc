"""The text tree in Discord's markdown: whatever was typed is shown as it was typed, and means nothing."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.discord.text import JOINT, escaped, in_lines, letters, parted, safe_url, written
from bot.identity import MemberId
from bot.messages.text import Bold, Code, Italic, Link, MentionOf, Moment, Plain, Text, flat
from tests.adapters.slack_made_up import trees
from tests.emulators.discord_markdown import kinds_in, read, shown, walk, words_of
from tests.gallery import NASTY

ANNA = MemberId(UUID(int=1))
SIGNS = "abåø 12\n\t\\*_~`|<>@#:()[]{}-+.=!?/&;\"'^$%,\u200b\u00a0👩‍👧"
TRICKS = (
    *NASTY,
    "@everyone @here <@1> <@!1> <@&1> <#1> <t:1> <t:1:R> <:x:1> <a:x:1> </poll:1> <id:guide>",
    "# big\n## less\n### least\n-# small\n> said\n>>> all\n- one\n* two\n+ three\n1. four\n12) five",
    "  - set in\n\t* so too\n 3. and this",
    "```py\ncode\n``` `tick` ``two`` ||hidden|| **bold** __under__ ~~gone~~ *soft* _soft_",
    "[words](https://example.org) <https://example.org> https://example.org discord://x http://a.b/c?d=e#f",
    ":smile: :+1::skin-tone-2: :) ¯\\_(ツ)_/¯",
    "\\ \\\\ \\* \\n \\",
    "C# and # and #\n#",
    "1\n.\n2.",
)
words = st.one_of(
    st.sampled_from(TRICKS), st.text(SIGNS, max_size=60), st.text(max_size=20).map(lambda text: text.replace("\r", ""))
)
MANY = settings(max_examples=150, deadline=None)


@MANY
@given(words)
@example("a\n\n- b")
@example("1. x")
def test_what_was_typed_is_what_is_read(typed: str) -> None:
    read_back = read(escaped(typed))
    assert "".join(node.text for node in read_back) == typed
    assert list(kinds_in(read_back)) == []


@MANY
@given(st.lists(words, max_size=4))
@example(["1", ". one"])
@example(["<", "@1>"])
@example(["@", "everyone"])
@example(["https:", "//example.org"])
def test_pieces_beside_each_other_make_nothing_new(typed: list[str]) -> None:
    """Neither a number and a point, nor a tick and a tick, nor half a mention and its other half."""
    text = tuple(map(Plain, typed))
    assert shown(written(text, {})) == "".join(typed)
    assert list(kinds_in(read(written(text, {})))) == []


STYLES = {Bold: "strong", Italic: "em"}


@MANY
@given(words, st.sampled_from((Bold, Italic)), words, words)
def test_a_mark_marks_its_words_and_no_others(typed: str, style: type[Bold | Italic], before: str, after: str) -> None:
    nodes = read(written((Plain(before), style(typed), Plain(after)), {}))
    assert typed in "".join(node.text for node in walk(nodes))
    assert set(kinds_in(nodes)) <= {STYLES[style]}
    marked = ["".join(inner.text for inner in walk(node.children)) for node in nodes if node.kind == STYLES[style]]
    expected = [line.strip(" \t\ufeff") for line in typed.split("\n")]
    assert [line.split() for line in marked] == [line.split() for line in expected if line.split()]


@MANY
@given(words)
def test_code_is_code_or_at_least_its_words(typed: str) -> None:
    (*nodes,) = read(written((Code(typed),), {}))
    assert "".join(node.text for node in nodes) == typed
    assert set(kinds_in(tuple(nodes))) <= {"code"}


@MANY
@given(words.filter(str.strip), st.sampled_from(("https://example.org/?a=(1)&b=<2>|x*_~", "http://example.org/å b")))
def test_a_link_leads_where_it_should_and_nowhere_else(typed: str, url: str) -> None:
    tail = (Plain("](https://evil.example)"), Plain("]"), Plain("(https://evil.example)"))
    nodes = read(written((Plain("["), Link(typed, url), *tail), {}))
    assert {node.target for node in walk(nodes) if node.kind in ("link", "autolink", "url")} == {safe_url(url)}
    assert typed in "".join(node.text for node in walk(nodes))


@MANY
@given(trees)
def test_a_whole_tree_shows_its_words_and_no_mark_but_its_own(text: Text) -> None:
    nodes = read(written(text, {}))
    own = {"strong", "em", "code", "link", "autolink", "moment"}
    assert set(kinds_in(nodes)) <= own
    bare = "".join(node.text for node in walk(nodes)).replace(JOINT, "")
    place = 0
    for piece in text:
        if isinstance(piece, Plain | Bold | Italic | Code):
            found = bare.find(in_lines_of(piece.text).replace(JOINT, ""), place)
            assert found >= 0
            place = found


@pytest.mark.parametrize("start", ["> ", "-# ", "## "])
@pytest.mark.parametrize("typed", TRICKS)
def test_lines_in_a_block_are_one_block_each_and_nothing_else(start: str, typed: str) -> None:
    block = {"> ": "quote", "-# ": "subtext", "## ": "heading"}[start]
    lines = in_lines(escaped(typed), start, gaps=start == "> ").split("\n")
    nodes = read("\n".join(f"{line}{JOINT}" if line.endswith("#") else line for line in lines))
    assert set(kinds_in(nodes)) == {block}
    assert words_of(nodes).replace(JOINT, "").split() == typed.split()


simple = st.text("ab cdæ ", min_size=1, max_size=90).filter(str.strip)
styled = st.one_of(
    words.map(Plain),
    words.map(Bold),
    words.map(Italic),
    words.map(Code),
    st.builds(Link, simple, st.just("https://a.b")),
)


@MANY
@given(st.lists(styled, max_size=6).map(tuple), st.integers(60, 400))
def test_parts_are_short_and_lose_nothing(text: Text, most: int) -> None:
    parts = parted(text, most, lambda part: written(part, {}))
    assert all(letters(part) <= most for part in parts)
    assert bare("".join(map(shown, parts))) == bare(flat(text))


def test_a_name_is_not_cut_unless_it_is_as_long_as_a_paragraph() -> None:
    def draw(part: Text) -> str:
        return written(part, {ANNA: "1" * 20})

    parts = parted((Plain("word " * 10), MentionOf(ANNA, "Anna Holm"), Plain(" word" * 10)), 70, draw)
    assert [part for part in parts if "<@" in part and f"<@{'1' * 20}>" not in part] == []
    assert "".join(parts).count("<@") == 1
    long = parted((MentionOf(ANNA, "n" * 300),), 100, draw)
    assert "".join(long) == "n" * 300


def bare(text: str) -> str:
    return "".join(text.replace(JOINT, "").replace("→", "").split())


def in_lines_of(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_a_member_is_mentioned_only_where_discord_knows_them() -> None:
    text = (Plain("Hej "), MentionOf(ANNA, "Anna *Holm*"))
    assert written(text, {ANNA: "42"}) == "Hej <@42>"
    assert written(text, {}) == "Hej Anna \\*Holm\\*"


def test_a_moment_in_words_stays_in_words() -> None:
    at = datetime(2026, 3, 22, 8, 0, tzinfo=UTC)
    assert written((Moment(at, "both", "søndag den 22. marts 2026 kl. 09.00", "da"),), {}).startswith("søndag den 22. ")
    assert written((Moment(at, "date"),), {}) == f"<t:{int(at.timestamp())}:D>"
    assert written((Moment(at, "time"),), {}) == f"<t:{int(at.timestamp())}:t>"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (Link("here", "https://example.org/a"), "[here](https://example.org/a)"),
        (Link("https://example.org/a", "https://example.org/a"), "<https://example.org/a>"),
        (Link("  ", "https://example.org/a"), "<https://example.org/a>"),
        (Link("[note]", "https://example.org/a"), "\\[note\\] [→](https://example.org/a)"),
        (Link("https://a.b", "https://example.org/a"), "https\\://a.b [→](https://example.org/a)"),
        (Link("a *star* 👩", "https://example.org/a"), "a \\*star\\* 👩 [→](https://example.org/a)"),
        (Link("- Note (2), part 1", "https://example.org/a"), "\\- Note (2), part 1 [→](https://example.org/a)"),
        (Link("Note (2), part 1!", "https://example.org/a"), "[Note (2), part 1!](https://example.org/a)"),
        (Link("Anna", "mailto:anna@bro.example"), "Anna (anna@bro.example)"),
        (Link("anna@bro.example", "mailto:anna@bro.example"), "anna@bro.example"),
        (Link("here", "https://rødovre.example/å"), "[here](https://xn--rdovre-bya.example/%C3%A5)"),
    ],
)
def test_links_are_written_as_discord_reads_them(link: Link, expected: str) -> None:
    assert written((link,), {}) == expected


def test_a_link_too_long_for_any_message_stands_as_words() -> None:
    url = f"https://example.org/{'a' * 2000}"
    assert shown(written((Link("here", url),), {})) == f"here ({url})"
    assert list(kinds_in(read(written((Link("here", url),), {})))) == []


def test_a_carriage_return_ends_a_line() -> None:
    assert shown(written((Plain("one\r\n- two\r# three "), Bold("four\rfive")), {})) == "one\n- two\n# three four\nfive"
