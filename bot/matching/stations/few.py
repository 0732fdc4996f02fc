"""Few members: every way to group them is looked at, so that what is found is the best, and known to be.

From a set of members who are placed, the next group is made with the first who is not, or, where stations have cases of
their own, for the next station. The best way to go on from a set is worked out once, however one came there.
"""

from collections.abc import Iterator
from itertools import combinations

from bot.matching.stations.table import Cost, Table

# Members up to which all ways are looked at.
FEW = 10

_Rest = tuple[tuple[int, int, int], tuple[tuple[int, ...], ...]]


def best_of_all(table: Table) -> tuple[list[list[int]], list[int]] | None:
    """The best groups, and who is left out; None where no groups keep to the hard rules."""
    found = _Ways(table).best(frozenset(), 0)
    if found is None:
        return None
    groups = [list(group) for group in found[1]]
    placed = {place for group in groups for place in group}
    return groups, [place for place in range(table.rules.members) if place not in placed]


class _Ways:
    def __init__(self, table: Table) -> None:
        self._table = table
        self._labelled = bool(table.wanted.any())
        self._units = [frozenset(unit) for unit in table.rules.units]
        self._known: dict[tuple[frozenset[int], int, int], _Rest | None] = {}
        self._costs: dict[tuple[tuple[int, ...], int], Cost] = {}

    def best(self, gone: frozenset[int], number: int, out: int = 0) -> _Rest | None:
        """The cost and the groups of the best way to go on; ``gone`` are placed or left out."""
        if number == self._table.count and len(gone) + self._table.out - out == self._table.rules.members:
            rest = [place for place in range(self._table.rules.members) if place not in gone]
            return (sum(int(self._table.stay[place]) for place in rest), 0, 0), ()
        if number == self._table.count:
            return None
        state = gone, number, out
        if state not in self._known:
            self._known[state] = min(self._on(gone, number, out), default=None)
        return self._known[state]

    def _on(self, gone: frozenset[int], number: int, out: int) -> Iterator[_Rest]:
        free = [place for place in range(self._table.rules.members) if place not in gone]
        if free and not self._labelled and out < self._table.out:
            rest = self.best(gone | {free[0]}, number, out + 1)
            if rest is not None:
                stay = int(self._table.stay[free[0]])
                yield (rest[0][0] + stay, rest[0][1], rest[0][2]), rest[1]
        for group in self._groups(free):
            cost = self._cost(group, number)
            rest = self.best(gone.union(group), number + 1, out) if cost.first < self._table.hard else None
            if rest is not None:
                first, second, third = rest[0]
                yield (first + cost.first, second + cost.second, third + cost.third), (group, *rest[1])

    def _groups(self, free: list[int]) -> Iterator[tuple[int, ...]]:
        for size in range(self._table.least, self._table.most + 1):
            first = () if self._labelled else tuple(free[:1])
            for others in combinations(free[len(first) :], size - len(first)):
                group = (*first, *others)
                members = frozenset(group)
                if all(unit <= members or not unit & members for unit in self._units):
                    yield group

    def _cost(self, group: tuple[int, ...], number: int) -> Cost:
        key = group, number if self._labelled else 0
        if key not in self._costs:
            self._costs[key] = self._table.cost_of(group, key[1])
        return self._costs[key]
