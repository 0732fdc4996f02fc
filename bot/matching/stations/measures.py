"""What groups have of each thing that counts, and what they cannot have less of, by counting alone."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

import numpy as np

from bot.matching.rules import Mask
from bot.matching.stations.domain import Counted
from bot.matching.stations.rules import Whole, cliques
from bot.matching.stations.table import Cost, Table
from bot.matching.stations.worth import Coverage

# Whole numbers, all of them costs: of wishes and of worth, what is missing below zero.
Figures: TypeAlias = Mapping[Counted, int]
Groups: TypeAlias = Sequence[Sequence[int]]


def measured(table: Table, groups: Groups, left_out: Sequence[int]) -> dict[Counted, int]:
    """Of these groups."""
    rules = table.rules
    cost = table.cost(groups, left_out)
    counts = np.zeros((len(table.low), len(groups)), np.int64)
    for number, group in enumerate(groups):
        counts[:, number] = np.bincount(rules.roster.sector[list(group)], minlength=len(table.low))
    wishes = sum(int(table.wanted[place, number]) for number, group in enumerate(groups) for place in group)
    return {
        Counted.PLACED: len(left_out),
        Counted.WAITED: int(table.stay[list(left_out)].sum()),
        Counted.APART: len(pairs_together(rules.apart, groups)),
        Counted.SECTORS: int(table.imbalance(counts).sum()),
        Counted.ORGANISATIONS: len(pairs_together(rules.colleagues, groups)),
        Counted.REPEATS: len(pairs_together(rules.ages > 0, groups)),
        Counted.RECENT: sum(int(rules.ages[pair]) for pair in pairs_together(rules.ages > 0, groups)),
        Counted.WISHES: -wishes,
        Counted.WORTH: -(((-cost.third) - wishes * table.wish_unit) // table.worth.unit),
    }


def least(table: Table) -> dict[Counted, int]:
    """What no groups of these sizes can have less of."""
    stays = np.sort(table.stay)
    return {
        Counted.PLACED: table.out,
        Counted.WAITED: int(stays[: table.out].sum()),
        Counted.APART: 0,
        Counted.SECTORS: 0,
        Counted.ORGANISATIONS: _pairs_forced(table, table.rules.colleagues, table.rules.colleagues.astype(np.int64)),
        Counted.REPEATS: _pairs_forced(table, table.rules.ages > 0, (table.rules.ages > 0).astype(np.int64)),
        Counted.RECENT: _pairs_forced(table, table.rules.ages > 0, table.rules.ages),
        Counted.WISHES: -int(table.wanted.max(axis=1, initial=0).sum()),
        Counted.WORTH: -most_worth(table) // table.worth.unit
        if isinstance(table.worth, Coverage)
        else -most_worth(table),
    }


def most_worth(table: Table) -> int:
    """What no groups can be worth more than: all that is to be found, or each member with those who suit them best."""
    worth = table.worth
    if isinstance(worth, Coverage):
        return worth.most
    legal = np.where(table.first < table.hard, worth.pairs, 0)
    partners = np.sort(legal, axis=1)[:, ::-1][:, : table.most - 1]
    return int(partners.sum()) // 2


def best_possible(table: Table, bounds: Figures) -> Cost:
    """The cost of groups that are as good as can be in everything."""
    colleagues, sectors, apart = (bounds[one] for one in (Counted.ORGANISATIONS, Counted.SECTORS, Counted.APART))
    unit = int(table.second.max(initial=0)) - int(table.rules.ages.max(initial=0))
    price = table.uneven * (2 * table.rules.members + 1)
    return Cost(
        bounds[Counted.WAITED] + colleagues + table.uneven * sectors + price * apart,
        unit * bounds[Counted.REPEATS] + bounds[Counted.RECENT],
        bounds[Counted.WISHES] * table.wish_unit + bounds[Counted.WORTH] * table.worth.unit,
    )


def pairs_together(mask: Mask, groups: Groups) -> list[tuple[int, int]]:
    """The pairs of a mask that sit in one group."""
    return [pair for group in groups for pair in combinations(sorted(group), 2) if mask[pair]]


def even_pairs(members: int, groups: int) -> int:
    """How many pairs are in one group at least when so many members are spread over so many groups."""
    each, more = divmod(members, groups)
    return more * (each + 1) * each // 2 + (groups - more) * each * (each - 1) // 2


def _pairs_forced(table: Table, mask: Mask, price: Whole) -> int:
    """Sets of members of whom each two are a pair: where a set is larger than there are groups, some must sit together."""
    if table.out:
        return 0
    forced = 0
    for clique in cliques(mask):
        cheapest = sorted(int(price[pair]) for pair in combinations(clique, 2))
        forced += sum(cheapest[: even_pairs(len(clique), table.count)])
    return forced
