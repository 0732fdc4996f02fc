"""Words that a text itself tells are a name: "hun hedder ...", "21:36 skrev ...", the last line of a letter."""

import re
from collections.abc import Callable, Iterator

from bot.privacy.domain import Finding, Kind
from bot.privacy.windows import around, tried

_NAME = r"[^\W\d_][\w'’-]*(?:\.(?=\s[^\W\d_]))?"
# What stands there is a name whatever it looks like.
_SURELY: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"\d{1,2}[:.]\d{2}\s+(?:skrev|wrote)\s+(?P<it>[^\s:,]+)", re.IGNORECASE), ("skrev", "wrote")),
    (re.compile(r"(?:^|\n)(?:fra|from|til|to|af|by|navn|name|afsender|modtager)\s?:\s?(?P<it>[A-ZÆØÅ][\w.'’-]+(?: "
r"[A-ZÆØÅ][\w.'’-]+)*)\s*(?=\n|$|<)", re.IGNORECASE),
     ("fra", "from", "til", "to", "af", "by", "navn", "name", "afsender", "modtager")),
)  # fmt: skip
# What stands there is a name unless it is an ordinary word.
_LIKELY: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (
        re.compile(rf"\b(?:hedder|hed|hedde|ved navn|navnet er|navn er|kaldes|kaldet|is called|name is|named)"
rf"\s(?P<it>{_NAME}(?:\s{_NAME}){{0,3}})", re.IGNORECASE),
        ("hedder ", "hed ", "hedde ", "ved navn", "navnet er", "navn er", "kaldes ", "kaldet ", "is called", "name is", "named "),
    ),
    (
        re.compile(
            rf"(?:\bm\.?v\.?h\.?|\bvenlig hilsen|\bhilsen|\bhilsner|\bv\.?h\.?|\bk\.?h\.?|\bkram|\bknus|\bregards|"
rf"\bsincerely|\bcheers)\s?[,.!:]?\s{{1,3}}(?:fra\s)?"
            rf"(?P<it>{_NAME}(?:\s{_NAME}){{0,3}})(?=\s*(?:$|\n|[,.!<(/]))",
            re.IGNORECASE,
        ),
        ("mvh", "m.v.h", "hilsen", "hilsner", "vh", "kh", "kram", "knus", "regards", "sincerely", "cheers"),
    ),
)  # fmt: skip
_WORD = re.compile(r"[^\W_][\w'’-]*")
_REACH = 90


def told_names(text: str, low: str, is_common: Callable[[str], bool]) -> Iterator[Finding]:
    """``low``: the text in small letters. ``is_common``: whether a word in small letters is an ordinary one."""
    for pattern, signs in _SURELY:
        for found in tried(pattern, text, around(low, signs, 12, _REACH)):
            yield Finding(found.start("it"), found.end("it"), Kind.PERSON, sure=False)
    for pattern, signs in _LIKELY:
        for found in tried(pattern, text, around(low, signs, 2, _REACH)):
            yield from _until_common(text, found.start("it"), found.end("it"), is_common)


def _until_common(text: str, start: int, end: int, is_common: Callable[[str], bool]) -> Iterator[Finding]:
    """The first words of what was found, as long as none of them is an ordinary one in small letters."""
    last = start
    for word in _WORD.finditer(text, start, end):
        if is_common(word[0].lower()) and (word[0].islower() or last == start):
            break
        last = word.end()
    if last > start:
        yield Finding(start, last, Kind.PERSON, sure=False)
