"""The words of a repetition: ``hver anden tirsdag``, ``every other week``, ``den 15. hver måned`` and the like."""

import re
from dataclasses import dataclass
from typing import TypeAlias

from bot.times.clocks import CLOCK_PATTERNS, PART_NAME, PART_PATTERNS
from bot.times.dates import ORDINAL, ordinal_of
from bot.times.lexicon import (
    DAY,
    HOUR,
    MINUTE,
    MONTH,
    MONTHS,
    NUMBERS,
    ORDINALS,
    QUARTER,
    UNITS,
    WEEK,
    WEEKDAYS,
    YEAR,
    AnyOf,
    compiled,
)
from bot.times.pieces import Clock, Here, Midnight, Nothing, Part, Turn, Wording
from bot.times.weeks import RANKS

WORKDAYS = (0, 1, 2, 3, 4)
WEEKEND = (5, 6)


@dataclass(frozen=True, slots=True)
class Every:
    """Each so many of a unit."""

    interval: int
    unit: int


@dataclass(frozen=True, slots=True)
class OnWeekdays:
    """On these days of the week; ``interval`` weeks from one to the next, 0 if nothing was said about that. ``maybe_ranked``: the
    number may be the place in the month instead ("every third Friday")."""

    days: tuple[int, ...]
    interval: int = 0
    maybe_ranked: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """The first, second or last such day of the month. All five workdays together: of the workdays."""

    ranks: tuple[int, ...]
    days: tuple[int, ...]
    monthly: bool


@dataclass(frozen=True, slots=True)
class OnMonthDays:
    """On these days of the month; -1 is the last. ``monthly``: it was said that this is of every month."""

    days: tuple[int, ...]
    monthly: bool


@dataclass(frozen=True, slots=True)
class OnYearDay:
    """On this day of the year. ``yearly``: it was said that this is of every year."""

    day: int
    month: int
    yearly: bool


RepeatPiece: TypeAlias = (
    Clock | Midnight | Part | Every | OnWeekdays | Ranked | OnMonthDays | OnYearDay | Nothing | Turn
)

