"""Numbers that belong to one person: CPR, telephone, bank, CVR, plates, cases, dates of birth.

What may be such a number counts as one. CPR numbers that are known by their form are in ``cpr.py``.
"""

import re
from collections.abc import Iterator

from bot.privacy.cpr import BLANK as _S
from bot.privacy.cpr import BROKEN, cpr_numbers
from bot.privacy.cpr import SEPARATOR as _SEP
from bot.privacy.domain import Finding, Kind
from bot.privacy.plain import without_marks
from bot.privacy.windows import Window, around, around_digits, tried

_NO = r"(?:[-. ]?(?:nr|nummer|numre|no|num|number|id|#))?[.]?\s?(?:er|is|var|was|:|=|#)?\s{0,2}:?\s{0,2}"

# After the word anything goes: ten digits that are no date, or six alone.
_NAMED_CPR = re.compile(
    rf"\b(?:cpr|cprnr|cprnummer|cpr-nr|person(?:nr|nummer)|personal identification){_NO}(?P<it>\d(?:{_SEP}[\dxX*?•]){{5,11}})",
    re.IGNORECASE,
)

_EIGHT = rf"\d(?:{_SEP}\d){{7}}"
_PHONE_HEAD = rf"(?:\(?(?:\+|00){_S}?45\)?|\((?:\+|00)45\)){_SEP}(?:\(0?\){_S}?)?"
_PHONE_ABROAD = re.compile(
    rf"(?<![\w+])\(?(?:\+|00){_S}?[1-9]\d{{0,2}}\)?(?:{_SEP}\(0\))?(?:{_SEP}\(?\d\)?){{5,13}}(?!\d)"
)
_PHONE_HERE = re.compile(rf"(?<![\w+])(?<!\d[.,/-])(?:{_PHONE_HEAD})?{_EIGHT}(?!\d|[.,]\d|-\d)")
_PHONE_DANISH = re.compile(rf"{_PHONE_HEAD}{_EIGHT}(?!\d)")
_PHONE_TRUNK = re.compile(rf"(?<![\d.,])\(?0\d{{1,4}}\)?{_S}?[-/ ]{_S}?\d{{3,4}}(?:[- ]\d{{2,4}}){{1,2}}(?!\d)")
# Two and more in a row: the sign between them is none of a number's own.
_PHONE_ROW = re.compile(rf"(?<![\w+])(?<!\d[.,/-]){_EIGHT}(?:{_S}?[/,;|&+]{_S}?{_EIGHT})+(?!\d)")
_ONE_OF_ROW = re.compile(_EIGHT)
_PAIR = rf"\d\d{_S}"
_PHONE_BROKEN = re.compile(
    rf"(?<![\d.,/+-])(?:\d\d{BROKEN}{_PAIR}{_PAIR}|{_PAIR}\d\d{BROKEN}{_PAIR}|{_PAIR}{_PAIR}\d\d{BROKEN})\d\d(?!\d|[.,:/-]\d)"
)
_NAMED_PHONE = re.compile(
    r"\b(?:tlf|telf|tel|telefon|telefonen|mobil|mobilen|mob|phone|telephone|cell|cellphone|call|ring|ringe|ring "
    r"på|sms|whatsapp|signal|"
    rf"mobilepay|fax|lokal|lokalnummer|direkte){_NO}(?:på\s|til\s|at\s|on\s|to\s)?(?P<it>\d{{4}}{BROKEN}\d{{4}}|[+(]?\d(?:{_SEP}[()]?\d)"
    rf"{{3,13}})(?!\d|\s?(?:år|kr|gange|pct|%))",
    re.IGNORECASE,
)
_YEARS = re.compile(rf"(?:19|20)\d\d{_S}?[-/–.]{_S}?(?:19|20)\d\d")
_DATE = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|1[0-2])[-./](?:19|20)\d\d|(?:19|20)\d\d([-./])(?:0[1-9]|1[0-2])"
    r"\1(?:0[1-9]|[12]\d|3[01])"
)
_MONEY = re.compile(r"\d{1,3}(?:([., \u00a0])\d{3})(?:\1\d{3})*")
_MONEY_BEHIND = re.compile(
    r"\s?(?:,-|,\d\d\b|kr\b|dkk\b|kroner|mio|mia|t\.kr|eur\b|euro|usd|\$|€|£|procent|pct|%|indbyggere|danskere|"
    r"borgere|mennesker|people|citizens)",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:kr\.?|dkk|eur|usd|[$€£])\s?$", re.IGNORECASE)

