"""Meaning by words alone: across case, endings, compounds, Danish and English, by stemmers and a table of synonyms."""

import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

from bot.matching.meanings.reading import TABLE, Concepts, Reader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Closeness: TypeAlias = NDArray[np.float64]
    Numbers: TypeAlias = NDArray[np.int64]
    Matrix: TypeAlias = Closeness
    Table: TypeAlias = csr_array[np.float64]

SYNONYMS = Path(__file__).parent.parent / "data" / "synonyms.toml"

# Two tags are the same when one says all that the other says and at least half as much.
SAME = 0.5
# They are about the same when they share two concepts of the table, all that one of them has, whatever else they say.
_SHARED = 2
# ... and when that is this much of the longer one at least.
_ABOUT = 0.4
# What a concept of the table weighs in a search; one of which half of all tags speak; and a word that is in no table.
_CONCEPT, _BROAD, _UNKNOWN = 1.0, 0.35, 0.8
# So much of what two tags speak of has to be in common for a search to show it, and so it counts beside the same.
_SHOWN, _IN_PART, _STEP = 0.4, 0.6, 0.01
# Concepts of the table are counted in the same product as all others, this many times heavier.
_HEAVY = 4096


class WordMeaning:
    """Implements :class:`bot.matching.meaning.Meaning`. Holds what it has read, so one is best kept for a whole round."""

    def __init__(
        self, groups: Mapping[str, Sequence[str]], small: Sequence[str], broad: Collection[str] = frozenset()
    ) -> None:
        self._reader = Reader(groups, small)
        self._broad = frozenset(f"{TABLE}{concept}" for concept in broad)

    @classmethod
    def load(cls, file: Path = SYNONYMS, groups: Mapping[str, Sequence[str]] | None = None) -> "WordMeaning":
        """Reads the table of synonyms, which is data. ``groups``: the academy's own form of the table, if it has one."""
        own, small, broad = _table(file)
        return cls(groups or own, small, broad)

    @property
    def reader(self) -> Reader:
        """How it reads tags."""
        return self._reader

    def key(self, tag: str) -> Concepts:
        """What a tag speaks of: concepts of the table, and the stems of words that are in none."""
        return self._reader.key(tag)

    def same(self, tag: str, other: str) -> bool:
        """Whether two tags mean the same."""
        return bool(self.closeness([tag], [other])[0, 0] > 0)

    def closeness(self, tags: Sequence[str], others: Sequence[str]) -> "Closeness":
        """The share of concepts in common where one tag says all that the other says, or all that the table knows of it.

        0 where that is little. Time and memory go with the pairs that share a word, beside the table that is returned.
        """
        import numpy as np

        counts = Counts.read([self.key(tag) for tag in tags], [self.key(other) for other in others])
        longer = np.maximum(counts.ours, counts.theirs)
        share = counts.common / longer
        whole = (counts.common == np.minimum(counts.ours, counts.theirs)) & (share >= SAME)
        known = np.minimum(counts.ours_known, counts.theirs_known)
        about = (counts.known >= _SHARED) & (counts.known == known) & (share >= _ABOUT)
        close = np.zeros((len(tags), len(others)))
        said = whole | about
        close[counts.rows[said], counts.columns[said]] = share[said]
        return close

    def searched(self, tags: Sequence[str], others: Sequence[str]) -> "Closeness":
        """The same for somebody who searches and will judge for themself: also what has only some concepts in common."""
        import numpy as np

        said = self.closeness(tags, others)
        cosine = self.cosine([self.key(tag) for tag in tags], [self.key(other) for other in others])
        some = np.where(cosine >= _SHOWN, np.rint(cosine * _IN_PART / _STEP) * _STEP, 0.0)
        return np.where(said == 1.0, 1.0, np.maximum(said * _IN_PART, some))

    def cosine(self, mine: Sequence[Concepts], theirs: Sequence[Concepts]) -> "Matrix":
        """From 0 to 1: how much of what two tags speak of they have in common, each concept by its weight."""
        import numpy as np

        common = in_common(mine, theirs, self._weight)
        lengths = [np.array([sum(map(self._weight, key)) for key in keys]) for keys in (mine, theirs)]
        most: Matrix = np.sqrt(np.maximum(np.outer(*lengths), _BROAD * _BROAD))
        return common / most

    def telling(self, keys: Sequence[Concepts]) -> Sequence[Concepts]:
        """The same keys, with the broad concepts as if they were not in the table: that they differ tells nothing."""
        return [frozenset(one.removeprefix(TABLE) if one in self._broad else one for one in key) for key in keys]

    def _weight(self, concept: str) -> float:
        if not concept.startswith(TABLE):
            return _UNKNOWN
        return _BROAD if concept in self._broad else _CONCEPT


