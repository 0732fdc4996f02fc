"""Planning a round, against what others use, on the same scores; every total that is exact is checked to be equal."""

import random
import time
from collections.abc import Iterator

import networkx
import numpy as np
import rustworkx

from benchmarks.measure import Row, median, seconds
from bot.matching.domain import Candidate, Weights
from bot.matching.meaning import WordMeaning
from bot.matching.plan import plan
from bot.matching.rules import Roster
from bot.matching.score import Encounters, Profiles, grains

_SHARES = (("municipality", 50), ("civil_society", 40), ("business", 30), ("foundation", 18), ("research", 12))


def candidates(members: int, seed: int = 5) -> list[Candidate]:
    """An academy of the domain's proportions: tags of unequal popularity, organisations of several members."""
    chance = random.Random(seed)
    tags = [f"emne {number}" for number in range(120)]
    popularity = [1 / (rank + 1) ** 0.8 for rank in range(len(tags))]
    people: list[Candidate] = []
    for number in range(members):
        sector = next(name for name, upto in _upto() if number * 150 // members < upto)
        drawn = [tuple(set(chance.choices(tags, popularity, k=count))) for count in (4, 3, 3)]
        people.append(Candidate(f"m{number}", f"{sector} {chance.randrange(max(2, members // 15))}", sector, *drawn))
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
        (1000, ()),
    ):
        people = candidates(members)
        ours = median(seconds(lambda people=people: plan(people, [], seed=1), 3))
        made = plan(people, [], seed=1)
        limit = 0.5
        yield Row(f"{members} members, profiles to reasons", ours, "s", limit, "the later limit at 1,000")
        yield Row(f"{members} members, share of the bound", made.score, "points", made.bound, "the bound", "1")
        if peers:
            yield from _against(people, ours, peers)


def _against(people: list[Candidate], ours: float, peers: tuple[str, ...]) -> Iterator[Row]:
    roster = Roster.read(people, [], _no_wishes())
    worth = grains(roster, Profiles.read(roster.people, WordMeaning.load()), Encounters.read(roster, [], 12), Weights())
    allowed = [
        (i, j, int(worth[i, j]))
        for i, a in enumerate(roster.people)
        for j, b in enumerate(roster.people[:i])
        if a.sector != b.sector and a.organisation != b.organisation
    ]
    best = 0
    for peer in peers:
        started = time.perf_counter()
        total = _PEERS[peer](allowed, len(people))
        taken = time.perf_counter() - started
        best = max(best, total)
        yield Row(f"  whole round against {peer}'s matching alone", ours, "s", taken, peer)
        yield Row(f"  {peer}'s total", total, "grains", best, "the best of the peers")


def _no_wishes():  # type: ignore[no-untyped-def]  # the default of plan
    from bot.matching.domain import Wishes

    return Wishes()


def _networkx(edges: list[tuple[int, int, int]], _members: int) -> int:
    graph = networkx.Graph()
    graph.add_weighted_edges_from(edges)
    return sum(graph.edges[pair]["weight"] for pair in networkx.max_weight_matching(graph, maxcardinality=True))


def _rustworkx(edges: list[tuple[int, int, int]], members: int) -> int:
    graph = rustworkx.PyGraph()
    graph.add_nodes_from(list(range(members)))
    graph.add_edges_from(edges)
    pairs = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return sum(graph.get_edge_data(*pair) for pair in pairs)


def _shuffle(edges: list[tuple[int, int, int]], _members: int) -> int:
    chance = np.random.default_rng(1)
    taken: set[int] = set()
    total = 0
    for place in chance.permutation(len(edges)):
        i, j, weight = edges[place]
        if i not in taken and j not in taken:
            taken |= {i, j}
            total += weight
    return total


_PEERS = {"networkx": _networkx, "rustworkx": _rustworkx, "shuffle": _shuffle}