_EVERY = r"(?:hver|hvert|every|each|hver eneste|every single)"
_ON = r"(?:(?:om|on|paa|every|each|hver|alle|den|the|on the|om en) )?"
_PLURAL = r"(?:e|ene|en|s)?"
_DAY_NAME = rf"(?:{AnyOf(WEEKDAYS)}){_PLURAL}"
_AND = r"(?: , og| , and| ,| og| and| samt| &) "
_ONE_OR_MORE = rf"{_DAY_NAME}(?:{_AND}(?:{_ON}){_DAY_NAME}){{0,6}}"
_RANGE = rf"(?P<first>{AnyOf(WEEKDAYS)})s?(?: til | to | through | thru | til og med |-)(?P<last>{AnyOf(WEEKDAYS)})s?"
_WORKDAY = (
    r"(?:hverdag|hverdage|hverdagen|hverdagene|weekday|weekdays|arbejdsdag|arbejdsdage|working day|working days|workday|workdays"
    r"|business day|business days)"
)
_WEEKENDS = r"(?:weekend|weekends|weekender|weekenderne|weekenden)"
_WEEKENDS_SAID = rf"(?:(?:i|in|at|on|hver|every|each|alle|om|the) )*{_WEEKENDS}"
_GAP = {
    **{word: value for table in (ORDINALS, NUMBERS) for word, value in table.items() if value > 1},
    "alternate": 2,
}  # fmt: skip
_EVERY_OTHER = 2
# "Every second Tuesday" may be the second of each month; "hver anden tirsdag" and "every other Tuesday" are not.
_SECOND = frozenset({"second", "2 nd"})
_INTERVAL = rf"(?P<gap>{AnyOf(_GAP)}|\d{{1,4}}(?:\.| (?:nd|rd|th))?)"
_RANK = AnyOf(RANKS)
_RANKLIST = rf"(?P<ranks>{_RANK}(?:{_AND}(?:den |the )?{_RANK}){{0,3}})"
_OF_EACH_MONTH = r"(?:(?:i|of|in|af) )?(?:maaneden|hver (?:eneste )?maaned|alle maaneder|(?:(?:the|each|every) )?month)"
_DAYLIST = rf"(?P<days>{ORDINAL}(?:{_AND}(?:den |the )?{ORDINAL}){{0,5}})"
_LAST_DAY = r"(?:(?:on )?(?:den |the )?(?:sidste|last) (?:dag|day))"
_THE = r"(?:(?:(?:on|paa|til) )?(?:den |d |the )?)"
_ADVERBS = {
    "dagligt": (1, DAY), "daglig": (1, DAY), "daily": (1, DAY), "en gang om dagen": (1, DAY), "once a day": (1, DAY),
    "ugentligt": (1, WEEK), "ugentlig": (1, WEEK), "weekly": (1, WEEK), "en gang om ugen": (1, WEEK), "once a week": (1, WEEK),
    "biweekly": (2, WEEK), "bi-weekly": (2, WEEK), "bi weekly": (2, WEEK), "every fourteen days": (2, WEEK),
    "1 gang om ugen": (1, WEEK), "fortnightly": (2, WEEK), "every fortnight": (2, WEEK), "hver fjortende dag": (2, WEEK),
    "maanedligt": (1, MONTH), "maanedlig": (1, MONTH), "monthly": (1, MONTH), "en gang om maaneden": (1, MONTH),
    "once a month": (1, MONTH), "kvartalsvis": (1, QUARTER), "kvartalsvist": (1, QUARTER), "quarterly": (1, QUARTER),
    "hvert halve aar": (6, MONTH), "halvaarligt": (6, MONTH), "every half year": (6, MONTH), "every half a year": (6, MONTH),
    "aarligt": (1, YEAR), "aarlig": (1, YEAR), "yearly": (1, YEAR), "annually": (1, YEAR), "annual": (1, YEAR),
    "en gang om aaret": (1, YEAR), "once a year": (1, YEAR), "hourly": (1, HOUR), "hver halve time": (30, MINUTE),
    "every half hour": (30, MINUTE), "every half an hour": (30, MINUTE), "hvert kvarter": (15, MINUTE),
    "every quarter of an hour": (15, MINUTE), "every quarter hour": (15, MINUTE), "every day": (1, DAY), "alle dage": (1, DAY),
    "hver halvanden time": (90, MINUTE),
}  # fmt: skip
# Words that make a text a repetition; without one it is a single time.
REPEATS = (
    rf"(?<![^ ])(?:{_EVERY}|{AnyOf(_ADVERBS)}|{AnyOf(WEEKDAYS)}(?:e|ene)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days"
    rf"|om (?:{AnyOf(WEEKDAYS)})en|{_WORKDAY}|weekends|weekender|weekenderne|{_RANGE}"
    rf"|{_RANK} (?:{AnyOf(WEEKDAYS)}|{_WORKDAY}) (?:i maaneden|of the month|in the month)"
    rf"|{_LAST_DAY} (?:i maaneden|of the month)"
    rf"|(?:{AnyOf(WEEKDAYS)}){_AND}(?:{_ON})(?:{AnyOf(WEEKDAYS)}))(?= |$)"
)
_NAMED = rf"({AnyOf(WEEKDAYS)})s?"
_EACH_PART = rf"(?<![^ ])({_EVERY}) ({PART_NAME})(?= |$)"
_FROM_TO = rf"(?<![^ ])(?:fra |from )?{_NAMED} (?:til og med|til|to|through|thru) {_NAMED}(?= |$)"
_WORD = re.compile(r"[a-z]+")


def _every(found: re.Match[str], _here: Here) -> RepeatPiece:
    return Every(_gap(found["gap"]), UNITS[found["unit"]])


def _gap(text: str | None) -> int:
    if text is None:
        return 1
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else _GAP[text]


def _adverb(found: re.Match[str], _here: Here) -> RepeatPiece:
    return Every(*_ADVERBS[found["adverb"]])


def days_in(text: str) -> tuple[int, ...]:
    """The weekdays in the text, in the order of the week."""
    words = (re.sub(r"(?<=dag|day)(?:e|ene|en|s)$", "", word) for word in _WORD.findall(text))
    return tuple(sorted({WEEKDAYS[word] for word in words if word in WEEKDAYS}))


def only_weekdays(text: str) -> tuple[int, ...]:
    """The weekdays, where the text is nothing else."""
    if compiled(_WEEKENDS_SAID).fullmatch(text):
        return WEEKEND
    return days_in(text) if re.fullmatch(rf"{_ON}{_ONE_OR_MORE}", text) else ()


def in_ranges(text: str) -> str:
    """``mandag til fredag`` as ``mandag-fredag``, so that its "til" is not where the repetition ends; ``hver aften`` as each day
    and its evening."""
    return compiled(_EACH_PART).sub(r"\1 day \2", compiled(_FROM_TO).sub(r"\1-\2", text))


