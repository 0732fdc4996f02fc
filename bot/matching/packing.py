"""Small academies, exactly: every pair and every trio that may be made is a column, and a whole-number programme chooses.

Only for few members (see ``FEW``): there, whether trios help, and which, is decided by looking at all of them at once.
"""

from collections.abc import Sequence
from itertools import combinations
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from bot.matching.trios import Draft, Table

Costs = NDArray[np.float64]

# Members up to which all groups are looked at: some hundred columns, some hundredths of a second.
FEW = 15


def best_packing(table: Table, *, threes_first: bool) -> Draft:
    """The best plan of pairs and trios: most members, longest wait, then fewest trios (or most), then order and worth.

    Each rank is settled before the next is looked at, so that none is ever traded for another.
    """
    gains = table.gains
    count = len(gains.alone)
    columns: list[tuple[int, ...]] = [(place,) for place in range(count)]
    columns += [pair for pair in combinations(range(count), 2) if gains.allowed[pair]]
    columns += [trio for trio in combinations(range(count), 3) if table.roster.may_be_group(trio)]
    held = np.zeros((count, len(columns)))
    for number, column in enumerate(columns):
        held[list(column), number] = 1.0
    drafts = [table.draft([column], []) if len(column) > 1 else table.draft([], column) for column in columns]
    alone = np.array([len(column) == 1 for column in columns])
    trio = np.array([float(len(column) == 3) for column in columns])
    order = np.array([-draft.order for draft in drafts])
    twin = np.array([len(column) == 3 and table.roster.is_twin(column) for column in columns])
    repeats = np.where(alone, 0.0, order - table.twin * twin)
    ranks = [
        np.where(alone, order, 0.0) / max(1.0, _step(order[alone])),
        -trio if threes_first else trio,
        twin.astype(np.float64),
        repeats,
        -np.array([float(draft.worth // gains.unit) for draft in drafts]),
        -np.array([draft.worth % gains.unit for draft in drafts]),
    ]
    chosen = _settle(held, ranks)
    groups = [columns[number] for number in chosen if len(columns[number]) > 1]
    return table.draft(groups, [columns[number][0] for number in chosen if len(columns[number]) == 1], proven=True)


def _step(costs: Costs) -> float:
    """The greatest number that divides all costs: keeps the programme's numbers small."""
    return float(np.gcd.reduce(costs.astype(np.int64)))


def _settle(held: Costs, ranks: Sequence[Costs]) -> list[int]:
    """One rank after the other; each one's best becomes a condition for the next."""
    every = np.ones(held.shape[1], np.int64)
    conditions = [LinearConstraint(held, 1.0, 1.0)]
    chosen = np.zeros(held.shape[1], np.bool_)
    for rank in ranks:
        if not rank.any():
            continue
        answer = milp(
            rank, integrality=every, bounds=Bounds(0.0, 1.0), constraints=conditions, options={"mip_rel_gap": 0.0}
        )
        chosen = cast(Costs, answer.x) > 0.5
        best = float(rank[chosen].sum())
        conditions.append(LinearConstraint(rank[None, :], best - 0.5, best + 0.5))
    return np.flatnonzero(chosen).tolist()
