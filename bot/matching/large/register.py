"""Who may meet whom among very many members: the hard rules of :mod:`bot.matching.rules`, asked pair by pair.

Members stand in *seats*: ordered by sector, and within a sector shuffled by the seed. Every eighth seat, say, is then a
small roster that looks like the whole one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bot.errors import phrase
from bot.matching.domain import Candidate, Meeting, Wishes
from bot.matching.drawing import digests, mixed
from bot.matching.rules import WrongInput, folded, tongues_of

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]

# The factors and shifts that make a number without pattern of two ids; those of the smaller rounds.


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of seats, each with a number, found by a number that they make; in order."""

    keys: Numbers
    values: Numbers
    seats: int

    @classmethod
    def of(cls, known: dict[tuple[int, int], int], seats: int) -> "Pairs":
        """From pairs with the lower seat first."""
        keys = np.array([low * seats + high for low, high in known], np.int64)
        order = np.argsort(keys)
        return cls(keys[order], np.array(list(known.values()), np.int64)[order], seats)

    def look_up(self, left: Numbers, right: Numbers) -> Numbers:
        """The number of each pair; 0 where there is none."""
        if not len(self.keys):
            return np.zeros(len(left), np.int64)
        keys = np.minimum(left, right) * self.seats + np.maximum(left, right)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, self.values[at], 0)


@dataclass(frozen=True, slots=True)
class Register:
    """All candidates in their seats, and the rules between them.

    ``sector``: places in ``sectors``; the unknown have the number ``len(sectors)`` and may meet one another. ``apart``: those
    who must not meet; ``ago``: rounds since two last met.
    """

    people: tuple[Candidate, ...]
    seats: dict[str, int]
    sectors: tuple[str, ...]
    sector: Numbers
    organisation: Numbers
    tongues: Mask
    apart: Pairs
    ago: Pairs
    digest: NDArray[np.uint64]

    @classmethod
    def read(cls, candidates: Sequence[Candidate], history: Iterable[Meeting], wishes: Wishes, seed: int) -> "Register":
        """Reads the candidates; the order in which they come does not matter. Two with one id are :class:`WrongInput`."""
        listed = sorted(candidates, key=lambda candidate: candidate.id)
        if len({candidate.id for candidate in listed}) < len(listed):
            raise WrongInput(phrase("Two candidates have the same id."))
        names = [folded(candidate.sector) for candidate in listed]
        sectors = tuple(sorted(set(names) - {""}))
        number = {name: code for code, name in enumerate(sectors)}
        sector = np.array([number.get(name, len(sectors)) for name in names], np.int64)
        digest = digests(listed, seed)
        order = np.lexsort((digest, sector))
        places: list[int] = order.tolist()
        people = tuple(listed[place] for place in places)
        seats = {candidate.id: seat for seat, candidate in enumerate(people)}
        apart = {pair: 1 for group in wishes.apart | wishes.forbidden for pair in _seated(group, seats)}
        return cls(
            people,
            seats,
            sectors,
            sector[order],
            _organisations(people),
            tongues_of(people),
            Pairs.of(apart, len(people)),
            Pairs.of(_ago(history, seats), len(people)),
            digest[order],
        )

    def together(self, left: Numbers, right: Numbers) -> Mask:
        """Whether two may sit in one group: all rules but that of the sector."""
        may: Mask = (self.organisation[left] != self.organisation[right]) & (left != right)
        may &= self.apart.look_up(left, right) == 0
        if self.tongues.shape[1] > 1:
            may &= (self.tongues[left] & self.tongues[right]).any(axis=1)
        return may

    def bridging(self, left: Numbers, right: Numbers) -> Mask:
        """Whether the two are of different sectors."""
        different: Mask = (self.sector[left] != self.sector[right]) | (self.sector[left] == len(self.sectors))
        return different

    def threes(self, left: Numbers, middle: Numbers, right: Numbers) -> Mask:
        """Whether three may be a group."""
        may = self.together(left, middle) & self.together(middle, right) & self.together(left, right)
        may &= self.bridging(left, middle) | self.bridging(middle, right) | self.bridging(left, right)
        may &= (self.tongues[left] & self.tongues[middle] & self.tongues[right]).any(axis=1)
        return may

    def drawn(self, left: Numbers, right: Numbers) -> NDArray[np.uint64]:
        """For each pair a number without pattern, from the seed and the two ids alone."""
        return mixed(self.digest[left] + self.digest[right])

    def luck(self, left: Numbers, right: Numbers, most: int) -> Numbers:
        """What the seed adds to each pair, in grains, ``most`` at most: the same as in smaller rounds."""
        return ((self.drawn(left, right) >> np.uint64(32)) % np.uint64(most + 1)).astype(np.int64)


def _organisations(people: Sequence[Candidate]) -> Numbers:
    """A number an organisation; each who has none has their own."""
    number: dict[str, int] = {}
    return np.array(
        [
            number.setdefault(name, len(number)) if (name := folded(person.organisation)) else -1 - seat
            for seat, person in enumerate(people)
        ],
        np.int64,
    )


def _seated(members: Iterable[str], seats: dict[str, int]) -> Iterable[tuple[int, int]]:
    """All pairs of those who are here, the lower seat first."""
    return combinations(sorted({seats[member] for member in members if member in seats}), 2)


def _ago(history: Iterable[Meeting], seats: dict[str, int]) -> dict[tuple[int, int], int]:
    """Rounds since each two last met; a meeting that did not happen does not count."""
    ago: dict[tuple[int, int], int] = {}
    for meeting in history:
        if meeting.happened:
            rounds = max(1, meeting.rounds_ago)
            for pair in _seated(meeting.members, seats):
                ago[pair] = min(rounds, ago.get(pair, rounds))
    return ago
