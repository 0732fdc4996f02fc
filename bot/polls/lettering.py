"""Letters for pictures: capitals of five by seven dots, without a font that would have to come along."""

import unicodedata
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

INK = (22, 32, 44)
SCALE = 2
# Dots on the sheet: how far one letter is from the next, and how high it is.
STEP, HIGH = 6 * SCALE, 7 * SCALE
# Five columns of seven dots each, the lowest bit on top.
_DOTS: Mapping[str, str] = {
    "0": "3E4141413E", "1": "00427F4000", "2": "4261514946", "3": "2141454B31", "4": "1814127F10",
    "5": "2745454539", "6": "3C4A494930", "7": "0171090503", "8": "3649494936", "9": "064949291E",
    "A": "7E1111117E", "B": "7F49494936", "C": "3E41414122", "D": "7F4141221C", "E": "7F49494941",
    "F": "7F09090901", "G": "3E4149497A", "H": "7F0808087F", "I": "00417F4100", "J": "2040413F01",
    "K": "7F08142241", "L": "7F40404040", "M": "7F020C027F", "N": "7F0408107F", "O": "3E4141413E",
    "P": "7F09090906", "Q": "3E4151215E", "R": "7F09192946", "S": "4649494931", "T": "01017F0101",
    "U": "3F4040403F", "V": "1F2040201F", "W": "3F4038403F", "X": "6314081463", "Y": "0708700807",
    "Æ": "7E117F4949", "Ø": "3E5149453E", "Å": "7028292870", " ": "0000000000", "!": "00005F0000", '"': "0007000700",
    "%": "2313086462", "&": "3649552250", "'": "0005030000", "(": "001C224100", ")": "0041221C00", "+": "08083E0808",
    ",": "0050300000", "-": "0808080808", ".": "0060600000", "/": "2010080402", ":": "0036360000", ";": "0056360000",
    "?": "0201510906", "=": "1414141414", "<": "0814224100", ">": "0041221408", "#": "147F147F14", "★": "2A1C7F1C2A",
}  # fmt: skip
_SPELLED = str.maketrans({"–": "-", "—": "-", "’": "'", "“": '"', "”": '"', "„": '"', "·": ".", "…": "."})


def spelled(text: str, most: int) -> str:
    """The text as far as there are letters for it, in capitals, and no longer than so many of them."""
    kept = "".join(_letter(sign) for sign in text.translate(_SPELLED).upper())
    return kept if len(kept) <= most else f"{kept[: most - 3].rstrip()}..."


def write(sheet: NDArray[np.uint8], x: int, y: int, text: str) -> None:
    """Writes a text that was spelled, from this place to the right."""
    for character in text:
        for column, bits in enumerate(bytes.fromhex(_DOTS[character])):
            for row in range(7):
                if bits >> row & 1:
                    dot = (
                        slice(y + row * SCALE, y + (row + 1) * SCALE),
                        slice(x + column * SCALE, x + (column + 1) * SCALE),
                    )
                    sheet[dot] = INK
        x += STEP


def _letter(sign: str) -> str:
    if sign in _DOTS:
        return sign
    bare = unicodedata.normalize("NFD", sign)[0]
    return bare if bare in _DOTS else "?" if sign.isalnum() else ""
