"""Which tags mean the same: the words of members, in two languages and all their endings."""

import tomllib

import numpy as np
import pytest

from bot.matching.meaning import SYNONYMS, WordMeaning

MEANING = WordMeaning.load()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lokaler", "premises"),
        ("Lokaler til møder", "a meeting room"),
        ("mødelokaler", "LOKALE"),
        ("ensomhed blandt ældre", "lonely seniors"),
        ("frivillige", "Volunteers"),
        ("frivillige til lektiehjælp", "homework volunteers"),
        ("børn med særlige behov", "children with special needs"),
        ("juridisk rådgivning", "legal advice"),
        ("unge ledige", "jobless young people"),
        ("samtaler", "samtale"),
        ("bicycles", "bicycle"),
        ("til", "TIL"),
        ("ledere", "leadership"),
        ("festlokaler", "venue"),
        ("skolehaver", "school gardens"),
        ("ældreboliger", "housing for seniors"),
        ("regnskabshjælp", "bookkeeping"),
        ("it-hjælp", "IT"),
        ("sommerlejre", "lejr om sommeren"),
        ("frivillige til unge hjemløse i Odense", "volunteers for homeless young people"),
    ],
)
def test_these_mean_the_same(one: str, other: str) -> None:
    assert MEANING.same(one, other)
    assert MEANING.same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lokaler", "frivillige"),
        ("frivillige til ældre", "data om ældre"),
        ("", ""),
        ("!!", "?"),
        ("leder", "ledig"),
        ("skolehaver", "skolemad"),
        ("rengøringsmidler", "projektmidler"),
        ("en maler", "en familie"),
        ("unge", "alle unge i kommunen der mangler en praktikplads og en mentor"),
    ],
)
def test_these_do_not(one: str, other: str) -> None:
    assert not MEANING.same(one, other)


def test_what_says_all_and_more_is_close_but_not_as_close_as_the_same() -> None:
    row = MEANING.closeness(["lokaler"], ["premises", "lokaler i weekenden", "penge"])[0]
    assert row[0] == 1.0
    assert 0.5 <= row[1] < 1.0
    assert row[2] == 0.0


def test_a_beginning_of_two_letters_adds_nothing() -> None:
    assert MEANING.key("oplokaler") == MEANING.key("lokaler")


def test_closeness_is_mutual_and_nothing_compared_is_an_empty_table() -> None:
    tags = ["lokaler", "ældre", "ensomme ældre", "penge", "noget helt andet"]
    table = MEANING.closeness(tags, tags)
    assert np.array_equal(table, table.T)
    assert np.array_equal(np.diagonal(table), np.ones(len(tags)))
    assert MEANING.closeness([], tags).shape == (0, len(tags))


def test_the_table_names_each_expression_in_one_group_only() -> None:
    table = tomllib.loads(SYNONYMS.read_text("utf-8"))
    written = [word.casefold() for words in table["groups"].values() for word in words]
    assert len(table["groups"]) >= 60
    assert len(written) == len(set(written))
    assert all(len(MEANING.key(word)) == 1 for word in written)


def test_an_academy_may_have_its_own_words() -> None:
    own = WordMeaning({"boats": ["sejlbåd", "boat"]}, ["the"])
    assert own.same("the boat", "sejlbåde")
    assert not own.same("premises", "lokaler")