@dataclass(frozen=True, slots=True)
class Counts:
    """For each pair of tags that has a concept in common: how many it has, and how many each of the two has in all.

    ``rows`` and ``columns`` are the places of the pair; everything else is in the same order. What is ``known`` are concepts
    of the table only.
    """

    rows: "Numbers"
    columns: "Numbers"
    common: "Numbers"
    ours: "Numbers"
    theirs: "Numbers"
    known: "Numbers"
    ours_known: "Numbers"
    theirs_known: "Numbers"

    @classmethod
    def read(cls, left: Sequence[Concepts], right: Sequence[Concepts]) -> "Counts":
        """A sparse product: pairs with nothing in common cost nothing."""
        import numpy as np

        column = {concept: place for place, concept in enumerate(sorted(frozenset[str]().union(*left, *right)))}
        product = (_incidence(left, column, _HEAVY) @ _incidence(right, column, 0).T).tocoo()
        rows, columns = product.row.astype(np.int64), product.col.astype(np.int64)
        ours, theirs = (np.array([len(key) for key in keys], np.int64) for keys in (left, right))
        ours_known, theirs_known = (np.array([_known(key) for key in keys], np.int64) for keys in (left, right))
        counted = product.data.astype(np.int64)
        common, known = counted % _HEAVY, counted // _HEAVY
        return cls(rows, columns, common, ours[rows], theirs[columns], known, ours_known[rows], theirs_known[columns])


def _incidence(keys: Sequence[Concepts], column: Mapping[str, int], more: int) -> "Table":
    """One row a tag, one column a concept: 1, and ``more`` for a concept of the table."""
    weights = [1.0 + more * concept.startswith(TABLE) for key in keys for concept in key]
    return _sparse(weights, [column[concept] for key in keys for concept in key], keys, len(column))


def _known(key: Concepts) -> int:
    return sum(concept.startswith(TABLE) for concept in key)


def in_common(mine: Sequence[Concepts], theirs: Sequence[Concepts], weigh: Callable[[str], float]) -> "Matrix":
    """One row a set of ``mine``, one column one of ``theirs``: what all that is in both weighs."""
    column = {one: place for place, one in enumerate(sorted(frozenset[str]().union(*mine, *theirs)))}
    weights = [weigh(one) for one in column]
    tables: list[Table] = []
    for keys, scale in ((mine, weights), (theirs, [1.0] * len(weights))):
        places = [column[one] for key in keys for one in sorted(key)]
        tables.append(_sparse([scale[place] for place in places], places, keys, len(column)))
    product: Matrix = (tables[0] @ tables[1].T).toarray()
    return product


def _sparse(values: Sequence[float], places: Sequence[int], keys: Sequence[Concepts], width: int) -> "Table":
    import numpy as np
    from scipy.sparse import csr_array

    starts = np.cumsum([0, *map(len, keys)], dtype=np.int64)
    content = (np.array(values, np.float64), np.array(places, np.int64), starts)
    return cast("Table", csr_array(content, shape=(len(keys), max(1, width))))


@cache
def _table(file: Path) -> "tuple[Mapping[str, Sequence[str]], Sequence[str], Sequence[str]]":
    table = tomllib.loads(file.read_text("utf-8"))
    return table["groups"], table["small"], table["broad"]
