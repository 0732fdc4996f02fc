"""What an organiser wrote, as a text tree: paragraphs, points, bold, italic and links; everything else is plain words.

Nothing that was typed can become a mention or mark-up of a platform. Pure.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from bot.errors import NotUnderstood, phrase
from bot.messages.elements import Bullets, Element, Paragraph
from bot.messages.text import Bold, Inline, Italic, Link, Plain, clean, flat, shortened

_POINT = re.compile(r"^\s*(?:[-*•])\s+(?=\S)")
_PIECE = re.compile(
    r"(?P<link>https?://[^\s<>\"]{1,1900})"
    r"|\*\*(?P<bold>[^\s*](?:[^*\n]{0,500}[^\s*])?)\*\*"
    r"|(?<![\w_])_(?P<italic>[^\s_](?:[^_\n]{0,500}[^\s_])?)_(?![\w_])"
)
_AFTER_A_LINK = ".,;:!?)]}'*_"
_NOTICE = 120
# Letters by their category that look like nothing: fillers of Hangul, the empty pattern of braille.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def read_text(typed: str, most: int) -> str:
    """What was typed without what nobody can see. Raises NotUnderstood where nothing is left, or more than ``most``."""
    text = clean(typed.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not any(map(_is_seen, text)):
        raise NotUnderstood(phrase("There is nothing in it yet. Write what you want to say, in quotes."))
    if len(text) > most:
        raise NotUnderstood(
            phrase(
                "That is {length} characters; an announcement has {limit} at the most. Put the rest on a page and link to it.",
                length=len(text),
                limit=most,
            )
        )
    return text


def _is_seen(sign: str) -> bool:
    """Whether it leaves a trace on the screen."""
    return unicodedata.category(sign)[0] not in "CZ" and sign not in _BLANK


def elements_of(text: str) -> tuple[Element, ...]:
    """The text as elements of a card."""
    found: list[Element] = []
    for kind, lines in groupby(text.split("\n"), key=_kind):
        if kind == "point":
            found.append(Bullets(tuple(tuple(_pieces(_POINT.sub("", line, count=1))) for line in lines)))
        elif kind == "words":
            found.append(Paragraph(tuple(_pieces("\n".join(line.rstrip() for line in lines)))))
    return tuple(found)


def notice_of(text: str) -> str:
    """The first line in a few words, for notifications."""
    first = next(line for line in text.splitlines() if any(map(_is_seen, line)))
    return shortened(flat(tuple(_pieces(_POINT.sub("", first, count=1).strip()))), _NOTICE)


def _kind(line: str) -> str:
    if not line.strip():
        return "gap"
    return "point" if _POINT.match(line) else "words"


def _pieces(text: str) -> Iterator[Inline]:
    place = 0
    for found in _PIECE.finditer(text):
        start, end = found.span()
        piece: Inline
        if found["link"] is not None:
            url = found["link"].rstrip(_AFTER_A_LINK)
            end = start + len(url)
            piece = Link(url, url)
        elif found["bold"] is not None:
            piece = Bold(found["bold"])
        else:
            piece = Italic(found["italic"])
        if text[place:start]:
            yield Plain(text[place:start])
        yield piece
        place = end
    if text[place:]:
        yield Plain(text[place:])
