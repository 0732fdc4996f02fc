"""A case note from what was said, by rules: whole sentences, chosen and never invented, each with its message.

Nothing here leaves the process, loads a model or depends on the hour; the same transcript always gives the same note.
"""

from bot.notes.extract.answering import answered
from bot.notes.extract.languages import guessed_language
from bot.notes.extract.making import extracted

__all__ = ["answered", "extracted", "guessed_language"]
