"""The planned round against every round there is: the second half of a thousand small academies."""

import pytest

from tests.bot.matching_cases import assert_best

CASES = 50


@pytest.mark.parametrize("block", range(10, 20))
def test_no_round_is_better_than_the_planned_one(block: int) -> None:
    for seed in range(CASES * block, CASES * block + CASES):
        assert_best(seed)
