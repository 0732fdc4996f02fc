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
    usual = [one for text in (*_counted(said, words), *_usual(words)) if (one := _day(text, today, words)) is not None]
    found = [one for one in fitting(usual, said) if one.value != (meant.isoformat() if meant else "")]
    if meant is None:
        return found
    shown = words.date(meant, "full")
    written = said.casefold() in (meant.isoformat(), shown.casefold())
    return [Choice(meant.isoformat(), shown if written else f"{said} → {shown}"), *found]


def _day(text: str, today: date, words: Words) -> Choice | None:
    meant = _meant(text, today)
    return None if meant is None else Choice(meant.isoformat(), f"{text} → {words.date(meant, 'full')}")


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
    before = list(entries(typed))
    separated = any(mark in typed for mark in ",|")
    ended = typed.rstrip().endswith((",", "|")) or (typed[-1:].isspace() and not separated)
    begun = before.pop() if before and not ended else ""
    there = {one.casefold() for one in before}
    found = await option.suggests(call, begun)
    return [
        Choice(_line([*before, one.value]), _line([*before, one.label]))
        for one in found
        if one.value.casefold() not in there
    ]


def _line(listed: Sequence[str]) -> str:
    # Alone, it has no comma to show that its words belong together.
    apart = len(listed) == 1 and len(listed[0].split()) > 1
    return f'"{listed[0]}"' if apart else ", ".join(listed)


def _shown(choice: Choice) -> Choice:
    label = choice.label if len(choice.label) <= LONGEST else f"{choice.label[: LONGEST - 1].rstrip()}…"
    return Choice(choice.value, label, choice.hint)
