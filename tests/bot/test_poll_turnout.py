"""Turnout by sector tells nothing about fewer than three people, however cleverly one subtracts or compares."""

from itertools import product

from hypothesis import given
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


def test_sectors_are_shown_where_everybody_has_company() -> None:
    assert pictured({"a": Voters(4, 9), "b": Voters(3, 3)}) == (SectorTurnout("a", 4, 9), SectorTurnout("b", 3, 3))


def test_what_one_could_subtract_is_hidden_too() -> None:
    # Only one of "b" voted; with 9 in all and 4 + 4 shown, everybody could work out that one.
    hidden = {"a": Voters(4, 9), "b": Voters(1, 5), "c": Voters(4, 20)}
    assert pictured(hidden) == (SectorTurnout("c", 4, 20),)


def test_one_sector_alone_is_not_told_where_few_did_not_vote() -> None:
    assert pictured({"a": Voters(8, 9)}) == ()
    assert pictured({"a": Voters(2, 9)}) == ()
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


@given(small_counts)
def test_whoever_knows_the_rule_and_tries_all_that_could_be_finds_out_nothing_either(counts: Counts) -> None:
    """All ways in which the same picture and the same total may have come about: of no group of fewer than three is it the same
    in all of them how many voted, unless the total alone says so."""
    shown, total = pictured(counts), sum(one.voted for one in counts.values())
    worlds = [
        world
        for voted in product(*(range(one.members + 1) for one in counts.values()))
        if sum(voted) == total
        and pictured(
            world := {key: Voters(v, one.members) for v, (key, one) in zip(voted, counts.items(), strict=True)}
        )
        == shown
    ]
    everybody = sum(one.members for one in counts.values())
    if total in {0, everybody}:
        return
    told = {one.sector for one in shown}
    for key, one in counts.items():
        said = {world[key].voted for world in worlds}
        if key not in told and one.members:
            assert said != {0} or one.members >= FEWEST, key
            assert said != {one.members} or one.members >= FEWEST, key


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
    return voted >= FEWEST and (members - voted >= FEWEST or members == voted)
