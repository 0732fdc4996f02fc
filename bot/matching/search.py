"""The way from a ring that seeks a partner to one who can be had, at the least loss: a tree that grows over the edges which
the prices make free, and prices that change until there are such edges (Edmonds' algorithm, one tree at a time).

Members at an even distance from the root become cheaper as the tree grows, those at an odd distance dearer; ``level`` says
by how much. What happens next is what happens at the lowest level:

- somebody outside is reached: their pair joins the tree, or, if they seek too or are alone, the way is found;
- two of the cheaper ones reach each other: the odd ring between them becomes one node;
- one of the cheaper ones may as well stay alone: the way is found;
- a dearer ring's own price is used up: it opens.

Gains, prices and levels have two ranks and are kept as complex numbers, which numpy orders by the real part (``order``)
and then the imaginary one (``worth``). They are whole numbers or halves, and exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from bot.matching.assignment import NEVER, Gains, Ranked
from bot.matching.blossoms import NOBODY, Blossoms, Edge, Places

Level: TypeAlias = tuple[float, float]

_OUTSIDE, _CHEAPER, _DEARER, _ABSENT = 0, 1, 2, 3
# A level at which two meet: both become cheaper, or one.
_SHARE = (1.0, 0.5, 1.0, 1.0)
# How a price changes with the level.
_SLOPE = (0.0, -1.0, 1.0, 0.0)
# The way to the root ends.
_ROOT: Edge = (NOBODY, NOBODY)
_NOWHERE: tuple[Level, int] = ((np.inf, 0.0), NOBODY)


@dataclass(frozen=True, slots=True)
class _Tree:
    """``since[node]``: the level at which an outermost node joined; ``came[node]``: the edge to it from the tree."""

    # Price of those outside; price and level together of those cheaper; price less level of those dearer.
    own: Ranked
    state: Places
    # For each member, the lowest own value of somebody cheaper less the gain of the two, and who that is.
    near: Ranked
    nearest: Places
    since: dict[int, complex] = field(default_factory=dict[int, complex])
    came: dict[int, Edge] = field(default_factory=dict[int, Edge])
    # For each dearer ring, the level at which it opens.
    opens: dict[int, Level] = field(default_factory=dict[int, Level])

    @classmethod
    def bare(cls, prices: Ranked, state: Places) -> "_Tree":
        """Before anybody has joined."""
        count = len(prices)
        return cls(prices.copy(), state.copy(), np.full(count, NEVER, np.complex128), np.full(count, NOBODY))


class Search:
    """Finds partners until nobody seeks one. Raises :class:`ValueError` where those who must not stay alone would have to."""

    def __init__(self, gains: Gains, prices: Ranked, blossoms: Blossoms, without: Sequence[int] = ()) -> None:
        self._gains = gains
        self._prices = prices
        self._blossoms = blossoms
        self._present = np.full(len(prices), _OUTSIDE)
        self._present[list(without)] = _ABSENT
        self._alone = gains.staying()
        self._share, self._slope = np.array(_SHARE), np.array(_SLOPE)
        self._tree = _Tree.bare(prices, self._present)
        self._level = 0j
        self._may_stay: tuple[Level, int] = _NOWHERE

    def run(self) -> None:
        """From each that seeks, one after the other."""
        for node in self._blossoms.seeking():
            if self._blossoms.mate[self._blossoms.base[node]] == NOBODY:
                self._from(node)

    def _from(self, root: int) -> None:
        self._tree = _Tree.bare(self._prices, self._present)
        self._level = 0j
        self._may_stay = _NOWHERE
        self._cheaper(root, _ROOT)
        while not self._step():
            pass
        self._settle()

    def _step(self) -> bool:
        """Does what comes next; whether a way was found."""
        tree = self._tree
        reach = (tree.near + tree.own) * self._share[tree.state]
        reach[tree.state >= _DEARER] = NEVER
        place = int(reach.argmin())
        level = complex(reach[place])
        opening, ring = min(((at, node) for node, at in tree.opens.items()), default=_NOWHERE)
        if min(_rank(level), self._may_stay[0], opening)[0] >= NEVER / 4:
            raise ValueError("Somebody who must not stay alone has no partner.")
        if self._may_stay[0] <= min(_rank(level), opening):
            self._level = complex(*self._may_stay[0])
            self._pair(self._may_stay[1], self._may_stay[1])
            return True
        if opening < _rank(level):
            self._level = complex(*opening)
            self._open(ring)
            return False
        return self._meet(int(tree.nearest[place]), place, level)

    def _meet(self, one: int, other: int, level: complex) -> bool:
        """Somebody cheaper reaches another; whether a way was found."""
        blossoms, top = self._blossoms, self._blossoms.top
        if top[one] == top[other]:
            self._look_again(int(top[other]))
            return False
        self._level = level
        if self._tree.state[other] == _CHEAPER:
            self._contract(one, other)
            return False
        node = int(top[other])
        base = blossoms.base[node]
        mate = blossoms.mate[base]
        if mate in {NOBODY, base}:
            blossoms.turn(node, other)
            blossoms.mate[other] = one
            self._tree.came.setdefault(node, _ROOT)
            self._pair(one, other)
            return True
        self._dearer(node, (one, other))
        self._cheaper(int(top[mate]), (base, mate))
        return False

    def _cheaper(self, node: int, came: Edge) -> None:
        self._tree.came[node], self._tree.since[node] = came, self._level
        self._scan(self._blossoms.of(node))

    def _dearer(self, node: int, came: Edge) -> None:
        tree = self._tree
        tree.came[node], tree.since[node] = came, self._level
        members = self._blossoms.of(node)
        tree.state[members] = _DEARER
        tree.own[members] -= self._level
        if node in self._blossoms.around:
            tree.opens[node] = _rank(self._level + self._blossoms.price[node] / 2)

    def _scan(self, members: Places) -> None:
        """Members become cheaper: whom do they reach? All of them were outside."""
        tree = self._tree
        tree.own[members] += self._level
        tree.state[members] = _CHEAPER
        stay = tree.own[members] - self._alone[members]
        first = int(stay.argmin())
        self._may_stay = min(self._may_stay, (_rank(complex(stay[first])), int(members[first])))
        own_node = self._blossoms.of(int(self._blossoms.top[members[0]]))
        for member in members.tolist():
            away = tree.own[member] - self._gains.between(member)
            away[own_node] = NEVER
            nearer = away < tree.near
            np.copyto(tree.near, away, where=nearer)
            tree.nearest[nearer] = member

    def _look_again(self, ring: int) -> None:
        """Those in a ring whose nearest has come into the same ring: who else is near?"""
        tree, top = self._tree, self._blossoms.top
        members = self._blossoms.of(ring)
        members = members[top[tree.nearest[members]] == ring]
        others = np.flatnonzero((tree.state == _CHEAPER) & (top != ring))
        if not len(others):
            tree.near[members] = NEVER
            tree.nearest[members] = NOBODY
            return
        away = tree.own[others] - self._gains.between(np.ix_(members, others))
        first = away.argmin(axis=1)
        tree.near[members] = away[np.arange(len(members)), first]
        tree.nearest[members] = others[first]

    def _contract(self, one: int, other: int) -> None:
        """The ring that two of the cheaper ones close becomes one node."""
        blossoms, tree = self._blossoms, self._tree
        left, right = self._until_they_meet(int(blossoms.top[one]), int(blossoms.top[other]))
        around = [*left[::-1], *right[:-1]]
        down = [tree.came[node] for node in left[-2::-1]]
        up = [(inner, outer) for outer, inner in (tree.came[node] for node in right[:-1])]
        for node in around:
            self._settle_price(node)
        came = tree.came[around[0]]
        for node in around:
            del tree.came[node], tree.since[node]
            tree.opens.pop(node, None)
        ring = blossoms.contract(around, [*down, (one, other), *up])
        tree.came[ring], tree.since[ring] = came, self._level
        members = blossoms.of(ring)
        grown = members[tree.state[members] == _DEARER]
        tree.own[grown] += self._level
        self._scan(grown)

    def _until_they_meet(self, one: int, other: int) -> tuple[list[int], list[int]]:
        """The ways of two nodes towards the root up to the first node that is on both, a step of each in turn."""
        way, theirs, known = [one], [other], {one, other}
        ways = way, theirs
        while True:
            came = self._tree.came[way[-1]]
            if came != _ROOT:
                node = int(self._blossoms.top[came[0]])
                way.append(node)
                if node in known:
                    left, right = (way[: way.index(node) + 1] for way in ways)
                    return left, right
                known.add(node)
            way, theirs = theirs, way

    def _open(self, ring: int) -> None:
        """A dearer ring opens: the even way through it stays in the tree, its other nodes are outside again."""
        tree, blossoms = self._tree, self._blossoms
        came = tree.came.pop(ring)
        del tree.since[ring], tree.opens[ring]
        entrance, way = blossoms.way_to_base(ring, came[1])
        members = blossoms.of(ring)
        blossoms.open(ring)
        tree.own[members] += self._level
        tree.state[members] = _OUTSIDE
        self._dearer(entrance, came)
        for at, (node, edge) in enumerate(way):
            if at % 2:
                self._dearer(node, edge)
            else:
                self._cheaper(node, edge)

    def _pair(self, member: int, partner: int) -> None:
        """From a member with a partner at last back to the root: each lets go of one and takes the other."""
        blossoms, top = self._blossoms, self._blossoms.top
        while True:
            node = int(top[member])
            came = self._tree.came[node]
            blossoms.turn(node, member)
            blossoms.mate[member] = partner
            if came == _ROOT:
                return
            dearer = int(top[came[0]])
            member, partner = self._tree.came[dearer]
            blossoms.turn(dearer, partner)
            blossoms.mate[partner] = member

    def _settle_price(self, node: int) -> None:
        """Writes down what a ring's price has come to."""
        if node in self._blossoms.around:
            change = 2 * (self._level - self._tree.since[node])
            cheaper = self._tree.state[self._blossoms.base[node]] == _CHEAPER
            self._blossoms.price[node] += change if cheaper else -change

    def _settle(self) -> None:
        """Writes down the prices, and takes apart what need not be one any more."""
        tree = self._tree
        for node in tree.since:
            self._settle_price(node)
        self._prices[:] = tree.own + self._level * self._slope[tree.state]
        for node in tree.came:
            self._blossoms.open_worthless(node)


def _rank(level: complex) -> Level:
    return level.real, level.imag
