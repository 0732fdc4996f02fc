"""The best plan with exactly one trio, for an odd number of members.

Every pairing of the others carries a proof: prices that bound what any pairing without three members can gain, whichever
three. So each three of members *promises* at most the gain of its own meetings and the bound for the others. The three that
promises most is tried, and the proof of what the others then gain lowers the promises of all threes like it; after a few
tries the best plan found is as good as any promise left.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.matching.assignment import NEVER, Ranked
from bot.matching.pairing import Proof, Relaxed
from bot.matching.trios import Draft, Table

Places = NDArray[np.intp]
Threes = tuple[Places, Places, Places]

# Up to this many members every three of them are looked at; above, those that prices do not rule out.
_ALL_THREES: Final = 160
_NEAREST: Final = 12
# Members whose meetings are looked at together.
_AT_ONCE: Final = 64
_MANY_THREES: Final = 300_000
# Threes tried in all before the best found is taken without a proof: at least so many, and more among few members.
_TRIES: Final = 50
_WORK: Final = 20_000


def best_with_one_trio(table: Table, every_three: int = _ALL_THREES) -> Draft | None:
    """The best plan with exactly one trio; None where no three may be one.

    With two of one sector only if no trio of three sectors lets everybody take part. Up to ``every_three`` members each
    three is looked at; above, prices choose. Both find the same.
    """
    relaxed = Relaxed.of(table.gains)
    found = _one_trio(table, relaxed, every_three, twins=False)
    if found is None or found.alone:
        other = _one_trio(table, relaxed, every_three, twins=True)
        if other is not None and (found is None or other.gain() > found.gain()):
            return other
    return found


def _one_trio(table: Table, relaxed: Relaxed, every_three: int, *, twins: bool) -> Draft | None:
    search = _Search(table, relaxed, twins=twins)
    count = len(table.gains.alone)
    if count <= every_three:
        settled = search.through(_every_three(count))
    else:
        settled = search.through(search.near())
        left = search.others() if settled else None
        settled = left is not None and search.through(left)
    best = search.best
    return best if best is None else table.draft(best.groups, best.alone, proven=settled and not best.alone)


class _Search:
    """The best plan found so far, and the proofs that say what others promise."""

    def __init__(self, table: Table, relaxed: Relaxed, *, twins: bool) -> None:
        self._table = table
        self._relaxed = relaxed
        self._twins = twins
        self.best: Draft | None = None
        # That of the best.
        self._proof = Proof(relaxed.prices, ())
        self._proofs = [self._proof]

    def through(self, threes: Threes) -> bool:
        """Tries the threes that promise most; whether none is left that may be better than the best."""
        threes = self._legal(threes)
        gain = self._gain(threes)
        promise = np.full(len(gain), np.inf, np.complex128)
        for proof in self._proofs:
            promise = np.minimum(promise, gain + _bound(proof, threes))
        while len(promise):
            first = int(promise.argmax())
            if not self._better(complex(promise[first])):
                break
            if len(self._proofs) > max(_TRIES, _WORK // len(self._table.gains.alone)):
                return False
            proof = self._try((int(threes[0][first]), int(threes[1][first]), int(threes[2][first])))
            promise = np.minimum(promise, gain + _bound(proof, threes))
        return True

    def near(self) -> Threes:
        """For each member, all threes with two of those whose meetings promise most."""
        count = len(self._table.gains.alone)
        few = min(_NEAREST, count - 1)
        one, other = np.triu_indices(few, 1)
        found = [np.empty((3, 0), np.intp)]
        for some, promise in self._meetings():
            near = np.argpartition(-promise, few, axis=1)[:, :few]
            found.append(np.stack([np.repeat(some, len(one)), near[:, one].ravel(), near[:, other].ravel()]))
        left, middle, right = np.sort(np.concatenate(found, axis=1), axis=0)
        kept = np.unique((left * count + middle) * count + right, return_index=True)[1]
        return left[kept], middle[kept], right[kept]

    def others(self, most: int = _MANY_THREES) -> Threes | None:
        """All threes that may still be better than the best, by its own proof; None where they are too many."""
        needed = self._needed() - complex(*self._proof.total())
        highest = np.concatenate([promise.max(axis=1) for _, promise in self._meetings()])
        found = [np.empty((3, 0), np.intp)]
        for some, promise in self._meetings():
            alive = promise + highest[some, None] + highest[None, :] >= needed
            for row, place in enumerate(some.tolist()):
                near = np.flatnonzero(alive[row, place + 1 :]) + place + 1
                if len(near) < 2:
                    continue
                sums = promise[row, near][:, None] + promise[row, near][None, :] + self._promise(near, near)
                one, other = np.nonzero(np.triu(sums >= needed, 1))
                found.append(np.stack([np.full(len(one), place), near[one], near[other]]))
                most -= len(one)
                if most < 0:
                    return None
        left, middle, right = np.concatenate(found, axis=1)
        return left, middle, right

    def _meetings(self) -> Iterator[tuple[Places, Ranked]]:
        """A few members at a time, with what the meetings of each with all others promise."""
        everybody = np.arange(len(self._table.gains.alone))
        for start in range(0, len(everybody), _AT_ONCE):
            some = everybody[start : start + _AT_ONCE]
            yield some, self._promise(some, everybody)

    def _promise(self, some: Places, others: Places) -> Ranked:
        """The gains of meetings, each less half the prices of the two: three of them add up to what a trio promises."""
        gains, half = self._table.gains, self._proof.prices.ranked() / 2
        square = np.ix_(some, others)
        promise: Ranked = gains.order[square] + 1j * gains.worth[square] - half[some, None] - half[None, others]
        promise[~self._table.roster.together[square]] = -NEVER
        return promise

    def _try(self, trio: tuple[int, int, int]) -> Proof:
        """Plans with this trio, and keeps the plan if it is better."""
        pairing = self._relaxed.pair_up(trio)
        self._proofs.append(pairing.proof)
        draft = self._table.draft([trio, *pairing.pairs()], pairing.alone())
        if self.best is None or draft.gain() > self.best.gain():
            self.best, self._proof = draft, pairing.proof
        return pairing.proof

    def _better(self, promise: complex) -> bool:
        needed = self._needed()
        return (promise.real, promise.imag) >= (needed.real, needed.imag)

    def _needed(self) -> complex:
        """The least gain that is better than that of the best."""
        if self.best is None:
            return complex(-np.inf, 0.0)
        unit = self._table.gains.unit
        return complex(self.best.order, (self.best.worth // unit + 1) * unit)

    def _legal(self, threes: Threes) -> Threes:
        legal, twin = self._table.roster.trios(*threes)
        left, middle, right = (side[legal & (twin == self._twins)] for side in threes)
        return left, middle, right

    def _gain(self, threes: Threes) -> Ranked:
        """What the three meetings of each trio add."""
        gains = self._table.gains
        left, middle, right = threes
        order = gains.order[left, middle] + gains.order[middle, right] + gains.order[left, right]
        worth = gains.worth[left, middle] + gains.worth[middle, right] + gains.worth[left, right]
        ranked: Ranked = order - self._table.twin * self._twins + 1j * worth
        return ranked


def _bound(proof: Proof, threes: Sequence[Places]) -> Ranked:
    """What all others gain at most, for each trio."""
    prices = proof.prices.ranked()
    left, middle, right = threes
    return complex(*proof.total()) - prices[left] - prices[middle] - prices[right]


def _every_three(count: int) -> Threes:
    left, right = np.triu_indices(count, 1)
    times = count - 1 - right
    first, second = np.repeat(left, times), np.repeat(right, times)
    start = np.repeat(np.cumsum(times) - times, times)
    return first, second, second + 1 + np.arange(len(second)) - start
