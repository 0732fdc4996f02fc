"""By how much any pairs must fall short of the prices, because somebody in an odd company has to leave it for a partner.

Members whom pairs join that lack less than so much make companies. From each odd one at least one pair leads out, and lacks as
much or more. So an odd company may have half of that deducted, and with every larger company that it grows into as it
takes more to be apart, until none is odd: a price of its own for each, as odd rings have in small rounds.
"""

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from bot.matching.large.market import NEVER, Market
from bot.matching.large.prices import Priced
from bot.matching.large.register import Mask

# Grains from one size of companies to the next, and those beyond which none is sought.
_GRAINS = 0.5
_FARTHEST = 128.0
# Grains that have to be won for another look at all pairs.
_WORTH_A_LOOK = 8.0


def falls_short(market: Market, priced: Priced) -> float:
    """In grains, for rounds in pairs in which everybody takes part.

    Pairs that are not near are known to lack as much as the two members' ``spare`` says: no more is deducted from any. Where
    that is much less than it could be, all pairs between the last odd company and the others are looked at.
    """
    near, count = priced.near, len(priced.prices)
    below = priced.prices[near.left] + priced.prices[near.right] - near.worth
    # What weighs nothing would be no pair to the library.
    every = csr_array((below + 1.0, (near.left, near.right)), shape=(count, count))
    tree = minimum_spanning_tree(every).tocoo()
    deducted, lost, apart, last = np.zeros(count), 0.0, 0.0, np.zeros(count, np.bool_)
    while apart < _FARTHEST:
        joined = tree.data - 1.0 < apart + _GRAINS
        pairs = np.ones(int(joined.sum())), (tree.row[joined], tree.col[joined])
        companies, company = connected_components(csr_array(pairs, shape=(count, count)), directed=False)
        odd = np.bincount(company, minlength=companies) % 2 == 1
        if not odd.any():
            break
        apart += _GRAINS
        last = company == int(odd.argmax())
        price = np.where(odd, _GRAINS / 2, 0.0)
        np.minimum.at(price, company, priced.spare - deducted)
        lost += float(price.sum())
        deducted += price[company]
    return max(lost, _lacking(market, priced, last, apart)) if apart > lost + _WORTH_A_LOOK else lost


def _lacking(market: Market, priced: Priced, company: Mask, most: float) -> float:
    """What every pair of one in the company with one who is not lacks; up to ``most``."""
    sectors = len(market.base)
    base = np.full((2 * sectors, 2 * sectors), NEVER, np.float32)
    base[:sectors, sectors:] = base[sectors:, :sectors] = market.base
    crossing = replace(market, code=market.code + sectors * company, base=base)
    found = crossing.above(priced.prices - most / 2, most=1.0)
    lacking = priced.prices[found.left] + priced.prices[found.right] - found.worth
    return float(lacking.min(initial=most))
