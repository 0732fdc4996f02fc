"""Numbers without pattern, from a seed and the members' ids alone: what luck and ties are drawn from.

One place for all: rounds of few and of very many members give the same two the same luck, on every machine.
"""

import hashlib
from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.matching.domain import Candidate

Drawn: TypeAlias = NDArray[np.uint64]

_MIXING = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))


def digest(text: str) -> int:
    """A number for a text."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def digests(people: Iterable[Candidate], seed: int) -> Drawn:
    """A number for each, of which two are added for a pair and then :func:`mixed`."""
    return np.array([digest(f"{seed}\x1f{person.id}") for person in people], np.uint64)


def mixed(numbers: Drawn) -> Drawn:
    """The numbers, which are changed, mixed until their upper halves show no pattern."""
    for shift, factor in _MIXING:
        numbers ^= numbers >> np.uint64(shift)
        numbers *= np.uint64(factor)
    return numbers
