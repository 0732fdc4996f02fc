"""Who may meet whom: the hard rules, read once from the candidates and never broken by anything that follows."""

import itertools
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bot.errors import Phrase, Sorry, phrase
from bot.matching.domain import Candidate, Meeting, Wishes

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]
Places = NDArray[np.intp]


class WrongInput(Sorry, ValueError):
    """The candidates, weights or wishes cannot be planned with; the sentence says why."""

    def __init__(self, said: Phrase) -> None:
        super().__init__(said)


class LockRefused(WrongInput):
    """A group that an organiser wants breaks a hard rule."""


@dataclass(frozen=True, slots=True)
class Roster:
    """The candidates in the order of their ids, and the rules between them as matrices.

    ``together``: may sit in one group of three (all rules but that of the sector); ``allowed``: may be a pair. ``ago``:
    rounds since two last met, 0 for never. ``tongues``: one column a language. ``sector``: places in ``sectors``; each member
    whose sector is unknown (written empty) has one of their own, as they may meet anybody, and so it is with organisations.
    """

    people: tuple[Candidate, ...]
    places: dict[str, int]
    sectors: tuple[str, ...]
    sector: Places
    together: Mask
    allowed: Mask
    tongues: Mask
    ago: Numbers

    @classmethod
    def read(cls, candidates: Iterable[Candidate], history: Iterable[Meeting], wishes: Wishes) -> "Roster":
        """Reads the candidates; the order in which they come does not matter. Two with one id are :class:`WrongInput`."""
        people = tuple(sorted(candidates, key=lambda candidate: candidate.id))
        places = {candidate.id: place for place, candidate in enumerate(people)}
        if len(places) < len(people):
            raise WrongInput(phrase("Two candidates have the same id."))
        organisation, _ = _codes([folded(candidate.organisation) for candidate in people])
        sector, sectors = _sectors([folded(candidate.sector) for candidate in people])
        unaffiliated = np.array([not folded(candidate.organisation) for candidate in people], np.bool_)
        tongues = tongues_of(people)
        together = organisation[:, None] != organisation[None, :]
        together |= unaffiliated[:, None] & unaffiliated[None, :]
        together &= (tongues.astype(np.float32) @ tongues.T.astype(np.float32)) > 0
        together &= ~np.eye(len(people), dtype=np.bool_)
        for i, j in _known_pairs(wishes.apart | wishes.forbidden, places):
            together[i, j] = together[j, i] = False
        allowed = together & (sector[:, None] != sector[None, :])
        return cls(people, places, sectors, sector, together, allowed, tongues, _ago(history, places))

    def keeping_apart(self, pairs: Iterable[frozenset[str]]) -> "Roster":
        """The same rules, and these two must not meet either."""
        together, allowed = self.together.copy(), self.allowed.copy()
        for i, j in _known_pairs(pairs, self.places):
            together[i, j] = together[j, i] = allowed[i, j] = allowed[j, i] = False
        return replace(self, together=together, allowed=allowed)

    def only(self, places: Places) -> "Roster":
        """The same rules among some of the candidates, in the order of ``places``."""
        listed: list[int] = places.tolist()
        if listed == list(range(len(self.people))):
            return self
        square = np.ix_(places, places)
        people = tuple(self.people[place] for place in listed)
        numbers = {candidate.id: place for place, candidate in enumerate(people)}
        return Roster(
            people,
            numbers,
            self.sectors,
            self.sector[places],
            self.together[square],
            self.allowed[square],
            self.tongues[places],
            self.ago[square],
        )

    def may_be_group(self, group: Sequence[int]) -> bool:
        """Whether these two or three may be a group."""
        return (
            all(bool(self.together[i, j]) for i, j in combinations(group, 2))
            and len({int(self.sector[place]) for place in group}) > 1
            and bool(self.tongues[list(group)].all(axis=0).any())
        )

    def is_twin(self, group: Sequence[int]) -> bool:
        """Two of one sector and one of another."""
        return len({int(self.sector[place]) for place in group}) < len(group)

    def trios(self, left: Places, middle: Places, right: Places) -> tuple[Mask, Mask]:
        """Which of many threes may be groups, and which of them have two of one sector."""
        legal = self.together[left, middle] & self.together[middle, right] & self.together[left, right]
        legal &= (self.tongues[left] & self.tongues[middle] & self.tongues[right]).any(axis=-1)
        first = self.sector[left] == self.sector[middle]
        second = self.sector[middle] == self.sector[right]
        return legal & ~(first & second), first | second | (self.sector[left] == self.sector[right])


