"""Telephone numbers, Danish and foreign: by a country's code or a word before them, and eight digits by themselves."""

import re
from collections.abc import Iterator

from bot.privacy.cpr import AMOUNT_BEHIND, BROKEN
from bot.privacy.cpr import BLANK as _S
from bot.privacy.cpr import SEPARATOR as _SEP
from bot.privacy.domain import Finding, Kind
from bot.privacy.spoken import is_counting
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
_DANISH = re.compile(rf"(?=[(+0]){_HEAD}{_EIGHT_APART}(?!\d)")
_ABROAD = re.compile(
    rf"(?=[(+0])(?<![\w+])(?<!\d[.,:])\(?(?:\+{_S}?"
    rf"|00{_SEP})[1-9]\d{{0,2}}\)?(?:{_SEP}\(0\))?(?:{_SEP}\(?\d\)?){{5,13}}(?!\d)"
)
_TRUNK = re.compile(
    rf"(?=[(0])(?<!\d)(?<!\d[.,])\(?(?=0(?:[^\d\n]{{0,2}}\d){{6}})0\d{{1,4}}\)?{_S}?[-/ ]{_S}?\d{{3,8}}"
    r"(?:[- ]\d{2,4}){0,2}(?!\d)"
)
_AMERICAN = re.compile(
    rf"(?=[(\d])(?<![\w)])\(\d{{3}}\){_S}?\d{{3}}[-. ]?\d{{4}}(?!\d)"
    rf"|(?<![\d+])(?<!\d[.,-])[2-9]\d\d([-. ])\d{{3}}\1\d{{4}}(?!\d)"
    r"|(?<![\d.,])0[1-9]([-. ])\d\d(?:\2\d\d){3}(?!\d|[.:]\d)"
)
# In "12.30 23456789" the first four are a time.
_AFTER_TIME = rf"(?!(?:[01]?\d|2[0-3])[.:][0-5]\d[^\w\n]{{1,3}}{_EIGHT}(?!\d))"
_HERE = re.compile(
    rf"(?=[(+\d])(?:(?<![\w+])|(?<=[Nn]r)|(?<=NR))(?<!\d[.,/-]){_AFTER_TIME}(?:{_HEAD}|45{_SEP})?{_EIGHT}(?!\d|[.,]\d|-\d)"
)
# Two and more in a row: the sign between them is none of a number's own.
_ROW = re.compile(rf"(?=[(\d])(?<![\w+])(?<!\d[.,/-]){_EIGHT}(?:{_S}?[/,;|&+]{_S}?{_EIGHT})+(?!\d)")
# "82,62,96,80", "84*69*53*02": the same sign everywhere, and groups as telephone numbers have them.
_BY_SIGN = re.compile(
    r"(?=\d)(?<!\w)(?<!\d[.,|*+/:-])\d{1,4}(?P<sign> ?[^\w\s.,:<>()\[\]\"'%§$€£=] ?"
    r"|[,_]|\.{2,3})\d{1,4}(?:(?P=sign)\d{1,4}){1,8}(?!\d|[,.:]\d|(?P=sign)\d)"
)
_GROUPS = frozenset({(2, 2, 2, 2), (2, 3, 3), (3, 2, 3), (3, 3, 2), (2, 2, 4), (4, 2, 2), (1,) * 8, (1,) * 10})
_HALVES = frozenset({(4, 4), (2, 6)})
# What stands in lists and sums as well.
_OFTEN = frozenset({",", "|", " | ", " / ", " * ", " + ", "_", " - ", "-", "/"})
_ONE_OF_ROW = re.compile(_EIGHT)
# "den 3/4 59 31 54 29": which eight it is cannot be told, so all of them are.
_FURTHER = re.compile(rf"(?:{_S}|-)\d{{1,4}}(?![\d.,:/%]|{_S}?[a-zæøå])")
_PAIR = rf"\d\d{_S}"
_BROKEN = re.compile(
    rf"(?=\d)(?<![\d.,/+-])(?:(?:\d\d{BROKEN}{_PAIR}{_PAIR}|{_PAIR}\d\d{BROKEN}{_PAIR}|{_PAIR}{_PAIR}\d\d{BROKEN})\d\d"
    # "ring på 2345" and "6789" on the next line; no years and no column of numbers
    rf"|(?<=[^\W\d] )(?!(?:19|20)\d\d)\d{{4}}{BROKEN}\d{{4}}(?!{_S}?\n))(?!\d|[.,:/-]\d)"
)
_NAMED = re.compile(
    r"(?=[cdfhlmprstvwCDFHLMPRSTVW])\b(?:tlf|tfn|telf|tel|telefon|telefonen|mobil|mobilen|mob|mobile|phone"
    r"|telephone|cell|cellphone|call|ring|ringe|"
    r"ring på|sms|sms'e?|whatsapp|signal|vagttelefon|hjemmetelefon|arbejdstelefon|mobiltelefon|"
    rf"mobile ?pay|fax|lokal|lokalnummer|direkte){NUMBER_SAYS}(?:på\s|til\s|at\s|on\s|to\s)?"
    rf"(?P<it>(?:45{_SEP})?{_EIGHT_APART}(?!\d)|[+(]?\d(?:{_SEP}[()]?\d)"
    rf"{{3,13}})(?!\d|\s?(?:år|kr|gange|pct|%))",
    re.IGNORECASE,
)
_YEARS = re.compile(
    rf"(?:19|20)\d\d(?:{_S}?[-/–.]{_S}?(?:19|20)\d\d| ?[:(|]{_S}{{0,2}}\(?\d{{4}}|[ (]{{1,2}}(?:19|20)\d\d"
    rf"| {{1,2}}(?:[01]\d|2[0-3])[.:][0-5]\d)"
    rf"|\d{{4}}\t\d{{4}}"
)
_DATE = re.compile(
    r"(?=\d)(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|1[0-2])[-./](?:19|20)\d\d|(?:19|20)\d\d([-./])(?:0[1-9]|1[0-2])"
    r"\1(?:0[1-9]|[12]\d|3[01])"
)
# "10.00-12.00", "10.00 12.00", "1.250 1.400"
_TIMES = re.compile(
    rf"(?:[01]\d|2[0-3])([:.])[0-5]\d(?:(?:{_S}?[-/]{_S}?|{_S}{{1,2}})(?:[01]\d|2[0-4])\1[0-5]\d)+"
    rf"|\d{{1,3}}\.\d{{3}}(?:(?:{_S}?[-/]{_S}?|{_S}{{1,2}})\d{{1,3}}\.\d{{3}})+"
)
_MONEY = re.compile(r"\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*")
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
    yield from (Finding(*found.span(), Kind.PHONE, sure=False) for found in tried(_BROKEN, text, near))
    for found in tried(_BY_SIGN, text, near):
        groups = found[0].split(found["sign"])
        if (
            tuple(map(len, groups)) in (_GROUPS if found["sign"] in _OFTEN else _GROUPS | _HALVES)
            and _is_no_date(found[0])
            and not (_MONEY.fullmatch(found[0]) or is_counting(groups))
        ):
            yield Finding(*found.span(), Kind.PHONE, sure=False)


