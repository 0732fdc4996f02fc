"""What people wrote to each other, as a summariser reads it: wherever it came from, the same lines.

A transcript lives in memory while a note is made from it, and is never kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

# A line that is longer was pasted, not written; it is read whole all the same.
MOST_LINES = 20_000

# Of a short conversation: so many messages, and words of all of them, at most.
_LINES, _WORDS = 30, 400


@dataclass(frozen=True, slots=True)
class Line:
    """One message. ``id`` is unique in its transcript and what a note's sources name; ``sector`` is a key of the academy's
    sectors, empty where it is not known; ``at`` has an offset; ``reply_to`` is the id of the line that it answers."""

    id: str
    author: str
    text: str = field(repr=False)
    sector: str = ""
    at: datetime | None = None
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """Lines in the order in which they were written. ``title``: what it was called where it came from, or empty."""

    lines: Sequence[Line]
    title: str = field(default="", repr=False)


def is_short(lines: Sequence[Line]) -> bool:
    """Whether one reads the conversation itself in a minute or two."""
    return len(lines) <= _LINES and sum(len(line.text.split()) for line in lines) <= _WORDS
