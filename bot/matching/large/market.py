"""Looks at all pairs of a market, block by block, for those that are worth more than the prices of the two.

A block's worth is estimated in single precision, and what is near its price is then found exactly. An estimate is taken for
a little more than it is, so nothing is missed, and what is found is the same on every machine.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias, TypeVar

import numpy as np

from bot.matching.large.register import Mask, Numbers
from bot.matching.large.tables import Single, Table, Upright, Vector, back, rough_log2, there
from bot.matching.large.traits import Traits
from bot.matching.score import GRAIN

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


# Pairs that look as if they were worth it, and the estimate of each.
_Pairs: TypeAlias = tuple[Numbers, Numbers, Single]
# Some members in the rows, and others written out in the columns.
_Product: TypeAlias = tuple[Table, Upright]

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Rows:
    """Some members of a block."""

    places: Numbers
    needs: Table
    themes: Table


@dataclass(frozen=True, slots=True)
class Columns:
    """Those whom they may meet, one after another, written out, and what each sector's meeting with each is worth."""

    part: slice
    code: Numbers
    base: Single
    needs: Upright
    themes: Upright


@dataclass(frozen=True, slots=True)
class Market:
    """Some members, by their seats, and who of them may meet whom.

    ``code`` is each member's sector, and ``base`` what two sectors' meeting is worth by itself, in units, or that it may not be.
    A ``unit`` is so many grains. ``mutual``: themes are shared both ways, so that one product will do; ``most`` is
    what all themes shared are worth, in units. What is ``rough`` is estimated by a tenth of a unit or so, and in the very same
    way on every machine.
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
    rough: bool = False

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

    def roughly(self) -> "Market":
        """The same market for rough estimates."""
        return replace(self, needs=self.needs.coarse(), themes=self.themes.coarse(), rough=True)

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
        reach: Vector | None = None,
    ) -> Found:
        """All pairs that may meet and are worth more than their two prices, in grains; only those with one of ``rows``.

        ``most``: about so many at most for each member, where very many are worth the same: in a block with too many, those that
        exceed their prices most. ``reach``: two whose sum is not above zero need not be looked at.
        """
        cut = self.rows(np.arange(len(self.seats)) if rows is None else rows)
        find = partial(self._find, prices, cut, most, reach, triangle=rows is None)
        return Found.joined(self.each_columns(find, told))

    def rows(self, places: Numbers) -> list[Rows]:
        """Some members, as many at a time as a block has in its rows."""
        cuts = [places[start : start + _ROWS] for start in range(0, len(places), _ROWS)]
        return [Rows(cut, self.needs.rows(cut), self.themes.rows(cut)) for cut in cuts]

    def each_columns(
        self, find: Callable[[Columns], _Result], told: Callable[[float], None] | None = None
    ) -> list[_Result]:
        """What is found in the columns of each block, the last first; the processors share the work."""
        starts = range(0, len(self.seats), _COLUMNS)
        parts: list[_Result] = []

        def at(start: int) -> _Result:
            return find(self._columns(start))

        with ThreadPoolExecutor(min(_THREADS, len(starts), os.cpu_count() or 1)) as threads:
            # Where they differ, the columns with most to do come first, so that all threads end together.
            for found in threads.map(at, reversed(starts)):
                parts.append(found)
                if told is not None:
                    told(len(parts) / len(starts))
        return parts

    def _columns(self, start: int) -> Columns:
        part = slice(start, min(len(self.seats), start + _COLUMNS))
        code = self.code[part]
        return Columns(part, code, self.base[:, code], self.needs.columns(part), self.themes.columns(part))

    def estimate(self, rows: Rows, columns: Columns) -> Single | None:
        """About what those in the rows are worth to those in the columns, in units, luck aside; None where none may meet."""
        base = _between(self.code[rows.places], columns.base, columns.code)
        if base is None:
            return None
        worth = self._worth((rows.needs, columns.needs), (rows.themes, columns.themes))
        worth += base
        return worth

    def _find(
        self,
        prices: Vector,
        cut: Sequence[Rows],
        most: float,
        reach: Vector | None,
        columns: Columns,
        *,
        triangle: bool,
    ) -> Found:
        """Those with the second of a pair in the columns."""
        start, stop = columns.part.start, columns.part.stop
        price = (prices / self.unit).astype(np.float32)
        # How much too low an estimate may be: whole grains are rounded, and luck comes on top.
        spare = np.float32((self.traits.luck_most + 1) / self.unit)
        settled: list[Found] = []
        waiting: list[_Pairs] = [(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32))]
        settle = partial(self._settled, prices, triangle=triangle)
        for rows in cut:
            if triangle and rows.places[0] >= stop:
                break
            if reach is not None and reach[rows.places].max() + reach[columns.part].max() <= 0:
                continue
            worth = self.estimate(rows, columns)
            if worth is None:
                continue
            at = np.flatnonzero(worth > (price[rows.places] - spare)[:, None] + price[columns.part])
            row, column = np.divmod(at, stop - start)
            block = rows.places[row], column + start, worth.ravel()[at]
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
        worth, given = there(*needs), back(*needs)
        worth += 1
        given += 1
        worth *= given
        worth = rough_log2(worth) if self.rough else np.log2(worth, out=worth)
        if not weights.need_offer:
            worth[:] = 0
        if weights.theme:
            shared = there(*themes)
            if not self.mutual:
                shared *= back(*themes)
                np.sqrt(shared, out=shared)
            np.minimum(shared, self.most, out=shared)
            worth += shared
        return worth

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
