"""The reader of Discord's markdown, against what Discord's own pages show of it."""

import pytest

from tests.emulators.discord_markdown import kinds_in, read, shown


@pytest.mark.parametrize(
    ("source", "kinds", "words"),
    [
        ("**bold** *soft* _soft_ __under__ ~~gone~~ ||hidden||",
         ["strong", "em", "em", "underline", "strike", "spoiler"], "bold soft soft under gone hidden"),
        ("***both***", ["strong", "em"], "both"),
        ("`code` ``a ` tick``", ["code", "code"], "code a ` tick"),
        ("```py\nprint()\n```", ["block"], "print()"),
        ("see ```this``` now", ["block"], "see this now"),
        ("# Big\n## Less ##\n### Least", ["heading", "heading", "heading"], "Big\nLess\nLeast"),
        ("#no heading\na # b", [], "#no heading\na # b"),
        ("-# small\n-#not", ["subtext"], "small\n-#not"),
        ("> said\n> more\nplain", ["quote"], "said\nmore\nplain"),
        (">>> all\nof it", ["quote"], "all\nof it"),
        (">no", [], ">no"),
        ("- one\n- two\n  more", ["point", "point"], "one\ntwo\nmore"),
        ("* one\n1. two", ["point", "point"], "one\ntwo"),
        ("- one\n\nnot in it", ["point"], "one\n\nnot in it"),
        ("-no", [], "-no"),
        ("[words](https://example.org)", ["link"], "words"),
        ("[words](<https://example.org> 'title')", ["link"], "words"),
        ("[words](javascript:alert)", [], "[words](javascript:alert)"),
        ("<https://example.org> https://example.org/a.", ["autolink", "url"], "https://example.org https://example.org/a."),
        ("<@1> <@!2> <@&3> <#4>", ["user", "user", "role", "channel"], "<@1> <@2> <@&3> <#4>"),
        ("@everyone @here", ["everyone", "everyone"], "@everyone @here"),
        ("<t:1> <t:1:R>", ["moment", "moment"], "<t:1> <t:1>"),
        ("<:x:1> <a:x:1> :smile:", ["emoji", "emoji", "shortcode"], "<:x:1> <a:x:1> :smile:"),
        ("</poll:1> <id:guide>", ["command", "place"], "</poll:1> <id:guide>"),
        (r"\*no\* \_no\_ \`no\` \# \> \- \[x\]\(https\://y\) \\ \a", [], r"*no* _no_ `no` # > - [x](https://y) \ \a"),
        ("snake_case_name 2*3*4", ["em"], "snake_case_name 234"),
        ("kl. 09:30 - 10:45", [], "kl. 09:30 - 10:45"),
        ("two\n**lines\nbold**", ["strong"], "two\nlines\nbold"),
    ],
)  # fmt: skip
def test_what_is_written_is_shown_so(source: str, kinds: list[str], words: str) -> None:
    assert list(kinds_in(read(source))) == kinds
    assert shown(source) == words


def test_a_link_whose_words_discord_shows_otherwise_is_an_odd_one() -> None:
    assert list(kinds_in(read(r"[a\*b](https://example.org) [👩](https://example.org)"))) == ["odd link", "odd link"]


def test_a_links_words_reach_as_far_as_a_bracket_that_fits() -> None:
    (link,) = read("[here](https://one.example) and](https://two.example)")
    assert (link.kind, link.target) == ("odd link", "https://two.example")
