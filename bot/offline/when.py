"""``brobygger when``: how the bot understands a time, as a person or a script reads it."""

import json
from collections.abc import Iterator
from datetime import datetime, time
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.errors import NotUnderstood, phrase
from bot.schedules.rules import read_zone
from bot.settings import read_settings
from bot.times import (
    Day,
    Moment,
    Reading,
    Rule,
    Span,
    Unclear,
    Understood,
    in_words,
    next_times,
    notes_in_words,
    read_time,
)
from bot.times.joining import later
from bot.times.placing import at_offset, placed
from bot.words import LANGUAGES, Languages, Words


def spoken_in(language: str, zone: str) -> Words:
    """The words in this language and zone; where they are not given, in those of the settings. Raises NotUnderstood for a zone or
    a language that we do not have."""
    settings = read_settings()
    chosen = language or settings.brobygger_language
    if chosen not in LANGUAGES:
        raise NotUnderstood(phrase("I speak these languages: {languages}.", languages=", ".join(LANGUAGES)))
    return Languages.load().words(chosen, read_zone(zone or settings.brobygger_timezone))


def present(text: str, zone: ZoneInfo) -> datetime:
    """The present that was given: ISO 8601, in this zone unless it has an offset. Raises NotUnderstood for anything else."""
    try:
        given = datetime.fromisoformat(text)
        return (given.replace(tzinfo=zone) if given.tzinfo is None else given).astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise NotUnderstood(phrase("Write the present like this: 2026-03-01T09:00.")) from error


def told_time(text: str, now: datetime, words: Words, *, as_json: bool) -> Iterator[str]:
    """The lines to print. Raises NotUnderstood for what is no time."""
    understood = read_time(text, now, words.zone, words.language)
    if as_json:
        yield json.dumps(_as_json(understood, now, words), ensure_ascii=False)
    else:
        yield from _as_text(understood, now, words)


def _as_text(understood: Understood, now: datetime, words: Words) -> Iterator[str]:
    if isinstance(understood, Unclear):
        yield words.tell(understood.question)
        for reading in understood.readings:
            yield f"- {in_words(reading, words, now)}"
        return
    yield in_words(understood, words, now)
    yield from notes_in_words(understood, words)
    if isinstance(understood, Rule):
        yield from (f"- {words.when(at)}" for at in next_times(understood, now))


def _as_json(understood: Understood, now: datetime, words: Words) -> dict[str, object]:
    match understood:
        case Unclear(question, readings):
            return {
                "kind": "unclear",
                "question": words.tell(question),
                "readings": [_reading(reading, now, words) for reading in readings],
            }
        case _:
            return _reading(understood, now, words)


def _reading(reading: Reading, now: datetime, words: Words) -> dict[str, object]:
    told = {"words": in_words(reading, words, now), "notes": notes_in_words(reading, words), "zone": words.zone.key}
    match reading:
        case Moment(at, assumed):
            return {"kind": "moment", "at": at.isoformat(), "clock_assumed": assumed, **told}
        case Day(first, last):
            # The first moment of it that is still to come.
            at = max(placed(datetime.combine(first, time()), words.zone, 0)[0].at, at_offset(now, words.zone))
            return {"kind": "day", "at": at.isoformat(), "day": first.isoformat(), "last": last.isoformat(), **told}
        case Span():
            return {
                "kind": "span",
                "at": later(now.astimezone(words.zone), reading, words.zone).isoformat(),
                "span": reading.text(),
                **told,
            }
        case Rule():
            upcoming = [at.isoformat() for at in next_times(reading, now)]
            return {
                "kind": "rule",
                "at": upcoming[0],
                "rule": reading.rule,
                "start": reading.start.isoformat(),
                "exceptions": [one.isoformat() for one in reading.exceptions],
                "next": upcoming,
                "clock_assumed": reading.clock_assumed,
                **told,
            }
        case _:
            assert_never(reading)
