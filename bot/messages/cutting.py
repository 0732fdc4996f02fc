"""What every platform needs of a text tree before it draws it: whom it mentions, and where a long one may be cut.

A platform takes so many characters at once and no more. A text is cut after a paragraph, a sentence or a word, never within a
mention, a moment or a sign of several characters, and nothing of it is lost.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import assert_never
from urllib.parse import quote

from bot.identity import MemberId
from bot.messages.elements import (
    Bullets,
    Buttons,
    Card,
    Divider,
    Element,
    Fields,
    Footnote,
    Heading,
    Image,
    Paragraph,
    Quote,
    Select,
    Table,
)
from bot.messages.text import Bold, Code, Inline, Italic, Link, MentionOf, Moment, Plain, Text, flat

_SENTENCE_END = re.compile(r"[.!?…:;]\s")
_HOST = re.compile(r"(https?://)([^/?#]*)")
# Joins signs into one picture, such as a family.
JOINER = "\u200d"
# A name or a moment of more characters is taken for words, so that it can be cut.
_LONGEST_ATOM = 200


def mentions_in(texts: Iterable[Text]) -> Iterator[MemberId]:
    """The members that the texts mention."""
    return (piece.member for text in texts for piece in text if isinstance(piece, MentionOf))


def mentioned(card: Card) -> frozenset[MemberId]:
    """The members whose accounts are worth looking up before the card is drawn."""
    return frozenset(member for element in card.elements for member in mentions_in(_texts(element)))


def _texts(element: Element) -> tuple[Text, ...]:
    match element:
        case Paragraph(text) | Quote(text) | Footnote(text):
            return (text,)
        case Bullets(items):
            return items
        case Fields(fields):
            return tuple(field.value for field in fields)
        case Heading() | Table() | Image() | Divider() | Buttons() | Select():
            return ()
        case _:
            assert_never(element)


def safe_url(url: str, signs: str) -> str:
    """An address in ASCII, its host in the letters that every browser knows. ``signs``: what may stand in it beside letters
    and digits on a platform; every other sign, such as one that would end a link there, is written as a number."""
    found = _HOST.match(url)
    if found and not found[2].isascii():
        with suppress(UnicodeError):
            url = f"{found[1]}{found[2].encode('idna').decode()}{url[found.end() :]}"
    return quote(url, safe=signs)


def divisible(text: Text) -> Text:
    """The text with atoms of a length that still fits whole into any part; longer ones become words."""
    return tuple(
        Plain(flat((piece,)))
        if isinstance(piece, MentionOf | Moment) and len(flat((piece,))) > _LONGEST_ATOM
        else piece
        for piece in text
    )


def atoms(text: Text) -> Iterator[tuple[int, int]]:
    """Where the mentions and moments begin and end, which are never cut."""
    place = 0
    for piece in text:
        length = len(flat((piece,)))
        if isinstance(piece, MentionOf | Moment):
            yield place, place + length
        place += length


def cut_in(words: str, start: int, most: int) -> int:
    """Where the next part begins that follows one of at most ``most`` characters from ``start`` on: after the last gap,
    sentence or word that leaves this part at least half full. ``words`` go on beyond it."""
    room, half = words[start : start + most], most // 2
    for gap in ("\n\n", "\n"):
        found = room.rfind(gap)
        if found > half:
            return start + found + len(gap)
    ends = [match.end() for match in _SENTENCE_END.finditer(room, half)]
    if ends:
        return start + ends[-1]
    space = room.rfind(" ")
    if space > half:
        return start + space + 1
    place = start + most
    while place > start + half + 1 and (unicodedata.combining(words[place]) or JOINER in words[place - 1 : place + 1]):
        place -= 1
    return place


def sliced(text: Text, first: int, last: int) -> Text:
    """The characters from ``first`` to before ``last``, as they were marked; blanks alone are no link."""
    found: list[Inline] = []
    place = 0
    for piece in text:
        length = len(flat((piece,)))
        begin, end = max(first - place, 0), min(last - place, length)
        if begin < end:
            found.append(piece if (begin, end) == (0, length) else _some(piece, begin, end))
        place += length
    return tuple(found)


def _some(piece: Inline, begin: int, end: int) -> Inline:
    match piece:
        case Bold(text) | Italic(text) | Code(text):
            return type(piece)(text[begin:end])
        case Link(text, url) if text[begin:end].strip():
            return Link(text[begin:end], url)
        case _:
            return Plain(flat((piece,))[begin:end])
