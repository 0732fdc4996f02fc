"""What an embedding model's numbers mean, found on a fixed sample of everyday tags.

The cosines of small multilingual models lie close together and say as much about language and length as about meaning.
So we look at pairs of the sample that mean the same in two languages: the directions in which those differ carry no
meaning, and are made small (within-class whitening). Then each cosine is told in standard deviations above what the
two tags have with the sample at large (symmetric score normalisation), which is the same scale for every model.

The sample is fixed and not the academy's own tags: an academy of five has too few of them, and two tags shall be as close
next week, when others have joined.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Matrix: TypeAlias = NDArray[np.float64]

# How much of the mean variance is added to each direction, so that 140 pairs are enough to judge 384 of them.
_EVEN = 0.5
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Placed:
    """Tags where the calibration puts them: ``at`` has a row a tag, ``usual`` and ``spread`` tell its cosines with the
    sample."""

    at: Matrix
    usual: Matrix
    spread: Matrix

    def above(self, others: "Placed") -> Matrix:
        """One row a tag, one column another: standard deviations above what either has with just anything."""
        cosine = self.at @ others.at.T
        mine = (cosine - self.usual[:, None]) / self.spread[:, None]
        theirs = (cosine - others.usual[None, :]) / others.spread[None, :]
        return (mine + theirs) / 2


@dataclass(frozen=True, slots=True)
class Calibration:
    """The way from a model's vectors to comparable places."""

    centre: Matrix
    turn: Matrix
    sample: Matrix

    @classmethod
    def read(cls, danish: Matrix, english: Matrix) -> "Calibration":
        """From the sample's vectors: row by row the same in two languages."""
        both = np.vstack((danish, english))
        centre = both.mean(axis=0)
        apart = (danish - english) / 2
        scatter = apart.T @ apart / len(apart)
        room = len(scatter)
        values, directions = np.linalg.eigh(scatter + np.eye(room) * (_EVEN * np.trace(scatter) / room + _TINY))
        turn: Matrix = directions / np.sqrt(values)
        return cls(centre, turn, _unit((both - centre) @ turn))

    def place(self, vectors: Matrix) -> Placed:
        """One row a tag."""
        at = _unit((vectors - self.centre) @ self.turn)
        cosines = at @ self.sample.T
        return Placed(at, cosines.mean(axis=1), np.maximum(cosines.std(axis=1), _TINY))


def unpacked(vectors: Sequence[bytes]) -> Matrix:
    """One row a vector; they are all of one length."""
    return np.stack([np.frombuffer(vector, "<f2") for vector in vectors]).astype(np.float64)


def _unit(rows: Matrix) -> Matrix:
    lengths: Matrix = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.maximum(lengths, _TINY)
