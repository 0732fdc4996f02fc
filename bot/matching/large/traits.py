"""What a meeting of any two is worth, from sparse tables: the same whole numbers as :func:`bot.matching.score.grains` gives.

Needs that the same offers answer are one *class* of needs, and so are themes that are akin to the same themes: a member then
has a few classes of each, whatever words they chose.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.matching.domain import Candidate, Meeting, Weights
from bot.matching.large.register import Numbers, Register
from bot.matching.meaning import Meaning
from bot.matching.score import GRAIN, check, whole

Sparse: TypeAlias = csr_array[np.float64]
Matrix: TypeAlias = NDArray[np.float64]

# Tags whose meaning is compared at once, and pairs whose worth is found at once: so much of a table is in memory.
_AT_ONCE = 1024
_PAIRS = 1 << 16
# What comes before worth weighs so many times as much, and what comes before that so many times as much again.
_FAR = 64
# Lengths of waiting, and rounds since a repeated meeting, that are told apart.
_WAITS = 20
_AGES = 60


def sparse(values: NDArray[Any], places: NDArray[Any], starts: NDArray[Any], width: int) -> Sparse:
    """A table of which most is nothing, row after row."""
    return cast(Sparse, csr_array((values, places, starts), shape=(len(starts) - 1, width)))


@dataclass(frozen=True, slots=True)
class Tags:
    """Some tags of all members: the different words, and one row a member with a 1 for each word that they wrote."""

    words: tuple[str, ...]
    held: Sparse

    @classmethod
    def read(cls, people: Sequence[Candidate], part: Callable[[Candidate], tuple[str, ...]]) -> "Tags":
        """Reads what ``part`` picks out."""
        words = tuple(sorted({tag for person in people for tag in part(person) if tag.strip()}))
        number = {tag: place for place, tag in enumerate(words)}
        held = [sorted({number[tag] for tag in part(person) if tag in number}) for person in people]
        starts = np.cumsum([0, *map(len, held)])
        places = np.array([place for own in held for place in own], np.int32)
        return cls(words, sparse(np.ones(len(places)), places, starts, len(words)))


@dataclass(frozen=True, slots=True)
class Classes:
    """One column a class. ``wish``: how much of it a member wants, the rarer the more; ``reach``: how close a member comes.

    ``own`` is all that a member wants, ``rarity`` that of each class, and ``number`` the class of each word.
    """

    wish: Sparse
    reach: Sparse
    own: NDArray[np.float64]
    rarity: NDArray[np.float64]
    number: Numbers

    @classmethod
    def read(cls, tags: Tags, others: Tags, close: Sparse) -> "Classes":
        """``close``: one row a tag, one column another."""
        number, first = _alike(close)
        count = len(first)
        reach = _closest(others.held, close[first])
        holders = np.bincount(reach.indices, minlength=count)
        members = tags.held.shape[0]
        # The words of the smaller rounds: from 1 (one person's alone) towards a tenth (everybody's).
        rarity = np.maximum(0.1, 1.0 - np.log(np.maximum(1, holders)) / math.log(max(2, members)))
        kinds = sparse(rarity[number], number, np.arange(len(number) + 1), count)
        wish = tags.held @ kinds
        wish.sort_indices()
        return cls(wish, reach, np.maximum(np.asarray(wish.sum(axis=1)).ravel(), 1e-9), rarity, number)

    def only(self, seats: Numbers) -> "Classes":
        """Of some members, in the order of ``seats``."""
        return Classes(self.wish[seats], self.reach[seats], self.own[seats], self.rarity, self.number)

    def mutual(self) -> bool:
        """Whether each member wants, once, just what they have: then what one gets of another the other gets of them."""
        wish, reach = self.wish, self.reach
        same = np.array_equal(wish.indptr, reach.indptr) and np.array_equal(wish.indices, reach.indices)
        return same and np.array_equal(wish.data, self.rarity[wish.indices]) and bool((reach.data == 1.0).all())

    def met(self, left: Numbers, right: Numbers) -> NDArray[np.float64]:
        """How much of what the one wants the other has, pair by pair."""
        return np.asarray(self.wish[left].multiply(self.reach[right]).sum(axis=1)).ravel()


@dataclass(frozen=True, slots=True)
class Traits:
    """All members' profiles. ``needs_close`` and ``themes_close`` say how close the words themselves are, for the reasons.

    ``times``: how often each two sectors met, and ``balance``: how much that speaks for their meeting; the last row and column
    are of those whose sector is not known. ``luck_most`` is the most that the seed adds, ``most`` is what no meeting is worth
    more than, and ``dear`` outweighs the worth of any meeting by far, all in grains.
    """

    register: Register
    weights: Weights
    need_tags: Tags
    offer_tags: Tags
    theme_tags: Tags
    needs_close: Sparse
    themes_close: Sparse
    needs: Classes
    themes: Classes
    times: Matrix
    balance: Matrix
    luck_most: int
    most: int
    dear: int

    @classmethod
    def read(cls, register: Register, history: Iterable[Meeting], weights: Weights, meaning: Meaning) -> "Traits":
        """Compares each different tag once with each other."""
        check(weights)
        people = register.people
        needs, offers, themes = (
            Tags.read(people, lambda person: person.needs),
            Tags.read(people, lambda person: person.offers),
            Tags.read(people, lambda person: person.themes),
        )
        answers, akin = _closeness(meaning, needs.words, offers.words), _closeness(meaning, themes.words, themes.words)
        times = _meetings(register, history, weights.window)
        wants = Classes.read(needs, offers, answers)
        most = 2 * weights.need_offer * math.log2(1.0 + float(wants.own.max(initial=0.0))) + weights.theme
        most += weights.sector_balance + weights.novelty + weights.draw
        return cls(
            register,
            weights,
            needs,
            offers,
            themes,
            answers,
            akin,
            wants,
            Classes.read(themes, themes, sparse(np.ones(akin.nnz), akin.indices, akin.indptr, akin.shape[1])),
            times,
            _balance(register, times),
            whole(weights.draw),
            whole(most) + 2,
            # A whole number for each round of age.
            _FAR * _AGES * -(-(whole(most) + 2) // _AGES),
        )

    def grains(self, left: Numbers, right: Numbers) -> Numbers:
        """The worth of each pair in whole grains, the seed's luck included; 0 within a sector."""
        worth = np.empty(len(left), np.int64)
        for start in range(0, len(left), _PAIRS):
            part = slice(start, start + _PAIRS)
            worth[part] = self._grains(left[part], right[part])
        return worth

    def again(self, left: Numbers, right: Numbers) -> Numbers:
        """What it costs each two to meet again, in grains: far more within the window, and the more the less long ago."""
        ago, window = self.register.ago.look_up(left, right), self.weights.window
        recent = np.maximum(1, min(window, _AGES) + 1 - ago)
        before = self.dear if self.weights.new_first else 0
        return np.where(ago > 0, np.where(ago <= window, self.dear * _FAR * (_AGES + recent) // _AGES, before), 0)

    def alone(self, seats: Numbers) -> NDArray[np.float64]:
        """What it costs that each of these stays alone: far more than meeting again, and the more the longer they waited."""
        listed: list[int] = seats.tolist()
        waited = np.array([min(self.register.people[seat].waited, _WAITS) for seat in listed], np.float64)
        return self.dear * _FAR * _FAR * (1.0 + waited / _WAITS)

    def _grains(self, left: Numbers, right: Numbers) -> Numbers:
        register, weights = self.register, self.weights
        wanted = np.log2(1.0 + self.needs.met(left, right)) + np.log2(1.0 + self.needs.met(right, left))
        shared = self.themes.met(left, right) * self.themes.met(right, left)
        worth: Matrix = weights.need_offer * wanted
        worth += weights.theme * np.minimum(1.0, np.sqrt(shared / (self.themes.own[left] * self.themes.own[right])))
        worth += weights.sector_balance * self.balance[register.sector[left], register.sector[right]]
        worth += weights.novelty * (register.ago.look_up(left, right) == 0)
        # As in the smaller rounds: six decimals are the same in whatever order floating points are added.
        rounded = np.rint(np.round(worth * 1000.0 / GRAIN, 6)).astype(np.int64)
        return np.where(register.bridging(left, right), rounded + register.luck(left, right, self.luck_most), 0)


def _closeness(meaning: Meaning, tags: Sequence[str], others: Sequence[str]) -> Sparse:
    """Closeness as a sparse table: most tags have nothing in common."""
    starts, places, values = [0], [np.empty(0, np.intp)], [np.empty(0)]
    for start in range(0, len(tags), _AT_ONCE):
        close = meaning.closeness(tags[start : start + _AT_ONCE], others)
        rows, columns = np.nonzero(close > 0)
        starts.extend((starts[-1] + np.cumsum(np.bincount(rows, minlength=len(close)))).tolist())
        places.append(columns)
        values.append(close[rows, columns])
    indices = np.concatenate(places).astype(np.int32)
    return sparse(np.concatenate(values), indices, np.array(starts), len(others))


def _alike(close: Sparse) -> tuple[Numbers, Numbers]:
    """The class of each tag, and the first tag of each class."""
    number: dict[tuple[bytes, bytes], int] = {}
    first: list[int] = []
    of: list[int] = []
    for tag, (start, end) in enumerate(zip(close.indptr[:-1].tolist(), close.indptr[1:].tolist(), strict=True)):
        row = (close.indices[start:end].tobytes(), close.data[start:end].tobytes())
        if row not in number:
            number[row] = len(first)
            first.append(tag)
        of.append(number[row])
    return np.array(of, np.int64), np.array(first, np.int64)


def _closest(held: Sparse, close: Sparse) -> Sparse:
    """One row a member, one column a row of ``close``: how close the closest of the member's own words comes."""
    by_word = close.tocsc()
    per_word = np.diff(by_word.indptr)
    times = per_word[held.indices]
    member = np.repeat(np.repeat(np.arange(held.shape[0]), np.diff(held.indptr)), times)
    begin = np.repeat(by_word.indptr[held.indices] - (np.cumsum(times) - times), times)
    at = begin + np.arange(len(begin))
    keys = member * np.int64(close.shape[0]) + by_word.indices[at]
    values = by_word.data[at]
    order = np.lexsort((-values, keys))
    keys, values = keys[order], values[order]
    highest = np.flatnonzero(np.diff(keys, prepend=-1))
    rows, columns = np.divmod(keys[highest], close.shape[0])
    starts = np.searchsorted(rows, np.arange(held.shape[0] + 1))
    return sparse(values[highest], columns.astype(np.int32), starts.astype(np.int32), close.shape[0])


def _balance(register: Register, times: Matrix) -> Matrix:
    """1 for two sectors that have not met, 0 for those that met twice as often as the mean of all pairs of members, or more.

    As :class:`bot.matching.score.Encounters` has it; but those whose sector is not known count as never met.
    """
    sizes = np.bincount(register.sector, minlength=len(times))
    possible = np.outer(sizes, sizes) * (1 - np.eye(len(times)))
    unknown = int(sizes[-1])
    usual = max(1.0, float(times.sum())) / max(1.0, float(possible.sum()) + unknown * (unknown - 1))
    balance = 1.0 - np.minimum(1.0, times / np.maximum(1.0, possible) / usual / 2)
    balance[-1] = balance[:, -1] = 1.0
    return balance


def _meetings(register: Register, history: Iterable[Meeting], window: int) -> Matrix:
    """How often each two sectors met in the window; the last row and column are of those who have none."""
    times = np.zeros((len(register.sectors) + 1, len(register.sectors) + 1))
    for meeting in history:
        if meeting.happened and meeting.rounds_ago <= window:
            present = sorted({register.seats[member] for member in meeting.members if member in register.seats})
            for one, other in permutations(register.sector[present].tolist(), 2):
                times[one, other] += one != other or one == len(register.sectors)
    return times
