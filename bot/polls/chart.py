"""A result as a picture that every platform shows, and that says by itself what it is about: a bar for each option, with its
letter, its name and its number. It needs no library that draws."""

import struct
import zlib
from collections.abc import Sequence
from textwrap import wrap

import numpy as np
from numpy.typing import NDArray

from bot.polls.counting import Bar
from bot.polls.lettering import HIGH, STEP, spelled, write

_WIDE, _ROW, _BAR, _EDGE = 640, 40, 24, 16
_SOFT = (213, 220, 227)
_FILL, _MAYBE = (11, 110, 99), (142, 190, 183)
# Letters in a line, lines of the question, and the room above the bars of each line and of each name.
_LINE, _LINES, _LEAD, _NAME = 50, 3, 20, 18


def letter(place: int) -> str:
    """By which the option at this place (from 0) is named in the picture."""
    return chr(ord("A") + place)


def chart(bars: Sequence[Bar], names: Sequence[str], question: str, lighter: str) -> bytes:
    """The picture as a PNG: the question, and by its letter and name each option; those who could if need be are shown lighter,
    behind the others, and ``lighter`` says so below."""
    lines = wrap(spelled(question, _LINE * _LINES), _LINE)
    note = [spelled(lighter, _LINE)] if any(bar.maybe for bar in bars) else []
    head = 2 * _EDGE + _LEAD * len(lines)
    high = head + (_NAME + _ROW) * len(bars) + _LEAD * len(note) + _EDGE
    sheet = np.full((high, _WIDE, 3), 255, dtype=np.uint8)
    for place, line in enumerate(lines):
        write(sheet, _EDGE, _EDGE + place * _LEAD, line)
    whole = max((bar.votes + bar.maybe for bar in bars), default=0) or 1
    left, right = _EDGE + 2 * STEP, _WIDE - _EDGE - 12 * STEP
    for place, (bar, name) in enumerate(zip(bars, names, strict=True)):
        top = head + place * (_NAME + _ROW)
        write(sheet, left, top, spelled(name, _LINE - 2))
        top += _NAME
        text = top + (_BAR - HIGH) // 2
        write(sheet, _EDGE, text, letter(place))
        sheet[top : top + _BAR, left:right] = _SOFT
        sure = left + (right - left) * bar.votes // whole
        sheet[top : top + _BAR, left:sure] = _FILL
        sheet[top : top + _BAR, sure : left + (right - left) * (bar.votes + bar.maybe) // whole] = _MAYBE
        write(sheet, right + STEP, text, f"{bar.votes}+{bar.maybe}" if bar.maybe else str(bar.votes))
    for line in note:
        write(sheet, _EDGE, high - _LEAD - _EDGE // 2, line)
    return _png(sheet)


def _png(sheet: NDArray[np.uint8]) -> bytes:
    high, wide = sheet.shape[:2]
    rows = b"".join(b"\0" + row.tobytes() for row in sheet)
    header = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(kind, content) for kind, content in parts)


def _part(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
