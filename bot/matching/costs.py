"""What the organiser's wishes cost a round: each against the best round without it, by planning that round too."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Final

from bot.matching.domain import Loss, WishCost, Wishes, WishKind
from bot.matching.sheet import Settled, Sheet

# Wishes whose cost is told each for itself: so many, or fewer where a round takes long to plan.
_EACH: Final = 24
_WORK: Final = 5_000
# What the places of a rank mean.
_LOSSES: Final = (Loss.LEFT_OUT, Loss.WAITING, Loss.TRIOS, Loss.TWINS, Loss.REPEATS, Loss.SOONER, Loss.AGAIN)


def costs_of(sheet: Sheet, settled: Settled, wishes: Wishes) -> tuple[WishCost, ...]:
    """The cost of each lock and of each two kept apart, as many as there is time for, and last of all of them together.

    Where all together cost nothing, none of them does. Where all groups are locked, one lock costs nothing either: the others
    hold everybody in their place, and only all together say something. Two who may not meet anyhow are no wish.
    """
    single = list(_singly(sheet, wishes))
    if not single:
        return ()
    free = sheet.settle(replace(wishes, locked=frozenset(), forbidden=frozenset()))
    together = _cost(WishKind.ALL, (), settled, free)
    if len(single) == 1:
        kind, members, _ = single[0]
        return (replace(together, kind=kind, members=members),)
    if together.loss is Loss.NOTHING:
        return (*(replace(together, kind=kind, members=members) for kind, members, _ in single), together)
    if not settled.made:
        return (together,)
    each = min(_EACH, max(2, _WORK // len(sheet.roster.people)))
    told = [_cost(kind, members, settled, sheet.settle(without)) for kind, members, without in single[:each]]
    return (*told, together)


def _singly(sheet: Sheet, wishes: Wishes) -> Iterator[tuple[WishKind, tuple[str, ...], Wishes]]:
    """Each wish, and the wishes without it."""
    for lock in sorted(wishes.locked, key=sorted):
        yield WishKind.LOCKED, tuple(sorted(lock)), replace(wishes, locked=wishes.locked - {lock})
    places = sheet.roster.places
    for pair in sorted(wishes.forbidden, key=sorted):
        known = sorted(pair & places.keys())
        if any(sheet.roster.together[places[one], places[other]] for one, other in combinations(known, 2)):
            yield WishKind.APART, tuple(known), replace(wishes, forbidden=wishes.forbidden - {pair})


def _cost(kind: WishKind, members: tuple[str, ...], now: Settled, without: Settled) -> WishCost:
    exact = now.proven and without.proven
    for loss, ours, theirs in zip(_LOSSES, now.rank, without.rank, strict=True):
        if ours != theirs:
            # An unproven round without the wish may be the worse one; then nothing is known to be lost.
            lost = ours > theirs
            return WishCost(kind, members, loss if lost else Loss.NOTHING, max(0, ours - theirs), exact=exact)
    lost_worth = without.worth - now.worth
    if lost_worth <= 0:
        return WishCost(kind, members, Loss.NOTHING, exact=exact)
    return WishCost(kind, members, Loss.WORTH, share=lost_worth / without.worth, exact=exact)
