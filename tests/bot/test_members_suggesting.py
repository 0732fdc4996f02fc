"""Tags suggested for a sentence: what they are drawn from, and what is never told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.introductions.cards import profile
from bot.introductions.reasons import reasons_told
from bot.matching.domain import Reason, ReasonKind
from bot.members.domain import THEMES, Consent, Member, Side, Synonyms
from bot.members.limits import SENTENCE, TAG
from bot.members.profile import on_card
from bot.members.suggesting import (
    SUGGESTED,
    Source,
    Usual,
    askable,
    clauses,
    free_texts,
    is_free,
    source_of,
    suggest,
    usual,
)
from bot.members.wording import meaning_of
from bot.messages.text import flat, shortened
from tests.gallery_introductions import ANNA, BO, NAMING, ZONE
from tests.introductions_talk import LANGUAGES
from tests.members_talk import a_member

NOTHING = Source((), (), {}, {})
WORDS = ("lokaler", "frivillige", "strikkecafé", "hemmelighed", "jura", "unge", "om", "aftenen", "kaffe", "it", "the")


def tags(sentence: str, source: Source = NOTHING, language: str = "da", **near: float) -> list[str]:
    member = replace(a_member(language=language), needs=(sentence,))
    return [tag.text for tag in suggest(member, Side.NEEDS, sentence, source, near).tags]


@pytest.mark.parametrize("tag", usual(), ids=lambda tag: str(getattr(tag, "en", tag)))
def test_a_usual_tag_reads_the_same_in_both_languages(tag: Usual) -> None:
    assert meaning_of(()).key(tag.da) == meaning_of(()).key(tag.en)


def test_no_two_usual_tags_say_the_same() -> None:
    assert len({meaning_of(()).key(tag.da) for tag in usual()}) == len(usual())


@pytest.mark.parametrize(
    ("sentence", "language", "found"),
    [
        ("Vi mangler et sted at mødes og nogen der kender til jura", "da", ["lokaler", "juridisk rådgivning"]),
        ("Vi mangler et sted at mødes og nogen der kender til jura", "en", ["premises", "legal advice"]),
        ("some help with finding out whether it works", "en", ["evaluation"]),
        ("vi søger et sted at bo for unge efter anbringelse", "da", ["boliger"]),
        ("nogen der kan tage sig af vores regnskab og moms", "da", ["regnskab"]),
        ("vi vil gerne høre mere om det hele en dag", "da", []),
    ],
)
def test_usual_tags_by_their_words_and_by_hints(sentence: str, language: str, found: list[str]) -> None:
    assert tags(sentence, language=language) == found


def test_what_only_sounds_like_a_tag_is_none() -> None:
    source = Source((), (), {"it-udstyr": 2, "velfærdsteknologi": 1, "it": 3}, {})
    assert tags("we want to know whether it helps after our programme", source, "en") == []
    assert tags("vi leder efter en der vil være med", Source((), (), {"ledere": 2}, {})) == []
    assert tags("vi mangler en leder der kan være med", Source((), (), {"ledere": 2}, {})) == ["ledere"]
    assert tags("vi mangler en der har forstand på it og alt det", source) == ["it"]


def test_what_is_offered_comes_before_what_is_needed_and_that_before_what_is_usual() -> None:
    source = Source((), (), {"kaffevogn": 1}, {"strikkecafé": 2})
    sentence = "frivillige til en strikkecafé og en kaffevogn om mandagen"
    assert tags(sentence, source) == ["kaffevogn", "strikkecafé", "frivillige"]


def test_a_tag_that_says_more_makes_the_shorter_one_needless() -> None:
    source = Source((), (), {"lokaler til unge": 1, "unge": 3, "lokaler": 9}, {})
    assert tags("vi mangler lokaler til vores unge om aftenen", source) == ["lokaler til unge"]


def test_a_theme_is_no_need() -> None:
    source = Source((), THEMES, {"unge": 3}, {})
    assert tags("noget godt for vores unge om aftenen her", source) == []


def test_the_academys_own_words_lead_to_its_own_tags() -> None:
    own = (Synonyms("samværscafé", ("samværscafé", "torvet")),)
    assert tags("et sæt borde til samværscaféen om aftenen her", Source(own, (), {"Torvet": 1}, {})) == ["Torvet"]


def test_what_a_model_finds_near_comes_last_and_only_where_it_is_near() -> None:
    found = tags("vi har brug for et par lokaler snart", NOTHING, "da", kaffe=0.4, te=0.7, vand=0.0)
    assert found == ["lokaler", "te", "kaffe"]


def test_a_model_is_asked_about_clauses_and_about_what_is_offered_most() -> None:
    source = Source((), (), {"kaffe": 1, "te": 5}, {"vand": 2})
    asked = askable("da", source)
    assert (asked[0], asked[-2:]) == ("lokaler", ("te", "kaffe"))
    assert clauses("et sted at være, og jura; hjælp til IT") == (
        "et sted at være, og jura; hjælp til IT", "et sted at være", "hjælp til IT",
    )  # fmt: skip


def test_a_sentence_is_longer_than_a_tag() -> None:
    assert [is_free(text) for text in ("lokaler", "frivillige til caféen om mandagen", "x" * 46)] == [
        False,
        False,
        True,
    ]
    member = replace(a_member(), needs=("lokaler",), offers=("y" * 50, "vi kan køre folk til og fra"))
    assert free_texts(member) == [(Side.OFFERS, "y" * 50), (Side.OFFERS, "vi kan køre folk til og fra")]


def test_only_short_tags_of_others_who_take_part_are_used() -> None:
    me = replace(a_member(), offers=("min egen",))
    others = [
        replace(a_member(), offers=("Kaffevogn", "kaffevogn"), needs=("te",)),
        replace(a_member(), offers=("kaffevogn", "en lang sætning om mange ting", "ring 20 30 40 50", "x" * 41)),
        replace(a_member(), needs=("Te", "vand"), consent=Consent.NEVER, offers=("saft",)),
        replace(a_member(), needs=("te",), offers=("øl",), organisation=""),
        replace(a_member(), needs=("Te",)),
    ]
    source = source_of(me, [me, *others], (), ())
    assert source.offered == {"kaffevogn": 2}
    assert {tag.casefold(): number for tag, number in source.needed.items()} == {"te": 2}


@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=4).map(tuple), max_size=4),
    st.lists(st.lists(st.sampled_from(WORDS), max_size=3).map(tuple), max_size=4),
    st.lists(st.sampled_from(WORDS), min_size=6, max_size=12).map(" ".join),
    st.sampled_from(["da", "en"]),
)
def test_a_need_of_one_other_is_never_told(
    needs: list[tuple[str, ...]], offers: list[tuple[str, ...]], sentence: str, language: str
) -> None:
    me: Member = replace(a_member(language=language), needs=(sentence[:SENTENCE],))
    others = [replace(a_member(), needs=one) for one in needs] + [replace(a_member(), offers=one) for one in offers]
    suggested = suggest(me, Side.NEEDS, sentence, source_of(me, others, (), THEMES), {})
    common = {name for tag in usual() for name in (tag.da, tag.en)} | {tag for one in offers for tag in one}
    assert len(suggested.tags) <= SUGGESTED
    for tag in suggested.tags:
        assert tag.text in common or sum(tag.text in one for one in needs) > 1


def test_a_sentence_is_shortened_where_it_is_quoted() -> None:
    long = " ".join(["vi", "leder", "efter", *(f"ord{number}" for number in range(25))])[:SENTENCE]
    reason = Reason(ReasonKind.NEED_OFFER, str(BO.id), str(ANNA.id), long, "lokaler")
    words = LANGUAGES.words("da", ZONE)
    (told,) = reasons_told([reason], {ANNA.id: ANNA, BO.id: BO}, NAMING, words)
    assert f"“{shortened(long, TAG)}”" in flat(told)
    (looks_for,) = [
        field.value for field in profile(replace(ANNA, needs=(long,)), "Anna", NAMING, words).fields
        if field.label == "Søger"
    ]  # fmt: skip
    assert flat(looks_for) == shortened(long, TAG)


def test_sentences_stand_on_lines_of_their_own() -> None:
    assert on_card(("lokaler", "jura")) == "lokaler, jura"
    assert on_card(("lokaler", "et sted, hvor vi kan være")) == "lokaler\net sted, hvor vi kan være"
    assert on_card(("x" * 46, "y" * 100)) == f"{'x' * 46}\n{'y' * (TAG - 1)}…"
    assert on_card(()) == ""
