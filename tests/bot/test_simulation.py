"""Months of rounds, simulated: the season, what is counted of it against a recount by hand, and chance as a fair peer."""

from collections import Counter
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.introductions.simulation.chance import by_chance
from bot.introductions.simulation.kept import Rule, broken, fewest_left_out
from bot.introductions.simulation.living import Drawn, Week, live, planner
from bot.introductions.simulation.season import Circumstances, Season
from bot.introductions.simulation.simulating import Simulation, simulate
from bot.introductions.simulation.worth import Worth
from bot.introductions.spreadsheet import Asked
from bot.matching.domain import Candidate, Meeting, Weights, Wishes
from bot.matching.meaning import WordMeaning
from bot.matching.rules import Roster
from bot.matching.score import GRAIN, Encounters, Profiles, grains
from bot.members.roster import HistoryLine
from tests.bot.matching_cases import LOPSIDED, Case, Judge, academy, small_case

MEANING = WordMeaning.load()
ASKED = Asked(seed=3, meaning=MEANING)
HARD = Circumstances(12, paused=0.15, joins=0.3, leaves=0.3, declines=0.2)


def lived(how: Circumstances = HARD, members: int = 24, asked: Asked = ASKED) -> Simulation:
    return simulate(academy(members, 5), (), how, asked)


class TestSeason:
    def test_the_same_seed_is_the_same_season(self) -> None:
        members = [f"m{place}" for place in range(30)]
        assert Season.draw(members, HARD, 1) == Season.draw(list(reversed(members)), HARD, 1)
        assert Season.draw(members, HARD, 1).present != Season.draw(members, HARD, 2).present

    def test_without_anything_happening_everybody_is_always_there(self) -> None:
        season = Season.draw(["b", "a"], Circumstances(5, paused=0), 1)
        assert season.present == (("a", "b"),) * 5
        assert season.who_declines(1, ("a", "b")) == ""

    def test_shares_are_kept_to_on_the_whole(self) -> None:
        members = [f"m{place}" for place in range(2000)]
        season = Season.draw(members, Circumstances(10, paused=0.08), 4)
        assert 0.07 < 1 - sum(map(len, season.present)) / 20_000 < 0.09
        season = Season.draw(members, Circumstances(10, paused=0, joins=0.2, leaves=0.1), 4)
        first, last = set(season.present[0]), set(season.present[-1])
        assert 0.17 < 1 - len(first) / 2000 < 0.23
        gone = {member for week in season.present for member in week} - last
        assert 0.06 < len(gone) / 2000 < 0.13
        noes = sum(bool(Season.draw([], HARD, 4).who_declines(1, (member, "x"))) for member in members)
        assert 0.17 < noes / 2000 < 0.23

    @given(st.integers(1, 9), st.floats(0, 1), st.floats(0, 1), st.integers())
    def test_who_joins_or_leaves_does_it_once(self, weeks: int, joins: float, leaves: float, seed: int) -> None:
        season = Season.draw(["a", "b"], Circumstances(weeks, paused=0, joins=joins, leaves=leaves), seed)
        there = ["a" in present for present in season.present]
        assert len(there) == weeks
        assert sum(one != other for one, other in pairwise(there)) <= 2
        assert any(there)


