"""Stations and small groups, against a shuffle, a greedy organiser, and what no groups can exceed.

All are compared on what the planner counts: rules first (places of a sector too many or too few, pairs of one organisation,
pairs that met), then worth, of the same whole numbers. A peer that breaks more rules is told so beside its worth.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from benchmarks.matching import candidates
from benchmarks.measure import Row, median, seconds
from bot.matching.domain import Candidate, Meeting, Weights
from bot.matching.meaning import WordMeaning
from bot.matching.score import Profiles
from bot.matching.stations.domain import Counted, Seating, Stations
from bot.matching.stations.making import challenge_groups, stations
from bot.matching.stations.measures import measured
from bot.matching.stations.rules import read_rules
from bot.matching.stations.table import Table, camp_table
from bot.matching.stations.worth import SMALL, worth_of_coverage, worth_of_meetings

QUICK, PROVEN = 0.5, 10.0  # seconds
_LUCKLESS = Weights(draw=0)
_SHUFFLES = 200


@dataclass(frozen=True, slots=True)
class Case:
    """A camp: who comes, in how many groups, and who met before."""

    told: str
    people: Sequence[Candidate]
    count: int
    history: Sequence[Meeting] = ()

    def table(self, meaning: WordMeaning) -> Table:
        rules = read_rules(self.people, self.history, Seating(), _LUCKLESS.window)
        profiles = Profiles.read(rules.roster.people, meaning)
        worth = (
            worth_of_meetings(rules, self.history, profiles, _LUCKLESS, 1)
            if -(-len(self.people) // self.count) <= SMALL
            else worth_of_coverage(rules, profiles, _LUCKLESS)
        )
        nothing = rules.ages[:, : self.count] * 0
        return camp_table(rules, self.count, nothing, worth, 1)


def met_weekly(people: Sequence[Candidate], weeks: int) -> list[Meeting]:
    """So many weeks of pairs drawn by lot."""
    chance, ids = random.Random(3), [person.id for person in people]
    history: list[Meeting] = []
    for week in range(1, weeks + 1):
        chance.shuffle(ids)
        history += [Meeting((ids[at], ids[at + 1]), week) for at in range(0, len(ids) - 1, 2)]
    return history


def rows() -> Iterator[Row]:
    meaning = WordMeaning.load()
    fifty, many = candidates(50), candidates(150)
    yield from _camp(Case("50 in 3 stations", fifty, 3), meaning)
    yield from _camp(Case("50 in 3 stations after 4 weeks", fifty, 3, met_weekly(fifty, 4)), meaning)
    yield from _camp(Case("150 in 10 stations", many, 10), meaning)
    yield from _camp(Case("150 in 50 groups of three", many, 50), meaning)
    yield from _challenge("a challenge for 150", many, meaning)


def _camp(case: Case, meaning: WordMeaning) -> Iterator[Row]:
    plain = partial(stations, case.people, case.count, case.history, seed=1, weights=_LUCKLESS, meaning=meaning)
    yield from _ours(case.told, plain)
    table = case.table(meaning)
    made = plain()
    places = table.rules.roster.places
    ours = _figures(table, [[places[member] for member in station.members] for station in made.stations])
    for named, peer in (("a greedy organiser", _greedy), ("the best of 200 shuffles", _shuffled)):
        theirs = _figures(table, peer(table))
        for counted, told in (
            (Counted.SECTORS, "uneven places"),
            (Counted.ORGANISATIONS, "pairs of one organisation"),
            (Counted.REPEATS, "pairs that met"),
        ):
            if theirs[counted] or ours[counted]:
                yield Row(f"{case.told}, {told}", ours[counted], "", theirs[counted], named)
        yield Row(f"{case.told}, worth", -ours[Counted.WORTH] / 100, "points", -theirs[Counted.WORTH] / 100, named)


def _challenge(told: str, people: Sequence[Candidate], meaning: WordMeaning) -> Iterator[Row]:
    plain = partial(challenge_groups, people, seed=1, weights=_LUCKLESS, meaning=meaning)
    yield from _ours(told, plain)
    yield Row(f"{told}, left out", len(plain().left_out), "", 0, "", "0")


def _ours(told: str, plain: Callable[..., Stations]) -> Iterator[Row]:
    made = plain()
    yield Row(f"{told}, share of the bound", made.score, "points", made.bound, "the bound", "0.99")
    yield Row(f"{told}, time", median(seconds(plain, 3)), "s", QUICK, "the limit")
    yield Row(f"{told}, processor time", median(seconds(plain, 3, time.process_time)), "s", QUICK, "the limit")
    taken = seconds(partial(plain, prove=True), 1)[0]
    proven = plain(prove=True)
    yield Row(f"{told}, asked for a proof: share of the bound", proven.score, "points", proven.bound, "the bound", "1")
    yield Row(f"{told}, asked for a proof: time", taken, "s", PROVEN, "the limit")
    yield Row(
        f"{told}, asked for a proof: things proven",
        sum(rank.proven for rank in proven.ranks),
        "",
        len(proven.ranks),
        "all",
    )


def _figures(table: Table, groups: Sequence[Sequence[int]]) -> dict[Counted, int]:
    return measured(table, groups, [])


def _shuffled(table: Table) -> list[list[int]]:
    """Drawn by lot again and again, and the best taken, by all that counts."""
    chance, places = random.Random(1), list(range(table.rules.members))
    best: list[list[int]] | None = None
    for _ in range(_SHUFFLES):
        chance.shuffle(places)
        groups = [places[at :: table.count] for at in range(table.count)]
        if best is None or table.cost(groups, []).key() < table.cost(best, []).key():
            best = groups
    assert best is not None
    return best


def _greedy(table: Table) -> list[list[int]]:
    """One member after the other, the largest sector first, to the station where it costs least just now."""
    sizes, sector = table.rules.sizes(), table.rules.roster.sector
    groups: list[list[int]] = [[] for _ in range(table.count)]
    for place in sorted(range(table.rules.members), key=lambda one: (-sizes[int(sector[one])], int(sector[one]))):
        smallest = min(map(len, groups))

        def added(number: int, place: int = place) -> tuple[int, ...]:
            group = groups[number]
            before, after = table.cost_of(group, number), table.cost_of([*group, place], number)
            alike = sum(int(sector[place]) == int(sector[other]) for other in group)
            return alike, after.first - before.first, after.second - before.second, after.third - before.third

        groups[min((number for number in range(table.count) if len(groups[number]) == smallest), key=added)].append(
            place
        )
    return groups
