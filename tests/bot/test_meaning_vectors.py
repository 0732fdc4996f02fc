"""What a model knows beside words: with a model of the test's own, in which each text is about a topic and in a language."""

import random

import numpy as np
import pytest

from bot.matching.meaning import Knowledge, Meaning, Nearest, Spelling, WordMeaning
from bot.matching.meanings.knowledge import everyday, mark_of, packed, spoken, texts_for
from bot.matching.meanings.vectors import VectorMeaning

LENGTH = 128
# What each tag is about, beside its words: the model knows these, no table does.
ABOUT = {
    "havtaske": "a fish",
    "monkfish": "a fish",
    "rundstykker": "bread",
    "bread rolls": "bread",
    "en tur på langs ad kysten": "walking",
    "hiking": "walking",
    "drejebænk": "turning",
    "camp 3": "a camp",
    "camp 4": "a camp",
    "lejr": "a camp",
    "frivillige chauffører": "driving volunteers",
    "volunteer drivers": "driving volunteers",
    "chauffører": "driving",
    "drivers": "driving",
    "frivillige tømrere": "driving volunteers",
    "tømrere": "wood",
    "boliger til unge": "for the young",
    "kurser for unge": "for the young",
    "besked": "news",
    "fonde": "funds",
    "fondue": "funds",
}
ENGLISH = frozenset({"monkfish", "bread rolls", "hiking", "volunteer drivers", "drivers"})


def numbers(seed: str, size: float) -> list[float]:
    chance = random.Random(seed)
    return [size * chance.gauss(0, 1) for _ in range(LENGTH)]


def vector(topic: str, *, english: bool, text: str) -> bytes:
    parts = [numbers(topic, 1.0), numbers("in English" if english else "in Danish", 3.0), numbers(text, 0.3)]
    return packed([sum(part) for part in zip(*parts, strict=True)])


def vectors(*tags: str) -> dict[str, bytes]:
    sample = {
        spoken(text): vector(f"everyday {place}", english=english, text=text)
        for place, pair in enumerate(everyday())
        for english, text in zip((False, True), pair, strict=True)
    }
    return sample | {tag: vector(ABOUT[tag], english=tag in ENGLISH, text=tag) for tag in tags}


def meaning(*tags: str) -> Meaning:
    return Knowledge(vectors=vectors(*tags)).meaning()


@pytest.mark.parametrize(
    ("one", "other"),
    [("havtaske", "monkfish"), ("rundstykker", "bread rolls"), ("en tur på langs ad kysten", "hiking")],
)
def test_what_no_table_knows_the_model_knows(one: str, other: str) -> None:
    known = meaning(*ABOUT)
    assert not WordMeaning.load().same(one, other)
    assert 0.5 <= known.closeness([one], [other])[0, 0] < 1.0
    assert known.closeness([one], [other]) == known.closeness([other], [one])


def test_that_two_are_written_in_one_language_makes_them_no_closer() -> None:
    danish = ["havtaske", "rundstykker", "drejebænk", "besked"]
    assert np.array_equal(meaning(*danish).closeness(danish, danish), np.eye(4))


def test_words_that_say_the_same_are_the_same_whatever_the_model_says() -> None:
    known = meaning("havtaske", "hiking")
    assert known.closeness(["lokaler"], ["premises"])[0, 0] == 1.0
    assert known.closeness(["Havtaske"], ["havtaske"])[0, 0] == 1.0


def test_closeness_is_told_in_steps_that_every_machine_finds() -> None:
    known = meaning(*ABOUT)
    told = known.closeness(list(ABOUT), list(ABOUT))
    by_words = WordMeaning.load().closeness(list(ABOUT), list(ABOUT))
    steps = np.isclose(told * 20, np.rint(told * 20))
    assert (steps | (told == by_words)).all()
    assert (told > by_words).any()
    assert np.array_equal(told, meaning(*reversed(ABOUT)).closeness(list(ABOUT), list(ABOUT)))


def test_two_numbers_are_never_the_same() -> None:
    known = meaning("camp 3", "camp 4", "lejr")
    assert known.closeness(["camp 3"], ["camp 4"])[0, 0] == 0.0
    assert known.closeness(["camp 3"], ["lejr"])[0, 0] > 0.0