def _weekdays(found: re.Match[str], _here: Here) -> RepeatPiece:
    return OnWeekdays(days_in(found["names"]))


def _every_weekday(found: re.Match[str], _here: Here) -> RepeatPiece | None:
    """``hver anden mandag og onsdag``; but in "every other Monday and every Friday" the gap is not of both."""
    if found["gap"] and compiled(_EVERY).search(found["names"]):
        return None
    gap = _gap(found["gap"])
    return OnWeekdays(days_in(found["names"]), gap, gap > _EVERY_OTHER or found["gap"] in _SECOND)


def _day_range(found: re.Match[str], _here: Here) -> RepeatPiece:
    first, last = WEEKDAYS[found["first"]], WEEKDAYS[found["last"]]
    return OnWeekdays(tuple(sorted({(first + ahead) % 7 for ahead in range((last - first) % 7 + 1)})))


def _ranked(found: re.Match[str], _here: Here) -> RepeatPiece:
    ranks = tuple(sorted({RANKS[word] for word in re.findall(rf"{_RANK}(?= |$)", found["ranks"])}))
    names = found["names"]
    days = WORKDAYS if re.fullmatch(_WORKDAY, names) else days_in(names)
    return Ranked(ranks, days, monthly=found.groupdict().get("monthly") is not None)


def _month_days(found: re.Match[str], _here: Here) -> RepeatPiece | None:
    days = tuple(sorted({ordinal_of(word) for word in re.findall(rf"{ORDINAL}(?= |$)", found["days"])}))
    return (
        OnMonthDays(days, found.groupdict().get("monthly") is not None) if all(1 <= day <= 31 for day in days) else None
    )


def _year_day(found: re.Match[str], _here: Here) -> RepeatPiece:
    return OnYearDay(ordinal_of(found["day"]), MONTHS[found["month"]], bool(found["yearly"]))


_NAMES = rf"(?P<names>{_DAY_NAME}|{_WORKDAY})"
REPEAT_PATTERNS: tuple[Wording[RepeatPiece], ...] = (
    *CLOCK_PATTERNS,
    *PART_PATTERNS,
    Wording(rf"{_EVERY} (?:{_INTERVAL} )?(?P<unit>{AnyOf(UNITS)})", _every),
    Wording(rf"(?P<adverb>{AnyOf(_ADVERBS)})", _adverb),
    Wording(rf"{_EVERY} (?:{_INTERVAL} )?(?P<names>{_ONE_OR_MORE})", _every_weekday),
    Wording(rf"{_ON}(?P<names>{_ONE_OR_MORE})", _weekdays, cost=3),
    Wording(rf"{_ON}{_RANGE}", _day_range),
    Wording(rf"{_ON}{_WORKDAY}", lambda _found, _here: OnWeekdays(WORKDAYS)),
    Wording(_WEEKENDS_SAID, lambda _found, _here: OnWeekdays(WEEKEND)),
    Wording(rf"(?:{_EVERY} )?{_THE}{_RANKLIST} {_NAMES} (?P<monthly>{_OF_EACH_MONTH})", _ranked),
    Wording(rf"(?:maanedens|hver maaneds) {_RANKLIST} {_NAMES}", _ranked),
    Wording(rf"{_THE}{_RANKLIST} {_NAMES}", _ranked),
    Wording(rf"(?:{_EVERY} )?{_LAST_DAY} (?P<monthly>{_OF_EACH_MONTH})", lambda _found, _here: OnMonthDays((-1,), monthly=True)),
    Wording(_LAST_DAY, lambda _found, _here: OnMonthDays((-1,), monthly=False)),
    Wording(rf"(?:{_EVERY} )?{_THE}{_DAYLIST} (?P<monthly>{_OF_EACH_MONTH})", _month_days),
    Wording(rf"(?P<monthly>{_EVERY} )(?:den |d |the ){_DAYLIST}", _month_days),
    Wording(rf"{_THE}{_DAYLIST}", _month_days, cost=3),
    Wording(rf"(?P<yearly>{_EVERY} )?{_THE}(?P<day>{ORDINAL}) (?:of )?(?P<month>{AnyOf(MONTHS)})", _year_day),
    Wording(rf"(?P<yearly>{_EVERY} )?(?:on )?(?P<month>{AnyOf(MONTHS)}) (?:the )?(?P<day>{ORDINAL})", _year_day),
    Wording(r",", lambda _found, _here: Nothing(), cost=0),
)  # fmt: skip
