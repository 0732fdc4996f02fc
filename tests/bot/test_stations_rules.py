"""Stations of a usual camp: what always holds, what is refused, and what a camp of fifty is like."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.domain import Candidate, Meeting, Weights
from bot.matching.rules import LockRefused, WrongInput
from bot.matching.stations.domain import Counted, Seating, Stations, WishesMet
from bot.matching.stations.making import stations
from tests.bot.matching_cases import LOPSIDED, academy
from tests.bot.stations_cases import SameWord, camp

MEANING = SameWord()
FIFTY = academy(50, 3)
IDS = [person.id for person in FIFTY]


def made_of(people: Sequence[Candidate], count: int, history: Sequence[Meeting] = (), **asked: object) -> Stations:
    return stations(people, count, history, meaning=MEANING, asked=Seating(**asked))  # type: ignore[arg-type]  # as the test has it


def pair(one: str, other: str) -> frozenset[str]:
    return frozenset((one, other))


def sizes(made: Stations) -> list[int]:
    return sorted(len(station.members) for station in made.stations)


def spread(people: Sequence[Candidate], made: Stations) -> int:
    """By how much the counts of a sector differ from group to group at most."""
    sector = {person.id: person.sector for person in people}
    counts = [Counter(sector[member] for member in station.members) for station in made.stations]
    return max(max(count[name] for count in counts) - min(count[name] for count in counts) for name in sector.values())


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), members=st.integers(11, 40), count=st.integers(1, 9))
def test_everybody_has_one_place_and_sectors_are_spread(seed: int, members: int, count: int) -> None:
    people = academy(members, seed)
    made = stations(people, count, seed=seed, meaning=MEANING)
    assert sorted(member for station in made.stations for member in station.members) == [one.id for one in people]
    assert sizes(made)[-1] - sizes(made)[0] <= 1
    assert spread(people, made) <= 1
    assert made.uneven == 0
    assert made.score <= made.bound
    assert made.score == pytest.approx(sum(station.score for station in made.stations))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), order=st.randoms(use_true_random=False))
def test_the_same_is_made_of_the_same_in_whatever_order_it_comes(seed: int, order: object) -> None:
    case = camp(seed, least=11, most=16)
    shuffled = list(case.people)
    order.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    asked = Seating(apart=case.asked.apart)
    first, again = (
        stations(people, 3, case.history, seed=seed, asked=asked, meaning=MEANING) for people in (case.people, shuffled)
    )
    assert first == again


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), locked=st.integers(2, 7), apart=st.integers(0, 5), count=st.integers(3, 7))
def test_locks_are_kept(seed: int, locked: int, apart: int, count: int) -> None:
    people = academy(50, seed)
    ids = [person.id for person in people]
    together = frozenset(ids[:locked])
    never = frozenset(pair(ids[0], ids[-1 - at]) for at in range(apart))
    made = made_of(people, count, locked=frozenset({together}), forbidden=never)
    [home] = [set(station.members) for station in made.stations if ids[0] in station.members]
    assert together <= home
    assert not any(one <= home for one in never)
    assert sizes(made)[-1] - sizes(made)[0] <= 1


def test_two_locks_with_somebody_in_common_are_one() -> None:
    made = made_of(FIFTY, 5, locked=frozenset({pair("m0001", "m0020"), pair("m0020", "m0040")}))
    [home] = [station.members for station in made.stations if "m0001" in station.members]
    assert {"m0001", "m0020", "m0040"} <= set(home)


def test_a_camp_of_fifty_is_proven_best() -> None:
    made = stations(FIFTY, 3, meaning=MEANING)
    assert sizes(made) == [16, 17, 17]
    assert made.optimal
    assert made.score == made.bound
    for station in made.stations:
        assert sum(station.sectors.values()) == len(station.members)
        assert {reason.receiver for reason in station.reasons} <= set(station.members)
        assert {reason.giver for reason in station.reasons} <= set(station.members)


def test_a_lopsided_academy_is_spread_as_well() -> None:
    people = academy(50, 4, LOPSIDED)
    made = stations(people, 4, meaning=MEANING)
    assert spread(people, made) <= 1


def test_colleagues_are_spread_over_the_stations() -> None:
    people = [Candidate(f"m{number:02}", f"o{number % 4}", f"s{number % 3}") for number in range(24)]
    made = stations(people, 3, meaning=MEANING)
    # Six of each organisation: two in each of three stations is the least there can be.
    assert len(made.colleagues) == 12
    assert made.optimal


def test_a_last_camp_is_not_repeated() -> None:
    before = stations(FIFTY, 3, seed=1, meaning=MEANING)
    history = [Meeting(station.members, 1) for station in before.stations]
    after = stations(FIFTY, 3, history, seed=1, meaning=MEANING)
    usual = sum(len(list(combinations(station.members, 2))) for station in before.stations)
    assert after.repeats == sum(station.repeats for station in after.stations)
    # Each station of 16 or 17 falls into three parts of 5 or 6, and no way leaves fewer pairs together.
    assert after.repeats == 2 * (15 + 15 + 10) + (15 + 10 + 10)
    assert after.repeats < usual / 3
    assert next(rank for rank in after.ranks if rank.counted is Counted.REPEATS).proven
    old = stations(FIFTY, 3, [Meeting(group.members, 13) for group in history], seed=1, meaning=MEANING)
    assert old.repeats == 0


def test_wishes_are_met_first_ones_first() -> None:
    wanted = {member: ("Sag B", "1") if at % 2 else ("3",) for at, member in enumerate(IDS[::2])}
    made = made_of(FIFTY, 3, cases=("Sag A", "Sag B", "Sag C"), wanted=wanted)
    assert [station.case for station in made.stations] == ["Sag A", "Sag B", "Sag C"]
    got = {member: station.case for station in made.stations for member in station.members}
    first = sum(got[member] == ("Sag B" if len(wishes) > 1 else "Sag C") for member, wishes in wanted.items())
    assert made.wishes.first == first > 20
    assert made.wishes.first + made.wishes.other + made.wishes.none == 25
    assert made.optimal


def test_wishes_come_after_even_sectors() -> None:
    people = [Candidate(f"m{number}", f"o{number}", f"s{number % 2}") for number in range(12)]
    wanted = {person.id: ("1",) for person in people if person.sector == "s0"}
    made = made_of(people, 2, wanted=wanted)
    assert made.wishes == WishesMet(first=3, other=0, none=3)
    assert made.optimal


@pytest.mark.parametrize(
    ("people", "count", "asked", "sentence"),
    [
        (FIFTY, 0, {}, "There has to be at least one group."),
        (FIFTY[:2], 3, {}, "There are more groups than members: 3 groups, 2 members."),
        (FIFTY, 3, {"locked": frozenset({frozenset(("m0001", "x"))})}, "x is locked, kept apart or has a wish"),
        (FIFTY, 3, {"wanted": {"y": ("1",)}}, "y is locked, kept apart or has a wish"),
        (FIFTY, 3, {"forbidden": frozenset({frozenset(("m0001",))})}, "To lock members together or keep them apart"),
        (FIFTY, 3, {"cases": ("A", "B")}, "There are 2 cases for 3 groups"),
        (FIFTY, 3, {"wanted": {"m0001": ("1", "Sag")}}, "Wish 2 of m0001 names a case that no group works on."),
        ([*FIFTY, FIFTY[0]], 3, {}, "Two candidates have the same id."),
    ],
)
def test_what_cannot_be_done_is_said(
    people: list[Candidate], count: int, asked: dict[str, object], sentence: str
) -> None:
    with pytest.raises(WrongInput) as told:
        made_of(people, count, **asked)
    assert told.value.said.message.format(**told.value.said.values).startswith(sentence)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"locked": {pair("m0001", "m0002")}, "forbidden": {pair("m0001", "m0002")}}, "You have locked two members"),
        ({"locked": {pair("m0001", "m0002")}, "apart": {pair("m0001", "m0002")}}, "Two members in a locked group must"),
        ({"locked": {frozenset(IDS[:18])}}, "These locks cannot all be kept with 3 groups of at most 17"),
        ({"forbidden": {pair(*two) for two in combinations(IDS[:4], 2)}}, "These locks cannot all be kept"),
        ({"locked": {frozenset(IDS[at : at + 9]) for at in range(0, 36, 9)}}, "These locks cannot all be kept"),
    ],
)
def test_locks_that_contradict_each_other_are_refused(asked: dict[str, set[frozenset[str]]], sentence: str) -> None:
    with pytest.raises(LockRefused) as told:
        made_of(FIFTY, 3, **{name: frozenset(groups) for name, groups in asked.items()})
    assert told.value.said.message.format(**told.value.said.values).startswith(sentence)


def test_locks_that_only_just_fit_are_found() -> None:
    people = academy(24, 2)
    ids = [person.id for person in people]
    never = {pair(ids[0], other) for other in ids[1:21]}
    units = {frozenset(ids[at : at + 5]) for at in (1, 6, 11)}
    made = made_of(
        people, 6, locked=frozenset(units - {frozenset(ids[11:16])}) - frozenset(units), forbidden=frozenset(never)
    )
    [home] = [station.members for station in made.stations if ids[0] in station.members]
    assert set(home) == {ids[0], *ids[21:]}


def test_steps_are_told() -> None:
    told: list[int] = []
    history = [Meeting(two, 1 + at % 12) for at, two in enumerate(combinations(IDS, 2)) if at % 3 == 0]
    stations(FIFTY, 3, history, meaning=MEANING, progress=told.append)
    assert told[:2] == [100, 200]


def test_no_weight_no_worth() -> None:
    made = stations(FIFTY, 3, weights=Weights(need_offer=0, theme=0), meaning=MEANING)
    assert (made.score, made.bound, made.optimal) == (0.0, 0.0, True)
