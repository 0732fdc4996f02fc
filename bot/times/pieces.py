"""What a typed time is made of, and how a text is cut into such pieces.

A text is understood only if pieces cover all of it: a word that belongs to none means that we have not understood, and we say
so. Of the ways to cut it the cheapest count; if they mean different things, the person is asked.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from bot.times.lexicon import compiled

_MOST_CUTS = 6


@dataclass(frozen=True, slots=True)
class Here:
    """Where and when something was typed: ``now`` in the person's zone, and the person's language."""

    now: datetime
    language: str

    @property
    def today(self) -> date:
        """The date on the person's wall."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. ``sure``: written as on a clock with 24 hours, or with am or pm. Hour 24 is the end of the day."""

    hour: int
    minute: int = 0
    second: int = 0
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Midnight:
    """Of a day: the one it begins or the one it ends with."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day, by its English name. ``bare``: one word, which needs a day beside it ("Monday morning"); ``today``: of
    this day and no other ("this afternoon")."""

    name: str
    bare: bool = False
    today: bool = False


@dataclass(frozen=True, slots=True)
class OnDates:
    """A date, or several that it may be. ``again``: it comes every month or year, the first one from today is given."""

    days: tuple[date, ...]
    again: str = ""


@dataclass(frozen=True, slots=True)
class OnWeekday:
    """A weekday: the one to come, ``this`` or ``next`` where the person said so."""

    weekday: int
    which: str = ""
    weeks: int = 0


@dataclass(frozen=True, slots=True)
class InWeek:
    """A week, by its Monday."""

    monday: date


@dataclass(frozen=True, slots=True)
class Period:
    """Several days in a row, or several such rows that it may be."""

    rows: tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class Length:
    """So much time. ``ahead``: counted from now."""

    months: int = 0
    days: int = 0
    seconds: int = 0
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Now:
    """This moment."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Which of two equal times when the clocks go back: 0 the first (summer time), 1 the second."""

    fold: int


@dataclass(frozen=True, slots=True)
class InZone:
    """By the clock on the wall of another zone."""

    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Gone:
    """Something that has surely passed: yesterday, two weeks ago."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """A word that changes nothing, such as a comma."""


Piece: TypeAlias = (
    Clock | Midnight | Part | OnDates | OnWeekday | InWeek | Period | Length | Now | Turn | InZone | Gone | Nothing
)
AnyPiece = TypeVar("AnyPiece")
Made_co = TypeVar("Made_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Wording(Generic[Made_co]):
    """A piece by its words. ``build`` gives None for what is none after all; ValueError for a day that does not exist."""

    text: str
    build: Callable[[re.Match[str], Here], Made_co | None]
    cost: int = 2

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """Where the words stand at this place of the text, up to the end of a word."""
        return compiled(rf"(?:{self.text})(?= |$)").match(text, start)


Pattern: TypeAlias = Wording[Piece]


class NoSuchDay(ValueError):
    """The words are a date, and the calendar has none such. ``day``: the day of a month that has only so many ``days``; both 0
    where it is not as simple as that."""

    def __init__(self, day: int = 0, days: int = 0) -> None:
        super().__init__("no such day")
        self.day = day
        self.days = days


@dataclass(frozen=True, slots=True)
class Cuts(Generic[AnyPiece]):
    """The ways to cover a text, each with its cost. ``missing``: why there may be none that makes sense, where some words were
    a date that the calendar does not have."""

    ways: Sequence[tuple[int, tuple[AnyPiece, ...]]]
    missing: NoSuchDay | None


def cuts(text: str, patterns: Sequence[Wording[AnyPiece]], here: Here) -> "Cuts[AnyPiece]":
    """The ways to cover the whole text, the cheapest first."""
    found: dict[int, list[tuple[int, tuple[AnyPiece, ...]]]] = {len(text) + 1: [(0, ())]}
    missing: NoSuchDay | None = None
    for start in reversed([0, *(place + 1 for place, letter in enumerate(text) if letter == " ")]):
        ways: list[tuple[int, tuple[AnyPiece, ...]]] = []
        for one in patterns:
            match = one.match(text, start)
            rest = None if match is None else found.get(match.end() + 1)
            if match is None or rest is None:
                continue
            try:
                piece = one.build(match, here)
            except (ValueError, OverflowError) as error:
                missing = error if isinstance(error, NoSuchDay) else missing or NoSuchDay()
                continue
            if piece is not None:
                ways.extend((one.cost + cost, _before(piece, pieces)) for cost, pieces in rest)
        if ways:
            found[start] = sorted(dict.fromkeys(ways), key=lambda way: way[0])[:_MOST_CUTS]
    return Cuts(found.get(0, []), missing)


def _before(piece: AnyPiece, pieces: tuple[AnyPiece, ...]) -> tuple[AnyPiece, ...]:
    return pieces if isinstance(piece, Nothing) else (piece, *pieces)
