"""Discord is asked at an even pace, and at once where nobody has asked for a while."""

import asyncio

import pytest

from adapters.discord.pace import A_SECOND, AT_ONCE, Pace


async def test_some_may_come_together_and_the_others_wait_for_their_turn() -> None:
    pace = Pace(a_second=10, at_once=3)
    waits = [pace.wait() for _ in range(6)]
    assert waits[:3] == pytest.approx([0, 0, 0], abs=1e-9)
    assert waits[3:] == pytest.approx([0.1, 0.2, 0.3], abs=0.05)


async def test_who_comes_after_a_rest_need_not_wait() -> None:
    pace = Pace(a_second=1_000, at_once=1)
    for _ in range(5):
        assert pace.wait() == 0.0
        await asyncio.sleep(0.01)


def test_no_second_has_more_than_discord_allows() -> None:
    assert A_SECOND + AT_ONCE <= 50
