"""When two tags mean the same: what the planner knows of it, and the door to everything that can tell.

The planner only knows :class:`Meaning`. :class:`WordMeaning` tells by words alone; a ``VectorMeaning``, which
:class:`Knowledge` makes where there are vectors, asks an embedding model as well. Closeness only proposes that two tags
are about the same thing; people are always shown both tags as their owners wrote them.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from bot.matching.meanings.knowledge import Knowledge
from bot.matching.meanings.reading import Concepts, words_of
from bot.matching.meanings.words import SAME, SYNONYMS, WordMeaning

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Closeness: TypeAlias = NDArray[np.float64]

__all__ = ["SYNONYMS", "Concepts", "Knowledge", "Meaning", "Nearest", "Searched", "Spelling", "WordMeaning"]

# Words at least this alike, of 100, differ by a slip of the hand.
_SLIP = 84


class Meaning(Protocol):
    """Says how close tags are in meaning."""

    def closeness(self, tags: Sequence[str], others: Sequence[str]) -> "Closeness":
        """One row a tag, one column another: 1 means the same, 0 means nothing in common; below that nothing is said."""
        ...


@runtime_checkable
class Searched(Protocol):
    """A meaning that knows more for somebody who searches, and judges the answers for themself."""

    def searched(self, tags: Sequence[str], others: Sequence[str]) -> "Closeness":
        """As closeness, in the order of how well they fit, and also what is only the nearest that there is."""
        ...


class Nearest:
    """A meaning for the one term that somebody searches for: the best there is, sure or not. All else stays as it is, since
    reasons are told from it."""

    def __init__(self, meaning: Meaning, term: str) -> None:
        self._meaning = meaning
        self._term = term

    def closeness(self, tags: Sequence[str], others: Sequence[str]) -> "Closeness":
        """What the meaning says to somebody who searches; where it knows no more for them, what it says to all."""
        close = self._meaning.closeness(tags, others)
        if isinstance(self._meaning, Searched) and self._term in tags:
            close[list(tags).index(self._term)] = self._meaning.searched([self._term], others)[0]
        return close


class Spelling:
    """Meaning, and beside it a near miss in spelling: for what somebody has just typed, where nothing else was found."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning

    def closeness(self, tags: Sequence[str], others: Sequence[str]) -> "Closeness":
        """As the meaning says; half of the same where two tags are written alike but for a slip or two."""
        close = self._meaning.closeness(tags, others)
        for row, tag in enumerate(tags):
            for column, other in enumerate(others):
                if close[row, column] == 0 and _alike(tag, other):
                    close[row, column] = SAME
        return close


def _alike(tag: str, other: str) -> bool:
    """Whether each word of the shorter tag is, but for a slip, a word of the longer."""
    from rapidfuzz import fuzz

    one, two = sorted((words_of(tag), words_of(other)), key=len)
    return bool(one) and all(max(fuzz.ratio(word, known) for known in two) >= _SLIP for word in one)
