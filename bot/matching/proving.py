"""How good a round with many trios is: as a choice among all groups that there could be.

What counts is asked in its turn: how few must stay alone (and who, by their waiting), how few trios (or how many, where they
are wished), how few with two of one sector, how few repeats and how old, how much worth. Each is a linear programme over all
possible groups, with what was found before held fast; of the groups only those are written down that its prices ask for.
The prices bound what any round can reach. Where whole groups reach that bound, or a search among the few groups that prices
do not rule out comes to its end, that is proven, and it may be better than the draft.

All that decides is counted, nothing is timed: the same round is found on every machine.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from bot.matching.trios import Draft, Table

Numbers = NDArray[np.float64]
Mask = NDArray[np.bool_]
Group = tuple[int, ...]

# Members up to which all threes are looked at for a bound, and up to which a proof is tried.
_BOUNDED: Final = 200
_PROVEN: Final = 100
# New groups a member in one go, and how many goes there are.
_EACH: Final = 12
_GOES: Final = 80
# Groups among which whole ones are sought, and branches of that search.
_CHOICES: Final = 4_000
_BRANCHES: Final = 40
# Less than this is no difference between sums of prices; a group is chosen from here on.
_SLIGHT: Final = 1e-4
_HALF: Final = 0.5
# What is asked, in its order; of each, less is better.
_ALONE, _TRIOS, _TWINS, _REPEATS, _LOST = range(5)
_NOTHING: Final = (0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Prices:
    """No group costs less than its members' prices, where each of what is held costs ``held``."""

    member: Numbers
    held: tuple[float, ...]

    def total(self, values: Sequence[int]) -> float:
        """What no round costs less than."""
        return float(self.member.sum()) + sum(price * value for price, value in zip(self.held, values, strict=True))


@dataclass(slots=True)
class _Choice:
    """All groups that may still be made, and what each costs of what is asked.

    ``alone``: what it costs that somebody stays alone; ``again``: a repeat of two, the more the more recent; ``lost``: worth, in
    grains below nothing. ``trio``: 1 where few trios are wanted, -1 where many are.
    """

    table: Table
    alone: NDArray[np.int64]
    again: NDArray[np.int64]
    lost: NDArray[np.int64]
    pair: Mask
    meeting: Mask
    trio: int
    single: bool = True
    twins: bool = True
    held: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])

    @classmethod
    def of(cls, table: Table, trio: int) -> "_Choice":
        gains = table.gains
        lost = -np.floor(gains.worth / gains.unit).astype(np.int64)
        others = gains.allowed & ~np.eye(len(lost), dtype=np.bool_)
        again = -gains.order.astype(np.int64)
        return cls(table, _least_whole(-gains.alone), again, lost, others, table.roster.together.copy(), trio)

    def costs(self, group: Group) -> tuple[int, ...]:
        """What the group costs of each."""
        if len(group) == 1:
            return int(self.alone[group[0]]), 0, 0, 0, 0
        pairs = list(combinations(group, 2))
        again, lost = (sum(int(table[pair]) for pair in pairs) for table in (self.again, self.lost))
        three = len(group) == 3
        return 0, self.trio * three, int(three and self.table.roster.is_twin(group)), again, lost

    def sums(self, groups: Sequence[Group]) -> tuple[int, ...]:
        """What a round costs of each."""
        return tuple(map(sum, zip(*map(self.costs, groups), strict=True)))

    def hold(self, asked: int, value: int) -> None:
        """From now on only rounds that cost just so much of this."""
        if value != 0 or asked == _LOST:
            self.held.append((asked, value))
        elif asked == _ALONE:
            self.single = False
        elif asked == _TWINS:
            self.twins = False
        elif asked == _REPEATS:
            self.pair &= self.again == 0
            self.meeting &= self.again == 0
        else:
            self.meeting[:] = False

    def cheaper(self, asked: int, prices: _Prices, least: float, each: int) -> list[Group]:
        """Groups that cost less than their prices by more than ``least``: for each member, the cheapest with them first."""
        cost = list(_NOTHING)
        cost[asked] += 1.0
        for (held, _), price in zip(self.held, prices.held, strict=True):
            cost[held] -= price
        between = cost[_REPEATS] * self.again + cost[_LOST] * self.lost
        found: list[Group] = []
        for first in range(len(between)):
            own = prices.member[first]
            if self.single and cost[_ALONE] * self.alone[first] - own < -least:
                found.append((first,))
            near = np.flatnonzero(self.pair[first])
            near = near[near > first]
            value = between[first, near] - own - prices.member[near]
            best = np.argsort(value, kind="stable")[:each]
            found += [(first, int(near[at])) for at in best if value[at] < -least]
            found += self._threes(first, between, prices, cost, least, each)
        return found

    def _threes(
        self, first: int, between: Numbers, prices: _Prices, cost: Sequence[float], least: float, each: int
    ) -> list[Group]:
        near = np.flatnonzero(self.meeting[first])
        near = near[near > first]
        own = between[first, near] - prices.member[near]
        sums = (
            own[:, None] + own[None, :] + between[np.ix_(near, near)] - prices.member[first] + cost[_TRIOS] * self.trio
        )
        one, other = np.nonzero(np.triu(sums + min(0.0, cost[_TWINS]) < -least, 1))
        middle, right = near[one], near[other]
        legal, twin = self.table.roster.trios(np.full(len(one), first), middle, right)
        legal &= self.meeting[middle, right]
        value = sums[one, other] + cost[_TWINS] * twin
        keep = np.flatnonzero(legal & (value < -least) & (self.twins | ~twin))
        best = keep[np.argsort(value[keep], kind="stable")[:each]]
        return [(first, int(second), int(third)) for second, third in zip(middle[best], right[best], strict=True)]

    def priced(self, asked: int, groups: Sequence[Group]) -> _Prices | None:
        """The prices of the cheapest mixture of these groups; None where the solver found none."""
        cost = np.array([self.costs(group)[asked] for group in groups], np.float64)
        solved = linprog(cost, A_eq=self._rows(groups), b_eq=self._wanted(), method="highs")
        if solved.status != 0:
            return None
        prices = np.asarray(solved.eqlin.marginals, np.float64)
        count = len(self.alone)
        return _Prices(prices[:count], tuple(prices[count:].tolist()))

    def whole(self, asked: int, groups: Sequence[Group]) -> tuple[list[Group], bool]:
        """The cheapest round of these groups, empty where the search found none, and whether it came to its end."""
        cost = np.array([self.costs(group)[asked] for group in groups], np.float64)
        wanted = self._wanted()
        solved = milp(
            cost,
            integrality=np.ones(len(groups), np.int64),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(self._rows(groups), wanted, wanted),
            options={"node_limit": _BRANCHES, "mip_rel_gap": 0.0},
        )
        values = np.zeros(0) if solved.x is None else np.asarray(solved.x, np.float64)
        chosen: list[int] = np.flatnonzero(values > _HALF).tolist()
        return [groups[place] for place in chosen], solved.status == 0

    def _rows(self, groups: Sequence[Group]) -> Numbers:
        """One row a member and one for each that is held; the solver takes sparse tables where its types say dense ones."""
        count = len(self.alone)
        rows: list[int] = [member for group in groups for member in group]
        columns = [place for place, group in enumerate(groups) for _ in group]
        times = [1.0] * len(rows)
        for row, (asked, _) in enumerate(self.held, count):
            for place, group in enumerate(groups):
                if cost := self.costs(group)[asked]:
                    rows.append(row)
                    columns.append(place)
                    times.append(cost)
        return cast(Numbers, csr_array((times, (rows, columns)), shape=(count + len(self.held), len(groups))))

    def _wanted(self) -> Numbers:
        return np.array([*(1.0 for _ in self.alone), *(float(value) for _, value in self.held)])


