"""Stations of few members against every way there is: the order in which things count, their worth, and what is proven."""

import pytest

from bot.errors import Sorry
from bot.matching.domain import Candidate
from bot.matching.rules import LockRefused
from bot.matching.score import Profiles
from bot.matching.stations.domain import Counted, Seating, Stations
from bot.matching.stations.making import stations
from bot.matching.stations.settling import settle
from bot.matching.stations.table import Table
from bot.matching.stations.telling import Telling
from tests.bot.stations_cases import WEIGHTS, Camp, Judge, SameWord, camp

_SEEDS = range(70)


def settled(case: Camp, table: Table, *, prove: bool, few: int) -> Stations | None:
    made = settle(table, 3, prove=prove, few=few)
    profiles = Profiles.read(table.rules.roster.people, SameWord())
    return None if made is None else Telling(table, profiles, case.history, WEIGHTS, ()).told(made, ())


def counted(made: Stations) -> list[tuple[float, float]]:
    """Value and bound of what the judge looks at, in its order; more wishes and more worth as less of what is missing."""
    found = {rank.counted: rank for rank in made.ranks}
    return [
        (sign * found[one].value, sign * found[one].bound)
        for one, sign in (
            (Counted.APART, 1), (Counted.SECTORS, 1), (Counted.ORGANISATIONS, 1), (Counted.REPEATS, 1),
            (Counted.RECENT, 1), (Counted.WISHES, -1), (Counted.WORTH, -1),
        )
    ]  # fmt: skip


def possible(case: Camp) -> bool:
    try:
        case.table(coverage=True)
    except Sorry:
        return False
    return all(len(lock) <= -(-len(case.people) // case.count) for lock in case.asked.locked)


@pytest.mark.parametrize("coverage", [False, True], ids=["meetings", "coverage"])
@pytest.mark.parametrize("seed", _SEEDS)
def test_nothing_is_better_than_what_is_made_of_few(seed: int, coverage: bool) -> None:
    case = camp(seed)
    if not possible(case):
        with pytest.raises(LockRefused):
            stations(case.people, case.count, case.history, asked=case.asked, weights=WEIGHTS, meaning=SameWord())
        return
    table = case.table(coverage=coverage)
    judge = Judge(case, table)
    best = judge.best(coverage=coverage)
    made = settled(case, table, prove=False, few=10)
    if best is None:
        assert made is None
        return
    assert made is not None
    assert judge.of(made, coverage=coverage) == best
    assert made.optimal


@pytest.mark.parametrize("coverage", [False, True], ids=["meetings", "coverage"])
@pytest.mark.parametrize("prove", [False, True], ids=["quick", "proven"])
@pytest.mark.parametrize("seed", range(200, 210))
def test_what_is_proven_of_many_is_true_of_few(seed: int, prove: bool, coverage: bool) -> None:
    case = camp(seed, least=6)
    if not possible(case):
        return
    table = case.table(coverage=coverage)
    judge = Judge(case, table)
    best = judge.best(coverage=coverage)
    made = settled(case, table, prove=prove, few=0)
    if best is None:
        assert made is None
        return
    assert made is not None
    verdict = judge.of(made, coverage=coverage)
    assert verdict >= best
    # Five counts, three parts of the wishes, the worth.
    parts = [(verdict[at : at + 1], best[at : at + 1]) for at in range(5)] + [
        (verdict[5:8], best[5:8]),
        (verdict[8:], best[8:]),
    ]
    for (value, bound), (ours, least) in zip(counted(made), parts, strict=True):
        assert bound <= value
        if value == bound:
            assert ours == least
        elif len(ours) == 1:
            assert bound <= least[0]
        if ours != least:
            assert not made.optimal
            break
    else:
        return
    assert not prove or case.asked.wanted or verdict == best


def test_a_camp_of_everybody_is_one_station() -> None:
    people = [Candidate(f"m{number}", f"o{number}", "s") for number in range(4)]
    [one] = stations(people, 1).stations
    assert one.members == ("m0", "m1", "m2", "m3")


def test_who_must_not_meet_is_named_where_it_cannot_be_avoided() -> None:
    people = [Candidate(f"m{number}", f"o{number}", f"s{number}") for number in range(3)]
    made = stations(people, 1, asked=Seating(apart=frozenset({frozenset(("m0", "m2")), frozenset(("m1", "gone"))})))
    assert made.together == (("m0", "m2"),)
