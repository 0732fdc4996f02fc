"""Academies for the tests of matching: small random ones with every rule in them, and larger ones that look like a real one."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from bot.matching.domain import Candidate, Meeting, Plan, Weights, Wishes
from bot.matching.meaning import WordMeaning
from bot.matching.plan import plan
from bot.matching.sheet import Sheet, table_of, waits
from bot.matching.trios import Table

MEANING = WordMeaning.load()
# A round that looks at its own day alone.
NO_LATER = Weights(ahead=0)

NEEDS = (
    "lokaler", "frivillige", "data", "penge", "projektledelse", "juridisk rådgivning", "transport", "netværk", "evaluering",
    "mentorer", "kommunikation", "facilitering", "sprogundervisning", "lektiehjælp", "motion", "forskere",
)  # fmt: skip
OFFERS = (
    "premises", "volunteers", "data", "funding", "project management", "legal advice", "minibus", "network", "evaluation",
    "mentors", "communication", "workshops", "danish lessons", "homework help", "sports", "researchers",
)  # fmt: skip
THEMES = (
    "ældre",
    "unge",
    "ensomhed",
    "hjemløshed",
    "sundhed",
    "sygedagpenge",
    "integration",
    "demens",
    "klima",
    "kultur",
)
USUAL = (50, 40, 30, 18, 12)
LOPSIDED = (90, 25, 15, 12, 8)

Case = tuple[list[Candidate], list[Meeting], Wishes]
People = tuple[Candidate, ...]
Value = Callable[[People], int]


def academy(members: int, seed: int, shares: Sequence[int] = USUAL) -> list[Candidate]:
    """Members of five sectors in these shares, some three to an organisation, with needs, offers and themes."""
    chance = random.Random(seed)
    sectors = [f"sector {place}" for place, share in enumerate(shares) for _ in range(share * members // sum(shares))]
    sectors += ["sector 0"] * (members - len(sectors))
    return [
        Candidate(
            f"m{place:04}",
            f"organisation {chance.randrange(max(2, members // 3))}",
            sector,
            themes=tuple(chance.sample(THEMES, chance.randint(1, 4))),
            needs=tuple(chance.sample(NEEDS, chance.randint(1, 4))),
            offers=tuple(chance.sample(OFFERS, chance.randint(1, 4))),
        )
        for place, sector in enumerate(sectors)
    ]


def small_case(seed: int, most: int = 9) -> Case:
    """Two to nine members with few sectors, organisations and languages, some of them unknown, a history, people who won't meet,
    and now and then groups that are locked."""
    chance = random.Random(seed)
    count, sectors, organisations = chance.randint(2, most), chance.choice([2, 2, 3, 5]), chance.choice([2, 3, 6, 12])
    spoken = chance.choice([[], [], ["da", "en"], ["da", "en", "de"]])
    common = chance.choice([0, 3])
    unknown = chance.choice([0.0, 0.0, 0.2])
    tags = ("ældre", "unge", "lokaler", "data", "penge", "frivillige")
    people = [
        Candidate(
            f"m{place}",
            "" if chance.random() < unknown else f"organisation {chance.randrange(organisations)}",
            "" if chance.random() < unknown else f"sector {chance.choice([0] * common + list(range(sectors)))}",
            themes=tuple(chance.sample(tags, chance.randint(0, 2))),
            needs=tuple(chance.sample(tags, chance.randint(0, 2))),
            offers=tuple(chance.sample(tags, chance.randint(0, 2))),
            languages=frozenset(chance.sample(spoken, chance.randint(0, min(2, len(spoken))))),
            waited=chance.choice([0, 0, 0, 1, 2]),
        )
        for place in range(count)
    ]
    pairs = list(combinations([person.id for person in people], 2))
    met = chance.choice([0, 0, 5, 20, 60])
    history = [Meeting(chance.choice(pairs), chance.randint(1, 24), chance.random() < 0.9) for _ in range(met)]
    share = chance.choice([0.0, 0.1, 0.5])
    apart = frozenset(frozenset(pair) for pair in pairs if chance.random() < share)
    forbidden = frozenset(frozenset(pair) for pair in pairs if chance.random() < 0.05)
    wishes = Wishes(apart=apart, forbidden=forbidden)
    return people, history, replace(wishes, locked=_locks(people, wishes, chance))


def _locks(people: Sequence[Candidate], wishes: Wishes, chance: random.Random) -> frozenset[frozenset[str]]:
    """None, or one or two groups that the rules allow."""
    groups: list[frozenset[str]] = []
    for _ in range(chance.choice([0, 0, 1, 2])):
        group = chance.sample(people, min(len(people), chance.choice([2, 2, 3])))
        ids = frozenset(one.id for one in group)
        if may_sit_together(group, wishes) and not any(ids & other for other in groups):
            groups.append(ids)
    return frozenset(groups)


def may_sit_together(group: Sequence[Candidate], wishes: Wishes) -> bool:
    """The hard rules, from their words alone."""
    ids = [frozenset((one.id, other.id)) for one, other in combinations(group, 2)]
    spoken = [set(one.languages) for one in group if one.languages]
    organisations = [one.organisation for one in group if one.organisation]
    sectors = {one.sector for one in group}
    return (
        len(set(organisations)) == len(organisations)
        and (len(sectors) > 1 or sectors == {""})
        and not any(pair in wishes.apart | wishes.forbidden for pair in ids)
        and (not spoken or bool(set[str].intersection(*spoken)))
    )


class Judge:
    """Says what a round is worth, from the words of the rules alone and by looking at every round there is."""

    def __init__(self, case: Case, value: Value, window: int = 12, *, new_first: bool = True) -> None:
        self.people, history, self.wishes = case
        self.value = value
        self.ago: dict[frozenset[str], int] = {}
        for meeting in history:
            for pair in map(frozenset, combinations(meeting.members, 2)):
                if meeting.happened:
                    self.ago[pair] = min(meeting.rounds_ago, self.ago.get(pair, meeting.rounds_ago))
        self.window = window
        self.new_first = new_first
        self.ranks = {waited: rank for rank, waited in enumerate(sorted({0} | {one.waited for one in self.people}))}

    def may_sit_together(self, group: Sequence[Candidate]) -> bool:
        return may_sit_together(group, self.wishes)

    def verdict(self, groups: Sequence[People], alone: Sequence[Candidate], size: int) -> tuple[int, ...]:
        """What counts, in its order; the greater is the better round."""
        trios = sum(len(group) == 3 for group in groups)
        twins = sum(len(group) == 3 and self._bridges(group) == 2 for group in groups)
        pairs = [pair for group in groups for pair in combinations(group, 2)]
        known = [(self.ago[ids], self._bridges(pair)) for pair in pairs if (ids := self._ids(pair)) in self.ago]
        repeats = [self.window + 1 - ago for ago, _ in known if ago <= self.window]
        again = sum(ago > self.window and bridges == 2 for ago, bridges in known)
        return (
            -len(alone),
            -sum(self.ranks[one.waited] for one in alone),
            -trios if size == 2 else trios,
            -twins,
            -len(repeats),
            -sum(repeats),
            -again if self.new_first else 0,
            sum(self.value(group) for group in groups),
        )

    @staticmethod
    def _bridges(group: Sequence[Candidate]) -> int:
        """How many sectors sit in a group; one that is unknown counts for itself."""
        return len({one.sector or one.id for one in group})

    @staticmethod
    def _ids(group: Sequence[Candidate]) -> frozenset[str]:
        return frozenset(one.id for one in group)

    def of_plan(self, made: Plan, size: int = 2) -> tuple[int, ...]:
        known = {one.id: one for one in self.people}
        groups = [tuple(known[member] for member in group.members) for group in made.groups]
        assert all(self.may_sit_together(group) for group in groups)
        assert self.wishes.locked <= {self._ids(group) for group in groups}
        return self.verdict(groups, [known[left.id] for left in made.left_out], size)

    def best(self, size: int = 2) -> tuple[int, ...]:
        held = [tuple(one for one in self.people if one.id in lock) for lock in self.wishes.locked]
        free = tuple(one for one in self.people if not any(one in group for group in held))
        return max(self.verdict([*held, *groups], alone, size) for groups, alone in self._rounds(free))

    def _rounds(self, left: People) -> Iterator[tuple[list[People], list[Candidate]]]:
        if not left:
            yield [], []
            return
        first, rest = left[0], left[1:]
        for groups, alone in self._rounds(rest):
            yield groups, [first, *alone]
        for others in (1, 2):
            for chosen in combinations(rest, others):
                if self.may_sit_together((first, *chosen)):
                    for groups, alone in self._rounds(tuple(one for one in rest if one not in chosen)):
                        yield [(first, *chosen), *groups], alone


def judge(case: Case, seed: int, weights: Weights = NO_LATER) -> Judge:
    """Judges with the planner's own worth of a pair, which other tests look at."""
    people, history, wishes = case
    sheet = Sheet.read(people, history, wishes.apart, seed=seed, weights=weights, size=2, meaning=MEANING)
    worth, place = sheet.worth, sheet.roster.places
    return Judge(
        case,
        lambda group: sum(int(worth[place[one.id], place[other.id]]) for one, other in combinations(group, 2)),
        new_first=weights.new_first,
    )


def assert_best(seed: int) -> None:
    """The planned round of a small case is as good as any, and says of itself what is true."""
    case = small_case(seed)
    size = random.Random(seed).choice([2, 2, 3])
    weights = replace(NO_LATER, new_first=seed % 5 > 0)
    made = plan(case[0], case[1], seed=seed, wishes=case[2], size=size, weights=weights, meaning=MEANING)
    judged = judge(case, seed, weights)
    verdict = judged.of_plan(made, size)
    assert verdict == judged.best(size), f"case {seed}"
    assert made.optimal
    assert made.score == made.bound == verdict[-1] / 100
    assert made.repeats == -verdict[4]
    free = [group for group in made.groups if frozenset(group.members) not in case[2].locked]
    assert made.novelty_exhausted == any(group.repeat for group in free)
    assert made.repeats >= sum(group.repeat for group in made.groups)


def table(people: Sequence[Candidate], history: Sequence[Meeting], seed: int) -> Table:
    """What the parts of the planner work on."""
    sheet = Sheet.read(people, history, frozenset(), seed=seed, weights=Weights(draw=0.0), size=2, meaning=MEANING)
    return table_of(sheet.roster, sheet.worth, sheet.ties, sheet.weights, waits(sheet.roster))
