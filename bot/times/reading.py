"""Reads what a person typed for a time: a moment, a day, a length or a repetition, or what it might be."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice, product
from zoneinfo import ZoneInfo

from rapidfuzz.distance import DamerauLevenshtein

from bot.errors import NotUnderstood, Phrase, phrase
from bot.times.domain import Moment, Reading, Unclear, Understood, distinct
from bot.times.finding import found_in
from bot.times.guessing import guessed
from bot.times.joining import Joined
from bot.times.lexicon import CORRECTABLE, LONGEST, SHORTEST_SLIP, compiled, fold, unbracketed
from bot.times.pieces import Here, NoSuchDay
from bot.times.placing import at_offset
from bot.times.points import covers, read_point
from bot.times.repeats import Beginning, read_repeat
from bot.times.repeatwords import REPEATS

_MOST_CHOICES = 4
_MOST_ATTEMPTS = 8
_INSTANT = re.compile(r"(\d{4}-?\d{2}-?\d{2}[tT ]\d{2}:?\d{2}(?::?\d{2}(?:\.\d{1,6})?)?)\s?([zZ]|[+-]\d{2}:?\d{2})")
_ISO_T = re.compile(r"(?<=\d)[tT](?=\d)")
_VAGUE = re.compile(r"(?:senere|later|snart|soon|en dag|some day|someday|en gang|paa et tidspunkt|another time)")
_BARE_NUMBER = re.compile(r"\d{1,2}")
_MINUTE = timedelta(minutes=1)


def read_time(
    typed: str,
    now: datetime,
    zone: ZoneInfo,
    language: str,
    *,
    shortest: timedelta = _MINUTE,
    beginning: datetime | None = None,
) -> Understood:
    """What was meant, in the person's ``zone``; nothing but a rule or a length ever lies in the past.

    ``shortest``: a repetition more frequent than this is refused. ``beginning``: where a repetition takes its day and time from
    if it names none. Raises NotUnderstood, with a sentence that says what is wrong.
    """
    if len(typed) > LONGEST:
        raise NotUnderstood(phrase("That is too long for a time. Try for example: tomorrow at 9."))
    here = Here(now.astimezone(zone), language)
    first = (
        None if beginning is None else Beginning(beginning.astimezone(zone).date(), beginning.astimezone(zone).time())
    )
    try:
        found = _read(typed, here, zone, shortest, first)
    except (NoSuchDay, OverflowError) as error:
        raise NotUnderstood(_no_such_day(error)) from error
    if found is None:
        raise NotUnderstood(
            phrase(
                "I can't read that as a time. Try for example: tomorrow at 9, Tuesday 3 March 14:30, or every Monday at 9."
            )
        )
    return found


def _read(typed: str, here: Here, zone: ZoneInfo, shortest: timedelta, first: Beginning | None) -> Understood | None:
    if _INSTANT.fullmatch(typed.strip()):
        return _instant(typed.strip(), here, zone)
    text = fold(_ISO_T.sub(" ", unbracketed(typed)))
    if not text:
        return None
    if _VAGUE.fullmatch(text):
        raise NotUnderstood(phrase("When would that be? Try for example: tomorrow at 9, or in two weeks."))
    found = _one_way(text, here, zone, shortest, first)
    if found is not None:
        return found
    slips = [_one_way(attempt, here, zone, shortest, first) for attempt in _corrected(text)]
    meant = distinct(reading for slip in slips for reading in _readings(slip))
    if meant:
        return _asked(meant)
    if covers(text, here):
        return None
    return found_in(unbracketed(typed), text, here, zone, shortest, first) or guessed(typed, here, zone)


def _one_way(text: str, here: Here, zone: ZoneInfo, shortest: timedelta, first: Beginning | None) -> Understood | None:
    if compiled(REPEATS).search(text):
        rules = read_repeat(text, here, zone, shortest, first)
        return _asked(tuple(rules)) if rules else None
    if _BARE_NUMBER.fullmatch(text):
        return _number(text, here, zone)
    found = read_point(text, here, zone)
    return None if found is None else _told(found)


def _no_such_day(missing: NoSuchDay | OverflowError) -> Phrase:
    if isinstance(missing, NoSuchDay) and missing.days:
        return phrase(
            "That month has {days} days at the most, so there is no day {day} in it. Choose another day.",
            days=missing.days,
            day=missing.day,
        )
    return phrase("There is no such day in the calendar. Try for example: tomorrow at 9, or Tuesday 3 March 14:30.")


def _told(found: Joined) -> Understood:
    if found.passed and not found.readings:
        raise NotUnderstood(phrase("That time has passed. Choose one that is still to come."))
    if found.passed:
        return Unclear(phrase("That time has passed. Did you mean this one?"), found.readings[:_MOST_CHOICES])
    return _asked(found.readings, found.question)


def _asked(readings: Sequence[Reading], question: Phrase | None = None) -> Understood:
    """The one reading, or the question which of them was meant."""
    if len(readings) == 1:
        return readings[0]
    general = phrase("I can read that in more than one way. Which one do you mean?")
    return Unclear(question or general, tuple(readings[:_MOST_CHOICES]))


def _readings(understood: Understood | None) -> tuple[Reading, ...]:
    match understood:
        case None:
            return ()
        case Unclear(_, readings):
            return readings
        case _:
            return (understood,)


def _instant(typed: str, here: Here, zone: ZoneInfo) -> Understood:
    """A time with its own offset, as machines write it."""
    try:
        at = at_offset(datetime.fromisoformat(typed.upper()), zone)
    except ValueError as error:
        raise NoSuchDay from error
    return _told(Joined((Moment(at),) if at > here.now else (), passed=at <= here.now))


def _number(text: str, here: Here, zone: ZoneInfo) -> Understood | None:
    """A number alone: an hour, or a day of the month. Nobody knows, so it is asked."""
    readings: list[Reading] = []
    for attempt in (f"kl {text}", f"den {text}"):
        try:
            found = read_point(attempt, here, zone)
        except NoSuchDay:
            continue
        readings.extend(() if found is None or found.passed else found.readings)
    return Unclear(phrase("Is that an hour or a day?"), tuple(readings[:_MOST_CHOICES])) if readings else None


def _corrected(text: str) -> list[str]:
    """The text with one letter of a word changed, so that it is a word we know: all the ways to do so."""
    words = text.split(" ")
    near = [_near(word) for word in words]
    if not any(near):
        return []
    choices = (known or [word] for word, known in zip(words, near, strict=True))
    return [" ".join(one) for one in islice(product(*choices), _MOST_ATTEMPTS)]


def _near(word: str) -> list[str]:
    if len(word) < SHORTEST_SLIP or not word.isalpha() or word in CORRECTABLE:
        return []
    return [known for known in CORRECTABLE if DamerauLevenshtein.distance(word, known, score_cutoff=1) <= 1]
