"""Until when a challenge can be answered, from what somebody typed; where that can mean several times, they choose and nothing
is lost."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import NotUnderstood, Phrase, phrase
from bot.times import Unclear, closing_times, read_moment
from bot.words import Words

# What people answered is kept until then, and some time after.
_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Until:
    """``at``: the time, None for one that is closed by hand. ``question``: what has to be asked first, with the ``times`` that it
    may be, the likeliest first; none where it cannot be read at all."""

    at: datetime | None = None
    question: Phrase | None = None
    times: tuple[datetime, ...] = ()


def read_until(typed: str, now: datetime, words: Words) -> Until:
    """What was typed: a time, or nothing."""
    if not typed.strip():
        return Until()
    try:
        understood = read_moment(typed, now, words.zone, words.language)
    except NotUnderstood as sorry:
        return Until(question=sorry.said)
    if isinstance(understood, Unclear):
        times = closing_times(typed, understood, now, words.zone, words.language)
        return Until(times[0] if times else None, understood.question, times)
    if understood.at > now + _YEAR:
        return Until(question=phrase("That is more than a year away. Until when may people answer?"))
    if understood.at <= now:
        return Until(question=phrase("That time has passed. Until when may people answer?"))
    return Until(understood.at)
