"""The one door of matching: who is introduced to whom in a round, and why.

What counts, in this order, and none is ever traded for a later one: the hard rules and the organiser's locks; most members
in a group; nobody left out again while others never were, the longest wait first; few trios, and few of two from one
sector; fewest repeats within the window, and the oldest of them; most worth. The same input and seed give the same round on
every machine, in whatever order the candidates come.

The seed draws a little luck for each pair, ``Weights.draw`` points at most, which is part of the pair's worth. Another seed
so gives another round that is about as good: it keeps to all that counts before worth, and its worth without the luck is
at most ``draw`` a meeting below the best (in practice 1 % or less). With ``draw=0`` the seed chooses among equals only.
"""

import hashlib
from collections.abc import Sequence
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.errors import phrase
from bot.matching.domain import Candidate, LeftOut, Meeting, Plan, Weights, Wishes
from bot.matching.hubs import best_with_hubs
from bot.matching.meaning import Meaning, WordMeaning
from bot.matching.packing import FEW, best_packing
from bot.matching.pairing import Gains, relax
from bot.matching.progress import Progress, unseen
from bot.matching.reasons import Grounds, why_left_out
from bot.matching.rules import Roster, WrongInput, locked_groups
from bot.matching.score import Encounters, Profiles, grains, points, whole
from bot.matching.trios import Draft, Table, best_with_one_trio, in_threes, with_thirds

Places = NDArray[np.intp]
Whole = NDArray[np.int64]

# Equal rounds are told apart by a whole number below this for each pair; all of a round's together are less than one grain.
_TIES = 1024
# Lengths of waiting, and rounds since a repeated meeting, that are told apart; keeps all sums of whole numbers exact.
_WAITS = 20
_AGES = 60
# The weights and wishes of a round for which nobody has said anything.
_NO_WISHES: Final = Wishes()
_USUAL: Final = Weights()


def plan(
    candidates: Sequence[Candidate],
    history: Sequence[Meeting],
    *,
    seed: int,
    wishes: Wishes = _NO_WISHES,
    weights: Weights = _USUAL,
    size: int = 2,
    meaning: Meaning | None = None,
    progress: Progress = unseen,
) -> Plan:
    """Plans a round. ``size`` 2: pairs, and trios only where they let more members take part; 3: trios as far as they go.

    ``meaning`` says which tags mean the same; without one, words and their synonyms do. ``progress`` is told how far it is.
    Raises :class:`~bot.matching.rules.WrongInput` for what cannot be planned with, and its
    :class:`~bot.matching.rules.LockRefused` for a locked group that breaks a hard rule.
    """
    if size not in {2, 3}:
        raise WrongInput(phrase("A group has two members, or three; larger groups are made with stations."))
    progress(0.0, phrase("Reading the profiles"))
    roster = Roster.read(candidates, history, wishes)
    profiles = Profiles.read(roster.people, meaning or WordMeaning.load())
    encounters = Encounters.read(roster, history, weights.window)
    luck, ties = _draw(roster, seed, weights.draw)
    worth = grains(roster, profiles, encounters, weights) + luck
    locked = locked_groups(roster, wishes)
    held = {place for group in locked for place in group}
    free = np.array([place for place in range(len(roster.people)) if place not in held], np.intp)
    square = np.ix_(free, free)
    table = _table(roster.only(free), worth[square], ties[square], weights.window)
    progress(0.3, phrase("Finding the best meetings"))
    draft = _three_each(table) if size > 2 else _two_each(table)
    at: list[int] = free.tolist()
    made = [tuple(at[place] for place in group) for group in draft.groups]
    grounds = Grounds(roster, profiles, encounters, worth, weights.window)
    groups = sorted((grounds.group(group) for group in [*locked, *made]), key=lambda group: group.members)
    total = sum(_worth(worth, group) for group in [*locked, *made])
    above = 0 if draft.proven else _most(table, draft) - sum(_worth(worth, group) for group in made)
    repeats = [sum(grounds.repeats(group)) for group in (*locked, *made)]
    return Plan(
        tuple(groups),
        tuple(LeftOut(roster.people[at[i]].id, why_left_out(roster, free, at[i])) for i in draft.alone),
        points(total),
        points(total + above),
        draft.proven,
        sum(repeats),
        novelty_exhausted=any(repeats[len(locked) :]),
    )


