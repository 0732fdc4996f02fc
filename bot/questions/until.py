"""Until when a question stands, from what somebody typed; where that can mean several times, they choose and nothing is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotUnderstood, Phrase
from bot.messages.elements import Accent, Button, Buttons, Card, Footnote, Heading, Paragraph
from bot.messages.text import Bold, plain
from bot.times import Unclear, closing_times, read_moment
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Until:
    """``at``: the time, None for a question that is closed by hand; ``when_all``: as soon as all have answered. ``question``:
    what has to be asked first, with the ``times`` that it may be, the likeliest first; none where it cannot be read at all.
    ``notes``: what the clocks do then."""

    at: datetime | None = None
    when_all: bool = False
    question: Phrase | None = None
    times: tuple[datetime, ...] = ()
    notes: tuple[Phrase, ...] = ()


def read_until(typed: str, now: datetime, passed: Phrase, words: Words) -> Until:
    """What was typed: a time, or nothing. ``passed`` is asked where that time has passed."""
    if not typed.strip():
        return Until()
    try:
        understood = read_moment(typed, now, words.zone, words.language)
    except NotUnderstood as sorry:
        return Until(question=sorry.said)
    if isinstance(understood, Unclear):
        times = closing_times(typed, understood, now, words.zone, words.language)
        return Until(times[0] if times else None, question=understood.question, times=times)
    if understood.at <= now:
        return Until(question=passed)
    return Until(understood.at, notes=understood.notes)


def until_card(
    title: str, question: str, until: Until, times: Sequence[Button], rest: Sequence[Button], words: Words
) -> Card:
    """Until when? The rest of it is kept meanwhile. ``times``: a button for each; ``rest``: what else one may do."""
    told = "" if until.question is None else words.tell(until.question)
    if until.times:
        told = words.say("{question} Do you mean one of these?", question=told)
    kept = words.say("The rest of it is kept, and nothing is posted yet.")
    return Card(
        title,
        (
            Heading(title),
            Paragraph((Bold(question),)),
            Paragraph(plain(told)),
            *([Buttons(tuple(times))] if times else []),
            Buttons(tuple(rest)),
            Footnote(plain(kept)),
        ),
        Accent.ASK,
    )
