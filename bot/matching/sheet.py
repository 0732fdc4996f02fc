"""All that one round is planned from, read once, so that the same round can be planned again with other wishes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.matching.ahead import with_later_rounds
from bot.matching.domain import Candidate, Meeting, Weights, Wishes
from bot.matching.drawing import digests, mixed
from bot.matching.hubs import best_with_hubs
from bot.matching.meaning import Meaning
from bot.matching.one_trio import best_with_one_trio
from bot.matching.packing import FEW, best_packing
from bot.matching.pairing import Gains, relax
from bot.matching.proving import proven_or_bounded
from bot.matching.rules import Roster, locked_groups
from bot.matching.score import Encounters, Profiles, grains, whole
from bot.matching.trios import Draft, Table, in_threes, with_thirds

Places = NDArray[np.intp]
Whole = NDArray[np.int64]
Small = NDArray[np.int32]
Group = tuple[int, ...]

# Equal rounds are told apart by a whole number below this for each pair; all of a round's together are less than one grain.
_TIES: Final = 1024
# Lengths of waiting, and rounds since a repeated meeting, that are told apart; keeps all sums of whole numbers exact.
_WAITS: Final = 20
_AGES: Final = 60
# What all worths of a round together may come to, so that floating point carries them exactly.
_EXACT: Final = 2**50


@dataclass(frozen=True, slots=True)
class Settled:
    """A round in places: the locked groups, those that were made, and who is alone.

    ``rank``: what comes before worth, in its order, the smaller the better: members alone, how long they have waited, trios
    (counted down, where trios are wished), trios with two of one sector, repeats, how recent those are, others who met before.
    ``worth`` and ``above``, how much more any round of the same rank can be worth at most, are in grains.
    """

    roster: Roster
    free: Places
    locked: tuple[Group, ...]
    made: tuple[Group, ...]
    alone: Group
    rank: tuple[int, ...]
    worth: int
    above: int
    proven: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The candidates with the rules of their own (``roster`` knows nothing of what an organiser wishes), and all scores."""

    roster: Roster
    profiles: Profiles
    encounters: Encounters
    worth: Whole
    ties: Small
    weights: Weights
    size: int

    @classmethod
    def read(
        cls,
        candidates: Sequence[Candidate],
        history: Sequence[Meeting],
        apart: frozenset[frozenset[str]],
        *,
        seed: int,
        weights: Weights,
        size: int,
        meaning: Meaning,
    ) -> "Sheet":
        """Reads everything but the organiser's wishes. ``apart``: pairs that must not meet, whatever an organiser wishes."""
        roster = Roster.read(candidates, history, Wishes(apart=apart))
        profiles = Profiles.read(roster.people, meaning)
        encounters = Encounters.read(roster, history, weights.window)
        luck, ties = draw(roster, seed, weights.draw)
        worth = grains(roster, profiles, encounters, weights)
        worth += luck
        return cls(roster, profiles, encounters, worth, ties, weights, size)

    def settle(self, wishes: Wishes) -> Settled:
        """The best round with these wishes. Raises :class:`~bot.matching.rules.LockRefused`."""
        roster = self.roster.keeping_apart(wishes.forbidden) if wishes.forbidden else self.roster
        locked = locked_groups(roster, wishes)
        held = {place for group in locked for place in group}
        free = np.array([place for place in range(len(roster.people)) if place not in held], np.intp)
        # Copies of whole tables are most of the memory that a round of a thousand takes.
        square = np.ix_(free, free) if locked else np.s_[:, :]
        table = table_of(
            roster.only(free), self.worth[square], self.ties[square], self.weights, waits(self.roster)[free]
        )
        draft = self._best(table)
        at: list[int] = free.tolist()
        made = [tuple(at[place] for place in group) for group in draft.groups]
        alone = tuple(at[place] for place in draft.alone)
        most = draft.worth if draft.proven else min(draft.most, _most(table, draft))
        unit = table.gains.unit
        return Settled(
            roster,
            free,
            tuple(locked),
            tuple(made),
            alone,
            self._rank([*locked, *made], alone),
            sum(int(self.worth[pair]) for group in (*locked, *made) for pair in combinations(group, 2)),
            int(most // unit - draft.worth // unit),
            draft.proven,
        )

    def _best(self, table: Table) -> Draft:
        """Whatever the size: where all can meet somebody new, nothing else has to be looked at."""
        if self.size > 2:
            return _three_each(table)
        new = _first_meetings(table) if self.weights.new_first else table
        draft = new.pairs()
        if len(draft.alone) == 1:
            draft = best_with_one_trio(new) or draft
        if draft.proven and not draft.alone and draft.order == 0:
            return with_later_rounds(new, draft, self.weights.ahead) if self.weights.new_first else draft
        return _two_each(table)

    def _rank(self, groups: Sequence[Group], alone: Group) -> tuple[int, ...]:
        trios = [group for group in groups if len(group) == 3]
        pairs = [pair for group in groups for pair in combinations(group, 2)]
        ages = [
            int(age)
            for age in recency(self.roster, self.weights.window)[tuple(np.array(pairs, np.intp).reshape(-1, 2).T)]
        ]
        again = [pair for pair in pairs if self.roster.ago[pair] > self.weights.window and self.roster.allowed[pair]]
        return (
            len(alone),
            int(waits(self.roster)[list(alone)].sum()),
            len(trios) if self.size == 2 else -len(trios),
            sum(map(self.roster.is_twin, trios)),
            sum(age > 0 for age in ages),
            sum(ages),
            len(again) if self.weights.new_first else 0,
        )


def waits(roster: Roster) -> Whole:
    """For each candidate the place of their waiting among all lengths of waiting that there are; 0 for not at all."""
    lengths, place = np.unique([candidate.waited for candidate in roster.people], return_inverse=True)
    return np.minimum(place + (lengths.size > 0 and lengths[0] > 0), _WAITS).astype(np.int64)


def recency(roster: Roster, window: int) -> Whole:
    """For each two who met within the window a number, the greater the more recent; 0 for others."""
    newest = min(window, _AGES) + 1
    within = (roster.ago > 0) & (roster.ago <= window)
    ages = newest - roster.ago
    np.maximum(1, ages, out=ages)
    ages[~within] = 0
    return ages


def table_of(roster: Roster, worth: Whole, ties: Small, weights: Weights, waiting: Whole) -> Table:
    """The gains in two ranks. In ``order``, each unit outweighs all that the smaller ones can add up to in a round.

    That two met before the window outweighs all other worth, as far as whole numbers reach.
    """
    count = len(roster.people)
    ages = recency(roster, weights.window)
    oldest = int(ages.max(initial=0))
    repeat = count * oldest + 1
    twin = count * (repeat + oldest) + 1
    wait = twin * (count // 3 + 1)
    alone = wait * (count * int(waiting.max(initial=0)) + 1)
    unit = float(_TIES * (count + 1))
    worths = worth.astype(np.float64)
    worths *= unit
    worths += ties
    worths[~roster.allowed] = 0.0
    again = roster.allowed & (roster.ago > weights.window)
    if weights.new_first and again.any():
        most = min(float(worths.max(axis=1).sum()), _EXACT / count)
        worths -= np.where(again, unit * (most // unit + 1), 0.0)
    ages[ages > 0] += repeat
    gains = Gains(
        -ages.astype(np.float64),
        worths,
        roster.allowed | np.eye(count, dtype=np.bool_),
        -(alone + wait * waiting).astype(np.float64),
        unit,
    )
    return Table(roster, gains, float(twin))


def draw(roster: Roster, seed: int, most: float) -> tuple[Small, Small]:
    """For each pair its luck in grains and a number to break ties, from the seed and the two ids alone."""
    own = digests(roster.people, seed)
    luck = np.zeros((len(own), len(own)), np.int32)
    ties = np.zeros_like(luck)
    for place, number in enumerate(own):
        drawn = mixed(own + number)
        luck[place] = (drawn >> np.uint64(32)) % np.uint64(whole(most) + 1)
        luck[place, roster.sector == roster.sector[place]] = 0
        ties[place] = (drawn ^ (drawn >> np.uint64(31))) % np.uint64(_TIES)
    return luck, ties


def _first_meetings(table: Table) -> Table:
    """The same, where only those may meet who never did."""
    roster = table.roster
    new = roster.ago == 0
    if bool(new.all()):
        return table
    fresh = replace(roster, together=roster.together & new, allowed=roster.allowed & new)
    allowed = fresh.allowed | np.eye(len(new), dtype=np.bool_)
    return replace(table, roster=fresh, gains=replace(table.gains, allowed=allowed))


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
    best = attached if found is None else max(attached, found, key=Draft.gain)
    return proven_or_bounded(table, best, threes_first=False)


def _three_each(table: Table) -> Draft:
    """Trios as far as they go; pairs where that lets more members take part."""
    if len(table.gains.alone) <= FEW:
        return best_packing(table, threes_first=True)
    threes, twos = in_threes(table), _two_each(table)
    best = min(threes, twos, key=lambda draft: -sum(float(table.gains.alone[place]) for place in draft.alone))
    return proven_or_bounded(table, best, threes_first=True)


def _has_threes(roster: Roster) -> bool:
    """Whether any three may sit together at all, languages aside."""
    near = roster.together.astype(np.float32)
    return bool(((near @ near > 0) & roster.together).any())


def _most(table: Table, draft: Draft) -> float:
    """A bound for the worth of any draft with as many trios: a member's price counts twice for one who meets two."""
    gains = table.gains
    worth_alone = Gains(np.zeros_like(gains.order), gains.worth, gains.allowed, np.zeros_like(gains.alone), gains.unit)
    prices = np.sort(relax(worth_alone)[1].worth)[::-1]
    in_trios = sum(len(group) for group in draft.groups if len(group) == 3)
    return float(prices.sum() + prices[:in_trios].sum())
