"""The one way to read a time from a person, in Danish and English alike, and to say in words what was understood.

Everything here is a pure function of what was typed, the present, a time zone and a language.
"""

from bot.times.closing import closing_times
from bot.times.domain import Day, Moment, Reading, Rule, Span, Unclear, Understood
from bot.times.narrowing import read_day, read_moment, read_rule, read_span, read_weekly
from bot.times.plain import Weekly, known_zone
from bot.times.reading import read_time
from bot.times.telling import in_words, next_times, notes_in_words

__all__ = [
    "Day",
    "Moment",
    "Reading",
    "Rule",
    "Span",
    "Unclear",
    "Understood",
    "Weekly",
    "closing_times",
    "in_words",
    "known_zone",
    "next_times",
    "notes_in_words",
    "read_day",
    "read_moment",
    "read_rule",
    "read_span",
    "read_time",
    "read_weekly",
]
