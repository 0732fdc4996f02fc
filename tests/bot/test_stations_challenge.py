"""Groups for a challenge: different sectors and organisations in each, everybody placed where that can be."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest

from bot.matching.domain import Candidate, Meeting, Weights, WhyLeftOut
from bot.matching.rules import LockRefused, WrongInput
from bot.matching.stations.domain import Counted, Seating, Stations
from bot.matching.stations.making import challenge_groups
from tests.bot.matching_cases import LOPSIDED, academy
from tests.bot.stations_cases import WEIGHTS, Camp, SameWord, camp

MEANING = SameWord()


def made_of(people: Sequence[Candidate], size: int | None = None, prove: bool = False, **asked: object) -> Stations:
    return challenge_groups(people, size=size, meaning=MEANING, prove=prove, asked=Seating(**asked))  # type: ignore[arg-type]  # as the test has it


def check(people: Sequence[Candidate], made: Stations, sizes: Sequence[int] = (3, 4, 5)) -> None:
    known = {person.id: person for person in people}
    for station in made.stations:
        group = [known[member] for member in station.members]
        assert len(group) in sizes
        assert len({person.sector for person in group}) == len({person.organisation for person in group}) == len(group)
    placed = [member for station in made.stations for member in station.members]
    assert sorted([*placed, *(left.id for left in made.left_out)]) == sorted(known)


class Judge:
    """Looks at every way to make groups for a challenge."""

    def __init__(self, case: Camp, size: int | None) -> None:
        self.case = case
        self.sizes = (3, 4, 5) if size is None else (size,)
        self.ranks = {waited: rank for rank, waited in enumerate(sorted({person.waited for person in case.people}))}

    def allowed(self, group: Sequence[Candidate]) -> bool:
        ids = {person.id for person in group}
        spoken = [person.languages for person in group]
        return (
            len({person.sector for person in group}) == len(group)
            and len({person.organisation or person.id for person in group}) == len(group)
            and not any(pair <= ids for pair in self.case.asked.apart | self.case.asked.forbidden)
            and not any(lock & ids and not lock <= ids for lock in self.case.asked.locked)
            and all(not one or not other or one & other for one, other in combinations(spoken, 2))
        )

    def best(self) -> tuple[int, ...]:
        return max(self.verdict(groups) for groups in self._ways(list(self.case.people)))

    def verdict(self, groups: Sequence[Sequence[Candidate]]) -> tuple[int, ...]:
        placed = {person.id for group in groups for person in group}
        left = [person for person in self.case.people if person.id not in placed]
        even = not groups or max(map(len, groups)) - min(map(len, groups)) <= 1
        if not even:
            return (-1,)
        met = [
            self.case.history[at].rounds_ago
            for at in range(len(self.case.history))
            for group in groups
            if self.case.history[at].happened
            and self.case.history[at].rounds_ago <= 12
            and len(set(self.case.history[at].members) & {person.id for person in group}) == 2
        ]
        return len(placed), len(groups), -sum(self.ranks[person.waited] for person in left), -len(met), sum(met)

    def _ways(self, people: list[Candidate]) -> Iterator[list[list[Candidate]]]:
        if not people:
            yield []
            return
        first, *rest = people
        yield from self._ways(rest)
        for size in self.sizes:
            for others in combinations(rest, size - 1):
                if self.allowed([first, *others]):
                    for groups in self._ways([one for one in rest if one not in others]):
                        yield [[first, *others], *groups]


@pytest.mark.parametrize("size", [None, 3])
@pytest.mark.parametrize("seed", range(300, 340))
def test_of_few_nothing_is_better(seed: int, size: int | None) -> None:
    case = camp(seed, least=6)
    # Two who met more than once, or three at a time, are counted elsewhere.
    pairs = {frozenset(meeting.members[:2]): meeting.rounds_ago for meeting in case.history if meeting.happened}
    history = tuple(Meeting(tuple(sorted(pair)), ago) for pair, ago in sorted(pairs.items(), key=str))
    case = Camp(case.people, case.count, history, case.asked)
    asked = Seating(case.asked.apart, case.asked.locked, case.asked.forbidden)
    known = {person.id: person for person in case.people}
    try:
        made = challenge_groups(case.people, history, size=size, asked=asked, weights=WEIGHTS, meaning=MEANING)
    except LockRefused:
        locks = [[known[member] for member in lock] for lock in asked.locked]
        assert len(locks) > 1 or not Judge(case, size).allowed(locks[0])
        return
    judge = Judge(case, size)
    groups = [[known[member] for member in station.members] for station in made.stations]
    assert all(judge.allowed(group) for group in groups)
    assert judge.verdict(groups) == judge.best()


def test_a_usual_academy_has_groups_of_three() -> None:
    people = academy(75, 2)
    made = made_of(people)
    check(people, made)
    assert not made.left_out
    assert len(made.stations) == 25
    assert made.score >= 0.99 * made.bound


def test_what_is_proven_is_at_the_bound() -> None:
    people = academy(45, 5)
    made = made_of(people, prove=True)
    check(people, made)
    assert made.optimal
    assert made.score == made.bound


@pytest.mark.parametrize("size", [3, 4, 5])
def test_all_of_one_size(size: int) -> None:
    people = academy(40, 7)
    made = made_of(people, size=size)
    check(people, made, (size,))


def test_a_large_sector_stays_out_and_who_waited_goes_first() -> None:
    people = academy(30, 1, LOPSIDED)
    large = [person.id for person in people if person.sector == "sector 0"]
    waiting = set(large[:3])
    people = [
        Candidate(person.id, person.organisation, person.sector, waited=int(person.id in waiting)) for person in people
    ]
    made = made_of(people)
    check(people, made)
    out = {left.id for left in made.left_out}
    assert out
    assert out <= set(large)
    assert not out & waiting
    assert {left.why for left in made.left_out} == {WhyLeftOut.LARGE_SECTOR}
    assert next(rank for rank in made.ranks if rank.counted is Counted.PLACED).proven


def test_who_may_meet_nobody_is_told_so() -> None:
    people = [Candidate(f"m{number:02}", f"o{number}", f"s{number % 4}") for number in range(13)]
    apart = frozenset(frozenset(("m00", person.id)) for person in people[1:])
    made = made_of(people, apart=apart)
    assert [(left.id, left.why) for left in made.left_out] == [("m00", WhyLeftOut.NOBODY_ALLOWED)]
    check(people, made)


def test_two_cannot_be_a_group() -> None:
    people = [Candidate("m1", "o1", "s1"), Candidate("m2", "o2", "s2")]
    made = made_of(people)
    assert (made.stations, made.score, made.bound) == ((), 0.0, 0.0)
    assert [left.why for left in made.left_out] == [WhyLeftOut.LARGE_SECTOR] * 2


def test_locked_members_share_a_group() -> None:
    people = academy(30, 9)
    by_sector = {person.sector: person for person in people}
    two = frozenset(person.id for person in list(by_sector.values())[:2])
    made = made_of(people, locked=frozenset({two}))
    assert any(two <= set(station.members) for station in made.stations)
    check(people, made)


@pytest.mark.parametrize(
    ("size", "asked", "sentence"),
    [
        (6, {}, "A group for a challenge has three, four or five members."),
        (None, {"locked": frozenset({frozenset(("m0000", "m0001"))})}, "Members locked together for a challenge"),
        (None, {"locked": frozenset({frozenset(f"m{at:04}" for at in range(6))})}, "These locks cannot all be kept"),
    ],
)
def test_what_cannot_be_done_is_said(size: int | None, asked: dict[str, object], sentence: str) -> None:
    with pytest.raises(WrongInput) as told:
        made_of(academy(20, 1), size, **asked)
    assert told.value.said.message.startswith(sentence[:20])


def test_repeats_are_avoided() -> None:
    people = academy(36, 11)
    before = challenge_groups(people, meaning=MEANING)
    history = [Meeting(station.members, 1) for station in before.stations]
    after = challenge_groups(people, history, meaning=MEANING, weights=Weights(draw=0))
    assert after.repeats == 0


def test_a_hopeless_case_ends() -> None:
    people = academy(60, 1)
    made = made_of(people, apart=frozenset(frozenset(two) for two in combinations([one.id for one in people], 2)))
    assert not made.stations
    assert {left.why for left in made.left_out} == {WhyLeftOut.NOBODY_ALLOWED}
    assert made.optimal


def test_many_blocks_leave_out_some() -> None:
    people = academy(40, 2)
    pairs = enumerate(combinations([one.id for one in people], 2))
    apart = frozenset(frozenset(two) for at, two in pairs if at % 10)
    made = made_of(people, apart=apart)
    check(people, made)
    assert made.left_out
    assert not made.together
