"""A long list is searched as people type: small letters, half words, Danish letters on a foreign keyboard."""

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.choosing import fitting
from bot.messages.elements import Choice

PEOPLE = tuple(
    Choice(name.casefold(), name, hint)
    for name, hint in (
        ("Åse Ærø", "Rødovre Kommune"),
        ("Søren Kjær", "Headspace"),
        ("Ane Søndergård", "Fonden"),
        ("Zoë Nunez", "Aarhus Universitet"),
    )
)


def names(typed: str) -> list[str]:
    return [choice.label for choice in fitting(PEOPLE, typed)]


def test_nothing_typed_shows_everything() -> None:
    assert names("  ") == [choice.label for choice in PEOPLE]


def test_capitals_and_danish_letters_do_not_matter() -> None:
    assert names("aase") == names("åse") == names("ÅSE") == ["Åse Ærø"]
    assert names("soren kj") == ["Søren Kjær"]
    assert names("zoe") == ["Zoë Nunez"]


def test_those_that_begin_with_it_come_first() -> None:
    assert names("s") == ["Søren Kjær", "Ane Søndergård", "Åse Ærø", "Zoë Nunez"]
    assert names("søn") == ["Ane Søndergård"]


def test_the_hint_is_searched_as_well() -> None:
    assert names("aarhus") == ["Zoë Nunez"]
    assert names("nobody at all") == []


@given(st.text(max_size=20))
def test_whatever_is_typed_finds_some_of_the_choices_each_once(typed: str) -> None:
    found = fitting(PEOPLE, typed)
    assert len(set(found)) == len(found)
    assert set(found) <= set(PEOPLE)
