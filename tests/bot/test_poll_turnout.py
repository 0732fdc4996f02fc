"""Turnout by sector tells nothing about fewer than three people, however cleverly one subtracts or compares."""

from itertools import product

from hypothesis import example, given
from hypothesis import strategies as st

from bot.polls.domain import SectorTurnout
from bot.polls.turnout import FEWEST, Counts, Voters, counted, may_follow, pictured

KEYS = ("business", "foundation", "municipality", "")


def voters(most: int) -> st.SearchStrategy[Voters]:
    return st.integers(0, most).flatmap(lambda members: st.integers(0, members).map(lambda one: Voters(one, members)))


any_counts = st.fixed_dictionaries({key: voters(40) for key in (*KEYS, "research")})
small_counts = st.fixed_dictionaries({key: voters(8) for key in KEYS})


def test_members_become_numbers_by_sector() -> None:
    assert counted([("a", True), ("a", False), ("", True)]) == {"a": Voters(1, 2), "": Voters(1, 1)}


def test_larger_sectors_are_shown_where_everybody_has_company() -> None:
    counts = {"a": Voters(4, 9), "b": Voters(3, 6), "c": Voters(1, 4), "": Voters(2, 3)}
    assert pictured(counts) == (SectorTurnout("a", 4, 9), SectorTurnout("b", 3, 6))


def test_what_one_could_subtract_hides_all() -> None:
    # Only one of "b" voted; with 9 in all and 4 + 4 shown, everybody could work out that one.
    assert pictured({"a": Voters(4, 9), "b": Voters(1, 8), "c": Voters(4, 20)}) == ()
    assert pictured({"a": Voters(4, 9), "b": Voters(3, 3)}) == ()


def test_a_few_others_get_the_smallest_sector_for_company() -> None:
    assert pictured({"a": Voters(4, 9), "b": Voters(3, 6), "c": Voters(1, 1)}) == (SectorTurnout("a", 4, 9),)
    assert pictured({"a": Voters(4, 9), "c": Voters(1, 1)}) == ()


def test_one_sector_alone_is_not_told_where_few_did_not_vote() -> None:
    assert pictured({"a": Voters(8, 9)}) == ()
    assert pictured({"a": Voters(2, 9)}) == ()
    assert pictured({"a": Voters(3, 9)}) == (SectorTurnout("a", 3, 9),)
    assert pictured({}) == ()


@given(any_counts)
def test_no_shown_number_and_no_difference_speaks_of_fewer_than_three(counts: Counts) -> None:
    shown = pictured(counts)
    for one in shown:
        assert one.sector
        assert counts[one.sector] == (one.voted, one.members)
        assert fine(one.voted, one.members)
    voted = sum(one.voted for one in counts.values()) - sum(one.voted for one in shown)
    members = sum(one.members for one in counts.values()) - sum(one.members for one in shown)
    assert not shown or members == 0 or fine(voted, members)


@example({"business": Voters(0, 0), "foundation": Voters(1, 1), "municipality": Voters(3, 6), "": Voters(2, 2)})
@given(small_counts)
def test_whoever_knows_the_rule_and_tries_all_that_could_be_finds_out_nothing_either(counts: Counts) -> None:
    """All ways in which the same picture and the same total may have come about: of no group of fewer than three is it the same
    in all of them how many voted, unless the total alone says so."""
    shown, total = pictured(counts), sum(one.voted for one in counts.values())
    by_total = [
        {key: Voters(voted, one.members) for voted, (key, one) in zip(world, counts.items(), strict=True)}
        for world in product(*(range(one.members + 1) for one in counts.values()))
        if sum(world) == total
    ]
    by_both = [world for world in by_total if pictured(world) == shown]
    told = {one.sector for one in shown}
    for key, one in counts.items():
        said, anyway = {world[key].voted for world in by_both}, {world[key].voted for world in by_total}
        if key not in told and one.members < FEWEST:
            assert len(said) > 1 or len(anyway) == 1, key
        elif one.members:
            assert said not in ({0}, {one.members}) or len(anyway) == 1, key


@given(st.lists(any_counts, max_size=6))
def test_no_two_pictures_of_one_poll_differ_by_one_or_two(closings: list[Counts]) -> None:
    earlier: list[dict[str, int]] = []
    pictures: list[tuple[SectorTurnout, ...]] = []
    for counts in closings:
        if may_follow(counts, earlier):
            earlier.append({key: one.voted for key, one in counts.items()})
            pictures.append(pictured(counts))
    for one, other in product(pictures, pictures):
        for mine, theirs in product(one, other):
            if mine.sector == theirs.sector:
                assert abs(mine.voted - theirs.voted) not in {1, 2}


def test_a_picture_follows_only_where_no_single_vote_shows() -> None:
    assert may_follow({"a": Voters(5, 9)}, [])
    assert may_follow({"a": Voters(5, 9)}, [{"a": 5}, {"a": 8}])
    assert not may_follow({"a": Voters(5, 9)}, [{"a": 5}, {"a": 6}])
    assert not may_follow({"a": Voters(5, 9)}, [{"a": 5, "b": 1}])


def fine(voted: int, members: int) -> bool:
    return FEWEST <= voted <= members - FEWEST
