"""Until when a challenge can be answered: what people answer is kept until then, and some time after, so not for ever."""

from datetime import datetime, timedelta

from bot.errors import phrase
from bot.questions import until
from bot.questions.until import Until
from bot.words import Words

_YEAR = timedelta(days=366)


def read_until(typed: str, now: datetime, words: Words) -> Until:
    """What was typed: a time, or nothing."""
    found = until.read_until(typed, now, phrase("That time has passed. Until when may people answer?"), words)
    if found.at is not None and not found.times and found.at > now + _YEAR:
        return Until(question=phrase("That is more than a year away. Until when may people answer?"))
    return found
