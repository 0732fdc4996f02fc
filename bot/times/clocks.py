"""Times of day as people say them: ``kl. 14.30``, ``halv ti``, ``kvart over otte``, ``9 pm``, ``noon``, ``om aftenen``."""

import re

from bot.times.lexicon import NUMBERS, AnyOf, number_of
from bot.times.pieces import Clock, Here, Midnight, Part, Turn, Wording

_HOURS = {word: value for word, value in NUMBERS.items() if value <= 24 and word not in {"a", "an", "en", "to"}}
_HOUR = rf"(?P<h>\d{{1,2}}|{AnyOf(_HOURS)})"
_MINUTES = rf"(?P<m>\d{{1,2}}|{AnyOf(tuple(word for word in NUMBERS if word not in {'a', 'an', 'to'}))})"
_ABOUT = r"(?:ca|cirka|omkring|around|about|praecis|ved|fra|from|til|senest|inden|by|until|foer|before)"
_AT = rf"(?:{_ABOUT} )?(?:{_ABOUT} )?(?:kl|klokken|klok|klokka|at|@)"
_MAYBE_AT = rf"(?:(?:{_AT}|{_ABOUT}) )?"
_HALF_DAY = r"(?: (?P<half>am|pm))?"
# From this hour on a bare "at 8" is the morning's, before it nobody knows.
FIRST_SURE_HOUR = 7

_PARTS = {
    "morgen": "morning", "morgenen": "morning", "morning": "morning", "tidlig": "morning", "tidligt": "morning",
    "early": "morning", "morgenstunden": "morning",
    "formiddag": "forenoon", "formiddagen": "forenoon",
    "middag": "noon", "middagen": "noon", "middagstid": "noon", "frokost": "noon", "frokosttid": "noon", "lunch": "noon",
    "lunchtime": "noon",
    "eftermiddag": "afternoon", "eftermiddagen": "afternoon", "afternoon": "afternoon",
    "aften": "evening", "aftenen": "evening", "evening": "evening", "spisetid": "evening",
    "aftensmad": "evening", "aftensmadstid": "evening", "dinner": "evening", "suppertime": "evening",
    "nat": "night", "natten": "night", "night": "night",
}  # fmt: skip
PART_NAME = AnyOf(_PARTS)
_PART = rf"(?P<part>{PART_NAME})"
_OF_TODAY = {"tonight": "evening", "tonite": "evening", "til aften": "evening", "her til aften": "evening",
    "eftermiddagens": "afternoon", "aftenens": "evening",
}  # fmt: skip
_MINUTE_WORDS = AnyOf(tuple(word for word, value in NUMBERS.items() if value % 5 == 0 and 0 < value < 60))


def _clock(hour: int, minute: int, half: str | None, second: int = 0, *, padded: bool = False) -> Clock | None:
    if minute > 59 or second > 59 or hour > 24 or (hour == 24 and (minute or second)):
        return None
    if half is not None:
        if hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half == "am":
            return None
        return Clock(hour % 24, minute, second)
    return Clock(hour, minute, second, sure=padded or hour == 0 or hour >= 12)


def _digits(found: re.Match[str], _here: Here) -> Clock | None:
    hour, half = found["h"], found["half"]
    return _clock(int(hour), int(found["m"]), half, int(found["s"] or 0), padded=len(hour) == 2)


def _hour(found: re.Match[str], _here: Here) -> Clock | None:
    hour = found["h"]
    return _clock(number_of(hour), 0, found["half"], padded=len(hour) == 2 and hour.startswith("0"))


def _oclock(found: re.Match[str], _here: Here) -> Clock | None:
    return _clock(number_of(found["h"]), 0, None, padded=found["h"].startswith("0"))


def _together(found: re.Match[str], _here: Here) -> Clock | None:
    digits = found["digits"]
    return _clock(int(digits[:-2]), int(digits[-2:]), found["half"], padded=len(digits) == 4)


def _half_to(found: re.Match[str], _here: Here) -> Clock | None:
    """``halv ti`` is half an hour before ten."""
    hour = number_of(found["h"])
    return _clock((hour - 1) % 12 if hour == 12 else hour - 1, 30, None) if 1 <= hour <= 24 else None


def _half_past(found: re.Match[str], _here: Here) -> Clock | None:
    return _clock(number_of(found["h"]), 30, found["half"]) if number_of(found["h"]) < 24 else None


