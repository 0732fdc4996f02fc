"""Rounds of very many members, each in a process of its own, against one reading of a table of all their pairs.

The table holds a whole number of 32 bits a pair: whoever looks at every score has to read as much at least. The share is
that of a bound over all pairs. ``python -m benchmarks.large 100000`` prints a round of any size as JSON.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias, cast

import numpy as np
import rustworkx

from benchmarks.matching import candidates
from benchmarks.measure import Row, seconds
from bot.errors import Phrase
from bot.matching.domain import Weights, Wishes
from bot.matching.large.market import Found, Market
from bot.matching.large.register import Register
from bot.matching.large.rounds import plan_large
from bot.matching.large.traits import Traits
from bot.matching.meaning import WordMeaning
from bot.matching.plan import LARGE

MEMBERS = 20_000
# How many readings of the table a round may take, the least share of the bound, and megabytes.
TIMES, SHARE, MEMORY = 35, 0.99999, 300
_TRIES = 2
# Partners of each member that rustworkx is given.
_NEAREST = 16

Figures: TypeAlias = dict[str, float]


def rows() -> Iterator[Row]:
    yield from _against_reading(MEMBERS)
    yield from _with_one_trio(MEMBERS + 1)
    yield from _against_rustworkx(2 * LARGE)


def _against_reading(members: int) -> Iterator[Row]:
    table = np.ones((members, members), np.int32)
    reading = min(seconds(table.max, 3))
    del table
    tries = [_alone(members) for _ in range(_TRIES)]
    named = f"{members:,} members, tags to"
    quickest = min(tries, key=lambda figures: figures["pairs"])
    one = "one reading of the table"
    yield Row(f"{named} pairs", quickest["pairs"], "s", reading, one, f"{TIMES} at most")
    yield Row(f"{named} pairs, in processor time", quickest["busy"], "s", reading, one)
    yield Row(f"{named} reasons", quickest["seconds"], "s", reading, one)
    yield Row(f"{named} reasons, members left out", int(quickest["left out"]), "", 0, "")
    yield Row(
        f"{named} reasons, worth", quickest["score"], "points", quickest["bound"], "the bound", f"{SHARE} at least"
    )
    yield Row(f"{named} reasons, memory at most", quickest["memory"], "MB", MEMORY, "the limit", "1 at most")


def _with_one_trio(members: int) -> Iterator[Row]:
    """An odd number against one less, whose round needs no trio."""
    odd, even = (
        min((_alone(count) for _ in range(_TRIES)), key=lambda figures: figures["busy"])
        for count in (members, members - 1)
    )
    named = f"{members:,} members, one trio"
    yield Row(f"{named}, in processor time", odd["busy"], "s", even["busy"], "one member less, no trio")
    yield Row(f"{named}, members left out", int(odd["left out"]), "", 0, "")
    yield Row(f"{named}, worth", odd["score"], "points", odd["bound"], "the bound", f"{SHARE} at least")


def _against_rustworkx(members: int) -> Iterator[Row]:
    """A whole round against the matching alone of the nearest few partners of each member."""
    people = candidates(members)
    register = Register.read(people, (), Wishes(), 1)
    traits = Traits.read(register, (), Weights(), WordMeaning.load())
    market = Market.of(traits, np.arange(members), ~np.eye(len(traits.balance), dtype=np.bool_))
    near = _nearest(market.above(np.zeros(members)), members)
    started = time.perf_counter()
    graph: rustworkx.PyGraph[None, int] = rustworkx.PyGraph()
    graph.add_nodes_from([None] * members)
    graph.add_edges_from(list(zip(near.left.tolist(), near.right.tolist(), near.worth.tolist(), strict=True)))
    pairs = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    taken = time.perf_counter() - started
    total = sum(graph.get_edge_data(*pair) for pair in pairs) / 100
    ours = _alone(members)
    named = f"rustworkx on the {_NEAREST} nearest"
    yield Row(f"{members:,} members, whole round", ours["seconds"], "s", taken, f"{named}, matching alone")
    yield Row(f"{members:,} members, worth", ours["score"], "points", total, named)
    yield Row(f"{members:,} members, worth", ours["score"], "points", ours["bound"], "the bound", f"{SHARE} at least")


def _nearest(every: Found, members: int) -> Found:
    """The pairs that are among the best few of either of the two."""
    chosen = np.zeros(len(every.left), np.bool_)
    for side in (every.left, every.right):
        order = np.lexsort((-every.worth, side))
        starts = np.searchsorted(side[order], np.arange(members))
        chosen[order[np.arange(len(order)) - starts[side[order]] < _NEAREST]] = True
    return every.only(chosen)


def _alone(members: int) -> Figures:
    """A round in a fresh process."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.large", str(members)], check=True, capture_output=True, text=True
    ).stdout
    return cast(Figures, json.loads(told))


def figures(members: int) -> Figures:
    """Plans a round here, and says how that was."""
    people = candidates(members)
    meaning = WordMeaning.load()
    when: dict[str, tuple[float, float]] = {}

    def told(_done: float, what: Phrase) -> None:
        when[what.message] = time.perf_counter(), time.process_time()

    started, busy = time.perf_counter(), time.process_time()
    made = plan_large(people, [], seed=1, wishes=Wishes(), weights=Weights(), meaning=meaning, progress=told)
    ended = time.perf_counter()
    paired, paired_busy = when["Finding the reasons"]
    return {
        "pairs": paired - started,
        "busy": paired_busy - busy,
        "seconds": ended - started,
        "score": made.score,
        "bound": made.bound,
        "left out": len(made.left_out),
        "memory": _most_memory(),
    }


def _most_memory() -> float:
    """Megabytes that this process had at most. What the system counts for a process else begins with its parent's."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    kilobytes = next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) / 1024


if __name__ == "__main__":
    print(json.dumps(figures(int(sys.argv[1]))))