def proven_or_bounded(table: Table, draft: Draft, *, threes_first: bool, goes: int = _GOES) -> Draft:
    """The draft with a bound, or a better one, proven where that is possible; as it is where there are too many members.

    ``goes``: how often more groups may be looked at, for each thing that is asked.
    """
    count = len(table.gains.alone)
    if draft.proven or count > _BOUNDED:
        return draft
    choice = _Choice.of(table, -1 if threes_first else 1)
    groups = [*draft.groups, *((place,) for place in draft.alone)]
    for asked in (_ALONE, _TRIOS, _TWINS, _REPEATS):
        groups, least = _asked(choice, asked, groups, goes, prove=True)
        value = choice.sums(groups)[asked]
        if value != least:
            return _draft(table, groups)
        choice.hold(asked, value)
    groups, least = _asked(choice, _LOST, groups, goes, prove=count <= _PROVEN)
    found, unit = _draft(table, groups), table.gains.unit
    if least is None:
        return found
    proven = choice.sums(groups)[_LOST] == least
    return replace(found, proven=proven, most=(1 - least) * unit - 1)


def _asked(
    choice: _Choice, asked: int, known: list[Group], goes: int, *, prove: bool
) -> tuple[list[Group], int | None]:
    """The cheapest round that was found, and what none costs less than; None where that is not known."""
    value = choice.sums(known)[asked]
    if value == _floor(choice, asked):
        return known, value
    groups = dict.fromkeys(known)
    prices = _generated(choice, asked, groups, goes)
    if prices is None:
        return known, None
    slight = _SLIGHT * len(choice.alone)
    least = math.ceil(prices.total([value for _, value in choice.held]) - slight)
    if value == least or not prove:
        return known, least
    best = _better(choice, asked, known, list(groups))[0]
    gap = choice.sums(best)[asked] - least
    open_groups = choice.cheaper(asked, prices, -gap - slight, _CHOICES) if gap else []
    if 0 < len(open_groups) <= _CHOICES:
        best, ended = _better(choice, asked, best, list(dict.fromkeys([*best, *open_groups])))
        least = choice.sums(best)[asked] if ended else least
    return best, least


def _generated(choice: _Choice, asked: int, groups: dict[Group, None], goes: int) -> _Prices | None:
    """Adds the groups that the prices ask for until they ask for no more; None where that does not come to an end."""
    for _ in range(goes):
        prices = choice.priced(asked, list(groups))
        if prices is None:
            return None
        coming = [group for group in choice.cheaper(asked, prices, _SLIGHT, _EACH) if group not in groups]
        if not coming:
            return prices
        groups |= dict.fromkeys(coming)
    return None


def _better(choice: _Choice, asked: int, known: list[Group], groups: list[Group]) -> tuple[list[Group], bool]:
    found, ended = choice.whole(asked, groups)
    return (found if found and choice.sums(found)[asked] < choice.sums(known)[asked] else known), ended


def _floor(choice: _Choice, asked: int) -> int | None:
    """What no round costs less than, by counting alone."""
    count = len(choice.alone)
    if asked == _LOST:
        return None
    if asked != _TRIOS:
        return 0
    if choice.trio < 0:
        return -(count // 3 if choice.single else (count - 2 * (-count % 3)) // 3)
    return 0 if choice.single else count % 2


def _draft(table: Table, groups: Sequence[Group]) -> Draft:
    return table.draft([group for group in groups if len(group) > 1], [group[0] for group in groups if len(group) == 1])


def _least_whole(values: Numbers) -> NDArray[np.int64]:
    """The same proportions in the smallest whole numbers."""
    whole = values.astype(np.int64)
    return whole // max(1, math.gcd(*whole.tolist()))
