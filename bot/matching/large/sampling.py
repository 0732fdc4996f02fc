"""Prices of all members of a market from those of a few, by one look at what each could have of the few.

Whoever joined a small market would gain what their best meeting there is worth, less the price of the other. The best of
several parts of the few says that with less chance in it than the best of them all, and lower, by much the same for everybody.
"""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from bot.matching.large.market import Columns, Market, Rows
from bot.matching.large.register import Numbers
from bot.matching.large.tables import Single, Vector

# Parts that the few are cut into at most, and how many of them a part has at least. The best half of the parts count.
_PARTS = 16
_IN_A_PART = 4


def prices_from(market: Market, few: Numbers, prices: Vector, told: Callable[[float], None] | None = None) -> Vector:
    """What each member gains by the few at their ``prices``, in grains: never below nothing. The few too are asked so."""
    rough = market.roughly()
    find = partial(_gained, rough, rough.rows(few), (prices / market.unit).astype(np.float32))
    gained = np.concatenate(rough.each_columns(find, told)[::-1])
    return gained.astype(np.float64) * market.unit


def _gained(market: Market, few: Sequence[Rows], prices: Single, columns: Columns) -> Single:
    parts = max(2, min(_PARTS, len(prices) // _IN_A_PART))
    best = np.zeros((parts, len(columns.code)), np.float32)
    start = 0
    for rows in few:
        count = len(rows.places)
        gain = market.estimate(rows, columns)
        if gain is not None:
            gain -= prices[start : start + count, None]
            # The few are in the order of sectors: each part has some of all.
            for first in range(0, count, parts):
                some = gain[first : first + parts]
                np.maximum(best[: len(some)], some, out=best[: len(some)])
        start += count
    best.sort(axis=0)
    mean: Single = best[parts // 2 :].mean(axis=0)
    return mean