def folded(name: str) -> str:
    """A name without the differences that do not count: case, spaces, ways to write the same letter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def locked_groups(roster: Roster, wishes: Wishes) -> list[tuple[int, ...]]:
    """The organiser's groups, as places. Raises :class:`LockRefused` for one that cannot be."""
    groups: list[tuple[int, ...]] = []
    taken: set[int] = set()
    for lock in sorted(wishes.locked, key=sorted):
        if len(lock) not in {2, 3}:
            raise LockRefused(phrase("A locked group has two members, or three."))
        if not lock <= roster.places.keys():
            raise LockRefused(phrase("A locked group names somebody who takes no part in this round."))
        group = tuple(sorted(roster.places[member] for member in lock))
        if taken & set(group):
            raise LockRefused(phrase("Somebody is in two locked groups at once."))
        if not roster.may_be_group(group):
            raise LockRefused(_why_not(roster, group, wishes))
        taken.update(group)
        groups.append(group)
    return groups


def _why_not(roster: Roster, group: Sequence[int], wishes: Wishes) -> Phrase:
    people = [roster.people[place] for place in group]
    pairs = [frozenset((one.id, other.id)) for one, other in combinations(people, 2)]
    organisations = [folded(person.organisation) for person in people]
    if any(pair in wishes.forbidden for pair in pairs):
        return phrase("You have locked two members together and forbidden them to meet; choose one of the two.")
    if any(pair in wishes.apart for pair in pairs):
        return phrase("Two members in a locked group must not be introduced to each other.")
    if any(one and one == other for one, other in combinations(organisations, 2)):
        return phrase("Two members in a locked group come from the same organisation.")
    if len({int(roster.sector[place]) for place in group}) == 1:
        return phrase("The members in a locked group come from the same sector.")
    return phrase("The members in a locked group have no language in common.")


def _sectors(names: Sequence[str]) -> tuple[Places, tuple[str, ...]]:
    """The sectors' numbers and names; the unknown come last, each for itself."""
    known = tuple(sorted(set(names) - {""}))
    number = {name: code for code, name in enumerate(known)}
    unknown = itertools.count(len(known))
    codes = np.array([number[name] if name else next(unknown) for name in names], np.intp)
    return codes, (*known, *("" for name in names if not name))


def _codes(names: Sequence[str]) -> tuple[Places, tuple[str, ...]]:
    known = tuple(sorted(set(names)))
    number = {name: code for code, name in enumerate(known)}
    return np.array([number[name] for name in names], np.intp), known


def tongues_of(people: Sequence[Candidate]) -> Mask:
    """One column a language; the last stands for any other, so that those who speak all can meet in it."""
    spoken = [frozenset(folded(language) for language in person.languages) for person in people]
    number = {language: place for place, language in enumerate(sorted(frozenset[str]().union(*spoken)))}
    table = np.zeros((len(people), len(number) + 1), np.bool_)
    for place, languages in enumerate(spoken):
        if languages:
            table[place, [number[language] for language in languages]] = True
        else:
            table[place] = True
    return table


def _known_pairs(pairs: Iterable[frozenset[str]], places: dict[str, int]) -> Iterable[tuple[int, int]]:
    for pair in pairs:
        yield from combinations([places[member] for member in pair if member in places], 2)


def _ago(history: Iterable[Meeting], places: dict[str, int]) -> Numbers:
    """Rounds since each two last met; a meeting that did not happen does not count."""
    ago = np.zeros((len(places), len(places)), np.int64)
    for meeting in history:
        if meeting.happened:
            for i, j in _known_pairs([frozenset(meeting.members)], places):
                if ago[i, j] == 0 or meeting.rounds_ago < ago[i, j]:
                    ago[i, j] = ago[j, i] = max(1, meeting.rounds_ago)
    return ago
