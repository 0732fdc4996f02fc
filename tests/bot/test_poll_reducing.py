"""Of an anonymous poll no more is kept than its result tells."""

import random
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.polls.counting import result_of
from bot.polls.domain import Choices, PollKind, Tally
from bot.polls.reducing import reduced
from tests.bot.test_poll_counting import KEYS, a_poll

one = st.sampled_from(KEYS).map(lambda key: (key,))
several = st.lists(st.sampled_from(KEYS), unique=True, min_size=1).map(lambda keys: tuple(sorted(keys)))
orders = st.lists(st.sampled_from(KEYS), unique=True, min_size=1).map(tuple)
days = st.lists(st.sampled_from(["yes", "maybe", "no"]), min_size=len(KEYS), max_size=len(KEYS)).map(
    lambda said: tuple(f"{key}:{fits}" for key, fits in zip(KEYS, said, strict=True) if fits != "no")
)
polls = st.one_of(
    *(
        st.tuples(st.just(kind), st.lists(ballot, max_size=25).map(Counter))
        for kind, ballot in (
            (PollKind.SINGLE, one),
            (PollKind.MULTIPLE, several),
            (PollKind.RANKED, orders),
            (PollKind.DATES, days),
        )
    )
)


@given(polls)
def test_made_up_ballots_come_to_the_same_result(said: tuple[PollKind, Tally]) -> None:
    kind, tally = said
    poll = a_poll(kind)
    assert result_of(poll, reduced(poll, tally)) == result_of(poll, tally)


@given(polls)
def test_they_hold_nothing_but_the_result(said: tuple[PollKind, Tally]) -> None:
    """Whoever makes ballots up from made-up ballots gets the same ones: of the first ones nothing was left but the result."""
    kind, tally = said
    poll = a_poll(kind)
    once = reduced(poll, tally)
    assert reduced(poll, once) == once


@pytest.mark.parametrize(
    ("kind", "ours", "others"),
    [
        (PollKind.MULTIPLE, [("1", "2"), ("3",)], [("1",), ("2", "3")]),
        (PollKind.DATES, [("1:yes", "2:maybe"), ()], [("1:yes",), ("2:maybe",)]),
        # The third goes out first; what its only friend likes second wins. Who liked what third was never counted.
        (
            PollKind.RANKED,
            [("1", "2", "3"), ("1", "3", "2"), ("2", "1", "3"), ("2", "3", "1"), ("3", "1", "2")],
            [("1",), ("1", "2"), ("2",), ("2", "3"), ("3", "1")],
        ),
    ],
)
def test_two_polls_of_one_result_leave_the_same(
    kind: PollKind, ours: Sequence[Choices], others: Sequence[Choices]
) -> None:
    poll = a_poll(kind)
    assert result_of(poll, Counter(ours)) == result_of(poll, Counter(others))
    assert any(bar.votes for bar in result_of(poll, Counter(ours)).bars)
    assert reduced(poll, Counter(ours)) == reduced(poll, Counter(others))


def test_a_hundred_people_with_whole_orders_leave_a_handful() -> None:
    chance = random.Random(7)
    ballots = Counter(tuple(chance.sample(KEYS, len(KEYS))) for _ in range(100))
    left = reduced(a_poll(PollKind.RANKED), ballots)
    assert sum(left.values()) == 100
    assert not any(len(path) == len(KEYS) for path in left)
