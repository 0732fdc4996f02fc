"""Until when one can vote: a time, or as soon as all have voted."""

from datetime import datetime

from bot.errors import phrase
from bot.questions import until
from bot.questions.until import Until
from bot.words import Words

_ALL = frozenset({"all", "alle", "when all have voted", "når alle har stemt"})


def read_until(typed: str, now: datetime, words: Words) -> Until:
    """What was typed: a time, ``all``, or nothing."""
    if " ".join(typed.casefold().split()) in _ALL:
        return Until(when_all=True)
    return until.read_until(typed, now, phrase("That time has passed. Until when may people vote?"), words)
