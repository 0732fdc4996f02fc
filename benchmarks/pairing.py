"""The pairs alone, scores given: eight kinds of score, against two libraries and a shuffle, and what a round takes in memory.

The same whole numbers go to all. Where a peer is exact its total has to be ours, and our proof has to add up to it; anything
else ends the benchmark. Times are the best of several: ours from tables of gains to partners, a peer's from a list of edges
to partners. networkx needs more than seven minutes for 1,000 members and is asked only with ``BENCHMARK_NETWORKX=1`` in the
environment.
"""

import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from benchmarks.matching import candidates
from benchmarks.measure import Row, seconds
from bot.matching.assignment import Gains
from bot.matching.domain import Candidate, Weights
from bot.matching.meaning import WordMeaning
from bot.matching.pairing import pair_up
from bot.matching.plan import plan
from tests.bot.pairing_cases import KINDS, Edge, checked, edges, gain, instance, networkx_pairs, rustworkx_pairs

# Seconds that the usual kind may take; the others at 1,000 have one limit.
_LIMITS = {150: 0.015, 1000: 0.15}
_LIMIT_OF_ANY = 0.5
_MEMORY = 150.0  # MB
_ROUND_LIMIT = 0.5  # seconds, for a whole round
_LARGEST = 1000
_TAGS = ("the first", "the second", "the third")
_ROUND = """
import json, sys
from bot.matching.domain import Candidate
from bot.matching.plan import plan
people = [Candidate(*one[:3], *map(tuple, one[3:])) for one in json.load(sys.stdin)]
assert plan(people, [], seed=1).optimal
print(open("/proc/self/status").read())
"""
_LIBRARIES = """
import sys, numpy
from scipy.optimize import linear_sum_assignment
print(open("/proc/self/status").read())
"""

Pairs: TypeAlias = set[tuple[int, int]]


def rows() -> Iterator[Row]:
    yield from _memory()
    yield from _alike()
    for kind in KINDS:
        yield from _one_kind(kind, 60, ("networkx",))
        yield from _one_kind(kind, 150, ("networkx", "rustworkx", "shuffle"))
        asked = os.environ.get("BENCHMARK_NETWORKX") and kind == KINDS[0]
        yield from _one_kind(
            kind, _LARGEST, ("networkx", "rustworkx", "shuffle") if asked else ("rustworkx", "shuffle")
        )


def _one_kind(kind: str, members: int, peers: Sequence[str]) -> Iterator[Row]:
    gains = instance(kind, members, 1)
    label = f"{kind}, {members} members"
    ours = min(seconds(partial(pair_up, gains), 3 if members == _LARGEST else 7))
    total = checked(gains, pair_up(gains))
    if kind == KINDS[0] and members in _LIMITS:
        yield Row(f"{label}, proven", ours, "s", _LIMITS[members], "the limit", "at most 1")
    elif members == _LARGEST:
        yield Row(f"{label}, proven", ours, "s", _LIMIT_OF_ANY, "the limit", "at most 1")
    listed = edges(gains)
    for name in peers:
        yield from _against(label, gains, ours, total, name, listed)


def _against(
    label: str, gains: Gains, ours: float, total: tuple[float, float], name: str, listed: list[Edge]
) -> Iterator[Row]:
    peer, exact = _PEERS[name]
    started = time.perf_counter()
    pairs = peer(listed, len(gains.alone))
    taken = time.perf_counter() - started
    theirs = gain(gains, pairs)
    if exact and theirs != total:
        raise ArithmeticError(f"{label}: two proven totals differ: {total} and {name}'s {theirs}")
    yield Row(f"{label}, time", ours, "s", taken, name)
    if exact:
        yield Row(f"{label}, total", int(total[1]), "", theirs[1], f"{name}'s", "1, exactly")
    else:
        alone = [len(gains.alone) - 2 * len(pairs), -int(total[0])]
        yield Row(f"{label}, total", int(total[1]), "", theirs[1], f"{name}'s")
        yield Row(f"{label}, left alone", alone[1], "", alone[0], f"{name}'s")


def _shuffle(listed: list[Edge], _members: int) -> Pairs:
    taken: set[int] = set()
    pairs: Pairs = set()
    for i, j, _ in random.Random(1).sample(listed, len(listed)):
        if i not in taken and j not in taken:
            taken |= {i, j}
            pairs.add((i, j))
    return pairs


def _memory() -> Iterator[Row]:
    people = [[one.id, one.organisation, one.sector, one.themes, one.needs, one.offers] for one in candidates(_LARGEST)]
    label = f"{_LARGEST} members, profiles to reasons"
    yield Row(
        f"{label}, most memory of a fresh process",
        _peak(_ROUND, json.dumps(people)),
        "MB",
        _MEMORY,
        "the limit",
        "at most 1",
    )
    yield Row("numpy and scipy.optimize alone, the same", _peak(_LIBRARIES, ""), "MB", _MEMORY, "the limit")


def _alike() -> Iterator[Row]:
    """Whole rounds of members with few different profiles, where very many rounds are worth the same."""
    chance = random.Random(1)
    for members in (_LARGEST, _LARGEST - 1):
        people = [_one_of_few(place, chance) for place in range(members)]
        work = partial(plan, people, [], seed=1, weights=Weights(draw=0), meaning=WordMeaning.load())
        assert work().optimal, "proven, as every round here"
        taken = min(seconds(work, 3, time.process_time))
        yield Row(
            f"{members} members with three tags, processor time, proven",
            taken,
            "s",
            _ROUND_LIMIT,
            "the limit",
            "at most 1",
        )


def _one_of_few(place: int, chance: random.Random) -> Candidate:
    themes, needs, offers = (tuple(chance.sample(_TAGS, chance.randint(1, 3))) for _ in range(3))
    return Candidate(f"m{place}", f"organisation {chance.randrange(300)}", f"sector {place % 5}", themes, needs, offers)


def _peak(script: str, given: str) -> float:
    """In MB. Asked of the process itself: what ``getrusage`` tells begins with the memory of the process that started it."""
    run = subprocess.run([sys.executable, "-c", script], input=given, capture_output=True, text=True, check=True)
    found = re.search(r"VmHWM:\s+(\d+) kB", run.stdout)
    assert found is not None
    return int(found[1]) / 1000


# Each with whether it finds the best.
_PEERS: Mapping[str, tuple[Callable[[list[Edge], int], Pairs], bool]] = {
    "networkx": (networkx_pairs, True),
    "rustworkx": (rustworkx_pairs, True),
    "shuffle": (_shuffle, False),
}
