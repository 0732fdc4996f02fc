"""What is promised to those who took part is true, and who publishes is asked to think of a private conversation."""

from zoneinfo import ZoneInfo

import pytest

from bot.identity import MemberId, new_id
from bot.notes.domain import Audience, Note, Source
from bot.notes.masking import Covered
from bot.notes.publishcards import preview_card
from bot.notes.publishing import Preview
from bot.notes.tellcards import told_card
from bot.words import Languages, Words
from tests.gallery_notes import CONTENT, a_note
from tests.introductions_talk import words_of


def words() -> Words:
    return Languages.load().words("en", ZoneInfo("UTC"))


def preview(note: Note) -> str:
    return words_of(preview_card(Preview(note, Covered(CONTENT, {}, (), ())), words()))


@pytest.mark.parametrize(("others", "guessed"), [(1, True), (2, True), (3, False)])
def test_where_few_took_part_a_no_can_be_guessed(others: int, guessed: bool) -> None:
    note = a_note()
    took_part = (note.author, *(MemberId(new_id()) for _ in range(others)))
    told = words_of(told_card(a_note(took_part=took_part), "Et hjem", words()))
    assert ("it can be guessed" in told) is guessed
    assert ("whoever made it is not told that it was you" in told) is not guessed


def test_who_publishes_is_asked_where_the_conversation_stood() -> None:
    asked = "Did the conversation stand in a private channel or a direct conversation?"
    camp = preview(a_note(audience=Audience.PUBLIC, source=Source("Spring camp, station 2")))
    assert f"It comes from: Spring camp, station 2. {asked}" in camp
    plain = preview(a_note(audience=Audience.ACADEMY, source=Source()))
    assert asked in plain
    assert "It comes from" not in plain
    assert asked not in preview(a_note(audience=Audience.US))
