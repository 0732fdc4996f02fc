"""What is said of a conversation that could not be read: the same at once and later, when only the platform's word was kept."""

from zoneinfo import ZoneInfo

import pytest

from bot.errors import (
    ChatError,
    Gone,
    ModelAway,
    ModelBusy,
    ModelError,
    ModelKeyRefused,
    ModelRefused,
    ModelUnknown,
    NotAllowed,
    NotThere,
    NotUnderstood,
    Refused,
    Sorry,
    TooFast,
    TryLater,
)
from bot.notes.troubles import told_by, told_of, told_of_model, trouble_of
from bot.threads import TOO_LONG
from bot.words import Languages

ENGLISH = Languages.load().words("en", ZoneInfo("Europe/Copenhagen"))


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (Refused("not_in_channel"), NotAllowed, "I am not in"),
        (Refused("missing_access"), NotAllowed, "I am not in"),
        (Refused("no_message_content"), NotAllowed, "Message Content Intent"),
        (Refused(TOO_LONG), NotUnderstood, "more than I can read in one go"),
        (Refused("something_new"), NotThere, ""),
    ],
)
def test_a_word_of_the_platform_is_told_alike_at_once_and_later(error: ChatError, kind: type[Sorry], said: str) -> None:
    told = told_of(error)
    assert isinstance(told, kind)
    assert said in ENGLISH.tell(told.said)
    assert ENGLISH.tell(told_by(str(error))) == ENGLISH.tell(told.said)


def test_what_is_gone_and_what_may_come_back_are_told_apart() -> None:
    assert isinstance(told_of(Gone("thread_not_found")), NotThere)
    assert "some minutes" in ENGLISH.tell(told_of(TryLater("ratelimited")).said)
    assert isinstance(told_of(TryLater("ratelimited")), TooFast)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ModelAway("away"), "did not answer"),
        (ModelBusy("429"), "too much to do just now"),
        (ModelKeyRefused("401"), "does not accept our key"),
        (ModelUnknown("404"), "does not know the model"),
        (ModelRefused("nonsense"), "no usable answer"),
    ],
)
def test_whoever_made_a_note_learns_what_is_wrong_with_the_model(error: ModelError, said: str) -> None:
    told = ENGLISH.tell(told_of_model(trouble_of(error)))
    assert said in told
    assert "Your draft stays as it is" in told
