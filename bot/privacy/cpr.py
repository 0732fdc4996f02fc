"""CPR numbers in the spellings that people and systems use.

What may be such a number counts as one. The check digits raise confidence and never reject: since 2007 valid numbers
are given out that fail them, and people mistype.
"""

import re
from collections.abc import Iterator

from bot.privacy.domain import Finding, Kind
from bot.privacy.windows import Window, around, tried

BLANK = "[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]"
_DASHES = "-\u2010-\u2015\u2212"
SEPARATOR = rf"(?:{BLANK}?[{_DASHES}.·/_:]{BLANK}?|{BLANK}{{1,2}})?"
# One line's end, with the signs of quoted lines behind it.
BROKEN = (
    rf"(?:{BLANK}{{0,2}}[{_DASHES}]?{BLANK}{{0,2}}\r?\n{BLANK}{{0,4}}(?:(?:>|&gt;|\|){BLANK}?){{0,4}}"
    rf"[{_DASHES}]?{BLANK}{{0,2}})"
)

# Day (with 60 added for a number that is given out anew), month, year, and four more, each sign between them optional.
_DAY = r"(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_SERIAL = r"(?:\d{4}|\d\d[ .-]\d\d|\d(?: \d){3}|[xX*?•#_]{4}|[xX*•#_]{2}\d\d|\d[xX*•#_]{3}|\d\d[xX*•#_]{2}|\d{3}[xX•#])"
_BEGINS = r"(?<![\d+])(?<!\d[.,])"
_USUAL = re.compile(
    rf"{_BEGINS}(?P<day>{_DAY}){SEPARATOR}(?P<month>{_MONTH}){SEPARATOR}(?:19|20)?(?P<year>\d\d)"
    rf"{SEPARATOR}(?P<serial>{_SERIAL})(?!\d)"
)
# "22.11.2026 12.30", "22-11-2026 14"
_DATE_AND_TIME = re.compile(r"\d\d[-./]\d\d[-./](?:19|20)\d\d[ ,]{1,2}(?:[01]\d|2[0-3])(?:[.:][0-5]\d)?")
# Any signs between the date and the last four, or a line's end; the date may begin with its year.
_APART = rf"(?:(?:[^\w\r\n]|_){{1,6}}|{BROKEN})"
# "22.11.2026, 2026-11-23" are two dates, "22.11.26 1830:15" a time.
_NO_DATE = r"(?!\d|[-./:]\d)"
_DATED = re.compile(
    rf"{_BEGINS}(?=\d{{6}})(?:{_DAY}{_MONTH}(?:19|20)?\d\d|(?:(?:19|20)?\d\d){_MONTH}{_DAY}){_APART}{_SERIAL}{_NO_DATE}"
)
# 1/1-90 1234, 1990-01-01-1234
_WRITTEN_DATE = re.compile(
    rf"(?<![\d.,/+-])(?=\d{{1,4}}[^\w])(?:(?:0?[1-9]|[12]\d|3[01]){BLANK}?[-./]{BLANK}?(?:0?[1-9]|1[0-2]){BLANK}?"
    rf"[-./ ]{BLANK}?(?:19|20)?\d\d|(?:19|20)\d\d[-./]{_MONTH}[-./]{_DAY})"
    rf"(?:{BLANK}?[{_DASHES}.*/_:]{{1,2}}{BLANK}?|{BLANK}{{1,2}}|{BROKEN})\d{{4}}{_NO_DATE}"
)
# Six and four with a dash is what anybody reads as a CPR number, be the day mistyped; l and O for 1 and 0.
_MISTYPED = re.compile(
    rf"(?<![^\W_])(?<!\d[.,-])(?=(?:[lIoO]{{0,3}}\d){{3}})[\dlIoO]{{6}}{BLANK}?[{_DASHES}]{{1,2}}{BLANK}?[\dlIoO]{{4}}(?![^\W_])"
)
# 0 1 0 1 9 0 1 2 3 4
_SPREAD = re.compile(r"(?<![\w.,:])(?:[0-3] \d|[6-9] \d) [01] \d(?: \d){2} ?-?(?: \d){4}(?! ?\d)")
_LAST_FOUR = re.compile(
    r"\b(?:sidste|last)\s(?:fire|four|4)(?:\s(?:cifre|tal|digits))?(?:\s(?:er|is))?:?\s(?P<it>\d{4})(?!\d)"
    rf"|(?<!\d)(?P<date>{_DAY}{_MONTH}\d\d),?\s(?:kontrol(?:ciffer|cifre|nummer)?|løbe(?:nr|nummer))\.?:?\s(?P<more>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_FOUR_SIGNS = ("sidste ", "last ", "kontrol", "løbe")
_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def cpr_numbers(text: str, windows: list[Window]) -> Iterator[Finding]:
    """All that are known by their form; they may overlap."""
    for found in tried(_USUAL, text, windows):
        if not _DATE_AND_TIME.fullmatch(found[0]):
            yield Finding(found.start(), found.end(), Kind.CPR, sure=_certain(found))
    for pattern in (_DATED, _WRITTEN_DATE, _MISTYPED, _SPREAD):
        for found in tried(pattern, text, windows):
            yield Finding(found.start(), found.end(), Kind.CPR)
    for found in tried(_LAST_FOUR, text, around(text, _FOUR_SIGNS, 12, 60)):
        for name in ("it", "date", "more"):
            if found[name] is not None:
                yield Finding(found.start(name), found.end(name), Kind.CPR)


def _certain(found: re.Match[str]) -> bool:
    """Ten bare digits are certain only where the check digits agree; with a sign before the last four anybody
    would read a CPR number."""
    if not (found["serial"].isdigit() and found[0].isdigit()):
        return True
    digits = "".join(found.group("day", "month", "year", "serial"))
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11 == 0
