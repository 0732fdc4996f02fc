"""Until when one can vote, from what somebody typed; where that can mean several times, they choose and nothing is lost."""

from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotUnderstood, Phrase, phrase
from bot.times import Unclear, closing_times, read_moment
from bot.words import Words

_ALL = frozenset({"all", "alle", "when all have voted", "når alle har stemt"})


@dataclass(frozen=True, slots=True)
class Until:
    """``at``: the time, None for a poll that is closed by hand; ``when_all``: as soon as all have voted. ``question``: what has
    to be asked first, with the ``times`` that it may be, the likeliest first; none where it cannot be read at all. ``notes``:
    what the clocks do then."""

    at: datetime | None = None
    when_all: bool = False
    question: Phrase | None = None
    times: tuple[datetime, ...] = ()
    notes: tuple[Phrase, ...] = ()


def read_until(typed: str, now: datetime, words: Words) -> Until:
    """What was typed: a time, ``all``, or nothing."""
    text = " ".join(typed.casefold().split())
    if not text:
        return Until()
    if text in _ALL:
        return Until(when_all=True)
    try:
        understood = read_moment(typed, now, words.zone, words.language)
    except NotUnderstood as sorry:
        return Until(question=sorry.said)
    if isinstance(understood, Unclear):
        times = closing_times(typed, understood, now, words.zone, words.language)
        return Until(times[0] if times else None, question=understood.question, times=times)
    if understood.at <= now:
        return Until(question=phrase("That time has passed. Until when may people vote?"))
    return Until(understood.at, notes=understood.notes)
