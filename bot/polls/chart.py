"""A result as a picture that every platform shows: a bar for each option, named by a letter, with its number.

The words stand beside the picture, so it needs no more letters than these; and no library that draws.
"""

import struct
import zlib
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.polls.counting import Bar

_WIDE, _ROW, _BAR, _EDGE, _SCALE = 640, 40, 24, 16, 2
_INK, _SOFT = (22, 32, 44), (213, 220, 227)
_FILL, _MAYBE = (11, 110, 99), (142, 190, 183)
_LETTER = 6 * _SCALE
# Five columns of seven dots each, the lowest bit on top.
_DOTS: Mapping[str, str] = {
    "0": "3E5149453E", "1": "00427F4000", "2": "4261514946", "3": "2141454B31", "4": "1814127F10",
    "5": "2745454539", "6": "3C4A494930", "7": "0171090503", "8": "3649494936", "9": "064949291E",
    "A": "7E1111117E", "B": "7F49494936", "C": "3E41414122", "D": "7F4141221C", "E": "7F49494941",
    "F": "7F09090901", "G": "3E4149497A", "H": "7F0808087F", "I": "00417F4100", "J": "2040413F01",
    "K": "7F08142241", "L": "7F40404040", "M": "7F020C027F", "N": "7F0408107F", "O": "3E4141413E",
    "P": "7F09090906", "Q": "3E4151215E", "R": "7F09192946", "S": "4649494931", "T": "01017F0101",
    "U": "3F4040403F", "V": "1F2040201F", "W": "3F4038403F", "X": "6314081463", "Y": "0708700807",
    "+": "08083E0808",
}  # fmt: skip


def letter(place: int) -> str:
    """By which the option at this place (from 0) is named in the picture."""
    return chr(ord("A") + place)


def chart(bars: Sequence[Bar]) -> bytes:
    """The picture as a PNG; those who could if need be are shown lighter, behind the others."""
    sheet = np.full((2 * _EDGE + _ROW * len(bars), _WIDE, 3), 255, dtype=np.uint8)
    whole = max((bar.votes + bar.maybe for bar in bars), default=0) or 1
    left, right = _EDGE + 2 * _LETTER, _WIDE - _EDGE - 12 * _LETTER
    for place, bar in enumerate(bars):
        top = _EDGE + place * _ROW
        text = top + (_BAR - 7 * _SCALE) // 2
        _write(sheet, _EDGE, text, letter(place))
        sheet[top : top + _BAR, left:right] = _SOFT
        sure = left + (right - left) * bar.votes // whole
        sheet[top : top + _BAR, left:sure] = _FILL
        sheet[top : top + _BAR, sure : left + (right - left) * (bar.votes + bar.maybe) // whole] = _MAYBE
        _write(sheet, right + _LETTER, text, f"{bar.votes}+{bar.maybe}" if bar.maybe else str(bar.votes))
    return _png(sheet)


def _write(sheet: NDArray[np.uint8], x: int, y: int, text: str) -> None:
    for character in text:
        for column, bits in enumerate(bytes.fromhex(_DOTS[character])):
            for row in range(7):
                if bits >> row & 1:
                    dot = (
                        slice(y + row * _SCALE, y + (row + 1) * _SCALE),
                        slice(x + column * _SCALE, x + (column + 1) * _SCALE),
                    )
                    sheet[dot] = _INK
        x += _LETTER


def _png(sheet: NDArray[np.uint8]) -> bytes:
    high, wide = sheet.shape[:2]
    rows = b"".join(b"\0" + row.tobytes() for row in sheet)
    header = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(kind, content) for kind, content in parts)


def _part(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
