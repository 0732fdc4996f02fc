"""Number plates of cars: two letters and five digits, also in small letters where they are no words, and wished ones."""

import re
from collections.abc import Iterator

from bot.privacy.domain import Finding, Kind
from bot.privacy.windows import Window, around, tried

_GAP = "[ .-]{0,2}"
_FIVE = rf"\d{{2}}{_GAP}\d{{3}}"
_PLATE = re.compile(rf"(?<![\w-])[A-ZÆØÅ]{{2}}{_GAP}{_FIVE}(?![\w])(?!-\d)")
_CLOSE = re.compile(r"(?<![\w-])[A-Za-zÆØÅæøå]{2}\d{2}[ .-]?\d{3}(?!\w)")
# "af 12 345 kr", "kl 12 345"
_WORDS = (
    "ad|af|al|at|av|by|ca|da|de|do|dr|du|eg|ej|ek|el|en|er|et|eu|fe|fl|fm|fn|fr|fx|få|gl|go|gr|gå|ha|he|hf|hk|hr|hø|"
    "ib|if|in|is|it|ja|jf|jo|km|kl|kr|ku|la|le|li|lo|lå|ly|lø|mb|md|me|mg|mm|mr|må|my|ni|no|nr|nu|ny|nå|of|og|ok|om|on|"
    "op|or|os|pc|pr|på|re|ro|ry|rå|se|si|sn|so|sr|st|sø|så|ta|te|ti|to|tv|tø|tå|ud|uf|uk|ul|up|ur|us|ve|vi|we|øl|ør|år|"
    "år|åh"
)
_SMALL = re.compile(
    rf"(?<![\w.-])(?!(?:{_WORDS})\b)[a-zæøå]{{2}}[ .-]{{1,2}}{_FIVE}(?!\w|[.,-]\d|\s?(?:kr|dkk|eur|,-|%|stk|personer|borgere))"
)
_NAMED = re.compile(
    r"(?:nummerplade|nr\.?\s?pl(?:ade)?|indreg\w*|bilen?|kører i|reg\.?\s?nr|registreringsn|license plate|registration|"
    r"plate|plade)"
    r"\w{0,10}\.?\s?(?:er|hedder|is|:|=)?\s{0,2}[:(]?\s{0,2}"
    rf"(?<![^\W\d_])(?P<it>[a-zæøå]{{2}}{_GAP}{_FIVE})(?!\w)",
    re.IGNORECASE,
)
_SIGNS = (
    "lade",
    "LADE",
    "ndreg",
    "bil",
    "Bil",
    "BIL",
    "reg",
    "Reg",
    "REG",
    "icense",
    "late",
    "kører",
    "r.pl",
    "r pl",
    "R.PL",
)
# One that was wished for: "nummerplade HELLO1".
_WISHED = re.compile(
    r"(?:[Nn]ummerplade|[Nn]rplade|[Ll]icen[cs]e plate)\w{0,3}:?\s(?:er\s|is\s|hedder\s)?(?P<it>[A-ZÆØÅ\d]{3,7})(?!\w)"
)


def plates(text: str, windows: list[Window]) -> Iterator[Finding]:
    """All of them; ``windows``: around digits."""
    near = around(text, _SIGNS, 12, 50)
    for pattern in (_NAMED, _WISHED):
        yield from (Finding(*found.span("it"), Kind.PLATE) for found in tried(pattern, text, near))
    for pattern in (_PLATE, _CLOSE, _SMALL):
        yield from (Finding(*found.span(), Kind.PLATE) for found in tried(pattern, text, windows))
