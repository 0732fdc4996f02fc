"""A text as people see it: without letters that have no width, and with mark-up as signs and not as letters.

Word processors break words by soft hyphens, chats write italics as ``_23456789_``. To a reader neither belongs to the
number; to a pattern both would hide it.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.privacy.domain import Finding

_NO_WIDTH = "\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_INVISIBLE = re.compile(f"[{_NO_WIDTH}]")
# Between a letter and a digit it divides: "ring<zero width>23456789".
_DIVIDING = re.compile(
    rf"(?<=[^\W\d_])[{_NO_WIDTH}](?=[{_NO_WIDTH}]*\d)|(?<=\d)[{_NO_WIDTH}](?=[{_NO_WIDTH}]*[^\W\d_])"
)
# Italics; within a word ("anna_holm"), beside @ and in fours ("010190-____") it belongs to what is written.
_ITALICS = re.compile(r"(?<![\w@])_{1,3}(?!_)|(?<!_)_{1,3}(?![\w@])")
_MARKS = re.compile(r"\*(?:(?<![\w*-]\*)\*{0,2}(?=\w)|(?:(?<=[^\W\d_]\*)|(?<=[:.]\*))\*{0,2}(?![\w*]))|[`~]")


@dataclass(frozen=True, slots=True)
class Plain:
    """``text``: what is seen. ``places``: where in the written text each of its letters stands, where some were left out."""

    text: str
    places: NDArray[np.int64] | None

    def written(self, one: Finding) -> Finding:
        """The same finding in the text as it was written; what has no width within it belongs to it."""
        if self.places is None:
            return one
        start, end = int(self.places[one.start]), int(self.places[one.end - 1]) + 1
        return Finding(start, end, one.kind, one.sure, one.member)


def plain(text: str) -> Plain:
    """The text that is looked at. Its own tokens stand in it as they are written."""
    places = None
    if not text.isascii() and _INVISIBLE.search(text):
        text = _DIVIDING.sub(" ", text)
        hidden = np.fromiter((found.start() for found in _INVISIBLE.finditer(text)), np.int64)
        places = np.delete(np.arange(len(text), dtype=np.int64), hidden)
        text = _INVISIBLE.sub("", text)
    return Plain(_ITALICS.sub(_as_stars, text) if "_" in text else text, places)


def visible(text: str) -> str:
    """The text without what has no width."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def without_marks(text: str) -> str:
    """As long as the text, with blanks for the signs of bold and code around words: "tlf: *4512*"."""
    return _MARKS.sub(_as_blanks, text)


def _as_stars(found: re.Match[str]) -> str:
    return "*" * len(found[0])


def _as_blanks(found: re.Match[str]) -> str:
    return " " * len(found[0])
