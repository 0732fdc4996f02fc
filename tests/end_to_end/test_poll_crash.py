"""Two processes take the votes of one poll, one is killed in the middle: each vote counts once."""

import pytest

from tests.poll_replicas import one_is_killed


@pytest.mark.parametrize("anonymous", [False, True])
async def test_a_process_is_killed_while_votes_come_in(postgres_url: str, anonymous: bool) -> None:
    ballots, wrong, unsure = await one_is_killed(postgres_url, 400, anonymous=anonymous)
    assert (ballots, wrong) == (400, 0)
    assert unsure > 0, "nothing was killed"