class TestCounted:
    def test_it_is_the_same_every_time(self) -> None:
        assert lived() == lived()
        assert lived(asked=replace(ASKED, seed=4)).planned != lived().planned

    def test_against_a_recount_by_hand(self) -> None:
        """From who was there, who was put together and who said no, and nothing else."""
        told = lived()
        figures = told.planned
        met: list[tuple[int, frozenset[str]]] = []
        repeats = first = again = 0
        for week in told.weeks:
            for place, group in enumerate(week.drawn.groups):
                for pair in map(frozenset, combinations(group, 2)):
                    before = [number for number, other in met if other == pair]
                    repeats += any(week.number - number <= 12 for number in before)
                    if place not in week.declined:
                        first += not before
                        again += bool(before)
            met += [
                (week.number, frozenset(pair))
                for place, group in enumerate(week.drawn.groups)
                if place not in week.declined
                for pair in combinations(group, 2)
            ]
        assert (figures.repeats, figures.first, figures.repeats_ever) == (repeats, first, again)
        assert figures.distinct[-1] == len({pair for _, pair in met})
        assert figures.meetings == len(met)
        assert figures.declined == sum(len(week.declined) for week in told.weeks) > 0
        sectors = {one.id: one.sector for one in academy(24, 5)}
        bridges = Counter(frozenset(sectors[member] for member in pair) for _, pair in met)
        assert {frozenset((one.one, one.other)): one.meetings for one in figures.bridges if one.meetings} == {
            two: times for two, times in bridges.items() if len(two) == 2
        }
        assert figures.across == sum(times for two, times in bridges.items() if len(two) == 2)
        assert len(figures.bridges) == 10

    def test_waits_against_a_recount_by_hand(self) -> None:
        told = lived()
        waited, longest = Counter[str](), Counter[str]()
        again = 0
        for week in told.weeks:
            placed = {member for group in week.drawn.groups for member in group}
            happy = {
                member
                for place, group in enumerate(week.drawn.groups)
                for member in group
                if place not in week.declined or week.declined[place] == member
            }
            again += sum(waited[member] > 0 for member in week.present if member not in placed)
            for member in week.present:
                waited[member] = 0 if member in happy else waited[member] + 1
                longest[member] = max(longest[member], waited[member])
        assert told.planned.waits == Counter(longest[one.id] for one in academy(24, 5))
        assert told.planned.left_out_again == again
        assert told.planned.longest_wait() == max(longest.values()) > 0

    def test_the_rounds_before_count(self) -> None:
        people = [Candidate(f"m{place}", f"o{place}", f"s{place}") for place in range(4)]
        past = [HistoryLine(4, (people[0].id, people[1].id)), HistoryLine(7, (people[0].id, people[1].id))]
        told = simulate(people, past, Circumstances(1, paused=0), replace(ASKED, weights=Weights(window=2)))
        assert told.weeks[0].number == 8
        assert told.planned.repeats == 0
        every = simulate(people, past, Circumstances(6, paused=0), ASKED)
        assert (every.planned.first, every.planned.distinct[-1]) == (5, 6)

    def test_a_year_with_everything_that_happens(self) -> None:
        how = Circumstances(52, paused=0.1, joins=0.2, leaves=0.15, declines=0.1)
        told = simulate(academy(60, 4), (), how, ASKED)
        assert told.planned.broken == told.chance.broken == {}
        assert told.planned.repeats == 0
        assert told.planned.left_out == told.planned.fewest
        assert told.planned.left_out_again == 0

    @pytest.mark.parametrize("size", [2, 3])
    def test_a_lopsided_academy_leaves_out_as_few_as_can_be(self, size: int) -> None:
        told = simulate(academy(40, 4, LOPSIDED), (), Circumstances(4), replace(ASKED, size=size))
        assert told.planned.broken == {}
        assert told.planned.left_out == told.planned.fewest

    def test_a_week_in_which_nearly_nobody_is_there(self) -> None:
        told = simulate(academy(4, 1), (), Circumstances(30, paused=0.7), ASKED)
        assert min(len(week.present) for week in told.weeks) < 2
        assert told.planned.broken == told.chance.broken == {}

    def test_of_an_empty_academy_nothing_is_told(self) -> None:
        told = simulate([], (), Circumstances(2), ASKED)
        assert (told.planned.distinct, told.planned.longest_wait(), told.planned.evenness()) == ((0, 0), 0, 0.0)

    def test_it_tells_how_far_it_is(self) -> None:
        steps: list[float] = []
        simulate(academy(8, 1), (), Circumstances(3), ASKED, lambda done, of: steps.append(done / of))
        assert steps == sorted(steps)
        assert steps[-1] == 1
        assert any(step not in {1 / 3, 2 / 3, 1} for step in steps)


class TestRules:
    PEOPLE = (
        Candidate("a", "X", "s", languages=frozenset({"da"})),
        Candidate("b", " x ", "t", languages=frozenset({"da"})),
        Candidate("c", "Y", "S"),
        Candidate("d", "", "u", languages=frozenset({"en"})),
        Candidate("e", "", ""),
        Candidate("f", "", "s"),
        Candidate("g", "G", "v"),
    )

    @pytest.mark.parametrize(
        ("groups", "rules"),
        [
            ([("a", "b"), ("c", "d")], [Rule.SAME_ORGANISATION]),
            ([("a", "c"), ("b", "d")], [Rule.SAME_SECTOR, Rule.NO_LANGUAGE]),
            ([("a", "c", "b"), ("d", "g")], [Rule.SAME_ORGANISATION]),
            ([("a", "d"), ("b", "c")], [Rule.NO_LANGUAGE]),
            ([("c", "g"), ("b", "e"), ("a",)], [Rule.KEPT_APART, Rule.WRONG_SIZE, Rule.SAME_SECTOR]),
            ([("a", "e"), ("e", "b")], [Rule.TWICE]),
            ([("a", "e"), ("b", "z")], [Rule.NOT_THERE]),
            ([("d", "e"), ("e", "f")], [Rule.TWICE]),
            ([("d", "f"), ("a", "e")], []),
        ],
    )
    def test_each_that_is_broken_is_noticed(self, groups: list[tuple[str, ...]], rules: list[Rule]) -> None:
        people = {one.id: one for one in self.PEOPLE} | {"z": Candidate("z", "Z", "z")}
        everybody = [one.id for one in self.PEOPLE]
        left = tuple(member for member in everybody if not any(member in group for group in groups))
        week = Week(1, tuple(everybody), Drawn(tuple(groups), left), {}, frozenset({frozenset({"c", "g"})}), {})
        assert broken([week], people) == Counter(rules)
        if left:
            forgot = replace(week, drawn=Drawn(tuple(groups), left[1:]))
            assert broken([forgot], people) == Counter([*rules, Rule.FORGOTTEN])

    @given(st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=8))
    @settings(max_examples=60, deadline=None)
    def test_the_fewest_left_out_are_those_of_the_best_round_there_is(self, sectors: list[str]) -> None:
        people = [Candidate(str(place), "", sector or f"?{place}") for place, sector in enumerate(sectors)]
        case: Case = ([replace(one, organisation=one.id) for one in people], [], Wishes())
        best = Judge(case, len).best() if people else (0,)
        assert fewest_left_out(sectors) == -best[0]