_IBAN = re.compile(r"(?<![\w])[A-Za-z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?(?![\w])")
_CARD = re.compile(r"(?<![\d-])\d{4}[ .-]?\d{4}[ .-]?\d{4}[ .-]?\d{4}(?:[ .-]?\d{1,3})?(?![\d-])")
_REG_KONTO = re.compile(
    rf"(?<![\d.,-])\d{{4}}{_S}?[-/ +]{_S}?\d{{5,7}}(?:{_S}?\d{{3}})?(?!\d)|(?<![\d.,-])\d{{4}}{_S}?[-/ ]{_S}?\d{{8,10}}(?!\d)"
)
_REG_AND_TEN = re.compile(rf"(?<![\d.,-])\d{{4}}{_S}?[-/ +]{_S}?\d{{10}}(?!\d)")
_NAMED_ACCOUNT = re.compile(
    rf"\b(?:reg|regnr|registrerings?|konto|kontonr|kontoen|bankkonto|nemkonto|bank|account|acct|sort code|iban|"
    rf"girokonto|giro|kortnr|"
    rf"fi-?kort|betalings-?id){_NO}(?P<it>\d(?:{_SEP}\d){{3,17}})(?:{_S}?(?:,|og|and|/|-|\.)?{_S}?(?:konto|"
    rf"kontonr|account|acct){_NO}(?P<more>\d(?:{_SEP}\d){{3,13}}))?(?!\d)",
    re.IGNORECASE,
)
_CVR = re.compile(
    rf"\b(?:(?:cvr|moms|vat){_NO}|(?:se|p)[-. ]?(?:nr|nummer|no)\b[.:]?\s?)(?:DK[- ]?)?(?P<it>\d(?:{_SEP}\d){{7,9}})(?!\d)"
    r"|(?<!\w)(?P<vat>DK[- ]?\d{2}[ .]?\d{2}[ .]?\d{2}[ .]?\d{2})(?!\d)",
    re.IGNORECASE,
)
_PLATE = re.compile(r"(?<![\w-])[A-ZÆØÅ]{2}[ .\u00a0-]{0,2}\d{2}[ .\u00a0-]{0,2}\d{3}(?![\w])(?!-\d)")
_NAMED_PLATE = re.compile(
    r"(?:nummerplade|nrplade|indreg\w*|bilen?|reg\.?\s?nr|license plate|registration|plate|plade)"
    r"\w{0,3}\.?\s?(?:er|hedder|is|:|=)?\s{0,2}:?\s{0,2}"
    r"(?<![^\W\d_])(?P<it>[a-zæøå]{2}[ .-]?\d{2}[ .-]?\d{3})(?!\w)",
    re.IGNORECASE,
)
_PLATE_SIGNS = ("lade", "LADE", "ndreg", "bil", "Bil", "BIL", "reg", "Reg", "REG", "icense", "late")
_CLOSE_PLATE = re.compile(r"(?<![\w-])[A-Za-zÆØÅæøå]{2}\d{5}(?!\w)")
# One that was wished for: "nummerplade HELLO1".
_WISHED_PLATE = re.compile(
    r"(?:[Nn]ummerplade|[Nn]rplade|[Ll]icen[cs]e plate)\w{0,3}:?\s(?:er\s|is\s|hedder\s)?(?P<it>[A-ZÆØÅ\d]{3,7})(?!\w)"
)
_POSITION = re.compile(r"(?<![\d.,])\d{1,3}\.\d{4,}°?\s?[NS]?[,; ]\s?-?\d{1,3}\.\d{4,}(?!\d)")
_INTERNET = re.compile(r"(?<![\d.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?!\d|\.\d)")
# "1.234.567.890"
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_NAMED_NUMBER = re.compile(
    r"\b(?:sags?|journal|j|jr|kunde|medlems|faktura|ordre|police|pas|kørekorts?|patient|løbe|reference|ref|"
    r"klient|borger|lejemåls|lejer|elev|"
    r"studie|ansøgnings|tjeneste|medarbejder|ansat|lån|låne|skade|forsikrings|sygesikrings|opholds|udlændinge|"
    r"person|matrikel|matr|case|passport|"
    r"invoice|customer|member|file|policy|order|licen[cs]e|student|employee|social security|ssn|national "
    r"insurance|id|dok|dokument|arkiv)"
    r"(?:[-. ]{0,2}(?:nr|nummer|numre|no|number|id|ident)\b\.?|(?<=[^\W\d])(?:nr|nummer|id)\b\.?|\s?#)"
    r"\s{0,2}(?:er|is|:|=|#)?\s{0,2}"
    r"(?P<it>(?=[\w./-]*\d)[^\W_][\w./-]*[^\W_]|\d)",
    re.IGNORECASE,
)
_NAMED_CASE = re.compile(r"\bsag(?:en|er)?\s(?:nr\.?\s)?(?P<it>\d[\d./-]{2,}\d)", re.IGNORECASE)
# 19/12345 and 2019-12345, but no span of years
_CASE = re.compile(r"(?<![\d/.-])(?:\d{2}|(?:19|20)\d{2})[/-](?!(?:19|20)\d\d(?!\d))\d{4,7}(?![\d/.-])")
_PASSPORT = re.compile(r"\bpas(?:set|port)?\s(?:er\s|is\s|:\s?)?(?P<it>[A-Z]{0,2}\d{7,9})\b", re.IGNORECASE)
_LONG = re.compile(
    r"(?<![\w.,])\d(?:\d{8,}|\d{6})(?![\w]|[.,]\d)|(?<![\w])\d{3}[ -]\d{3}[ -]\d{3}(?![\d])|(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)"
)

