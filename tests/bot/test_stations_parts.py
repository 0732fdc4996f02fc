"""The parts that make stations, one by one: swaps, chains, lists of groups, programmes; and what each says when it gives up."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from bot.matching.domain import Candidate, Meeting
from bot.matching.rules import LockRefused
from bot.matching.stations.chains import exchange
from bot.matching.stations.columns import Priced, best_set, costs_of, list_columns, price, worth_of
from bot.matching.stations.domain import Counted, Seating
from bot.matching.stations.making import stations
from bot.matching.stations.measures import best_possible, even_pairs, least, measured
from bot.matching.stations.programme import Programme
from bot.matching.stations.proving import feasible, prove_large
from bot.matching.stations.rules import Places
from bot.matching.stations.search import Luck, deal, improve
from bot.matching.stations.seats import Seats, read_groups, seated
from bot.matching.stations.settling import settle
from bot.matching.stations.solvers import Sums, least_whole, prices_of
from bot.matching.stations.table import Table
from bot.matching.stations.worth import Coverage, Meetings
from tests.bot.matching_cases import academy
from tests.bot.stations_cases import Camp, SameWord, camp

MEANING = SameWord()


def quiet() -> None:
    """Nobody looks."""


def pair(one: str, other: str) -> frozenset[str]:
    return frozenset((one, other))


def camps(seeds: range, *, coverage: bool, least: int = 8, most: int = 14) -> Sequence[tuple[Camp, Table]]:
    found: list[tuple[Camp, Table]] = []
    for seed in seeds:
        case = camp(seed, least=least, most=most)
        case = Camp(case.people, case.count, case.history, Seating(case.asked.apart, wanted=case.asked.wanted))
        found.append((case, case.table(coverage=coverage)))
    return found


def sound(table: Table, group: Places) -> bool:
    return all(table.least <= len(one) <= table.most for one in read_groups(table, group)[0])


@pytest.mark.parametrize("coverage", [False, True])
def test_a_swap_costs_what_it_is_said_to_cost(coverage: bool) -> None:
    for seed, (_, table) in enumerate(camps(range(20), coverage=coverage)):
        luck = Luck(seed)
        seats = Seats(table, deal(table, luck))
        for _ in range(5):
            before = seats.cost().key()
            delta = seats.deltas(np.arange(len(seats.group)))
            for one, other in combinations(range(len(seats.group)), 2):
                changed = seats.group.copy()
                changed[[one, other]] = changed[[other, one]]
                if changed[one] != changed[other] and sound(table, changed):
                    after = table.cost(*read_groups(table, changed)).key()
                    assert tuple(delta[:, one, other]) == tuple(np.subtract(after, before))
            one, other = luck.below(len(seats.group)), luck.below(len(seats.group))
            if seats.group[one] != seats.group[other]:
                seats.swap(one, other)
                if not sound(table, seats.group):
                    seats.swap(one, other)


def test_putting_all_back_never_costs_more() -> None:
    for seed, (_, table) in enumerate(camps(range(60), coverage=False)):
        start = deal(table, Luck(seed))
        goal = best_possible(table, least(table))
        costs = [
            Seats(table, exchange(table, start, steps, Luck(seed), goal, quiet)).cost().key()
            for steps in range(0, 40, 4)
        ]
        assert costs == sorted(costs, reverse=True)


def test_dealing_out_fills_every_group_whatever_is_locked() -> None:
    for seed in range(120):
        case = camp(seed, least=8, most=12)
        ids = [person.id for person in case.people]
        count = 2 + seed % 3
        size = len(ids) // count
        locked = frozenset(frozenset(ids[at : at + size - seed % 2]) for at in range(0, len(ids) - size, size))
        asked = Seating(locked=frozenset(lock for lock in locked if len(lock) > 1))
        people = tuple(replace(person, languages=frozenset()) for person in case.people)
        table = Camp(people, count, (), asked).table(coverage=False)
        assert sound(table, deal(table, Luck(seed)))


def test_a_large_camp_looks_at_one_group_at_a_time() -> None:
    people = academy(210, 4)
    history = tuple(
        Meeting(two, 1) for two in zip([p.id for p in people[:100]], [p.id for p in people[100:200]], strict=True)
    )
    made = stations(people, 30, history, meaning=MEANING)
    assert made.repeats == 0
    assert made.uneven == 0
    assert made.score >= 0.99 * made.bound


class TestLocks:
    def test_locks_that_fit_in_one_way_only_are_found_by_a_programme(self) -> None:
        people = [Candidate(f"m{at:02}", f"o{at}", f"s{at % 5}") for at in range(12)]
        ids = [person.id for person in people]
        locked = {
            frozenset(ids[0:3]),
            frozenset(ids[3:6]),
            frozenset(ids[6:8]),
            frozenset(ids[8:10]),
            frozenset(ids[10:12]),
        }
        made = stations(people, 2, meaning=MEANING, asked=Seating(locked=frozenset(locked)))
        assert {frozenset(station.members) for station in made.stations} == {frozenset(ids[:6]), frozenset(ids[6:])}

    def test_groups_of_the_larger_size_are_not_more_than_there_are(self) -> None:
        people = [Candidate(f"m{at:02}", f"o{at}", f"s{at % 5}") for at in range(13)]
        ids = [person.id for person in people]
        locked = frozenset({frozenset(ids[:5]), frozenset(ids[5:10])})
        with pytest.raises(LockRefused):  # five, four and four: the second five has no room
            stations(people, 3, meaning=MEANING, asked=Seating(locked=locked))

    def test_none_is_found_where_none_is(self) -> None:
        people = [Candidate(f"m{at:02}", f"o{at}", f"s{at % 5}") for at in range(12)]
        never = frozenset(pair(*two) for two in combinations([person.id for person in people[:3]], 2))
        assert feasible(Camp(tuple(people), 2, (), Seating(forbidden=never)).table(coverage=True)) is None


class TestLists:
    def table(self, seed: int = 1, members: int = 12, count: int = 4, history: Sequence[Meeting] = ()) -> Table:
        return Camp(tuple(academy(members, seed)), count, tuple(history), Seating()).table(coverage=False)

    def test_every_group_is_listed_once_beside_those_that_are_known(self) -> None:
        table = self.table()
        groups, _ = read_groups(table, deal(table, Luck(1)))
        columns = list_columns(table, groups, peaceful=False, most=10_000)
        assert columns is not None
        assert len(columns.members) == 4 + 12 * 11 * 10 // 6
        assert isinstance(table.worth, Meetings)
        worth, (first, second) = worth_of(columns, table.worth), costs_of(columns)
        for at in range(0, len(worth), 7):
            group: list[int] = columns.members[at].tolist()
            cost = table.cost_of(group, 0)
            assert (first[at], second[at], -worth[at]) == cost.key()

    @pytest.mark.parametrize("most", [10, 70])
    def test_a_list_that_is_too_long_is_none(self, most: int) -> None:
        table = self.table()
        groups, _ = read_groups(table, deal(table, Luck(1)))
        assert list_columns(table, groups, peaceful=False, most=most) is None

    def test_prices_bound_however_few_rounds_there_are(self) -> None:
        table = self.table(2, 15, 5)
        assert isinstance(table.worth, Meetings)
        groups, _ = read_groups(table, deal(table, Luck(1)))
        columns = list_columns(table, groups, peaceful=False, most=10_000)
        assert columns is not None
        columns = columns.valued(worth_of(columns, table.worth))
        bounds = [price(columns, -np.inf, rounds).bound for rounds in (0, 1, 40)]
        assert bounds == sorted(bounds, reverse=True)
        value = float(columns.value[:5].sum())
        found, bound = best_set(columns, price(columns, -np.inf), value)
        assert found is not None
        assert value < columns.value[found].sum() <= bound + 0.01 <= bounds[-1] + 0.02
        # A sum that no groups have leaves nothing to price.
        assert price(columns.holding(columns.value.astype(np.int64), -1), -np.inf).bound > bounds[-1] - 0.02

    def test_what_is_not_looked_at_is_not_proven(self) -> None:
        table = self.table(2, 15, 5)
        assert isinstance(table.worth, Meetings)
        groups, _ = read_groups(table, deal(table, Luck(1)))
        columns = list_columns(table, groups, peaceful=False, most=10_000)
        assert columns is not None
        columns = columns.valued(worth_of(columns, table.worth))
        priced = price(columns, -np.inf)
        assert best_set(columns, priced, 0.0, many=3) == (None, priced.bound)
        assert best_set(columns, priced, priced.bound) == (None, priced.bound)
        # With three groups that promise something, nobody can be seated.
        lonely = Priced(priced.bound, np.where(np.arange(len(priced.gains)) < 3, 0.0, -np.inf))
        assert best_set(columns, lonely, priced.bound - 5) == (None, priced.bound - 5)
        assert best_set(columns, priced, priced.bound - 5, few=2) == (None, priced.bound)

    def test_groups_of_five_of_many_are_good_and_not_proven(self) -> None:
        made = stations(academy(150, 3), 30, meaning=MEANING)
        assert not made.optimal
        assert made.uneven == 0
        assert made.score < made.bound

    def test_wishes_keep_their_groups_while_the_list_bounds_them(self) -> None:
        people = academy(15, 6)
        ids = [person.id for person in people]
        history = [Meeting(two, 1 + at % 9) for at, two in enumerate(combinations(ids, 2)) if at % 2]
        made = stations(people, 5, history, meaning=MEANING, asked=Seating(wanted={ids[0]: ("2",), ids[1]: ("4",)}))
        assert (made.wishes.first, made.optimal) == (2, False)

    @pytest.mark.parametrize("seed", [1, 5])
    def test_after_many_meetings_a_proof_is_asked_for(self, seed: int) -> None:
        people = academy(21, seed)
        pairs = enumerate(combinations([person.id for person in people], 2))
        history = [Meeting(two, 1 + at % 9) for at, two in pairs if at % 3]
        quick, proven = (stations(people, 7, history, meaning=MEANING, prove=prove) for prove in (False, True))
        assert not quick.optimal
        assert proven.optimal
        assert proven.repeats <= quick.repeats


class TestProofs:
    def test_what_locks_make_worse_is_proven_as_well(self) -> None:
        sectors = ["s0"] * 4 + [f"s{1 + at % 3}" for at in range(10)]
        people = [Candidate(f"m{at:02}", f"o{5 if at == 9 else at}", sector) for at, sector in enumerate(sectors)]
        ids = [person.id for person in people]
        locked = frozenset({frozenset(ids[:3]), pair(ids[5], ids[9])})
        made = stations(people, 2, meaning=MEANING, asked=Seating(locked=locked), prove=True)
        assert made.optimal
        # Three of four of one sector are one too many here and one too few there; and the two are colleagues.
        assert (made.uneven, made.colleagues) == (2, (("m05", "m09"),))

    def dense(self, *, coverage: bool = True) -> tuple[Table, Places]:
        """A camp of fourteen in two stations, half of whom have met."""
        people = academy(14, 8)
        ids = [person.id for person in people]
        history = tuple(Meeting(two, 1 + at % 9) for at, two in enumerate(combinations(ids, 2)) if at % 2)
        table = Camp(tuple(people), 2, history, Seating()).table(coverage=coverage)
        return table, deal(table, Luck(1))

    def test_a_proof_finds_what_is_better(self) -> None:
        table, group = self.dense()
        better, bounds = prove_large(table, group, least(table), quiet)
        values = measured(table, *read_groups(table, better))
        assert Seats(table, better).cost().key() < Seats(table, group).cost().key()
        assert all(values[counted] == bounds[counted] for counted in Counted)

    def test_a_proof_that_is_given_up_leaves_the_groups(self) -> None:
        table, group = self.dense()
        same, bounds = prove_large(table, group, least(table), quiet, branches=0)
        values = measured(table, *read_groups(table, same))
        assert (same == group).all()
        assert bounds[Counted.REPEATS] <= values[Counted.REPEATS]
        assert any(values[counted] != bounds[counted] for counted in Counted)

    def test_what_is_worth_by_meetings_is_no_programme(self) -> None:
        table, group = self.dense(coverage=False)
        better, bounds = prove_large(table, group, {**least(table), Counted.WORTH: -(10**9)}, quiet)
        assert Seats(table, better).cost().key()[:2] <= Seats(table, group).cost().key()[:2]
        assert bounds[Counted.REPEATS] == measured(table, *read_groups(table, better))[Counted.REPEATS]

    def test_the_least_of_a_count_is_the_programme_s(self) -> None:
        table, _ = self.dense()
        assert feasible(table) is not None
        programme = Programme.of(table)
        places = list(range(9))
        answer = programme.solve(programme.pairs(places))
        assert round(answer.bound) == even_pairs(9, 2) == 4 * 5 // 2 + 4 * 3 // 2

    def test_a_programme_without_an_answer(self) -> None:
        one = Sums(np.array([0]), np.array([0]), np.array([1.0]), 1, 1)
        whole, most = np.array([True]), np.array([1.0])
        solved = least_whole(np.array([1.0]), whole, most, one, (np.array([2.0]), np.array([3.0])))
        assert (solved.values, solved.possible) == (None, False)
        two = Sums(np.array([0, 0, 1]), np.array([0, 1, 0]), np.array([1.0, 1.0, 1.0]), 2, 2)
        assert prices_of(np.array([1.0, 1.0]), two, np.array([1.0, 2.0])) is None


def test_members_who_find_all_find_no_more() -> None:
    people = [Candidate("a", "o1", "s1", needs=("x", "y"), themes=("t",)), Candidate("b", "o2", "s2", offers=("x",)),
              Candidate("c", "o3", "s2", offers=("y",), themes=("t",)), Candidate("d", "o4", "s1", offers=("x",))]  # fmt: skip
    table = Camp(tuple(people), 1, (), Seating()).table(coverage=True)
    worth = table.worth
    assert isinstance(worth, Coverage)

    def points(*group: int) -> float:
        return worth.of(group) // worth.unit / 100

    assert points(0, 3) == 0.0  # of one sector
    assert points(0, 1) == 2.0
    assert points(0, 2) == 2.0 + 1.5 + 1.5  # a need, and a theme for both
    assert points(0, 1, 2) == points(0, 2)
    assert worth.of((0, 1, 2)) == worth.of((0, 2)) + 1  # the second need breaks a tie


def test_the_same_steps_are_made_again() -> None:
    [(_, table)] = camps(range(3, 4), coverage=True)
    goal = best_possible(table, least(table))
    first, again = (improve(table, deal(table, Luck(5)), 60, Luck(5), goal, quiet) for _ in range(2))
    assert (first == again).all()
    groups, left_out = read_groups(table, first)
    assert (seated(table, groups, left_out)[: table.rules.members] == first[: table.rules.members]).all()


def test_what_is_settled_is_never_above_its_bounds() -> None:
    for _, table in camps(range(30, 50), coverage=True, least=11, most=20):
        made = settle(table, 1, prove=False)
        assert made is not None
        assert all(made.bounds[counted] <= made.values[counted] for counted in Counted)
