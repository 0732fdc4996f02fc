"""Planning a round, against what others use, on the same scores.

Times are of the whole round as it is planned, from profiles to reasons, against the peer's matching alone. Totals are of the
same whole numbers: without the seed's luck, a pair is worth to both what its profiles are worth. Where the plan is proven
best, its total has to be the exact peers' total.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TypeAlias

import networkx
import numpy as np
import rustworkx

from benchmarks.measure import Row, median, seconds
from bot.matching.domain import Candidate, Plan, Weights, Wishes
from bot.matching.meaning import WordMeaning
from bot.matching.plan import plan
from bot.matching.rules import Roster
from bot.matching.score import Encounters, Profiles, grains

LIMIT = 0.5  # seconds, for 1,000 members
LARGEST = 1_000
_SHARES = (("municipality", 50), ("civil_society", 40), ("business", 30), ("foundation", 18), ("research", 12))
_LUCKLESS = Weights(draw=0)

# Two members by their places, and what their meeting is worth.
Edge: TypeAlias = tuple[int, int, int]
Peer: TypeAlias = Callable[[Sequence[Edge], int], int]


def candidates(members: int, seed: int = 5) -> list[Candidate]:
    """An academy of the domain's proportions: tags of unequal popularity, organisations of several members."""
    chance = random.Random(seed)
    tags = [f"emne {number}" for number in range(120)]
    popularity = [1 / (rank + 1) ** 0.8 for rank in range(len(tags))]
    people: list[Candidate] = []
    for number in range(members):
        sector = next(name for name, upto in _upto() if number * 150 // members < upto)
        themes, needs, offers = (tuple(sorted(set(chance.choices(tags, popularity, k=count)))) for count in (4, 3, 3))
        organisation = f"{sector} {chance.randrange(max(2, members // 15))}"
        people.append(Candidate(f"m{number}", organisation, sector, themes, needs, offers))
    return people


def _upto() -> Iterator[tuple[str, int]]:
    total = 0
    for name, share in _SHARES:
        total += share
        yield name, total


def rows() -> Iterator[Row]:
    for members, peers in (
        (60, ("networkx", "rustworkx", "shuffle")),
        (150, ("networkx", "rustworkx", "shuffle")),
        (LARGEST, ("rustworkx", "shuffle")),
    ):
        people = candidates(members)
        ours = median(seconds(partial(plan, people, [], seed=1), 3))
        made = plan(people, [], seed=1)
        if members == LARGEST:
            yield Row(f"{members} members, profiles to reasons", ours, "s", LIMIT, "the later limit")
            busy = median(seconds(partial(plan, people, [], seed=1), 3, time.process_time))
            yield Row(f"{members} members, the same in processor time", busy, "s", LIMIT, "the later limit")
        yield Row(f"{members} members, share of the bound", made.score, "points", made.bound, "the bound", "1")
        yield from _against(people, ours, peers)


@dataclass(frozen=True, slots=True)
class Worths:
    """What each meeting of a round is worth, in whole numbers, and which may be at all."""

    places: Mapping[str, int]
    worth: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]"
    edges: list[Edge]

    @classmethod
    def read(cls, people: Sequence[Candidate]) -> "Worths":
        roster = Roster.read(people, [], Wishes())
        profiles = Profiles.read(roster.people, WordMeaning.load())
        worth = grains(roster, profiles, Encounters.read(roster, [], _LUCKLESS.window), _LUCKLESS)
        pairs = combinations(range(len(people)), 2)
        return cls(roster.places, worth, [(i, j, int(worth[i, j])) for i, j in pairs if roster.allowed[i, j]])

    def total(self, made: Plan) -> int:
        """What a plan is worth in all."""
        groups = [[self.places[member] for member in group.members] for group in made.groups]
        return sum(int(self.worth[pair]) for group in groups for pair in combinations(group, 2))


def _against(people: Sequence[Candidate], ours: float, peers: Sequence[str]) -> Iterator[Row]:
    worths = Worths.read(people)
    made = plan(people, [], seed=1, weights=_LUCKLESS)
    assert all(len(group.members) == 2 for group in made.groups), "pairs, as the peers make them"
    for name in peers:
        peer, exact = _PEERS[name]
        started = time.perf_counter()
        total = peer(worths.edges, len(people))
        taken = time.perf_counter() - started
        yield Row(f"{len(people)} members, whole round against its matching alone", ours, "s", taken, name)
        wanted = "1, exactly" if exact and made.optimal else ""
        yield Row(
            f"{len(people)} members, total without luck", worths.total(made), "grains", total, f"{name}'s", wanted
        )
        if wanted and worths.total(made) != total:
            raise ArithmeticError(f"two proven totals differ: {worths.total(made)} and {name}'s {total}")


def _networkx(edges: Sequence[Edge], _members: int) -> int:
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_weighted_edges_from(edges)
    worth = {frozenset((i, j)): weight for i, j, weight in edges}
    pairs: set[tuple[int, int]] = networkx.max_weight_matching(graph, maxcardinality=True)
    return sum(worth[frozenset(pair)] for pair in pairs)


def _rustworkx(edges: Sequence[Edge], members: int) -> int:
    graph: rustworkx.PyGraph[int, int] = rustworkx.PyGraph()
    graph.add_nodes_from(list(range(members)))
    graph.add_edges_from(list(edges))
    pairs = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return sum(graph.get_edge_data(*pair) for pair in pairs)


def _shuffle(edges: Sequence[Edge], _members: int) -> int:
    taken: set[int] = set()
    total = 0
    for i, j, weight in random.Random(1).sample(edges, len(edges)):
        if i not in taken and j not in taken:
            taken |= {i, j}
            total += weight
    return total


# Each with whether it finds the best.
_PEERS: Mapping[str, tuple[Peer, bool]] = {
    "networkx": (_networkx, True),
    "rustworkx": (_rustworkx, True),
    "shuffle": (_shuffle, False),
}
