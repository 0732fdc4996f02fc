"""Turnout by sector tells nothing about fewer than three people, however cleverly one subtracts or compares."""

from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.polls.domain import SectorTurnout
from bot.polls.turnout import FEWEST, Counts, Voters, counted, pictured, steps

KEYS = ("business", "foundation", "municipality", "")


def voters(most: int) -> st.SearchStrategy[Voters]:
    return st.integers(0, most).flatmap(lambda members: st.integers(0, members).map(lambda one: Voters(one, members)))


any_counts = st.fixed_dictionaries({key: voters(40) for key in (*KEYS, "research")})
small_counts = st.fixed_dictionaries({key: voters(8) for key in KEYS})


def test_members_become_numbers_by_sector() -> None:
    assert counted([("a", True), ("a", False), ("", True)]) == {"a": Voters(1, 2), "": Voters(1, 1)}


def test_each_larger_sector_has_a_step_however_people_vote() -> None:
    counts = {"a": Voters(9, 10), "b": Voters(0, 7), "c": Voters(1, 4), "": Voters(2, 3)}
    assert pictured(counts) == (SectorTurnout("a", 7, 10, 10), SectorTurnout("b", 0, 3, 7))
    assert pictured({"a": Voters(9, 9)}) == (SectorTurnout("a", 5, 9, 9),)
    assert pictured({}) == ()


def test_a_few_others_get_the_smallest_sector_for_company() -> None:
    assert pictured({"a": Voters(4, 9), "b": Voters(3, 7), "c": Voters(1, 1)}) == (SectorTurnout("a", 0, 4, 9),)
    assert pictured({"a": Voters(4, 9), "c": Voters(1, 1)}) == ()


@pytest.mark.parametrize("members", [*range(7, 60), 200, 999])
def test_steps_begin_and_end_where_nobody_can_be_told_apart(members: int) -> None:
    found = steps(members)
    assert [number for low, high in found for number in range(low, high + 1)] == list(range(members + 1))
    assert len(found) > 1
    assert all(low == 0 or FEWEST <= low <= members - FEWEST for low, _ in found)
    assert all(high == members or FEWEST <= high <= members - FEWEST for _, high in found)
    assert all(high > low for low, high in found)


@given(any_counts)
def test_what_can_be_worked_out_exactly_speaks_of_three_or_more(counts: Counts) -> None:
    """From the steps and the total, group by group: the lowest and the highest number that are possible."""
    shown = pictured(counts)
    total = sum(one.voted for one in counts.values())
    others = sum(one.members for one in counts.values()) - sum(one.members for one in shown)
    groups = [(one.fewest, one.most, one.members) for one in shown] + ([(0, others, others)] if others else [])
    lows, highs = sum(low for low, _, _ in groups), sum(high for _, high, _ in groups)
    for low, high, members in groups if len(groups) > 1 else ():
        least, most = max(low, total - (highs - high)), min(high, total - (lows - low))
        if least == most:
            assert least in {0, members} or fine(least, members)
            assert members >= 2 * FEWEST


@example({"business": Voters(0, 0), "foundation": Voters(1, 1), "municipality": Voters(3, 7), "": Voters(2, 2)})
@given(small_counts)
def test_whoever_knows_the_rule_and_tries_all_that_could_be_finds_out_nothing_either(counts: Counts) -> None:
    """All ways in which the same picture and the same total may have come about: of nobody who belongs to a group of fewer than
    three is it the same in all of them whether they voted, unless the total alone says so."""
    shown, total = pictured(counts), sum(one.voted for one in counts.values())
    by_total = [
        {key: Voters(voted, one.members) for voted, (key, one) in zip(world, counts.items(), strict=True)}
        for world in product(*(range(one.members + 1) for one in counts.values()))
        if sum(world) == total
    ]
    by_both = [world for world in by_total if pictured(world) == shown]
    told = {one.sector for one in shown}
    # Those without a bar are one group: what is known of all of them together is known of each.
    others = [key for key, one in counts.items() if key not in told and one.members]
    together = {sum(world[key].voted for key in others) for world in by_both}
    size = sum(counts[key].members for key in others)
    anyway = {sum(world[key].voted for key in others) for world in by_total}
    if len(together) == 1 and len(anyway) > 1:
        assert together <= {0, size}
        assert size >= 2 * FEWEST


def fine(voted: int, members: int) -> bool:
    return FEWEST <= voted <= members - FEWEST
