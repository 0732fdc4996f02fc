"""Which notes are looked at: those that may be among the best, by how much each word of the question weighs in them at most.

The index knows of each term in which notes it weighs at least so much (:data:`bot.bank.weighing.LEVELS`). So what a note is
worth is known within bounds before it is read, and about how many notes may be worth more than something. The database is asked
for just those: of a common word the notes that are about it, of a rare one all. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, product
from math import pow as power
from math import prod

from bot.bank.ranking import Weighty, scored
from bot.bank.repository import Wanted
from bot.bank.weighing import HEAVIEST, LEVELS, SHARES, heaviest, levelled

# Steps in which a word is looked for, from the notes that are about it to those that have it at all; by the number of words,
# since the ways to have them are multiplied.
_STEPS = {1: 12, 2: 8, 3: 4, 4: 3, 5: 2, 6: 2}
# How much each further word tells of how many notes have all of them: 1 if one said nothing of the others.
_APART = 0.7


@dataclass(frozen=True, slots=True)
class Step:
    """Notes in which a word is worth ``most`` at most, if they are in no step before. ``tokens``: one of these is in each note
    of this step and of those before, of which there are about ``notes``."""

    most: float
    tokens: tuple[str, ...]
    notes: float


@dataclass(frozen=True, slots=True)
class Way:
    """One step of each word (their number: none of them). ``most``: what such a note is worth at most; ``notes``: how many
    there are about."""

    steps: tuple[int, ...]
    most: float
    notes: float


@dataclass(frozen=True, slots=True)
class Choice:
    """The notes to look at: those that are found by one of ``ways``, about so many. ``left``: what any other is worth at
    most."""

    ways: tuple[Wanted, ...]
    notes: float
    left: float


class Chooser:
    """The ways to answer a question, the most promising first. ``known``: how many notes have a token; of ``""``: how many
    there are."""

    def __init__(self, words: Sequence[Weighty], known: Mapping[str, int]) -> None:
        self._words = [one for one in words if one.forms]
        notes = max(1, known.get("", 0))
        many = _STEPS.get(len(self._words), 1)
        self._steps = [steps(one, known, many) for one in self._words]
        self._ways = sorted(self._every(notes), key=lambda way: (-way.most, way.steps))
        self._sums = list(accumulate(way.notes for way in self._ways))

    def choose(self, most: float, least: float = 0.0) -> Choice:
        """The most promising, of which there are about ``most``; none that is worth less than ``least``, but one at least."""
        end = next((place for place, notes in enumerate(self._sums, start=1) if notes >= most), len(self._ways))
        while end > 1 and self._ways[end - 1].most < least:
            end -= 1
        # Of two ways that are worth the same both are taken: so what is taken includes whatever is better.
        while end < len(self._ways) and self._ways[end].most == self._ways[end - 1].most:
            end += 1
        left = self._ways[end].most if end < len(self._ways) else 0.0
        ways = self._widest({one.steps for one in self._ways[:end]})
        return Choice(tuple(self._wanted(way) for way in ways), self._sums[end - 1], left)

    def _every(self, notes: int) -> Iterator[Way]:
        whole = [one.most for one in self._words]
        for chosen in product(*(range(len(those) + 1) for those in self._steps)):
            taken = list(zip(chosen, self._steps, strict=True))
            worth = [those[step].most if step < len(those) else 0.0 for step, those in taken]
            if any(worth):
                share = _together(_share(those, step, notes) for step, those in taken)
                yield Way(chosen, scored(worth, whole)[0], notes * share)

    def _widest(self, chosen: set[tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
        """Those ways that no other one includes."""
        for way in sorted(chosen):
            if not any((*way[:place], step + 1, *way[place + 1 :]) in chosen for place, step in enumerate(way)):
                yield way

    def _wanted(self, way: tuple[int, ...]) -> Wanted:
        return tuple(those[step].tokens for step, those in zip(way, self._steps, strict=True) if step < len(those))


def steps(word: Weighty, known: Mapping[str, int], many: int) -> Sequence[Step]:
    """A word's steps, so many at most, the last with every note that has it."""
    cells = [
        (worth * heaviest(level) / HEAVIEST, term, level)
        for term, worth in word.forms
        for level in range(len(LEVELS) + 1)
    ]
    cells.sort(reverse=True)
    found: dict[str, str] = {}
    having: dict[str, float] = {}
    every: list[Step] = []
    for worth, term, level in cells:
        found[term] = levelled(term, level)
        having[term] = known.get(term, 0) * SHARES[level]
        every.append(Step(worth, tuple(found.values()), sum(having.values())))
    while len(every) > many:
        # Those two are put together where the notes of the second are least overrated by what the first are worth at most.
        at = min(range(1, len(every)), key=lambda at: _overrated(every, at))
        every[at - 1 : at + 1] = [Step(every[at - 1].most, every[at].tokens, every[at].notes)]
    return every


def _overrated(every: Sequence[Step], at: int) -> float:
    return (every[at - 1].most - every[at].most) * (every[at].notes - every[at - 1].notes)


def _share(those: Sequence[Step], step: int, notes: int) -> float:
    before = those[step - 1].notes if step else 0.0
    having = those[step].notes if step < len(those) else notes
    # Also where by the counts there is none, one may have come meanwhile.
    return min(1.0, max(0.5, having - before) / notes)


def _together(shares: Iterable[float]) -> float:
    """Which share of all notes has everything of which these have each: words that are asked for together stand together more
    often than chance has it."""
    return prod([power(share, _APART**place) for place, share in enumerate(sorted(shares))])
