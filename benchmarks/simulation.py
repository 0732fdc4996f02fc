"""Half a year of weekly rounds: what members live with, against chance under the same rules in the same season.

Two academies of 150: sectors of 50, 40, 30, 18 and 12, and one in which a sector is more than half of all (90, 25, 15, 12, 8).
Figures are sums or means over the seeds. The rules are checked by ``bot/introductions/simulation/kept.py``, which shares no
code with the planner. Last, complementary pairs are hidden among the members: how soon are they introduced?
"""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import mean

from benchmarks.measure import Row
from bot.introductions.simulation.living import pairs
from bot.introductions.simulation.season import Circumstances
from bot.introductions.simulation.simulating import Simulation, simulate
from bot.introductions.spreadsheet import Asked
from bot.matching.domain import Candidate

USUAL = (50, 40, 30, 18, 12)
LOPSIDED = (90, 25, 15, 12, 8)
WEEKS = 26
SEEDS = (1, 2, 3)
_NAMES = ("municipality", "civil_society", "business", "foundation", "research")
_PLANTED = 20
_SOON = 4  # rounds
_TIMES = 6


def an_academy(shares: Sequence[int], seed: int) -> list[Candidate]:
    """Members of five sectors: 120 tags of unequal popularity, organisations of several members, one to four needs and offers."""
    chance = random.Random(f"{shares}|{seed}")
    tags = [f"emne {number}" for number in range(120)]
    popularity = [1 / (rank + 1) ** 0.8 for rank in range(len(tags))]
    people: list[Candidate] = []
    for name, share in zip(_NAMES, shares, strict=True):
        for _ in range(share):
            themes, needs, offers = (
                tuple(sorted(set(chance.choices(tags, popularity, k=chance.randint(*most)))))
                for most in ((2, 6), (1, 4), (1, 4))
            )
            organisation = f"{name} {chance.randrange(max(2, share // 3))}"
            people.append(Candidate(f"m{len(people)}", organisation, name, themes, needs, offers))
    return people


def rows() -> Iterator[Row]:
    for name, shares in (("usual", USUAL), ("lopsided", LOPSIDED)):
        started = time.process_time()
        told = [simulate(an_academy(shares, seed), (), Circumstances(WEEKS), Asked(seed=seed)) for seed in SEEDS]
        yield from _season(name, told, (time.process_time() - started) / (WEEKS * len(SEEDS)))
    yield from _planted()


def _season(name: str, told: Sequence[Simulation], seconds: float) -> Iterator[Row]:
    """One kind of academy; every figure is the planner's beside what chance did."""
    ours, chance = [one.planned for one in told], [one.chance for one in told]

    def row(what: str, measured: float, unit: str, against: float, named: str, wanted: str) -> Row:
        return Row(f"{name} academy, {WEEKS} rounds: {what}", measured, unit, against, named, wanted)

    yield row("repeats within 12 rounds", sum(one.repeats for one in ours), "", 0, "", "0")
    yield row("broken rules", sum(sum(one.broken.values()) for one in ours), "", 0, "", "0")
    spared = sum(sum(one.left_out) - sum(one.fewest) for one in ours)
    yield row("left out beyond the arithmetic minimum", spared, "", 0, "", "0")
    by_chance = sum(sum(one.left_out) for one in chance)
    yield row("left out", sum(sum(one.left_out) for one in ours), "", by_chance, "chance's", "")
    yield row("longest wait", max(one.longest_wait() for one in ours), "rounds", 0, "", "1 at most")
    distinct, met = mean(one.distinct[-1] for one in ours), mean(one.distinct[-1] for one in chance)
    yield row("different pairs", distinct, "", met, "chance's", "0.97 at least")
    worth, found = mean(one.worth for one in ours), mean(one.worth for one in chance)
    yield row("points a meeting, needs and themes", worth, "", found, "chance's", "1.4 at least")
    needs, luck = mean(one.share_on_a_need() for one in ours), mean(one.share_on_a_need() for one in chance)
    yield row("share of meetings on a need", needs, "", luck, "chance's", "")
    even, random_even = mean(one.evenness() for one in ours), mean(one.evenness() for one in chance)
    yield row("rarest sector pair beside the mean", even, "", random_even, "chance's", "")
    bridged = [min(sum(bridge.meetings > 0 for bridge in one.bridges) for one in both) for both in (ours, chance)]
    yield row("sector pairs that met, of ten", bridged[0], "", bridged[1], "chance's", "")
    proven = sum(one.proven for one in ours)
    yield row("rounds proven best", proven, "", WEEKS * len(told), "all", "1")
    yield row("a round and its peer, processor time", seconds * 1000, "ms", 0, "", "")


def _planted() -> Iterator[Row]:
    for both_ways in (True, False):
        ours, chance = 0, 0
        for seed in range(_TIMES):
            people, hidden = plant(an_academy(USUAL, seed), seed, both_ways=both_ways)
            told = simulate(people, (), Circumstances(_SOON), Asked(seed=seed))
            ours += len(hidden & {pair for week in told.weeks for group in week.met() for pair in pairs(group)})
            shuffled = {pair for week in told.chance_weeks for group in week.met() for pair in pairs(group)}
            chance += len(hidden & shuffled)
        how = "each needs what the other offers" if both_ways else "one needs what the other offers"
        yield Row(
            f"{_PLANTED} hidden pairs, {how}: introduced in {_SOON} rounds",
            ours / _TIMES,
            "pairs",
            chance / _TIMES,
            "chance's",
            "3 at least",
        )


def plant(people: Sequence[Candidate], seed: int, *, both_ways: bool) -> tuple[list[Candidate], set[frozenset[str]]]:
    """Gives twenty pairs of different sectors and organisations a need and an offer that fit, beside what they have."""
    chance = random.Random(seed)
    order = list(people)
    chance.shuffle(order)
    hidden: set[frozenset[str]] = set()
    changed: dict[str, Candidate] = {}
    for one in order:
        other = next(
            (
                other
                for other in order
                if other.sector != one.sector and other.organisation != one.organisation and other.id not in changed
            ),
            None,
        )
        if len(hidden) == _PLANTED or one.id in changed or other is None:
            continue
        there, back = f"sag{len(hidden)}a", f"sag{len(hidden)}b"
        changed[one.id] = replace(
            one, needs=(*one.needs, there), offers=(*one.offers, back) if both_ways else one.offers
        )
        changed[other.id] = replace(
            other, offers=(*other.offers, there), needs=(*other.needs, back) if both_ways else other.needs
        )
        hidden.add(frozenset((one.id, other.id)))
    return [changed.get(one.id, one) for one in people], hidden
