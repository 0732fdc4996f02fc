"""Stations, proven: each thing that counts in its turn, what is proven already held while the next is asked for."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from bot.matching.stations.domain import Counted
from bot.matching.stations.measures import Figures, even_pairs, measured
from bot.matching.stations.programme import Answer, Programme, Term
from bot.matching.stations.rules import Places, cliques
from bot.matching.stations.seats import read_groups, seated
from bot.matching.stations.solvers import BRANCHES
from bot.matching.stations.table import Table
from bot.matching.stations.worth import Coverage

# What a programme is made for, in the order in which it counts.
_ASKED = (
    Counted.APART, Counted.SECTORS, Counted.ORGANISATIONS, Counted.REPEATS, Counted.RECENT, Counted.WISHES, Counted.WORTH,
)  # fmt: skip
# A programme for wishes with at most so many choices is solved before anything else.
_CHOICES = 3_000
# Less than this, and this share of it, is no difference between a bound and a whole number.
_SLIGHT = 1e-4
_SHARE = 1e-9


def feasible(table: Table) -> Places | None:
    """Any seating that keeps the sizes, the locks and who must never sit together; None where there is none."""
    answer = Programme.of(table).solve([])
    return None if answer.group is None else _seating(table, answer.group)


def wishes_first(table: Table, start: Places, bounds: Figures) -> tuple[Places, Figures]:
    """A start that meets as many wishes as even sectors and few colleagues allow, and no more can be met than that."""
    if not table.wanted.any() or table.wanted.size > _CHOICES:
        return start, bounds
    programme = Programme.of(table)
    even = {**bounds, Counted.SECTORS: 0}
    for counted in (Counted.APART, Counted.SECTORS, Counted.ORGANISATIONS):
        _hold(programme, counted, even)
    answer = programme.solve(programme.wishes_missed())
    if answer.group is None:
        return start, bounds
    return _seating(table, answer.group), {**bounds, Counted.WISHES: max(bounds[Counted.WISHES], _whole(answer))}


def prove_large(
    table: Table, group: Places, bounds: Figures, tick: Callable[[], None], branches: int = BRANCHES
) -> tuple[Places, Figures]:
    """The groups, or better ones, with bounds that are proven as far as the programmes could."""
    proven = dict(bounds)
    for at, counted in enumerate(_ASKED):
        tick()
        values = measured(table, *read_groups(table, group))
        if values[counted] == proven[counted]:
            continue
        programme = Programme.of(table)
        for before in _ASKED[:at]:
            _hold(programme, before, values)
        answer = programme.solve(_goal(programme, counted), branches)
        if answer.group is not None:
            found = _seating(table, answer.group)
            if _counts(table, found, at) < _counts(table, group, at):
                group = found
        proven[counted] = max(proven[counted], _whole(answer, table, counted))
        if measured(table, *read_groups(table, group))[counted] != proven[counted]:
            break
    return group, proven


def _counts(table: Table, group: Places, at: int) -> tuple[int, ...]:
    values = measured(table, *read_groups(table, group))
    return tuple(values[counted] for counted in _ASKED[: at + 1])


def _whole(answer: Answer, table: Table | None = None, counted: Counted = Counted.WISHES) -> int:
    """The bound as a whole number, since what is counted is one; worth is counted in parts of a grain."""
    if not math.isfinite(answer.bound):
        return -(2**62)
    bound = math.ceil(answer.bound - _SLIGHT - _SHARE * abs(answer.bound))
    return -(-bound // table.worth.unit) if table is not None and counted is Counted.WORTH else bound


def _seating(table: Table, group: Places) -> Places:
    return seated(table, *read_groups(table, group))


def _goal(programme: Programme, counted: Counted) -> Sequence[Term]:
    rules, worth = programme.table.rules, programme.table.worth
    match counted:
        case Counted.APART:
            return programme.meetings(rules.apart.astype(np.int64))
        case Counted.SECTORS:
            return programme.unevenness()
        case Counted.ORGANISATIONS:
            return [term for clique in cliques(rules.colleagues) for term in programme.pairs(clique)]
        case Counted.REPEATS:
            return programme.meetings((rules.ages > 0).astype(np.int64))
        case Counted.RECENT:
            return programme.meetings(rules.ages)
        case Counted.WISHES:
            return programme.wishes_missed()
        case _:
            return programme.worth_missed(worth) if isinstance(worth, Coverage) else []


def _hold(programme: Programme, counted: Counted, values: Figures) -> None:
    """No worse than what is known, by rules as tight as there are for it."""
    rules, count, value = programme.table.rules, programme.table.count, values[counted]
    firms = cliques(rules.colleagues)
    match counted:
        case Counted.APART if value == 0:
            programme.never(rules.apart)
        case Counted.REPEATS if value == 0:
            programme.never(rules.ages > 0)
        case Counted.SECTORS if value == 0:
            for sector in range(len(rules.roster.sectors)):
                programme.spread(np.flatnonzero(rules.roster.sector == sector).tolist())
        case Counted.ORGANISATIONS if value == sum(even_pairs(len(firm), count) for firm in firms):
            for firm in firms:
                programme.spread(firm)
        case _:
            programme.row(_goal(programme, counted), -np.inf, value)