def _two_each(table: Table) -> Draft:
    """Pairs; where somebody stays alone, trios if they let more members take part."""
    pairs = table.pairs()
    if not pairs.alone or not _has_threes(table.roster):
        return pairs
    found = (best_with_one_trio(table) if len(pairs.alone) == 1 else None) or best_with_hubs(table)
    if found is not None and found.proven:
        return found
    if len(table.gains.alone) <= FEW:
        return best_packing(table, threes_first=False)
    attached = with_thirds(table, pairs)
    return attached if found is None else max(attached, found, key=Draft.gain)


def _three_each(table: Table) -> Draft:
    """Trios as far as they go; pairs where that lets more members take part."""
    if len(table.gains.alone) <= FEW:
        return best_packing(table, threes_first=True)
    threes, twos = in_threes(table), _two_each(table)
    return min(threes, twos, key=lambda draft: -sum(float(table.gains.alone[place]) for place in draft.alone))


def _has_threes(roster: Roster) -> bool:
    """Whether any three may sit together at all, languages aside."""
    near = roster.together.astype(np.float32)
    return bool(((near @ near > 0) & roster.together).any())


def _table(roster: Roster, worth: Whole, ties: Whole, window: int) -> Table:
    """The gains in two ranks. In ``order``, each unit outweighs all that the smaller ones can add up to in a round."""
    count = len(roster.people)
    newest = min(window, _AGES) + 1
    ages = np.where((roster.ago > 0) & (roster.ago <= window), np.maximum(1, newest - roster.ago), 0)
    oldest = int(ages.max(initial=0))
    repeat = count * oldest + 1
    twin = count * (repeat + oldest) + 1
    wait = twin * (count // 3 + 1)
    waited = np.unique([candidate.waited for candidate in roster.people], return_inverse=True)
    waits = np.minimum(waited[1] + (waited[0].size > 0 and waited[0][0] > 0), _WAITS)
    alone = wait * (count * int(waits.max(initial=0)) + 1)
    unit = float(_TIES * (count + 1))
    gains = Gains(
        -np.where(ages > 0, repeat + ages, 0).astype(np.float64),
        np.where(roster.allowed, worth * unit + ties, 0.0),
        roster.allowed | np.eye(count, dtype=np.bool_),
        -(alone + wait * waits).astype(np.float64),
        unit,
    )
    return Table(roster, gains, float(twin))


def _draw(roster: Roster, seed: int, most: float) -> tuple[Whole, Whole]:
    """For each pair its luck in grains and a number to break ties, from the seed and the two ids alone."""
    own = np.array([_digest(f"{seed}\x1f{person.id}") for person in roster.people], np.uint64)
    mixed = own[:, None] + own[None, :]
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    luck = (mixed >> np.uint64(32)) % np.uint64(whole(most) + 1)
    ties = (mixed ^ (mixed >> np.uint64(31))) % np.uint64(_TIES)
    bridging = roster.sector[:, None] != roster.sector[None, :]
    return np.where(bridging, luck, 0).astype(np.int64), ties.astype(np.int64)


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def _worth(worth: Whole, group: Sequence[int]) -> int:
    return sum(int(worth[pair]) for pair in combinations(group, 2))


def _most(table: Table, draft: Draft) -> int:
    """A bound, in grains, for any plan with as many trios: a member's price counts twice for one who meets two."""
    gains = table.gains
    worth_alone = Gains(np.zeros_like(gains.order), gains.worth, gains.allowed, np.zeros_like(gains.alone), gains.unit)
    prices = np.sort(relax(worth_alone)[1].worth)[::-1]
    in_trios = sum(len(group) for group in draft.groups if len(group) == 3)
    return int((prices.sum() + prices[:in_trios].sum()) // gains.unit)
