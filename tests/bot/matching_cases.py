"""Academies for the tests of matching: small random ones with every rule in them, and larger ones that look like a real one."""

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from bot.matching.domain import Candidate, Meeting, Plan, Wishes

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
    """Two to nine members with few sectors, organisations and languages, a history, and people who won't meet."""
    chance = random.Random(seed)
    count, sectors, organisations = chance.randint(2, most), chance.choice([2, 2, 3, 5]), chance.choice([2, 3, 6, 12])
    spoken = chance.choice([[], [], ["da", "en"], ["da", "en", "de"]])
    common = chance.choice([0, 3])
    tags = ("ældre", "unge", "lokaler", "data", "penge", "frivillige")
    people = [
        Candidate(
            f"m{place}",
            f"organisation {chance.randrange(organisations)}",
            f"sector {chance.choice([0] * common + list(range(sectors)))}",
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
    history = [Meeting(chance.choice(pairs), chance.randint(1, 14), chance.random() < 0.9) for _ in range(met)]
    share = chance.choice([0.0, 0.1, 0.5])
    apart = frozenset(frozenset(pair) for pair in pairs if chance.random() < share)
    forbidden = frozenset(frozenset(pair) for pair in pairs if chance.random() < 0.05)
    return people, history, Wishes(apart=apart, forbidden=forbidden)


class Judge:
    """Says what a round is worth, from the words of the rules alone and by looking at every round there is."""

    def __init__(self, case: Case, value: Value, window: int = 12) -> None:
        self.people, history, self.wishes = case
        self.value = value
        self.ago: dict[frozenset[str], int] = {}
        for meeting in history:
            for pair in map(frozenset, combinations(meeting.members, 2)):
                if meeting.happened and meeting.rounds_ago <= window:
                    self.ago[pair] = min(meeting.rounds_ago, self.ago.get(pair, window))
        self.window = window
        self.ranks = {waited: rank for rank, waited in enumerate(sorted({0} | {one.waited for one in self.people}))}

    def may_sit_together(self, group: Sequence[Candidate]) -> bool:
        ids = [frozenset((one.id, other.id)) for one, other in combinations(group, 2)]
        spoken = [one.languages for one in group if one.languages]
        return (
            len({one.organisation for one in group}) == len(group)
            and len({one.sector for one in group}) > 1
            and not any(pair in self.wishes.apart | self.wishes.forbidden for pair in ids)
            and (not spoken or bool(frozenset.intersection(*spoken)))
        )

    def verdict(self, groups: Sequence[People], alone: Sequence[Candidate], size: int) -> tuple[int, ...]:
        """What counts, in its order; the greater is the better round."""
        trios = sum(len(group) == 3 for group in groups)
        twins = sum(len(group) == 3 and len({one.sector for one in group}) == 2 for group in groups)
        pairs = [frozenset((one.id, other.id)) for group in groups for one, other in combinations(group, 2)]
        repeats = [self.window + 1 - self.ago[pair] for pair in pairs if pair in self.ago]
        return (
            -len(alone),
            -sum(self.ranks[one.waited] for one in alone),
            -trios if size == 2 else trios,
            -twins,
            -len(repeats),
            -sum(repeats),
            sum(self.value(group) for group in groups),
        )

    def of_plan(self, made: Plan, size: int = 2) -> tuple[int, ...]:
        known = {one.id: one for one in self.people}
        groups = [tuple(known[member] for member in group.members) for group in made.groups]
        assert all(self.may_sit_together(group) for group in groups)
        return self.verdict(groups, [known[left.id] for left in made.left_out], size)

    def best(self, size: int = 2) -> tuple[int, ...]:
        return max(self.verdict(groups, alone, size) for groups, alone in self._rounds(tuple(self.people)))

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
