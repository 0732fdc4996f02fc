"""Telephone numbers, Danish and foreign: by a country's code or a word before them, and eight digits by themselves."""

import re
from collections.abc import Iterator

from bot.privacy.cpr import BLANK as _S
from bot.privacy.cpr import BROKEN
from bot.privacy.cpr import SEPARATOR as _SEP
from bot.privacy.domain import Finding, Kind
from bot.privacy.windows import Window, tried

# What stands between a word that names a number and the number: "-nr. er:".
NUMBER_SAYS = (
    r"(?:[-. ]{0,2}(?:nr|nummer|nummeret|numre|no|num|number|id|#))?[.]?\s?(?:er|is|var|was|:|=|#|-|/)?\s{0,2}:?\s{0,2}"
)
# Groups may stand in brackets.
_GAP = rf"\)?{_SEP}\(?"
# In "1) 23456789" and "3: 23456789" the first digit is none of it.
_EIGHT = rf"(?!\d{{1,2}}[):] )\(?\d(?:{_GAP}\d){{7}}"
# After a code or a word any signs may divide, also a line's end.
_EIGHT_APART = r"\(?\d(?:[^\w\n]{0,3}\n?[^\w\n]{0,2}\d){7}"
_HEAD = rf"(?:\(?(?:\+|00){_SEP}45\)?|\((?:\+|00)?45\)){_SEP}(?:\(0?\){_S}?)?"
_DANISH = re.compile(rf"{_HEAD}{_EIGHT_APART}(?!\d)")
_ABROAD = re.compile(
    rf"(?<![\w+])\(?(?:\+{_S}?|00{_SEP})[1-9]\d{{0,2}}\)?(?:{_SEP}\(0\))?(?:{_SEP}\(?\d\)?){{5,13}}(?!\d)"
)
_TRUNK = re.compile(
    rf"(?<![\d.,])\(?(?=0(?:[^\d\n]{{0,2}}\d){{6}})0\d{{1,4}}\)?{_S}?[-/ ]{_S}?\d{{3,6}}(?:[- ]\d{{2,4}}){{0,2}}(?!\d)"
)
_AMERICAN = re.compile(rf"(?<![\w)])\(\d{{3}}\){_S}?\d{{3}}[-. ]?\d{{4}}(?!\d)")
_HERE = re.compile(rf"(?<![\w+])(?<!\d[.,/-])(?:{_HEAD}|45{_SEP})?{_EIGHT}(?!\d|[.,]\d|-\d)")
# Two and more in a row: the sign between them is none of a number's own.
_ROW = re.compile(rf"(?<![\w+])(?<!\d[.,/-]){_EIGHT}(?:{_S}?[/,;|&+]{_S}?{_EIGHT})+(?!\d)")
# "82,62,96,80"
_BY_COMMAS = re.compile(r"(?<![\d.,|])\d\d([,|])\d\d\1\d\d\1\d\d(?!\d|[,.|]\d)")
_ONE_OF_ROW = re.compile(_EIGHT)
_PAIR = rf"\d\d{_S}"
_BROKEN = re.compile(
    rf"(?<![\d.,/+-])(?:(?:\d\d{BROKEN}{_PAIR}{_PAIR}|{_PAIR}\d\d{BROKEN}{_PAIR}|{_PAIR}{_PAIR}\d\d{BROKEN})\d\d"
    # "ring på 2345" and "6789" on the next line; no years and no column of numbers
    rf"|(?<=[^\W\d] )(?!(?:19|20)\d\d)\d{{4}}{BROKEN}\d{{4}}(?!{_S}?\n))(?!\d|[.,:/-]\d)"
)
_NAMED = re.compile(
    r"\b(?:tlf|tfn|telf|tel|telefon|telefonen|mobil|mobilen|mob|mobile|phone|telephone|cell|cellphone|call|ring|ringe|"
    r"ring på|sms|sms'e?|whatsapp|signal|vagttelefon|hjemmetelefon|arbejdstelefon|mobiltelefon|"
    rf"mobile ?pay|fax|lokal|lokalnummer|direkte){NUMBER_SAYS}(?:på\s|til\s|at\s|on\s|to\s)?"
    rf"(?P<it>(?:45{_SEP})?{_EIGHT_APART}(?!\d)|[+(]?\d(?:{_SEP}[()]?\d)"
    rf"{{3,13}})(?!\d|\s?(?:år|kr|gange|pct|%))",
    re.IGNORECASE,
)
_YEARS = re.compile(rf"(?:19|20)\d\d{_S}?[-/–.]{_S}?(?:19|20)\d\d")
_DATE = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|1[0-2])[-./](?:19|20)\d\d|(?:19|20)\d\d([-./])(?:0[1-9]|1[0-2])"
    r"\1(?:0[1-9]|[12]\d|3[01])"
)
_TIMES = re.compile(r"(?:[01]\d|2[0-3])([:.])[0-5]\d ?[-/] ?(?:[01]\d|2[0-4])\1[0-5]\d")
_MONEY = re.compile(r"\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*")
_MONEY_BEHIND = re.compile(
    r"\s?(?:,-|,\d\d\b|kr\b|dkk\b|kroner|mio|mia|t\.kr|eur\b|euro|usd|\$|€|£|procent|pct|%|indbyggere|danskere|"
    r"borgere|mennesker|people|citizens)",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:kr\.?|dkk|eur|usd|[$€£])\s?$", re.IGNORECASE)


def phones_abroad(text: str, windows: list[Window]) -> Iterator[Finding]:
    """Those with a country's code, and American ones."""
    for pattern in (_ABROAD, _AMERICAN):
        yield from (Finding(*found.span(), Kind.PHONE) for found in tried(pattern, text, windows))


def phones_told(text: str, windows: list[Window], near: list[Window]) -> Iterator[Finding]:
    """Those with a Danish code, with a word before them, or over the end of a line. ``windows``: around numbers and the words
    before them; ``near``: around the numbers alone."""
    yield from (Finding(*found.span(), Kind.PHONE) for found in tried(_DANISH, text, near))
    yield from (Finding(*found.span("it"), Kind.PHONE) for found in tried(_NAMED, text, windows))
    for pattern in (_BROKEN, _BY_COMMAS):
        yield from (Finding(*found.span(), Kind.PHONE, sure=False) for found in tried(pattern, text, near))


def phones_alone(text: str, windows: list[Window]) -> Iterator[Finding]:
    """Eight digits in whatever groups, one number or several in a row; those with a nought at their beginning."""
    yield from (Finding(*found.span(), Kind.PHONE, sure=False) for found in tried(_TRUNK, text, windows))
    for row in tried(_ROW, text, windows):
        each = _ONE_OF_ROW.finditer(text, row.start(), row.end())
        yield from (Finding(*found.span(), Kind.PHONE) for found in each if _is_phone(found, text))
    for found in tried(_HERE, text, windows):
        if _is_phone(found, text):
            yield Finding(*found.span(), Kind.PHONE)


def _is_phone(found: re.Match[str], text: str) -> bool:
    """Eight digits in whatever groups, unless they are years, a date or an amount."""
    written, (start, end) = found[0], found.span()
    if _YEARS.fullmatch(written) or _DATE.fullmatch(written) or _TIMES.fullmatch(written):
        return False
    if not _MONEY.fullmatch(written):
        return True
    is_amount = _MONEY_BEHIND.match(text, end) or _MONEY_BEFORE.search(text, max(0, start - 5), start)
    return not ("." in written or "," in written or is_amount)
