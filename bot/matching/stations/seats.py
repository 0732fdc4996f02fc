"""Who sits where, and what every swap of two would change: kept up to date from swap to swap.

All groups have as many chairs as the largest may have members; where a group has one member fewer, an empty chair sits
there as if it were a member, so that every change is a swap. Those who are left out sit in a last group that costs nothing.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.matching.rules import Mask
from bot.matching.stations.rules import Places, Whole
from bot.matching.stations.table import Cost, Table
from bot.matching.stations.worth import Coverage, Matrix, Meetings

# Costs of three kinds, then who, then with whom or where.
Costs = NDArray[np.int64]


class Seats:
    """``group`` is where each sits; from ``table.rules.members`` on, those who sit are empty chairs."""

    def __init__(self, table: Table, group: Places) -> None:
        self.table = table
        self.group = group.copy()
        self._members = table.rules.members
        self._columns = table.count + (table.out > 0)
        self._inside = (group < table.count).astype(np.int64)
        self._pairs, self._single = _costs(table, len(group))
        sectors = len(table.low)
        self._sector = np.full(len(group), sectors, np.intp)
        self._sector[: self._members] = table.rules.roster.sector
        self._differ = self._sector[:, None] != self._sector[None, :]
        self._sitting = self._single.copy()
        self._counts = np.zeros((sectors + 1, self._columns), np.int64)
        for place, column in enumerate(group.tolist()):
            self._counts[self._sector[place], column] += 1
            if column < table.count:
                self._sitting[:, :, column] += self._pairs[:, :, place]
        worth = table.worth
        self._coverage = _Replaced(worth, self.group, self._members) if isinstance(worth, Coverage) else None
        held = [place for unit in table.rules.units for place in unit]
        self.movable: Mask = np.ones(len(group), np.bool_)
        self.movable[held] = False

    def deltas(self, rows: Places) -> Costs:
        """What a swap of each of ``rows`` with each other changes in the three costs; within a group it means nothing."""
        group, sitting = self.group, self._sitting
        own = sitting[:, np.arange(len(group)), group]
        delta = sitting[:, rows][:, :, group] + sitting[:, :, group[rows]].transpose(0, 2, 1)
        delta -= own[:, rows][:, :, None] + own[:, None, :]
        delta -= self._pairs[:, rows] * (self._inside[rows][:, None] + self._inside[None, :])
        if self.table.uneven:
            delta[0] += self._unevenness(rows)
        if self._coverage is not None:
            delta[2] -= self._coverage.gains(rows, group)
        return delta

    def swap(self, one: int, other: int) -> None:
        """The two change places."""
        here, there = int(self.group[one]), int(self.group[other])
        self._move(one, there)
        self._move(other, here)
        self._inside = (self.group < self.table.count).astype(np.int64)
        if self._coverage is not None:
            self._coverage.changed(self.group, (here, there))

    def rearrange(self, places: Places, columns: Places) -> None:
        """Many at once; afterwards every group has as many chairs as before. Not for what is worth by coverage."""
        for place, column in zip(places.tolist(), columns.tolist(), strict=True):
            self._move(place, column)
        self._inside = (self.group < self.table.count).astype(np.int64)

    def _move(self, place: int, column: int) -> None:
        gone, sector = int(self.group[place]), int(self._sector[place])
        if gone < self.table.count:
            self._sitting[:, :, gone] -= self._pairs[:, :, place]
        if column < self.table.count:
            self._sitting[:, :, column] += self._pairs[:, :, place]
        self._counts[sector, gone] -= 1
        self._counts[sector, column] += 1
        self.group[place] = column

    def marginal(self, rows: Places, out: Places) -> tuple[Costs, Costs]:
        """With ``out`` taken out of their groups (one of each): what each of ``rows`` costs in each group, and out of all."""
        inside: Costs = self._sitting[:, rows][:, :, : self.table.count] - self._pairs[:, rows][:, :, out]
        if self.table.uneven:
            counts = self._counts[:, : self.table.count].copy()
            np.subtract.at(counts, (self._sector[out], np.arange(len(out))), 1)
            inside[0] += self._added(counts)[self._sector[rows]]
        outside = self._single[:, rows, -1] if self.table.out else np.zeros((3, len(rows)), np.int64)
        return inside, outside

    def cost(self) -> Cost:
        """Of all groups as they are, counted anew."""
        return self.table.cost(*self.groups())

    def groups(self) -> tuple[list[list[int]], list[int]]:
        """The members of each group by their places, and those who are left out."""
        return read_groups(self.table, self.group)

    def _unevenness(self, rows: Places) -> Whole:
        sector, group = self._sector, self.group
        more, fewer = self._added(self._counts), -self._added(self._counts - 1)
        leaving = fewer[sector, group]
        delta = leaving[rows][:, None] + leaving[None, :]
        delta += more[sector[rows]][:, group] + more[sector][:, group[rows]].T
        return np.where(self._differ[rows], delta, 0)

    def _added(self, counts: Whole) -> Whole:
        """What one more of each sector costs in each group; empty chairs and those left out cost nothing."""
        added = np.zeros_like(counts)
        inner = counts[:-1, : self.table.count]
        added[:-1, : self.table.count] = self.table.imbalance(inner + 1) - self.table.imbalance(inner)
        return added * self.table.uneven


def read_groups(table: Table, group: Places) -> tuple[list[list[int]], list[int]]:
    """The members of each group by their places, and those who are left out."""
    groups: list[list[int]] = [[] for _ in range(table.count + 1)]
    columns: list[int] = group[: table.rules.members].tolist()
    for place, column in enumerate(columns):
        groups[column].append(place)
    return groups[:-1], groups[-1]


def seated(table: Table, groups: Sequence[Sequence[int]], left_out: Sequence[int]) -> Places:
    """The groups as :class:`Seats` wants them, empty chairs added."""
    group = np.full(table.count * table.most + table.out, table.count, np.intp)
    chair = table.rules.members
    for number, members in enumerate(groups):
        group[list(members)] = number
        for _ in range(table.most - len(members)):
            group[chair] = number
            chair += 1
    group[list(left_out)] = table.count
    return group


def _costs(table: Table, size: int) -> tuple[Costs, Costs]:
    """The costs of pairs and of single places, empty chairs included: two of them in one group, or one of them left out,
    would make groups of wrong sizes."""
    members = table.rules.members
    pairs = np.zeros((3, size, size), np.int64)
    pairs[0, :members, :members] = table.first
    pairs[0, members:, members:] = table.hard
    pairs[1, :members, :members] = table.second
    if isinstance(table.worth, Meetings):
        pairs[2, :members, :members] = -table.worth.pairs
    pairs[:, np.arange(size), np.arange(size)] = 0
    single = np.zeros((3, size, table.count + (table.out > 0)), np.int64)
    single[2, :members, : table.count] = -table.wanted * table.wish_unit
    if table.out:
        single[0, :members, -1] = table.stay
        single[0, members:, -1] = table.hard
    return pairs, single


class _Replaced:
    """What each group would be worth with one of its members replaced by somebody else.

    The products are of sparse matrices: dense ones go to a library that starts threads for them, which on a busy machine wait
    for each other thirty times as long as the work takes.
    """

    def __init__(self, worth: Coverage, group: Places, members: int) -> None:
        self._worth = worth
        size, terms = len(group), len(worth.price)
        self._closes = csr_array(np.pad(worth.closes.T.astype(np.float64), ((0, size - members), (0, 0))))
        self._answers = np.pad(worth.answers, ((0, 0), (0, size - members)))
        self._full = np.pad(worth.full.astype(np.float64), (0, size - members))
        self._pays = csr_array((np.ones(terms), (worth.payer, np.arange(terms))), shape=(size, terms))
        self._parts = csr_array(worth.parts)
        self._length = worth.parts.sum(axis=1)
        columns = int(group.max()) + 1
        self._value = np.zeros(columns)
        self._with: Matrix = np.zeros((size, size))
        self.changed(group, range(columns))

    def changed(self, group: Places, columns: Sequence[int]) -> None:
        """Reckons some groups anew."""
        worth = self._worth
        for column in columns:
            sitting = np.flatnonzero(group == column)
            answers = self._answers[:, sitting]
            answered = answers.sum(axis=1)
            lonely = (answered == 0)[:, None] | ((answered == 1)[:, None] & (answers > 0))
            # A row a term, a column somebody who leaves: the term's price where it is then open.
            is_open = self._parts @ lonely.astype(np.float64) == self._length[:, None]
            price = np.where(is_open, worth.price[:, None], 0.0)
            held = group[worth.payer] == column
            still = np.where(held[:, None] & (worth.payer[:, None] != sitting[None, :]), price, 0.0)
            full = float(self._full[sitting].sum())
            found = self._full[:, None] + (full - self._full[sitting] - still.sum(axis=0))[None, :]
            self._with[sitting] = (found + self._closes @ still - self._pays @ price).T
            opened = held & (self._parts @ (answered == 0).astype(np.float64) == self._length)
            self._value[column] = full - float(worth.price[opened].sum())

    def gains(self, rows: Places, group: Places) -> Whole:
        """What a swap of each of ``rows`` with each other adds to the worth of the two groups."""
        gained = self._with[rows] + self._with[:, rows].T
        gained -= self._value[group[rows]][:, None] + self._value[group][None, :]
        return gained.astype(np.int64)
