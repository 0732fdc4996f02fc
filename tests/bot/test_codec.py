"""Cards as they are kept, and as they come back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.actions import Action, UnknownAction, action_table
from bot.messages.codec import card_from_json, card_to_json
from bot.messages.elements import Button, Buttons, Card, Paragraph, Select
from bot.messages.text import plain
from tests.gallery import every_card
from tests.members_talk import words


def actions_of(card: Card) -> list[type[Action]]:
    """The kinds of intent that a card's buttons and selects carry."""
    pressed = [entry for element in card.elements if isinstance(element, Buttons) for entry in element.buttons]
    chosen = [element for element in card.elements if isinstance(element, Select)]
    return [type(entry.action) for entry in (*pressed, *chosen) if isinstance(entry, Button | Select)]


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_card_of_the_gallery_comes_back_as_it_was(language: str) -> None:
    for name, card in every_card(words(language)):
        stored = card_to_json(card)
        assert card_from_json(stored, action_table(actions_of(card))) == card, name


@given(st.text())
def test_whatever_a_person_typed_comes_back(text: str) -> None:
    card = Card(text, (Paragraph(plain(text)),))
    assert card_from_json(card_to_json(card), {}) == card


def test_a_button_of_another_day_is_told() -> None:
    name, card = next((name, card) for name, card in every_card(words()) if actions_of(card))
    with pytest.raises(UnknownAction):
        card_from_json(card_to_json(card), {})
    assert name


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "[]",
        "null",
        '"text"',
        '{"is":"Gone"}',
        '{"is":"Card"}',
        '{"is":"Card","notice":"a","elements":[],"accent":"loud"}',
        '{"is":"Card","notice":"a","elements":[],"unknown":1}',
        '{"is":"Card","notice":"a","elements":[{"is":"Gone"}],"accent":"calm"}',
        '{"is":"Card","notice":["a"],"elements":[],"accent":"calm"}',
        '{"is":"Paragraph","text":[]}',
        '{"is":"Card","notice":"a","elements":[{"is":"Moment","at":"never","shape":"both","fallback":""}],"accent":"calm"}',
    ],
)
def test_what_is_no_card_of_ours_is_refused(stored: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        card_from_json(stored, {})


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["is", "text", "elements", "notice", "items"]), inner, max_size=4)
        ),
        max_leaves=10,
    )
)
def test_whatever_json_there_is_it_is_a_card_or_refused(stored: object) -> None:  # fmt: skip
    try:
        card = card_from_json(json.dumps(stored), {})
    except ValueError:
        return
    assert isinstance(card, Card)
