"""Good groups, quickly: dealt out evenly, then improved swap by swap, with a memory that keeps the search from turning back.

Nothing here depends on a clock or on chance: so many steps are made, and where one of several equal swaps has to be chosen,
numbers without pattern choose, which the seed draws. What is found is as good as the search; how good it can be at best is
said elsewhere.
"""

from collections.abc import Callable, Sequence

import numpy as np

from bot.matching.drawing import digest
from bot.matching.rules import Mask
from bot.matching.stations.rules import Places
from bot.matching.stations.seats import Costs, Seats, seated
from bot.matching.stations.table import Cost, Table
from bot.matching.stations.worth import without_pattern

# With up to so many chairs every step looks at every swap; above, at those of one group.
_EVERY_SWAP = 200
# Steps without a gain after which the search starts from the best again, a little disturbed.
_PATIENCE = 40
_TENURE = 6


class Luck:
    """Numbers without pattern, one after the other, the same on every machine."""

    def __init__(self, seed: int) -> None:
        self._seed = digest(f"stations\x1f{seed}")
        self._drawn = 0

    def numbers(self, count: int) -> Places:
        """So many numbers below 2**31."""
        start = self._seed + self._drawn * 0x9E3779B97F4A7C15
        self._drawn += count
        raw = np.array([(start + at * 0x9E3779B97F4A7C15) % 2**64 for at in range(count)], np.uint64)
        return (without_pattern(raw) >> np.uint64(33)).astype(np.intp)

    def below(self, limit: int) -> int:
        """One number below the limit."""
        return int(self.numbers(1)[0]) % limit


def deal(table: Table, luck: Luck) -> Places:
    """A first seating: who must sit together first, then sector by sector, organisation by organisation, each member to a
    group where the fewest of the sector are, of those to the smallest, and of those to one without a colleague."""
    roster = table.rules.roster
    drawn = luck.numbers(table.rules.members)
    sizes = table.rules.sizes()
    held = {place: unit for unit in table.rules.units for place in unit}
    alone = [place for place in range(table.rules.members) if place not in held]
    firm = [roster.people[place].organisation for place in range(table.rules.members)]
    # Whoever waited least goes last, since those who come last are those who may be left out.
    alone.sort(key=lambda place: (-roster.people[place].waited if table.out else 0, -sizes[int(roster.sector[place])],
                                  int(roster.sector[place]), firm[place], int(drawn[place])))  # fmt: skip
    units = sorted(table.rules.units, key=lambda unit: (-len(unit), int(drawn[unit[0]])))
    groups: list[list[int]] = [[] for _ in range(table.count)]
    left_out: list[int] = []
    dealt = _Dealt(table)
    for unit in [*units, *((place,) for place in alone)]:
        column = dealt.seat_for(unit, luck)
        if column is None:
            left_out.extend(unit)
        else:
            groups[column].extend(unit)
            dealt.seat(unit, column)
    _fill(table, groups, left_out)
    return seated(table, groups, left_out)


