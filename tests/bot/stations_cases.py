"""Small camps with every rule in them, and a judge who looks at every way there is to group their members."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray

from bot.matching.domain import Candidate, Meeting, Weights
from bot.matching.score import Profiles
from bot.matching.stations.domain import Seating, Stations
from bot.matching.stations.making import _unit, _wanted
from bot.matching.stations.rules import read_rules
from bot.matching.stations.table import Table, camp_table
from bot.matching.stations.worth import worth_of_coverage, worth_of_meetings

WEIGHTS = Weights(draw=0)
TAGS = ("ældre", "unge", "lokaler", "data")
Groups = Sequence[Sequence[Candidate]]


class SameWord:
    """Two tags mean the same where they are the same."""

    def closeness(self, tags: Sequence[str], others: Sequence[str]) -> NDArray[np.float64]:
        return np.array([[float(tag == other) for other in others] for tag in tags]).reshape(len(tags), len(others))


@dataclass(frozen=True, slots=True)
class Camp:
    """What a camp is made from."""

    people: tuple[Candidate, ...]
    count: int
    history: tuple[Meeting, ...]
    asked: Seating

    def table(self, *, coverage: bool) -> Table:
        """As the planner reads it, with the worth of small groups or of large ones."""
        rules = read_rules(self.people, self.history, self.asked, WEIGHTS.window)
        profiles = Profiles.read(rules.roster.people, SameWord())
        worth = (
            worth_of_coverage(rules, profiles, WEIGHTS)
            if coverage
            else worth_of_meetings(rules, self.history, profiles, WEIGHTS, 1)
        )
        return camp_table(rules, self.count, _wanted(rules, self.count, self.asked), worth, _unit(worth))


def camp(seed: int, least: int = 4, most: int = 9) -> Camp:
    """Four to nine members in one to four groups: few sectors and organisations, a history, blocks, locks and wishes."""
    chance = random.Random(seed)
    size = chance.randint(least, most)
    count = chance.randint(1, min(4, size))
    sectors, organisations = chance.choice([1, 2, 3, 5]), chance.choice([2, 4, 9])
    spoken = chance.choice([[], [], [], ["da", "en"]])
    people = tuple(
        Candidate(
            f"m{place}",
            chance.choice(["", f"organisation {chance.randrange(organisations)}"]),
            f"sector {chance.randrange(sectors)}",
            themes=tuple(chance.sample(TAGS, chance.randint(0, 1))),
            needs=tuple(chance.sample(TAGS, chance.randint(0, 2))),
            offers=tuple(chance.sample(TAGS, chance.randint(0, 1))),
            languages=frozenset(chance.sample(spoken, min(len(spoken), chance.choice([0, 1, 2])))),
            waited=chance.choice([0, 0, 1, 3]),
        )
        for place in range(size)
    )
    ids = [person.id for person in people]
    pairs = [frozenset(pair) for pair in combinations(ids, 2)]
    history = tuple(
        Meeting(
            tuple(chance.sample(ids, chance.randint(2, min(4, size)))), chance.randint(1, 14), chance.random() < 0.9
        )
        for _ in range(chance.choice([0, 2, 6]))
    )
    asked = Seating(
        apart=frozenset(chance.sample(pairs, chance.choice([0, 0, 2, len(pairs) // 2]))),
        forbidden=frozenset(chance.sample(pairs, chance.choice([0, 0, 1]))),
        locked=frozenset(chance.sample(pairs, chance.choice([0, 0, 1, 2]))),
        cases=tuple(f"Sag {number}" for number in range(count)) if chance.random() < 0.5 else (),
        wanted={
            member: tuple(str(1 + number) for number in chance.sample(range(count), chance.randint(1, count)))
            for member in chance.sample(ids, chance.choice([0, 0, size // 2]))
        },
    )
    return Camp(people, count, history, asked)


class Judge:
    """Says what groups have of each thing that counts, from the words of the rules alone."""

    def __init__(self, case: Camp, table: Table) -> None:
        self.case = case
        self.table = table
        self.ago: dict[frozenset[str], int] = {}
        for meeting in case.history:
            for pair in map(frozenset, combinations(meeting.members, 2)):
                if meeting.happened and meeting.rounds_ago <= WEIGHTS.window:
                    self.ago[pair] = min(meeting.rounds_ago, self.ago.get(pair, WEIGHTS.window))

    def allowed(self, groups: Groups) -> bool:
        ids = [{person.id for person in group} for group in groups]
        return all(
            not any(pair <= group for pair in self.case.asked.forbidden)
            and not any(lock & group and not lock <= group for lock in self.case.asked.locked)
            for group in ids
        )

    def apart(self, one: Candidate, other: Candidate) -> bool:
        spoken = bool(one.languages and other.languages and not one.languages & other.languages)
        return spoken or frozenset((one.id, other.id)) in self.case.asked.apart - self.case.asked.forbidden

    def uneven(self, groups: Groups) -> int:
        wrong = 0
        for sector in {person.sector for person in self.case.people}:
            total = sum(person.sector == sector for person in self.case.people)
            low, high = total // len(groups), -(-total // len(groups))
            counts = [sum(person.sector == sector for person in group) for group in groups]
            wrong += sum(max(0, count - high, low - count) for count in counts)
        return wrong

    def wishes(self, groups: Groups) -> tuple[int, int, int]:
        """First wishes missed, those with none of theirs, and how far down in the lists."""
        got = {person.id: str(number) for number, group in enumerate(groups, start=1) for person in group}
        wanted = self.case.asked.wanted
        places = [wishes.index(got[member]) if got[member] in wishes else None for member, wishes in wanted.items()]
        return sum(place != 0 for place in places), places.count(None), sum(place or 0 for place in places)

    def worth(self, groups: Groups) -> float:
        """Of large groups: an answer and a theme, each once, from another sector."""
        total = 0.0
        for group in groups:
            for person in group:
                others = [
                    other
                    for other in group
                    if other.sector != person.sector
                    and frozenset((other.id, person.id)) not in self.case.asked.forbidden
                ]
                total += WEIGHTS.need_offer * any(set(person.needs) & set(other.offers) for other in others)
                total += WEIGHTS.theme * any(set(person.themes) & set(other.themes) for other in others)
        return total

    def pair_worth(self, groups: Groups) -> float:
        places = self.table.rules.roster.places
        return sum(self.table.worth.of([places[person.id] for person in group]) for group in groups) / 100

    def verdict(self, groups: Groups, *, coverage: bool) -> tuple[float, ...]:
        """What counts, in its order; the smaller is the better."""
        pairs = [pair for group in groups for pair in combinations(group, 2)]
        met = [self.ago[frozenset((one.id, other.id))] for one, other in pairs
               if frozenset((one.id, other.id)) in self.ago]  # fmt: skip
        worth = self.worth(groups) if coverage else self.pair_worth(groups)
        return (
            sum(self.apart(one, other) for one, other in pairs),
            self.uneven(groups),
            sum(bool(one.organisation) and one.organisation == other.organisation for one, other in pairs),
            len(met),
            sum(WEIGHTS.window + 1 - ago for ago in met),
            *self.wishes(groups),
            -round(worth, 2),
        )

    def best(self, *, coverage: bool) -> tuple[float, ...] | None:
        """Of all groups that keep to the hard rules; None where none do."""
        allowed = (groups for groups in ways(self.case.people, self.case.count) if self.allowed(groups))
        ordered = (order for groups in allowed for order in self._orders(groups))
        return min((self.verdict(groups, coverage=coverage) for groups in ordered), default=None)

    def _orders(self, groups: Groups) -> Iterator[Groups]:
        return permutations(groups) if self.case.asked.wanted else iter((groups,))

    def of(self, made: Stations, *, coverage: bool) -> tuple[float, ...]:
        """Of the groups that were made."""
        known = {person.id: person for person in self.case.people}
        groups = [[known[member] for member in station.members] for station in made.stations]
        assert sorted(person.id for group in groups for person in group) == sorted(known)
        assert max(map(len, groups)) - min(map(len, groups)) <= 1
        assert self.allowed(groups)
        return self.verdict(groups, coverage=coverage)


def ways(people: Sequence[Candidate], count: int) -> Iterator[list[list[Candidate]]]:
    """All ways to make so many groups, of sizes equal within one."""
    least, most = len(people) // count, -(-len(people) // count)

    def on(left: Sequence[Candidate], groups: list[list[Candidate]]) -> Iterator[list[list[Candidate]]]:
        if not left:
            if all(least <= len(group) <= most for group in groups):
                yield [list(group) for group in groups]
            return
        first, *rest = left
        empty = False
        for group in groups:
            if len(group) < most and not (empty and not group):
                empty = empty or not group
                group.append(first)
                yield from on(rest, groups)
                group.pop()

    yield from on(people, [[] for _ in range(count)])
