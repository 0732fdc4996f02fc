"""CPR numbers in the spellings that people and systems use.

What may be such a number counts as one. The check digits raise confidence and never reject: since 2007 valid numbers
are given out that fail them, and people mistype.
"""

import re
from collections.abc import Iterator
from itertools import chain

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
    rf"(?=\d){_BEGINS}(?P<day>{_DAY}){SEPARATOR}(?P<month>{_MONTH}){SEPARATOR}(?:19|20)?(?P<year>\d\d)"
    rf"{SEPARATOR}(?P<serial>{_SERIAL})(?!\d)"
)
# "22.11.2026 12.30", "22-11-2026 14", "14.05 15.32 16.10"
_DATE_AND_TIME = re.compile(
    r"\d\d[-./]\d\d[-./](?:19|20)\d\d[ ,]{1,2}(?:[01]\d|2[0-3])(?:[.:][0-5]\d)?|(?:[01]\d"
    r"|2[0-3])([.:])[0-5]\d [0-2]\d\1[0-5]\d \d\d(?:\1\d\d)?"
)
# Any signs between the date and the last four, or a line's end; the date may begin with its year.
_APART = rf"(?:(?:[^\w\r\n]|_){{1,6}}|{BROKEN})"
# "22.11.2026, 2026-11-23" are two dates, "22.11.26 1830:15" a time.
_NO_DATE = r"(?!\d|[-./:]\d)"
_DATED = re.compile(
    rf"(?=\d){_BEGINS}(?=\d{{6}})(?:{_DAY}{_MONTH}(?:19|20)?\d\d|(?:(?:19"
    rf"|20)?\d\d){_MONTH}{_DAY}){_APART}{_SERIAL}{_NO_DATE}"
)
# 1/1-90 1234, 1990-01-01-1234
_WRITTEN_DATE = re.compile(
    rf"(?=\d)(?<![\d+])(?<!\d[.,/-])(?=\d{{1,4}}[^\w])(?:(?:0?[1-9]|[12]\d"
    rf"|3[01]){BLANK}?[-./]{BLANK}?(?:0?[1-9]|1[0-2]){BLANK}?"
    rf"[-./ ]{BLANK}?(?:19|20)?\d\d|(?:19|20)\d\d[-./]{_MONTH}[-./]{_DAY})"
    rf"(?:{BLANK}?[{_DASHES}.*/_:]{{1,2}}{BLANK}?|{BLANK}{{1,2}}|{BROKEN})\d{{4}}{_NO_DATE}"
)
# The months in Danish and English, and short.
MONTHS = (
    "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|january|february"
    "|march|may|june|july|october|"
    "jan|feb|mar|apr|jun|jul|aug|sept?|okt|oct|nov|dec"
)
# "3. maj 1948-1234"; "4. maj 1940-1945" are years
_MONTH_DATE = re.compile(
    rf"(?=\d)(?<!\d)(?<!\d[.,])(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?:[^\w\n]"
    rf"|_){{0,4}}(?:{MONTHS})\b(?:[^\w\n]|_){{0,4}}(?P<year>(?:19|20)?\d\d)"
    rf"(?:(?:[^\w\r\n]|_){{1,6}}|{BROKEN}|(?=\d{{4}}(?!\d))(?<=\d{{4}}))(?P<serial>\d{{4}}|\d\d[ .-]\d\d"
    rf"|[xX*•]{{4}}|[xX*•]{{2}}\d\d|\d\d[xX*•]{{2}}){_NO_DATE}"
    r"(?!\s?(?:,-|kr\b|dkk|kroner|mio|euro?|%|pct|personer|borgere|people))",
    re.IGNORECASE,
)
# Six and four with a dash is what anybody reads as a CPR number, be the day mistyped; l and O for 1 and 0.
_MISTYPED = re.compile(
    rf"(?=[\dlIoO])(?<![^\W_])(?<!\d[.,-])(?=(?:[lIoO]{{0,3}}\d){{3}})[\dlIoO]{{6}}{BLANK}?[{_DASHES}]{{1,2}}{BLANK}?[\dlIoO]{{4}}(?![^\W_])"
)
# 0 1 0 1 9 0 1 2 3 4
_SPREAD = re.compile(r"(?=\d)(?<![\w.,:])(?:[0-3] \d|[6-9] \d) [01] \d(?: \d){2} ?-?(?: \d){4}(?! ?\d)")
_LAST_FOUR = re.compile(
    r"\b(?:sidste|last)\s(?:fire|four|4)(?:\s(?:cifre|tal|digits))?(?:\s(?:er|is))?:?\s(?P<it>\d{4})(?!\d)"
    rf"|(?<!\d)(?P<date>{_DAY}{_MONTH}\d\d),?\s(?:kontrol(?:ciffer|cifre|nummer)?|løbe(?:nr"
    rf"|nummer))\.?:?\s(?P<more>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
# What makes an amount of the number before it.
AMOUNT_BEHIND = re.compile(
    r"\s?(?:,-|,\d\d\b|kr\b|dkk\b|kroner|mio|mia|t\.kr|eur\b|euro|usd|\$|€|£|procent|pct|%|indbyggere"
    r"|danskere|borgere|personer|mennesker|people|"
    r"citizens|deltagere|medlemmer|stk\b|km\b|m2\b|m²|timer\b|hours\b)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:[01]\d|2[0-3])\.[0-5]\d")
_FOUR_SIGNS = ("sidste ", "last ", "kontrol", "løbe")
_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def cpr_numbers(text: str, windows: list[Window]) -> Iterator[Finding]:
    """All that are known by their form; they may overlap."""
    for found in tried(_USUAL, text, windows):
        if not _DATE_AND_TIME.fullmatch(found[0]) and not _is_dated_amount(found[0], text, found.end()):
            yield Finding(found.start(), found.end(), Kind.CPR, sure=_certain(found))
    dated = chain.from_iterable(tried(one, text, windows) for one in (_DATED, _WRITTEN_DATE, _MISTYPED, _SPREAD))
    with_month = (found for found in tried(_MONTH_DATE, text, windows) if not _is_span_or_time(found))
    for found in chain(dated, with_month):
        if not _is_dated_amount(found[0], text, found.end()):
            yield Finding(found.start(), found.end(), Kind.CPR)
    for found in tried(_LAST_FOUR, text, around(text, _FOUR_SIGNS, 12, 60)):
        for name in ("it", "date", "more"):
            if found[name] is not None:
                yield Finding(found.start(name), found.end(name), Kind.CPR)


def _is_span_or_time(found: re.Match[str]) -> bool:
    """Whether it is "4. maj 1940-1945" or "4. maj 2026 14.30"."""
    if _CLOCK.fullmatch(found["serial"]):
        return True
    first, last = found["year"], found["serial"]
    divided = found.string[found.end("year") : found.start("serial")].strip()
    return len(first) == len(last) and last.startswith(("19", "20")) and first < last and bool(divided)


def _is_dated_amount(written: str, text: str, end: int) -> bool:
    """Whether it is a date with signs in it, and what was paid on that day: "12.03.2024: 1500 kr."."""
    return not written[:6].isdigit() and AMOUNT_BEHIND.match(text, end) is not None


def _certain(found: re.Match[str]) -> bool:
    """Ten bare digits are certain only where the check digits agree; with a sign before the last four anybody
    would read a CPR number."""
    if not (found["serial"].isdigit() and found[0].isdigit()):
        return True
    digits = "".join(found.group("day", "month", "year", "serial"))
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11 == 0
