"""Where in a text a pattern is worth trying: around digits, around signs. Most of a text holds neither, and
patterns are slow."""

import re
from collections.abc import Iterable, Iterator

_DIGITS = re.compile(r"\d[\d .,()/+:-]*")

Window = tuple[int, int]


def around_digits(text: str, before: int, after: int) -> list[Window]:
    """So many letters before and after each number, those together that overlap."""
    return merged(((found.start() - before, found.end() + after) for found in _DIGITS.finditer(text)), len(text))


def around(text: str, signs: tuple[str, ...], before: int, after: int, more: Iterable[Window] = ()) -> list[Window]:
    """The same around each of the signs, and around ``more``; ``text`` in small letters where the signs are words."""
    places = sorted([*(place for sign in signs for place in _places(text, sign)), *(start for start, _ in more)])
    return merged(((place - before, place + after) for place in places), len(text))


def tried(pattern: re.Pattern[str], text: str, windows: list[Window]) -> Iterator[re.Match[str]]:
    """What the pattern finds within the windows; what stands around them is seen by its look-behinds."""
    for start, end in windows:
        yield from pattern.finditer(text, start, end)


def _places(text: str, sign: str) -> Iterator[int]:
    place = text.find(sign)
    while place >= 0:
        yield place
        place = text.find(sign, place + len(sign))


def merged(spans: Iterator[Window], end: int) -> list[Window]:
    """Those together that overlap, none beyond the text's ends; the spans come in their order."""
    found: list[Window] = []
    first, last = next(spans, (0, -1))
    if last < 0:
        return found
    for start, stop in spans:
        if start > last:
            found.append((max(0, first), min(end, last)))
            first = start
        last = max(last, stop)
    found.append((max(0, first), min(end, last)))
    return found
