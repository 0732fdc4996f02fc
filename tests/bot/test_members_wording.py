"""The academy's own words over the bot's table: its words win, and everything else means what it meant."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Conflict, NotUnderstood
from bot.members.domain import Synonyms
from bot.members.wording import (
    check,
    group_mark,
    group_marked,
    known_with,
    meaning_of,
    merged,
    seen_mark,
    shown,
    table,
    written,
)
from tests.members_talk import a_member

POOL = (
    "minibus",
    "kørsel",
    "flextur",
    "telebil",
    "lokale",
    "torvet",
    "mødelokaler",
    "aula",
    "jura",
    "jurist",
    "volunteers",
)
GROUPS = st.lists(st.sampled_from(POOL), min_size=4, max_size=8, unique=True).map(
    lambda words: tuple(written(pair) for place, pair in enumerate(pairwise(words)) if place % 2 == 0)
)


@settings(max_examples=12, deadline=None)
@given(GROUPS)
def test_own_words_mean_what_the_academy_says_and_others_what_they_meant(own: tuple[Synonyms, ...]) -> None:
    meaning, before = meaning_of(own), meaning_of(())
    for group in own:
        assert {meaning.key(word) for word in group.words} == {frozenset({f"=academy {group.key}"})}
    ours = {f"=academy {group.key}" for group in own}
    for words in table().groups.values():
        for word in words:
            assert meaning.key(word) == before.key(word) or meaning.key(word) & ours


def test_other_forms_of_an_own_word_follow_it() -> None:
    own = (written(["lokale", "torvet"]),)
    assert meaning_of(own).key("lokalerne") == meaning_of(own).key("torvet")
    assert meaning_of(own).key("premises") == meaning_of(()).key("premises")


def test_without_own_words_the_table_is_the_bots() -> None:
    assert merged((), table()) is table().groups


def test_a_group_of_the_table_of_which_nothing_is_left_is_gone() -> None:
    under = replace(table(), groups={"premises": ("lokale",), "legal": ("jura",)})
    assert merged((written(["lokale", "sal"]),), under) == {"legal": ("jura",), "academy lokale": ("lokale", "sal")}


def test_a_group_is_kept_tidy() -> None:
    assert written(["  Fælles   bil ", "", "fælles bil", "\u202eDelebil\x00"]) == Synonyms(
        "fælles bil", ("Fælles bil", "Delebil")
    )
    assert written([]) == Synonyms("", ())


def test_nothing_is_known_of_words_that_no_table_has() -> None:
    assert known_with(("flextur", "telebil")) == ()
    assert "transport" in known_with(("flextur", "minibus"))


def test_a_group_that_stands_alone_is_fine_and_one_word_is_no_group() -> None:
    check(written(["bil", "car"]), ())
    with pytest.raises(NotUnderstood, match="at least two words"):
        check(written(["bil", "bilen"]), ())
    with pytest.raises(NotUnderstood, match="another group"):
        check(written(["car", "bilerne"]), [written(["bil", "vogn"])])


def test_a_group_is_found_by_its_mark_as_long_as_it_was_seen_so() -> None:
    own = (written(["bil", "car"]),)
    mark = group_mark(("BIL",))
    assert group_marked(own, mark, seen_mark(("bil", "car"))) == own[0]
    assert group_marked(own, group_mark(("car",)), "") is None
    with pytest.raises(Conflict):
        group_marked(own, mark, seen_mark(("bil", "car", "vogn")))


def test_what_a_group_does_is_counted_over_needs_offers_and_themes() -> None:
    own = (written(["flextur", "telebil"]), written(["aula", "torvet"]))
    members = [
        replace(a_member(), needs=("flextur", "Telebil til ældre"), themes=("flextur",)),
        replace(a_member("U2"), offers=("flexture", "FLEXTUR")),
    ]
    first, second = shown(own, members)
    assert (first.tags, first.ways, second.tags, second.ways) == (5, 3, 0, 0)
    assert shown((), members) == ()
