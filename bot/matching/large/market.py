"""Looks at all pairs of a market, block by block, for those that are worth more than the prices of the two.

A block's worth is estimated in single precision, and what is near its price is then found exactly. An estimate is taken for
a little more than it is, so nothing is missed, and what is found is the same on every machine.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.matching.large.register import Mask, Numbers
from bot.matching.large.traits import Classes, Sparse, Traits, sparse
from bot.matching.score import GRAIN

Single: TypeAlias = NDArray[np.float32]
Vector: TypeAlias = NDArray[np.float64]
Narrow: TypeAlias = csr_array[np.float32]

# Members that a block has in its rows and in its columns: what it needs stays in the processor's own memory.
_ROWS = 128
_COLUMNS = 1024
_THREADS = 8
# How far an estimate may be off, as a share of the largest; and a worth that is never above any price.
_OFF = 2e-5
NEVER = -1e30
# A block has too many pairs where so many times what there is room for look as if they were worth it.
_CROWD = 16
# Pairs that are looked at exactly at once.
_WAITING = 1 << 14


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs of a market, ``left`` before ``right``, and what each is worth in grains.

    ``over``: pairs that were left out for want of room are worth so much more than was asked for at most.
    """

    left: Numbers
    right: Numbers
    worth: Numbers
    over: float = 0.0

    @classmethod
    def joined(cls, parts: "Sequence[Found]") -> "Found":
        """All of them, each pair once, in order."""
        left = np.concatenate([part.left for part in parts])
        right = np.concatenate([part.right for part in parts])
        keys, first = np.unique((left << 32) | right, return_index=True)
        worth = np.concatenate([part.worth for part in parts])[first]
        return cls(keys >> 32, keys & 0xFFFFFFFF, worth, max(part.over for part in parts))

    def only(self, chosen: Mask) -> "Found":
        """Some of them."""
        return Found(self.left[chosen], self.right[chosen], self.worth[chosen], self.over)


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

    def columns(self, part: slice) -> tuple[Single, Single]:
        """Of some members, written out: what they can give, what they wish."""
        return _upright(self.reach[part]), _upright(self.wish[part])


# Pairs that look as if they were worth it, and the estimate of each.
_Pairs: TypeAlias = tuple[Numbers, Numbers, Single]
# Some members in the rows, and others written out in the columns.
_Product: TypeAlias = tuple[Table, tuple[Single, Single]]