def test_a_shared_part_does_not_make_the_rest_the_same() -> None:
    known = meaning(*ABOUT)
    assert known.closeness(["boliger til unge"], ["kurser for unge"])[0, 0] == 0.0
    assert known.closeness(["frivillige chauffører"], ["volunteer drivers"])[0, 0] >= 0.5
    assert known.closeness(["frivillige tømrere"], ["volunteer drivers"])[0, 0] == 0.0


def test_where_the_rest_was_never_asked_about_it_is_not_the_same() -> None:
    known = meaning("frivillige chauffører", "volunteer drivers", "chauffører")
    assert known.closeness(["frivillige chauffører"], ["volunteer drivers"])[0, 0] == 0.0


def test_looking_alike_is_no_reason() -> None:
    assert (
        meaning("fonde", "fondue").closeness(["fonde"], ["fondue"])[0, 0]
        < meaning("havtaske", "monkfish").closeness(["havtaske"], ["monkfish"])[0, 0]
    )


@pytest.mark.parametrize("missing", [1, 280])
def test_without_the_whole_sample_words_decide(missing: int) -> None:
    known = vectors("havtaske", "monkfish")
    for text in list(known)[:missing]:
        del known[text]
    assert Knowledge(vectors=known).meaning().closeness(["havtaske"], ["monkfish"])[0, 0] == 0.0


def test_a_vector_of_another_length_is_as_none() -> None:
    known = vectors("havtaske") | {"monkfish": packed([1.0, 0.0])}
    told = Knowledge(vectors=known).meaning()
    assert told.closeness(["havtaske"], ["monkfish"])[0, 0] == 0.0
    assert told.closeness(["lokaler", "monkfish"], ["premises", "monkfish"]).tolist() == [[1.0, 0.0], [0.0, 1.0]]


def test_an_academys_own_table_takes_the_place_of_the_usual_one() -> None:
    known = Knowledge(groups={"fish": ("havtaske", "aborre")}).meaning()
    assert known.closeness(["havtaske"], ["aborre", "premises"]).tolist() == [[1.0, 0.0]]


class TestSearched:
    def test_the_nearest_comes_first_and_far_ones_not_at_all(self) -> None:
        known = meaning(*ABOUT)
        assert isinstance(known, VectorMeaning)
        row = known.searched(["havtaske"], ["rundstykker", "monkfish", "drejebænk", "havtaske"])[0]
        assert row[3] == 1.0
        assert 0 < row[1] < 1.0
        assert row[0] == row[2] == 0.0

    def test_by_words_alone_a_part_will_do(self) -> None:
        words = WordMeaning.load()
        wanted, there = ["mentorer til nyankomne flygtninge"], ["refugees who cook", "premises"]
        assert words.closeness(wanted, there).tolist() == [[0.0, 0.0]]
        row = words.searched(wanted, there)[0]
        assert row[0] > 0.0
        assert row[1] == 0.0

    def test_without_vectors_it_is_what_words_say(self) -> None:
        known = meaning("havtaske")
        assert isinstance(known, VectorMeaning)
        assert known.searched(["lokaler"], ["premises"]).tolist() == [[1.0]]

    def test_only_the_term_is_searched_for(self) -> None:
        words = WordMeaning.load()
        tags, there = ["mentorer til flygtninge her", "mentorer til nyankomne flygtninge"], ["refugees who cook"]
        told = Nearest(words, tags[1]).closeness(tags, there)
        assert told[0, 0] == 0.0
        assert told[1, 0] > 0.0
        assert not Nearest(words, "noget andet").closeness(tags, there).any()

    def test_a_meaning_that_knows_no_more_says_what_it_says_to_all(self) -> None:
        plain = Spelling(WordMeaning.load())
        assert Nearest(plain, "lokaler").closeness(["lokaler"], ["premises"])[0, 0] == 1.0


def test_a_text_is_asked_about_once_and_its_mark_tells_nothing() -> None:
    texts = texts_for(["Lokaler", " lokaler ", "mental_health", "", "frivillige tømrere"], WordMeaning.load().reader)
    assert texts[-4:] == ("lokaler", "mental health", "frivillige tømrere", "tømrere")
    assert len(set(texts)) == len(texts) == len(everyday()) * 2 + 4
    assert "lokaler" not in mark_of("lokaler")
    assert mark_of("lokaler") != mark_of("lokale")


def test_the_sample_has_both_languages_and_no_text_twice() -> None:
    texts = [spoken(text) for pair in everyday() for text in pair]
    assert len(everyday()) >= 100
    assert len(set(texts)) == len(texts)
