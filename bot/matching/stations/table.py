"""What is to be decided: how many groups, of which sizes, and what each thing that counts weighs.

There are three costs, and none is ever traded for a later one. ``first``: rules broken, sectors uneven, colleagues;
``second``: repeats; the third is the worth that is missing. Each is a whole number, in which each unit of what counts more
outweighs all that counts less can add up to.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.matching.rules import Mask
from bot.matching.stations.rules import Rules, Whole
from bot.matching.stations.worth import Worth


@dataclass(frozen=True, slots=True)
class Cost:
    """Of some groups, for comparing: the smaller, the better."""

    first: int
    second: int
    third: int

    def key(self) -> tuple[int, int, int]:
        """In the order in which they count."""
        return self.first, self.second, self.third


@dataclass(frozen=True, slots=True)
class Table:
    """``count`` groups of ``least`` to ``most`` members; ``out``: places for those who are left out.

    ``low`` and ``high``: places of each sector in a group that are even. ``first``, ``second``: what two in a group cost.
    ``hard``: from this cost on, a hard rule is broken. ``uneven``: what each place of a sector too many or too few costs;
    ``stay``: what it costs to leave somebody out. ``wanted``: what a member's being in each group is worth, above all
    ``worth``, whose most is below ``wish_unit``.
    """

    rules: Rules
    count: int
    least: int
    most: int
    out: int
    low: Whole
    high: Whole
    first: Whole
    second: Whole
    hard: int
    uneven: int
    stay: Whole
    wanted: Whole
    wish_unit: int
    worth: Worth

    def imbalance(self, counts: Whole) -> Whole:
        """How many places of a sector are too many or too few; ``counts`` has a row a sector."""
        uneven: Whole = np.maximum(counts - self.high[:, None], 0) + np.maximum(self.low[:, None] - counts, 0)
        return uneven

    def cost(self, groups: Sequence[Sequence[int]], left_out: Sequence[int]) -> Cost:
        """Of groups in the order of their numbers."""
        costs = [self.cost_of(group, number) for number, group in enumerate(groups)]
        return Cost(
            sum(cost.first for cost in costs) + int(self.stay[list(left_out)].sum()),
            sum(cost.second for cost in costs),
            sum(cost.third for cost in costs),
        )

    def cost_of(self, group: Sequence[int], number: int) -> Cost:
        """Of one group."""
        places = np.array(group, np.intp)
        square = np.ix_(places, places)
        counts = np.bincount(self.rules.roster.sector[places], minlength=len(self.low))
        return Cost(
            int(self.first[square].sum()) // 2 + self.uneven * int(self.imbalance(counts[:, None]).sum()),
            int(self.second[square].sum()) // 2,
            -int(self.wanted[places, number].sum()) * self.wish_unit - self.worth.of(group),
        )


def camp_table(rules: Rules, count: int, wanted: Whole, worth: Worth, unit: int) -> Table:
    """Stations: everybody has a place, and sectors are spread as evenly as they can be."""
    sizes = np.array(rules.sizes(), np.int64)
    colleagues = pairs_in(rules.colleagues) + 1
    apart = colleagues * (2 * rules.members + 1)
    hard = apart * (pairs_in(rules.apart) + 1)
    first = hard * rules.never + apart * rules.apart + rules.colleagues.astype(np.int64)
    return Table(
        rules,
        count,
        rules.members // count,
        -(-rules.members // count),
        0,
        sizes // count,
        -(-sizes // count),
        first,
        repeat_costs(rules),
        hard,
        colleagues,
        np.zeros(rules.members, np.int64),
        wanted,
        unit,
        worth,
    )


def challenge_table(rules: Rules, count: int, placed: int, worth: Worth) -> Table:
    """Groups for a challenge: sectors and organisations differ, and who is left out waited least."""
    roster = rules.roster
    waited = np.array([person.waited for person in roster.people], np.int64)
    waits = np.unique(waited, return_inverse=True)[1].astype(np.int64) if rules.members else waited
    hard = int(waits.sum()) + 1
    alike = roster.sector[:, None] == roster.sector[None, :]
    np.fill_diagonal(alike, val=False)
    sectors = len(roster.sectors)
    return Table(
        rules,
        count,
        placed // count,
        -(-placed // count),
        rules.members - placed,
        np.zeros(sectors, np.int64),
        np.full(sectors, rules.members, np.int64),
        hard * (rules.never | rules.apart | rules.colleagues | alike).astype(np.int64),
        repeat_costs(rules),
        hard,
        0,
        waits,
        np.zeros((rules.members, count), np.int64),
        1,
        worth,
    )


def repeat_costs(rules: Rules) -> Whole:
    """A repeat costs more than the recency of all repeats together."""
    return np.where(rules.ages > 0, int(rules.ages.sum()) // 2 + 1 + rules.ages, 0)


def pairs_in(mask: Mask) -> int:
    """How many pairs a symmetric mask has."""
    return int(mask.sum()) // 2