_MONTHS = (
    "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|january|february|march|"
    "may|june|july|october|"
    "jan|feb|mar|apr|jun|jul|aug|sept?|okt|oct|nov|dec"
)
_BORN = re.compile(
    r"(?:\b(?:født|fødselsdato|fødselsdagen?|fødselsår|fødselsdag|born|birthday|date of birth|d\.?o\.?b|birth "
    r"date|årgang|f)\b[.:]?"
    r"(?:\s(?:er|is|den|d\.|the|on|in|i|på|året|har|dato|var|was|:))*\s{0,2}:?\s{0,2})"
    rf"(?P<it>\d{{1,2}}(?:\.|st|nd|rd|th)?\s?(?:of\s)?(?:{_MONTHS})\b\.?(?:,?\s?(?:19|20)?\d\d\b)?|"
    rf"\d{{1,2}}\s?[./ -]\s?\d{{1,2}}(?:\s?[./ -]\s?(?:\d{{4}}|\d{{2}}))?(?!\d)|"
    rf"(?:19|20)\d\d-\d\d-\d\d|(?:{_MONTHS})\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s(?:19|20)\d\d)?|\d{{6}}(?!\d)|"
    rf"\d{{8}}(?!\d)|(?:19|20)\d\d(?!\d)|'\d\d(?!\d))",
    re.IGNORECASE,
)
_BEFORE_BIRTHDAY = re.compile(
    rf"(?P<it>\d{{1,2}}\.?\s?(?:{_MONTHS})(?:\s(?:19|20)\d\d)?)\s(?:er|har|is|fylder|har jeg|bliver)\s(?:\w+\s)"
    rf"{{0,2}}(?:fødselsdag|birthday)",
    re.IGNORECASE,
)

# Letters before and after a number in which all that tells its kind has to stand.
_BEFORE = 56
_AFTER = 40

