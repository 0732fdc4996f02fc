"""A theme goes by the academy's name for it in the reader's language, in whatever language somebody wrote it."""

from dataclasses import replace

import pytest

from bot.identity import IntroId, new_id
from bot.introductions import starters
from bot.introductions.cards import profile, room_card
from bot.introductions.domain import IntroState
from bot.introductions.seeing import Seen
from bot.introductions.starters import starters_for
from bot.matching.domain import Reason, ReasonKind
from bot.messages.text import plain
from tests.gallery_introductions import ANNA, BO, NAMING, NOW, ZONE, an_intro
from tests.introductions_talk import LANGUAGES, words_of


@pytest.mark.parametrize("typed", ["ageing", "ældre", "Ældre ", "AGEING"])
@pytest.mark.parametrize(("language", "name"), [("en", "ageing"), ("da", "ældre")])
def test_a_theme_of_the_academy_is_called_as_the_reader_calls_it(typed: str, language: str, name: str) -> None:
    assert NAMING.theme(typed, LANGUAGES.words(language, ZONE)) == name


def test_a_theme_of_ones_own_is_called_as_it_was_written() -> None:
    assert NAMING.theme("Nabofællesskab", LANGUAGES.words("en", ZONE)) == "Nabofællesskab"
    assert NAMING.theme("", LANGUAGES.words("en", ZONE)) == ""


def test_one_who_wrote_a_theme_in_both_languages_has_it_once() -> None:
    fields = profile(replace(ANNA, themes=("ældre", "ageing")), "Anna", NAMING, LANGUAGES.words("en", ZONE))
    assert [field.value for field in fields.fields if field.label == "Themes"] == [plain("ageing")]


def test_the_room_of_two_danes_speaks_english_to_an_english_reader() -> None:
    words = LANGUAGES.words("en", ZONE)
    people = {one.id: replace(one, themes=("ensomhed",)) for one in (ANNA, BO)}
    shared = Reason(ReasonKind.THEME, str(BO.id), str(ANNA.id), "ensomhed", "ensomhed")
    intro = replace(an_intro(1, IntroState.OPENED, ANNA, BO), id=IntroId(new_id()), reasons=(shared,))
    seen = Seen(intro, people, NAMING, NOW)
    said = words_of(room_card(seen, words, ZONE))
    assert "loneliness" in said
    assert "ensomhed" not in said
    assert any(line == entry.message for entry in starters.THEMES["loneliness"] for line in starters_for(seen, words))
