"""What is said where something could not be done: kindly, and with what to do next."""

from bot.errors import Full, Phrase, StorageError, Taken, phrase
from bot.messages.elements import Accent, Button, Buttons, Card, Paragraph
from bot.messages.replies import Private, Replies
from bot.messages.text import plain
from bot.words import Words


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