@dataclass(frozen=True, slots=True)
class Market:
    """Some members, by their seats, and who of them may meet whom.

    ``code`` is each member's sector, and ``base`` what two sectors' meeting is worth by itself, in units, or that it may not be.
    A ``unit`` is so many grains. ``mutual``: themes are shared both ways, so that one product will do; ``most`` is
    what all themes shared are worth, in units.
    """

    traits: Traits
    seats: Numbers
    code: Numbers
    base: Single
    needs: Table
    themes: Table
    unit: float
    most: np.float32
    mutual: bool

    @classmethod
    def of(cls, traits: Traits, seats: Numbers, meets: Mask) -> "Market":
        """``meets``: which sectors may meet at all; the last are those whose sector is not known."""
        weights = traits.weights
        unit = (weights.need_offer or 1.0) * 1000.0 / GRAIN
        most = weights.theme * 1000.0 / GRAIN / unit
        needs, themes = traits.needs.only(seats), traits.themes.only(seats)
        mutual = themes.mutual()
        base = weights.sector_balance * traits.balance + weights.novelty
        ones, root = np.ones(len(seats)), np.sqrt(themes.own)
        return cls(
            traits,
            seats,
            traits.register.sector[seats],
            np.where(meets, base * 1000.0 / GRAIN / unit, NEVER).astype(np.float32),
            Table.of(needs, ones, ones),
            Table.of(themes, most / root, 1 / root) if mutual else Table.of(themes, most / themes.own, ones),
            unit,
            np.float32(most),
            mutual,
        )

    def part(self, places: Numbers) -> "Market":
        """A market of some of its members."""
        return replace(
            self,
            seats=self.seats[places],
            code=self.code[places],
            needs=self.needs.rows(places),
            themes=self.themes.rows(places),
        )

    def may_meet(self, left: Numbers, right: Numbers) -> Mask:
        """All the hard rules."""
        may = self.base[self.code[left], self.code[right]] > NEVER
        return may & self.traits.register.together(self.seats[left], self.seats[right])

    def worth(self, left: Numbers, right: Numbers) -> Numbers:
        """What each pair is worth in grains, exactly, less what it costs that two meet again."""
        one, other = self.seats[left], self.seats[right]
        return self.traits.grains(one, other) - self.traits.again(one, other)

    def above(
        self,
        prices: Vector,
        rows: Numbers | None = None,
        most: float = np.inf,
        told: Callable[[float], None] | None = None,
    ) -> Found:
        """All pairs that may meet and are worth more than their two prices, in grains; only those with one of ``rows``.

        ``most``: about so many at most for each member, where very many are worth the same: in a block with too many, those that
        exceed their prices most.
        """
        every = np.arange(len(self.seats)) if rows is None else rows
        cuts = [slice(start, start + _ROWS) for start in range(0, len(every), _ROWS)]
        needs, themes = (self.needs, self.themes) if rows is None else (self.needs.rows(rows), self.themes.rows(rows))
        tables = [(every[cut], needs.rows(cut), themes.rows(cut)) for cut in cuts]
        starts = range(0, len(self.seats), _COLUMNS)
        find = partial(self._find, prices, tables, most, triangle=rows is None)
        parts: list[Found] = []
        with ThreadPoolExecutor(min(_THREADS, len(starts), os.cpu_count() or 1)) as threads:
            # Where they differ, the columns with most to do come first, so that all threads end together.
            for found in threads.map(find, reversed(starts)):
                parts.append(found)
                if told is not None:
                    told(len(parts) / len(starts))
        return Found.joined(parts)

    def _find(
        self, prices: Vector, tables: Sequence[tuple[Numbers, Table, Table]], most: float, start: int, *, triangle: bool
    ) -> Found:
        """Those with the second of a pair in the columns from ``start`` on."""
        columns = slice(start, min(len(self.seats), start + _COLUMNS))
        needs, themes = self.needs.columns(columns), self.themes.columns(columns)
        price = (prices / self.unit).astype(np.float32)
        other = self.code[columns]
        bases = self.base[:, other]
        # How much too low an estimate may be: whole grains are rounded, and luck comes on top.
        spare = np.float32((self.traits.luck_most + 1) / self.unit)
        settled: list[Found] = []
        waiting: list[_Pairs] = [(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32))]
        settle = partial(self._settled, prices, triangle=triangle)
        for rows, row_needs, row_themes in tables:
            if triangle and rows[0] >= columns.stop:
                break
            base = _between(self.code[rows], bases, other)
            if base is None:
                continue
            worth = self._worth((row_needs, needs), (row_themes, themes))
            worth += base
            at = np.flatnonzero(worth > (price[rows] - spare)[:, None] + price[columns])
            row, column = np.divmod(at, columns.stop - start)
            block = rows[row], column + start, worth.ravel()[at]
            room = most * worth.size / len(self.seats)
            if len(at) > _CROWD * room:
                settled.append(self._dearest(prices, settle([block]), int(room) + 1))
                continue
            waiting.append(block)
            if sum(len(near) for _, _, near in waiting) > _WAITING:
                settled.append(settle(waiting))
                waiting = waiting[:1]
        return Found.joined([*settled, settle(waiting)])

    def _dearest(self, prices: Vector, found: Found, room: int) -> Found:
        """Those that exceed their prices most; of equal ones, any."""
        if len(found.left) <= room:
            return found
        over = found.worth - prices[found.left] - prices[found.right]
        drawn = self.traits.register.drawn(self.seats[found.left], self.seats[found.right])
        chosen = np.lexsort((drawn, -over))[:room]
        return Found(found.left[chosen], found.right[chosen], found.worth[chosen], float(over[chosen[-1]]))

    def _worth(self, needs: _Product, themes: _Product) -> Single:
        """An estimate in units of what the members in a block are worth to one another, sectors and luck aside."""
        weights = self.traits.weights
        there, back = _there(*needs), _back(*needs)
        there += 1
        back += 1
        there *= back
        np.log2(there, out=there)
        if not weights.need_offer:
            there[:] = 0
        if weights.theme:
            shared = _there(*themes)
            if not self.mutual:
                shared *= _back(*themes)
                np.sqrt(shared, out=shared)
            np.minimum(shared, self.most, out=shared)
            there += shared
        return there

    def _settled(self, prices: Vector, blocks: Sequence[_Pairs], *, triangle: bool) -> Found:
        """Those of the pairs found that really may meet and are worth more than their prices."""
        left, right, near = (np.concatenate(part) for part in zip(*blocks, strict=True))
        chosen = left < right if triangle else left != right
        left, right, near = left[chosen], right[chosen], near[chosen]
        register = self.traits.register
        estimate = near.astype(np.float64) * self.unit
        luck = register.luck(self.seats[left], self.seats[right], self.traits.luck_most)
        over = prices[left] + prices[right]
        chosen = estimate + luck + 1 > over
        chosen[chosen] = self.may_meet(left[chosen], right[chosen])
        left, right, luck = left[chosen], right[chosen], luck[chosen]
        estimate, over = estimate[chosen], over[chosen]
        whole = np.rint(estimate)
        off = _OFF * float(np.abs(estimate).max(initial=1.0))
        unsure = np.abs(np.abs(estimate - whole) - 0.5) < off
        unsure |= register.ago.look_up(self.seats[left], self.seats[right]) > 0
        worth = whole.astype(np.int64) + luck
        worth[unsure] = self.worth(left[unsure], right[unsure])
        chosen = worth > over
        left, right = left[chosen], right[chosen]
        return Found(np.minimum(left, right), np.maximum(left, right), worth[chosen])


def _between(one: Numbers, bases: Single, other: Numbers) -> Single | None:
    """What the sectors' meeting is worth; None where none of them meet."""
    if (one == one[0]).all():
        if (other == other[0]).all():
            base = bases[one[:1], :1]
            return None if base[0, 0] == NEVER else base
        return bases[one[:1]]
    return bases[one]


def _there(rows: Table, columns: tuple[Single, Single]) -> Single:
    """What those in the rows get of those in the columns."""
    return cast(Single, rows.wish @ columns[0])


def _back(rows: Table, columns: tuple[Single, Single]) -> Single:
    """What those in the columns get of those in the rows."""
    return cast(Single, rows.reach @ columns[1])


def _upright(table: Narrow) -> Single:
    """One column a member, so that a class is a row that lies in one piece."""
    return np.ascontiguousarray(table.toarray().T)


def _scaled(table: Sparse, factor: Vector) -> Narrow:
    data = table.data * np.repeat(factor, np.diff(table.indptr))
    return cast(Narrow, sparse(data.astype(np.float32), table.indices, table.indptr, table.shape[1]))
