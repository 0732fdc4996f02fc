"""What stands in an option's menu while somebody types, where a platform helps with that: what a day would mean, and what
the option itself knows of the academy.
"""

from collections.abc import Sequence
from datetime import date

from bot.arguments import entries
from bot.errors import NotUnderstood
from bot.interactions import Call, Option, OptionKind
from bot.messages.choosing import fitting
from bot.messages.elements import Choice
from bot.times import read_day
from bot.words import Words

MOST = 25
LONGEST = 100
# From so many days, weeks and months on, somebody rather means a day of the calendar.
_COUNTED = 99
# What stands between the entries of a list, and what shows where they begin and end.
_BETWEEN = (",", "|")
_APART = (*_BETWEEN, '"', "“", "”", "„", "»", "«")


async def option_choices(option: Option, call: Call, typed: str) -> tuple[Choice, ...]:
    """The best first, none twice, and none that the platform or the option could not take."""
    match option.kind:
        case OptionKind.DATE:
            found: Sequence[Choice] = day_choices(typed, call.now.astimezone(call.words.zone).date(), call.words)
        case OptionKind.CHOICE:
            language = call.words.language
            every = [Choice(one.value, one.names.get(language, one.value)) for one in option.choices]
            found = fitting(every, typed)
        case OptionKind.LIST:
            found = await _next_entry(option, call, typed)
        case _:
            found = await option.suggests(call, typed) if option.suggests is not None else ()
    longest = LONGEST if option.kind is not OptionKind.TEXT else min(LONGEST, option.max_length)
    kept = {one.value: one for one in reversed(found) if 0 < len(one.value) <= longest and one.label.strip()}
    return tuple(_shown(one) for one in reversed(kept.values()))[:MOST]


def day_choices(typed: str, today: date, words: Words) -> list[Choice]:
    """The day that the words mean, with the words; before anything can be read, what one may go on to type."""
    said = " ".join(typed.split())
    meant = _meant(said, today)
    ways = {text: day for text in (*_counted(said, words), *_usual(words)) if (day := _meant(text, today)) is not None}
    fits = [one.label for one in fitting([Choice(text, text) for text in ways], said)]
    days = {} if meant is None else {meant: said}
    for text in fits:
        days.setdefault(ways[text], text)
    return [Choice(day.isoformat(), _told(text, day, words)) for day, text in days.items()]


def _told(text: str, day: date, words: Words) -> str:
    whole = words.date(day, "full")
    return whole if text == day.isoformat() else f"{text} → {whole}"


def _meant(typed: str, today: date) -> date | None:
    try:
        return read_day(typed, today)
    except NotUnderstood:
        return None


def _counted(said: str, words: Words) -> list[str]:
    number = said.split(maxsplit=1)[0] if said else ""
    if not number.isdecimal() or not 0 < int(number[:4]) <= _COUNTED:
        return []
    many = int(number)
    return [
        words.count("{number} day", "{number} days", many),
        words.count("{number} week", "{number} weeks", many),
        words.count("{number} month", "{number} months", many),
    ]


def _usual(words: Words) -> list[str]:
    return [
        words.say("in one week"),
        words.say("in two weeks"),
        words.say("in three weeks"),
        words.say("in one month"),
        words.say("in two months"),
        words.say("in three months"),
        words.say("tomorrow"),
        *(words.weekday(day) for day in range(7)),
    ]


async def _next_entry(option: Option, call: Call, typed: str) -> list[Choice]:
    """The whole line with its last entry completed, since a platform puts the choice in the place of all that was typed."""
    if option.suggests is None:
        return []
    before, begun = _begun(typed)
    # Several words may be one entry that is not in quotes yet.
    loose = bool(before and begun) and not any(mark in typed for mark in _APART)
    found = await option.suggests(call, " ".join(typed.split())) if loose else ()
    if found:
        before = []
    else:
        found = await option.suggests(call, begun)
    there = {one.casefold() for one in before}
    return [
        Choice(_line([*before, one.value]), _line([*before, one.label]))
        for one in found
        if one.value.casefold() not in there
    ]


def _begun(typed: str) -> tuple[list[str], str]:
    """The entries that stand, and the one that is being typed."""
    before = list(entries(typed))
    separated = any(mark in typed for mark in _BETWEEN)
    ended = typed.rstrip().endswith(_BETWEEN) or (typed[-1:].isspace() and not separated)
    return before, before.pop() if before and not ended else ""


def _line(listed: Sequence[str]) -> str:
    # Alone, it has no comma to show that its words belong together.
    apart = len(listed) == 1 and len(listed[0].split()) > 1
    return f'"{listed[0]}"' if apart else ", ".join(listed)


def _shown(choice: Choice) -> Choice:
    label = choice.label if len(choice.label) <= LONGEST else f"{choice.label[: LONGEST - 1].rstrip()}…"
    return Choice(choice.value, label, choice.hint)
