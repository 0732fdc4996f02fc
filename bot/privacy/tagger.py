"""A small statistical tagger: how likely each word is part of a person's name, by itself and by its neighbours.

Logistic regression over hashed features: each word's features count differently at each place around the word in
question, so that a whole text is a few look-ups in tables. The weights are ours, learned by
``benchmarks/masking_training.py``.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.privacy.features import PLACES, Seen, together
from bot.privacy.scanning import Words

FILE = Path(__file__).parent / "data" / "tagger.npz"


@dataclass(frozen=True, slots=True)
class Weights:
    """``by_place``: a row for each place around the word; ``mixed``: features of several words at once; both
    multiplied by ``scale``. ``common``: checksums of words that are in common use in small letters, sorted."""

    by_place: NDArray[np.float32]
    mixed: NDArray[np.float32]
    bias: float
    common: frozenset[int]

    def is_common(self, word: str) -> bool:
        """Whether a word in small letters is in common use."""
        return crc32(word.encode()) in self.common


@cache
def weights(file: Path = FILE) -> Weights:
    """What was learned, read once."""
    with np.load(file) as kept:
        scale = float(kept["scale"])
        return Weights(
            kept["by_place"].astype(np.float32) * scale,
            kept["mixed"].astype(np.float32) * scale,
            float(kept["bias"]),
            frozenset(int(one) for one in kept["common"]),
        )


def likelihood(words: Words, one: Seen, learned: Weights) -> NDArray[np.float32]:
    """For each word of the text, from 0 to 1."""
    total = np.full(len(words), learned.bias, np.float32)
    for row, place in zip(learned.by_place, PLACES, strict=True):
        sums = np.add.reduceat(row[one.numbers], one.offsets)
        total += shifted(sums[words.ids], place)
    for numbers in together(words, one):
        total += learned.mixed[numbers]
    likely: NDArray[np.float32] = (1 / (1 + np.exp(-np.clip(total, -30, 30)))).astype(np.float32)
    return likely


def shifted(values: NDArray[np.float32], place: int) -> NDArray[np.float32]:
    """The value of the word that stands ``place`` words further on; nothing beyond the ends."""
    moved = np.zeros_like(values)
    if place == 0:
        return values
    if place < 0:
        moved[-place:] = values[:place]
    else:
        moved[:-place] = values[place:]
    return moved
