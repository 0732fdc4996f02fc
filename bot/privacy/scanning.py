"""A text as words: where each stands, and each different word once, so that a word is looked at once however often it comes."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Initials stay together ("H.C."); hyphens and apostrophes within a word belong to it; a blank line is a word of its own.
_WORD = re.compile(r"(?<![^\W_])(?:[A-ZÆØÅ]\.-?){1,4}(?![a-zæøå])|[^\W_]+(?:['’´`-][^\W_]+)*|\n+|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Words:
    """``starts`` and ``ends``: places in the text; ``ids``: which of the ``kinds`` each is. ``kinds``: the different words."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    ids: NDArray[np.int64]
    kinds: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)


def scan(text: str) -> Words:
    """The words of a text, in their order."""
    seen: dict[str, int] = {}
    starts: list[int] = []
    ends: list[int] = []
    ids: list[int] = []
    for found in _WORD.finditer(text):
        word = found[0]
        starts.append(found.start())
        ends.append(found.end())
        ids.append(seen.setdefault(word, len(seen)))
    return Words(np.array(starts, np.int64), np.array(ends, np.int64), np.array(ids, np.int64), tuple(seen))
