"""Counting: against a plain count, ballot by ballot; and the same in whatever order ballots come."""

import random
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotUnderstood
from bot.identity import MemberId, PollId, new_id
from bot.polls.counting import Bar, result_of, run_off
from bot.polls.domain import (
    Choices,
    Fits,
    Poll,
    PollKind,
    PollOption,
    as_dated,
    dated,
    fixed_options,
    next_key,
    read_choices,
)
from tests.fakes import StoppedClock

KEYS = ("1", "2", "3", "4")


def a_poll(kind: PollKind, keys: Sequence[str] = KEYS, most: int = 0) -> Poll:
    options = fixed_options(kind) or tuple(PollOption(key, f"option {key}") for key in keys)
    return Poll(PollId(new_id()), MemberId(new_id()), "?", kind, options, StoppedClock().now(), most=most)


orders = st.lists(st.lists(st.sampled_from(KEYS), unique=True, min_size=1).map(tuple), max_size=30)
days = st.lists(
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from([Fits.YES, Fits.MAYBE])).map(as_dated), max_size=20
)


def plain_run_off(ballots: Sequence[Choices]) -> list[dict[str, int]]:
    """Round by round with nothing clever: the votes of each."""
    left, rounds = list(KEYS), list[dict[str, int]]()
    while ballots and left:
        votes = dict.fromkeys(left, 0)
        for ballot in ballots:
            for key in ballot:
                if key in left:
                    votes[key] += 1
                    break
        rounds.append(votes)
        if max(votes.values()) * 2 > sum(votes.values()) or len(left) == 1:
            break
        worst = [key for key in left if votes[key] == min(votes.values())]
        for before in reversed(rounds[:-1]):
            worst = [key for key in worst if before[key] == min(before[one] for one in worst)]
        left.remove(worst[-1])
    return rounds


@given(orders)
def test_a_run_off_is_counted_as_by_hand(ballots: list[Choices]) -> None:
    rounds = run_off(KEYS, Counter(ballots))
    assert [dict(one.votes) for one in rounds] == plain_run_off(ballots)
    for one in rounds:
        assert sum(one.votes.values()) + one.spent == len(ballots)
    assert [one.out for one in rounds[-1:]] in ([], [""])


@given(orders, st.randoms(use_true_random=False))
def test_the_order_of_ballots_changes_nothing(ballots: list[Choices], chance: random.Random) -> None:
    shuffled = list(ballots)
    chance.shuffle(shuffled)
    for kind in (PollKind.RANKED, PollKind.MULTIPLE):
        assert result_of(a_poll(kind), Counter(ballots)) == result_of(a_poll(kind), Counter(shuffled))


@given(orders)
def test_whoever_is_first_for_more_than_half_wins_at_once(ballots: list[Choices]) -> None:
    firsts = Counter(ballot[0] for ballot in ballots)
    for key, count in firsts.items():
        if 2 * count > len(ballots):
            result = result_of(a_poll(PollKind.RANKED), Counter(ballots))
            assert (result.first, len(result.rounds)) == ((key,), 1)


def test_ballots_that_name_nobody_who_is_left_win_nothing() -> None:
    assert result_of(a_poll(PollKind.RANKED), {}).first == ()
    assert result_of(a_poll(PollKind.RANKED), {("9",): 2}).first == ()


@given(days)
def test_a_day_is_counted_for_those_who_can_and_those_who_could(ballots: list[Choices]) -> None:
    result = result_of(a_poll(PollKind.DATES), Counter(ballots))
    for bar in result.bars:
        said = [dated(ballot).get(bar.key, Fits.NO) for ballot in ballots]
        assert (bar.votes, bar.maybe) == (said.count(Fits.YES), said.count(Fits.MAYBE))
    most = max(bar.votes + bar.maybe for bar in result.bars)
    assert all(bar.votes + bar.maybe == most for bar in result.bars if bar.key in result.first)
    assert bool(result.first) == (most > 0)


def test_abstaining_wins_nothing_and_stars_have_a_mean() -> None:
    assert result_of(a_poll(PollKind.YES_NO), {("abstain",): 9, ("no",): 2}).first == ("no",)
    assert result_of(a_poll(PollKind.RATING), {("5",): 1, ("2",): 1}).mean == 3.5
    assert result_of(a_poll(PollKind.RATING), {}).mean is None
    assert result_of(a_poll(PollKind.SINGLE), {("2",): 1}).bars[:2] == (Bar("1", 0), Bar("2", 1))


def test_the_same_vote_is_the_same_value() -> None:
    assert read_choices(a_poll(PollKind.MULTIPLE), ("3", "1", "3")) == ("1", "3")
    assert read_choices(a_poll(PollKind.RANKED), ("3", "1", "3")) == ("3", "1")
    assert read_choices(a_poll(PollKind.DATES), ("3:maybe", "1:yes", "2:no")) == ("1:yes", "3:maybe")
    assert read_choices(a_poll(PollKind.RATING), ("4",)) == ("4",)
    assert read_choices(a_poll(PollKind.DATES), ()) == ()


@pytest.mark.parametrize(
    ("kind", "chosen"),
    [
        (PollKind.SINGLE, ()),
        (PollKind.SINGLE, ("1", "2")),
        (PollKind.SINGLE, ("9",)),
        (PollKind.MULTIPLE, ()),
        (PollKind.MULTIPLE, ("1", "2", "3")),
        (PollKind.RANKED, ()),
        (PollKind.DATES, ("1:perhaps",)),
        (PollKind.DATES, ("9:yes",)),
        (PollKind.YES_NO, ("1",)),
        (PollKind.RATING, ("6",)),
    ],
)
def test_what_cannot_be_counted_is_told(kind: PollKind, chosen: Choices) -> None:
    with pytest.raises(NotUnderstood):
        read_choices(a_poll(kind, most=2), chosen)


def test_a_new_option_gets_a_number_that_none_has_had() -> None:
    assert next_key(()) == "1"
    assert next_key([PollOption("1", "A"), PollOption("7", "B")]) == "8"
