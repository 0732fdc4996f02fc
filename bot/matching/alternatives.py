"""What an organiser may do with a planned round: lock, forbid, swap and draw again, each by planning again with other wishes."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.errors import phrase
from bot.matching.domain import Group, Plan, Wishes
from bot.matching.rules import WrongInput

# Seeds that are tried until a round differs.
_DRAWS = 8


def with_lock(wishes: Wishes, members: Sequence[str]) -> Wishes:
    """These stay together; an older lock of any of them falls away, and so does a wish that they don't meet."""
    group = frozenset(members)
    kept = frozenset(lock for lock in wishes.locked if not lock & group)
    return replace(
        wishes,
        locked=kept | {group},
        forbidden=frozenset(pair for pair in wishes.forbidden if not pair <= group),
    )


def without_lock(wishes: Wishes, members: Sequence[str]) -> Wishes:
    """These need not stay together any more."""
    return replace(wishes, locked=wishes.locked - {frozenset(members)})


def with_forbidden(wishes: Wishes, one: str, other: str) -> Wishes:
    """These two don't meet in this round; a lock on a group with both falls away."""
    pair = frozenset((one, other))
    return replace(
        wishes,
        forbidden=wishes.forbidden | {pair},
        locked=frozenset(lock for lock in wishes.locked if not pair <= lock),
    )


def with_swap(wishes: Wishes, groups: Sequence[Group], one: str, other: str) -> Wishes:
    """The two change places, or one takes the place of the other who was left out; all other groups stay as they are.

    Planning with the result makes exactly these groups, or raises :class:`~bot.matching.rules.LockRefused` where the swap
    would break a hard rule. :class:`~bot.matching.rules.WrongInput` where there is nothing to swap.
    """
    places = {one: other, other: one}
    old = [frozenset(group.members) for group in groups]
    new = [frozenset(places.get(member, member) for member in group) for group in old]
    if set(old) == set(new):
        raise WrongInput(phrase("Choose two members from different groups to swap them."))
    return replace(
        wishes,
        locked=frozenset(new),
        forbidden=frozenset(pair for pair in wishes.forbidden if not any(pair <= group for group in new)),
    )


def draw_again(planned: Callable[[int], Plan], seed: int) -> tuple[int, Plan]:
    """Another round from one of the next seeds, with its seed. Where all are the same there is one good round only."""
    before = {group.members for group in planned(seed).groups}
    drawn = planned(seed + 1)
    for further in range(1, _DRAWS + 1):
        drawn = planned(seed + further)
        if {group.members for group in drawn.groups} != before:
            return seed + further, drawn
    return seed, drawn
