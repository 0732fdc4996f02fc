"""Products of what members wish and what others can give, in single precision, some members by some others at a time."""

from dataclasses import dataclass
from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.matching.large.register import Numbers
from bot.matching.large.traits import Classes, Sparse, sparse

Single: TypeAlias = NDArray[np.float32]
Vector: TypeAlias = NDArray[np.float64]
Narrow: TypeAlias = csr_array[np.float32]
# What some members can give and what they wish, written out, a class of tags a row.
Upright: TypeAlias = tuple[Single, Single]

# Steps of what is coarse.
_STEP = 2.0**-8


@dataclass(frozen=True, slots=True)
class Table:
    """One side of all products, scaled: what members wish and what they can give."""

    wish: Narrow
    reach: Narrow

    @classmethod
    def of(cls, classes: Classes, wish: Vector, reach: Vector) -> "Table":
        """``wish`` and ``reach``: a factor a member."""
        return cls(_scaled(classes.wish, wish), _scaled(classes.reach, reach))

    def rows(self, part: Numbers | slice) -> "Table":
        """Of some members."""
        return Table(self.wish[part], self.reach[part])

    def coarse(self) -> "Table":
        """In so few binary places that products and sums of them are exact."""
        return Table(_in_steps(self.wish), _in_steps(self.reach))

    def columns(self, part: slice) -> Upright:
        """Of some members, written out: what they can give, what they wish."""
        return _upright(self.reach[part]), _upright(self.wish[part])


def there(rows: Table, columns: Upright) -> Single:
    """What those in the rows get of those in the columns."""
    return cast(Single, rows.wish @ columns[0])


def back(rows: Table, columns: Upright) -> Single:
    """What those in the columns get of those in the rows."""
    return cast(Single, rows.reach @ columns[1])


def rough_log2(values: Single) -> Single:
    """The exponent, and what follows it instead of its logarithm: less than a tenth too low. The library's own logarithm is not
    the same on every processor."""
    rough = values.view(np.int32).astype(np.float32)
    rough *= np.float32(2.0**-23)
    rough -= np.float32(127.0)
    return rough


def _in_steps(table: Narrow) -> Narrow:
    return cast(
        Narrow,
        sparse(
            np.rint(table.data / np.float32(_STEP)) * np.float32(_STEP), table.indices, table.indptr, table.shape[1]
        ),
    )


def _upright(table: Narrow) -> Single:
    """One column a member, so that a class is a row that lies in one piece."""
    return np.ascontiguousarray(table.toarray().T)


def _scaled(table: Sparse, factor: Vector) -> Narrow:
    data = table.data * np.repeat(factor, np.diff(table.indptr))
    return cast(Narrow, sparse(data.astype(np.float32), table.indices, table.indptr, table.shape[1]))