def _beside(found: re.Match[str], _here: Here) -> Clock | None:
    """So many minutes before or after an hour, or a half one. ``10 to 12`` in figures may as well be two hours long."""
    minutes = 15 if found["m"] is None else number_of(found["m"])
    hour = number_of(found["h"])
    from_to = found["beside"] == "to" and (found["m"] or "").isdecimal() and found["unit"] is None
    if from_to or not (1 <= minutes <= 29 and 1 <= hour <= 24):
        return None
    around = hour * 60 - (30 if found["halfway"] else 0) + (minutes if found["after"] else -minutes)
    around %= 24 * 60
    if hour == 1 and around < 60:
        around += 12 * 60
    return _clock(around // 60, around % 60, found["half"])


def _spoken(found: re.Match[str], _here: Here) -> Clock | None:
    return _clock(number_of(found["h"]), NUMBERS[found["m"]], found["half"])


def _part(found: re.Match[str], _here: Here) -> Part:
    return Part(_PARTS[found["part"]])


def _bare_part(found: re.Match[str], _here: Here) -> Part:
    return Part(_PARTS[found["part"]], bare=True)


_BEFORE_OR_AFTER = r"(?P<beside>(?P<after>over|past|after|efter)|i|to|before|foer)"

CLOCK_PATTERNS: tuple[Wording[Clock | Midnight], ...] = (
    Wording(
        rf"{_MAYBE_AT}(?P<h>\d{{1,2}})[:.](?P<m>\d{{2}})(?:[:.](?P<s>\d{{2}}))?{_HALF_DAY}(?: (?:oclock|h|t|uhr))?",
        _digits,
    ),
    Wording(rf"{_AT} {_HOUR}{_HALF_DAY}(?: (?:oclock|h|praecis|sharp))?", _hour),
    Wording(rf"{_MAYBE_AT}{_HOUR} (?P<half>am|pm)", _hour),
    Wording(rf"{_MAYBE_AT}{_HOUR} (?:oclock|uhr)", _oclock),
    Wording(rf"{_AT} (?P<digits>\d{{3,4}}){_HALF_DAY}", _together),
    Wording(
        rf"(?P<digits>[01]\d{{3}}|\d{{3,4}}(?= (?:am|pm|om morgenen|om aftenen|om eftermiddagen))){_HALF_DAY}",
        _together,
    ),
    Wording(rf"{_MAYBE_AT}halv {_HOUR}", _half_to),
    Wording(rf"{_MAYBE_AT}half (?:past )?{_HOUR}{_HALF_DAY}", _half_past),
    Wording(
        rf"{_MAYBE_AT}(?:(?:a |et )?(?:kvart|kvarter|quarter)|{_MINUTES}(?P<unit> (?:minutter|minutes|minut|min))?) "
        rf"{_BEFORE_OR_AFTER} (?P<halfway>halv )?{_HOUR}{_HALF_DAY}",
        _beside,
    ),
    Wording(rf"{_MAYBE_AT}(?P<h>{AnyOf(_HOURS)}) (?P<m>{_MINUTE_WORDS}){_HALF_DAY}", _spoken),
    Wording(rf"(?:ved )?{_HOUR}[- ]?tiden", _oclock),
    Wording(r"(?P<h>\d{1,2})", _oclock, cost=6),
    Wording(rf"(?:{_AT} )?(?:noon|midday|12 noon|12 middag)", lambda _found, _here: Clock(12)),
    Wording(rf"(?:{_AT} |ved )?(?:midnat|midnight)", lambda _found, _here: Midnight()),
)
PART_PATTERNS: tuple[Wording[Part | Turn], ...] = (
    Wording(rf"(?:om|in the|at|during the|sidst paa|til|ved|by) {_PART}", _part),
    Wording(_PART, _bare_part),
    Wording(r"(?:i |om )?(?:natten|nat) til", lambda _found, _here: Part("eve", bare=True), cost=1),
    Wording(r"frokost|frokosttid|lunch|lunchtime", lambda _found, _here: Part("noon")),
    Wording(r"(?:by )?(?:the )?(?:supper|dinner|aftensmads) (?:time|tid)", lambda _found, _here: Part("evening")),
    Wording(
        r"(?:by |at |ved )?(?:(?:sidst paa|sidst om|the end of|end of|slutningen af) (?:the )?(?:dagen|day)|eod)",
        lambda _found, _here: Part("late"),
    ),
    Wording(r"sommertid|summer time|\(sommertid\)", lambda _found, _here: Turn(0)),
    Wording(r"vintertid|normaltid|winter time", lambda _found, _here: Turn(1)),
)
TODAY_PART = rf"(?:i|denne|this|her i) {_PART}"
TONIGHT = rf"{AnyOf(_OF_TODAY)}"


def part_named(word: str) -> Part:
    """The part of this day by its word: ``aften``, ``tonight``."""
    return Part(_PARTS.get(word) or _OF_TODAY[word], today=True)


def hours_in(part: str, hour: int) -> int | None:
    """What a clock of 24 hours shows at this hour of that part; 24 and more: in the night that follows, less than 0: on the day
    before. None: no such hour."""
    if part == "morning":
        return hour if hour < 12 else None
    if part == "forenoon":
        return hour if 5 <= hour <= 12 else None
    if part == "eve":
        return hour if hour <= 6 else hour - 12 if 8 <= hour <= 12 else hour - 24 if 20 <= hour <= 24 else None
    if part in {"noon", "afternoon", "late"}:
        return hour + 12 if 1 <= hour <= 6 else hour if 11 <= hour <= 18 else None
    if part == "evening":
        return hour + 12 if 4 <= hour <= 12 else hour if 16 <= hour <= 24 else None
    return hour + 24 if hour <= 6 else hour + 12 if 8 <= hour <= 12 else hour if 20 <= hour <= 24 else None
