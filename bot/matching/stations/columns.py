"""Small groups as a list of all that there could be, and what the best set of them is: bounds, and proofs where asked for.

The best set is a linear programme, solved with few groups at a time; its prices then say which of all the others could
still do better. They also bound what any groups can reach: no more than the prices of all members and, for each group,
what the best of all groups is worth above its price. Where a proof is asked for, the groups that prices do not rule
out are left to an integer programme.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bot.matching.rules import Mask
from bot.matching.stations.rules import Places, Whole
from bot.matching.stations.solvers import Sums, least_whole, prices_of
from bot.matching.stations.table import Table
from bot.matching.stations.worth import Matrix, Meetings

Listed = NDArray[np.int16]

_CHUNK = 8_192
_ROUNDS = 40
# Groups that come into the linear programme in one round, and that an integer programme looks at, at most.
_COMING = 1_500
_MANY = 40_000
_NODES = 2_000
_SECONDS = 8.0
# A choice that is made.
_HALF = 0.5
# Seconds for the one programme that a proof of small groups needs.
_PATIENCE = 8.0
# Less than this is no difference between sums of prices.
_SLIGHT = 1e-4


@dataclass(frozen=True, slots=True)
class Columns:
    """``members``: a row a group, places in order; a short group ends with the number of members, which is nobody's place.

    ``value``: what each adds to what is to be the most. ``held``: a row for each sum that is held, with its ``total``.
    The first groups are those that are known already.
    """

    table: Table
    members: Listed
    value: Matrix
    held: Matrix
    totals: tuple[float, ...] = ()

    def only(self, which: Mask | Whole) -> "Columns":
        """Some of them."""
        return replace(self, members=self.members[which], value=self.value[which], held=self.held[:, which])

    def valued(self, value: Whole) -> "Columns":
        """The same, of which another sum is to be the most."""
        return replace(self, value=value.astype(np.float64))

    def holding(self, cost: Whole, total: int) -> "Columns":
        """The same, with a further sum held."""
        held = np.vstack([self.held, cost.astype(np.float64)])
        return replace(self, held=held, totals=(*self.totals, float(total)))

    def wanted(self) -> Matrix:
        """What the sums have to be."""
        left_out = [float(self.table.out)] if self.table.out else []
        return np.array([*np.ones(self.table.rules.members), float(self.table.count), *self.totals, *left_out])

    def sums(self) -> Sums:
        """Each member once, so many groups, and the sums that are held. Being left out is a choice of its own, beside the
        groups, of which there have to be so many."""
        table, (count, seats) = self.table, self.members.shape
        places, held = table.rules.members, len(self.totals)
        each = np.arange(count, dtype=np.intp)
        row = self.members.astype(np.intp).ravel()
        column: Places = np.repeat(each, seats)
        real = row < places
        rows = [row[real], np.full(count, places), np.repeat(places + 1 + np.arange(held), count)]
        columns: list[Places] = [column[real], each, np.tile(each, held)]
        times = [np.ones(int(real.sum())), np.ones(count), self.held.ravel()]
        if table.out:
            rows += [np.arange(places), np.full(places, places + 1 + held)]
            columns += [count + np.arange(places)] * 2
            times += [np.ones(places)] * 2
        width = count + (places if table.out else 0)
        return Sums(np.concatenate(rows), np.concatenate(columns), np.concatenate(times), len(self.wanted()), width)

    def gains(self, prices: Matrix) -> Matrix:
        """What each group is worth above its price; one price a row."""
        places = self.table.rules.members
        each = np.append(prices[:places], 0.0)
        gains: Matrix = self.value - float(prices[places])
        for seat in range(self.members.shape[1]):
            gains -= each[self.members[:, seat]]
        for row in range(len(self.totals)):
            gains -= prices[places + 1 + row] * self.held[row]
        return gains


@dataclass(frozen=True, slots=True)
class Priced:
    """``bound``: what no groups can exceed. ``gains``: each group's worth above its price; a group that gains less than
    ``bound`` is above some total is in no set that reaches it."""

    bound: float
    gains: Matrix


def list_columns(table: Table, known: Sequence[Sequence[int]], *, peaceful: bool, most: int) -> Columns | None:
    """Every group that may be; with ``peaceful``, of those without any cost but worth. None where they are too many."""
    count = table.rules.members
    fine = (table.first == 0) & (table.second == 0) if peaceful else table.first < table.hard
    sector = table.rules.roster.sector
    if peaceful and table.uneven:
        fine &= (sector[:, None] != sector[None, :]) | (table.high[sector] > 1)[:, None]
    groups = np.arange(count, dtype=np.int16)[:, None]
    padded = [(*group, *[count] * (table.most - len(group))) for group in known]
    listed: list[Listed] = [np.array(padded, np.int16)]
    left = most
    for size in range(1, table.most + 1):
        if size >= table.least:
            legal = groups[_fits(table, groups, peaceful=peaceful)]
            listed.append(np.pad(legal, ((0, 0), (0, table.most - size)), constant_values=count))
        grown = _extended(groups, fine, left) if size < table.most else groups
        if grown is None:
            return None
        left -= len(grown)
        groups = grown
    members = np.concatenate(listed)
    return Columns(table, members, np.zeros(len(members)), np.zeros((0, len(members))))


def worth_of(columns: Columns, worth: Meetings) -> Whole:
    """What each group is worth, in grains."""
    return _sums(columns.members, worth.pairs)


def costs_of(columns: Columns) -> tuple[Whole, Whole]:
    """What each group costs first and second; who is left out costs by not being in one."""
    table = columns.table
    first = _sums(columns.members, table.first)
    sector = np.append(table.rules.roster.sector, -1)[columns.members]
    for number in range(len(table.low)) if table.uneven else ():
        counts = (sector == number).sum(axis=1)
        over, under = counts - table.high[number], table.low[number] - counts
        first += table.uneven * (np.maximum(over, 0) + np.maximum(under, 0))
    saved = np.append(table.stay, 0)[columns.members].sum(axis=1)
    return first - saved, _sums(columns.members, table.second)


def price(columns: Columns, enough: float, rounds: int = _ROUNDS) -> Priced:
    """Prices for all groups. Ends where the bound is at most ``enough``, or where it is the best there is."""
    table = columns.table
    known = np.arange(table.count)
    share = np.zeros(len(columns.wanted()))
    for at in known.tolist():
        group = [place for place in columns.members[at].tolist() if place < table.rules.members]
        share[group] = columns.value[at] / len(group)
    best, gains = _priced(columns, share)
    chosen = np.union1d(known, _promising(columns, gains, -np.inf))
    for _ in range(rounds):
        part = columns.only(chosen)
        sums = part.sums()
        found = prices_of(-np.append(part.value, np.zeros(sums.columns - len(chosen))), sums, part.wanted())
        if found is None:
            break
        priced, gains = _priced(columns, -found)
        best = min(best, priced, key=lambda one: one.bound)
        if best.bound <= enough or float(gains.max()) < _SLIGHT:
            break
        chosen = np.union1d(chosen, _promising(columns, gains, _SLIGHT))
    return best


def _priced(columns: Columns, prices: Matrix) -> tuple[Priced, Matrix]:
    """The bound that any prices prove: the best group may be taken as often as there are groups; and what each gains."""
    table = columns.table
    gains = columns.gains(prices)
    above = max(0.0, float(gains.max()))
    bound = float(prices @ columns.wanted()) + table.count * above
    if table.out:
        # Who is left out is no group, but has a price as well.
        bound += table.out * max(0.0, float((-prices[: table.rules.members] - prices[-1]).max()))
    return Priced(bound, gains - above), gains


def best_set(
    columns: Columns, priced: Priced, value: float, few: int | None = None, many: int = _MANY
) -> tuple[list[int] | None, float]:
    """Groups of a higher value than the one known, None where none were found, and the bound that is then proven.

    With ``few``, only among so many groups that promise most, which is quick and proves nothing.
    """
    if priced.bound < value + 1 - _SLIGHT:
        return None, value
    alive = np.flatnonzero(priced.gains >= value + 1 - priced.bound - _SLIGHT)
    some = few is not None and len(alive) > few
    if some:
        alive = np.sort(alive[np.argsort(-priced.gains[alive], kind="stable")[:few]])
    elif len(alive) > many:
        return None, priced.bound
    part = columns.only(alive)
    sums, wanted = part.sums(), part.wanted()
    values = np.append(part.value, np.zeros(sums.columns - len(alive)))
    whole = np.ones(len(values), np.bool_)
    solved = least_whole(-values, whole, np.ones(len(values)), sums, (wanted, wanted), patience=_PATIENCE)
    bound = priced.bound if some else min(priced.bound, -solved.bound)
    if solved.values is None or round(float(solved.values @ values)) <= value:
        return None, bound if solved.possible or some else value
    taken = solved.values[: len(alive)] > _HALF
    found: list[int] = alive[taken].tolist()
    return found, bound


def _sums(members: Listed, pairs: Whole) -> Whole:
    padded = np.pad(pairs, ((0, 1), (0, 1)))
    total = np.zeros(len(members), np.int64)
    for one, other in combinations(range(members.shape[1]), 2):
        total += padded[members[:, one], members[:, other]]
    return total


def _promising(columns: Columns, gains: Matrix, least: float) -> Whole:
    """The groups that gain most in all, and for each member the one with them that does."""
    few = min(_COMING, len(gains))
    top = np.argpartition(-gains, few - 1)[:few]
    best = np.full(columns.table.rules.members + 1, -np.inf)
    for seat in range(columns.members.shape[1]):
        np.maximum.at(best, columns.members[:, seat], gains)
    own = np.zeros(len(gains), np.bool_)
    for seat in range(columns.members.shape[1]):
        own |= gains == best[columns.members[:, seat]]
    found = np.union1d(top, np.flatnonzero(own)[: 4 * len(best)])
    return found[gains[found] > least].astype(np.int64)


def _extended(groups: Listed, fine: Mask, most: int) -> Listed | None:
    """Each group with each later member who may sit with all of it."""
    found: list[Listed] = [np.zeros((0, groups.shape[1] + 1), np.int16)]
    total = 0
    for start in range(0, len(groups), _CHUNK):
        part = groups[start : start + _CHUNK]
        free = np.arange(len(fine))[None, :] > part[:, -1:]
        for seat in range(part.shape[1]):
            free &= fine[part[:, seat]]
        row, place = np.nonzero(free)
        total += len(row)
        if total > most:
            return None
        found.append(np.concatenate([part[row], place[:, None].astype(np.int16)], axis=1))
    return np.concatenate(found)


def _fits(table: Table, groups: Listed, *, peaceful: bool) -> Mask:
    """Whether each group has all or none of those who stay together, and sectors evenly where that is asked."""
    fits = np.ones(len(groups), np.bool_)
    for unit in table.rules.units:
        inside = np.isin(groups, unit).sum(axis=1)
        fits &= (inside == 0) | (inside == len(unit))
    if peaceful and table.uneven:
        sector = table.rules.roster.sector[groups]
        for number in np.flatnonzero((table.low > 0) | (table.high < groups.shape[1])).tolist():
            inside = (sector == number).sum(axis=1)
            fits &= (inside >= table.low[number]) & (inside <= table.high[number])
    return fits
