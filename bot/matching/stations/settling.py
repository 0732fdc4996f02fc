"""From a table to groups: small cases exactly, large stations by search, small groups by their list; proofs where asked for."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from bot.errors import phrase
from bot.matching.rules import LockRefused
from bot.matching.stations.chains import exchange
from bot.matching.stations.columns import Columns, Priced, best_set, costs_of, list_columns, price, worth_of
from bot.matching.stations.domain import Counted
from bot.matching.stations.few import FEW, best_of_all
from bot.matching.stations.measures import Figures, best_possible, least, measured
from bot.matching.stations.proving import feasible, prove_large, wishes_first
from bot.matching.stations.rules import Places, Whole
from bot.matching.stations.search import Luck, deal, improve
from bot.matching.stations.seats import Seats, read_groups, seated
from bot.matching.stations.table import Table
from bot.matching.stations.worth import Meetings

# Swaps made in large groups; how often one of each small group is put back; how much more of both before a proof.
_SWAPS = 320
_EXCHANGES = 60
_BEFORE_PROOF = 5
# Above so many chairs a swap costs more, and fewer are made.
_CHAIRS = 60
# Groups listed at most, without and with a proof; groups that a quick integer programme chooses from.
_LISTED = 700_000
_LISTED_FOR_PROOF = 8_000_000
_PROMISING = 300
_SLIGHT = 1e-6


@dataclass(frozen=True, slots=True)
class Settled:
    """Groups by their places, and for each thing that counts what they have and what none can have less of."""

    groups: list[list[int]]
    left_out: list[int]
    values: Figures
    bounds: Figures


def settle(
    table: Table, seed: int, *, prove: bool, tick: Callable[[], None] = lambda: None, few: int = FEW
) -> Settled | None:
    """The best groups found; of up to ``few`` members, by looking at all there are. None where no groups were found that
    keep to all the hard rules."""
    if table.rules.members <= few:
        found = best_of_all(table)
        if found is None:
            return None
        values = measured(table, *found)
        return Settled(*found, values, values)
    luck = Luck(seed)
    group, bounds = wishes_first(table, deal(table, luck), least(table))
    effort = _BEFORE_PROOF if prove else 1
    group = _improved(table, group, bounds, luck, tick, effort)
    if not is_sound(table, group):
        other = None if table.out or not table.uneven else feasible(table)
        if other is None:
            return None
        group = _improved(table, other, bounds, luck, tick, effort)
    if isinstance(table.worth, Meetings):
        group, bounds = _from_list(table, table.worth, group, bounds, prove=prove)
    elif prove:
        group, bounds = prove_large(table, group, bounds, tick)
        group = _improved(table, group, bounds, luck, tick)
    groups, left_out = read_groups(table, group)
    groups = numbered(table, groups)
    return Settled(groups, left_out, measured(table, groups, left_out), bounds)


def numbered(table: Table, groups: list[list[int]]) -> list[list[int]]:
    """The same groups, each as the station where it meets most wishes."""
    worth = np.array([table.wanted[group].sum(axis=0) for group in groups]).reshape(len(groups), table.count)
    number = linear_sum_assignment(worth, maximize=True)[1]
    return [groups[at] for at in np.argsort(number).tolist()]


def is_sound(table: Table, group: Places) -> bool:
    """Whether all hard rules are kept."""
    apart = any(len({int(group[place]) for place in unit}) > 1 for unit in table.rules.units)
    return not apart and Seats(table, group).cost().first < table.hard


def _improved(
    table: Table, group: Places, bounds: Figures, luck: Luck, tick: Callable[[], None], effort: int = 1
) -> Places:
    goal = best_possible(table, bounds)
    if isinstance(table.worth, Meetings):
        group = exchange(table, group, _EXCHANGES * effort, luck, goal, tick)
        if Seats(table, group).cost().first > goal.first:
            group = improve(table, group, _EXCHANGES, luck, goal, tick)
        return group
    swaps = effort * max(_CHAIRS, _SWAPS * _CHAIRS // max(_CHAIRS, len(group)))
    # A step that does not look at what members find takes half the time; that comes last in any case.
    nothing = Meetings(np.zeros((table.rules.members, table.rules.members), np.int64))
    blind = replace(table, worth=nothing)
    group = improve(blind, group, 2 * swaps, luck, best_possible(blind, {**bounds, Counted.WORTH: 0}), tick)
    return improve(table, group, swaps // 2, luck, goal, tick)


def _from_list(table: Table, worth: Meetings, group: Places, bounds: Figures, *, prove: bool) -> tuple[Places, Figures]:
    """Better groups and tighter bounds from the list of all that there could be, where it is not too long."""
    groups, left_out = read_groups(table, group)
    cost = table.cost(groups, left_out)
    peaceful = cost.first == cost.second == 0 and not table.stay.any()
    columns = list_columns(table, groups, peaceful=peaceful, most=_LISTED_FOR_PROOF if prove else _LISTED)
    if columns is None:
        return group, bounds
    proven = dict(bounds)
    phases = (Counted.WORTH,) if peaceful else (Counted.ORGANISATIONS, Counted.RECENT, Counted.WORTH)
    for counted in phases:
        columns = columns.valued(_value(columns, worth, counted))
        # Groups worth more might meet fewer wishes, which count before.
        columns, bound = _best(columns, prove=prove, better=counted is not Counted.WORTH or not table.wanted.any())
        value = round(float(columns.value[: table.count].sum()))
        if counted is Counted.WORTH:
            proven[counted] = max(proven[counted], -bound)
        else:
            columns = columns.holding(columns.value.astype(np.int64), value)
            if bound == value:
                proven.update(_alike(table, columns, counted))
    return seated(table, *_leading(columns)), proven


def _value(columns: Columns, worth: Meetings, counted: Counted) -> Whole:
    if counted is Counted.WORTH:
        return worth_of(columns, worth)
    first, second = costs_of(columns)
    return -first if counted is Counted.ORGANISATIONS else -second


def _best(columns: Columns, *, prove: bool, better: bool) -> tuple[Columns, int]:
    """The columns with the best groups known in front, and a bound. ``better``: whether other groups may be taken."""
    count = columns.table.count
    value = float(columns.value[:count].sum())
    priced = price(columns, value)
    bound = priced.bound
    for few in (_PROMISING, *([None, None] if prove else [])) if better else ():
        found, bound = best_set(columns, priced, value, few)
        if found is not None:
            order = np.concatenate([np.array(found), np.arange(count, len(columns.value))])
            columns, priced = columns.only(order), Priced(priced.bound, priced.gains[order])
            value = float(columns.value[:count].sum())
        if bound < value + 1 - _SLIGHT:
            break
    return columns, math.floor(bound + _SLIGHT)


def _alike(table: Table, columns: Columns, counted: Counted) -> dict[Counted, int]:
    """What is proven where the sum of some costs is: each of them."""
    values = measured(table, *_leading(columns))
    first = (Counted.WAITED, Counted.APART, Counted.SECTORS, Counted.ORGANISATIONS)
    named = first if counted is Counted.ORGANISATIONS else (Counted.REPEATS, Counted.RECENT)
    return {one: values[one] for one in named}


def _leading(columns: Columns) -> tuple[list[list[int]], list[int]]:
    """The groups in front, and who is in none of them."""
    members = columns.table.rules.members
    rows: list[list[int]] = columns.members[: columns.table.count].tolist()
    groups = [[place for place in row if place < members] for row in rows]
    placed = {place for group in groups for place in group}
    return groups, [place for place in range(members) if place not in placed]


def refused(count: int, most: int) -> LockRefused:
    """What is said where locks cannot all be kept."""
    return LockRefused(
        phrase(
            "These locks cannot all be kept with {count} groups of at most {size}: fewer of them, or other groups, can.",
            count=count,
            size=most,
        )
    )
