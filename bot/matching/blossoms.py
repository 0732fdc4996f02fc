"""Pairs, and odd rings of members that count as one while the best pairing is sought (Edmonds' blossoms).

Whichever member of a ring finds a partner outside, the others can pair among themselves, because all edges of the ring are
equally good. Rings lie within rings; a single member is the smallest. A *node* is a number: below the number of members a
member, above it a ring.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Places: TypeAlias = NDArray[np.intp]
# From a member on the one side to a member on the other.
Edge: TypeAlias = tuple[int, int]

NOBODY = -1


class Blossoms:
    """A pairing of some members and the rings that are kept as one. ``mate[i]``: i's partner, i where alone, or NOBODY."""

    def __init__(self, count: int) -> None:
        self.mate = list(range(count))
        # The outermost node that each member is in.
        self.top: Places = np.arange(count)
        # The member of a node whose partner, if there is one, is outside.
        self.base = list(range(count))
        # What a ring adds to the bound for each of its pairs: both ranks as one complex number.
        self.price: dict[int, complex] = {}
        self.members: dict[int, Places] = {}
        # The nodes in a ring from the one with its base onwards, and the edges from each to the next, round to the first.
        self.around: dict[int, list[int]] = {}
        self._edges: dict[int, list[Edge]] = {}
        self._inside: dict[int, int] = {}

    @classmethod
    def of_assignment(cls, assigned: Sequence[int], without: Sequence[int] = ()) -> "Blossoms":
        """Pairs, from what is left of an assignment without some. An odd cycle becomes a ring that seeks a partner; of an odd
        part of a cycle, one member does."""
        made = cls(len(assigned))
        for cycle in _cycles(assigned):
            parts = _cut(cycle, without)
            for part in parts:
                if parts != [cycle]:
                    made._pair_off(part)
                elif len(part) > 1:
                    made._close(part)
        return made

    def _pair_off(self, path: list[int]) -> None:
        if len(path) % 2:
            self.mate[path[0]] = NOBODY
        for i, j in zip(path[len(path) % 2 :: 2], path[len(path) % 2 + 1 :: 2], strict=True):
            self.mate[i], self.mate[j] = j, i

    def _close(self, cycle: list[int]) -> None:
        if len(cycle) % 2:
            self.contract(cycle.copy(), [*pairwise(cycle), (cycle[-1], cycle[0])])
        self._pair_off(cycle)

    def seeking(self) -> list[int]:
        """The outermost nodes without a partner."""
        return [int(self.top[place]) for place, mate in enumerate(self.mate) if mate == NOBODY]

    def of(self, node: int) -> Places:
        """All members in a node."""
        found = self.members.get(node)
        return np.array([node], np.intp) if found is None else found

    def contract(self, around: list[int], edges: list[Edge]) -> int:
        """Makes nodes, the one with the base first, one ring, and returns it."""
        ring = len(self.base)
        self.base.append(self.base[around[0]])
        self.around[ring], self._edges[ring], self.price[ring] = around, edges, 0j
        self.members[ring] = np.concatenate([self.of(node) for node in around])
        self.top[self.members[ring]] = ring
        self._inside.update((node, ring) for node in around)
        return ring

    def open(self, ring: int) -> list[int]:
        """Takes an outermost ring apart and returns the nodes that were in it."""
        nodes = self.around.pop(ring)
        del self._edges[ring], self.price[ring], self.members[ring]
        for node in nodes:
            del self._inside[node]
            self.top[self.of(node)] = node
        return nodes

    def open_worthless(self, node: int) -> None:
        """Takes apart an outermost ring that adds nothing to the bound, and so on inwards."""
        nodes = [node]
        while nodes:
            node = nodes.pop()
            if node in self.around and self.price[node] == 0:
                nodes += self.open(node)

    def way_to_base(self, ring: int, member: int) -> tuple[int, list[tuple[int, Edge]]]:
        """The node of a member in a ring, and the even way from there to the node of the base: each next node with the edge
        that leads to it."""
        around, edges = self.around[ring], self._edges[ring]
        start = around.index(self._levels(ring, member)[-2])
        if start % 2:
            way = [(around[(at + 1) % len(around)], edges[at]) for at in range(start, len(around))]
        else:
            way = [(around[at], (edges[at][1], edges[at][0])) for at in range(start - 1, -1, -1)]
        return around[start], way

    def turn(self, node: int, member: int) -> None:
        """Makes the member the base of its node: all others in it are paired with each other."""
        # No recursion: rings may lie within rings by the hundreds.
        turns = [(node, member)]
        while turns:
            node, member = turns.pop()
            if self.base[node] == member:
                continue
            for inner, ring in pairwise(self._levels(node, member)):
                start = self.around[ring].index(inner)
                around, edges = self.around[ring], self._edges[ring]
                around, edges = around[start:] + around[:start], edges[start:] + edges[:start]
                self.around[ring], self._edges[ring], self.base[ring] = around, edges, member
                for at in range(1, len(around), 2):
                    one, other = edges[at]
                    turns += ((around[at], one), (around[at + 1], other))
                    self.mate[one], self.mate[other] = other, one

    def _levels(self, node: int, member: int) -> list[int]:
        """The nodes that a member is in, from the member itself up to this one."""
        levels = [member]
        while levels[-1] != node:
            levels.append(self._inside[levels[-1]])
        return levels


def _cycles(assigned: Sequence[int]) -> Iterator[list[int]]:
    seen = [False] * len(assigned)
    for start in range(len(assigned)):
        cycle: list[int] = []
        place = start
        while not seen[place]:
            seen[place] = True
            cycle.append(place)
            place = assigned[place]
        if cycle:
            yield cycle


def _cut(cycle: list[int], without: Sequence[int]) -> list[list[int]]:
    """The parts of a cycle between those left out; the whole where nobody is."""
    gaps = [at for at, place in enumerate(cycle) if place in without]
    if not gaps:
        return [cycle]
    turned = [*cycle[gaps[0] :], *cycle[: gaps[0]], cycle[gaps[0]]]
    cuts = [at for at, place in enumerate(turned) if place in without]
    return [turned[start + 1 : end] for start, end in pairwise(cuts) if end > start + 1]
