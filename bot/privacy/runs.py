"""Long numbers that no form explains: nine digits and more in any groups, unless they are dates, times, years or amounts.

The last look at digits, so that a spelling that nobody thought of is masked all the same.
"""

import re
from collections.abc import Iterator

from bot.privacy.domain import Finding, Kind
from bot.privacy.windows import Window, tried

_GAP = r"(?: ?[-.·/_] ?|:|-{2}| {1,2})?"
_RUN = re.compile(rf"(?=\d)(?<!\w)(?<!\d[.,])\d(?:{_GAP}\d){{8,}}(?!\d)")
_PART = re.compile(rf"\d(?:{_GAP}\d)*")
# Any signs at all, where even a long amount is asked about.
_ANY_RUN = re.compile(r"\d(?:[\W_]{0,3}\d){6,}")
_EXPLAINED = re.compile(
    r"(?<![\d])(?:(?:0?[1-9]|[12]\d|3[01])[-./] ?(?:0?[1-9]|1[0-2])[-./ ] ?(?:19|20)?\d\d|(?:19|20)\d\d([-./]?)(?:0[1-9]|1[0-2])"
    r"\1(?:0[1-9]|[12]\d|3[01])|(?:19|20)\d\d(?: ?[-/.] ?| )(?:19|20)\d\d"
    r"|(?<!\d[.:])(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[:.][0-5]\d)?(?![.:]?\d)"
    r"|\d{1,3}(?:\.\d{3}){2,}(?![.-]?\d)|\d{1,3}(?:\.\d{3})+(?:(?: ?- ?| )\d{1,3}(?:\.\d{3})+)+(?![.-]?\d))(?!\d)"
)
_AMOUNT = re.compile(r"\d{1,3}(?: \d{3})+")
_CURRENCY = re.compile(r"\s?(?:,-|,\d\d\b|kr\b|dkk\b|kroner|mio|mia|eur\b|euro|usd|\$|€|£)", re.IGNORECASE)
_CURRENCY_BEFORE = re.compile(r"(?:kr\.?|dkk|eur|usd|[$€£])\s?$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LONG = 9
_CPR = re.compile(r"(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])(?:0[1-9]|1[0-2])\d{6}")
_ACCOUNT = re.compile(r"\d{4}[ /+.-]{1,3}\d[\d ]{4,13}|\d{14,19}")


def runs(text: str, windows: list[Window]) -> Iterator[Finding]:
    """Those that nothing explains; what kind they are is a guess."""
    for found in tried(_RUN, text, windows):
        start = found.start()
        rest = _EXPLAINED.sub(lambda one: "x" * len(one[0]), found[0])
        for part in _PART.finditer(rest):
            digits = "".join(_DIGIT.findall(part[0]))
            if len(digits) >= _LONG and not _is_amount(text, start + part.start(), start + part.end()):
                yield Finding(start + part.start(), start + part.end(), _kind(part[0], digits), sure=False)


def any_runs(text: str) -> Iterator[Finding]:
    """Seven digits and more, whatever stands between them and whatever they may be."""
    return (Finding(found.start(), found.end(), Kind.NUMBER, sure=False) for found in _ANY_RUN.finditer(text))


def _is_amount(text: str, start: int, end: int) -> bool:
    return _AMOUNT.fullmatch(text, start, end) is not None and (
        _CURRENCY.match(text, end) is not None or _CURRENCY_BEFORE.search(text, max(0, start - 5), start) is not None
    )


def _kind(written: str, digits: str) -> Kind:
    if _CPR.fullmatch(digits):
        return Kind.CPR
    if _ACCOUNT.fullmatch(written):
        return Kind.ACCOUNT
    return Kind.PHONE if digits.startswith("0") else Kind.NUMBER
