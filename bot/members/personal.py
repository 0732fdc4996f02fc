"""What looks like somebody's personal data in a tag: others read tags, so such a one is refused before it is kept. A roster
may still bring one in; what leaves this machine goes without it.

A check of patterns, made to be right where it speaks: years, prices, opening hours and company numbers are none.
"""

import re
from enum import StrEnum

# A day and a month, two figures of the year and four more: also those that begin with 6 to 9, which hospitals give.
_CPR = re.compile(
    r"(?<![\d.,-])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])[ .-]?(?:0[1-9]|1[0-2])[ .-]?\d\d ?[-–]? ?\d{4}(?![\d-]|[.,]\d)"
)
_EMAIL = re.compile(r"[^\s@<>(),;:]+ ?(?:@|\(at\)|\[at\]) ?[^\s@<>(),;:.]+(?:\.[^\s@<>(),;:.]+)+", re.IGNORECASE)
_ABROAD = re.compile(r"(?<![\d.,])(?:\+|00)[1-9](?:[ .()/-]{0,2}\d){7,13}(?!\d)")
_DANISH = re.compile(
    r"(?<![\d.,+-])(?:[2-9]\d(?P<gap>[ .-]?)\d\d(?P=gap)\d\d(?P=gap)\d\d"
    r"|[2-9]\d{3} \d\d ?\d\d|[2-9]\d\d \d\d \d{3}|[2-9]\d \d{3} \d{3})"
    r"(?![\d%]|[.,-]\d)"
)
_NO_PHONE_BEFORE = re.compile(
    r"(?:cvr|ean|p-?nr|se-?nr|kr|dkk|eur|usd|[€$£])\W*(?:nr|number|nummer)?\W*$", re.IGNORECASE
)
_NO_PHONE_AFTER = re.compile(r"\s*(?:,-|kr\b|kroner|dkk|eur|usd|[€$£]|mio|m2|m²)", re.IGNORECASE)
_GONE = "…"
_YEARS = re.compile(r"(?:19|20)\d\d[ .-]?(?:19|20)\d\d")


class PersonalData(StrEnum):
    """What a tag seems to hold."""

    CPR = "cpr"
    EMAIL = "email"
    PHONE = "phone"


def personal_data(text: str) -> PersonalData | None:
    """What the text seems to hold that belongs to one person; None where nothing does."""
    if _CPR.search(text):
        return PersonalData.CPR
    if _EMAIL.search(text):
        return PersonalData.EMAIL
    if _ABROAD.search(text) or any(_is_phone(text, found) for found in _DANISH.finditer(text)):
        return PersonalData.PHONE
    return None


def without_personal_data(text: str) -> str:
    """The text with an ellipsis in the place of each such part; what is left may be compared elsewhere."""
    for pattern in (_CPR, _EMAIL, _ABROAD):
        text = pattern.sub(_GONE, text)
    phones = [found.span() for found in _DANISH.finditer(text) if _is_phone(text, found)]
    for start, end in reversed(phones):
        text = text[:start] + _GONE + text[end:]
    return text


def _is_phone(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()], text[found.end() :]
    return not (_NO_PHONE_BEFORE.search(before) or _NO_PHONE_AFTER.match(after) or _YEARS.fullmatch(found[0]))
