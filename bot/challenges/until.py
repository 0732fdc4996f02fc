"""Until when a challenge can be answered, from what somebody typed; where that can mean several times, they choose and nothing
is lost."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.errors import NotUnderstood, Phrase, phrase
from bot.times import Day, Moment, Unclear, read_moment, read_time
from bot.words import Words

# "Until Friday" means the whole of it to many.
_LAST_MINUTE = time(23, 59)
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
        found = [one.at for one in understood.readings if isinstance(one, Moment)]
        times = tuple(at for at in [*found, *_evening(typed, now, words)] if at > now)
        return Until(times[0] if times else None, understood.question, times)
    if understood.at > now + _YEAR:
        return Until(question=phrase("That is more than a year away. Until when may people answer?"))
    if understood.at <= now:
        return Until(question=phrase("That time has passed. Until when may people answer?"))
    return Until(understood.at)


def _evening(typed: str, now: datetime, words: Words) -> tuple[datetime, ...]:
    """The end of a day that was named without a time of day."""
    understood = read_time(typed, now, words.zone, words.language)
    if not isinstance(understood, Day) or understood.first != understood.last:
        return ()
    return (datetime.combine(understood.first, _LAST_MINUTE, words.zone),)