# The more certain kinds first: where two overlap, the first keeps its place. A pattern with names finds only what these name.
_BEFORE_CPR = (
    (_NAMED_CPR, Kind.CPR, True),
    (_NAMED_ACCOUNT, Kind.ACCOUNT, True),
    (_IBAN, Kind.ACCOUNT, True),
    (_REG_AND_TEN, Kind.ACCOUNT, True),
    (_CVR, Kind.CVR, True),
    (_NAMED_CASE, Kind.NUMBER, True),
    (_PASSPORT, Kind.NUMBER, True),
    (_CARD, Kind.ACCOUNT, True),
    (_PHONE_ABROAD, Kind.PHONE, True),
    (_POSITION, Kind.ADDRESS, True),
)
_BEFORE_PHONES = (
    (_PHONE_DANISH, Kind.PHONE, True),
    (_PHONE_BROKEN, Kind.PHONE, False),
    (_BORN, Kind.BIRTH, True),
    (_PHONE_TRUNK, Kind.PHONE, False),
    # Before the plates: "mobilepay 12345" ends as "bil" and a plate do.
    (_NAMED_PHONE, Kind.PHONE, True),
    (_PLATE, Kind.PLATE, True),
    (_CLOSE_PLATE, Kind.PLATE, True),
    (_NAMED_NUMBER, Kind.NUMBER, True),
    (_CASE, Kind.NUMBER, False),
    (_REG_KONTO, Kind.ACCOUNT, False),
)


def numbers(text: str) -> Iterator[Finding]:
    """All of them, the more certain kinds first; they may overlap."""
    text = without_marks(text)
    windows = around_digits(text, _BEFORE, _AFTER)
    for pattern, kind, sure in _BEFORE_CPR:
        yield from _found(pattern, text, windows, kind, sure=sure)
    yield from cpr_numbers(text, windows)
    birthdays = around(text, ("ødselsdag", "ØDSELSDAG", "irthday", "IRTHDAY"), 60, 12)
    yield from _found(_BEFORE_BIRTHDAY, text, birthdays, Kind.BIRTH, sure=True)
    yield from _found(_NAMED_PLATE, text, around(text, _PLATE_SIGNS, 12, 50), Kind.PLATE, sure=True)
    yield from _found(_WISHED_PLATE, text, around(text, _PLATE_SIGNS, 12, 30), Kind.PLATE, sure=True)
    for pattern, kind, sure in _BEFORE_PHONES:
        yield from _found(pattern, text, windows, kind, sure=sure)
    for row in tried(_PHONE_ROW, text, windows):
        each = _ONE_OF_ROW.finditer(text, row.start(), row.end())
        yield from (Finding(found.start(), found.end(), Kind.PHONE) for found in each if _is_phone(found, text))
    for found in tried(_PHONE_HERE, text, windows):
        if _is_phone(found, text):
            yield Finding(found.start(), found.end(), Kind.PHONE)
    for found in tried(_INTERNET, text, windows):
        if not _THOUSANDS.fullmatch(found[0]):
            yield Finding(found.start(), found.end(), Kind.NUMBER, sure=False)
    yield from _found(_LONG, text, windows, Kind.NUMBER, sure=False)


def _found(pattern: re.Pattern[str], text: str, windows: list[Window], kind: Kind, *, sure: bool) -> Iterator[Finding]:
    """The number alone where the pattern names it: the word before it stays, so that the sentence can still be read."""
    for found in tried(pattern, text, windows):
        for name in pattern.groupindex or (0,):
            if found[name] is not None:
                yield Finding(found.start(name), found.end(name), kind, sure)


def _is_phone(found: re.Match[str], text: str) -> bool:
    """Eight digits in whatever groups, unless they are years, a date or an amount."""
    written, (start, end) = found[0], found.span()
    if _YEARS.fullmatch(written) or _DATE.fullmatch(written):
        return False
    if not _MONEY.fullmatch(written):
        return True
    is_amount = _MONEY_BEHIND.match(text, end) or _MONEY_BEFORE.search(text, max(0, start - 5), start)
    return not ("." in written or "," in written or is_amount)
