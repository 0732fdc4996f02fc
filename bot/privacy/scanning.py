"""A text as words: where each stands, and each different word once, so that a word is looked at once however often
it comes."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Initials stay together ("H.C."); hyphens and apostrophes within a word belong to it; a line break is a word of its own.
_CAPITAL = "A-ZÀ-ÖØ-ÞĆČĎĐĘĞİŁŃŇÓŐŘŚŞŠȘŤȚŮŰŹŻŽ"
_PIECE = re.compile(
    rf"(?<![^\W_])(?:[{_CAPITAL}]\.-?){{1,4}}(?![a-zæøå])|[^\W_]+(?:['’´`-][^\W_]+)*|\n+|[^\S\n]+|[^\w\s]|_"
)


@dataclass(frozen=True, slots=True)
class Words:
    """``starts`` and ``ends``: places in the text; ``ids``: which of the ``kinds`` each is. ``kinds``: the
    different words."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    ids: NDArray[np.int64]
    kinds: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)


def scan(text: str) -> Words:
    """The words of a text, in their order."""
    pieces = _PIECE.findall(text)
    order = {piece: place for place, piece in enumerate(dict.fromkeys(pieces))}
    ids = np.fromiter(map(order.__getitem__, pieces), np.int64, len(pieces))
    ends = np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)))
    lengths = np.fromiter(map(len, order), np.int64, len(order))
    blank = np.fromiter((piece.isspace() and piece[0] != "\n" for piece in order), np.bool_, len(order))
    # Blanks only keep the count right.
    new = np.cumsum(~blank) - 1
    kept = ~blank[ids]
    kinds = tuple(piece for piece, is_blank in zip(order, blank, strict=True) if not is_blank)
    return Words((ends - lengths[ids])[kept], ends[kept], new[ids[kept]], kinds)
