"""A round of very many members, from candidates to groups: most members first, then fewest repeats, then most worth.

Unlike in smaller rounds, what comes first is not a rank of its own but weighs many times as much. The bound is that of all
rounds in which as many take part, meet again and sit in threes.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from bot.errors import phrase
from bot.matching.domain import Candidate, Meeting, Plan, Weights, Wishes
from bot.matching.large.hubs import at_hubs
from bot.matching.large.locks import locked_seats
from bot.matching.large.making import Group, in_pairs, meetings
from bot.matching.large.prices import Pricing
from bot.matching.large.register import Register
from bot.matching.large.telling import groups_told, left_out_told
from bot.matching.large.traits import Traits
from bot.matching.meaning import Meaning
from bot.matching.progress import Progress, unseen
from bot.matching.score import points

# The share of the time that is gone when a part of the work begins.
_COMPARING, _PAIRING, _TELLING = 0.05, 0.6, 0.85


def plan_large(
    candidates: Sequence[Candidate],
    history: Iterable[Meeting],
    *,
    seed: int,
    wishes: Wishes,
    weights: Weights,
    meaning: Meaning,
    progress: Progress = unseen,
) -> Plan:
    """A round in pairs, as :func:`bot.matching.plan.plan` makes it, for so many that no table of all pairs can be made."""
    progress(0.0, phrase("Reading the profiles"))
    register = Register.read(candidates, history, wishes, seed)
    traits = Traits.read(register, history, weights, meaning)
    locked = locked_seats(register, wishes)
    held = np.zeros(len(register.people), np.bool_)
    held[[seat for group in locked for seat in group]] = True
    free = np.flatnonzero(~held)

    def comparing(done: float) -> None:
        what = phrase("Comparing all pairs") if done < 1 else phrase("Finding the best meetings")
        progress(_COMPARING + (_PAIRING - _COMPARING) * done, what)

    comparing(0.0)
    priced = Pricing(comparing)
    made = at_hubs(traits, free, priced) or in_pairs(traits, free, priced)
    progress(_TELLING, phrase("Finding the reasons"))
    groups = list(groups_told(traits, [*locked, *made.groups]))
    left, right = meetings([*locked, *made.groups])
    total = int(traits.grains(left, right).sum())
    return Plan(
        tuple(sorted(groups, key=lambda group: group.members)),
        tuple(left_out_told(register, free, made.alone, wishes)),
        points(total),
        points(total + made.above),
        made.above == 0,
        _repeats(traits, [*locked, *made.groups]),
        novelty_exhausted=_repeats(traits, made.groups) > 0,
    )


def _repeats(traits: Traits, groups: Sequence[Group]) -> int:
    """How many two in these groups met within the window."""
    ago = traits.register.ago.look_up(*meetings(groups))
    return int(((ago > 0) & (ago <= traits.weights.window)).sum())