class TestChance:
    @given(st.integers(0, 10_000), st.sampled_from([2, 3]))
    @settings(max_examples=80, deadline=None)
    def test_it_keeps_every_rule(self, seed: int, size: int) -> None:
        people, history, wishes = small_case(seed)
        drawn = by_chance(seed, 12, size)(people, history, wishes, 1)
        present = tuple(one.id for one in people)
        week = Week(1, present, drawn, {}, wishes.apart | wishes.forbidden, {})
        assert broken([week], {one.id: one for one in people}) == {}
        assert drawn == by_chance(seed, 12, size)(people, history, wishes, 1)

    def test_it_is_fair_in_what_it_draws(self) -> None:
        people = [Candidate(f"m{place}", f"o{place}", f"s{place}") for place in range(4)]
        rounds = Counter(by_chance(seed, 12)(people, [], Wishes(), 1).groups for seed in range(900))
        assert len(rounds) == 3
        assert all(250 < times < 350 for times in rounds.values())

    def test_who_waited_goes_first_and_nobody_meets_again_who_need_not(self) -> None:
        people = [Candidate(f"m{place}", f"o{place}", "large" if place else "small") for place in range(4)]
        people[3] = replace(people[3], waited=1)
        for seed in range(10):
            assert by_chance(seed, 12)(people, [], Wishes(), 1).left_out != ("m3",)
        four = [Candidate(f"m{place}", f"o{place}", f"s{place % 2}") for place in range(4)]
        met = [Meeting(("m0", "m1"), 1)]
        assert by_chance(1, 12)(four, met, Wishes(), 1).groups == (("m0", "m3"), ("m1", "m2"))
        exhausted = [*met, Meeting(("m0", "m3"), 1), Meeting(("m1", "m2"), 2), Meeting(("m2", "m3"), 2)]
        assert len(by_chance(1, 12)(four, exhausted, Wishes(), 1).groups) == 2

    def test_what_is_locked_stays_together(self) -> None:
        people = academy(12, 1)
        lock = next(
            frozenset((one.id, other.id))
            for one, other in combinations(people, 2)
            if one.sector != other.sector and one.organisation != other.organisation
        )
        drawn = by_chance(1, 12)(people, [], Wishes(locked=frozenset({lock})), 1)
        assert lock in map(frozenset, drawn.groups)

    def test_a_large_academy_is_shuffled_once(self) -> None:
        people = [Candidate(f"m{place}", f"o{place // 3}", f"s{place % 5}") for place in range(2_002)]
        assert len(by_chance(1, 12)(people, [], Wishes(), 1).left_out) <= 2


def test_a_meeting_is_worth_what_the_planner_says_without_novelty_and_balance() -> None:
    people = [*academy(30, 2), Candidate("x", "X", "elsewhere"), Candidate("y", "Y", "there", themes=("ældre",))]
    weights = Weights(novelty=0, sector_balance=0, draw=0)
    roster = Roster.read(people, (), Wishes())
    table = grains(roster, Profiles.read(roster.people, MEANING), Encounters.read(roster, (), 12), weights)
    worth = Worth.read(people, MEANING, weights)
    for one, other in combinations(roster.people, 2):
        if one.sector != other.sector:
            value = worth.of(one.id, other.id)
            assert value == pytest.approx(worth.of(other.id, one.id))
            assert value * 1000 / GRAIN == pytest.approx(
                table[roster.places[one.id], roster.places[other.id]], abs=0.51
            )
            assert worth.rests_on_a_need(one.id, other.id) == (worth.needs(one.id, other.id) > 0)


def test_whoever_makes_the_rounds_the_season_is_the_same() -> None:
    people = academy(20, 3)
    season = Season.draw([one.id for one in people], HARD, 7)
    makers = (planner(ASKED, lambda _share: None), by_chance(7, 12))
    ours, others = (list(live(people, (), season, ASKED, make)) for make in makers)
    assert [week.present for week in ours] == [week.present for week in others] == list(season.present)


def test_two_who_declined_are_not_put_together_again_within_the_window() -> None:
    told = lived(Circumstances(12, paused=0, declines=0.4), members=16)
    noes = [(week, place, who) for week in told.weeks for place, who in week.declined.items()]
    assert noes
    for week, place, who in noes:
        for other in set(week.drawn.groups[place]) - {who}:
            later = [one for one in told.weeks if 0 < one.number - week.number <= 12]
            assert not any({who, other} <= set(group) for one in later for group in one.drawn.groups)
