"""One who floods is slowed down; the others don't notice."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import TooFast
from bot.identity import Account, WorkspaceId, new_id
from bot.pace import BURST, Pace

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HERE = WorkspaceId(new_id())
LOUD, QUIET = Account("slack", "U1"), Account("slack", "U2")


def flood(pace: Pace, account: Account, number: int, at: datetime = NOW, here: WorkspaceId = HERE) -> int:
    """How many of so many were let through."""
    through = 0
    for _ in range(number):
        try:
            pace.step(here, account, at)
        except TooFast:
            continue
        through += 1
    return through


def test_a_burst_goes_through_and_then_no_more() -> None:
    pace = Pace()
    assert flood(pace, LOUD, 100) == BURST
    with pytest.raises(TooFast):
        pace.step(HERE, LOUD, NOW)


def test_the_others_do_not_notice() -> None:
    pace = Pace()
    flood(pace, LOUD, 100)
    assert flood(pace, QUIET, 5) == 5
    assert flood(pace, LOUD, 5, here=WorkspaceId(new_id())) == 5


def test_a_moment_later_it_goes_on_at_one_a_second() -> None:
    pace = Pace()
    flood(pace, LOUD, 100)
    assert flood(pace, LOUD, 100, NOW + timedelta(seconds=3)) == 3
    assert flood(pace, LOUD, 100, NOW + timedelta(hours=1)) == BURST


def test_a_clock_that_is_set_back_gives_nothing_away() -> None:
    pace = Pace()
    flood(pace, LOUD, 100)
    assert flood(pace, LOUD, 5, NOW - timedelta(hours=1)) == 0


def test_the_memory_of_accounts_has_an_end() -> None:
    pace = Pace()
    flood(pace, LOUD, 100)
    for number in range(10_000):
        pace.step(HERE, Account("slack", f"X{number}"), NOW)
    assert flood(pace, LOUD, 1) == 1
