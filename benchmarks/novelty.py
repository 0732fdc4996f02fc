"""How many rounds pass before anybody meets anybody again, against the most there can be and against a shuffle.

No sectors are known, so anybody may meet anybody: of an even number of members each can meet a new one in as many rounds as
there are others. The shuffle puts members in a random order, takes neighbours, and tries again until no two have met before, as
often as the best of such programs do.
"""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import mean

from benchmarks.measure import Row
from benchmarks.simulation import an_academy
from bot.matching.domain import Candidate, Meeting
from bot.matching.meaning import WordMeaning
from bot.matching.plan import plan

SIZES = ((20, 0.95), (60, 0.98), (100, 0.98))
SEEDS = (1, 2, 3)
_SHUFFLES = 200


def rows() -> Iterator[Row]:
    meaning = WordMeaning.load()
    for members, wanted in SIZES:
        possible = members - 1
        shuffled = mean(_shuffled(members, seed) for seed in SEEDS)
        for kind in ("empty profiles", "tags"):
            started = time.process_time()
            rounds = [_planned(_members(members, seed, kind), seed, meaning) for seed in SEEDS]
            taken = (time.process_time() - started) / sum(rounds)
            what = f"{members} members, {kind}: rounds before the first repeat, the fewest"
            yield Row(what, min(rounds), "rounds", possible, "the most possible", f"{wanted} at least")
            yield Row(f"{members} members, {kind}: the mean", mean(rounds), "rounds", shuffled, "a shuffle's")
            yield Row(f"{members} members, {kind}: a round, processor time", taken * 1000, "ms", 0, "")


def _members(count: int, seed: int, kind: str) -> list[Candidate]:
    people = an_academy((count, 0, 0, 0, 0), seed)
    known = [replace(one, organisation="", sector="") for one in people]
    return known if kind == "tags" else [Candidate(one.id, "", "") for one in known]


def _planned(people: Sequence[Candidate], seed: int, meaning: WordMeaning) -> int:
    met: dict[frozenset[str], int] = {}
    for number in range(len(people) - 1):
        history = [Meeting(tuple(pair), number - then) for pair, then in met.items()]
        made = plan(people, history, seed=seed * 1000 + number, meaning=meaning)
        pairs = [frozenset(group.members) for group in made.groups]
        if len(pairs) < len(people) // 2 or any(pair in met for pair in pairs):
            return number
        met |= dict.fromkeys(pairs, number)
    return len(people) - 1


def _shuffled(members: int, seed: int) -> int:
    chance = random.Random(seed)
    met: set[frozenset[int]] = set()
    for number in range(members - 1):
        for _ in range(_SHUFFLES):
            order = chance.sample(range(members), members)
            pairs = [frozenset(pair) for pair in list(pairwise(order))[::2]]
            if not any(pair in met for pair in pairs):
                break
        else:
            return number
        met.update(pairs)
    return members - 1
