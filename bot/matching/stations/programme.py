"""Proofs for stations: each thing that counts as an integer programme, in the order in which they count.

One programme a thing: the best in it among all groups that are as good in everything before. What is never asked for is not
in the programme, and what is at its best already is held there by rules that are tight (at most so many of an
organisation in each group), not by sums. HiGHS, which scipy brings, solves them. A proof that takes too long is given up, and
then nothing of it but its bound is used: groups come from a programme that was solved to its end, or from none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from bot.matching.rules import Mask
from bot.matching.stations.rules import Places, Whole, cliques
from bot.matching.stations.solvers import BRANCHES, Sums, least_whole
from bot.matching.stations.table import Table
from bot.matching.stations.worth import Coverage, Matrix

# A term of a sum: which variable, how many times.
Term = tuple[int, float]


@dataclass(frozen=True, slots=True)
class Answer:
    """``group``: where each member sits, None where no best groups were found; ``bound``: none can cost less."""

    group: Places | None
    bound: float


@dataclass(slots=True)
class Programme:
    """Who sits where, as an integer programme that grows rule by rule. Everything is a cost: less is better."""

    table: Table
    _high: list[float] = field(default_factory=list[float])
    _whole: list[bool] = field(default_factory=list[bool])
    _rows: list[tuple[Sequence[Term], float, float]] = field(default_factory=list[tuple[Sequence[Term], float, float]])
    _sits: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])
    _meets: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])

    @classmethod
    def of(cls, table: Table) -> "Programme":
        """Sizes, locks and those who must never sit together."""
        made = cls(table)
        rules = table.rules
        leader = {place: unit[0] for unit in rules.units for place in unit}
        for place in range(rules.members):
            for column in range(table.count):
                first = leader.get(place, place)
                made._sits[place, column] = made.variable(1) if first == place else made._sits[first, column]
        if not table.wanted.any() and rules.members:
            # Groups without cases of their own are all alike, so one member may sit in the first.
            made.row([(made._sits[0, 0], 1.0)], 1, 1)
        for place in range(rules.members):
            if leader.get(place, place) == place:
                made.row([(made._sits[place, column], 1.0) for column in range(table.count)], 1, 1)
        for column in range(table.count):
            made.row(made.sitting(range(rules.members), column), table.least, table.most)
        made.never(rules.never)
        return made

    def variable(self, most: float, *, whole: bool = True) -> int:
        """A new one, from 0 to ``most``."""
        self._high.append(most)
        self._whole.append(whole)
        return len(self._high) - 1

    def row(self, terms: Sequence[Term], low: float, high: float) -> None:
        """A new rule: a sum between two limits."""
        self._rows.append((terms, low, high))

    def sitting(self, places: Iterable[int], column: int) -> list[Term]:
        """How many of some members sit in a group."""
        return [(self._sits[place, column], 1.0) for place in places]

    def never(self, mask: Mask) -> None:
        """None of these pairs in one group."""
        for pair in _edges(mask):
            for column in range(self.table.count):
                self.row(self.sitting(pair, column), -np.inf, 1)

    def spread(self, places: Sequence[int]) -> None:
        """As even as it can be: all numbers of these members in a group differ by one at most."""
        low, high = len(places) // self.table.count, -(-len(places) // self.table.count)
        for column in range(self.table.count):
            self.row(self.sitting(places, column), low, high)

    def unevenness(self) -> list[Term]:
        """How many places of each sector are too many or too few in each group."""
        table = self.table
        found: list[Term] = []
        for sector in range(len(table.low)):
            places: list[int] = np.flatnonzero(table.rules.roster.sector == sector).tolist()
            for column in range(table.count):
                over, under = self.variable(len(places), whole=False), self.variable(len(places), whole=False)
                sitting = self.sitting(places, column)
                self.row([*sitting, (over, -1.0)], -np.inf, float(table.high[sector]))
                self.row([*sitting, (under, 1.0)], float(table.low[sector]), np.inf)
                found += [(over, 1.0), (under, 1.0)]
        return found

    def pairs(self, places: Sequence[int]) -> list[Term]:
        """How many pairs some members form in each group: never below any of the straight lines that touch the curve."""
        found: list[Term] = []
        for column in range(self.table.count):
            pairs = self.variable(len(places) ** 2, whole=False)
            for touch in range(1, len(places)):
                sitting = [(variable, -touch * times) for variable, times in self.sitting(places, column)]
                self.row([(pairs, 1.0), *sitting], -touch * (touch + 1) / 2, np.inf)
            found.append((pairs, 1.0))
        return found

    def meetings(self, costs: Whole) -> list[Term]:
        """What the pairs that sit in one group cost; sets of members who are all pairs are told to be so at once."""
        for clique in cliques(costs > 0):
            pairs = list(combinations(clique, 2))
            if not all(pair in self._meets for pair in pairs):
                self._meets.update({pair: self._meeting(pair) for pair in pairs})
                if len(clique) > 2:
                    met = [(self._meets[pair], 1.0) for pair in pairs]
                    self.row([*met, *((pair, -one) for pair, one in self.pairs(clique))], 0, np.inf)
        return [(self._meets[pair], float(costs[pair])) for pair in _edges(costs > 0)]

    def _meeting(self, pair: tuple[int, int]) -> int:
        """1 where the two sit in one group."""
        variable = self.variable(1, whole=False)
        for column in range(self.table.count):
            self.row([(variable, 1.0), *((sits, -one) for sits, one in self.sitting(pair, column))], -1, np.inf)
        return variable

    def wishes_missed(self) -> list[Term]:
        """The wishes that are met, as a cost."""
        wanted = self.table.wanted
        return [(self._sits[int(i), int(g)], -float(wanted[i, g])) for i, g in np.argwhere(wanted)]

    def worth_missed(self, worth: Coverage) -> list[Term]:
        """What members find in their groups, as a cost: an answer to any of their needs, and a theme that is shared."""
        found: list[Term] = []
        for owner in range(len(worth.full)):
            for themes, price in ((False, worth.prices[0]), (True, worth.prices[2])):
                asked = (worth.owner == owner) & (worth.is_theme == themes)
                givers: list[int] = np.flatnonzero(worth.answers[asked].any(axis=0)).tolist()
                for column in range(self.table.count) if givers else ():
                    variable = self.variable(1, whole=False)
                    self.row([(variable, 1.0), (self._sits[owner, column], -1.0)], -np.inf, 0)
                    there = [(sits, -one) for sits, one in self.sitting(givers, column)]
                    self.row([(variable, 1.0), *there], -np.inf, 0)
                    found.append((variable, -float(price)))
        return found

    def solve(self, goal: Sequence[Term], branches: int = BRANCHES) -> Answer:
        """The least that the goal can be."""
        cost = np.zeros(len(self._high))
        for variable, times in goal:
            cost[variable] += times
        lengths = [len(terms) for terms, _, _ in self._rows]
        flat = [term for terms, _, _ in self._rows for term in terms]
        sums = Sums(
            np.repeat(np.arange(len(self._rows)), lengths),
            np.array([variable for variable, _ in flat], np.intp),
            np.array([times for _, times in flat], np.float64),
            len(self._rows),
            len(cost),
        )
        limits = np.array([[low, high] for _, low, high in self._rows], np.float64).T
        whole, most = np.array(self._whole, np.bool_), np.array(self._high, np.float64)
        solved = least_whole(cost, whole, most, sums, (limits[0], limits[1]), branches)
        return Answer(None if solved.values is None else self._read(solved.values), solved.bound)

    def _read(self, values: Matrix) -> Places:
        """Which group each member is in."""
        sits = np.zeros((self.table.rules.members, self.table.count))
        for (place, column), variable in self._sits.items():
            sits[place, column] = values[variable]
        where: Places = np.argmax(sits, axis=1)
        return where


def _edges(mask: Mask) -> list[tuple[int, int]]:
    return [(int(i), int(j)) for i, j in np.argwhere(np.triu(mask, 1))]
