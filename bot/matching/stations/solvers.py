"""HiGHS, which scipy brings, behind two plain functions: prices of a linear programme, and the least of an integer one."""

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from bot.matching.rules import Mask
from bot.matching.stations.rules import Places

Numbers = NDArray[np.float64]

# An integer programme is given up after so many branches, or so many seconds, whichever comes first.
BRANCHES = 3_000
SECONDS = 4.5
_IMPOSSIBLE = 2


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of variables, one a row: ``times`` the variable ``column`` is part of the sum ``row``."""

    row: Places
    column: Places
    times: Numbers
    rows: int
    columns: int

    def matrix(self) -> Numbers:
        """As the solver wants it; it takes sparse matrices where its types say dense ones."""
        return cast(Numbers, csr_array((self.times, (self.row, self.column)), shape=(self.rows, self.columns)))


@dataclass(frozen=True, slots=True)
class Solved:
    """``values``: of the best, None where the programme was given up or has none. ``bound``: nothing is less."""

    values: Numbers | None
    bound: float
    possible: bool = True


def prices_of(cost: Numbers, sums: Sums, wanted: Numbers) -> Numbers | None:
    """What one more of each wanted sum would cost, where the cost is least; variables are 0 or more."""
    solved = linprog(cost, A_eq=sums.matrix(), b_eq=wanted, method="highs")
    if solved.status != 0:
        return None
    return np.asarray(solved.eqlin.marginals, np.float64)


def least_whole(
    cost: Numbers,
    whole: Mask,
    most: Numbers,
    sums: Sums,
    limits: tuple[Numbers, Numbers],
    branches: int = BRANCHES,
    patience: float = SECONDS,
) -> Solved:
    """Where the cost is least, of variables from 0 to ``most``, some of them whole; each sum is between its two limits.

    Where it is given up, after so many branches or so many seconds of ``patience``, nothing but its bound is told.
    """
    solved = milp(
        cost,
        integrality=whole.astype(np.int64),
        bounds=Bounds(np.zeros(len(cost)), most),
        constraints=LinearConstraint(sums.matrix(), *limits),
        options={"node_limit": branches, "time_limit": patience, "mip_rel_gap": 0.0},
    )
    if solved.status == _IMPOSSIBLE:
        return Solved(None, np.inf, possible=False)
    bound = -np.inf if solved.mip_dual_bound is None else float(solved.mip_dual_bound)
    if solved.status != 0:
        return Solved(None, bound)
    return Solved(np.asarray(solved.x, np.float64), bound)
