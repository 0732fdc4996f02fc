"""What a person can mean by a time, as values: a closed union that callers match on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias, TypeVar

from bot.errors import Phrase


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, with the offset of the person's zone. ``clock_assumed``: only a day or a part of it was named
    ("tonight"), and the time of day is ours. ``notes`` tell what the clocks do there."""

    at: datetime
    clock_assumed: bool = False
    notes: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """A day without a time of day; several in a row for a week, a weekend or a month. Both ends belong to it."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Span:
    """How long: months are the calendar's, days are by the wall clock, seconds pass on any clock."""

    months: int = 0
    days: int = 0
    seconds: int = 0

    def text(self) -> str:
        """ISO 8601: ``P14D``, ``PT90M`` as ``PT5400S``."""
        parts = [f"{self.months}M" if self.months else "", f"{self.days}D" if self.days else ""]
        return "P" + "".join(parts) + (f"T{self.seconds}S" if self.seconds else "")


@dataclass(frozen=True, slots=True)
class Rule:
    """What repeats. ``start`` is the first time on the wall in ``zone``; ``rule`` is RFC 5545 (``FREQ=WEEKLY;BYDAY=TU``), with
    ``UNTIL`` in UTC; ``exceptions`` are times on the wall that are left out."""

    start: datetime
    zone: str
    rule: str
    exceptions: tuple[datetime, ...] = ()
    clock_assumed: bool = False
    notes: tuple[Phrase, ...] = ()

    def lines(self) -> str:
        """The rule and its exceptions in one text, as a schedule keeps them."""
        left_out = ",".join(one.strftime("%Y%m%dT%H%M%S") for one in self.exceptions)
        return f"{self.rule}\nEXDATE:{left_out}" if left_out else self.rule


Reading: TypeAlias = Moment | Day | Span | Rule
AnyReading = TypeVar("AnyReading", bound=Reading)


def distinct(readings: Iterable[AnyReading]) -> tuple[AnyReading, ...]:
    """Each once, in their order."""
    found: list[AnyReading] = []
    for one in readings:
        if one not in found:
            found.append(one)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Unclear:
    """What was typed can mean several things, or something that has passed. ``readings``: one to four, the likeliest first; the
    person chooses."""

    question: Phrase
    readings: tuple[Reading, ...]


Understood: TypeAlias = Reading | Unclear