def phones_alone(text: str, windows: list[Window]) -> Iterator[Finding]:
    """Eight digits in whatever groups, one number or several in a row; those with a nought at their beginning."""
    yield from (Finding(*found.span(), Kind.PHONE, sure=False) for found in tried(_TRUNK, text, windows))
    for row in tried(_ROW, text, windows):
        each = _ONE_OF_ROW.finditer(text, row.start(), row.end())
        yield from (Finding(*found.span(), Kind.PHONE) for found in each if _is_phone(found, text))
    for found in tried(_HERE, text, windows):
        if _is_phone(found, text):
            more = _FURTHER.match(text, found.end())
            yield Finding(found.start(), more.end() if more else found.end(), Kind.PHONE)


def _is_phone(found: re.Match[str], text: str) -> bool:
    """Eight digits in whatever groups, unless they are years, a date or an amount."""
    written, (start, end) = found[0], found.span()
    if not _is_no_date(written):
        return False
    if not _MONEY.fullmatch(written):
        return True
    is_amount = AMOUNT_BEHIND.match(text, end) or _MONEY_BEFORE.search(text, max(0, start - 5), start)
    return not ("." in written or "," in written or is_amount)


def _is_no_date(written: str) -> bool:
    return not (_YEARS.fullmatch(written) or _DATE.fullmatch(written) or _TIMES.fullmatch(written))