class _Dealt:
    """Who has a seat so far, as what one more would cost in each group."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._sector = table.rules.roster.sector
        self._cost = np.zeros((table.rules.members, table.count), np.int64)
        self._sectors = np.zeros((len(table.low), table.count), np.int64)
        self._size = np.zeros(table.count, np.int64)
        # So many groups have one member more than the others.
        self._large = (table.rules.members - table.out) - table.count * table.least

    def seat_for(self, unit: Sequence[int], luck: Luck) -> int | None:
        """Where a member, or those who must sit together, sit best; None where no group has so many chairs left."""
        places = list(unit)
        room = np.full(self._table.count, self._table.most)
        if int((self._size > self._table.least).sum()) >= self._large:
            room = np.maximum(self._table.least, np.where(self._size == 0, min(len(unit), self._table.most), 0))
        cost = self._cost[places].sum(axis=0)
        alike = self._sectors[self._sector[places]].sum(axis=0)
        drawn = luck.numbers(self._table.count)
        fits = self._size + len(unit) <= room
        order = np.lexsort((drawn, cost, self._size, alike, cost // self._table.hard, ~fits))
        return int(order[0]) if fits[order[0]] else None

    def seat(self, unit: Sequence[int], column: int) -> None:
        """They sit there."""
        for place in unit:
            self._cost[:, column] += self._table.first[:, place]
            self._sectors[self._sector[place], column] += 1
        self._size[column] += len(unit)


def _fill(table: Table, groups: Sequence[list[int]], left_out: list[int]) -> None:
    """Makes the sizes what they have to be, wherever dealing ended with too few in a group; even if locks are broken by it."""
    held = {place for unit in table.rules.units for place in unit}
    while len(left_out) > table.out or any(len(group) < table.least for group in groups):
        small = min(groups, key=len)
        if left_out and (len(small) < table.least or len(left_out) > table.out):
            small.append(left_out.pop(0))
            continue
        giving = max(groups, key=len)
        loose = [at for at, place in enumerate(giving) if place not in held]
        small.append(giving.pop(loose[0] if loose else 0))


def improve(
    table: Table, start: Places, steps: int, luck: Luck, best_possible: Cost, tick: Callable[[], None]
) -> Places:
    """The best seating found in so many steps; sooner where it reaches what is best possible."""
    seats = Seats(table, start)
    cost, best, best_group = seats.cost(), seats.cost(), start.copy()
    until = np.zeros(len(start), np.intp)
    stale = 0
    for step in range(steps):
        if best.key() <= best_possible.key():
            break
        tick()
        rows = _rows(table, seats, step)
        found = _choice(seats, rows, seats.deltas(rows), until <= step, luck, _gap(cost, best))
        if found is None or stale > _PATIENCE:
            seats = _disturbed(table, best_group, luck)
            cost, stale = seats.cost(), 0
            until[:] = 0
            continue
        one, other, change = found
        seats.swap(one, other)
        cost = _plus(cost, change)
        until[[one, other]] = step + _TENURE + luck.numbers(2) % _TENURE
        stale += 1
        if cost.key() < best.key():
            best, best_group, stale = cost, seats.group.copy(), 0
    return best_group


def _rows(table: Table, seats: Seats, step: int) -> Places:
    """Whose swaps are looked at in this step: everybody's, or one group's in turn."""
    if len(seats.group) <= _EVERY_SWAP:
        return np.flatnonzero(seats.movable)
    return np.flatnonzero(seats.movable & (seats.group == step % table.count))


def _choice(
    seats: Seats, rows: Places, delta: Costs, free: Mask, luck: Luck, gap: tuple[int, int, int]
) -> tuple[int, int, tuple[int, int, int]] | None:
    """The best swap of two who have not moved just now, or any that leads to a better seating than the best so far."""
    possible = (seats.group[rows][:, None] != seats.group[None, :]) & seats.movable[None, :]
    rested = possible & free[rows][:, None] & free[None, :]
    bold = _least(delta, possible, luck)
    chosen = bold if bold is None or bold[1] < gap else _least(delta, rested, luck)
    if chosen is None:
        return None
    row, column = divmod(chosen[0], delta.shape[2])
    return int(rows[row]), column, chosen[1]


def _least(delta: Costs, possible: Mask, luck: Luck) -> tuple[int, tuple[int, int, int]] | None:
    """Where the change is the least in all three costs, in their order."""
    places = np.flatnonzero(possible)
    if not len(places):
        return None
    least: list[int] = []
    for kind in range(3):
        values = delta[kind].ravel()[places]
        least.append(int(values.min()))
        places = places[values == least[-1]]
    return int(places[luck.below(len(places))]), (least[0], least[1], least[2])


def _gap(cost: Cost, best: Cost) -> tuple[int, int, int]:
    """A change smaller than this makes the cost better than the best."""
    return best.first - cost.first, best.second - cost.second, best.third - cost.third


def _plus(cost: Cost, change: tuple[int, int, int]) -> Cost:
    return Cost(cost.first + change[0], cost.second + change[1], cost.third + change[2])


def _disturbed(table: Table, group: Places, luck: Luck) -> Seats:
    """The best seating with a few members of one sector exchanged, and those who must sit together moved now and then."""
    moved = group.copy()
    held = {place for unit in table.rules.units for place in unit}
    for unit in table.rules.units:
        if luck.below(2):
            _move_unit(moved, unit, luck.below(table.count), held, table)
    sector = np.append(table.rules.roster.sector, np.full(len(group) - table.rules.members, -1))
    loose = np.array([place not in held for place in range(len(group))], np.bool_)
    for _ in range(2 + luck.below(4)):
        one = luck.below(len(group))
        partners = np.flatnonzero(loose & (sector == sector[one]) & (moved != moved[one]))
        if loose[one] and len(partners):
            other = int(partners[luck.below(len(partners))])
            moved[[one, other]] = moved[[other, one]]
    return Seats(table, moved)


def _move_unit(group: Places, unit: Sequence[int], column: int, held: set[int], table: Table) -> None:
    """To another group, in exchange for as many of there, of the same sectors where there are such."""
    here = int(group[unit[0]])
    sector = table.rules.roster.sector
    wanted = [int(sector[place]) for place in unit]
    sitting: list[int] = np.flatnonzero(group == column).tolist()
    others = [place for place in sitting if place not in held and place < table.rules.members]
    if column == here or len(others) < len(unit):
        return
    for place, kind in zip(unit, wanted, strict=True):
        other = min(others, key=lambda one: (int(sector[one]) != kind, one))
        others.remove(other)
        group[place], group[other] = column, here
