"""Lengths of time: ``2 uger``, ``halvanden time``, ``an hour and a half``, ``et kvarter``, ``elleve et halvt år``."""

import re
from fractions import Fraction

from bot.times.lexicon import (
    DAY,
    HOUR,
    MINUTE,
    MONTH,
    NUMBERS,
    SECOND,
    SIZES,
    UNITS,
    WEEK,
    YEAR,
    AnyOf,
    compiled,
    number_of,
)
from bot.times.pieces import Gone, Here, Length, Pattern, Piece, Wording


def _nameless(text: str) -> str:
    """The pattern without its groups, to stand inside another."""
    return re.sub(r"\((?!\?)", "(?:", text)


_MOST_YEARS = 1000
_UNIT = rf"({AnyOf(UNITS)})"
_NUMBER = rf"(\d{{1,6}}|{AnyOf(NUMBERS)})"
_A = r"(?:en |et |a |one )"
_HALF_WORD = r"(?:halv|halvt|halve|half)"

# One part of a length and how many halves of its unit it is, beside the number that may stand in it. The order counts: "en halv
# time" is half an hour, "elleve et halvt år" are eleven years and a half.
_FORMS: tuple[tuple[str, int, int | None], ...] = (
    (rf"{_A}?{_HALF_WORD} (?:an? )?{_UNIT}", 1, None),
    (rf"(?:halvanden|halvandet) {_UNIT}", 3, None),
    (rf"{_NUMBER} (?:og |and )?{_A}?{_HALF_WORD} {_UNIT}", 1, None),
    (rf"{_NUMBER} {_UNIT} (?:og |and ){_A}?{_HALF_WORD}", 1, None),
    (rf"(?:et par|a couple of|a couple) {_UNIT}", 4, None),
    (r"(?:(?:a |one )?fortnight)", 28, DAY),
    (r"(?:tre kvarter|three quarters of an hour)", 90, MINUTE),
    (r"(?:et kvarter|en kvart time|(?:an? |one )?quarter (?:of )?(?:an )?hour|kvarter)", 30, MINUTE),
    (rf"{_NUMBER} {_UNIT}", 0, None),
)  # fmt: skip
_END = "(?= |$)"
_DECIMAL = rf"(\d{{1,6}})[,.](\d{{1,2}}) {_UNIT}{_END}"
_BETWEEN = re.compile(r" (?:, )?(?:(?:og|and) )?")
_ONE = _nameless(rf"(?:{_DECIMAL}|" + "|".join(text for text, _, _ in _FORMS) + ")")
LENGTH = rf"(?P<length>{_ONE}(?:(?: , og| og| and| ,)? {_ONE}){{0,5}})"
_SMALLER = {YEAR: (12, MONTH), WEEK: (7, DAY), DAY: (24, HOUR), HOUR: (60, MINUTE), MINUTE: (60, SECOND)}


def length_of(text: str) -> Length | None:
    """The length that the words say; None where it is nothing at all, too much, or no whole number of what can be counted."""
    months = days = seconds = 0
    place = 0
    while place < len(text):
        amount, unit, place = _one(text, place)
        while amount.denominator != 1 and unit in _SMALLER:
            parts, unit = _SMALLER[unit]
            amount *= parts
        if amount.denominator != 1:
            return None
        of_months, of_days, of_seconds = SIZES[unit]
        months += int(amount) * of_months
        days += int(amount) * of_days
        seconds += int(amount) * of_seconds
        between = _BETWEEN.match(text, place)
        place = between.end() if between else place
    years = months / 12 + days / 365 + seconds / (365 * 24 * 3600)
    return Length(months, days, seconds) if 0 < years <= _MOST_YEARS else None


def _one(text: str, place: int) -> tuple[Fraction, int, int]:
    """The amount and unit of the part that begins here, and where it ends."""
    if found := compiled(_DECIMAL).match(text, place):
        tenths = Fraction(int(found[2]), 10 ** len(found[2]))
        return int(found[1]) + tenths, UNITS[found[3]], found.end()
    found, halves, unit = next(
        (found, halves, unit) for words, halves, unit in _FORMS if (found := compiled(words + _END).match(text, place))
    )
    amount = Fraction(halves, 2)
    for group in found.groups():
        if group in UNITS:
            unit = UNITS[group]
        else:
            amount += number_of(group)
    return amount, MINUTE if unit is None else unit, found.end()


def _ahead(found: re.Match[str], _here: Here) -> Piece | None:
    length = length_of(found["length"])
    return None if length is None else Length(length.months, length.days, length.seconds, ahead=True)


def _long(found: re.Match[str], _here: Here) -> Piece | None:
    return length_of(found["length"])


def _ago(_found: re.Match[str], _here: Here) -> Piece:
    return Gone()


LENGTH_PATTERNS: tuple[Pattern, ...] = (
    Wording(
        rf"(?:om|in|efter|after|within|inden for|indenfor) (?:ca |cirka |omkring |about |the next )?{LENGTH}", _ahead
    ),
    Wording(rf"{LENGTH} (?:fra nu(?: af)?|fra i dag|from now|from today|senere|later|frem|ude i fremtiden)", _ahead),
    Wording(rf"(?:for )?{LENGTH} (?:siden|ago|tilbage|tidligere)", _ago),
    Wording(rf"(?:(?:i|for|over|de naeste|the next) )?{LENGTH}", _long),
)
