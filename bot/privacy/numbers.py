"""Numbers that belong to one person: bank, CVR, plates, cases, dates of birth, and in which order all numbers are tried.

What may be such a number counts as one. CPR numbers are in ``cpr.py``, telephones in ``phones.py``, what is only known to be
long in ``runs.py``.
"""

import re
from collections.abc import Iterator

from bot.privacy.cpr import BLANK as _S
from bot.privacy.cpr import MONTHS, cpr_numbers
from bot.privacy.cpr import SEPARATOR as _SEP
from bot.privacy.domain import Finding, Kind
from bot.privacy.phones import NUMBER_SAYS as _NO
from bot.privacy.phones import phones_abroad, phones_alone, phones_told
from bot.privacy.plain import without_marks
from bot.privacy.plates import plates
from bot.privacy.runs import runs
from bot.privacy.windows import Window, around, around_digits, tried

# After the word anything goes: ten digits that are no date, or six alone.
_NAMED_CPR = re.compile(
    rf"(?=[cp])\b(?:cpr|cprnr|cprnummer|cpr-nr|person(?:nr|nummer)"
    rf"|personal identification){_NO}(?P<it>\d(?:{_SEP}[\dxX*?•]){{5,11}})",
    re.IGNORECASE,
)

_IBAN = re.compile(
    r"(?=[A-Za-z])(?<![\w])[A-Za-z]{2}\d{2}(?:[ .-]?[A-Z0-9]{4}){2,7}(?:[ .-]?[A-Z0-9]{1,4})?(?![\w])"
    r"|(?<![\w])[a-z]{2}\d{2}[a-z]{0,4}\d{8,26}(?![\w])"
)
# A payment slip: "+71<123456789012345+12345678<"
_SLIP = re.compile(r"\+\d\d ?< ?>?(?P<it>\d{8,16}) ?\+ ?(?P<more>\d{7,8}) ?<?")
_CARD = re.compile(r"(?=\d)(?<![\d-])\d{4}[ .-]?\d{4}[ .-]?\d{4}[ .-]?\d{4}(?:[ .-]?\d{1,3})?(?![\d-])")
_REG_KONTO = re.compile(
    rf"(?=\d)(?<![\d.,-])\d{{4}}{_S}?[-/ +]{_S}?\d{{5,7}}(?:{_S}?\d{{3}})?(?!\d)"
    rf"|(?<![\d.,-])\d{{4}}{_S}?[-/ ]{_S}?\d{{8,10}}(?!\d)"
)
_REG_AND_TEN = re.compile(rf"(?=\d)(?<![\d.,-])\d{{4}}{_S}?[-/ +]{_S}?\d{{10}}(?!\d)")
_NAMED_ACCOUNT = re.compile(
    rf"(?=[abfgiknrs])\b(?:reg|regnr|registrerings?|konto|kto|kontonr|kontoen|bankkonto|nemkonto|bank"
    rf"|account|acct|sort(?: code)?|iban|"
    rf"girokonto|giro|kortnr|"
    rf"fi-?kort|betalings-?id){_NO}(?P<it>\d(?:{_SEP}\d){{3,17}})(?:{_S}?(?:,|og|and|/|-"
    rf"|\.)?{_S}?(?:bank)?(?:konto|kto|"
    rf"kontonr|account|acct){_NO}(?P<more>\d(?:{_SEP}\d){{3,13}}))?(?!\d)",
    re.IGNORECASE,
)
_CVR = re.compile(
    rf"(?=[cmvspd])\b(?:(?:cvr|moms|vat){_NO}|(?:se|p)[-. ]?(?:nr|nummer"
    rf"|no)\b[.:]?\s?)(?:DK[- ]?)?(?P<it>\d(?:{_SEP}\d){{7,9}})(?!\d)"
    r"|(?<!\w)(?P<vat>DK[- ]?\d{2}[ .]?\d{2}[ .]?\d{2}[ .]?\d{2})(?!\d)",
    re.IGNORECASE,
)
_POSITION = re.compile(r"(?=\d)(?<![\d.,])\d{1,3}\.\d{4,}°?\s?[NS]?[,; ]\s?-?\d{1,3}\.\d{4,}(?!\d)")
# "N 55.6761 E 12.5683", 55°40'34"N 12°34'06"E
_DEGREES = r"\d{1,3}°\s?\d{1,2}(?:[.,]\d+)?['’′]\s?(?:\d{1,2}(?:[.,]\d+)?[\"”″]\s?)?[NSØEVW]"
_ON_EARTH = re.compile(
    rf"(?<!\w)[NS]\s?\d{{1,3}}[.,]\d{{3,}}[,; ]{{1,2}}[EWØV]\s?\d{{1,3}}[.,]\d{{3,}}|{_DEGREES}[,; ]{{0,2}}{_DEGREES}"
)
_LONG_INTERNET = re.compile(
    r"(?<![\w:])(?=[\da-fA-F:]*::[\da-fA-F]|(?:[\da-fA-F]{1,4}:){4})[\da-fA-F]{1,4}(?:::?[\da-fA-F]{1,4}){2,7}(?![\w:])"
)
# A British national insurance number
_INSURANCE = re.compile(r"(?<!\w)[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D](?!\w)")
_INTERNET = re.compile(r"(?=\d)(?<![\d.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?!\d|\.\d)")
# "1.234.567.890"
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_NAMED_NUMBER = re.compile(
    r"(?=[a-zæøå])\b(?:sags?|journal|j|jr|kunde|medlems|faktura|ordre|police|pas|kørekorts?|patient|løbe|reference|ref|"
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
_NAMED_CASE = re.compile(r"(?=s)\bsag(?:en|er)?\s(?:nr\.?\s)?(?P<it>\d[\d./-]{2,}\d)", re.IGNORECASE)
# 19/12345 and 2019-12345, but no span of years
_CASE = re.compile(r"(?=\d)(?<![\d/.-])(?:\d{2}|(?:19|20)\d{2})[/-](?!(?:19|20)\d\d(?!\d))\d{4,7}(?![\d/.-])")
_PASSPORT = re.compile(r"(?=p)\bpas(?:set|port)?\s(?:er\s|is\s|:\s?)?(?P<it>[A-Z]{0,2}\d{7,9})\b", re.IGNORECASE)
_LONG = re.compile(
    r"(?=\d)(?<![\w.,])\d(?:\d{8,}|\d{6})(?![\w]|[.,]\d)|(?<![\w])\d{3}[ -]\d{3}[ -]\d{3}(?![\d])"
    r"|(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)"
)

_BORN = re.compile(
    r"(?=[fbdå])(?:\b(?:født|fødselsdato|fødselsdagen?|fødselsår|fødselsdag|born|birthday|date of birth"
    r"|d\.?o\.?b|birth "
    r"date|årgang|f)\b[.:]?"
    r"(?:\s(?:er|is|den|d\.|the|on|in|i|på|året|har|dato|var|was|:))*\s{0,2}:?\s{0,2})"
    rf"(?P<it>\d{{1,2}}(?:\.|st|nd|rd|th)?\s?(?:of\s)?(?:{MONTHS})\b\.?(?:,?\s?(?:19|20)?\d\d\b)?|"
    rf"\d{{1,2}}\s?[./ -]\s?\d{{1,2}}(?:\s?[./ -]\s?(?:\d{{4}}|\d{{2}}))?(?!\d)|"
    rf"(?:19|20)\d\d-\d\d-\d\d|(?:{MONTHS})\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s(?:19|20)\d\d)?|\d{{6}}(?!\d)|"
    rf"\d{{8}}(?!\d)|(?:19|20)\d\d(?!\d)|'\d\d(?!\d))",
    re.IGNORECASE,
)
_BEFORE_BIRTHDAY = re.compile(
    rf"(?P<it>\d{{1,2}}\.?\s?(?:{MONTHS})(?:\s(?:19|20)\d\d)?)\s(?:er|har|is|fylder|har jeg|bliver)\s(?:\w+\s)"
    rf"{{0,2}}(?:fødselsdag|birthday)",
    re.IGNORECASE,
)

# What names a number is words, and on payment slips this sign.
_LETTER = re.compile(r"[^\W\d_]|<")
# Letters before and after a number in which all that tells its kind has to stand.
_BEFORE = 56
_AFTER = 40
# Letters before its first digit that are the number's own.
_CLOSE = 8

# The more certain kinds first: where two overlap, the first keeps its place. A pattern with names finds only what these name.
_BEFORE_CPR = (
    (_NAMED_CPR, Kind.CPR, True),
    (_NAMED_ACCOUNT, Kind.ACCOUNT, True),
    (_IBAN, Kind.ACCOUNT, True),
    (_SLIP, Kind.ACCOUNT, True),
    (_REG_AND_TEN, Kind.ACCOUNT, True),
    (_CVR, Kind.CVR, True),
    (_NAMED_CASE, Kind.NUMBER, True),
    (_PASSPORT, Kind.NUMBER, True),
    (_CARD, Kind.ACCOUNT, True),
    (_POSITION, Kind.ADDRESS, True),
    (_ON_EARTH, Kind.ADDRESS, True),
    (_INSURANCE, Kind.NUMBER, True),
    (_LONG_INTERNET, Kind.NUMBER, True),
)
_BEFORE_PHONES = (
    (_NAMED_NUMBER, Kind.NUMBER, True),
    (_CASE, Kind.NUMBER, False),
    (_REG_KONTO, Kind.ACCOUNT, False),
)


def numbers(text: str, only: list[Window] | None = None) -> Iterator[Finding]:
    """All of them, the more certain kinds first; they may overlap. ``only``: where to look, if not around all digits."""
    text = without_marks(text)
    windows = around_digits(text, _BEFORE, _AFTER) if only is None else only
    near = around_digits(text, _CLOSE, _AFTER) if only is None else only
    windows = [one for one in windows if _LETTER.search(text, *one)]
    for pattern, kind, sure in _BEFORE_CPR:
        yield from _found(pattern, text, windows if pattern.groupindex else near, kind, sure=sure)
    yield from phones_abroad(text, near)
    yield from cpr_numbers(text, near)
    birthdays = around(text, ("ødselsdag", "ØDSELSDAG", "irthday", "IRTHDAY"), 60, 12)
    yield from _found(_BEFORE_BIRTHDAY, text, birthdays, Kind.BIRTH, sure=True)
    yield from _found(_BORN, text, windows, Kind.BIRTH, sure=True)
    # Before the plates: "mobilepay 12345" ends as "bil" and a plate do.
    yield from phones_told(text, windows, near)
    yield from plates(text, near)
    for pattern, kind, sure in _BEFORE_PHONES:
        yield from _found(pattern, text, windows if pattern.groupindex else near, kind, sure=sure)
    yield from phones_alone(text, near)
    for found in tried(_INTERNET, text, near):
        if not _THOUSANDS.fullmatch(found[0]):
            yield Finding(found.start(), found.end(), Kind.NUMBER, sure=False)
    yield from _found(_LONG, text, near, Kind.NUMBER, sure=False)
    yield from runs(text, near)


def _found(pattern: re.Pattern[str], text: str, windows: list[Window], kind: Kind, *, sure: bool) -> Iterator[Finding]:
    """The number alone where the pattern names it: the word before it stays, so that the sentence can still be read."""
    for found in tried(pattern, text, windows):
        for name in pattern.groupindex or (0,):
            if found[name] is not None:
                yield Finding(found.start(name), found.end(name), kind, sure)
