"""The one way to read a time from a person, in Danish and English alike."""

from bot.times.plain import Weekly, known_zone, read_day, read_weekly

__all__ = ["Weekly", "known_zone", "read_day", "read_weekly"]
