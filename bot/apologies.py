"""What is said where something could not be done: kindly, and with what to do next. Nobody ever sees a stack trace: what went
wrong is in the log under a short reference."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.errors import Full, NoProfile, Phrase, Sorry, StorageError, Taken, phrase
from bot.identity import new_id
from bot.members.actions import EditProfile
from bot.messages.elements import Accent, Button, Buttons, Card, Paragraph, Weight
from bot.messages.replies import Private, Replies
from bot.messages.text import plain
from bot.traces import current_trace
from bot.words import Words

_log = logging.getLogger(__name__)

R = TypeVar("R")


@dataclass(slots=True)
class Listener:
    """In which words somebody is spoken to: the house's until it is known who it is."""

    words: Words


def sorry_card(words: Words, said: Phrase, accent: Accent = Accent.ASK, *, button: Button | None = None) -> Replies:
    """A kind sentence that only the person who asked sees; with a button where one press mends it."""
    told = words.tell(said)
    elements = (Paragraph(plain(told)), *(() if button is None else (Buttons((button,)),)))
    return (Private(Card(told, elements, accent), sorry=True),)


def old_button() -> Phrase:
    """A button of something that is over, or of an earlier version."""
    return phrase("That button is from another time and does nothing any more. Type the command again to start afresh.")


def storage_words(error: StorageError) -> Phrase:
    """What somebody has to know of trouble with the database."""
    if isinstance(error, Full):
        return phrase("My disk is full, so I could not save that. Nothing was lost; please tell an organiser.")
    if isinstance(error, Taken):
        return phrase("Somebody was faster by a moment, so nothing was changed. Please try again.")
    return phrase("I can't reach my memory right now. Nothing was lost; please try again in a minute.")


async def guarded(listener: Listener, run: Callable[[Listener], Awaitable[R]]) -> R | Replies:
    """What comes of it, or a kind sentence: the last door before a person who waits for an answer."""
    reference = current_trace() or str(new_id())[-8:]
    try:
        return await run(listener)
    except NoProfile as sorry:
        begin = Button(listener.words.say("Make my profile"), EditProfile(), Weight.MAIN)
        return sorry_card(listener.words, sorry.said, button=begin)
    except Sorry as sorry:
        return sorry_card(listener.words, sorry.said)
    except StorageError as error:
        _log.error("storage failed", extra={"reference": reference, "kind": type(error).__name__})
        return sorry_card(listener.words, storage_words(error), Accent.WARN)
    except Exception as error:  # noqa: BLE001 - the last door: a person waits for an answer
        _log.exception("a handler failed", extra={"reference": reference, "kind": type(error).__name__})
        said = phrase(
            "Something went wrong on my side, and nothing was changed. Please try again; if it happens once more, tell an"
            " organiser this reference: {reference}.",
            reference=reference,
        )
        return sorry_card(listener.words, said, Accent.WARN)
