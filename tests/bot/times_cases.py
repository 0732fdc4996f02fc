"""How the tables of expressions write down a reading: short enough that a line is a case.

``2026-03-04 09:00`` a moment, with ``~`` where the time of day is ours; ``2026-03-04`` a day; ``2026-03-04..2026-03-08`` several;
``P14D`` a length; ``FREQ=WEEKLY;BYDAY=TU @ 2026-03-10 09:00`` a repetition with its first time on the wall;
``? A | B`` a question; ``!passed``, ``!missing``, ``!vague`` and ``!unread`` the kind words.
"""

from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.errors import NotUnderstood
from bot.times import Day, Moment, Reading, Rule, Span, Unclear, read_time

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
# A Tuesday in week 10, before the clocks change.
NOW = datetime(2026, 3, 3, 10, 0, tzinfo=COPENHAGEN)

_SAID = {
    "That time has passed. Choose one that is still to come.": "!passed",
    "There is no such day in the calendar. Try for example: tomorrow at 9, or Tuesday 3 March 14:30.": "!missing",
    "That month has {days} days at the most, so there is no day {day} in it. Choose another day.": "!missing",
    "The day until which this repeats has passed. Choose a later end.": "!over",
    "When would that be? Try for example: tomorrow at 9, or in two weeks.": "!vague",
    "That repeat never happens. Choose another day or interval.": "!never",
    "That is more often than anybody would like. Choose a longer time in between.": "!often",
    "It would end before it begins. Choose a later end.": "!ends",
    "On which day? Say for example: every tuesday 09:00, or every month on the 15th.": "!day",
}


def understood(typed: str, language: str = "da", now: datetime = NOW, zone: ZoneInfo = COPENHAGEN) -> str:
    """What is made of it, as the tables write it."""
    try:
        found = read_time(typed, now, zone, language)
    except NotUnderstood as refused:
        return _SAID.get(refused.said.message, "!unread")
    if isinstance(found, Unclear):
        return "? " + " | ".join(map(written, found.readings))
    return written(found)


def written(reading: Reading) -> str:
    """One reading."""
    match reading:
        case Moment(at, assumed):
            return f"{at:%Y-%m-%d %H:%M}{f':{at:%S}' if at.second else ''}{'~' if assumed else ''}"
        case Day(first, last):
            return f"{first}" if first == last else f"{first}..{last}"
        case Span():
            return reading.text()
        case Rule(start, _, rule, exceptions, assumed):
            out = "".join(f" - {one:%Y-%m-%d %H:%M}" for one in exceptions)
            return f"{rule} @ {start:%Y-%m-%d %H:%M}{'~' if assumed else ''}{out}"
        case _:
            assert_never(reading)
