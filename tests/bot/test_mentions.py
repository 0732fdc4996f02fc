"""People, channels and addresses as platforms write them, and the names that people read in their place."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.arguments import split
from bot.mentions import Meant, Mention, Names, apart, mentions_in, named, only_mention

NAMES = Names({"U1": "Anna Berg", "77": "Bo"}, somebody="somebody", channel="a channel")
LABELS = st.text(st.characters(exclude_characters="<>", exclude_categories=["C"]), max_size=40)
IDS = st.from_regex(r"[A-Z0-9]{1,12}", fullmatch=True)
KINDS = st.sampled_from(["@", "@!", "#", "!", "https://", "mailto:"])
PIECES = st.one_of(st.text(max_size=12), st.tuples(KINDS, IDS, LABELS).map(lambda one: f"<{one[0]}{one[1]}|{one[2]}>"))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ask <@U1>", "ask @Anna Berg"),
        ("ask <@U1|anna>", "ask @Anna Berg"),
        ("ask <@U2|bo.lind>", "ask @bo.lind"),
        ("ask <@U2>", "ask @somebody"),
        ("<@!77> and <@77>", "@Bo and @Bo"),
        ("in <#C1|general>", "in #general"),
        ("in <#C1>", "in #a channel"),
        ("in <#C1|>", "in #a channel"),
        ("<!subteam^S1|@board> <!subteam^S1> <@&9>", "@board @somebody @somebody"),
        ("<!here> <!channel|@channel>", "@here @channel"),
        ("<!date^1392734382^x|when>", "<!date^1392734382^x|when>"),
        ("a < b > c <@> <@U1", "a < b > c <@> <@U1"),
        ("see <https://example.org/a?b=c>", "see https://example.org/a?b=c"),
        ("see <http://example.org|example.org>", "see example.org"),
        ("<https://example.org|here>", "https://example.org"),
        ("<mailto:anna@example.org|anna@example.org>", "anna@example.org"),
        ("<javascript:alert(1)|x>", "<javascript:alert(1)|x>"),
        ("<@U1|<@U2|x>>", "<@U1|@x>"),
        ("", ""),
    ],
)
def test_what_a_platform_wrote_is_read_as_names(typed: str, read: str) -> None:
    assert named(typed, NAMES) == read


def test_a_channels_mention_stays_where_the_channel_itself_is_asked_for() -> None:
    assert named("<#C1|general>, <@U1>", replace(NAMES, channel=None)) == "<#C1|general>, @Anna Berg"


def test_a_mention_knows_whom_it_means() -> None:
    assert mentions_in("<@U1|anna> in <#C1|general>, <!here>") == (
        Mention(Meant.PERSON, "U1", "anna"),
        Mention(Meant.CHANNEL, "C1", "general"),
        Mention(Meant.EVERYBODY, "here", ""),
    )
    assert only_mention(" <@U1> ") == Mention(Meant.PERSON, "U1", "")
    assert only_mention("<@U1> and more") is None


def test_a_mention_separates_nothing() -> None:
    assert apart("<@U1|a b>|c", "|") == ["<@U1|a b>", "c"]
    assert apart("<http://a.dk|a.dk>|c", "|") == ["<http://a.dk|a.dk>", "c"]
    assert apart("a|<b|c", "|") == ["a", "<b", "c"]


@given(st.lists(PIECES, max_size=6).map(" ".join))
@example("<" * 2000)
@example("<@U1|" * 500)
def test_whatever_was_typed_nothing_else_is_changed(text: str) -> None:
    written = mentions_in(text)
    read = named(text, Names({one.id: "" for one in written}, "", ""))
    assert len(read) <= len(text)
    assert (read == text) == (not written)
    assert "|".join(apart(text, "|")) == text


@given(IDS, LABELS, st.sampled_from(["", "to:", "x"]))
def test_a_mention_stays_in_one_piece(user: str, label: str, before: str) -> None:
    mention = f"<@{user}|{label}>"
    words = split(f"say {before}{mention} hello")
    assert [word.text for word in words] == ["say", mention if before == "to:" else f"{before}{mention}", "hello"]
    assert words[1].name == ("to" if before == "to:" else "")
