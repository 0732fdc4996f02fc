"""The order of what was found: BM25 over what the index keeps, the same sums for every database. Pure."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.bank.repository import Candidate
from bot.bank.weighing import HEAVIEST
from bot.identity import NoteId

# What a note that says all that was asked for is worth beside one that says half of it.
_ALL = 0.5
# Forms of a word that count: those that are worth most.
_FORMS = 8
# A stored weight, by the weight.
_ENDS = tuple(f"={weight}" for weight in range(HEAVIEST + 1))
# What "it worked here" adds, a place at a time, and at most: a little, since the words decide.
_WORKED, _MOST_WORKED = 0.05, 3


@dataclass(frozen=True, slots=True)
class Form:
    """One term by which a word of the question may be found, and how near it is to what was typed (1: just that)."""

    term: str
    near: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of the question in all its forms."""

    word: str
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Weighty:
    """What each form of a word is worth where it weighs most, the best first."""

    forms: tuple[tuple[str, float], ...]

    @property
    def most(self) -> float:
        """What the word is worth at most."""
        return self.forms[0][1] if self.forms else 0.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A note with what it is worth. ``share``: of the question's words, how many it has (1: all)."""

    note: NoteId
    score: float
    share: float
    published_at: datetime


def stored_terms(terms: Mapping[str, int]) -> str:
    """The weights as the index keeps them: one text, in which a term is found without reading the others."""
    # By ready-made ends, as this is done for hundreds of terms of every note.
    return f" {' '.join(map(str.__add__, terms, map(_ENDS.__getitem__, terms.values())))} "


def terms_in(stored: str) -> Mapping[str, int]:
    """The weights again."""
    pairs = (one.rpartition("=") for one in stored.split())
    return {term: int(weight) for term, _, weight in pairs}


def weight_in(stored: str, term: str) -> int:
    """One term's weight; 0 where it is not there."""
    start = stored.find(f" {term}=")
    if start < 0:
        return 0
    start += len(term) + 2
    return int(stored[start : stored.index(" ", start)])


def rarity(notes: int, having: int) -> float:
    """How much a term tells: BM25's inverse document frequency, never below nothing."""
    return math.log(1 + (notes - having + 0.5) / (having + 0.5))


def weighty(asked: Sequence[Asked], known: Mapping[str, int]) -> list[Weighty]:
    """What each word's forms are worth where they weigh most. ``known``: in how many notes each term is; one that is in none is
    left out. No form tells more than the word itself does, however rare it is."""
    notes = max(known.get("", 0), 1)
    found: list[Weighty] = []
    for one in asked:
        itself = max((known[form.term] for form in one.forms if form.near == 1 and form.term in known), default=0)
        forms = [
            (form.term, form.near * rarity(notes, max(itself, known[form.term])))
            for form in one.forms
            if form.term in known
        ]
        found.append(Weighty(tuple(sorted(forms, key=lambda form: (-form[1], form[0]))[:_FORMS])))
    return found


def ranked(candidates: Iterable[Candidate], words: Sequence[Weighty]) -> list[Ranked]:
    """The candidates in their order: the best first, of two alike the newer."""
    whole = [one.most for one in words]
    return in_order(_rank(one, words, whole) for one in candidates)


def in_order(found: Iterable[Ranked]) -> list[Ranked]:
    """The best first, of two alike the newer."""
    return sorted(found, key=lambda one: (-one.score, -one.published_at.timestamp(), one.note))


def scored(worth: Sequence[float], whole: Sequence[float]) -> tuple[float, float]:
    """What a note is worth in which the words are worth so much, and which share of the question it has. ``whole``: what the
    words are worth at most."""
    everything = sum(whole)
    had = sum(most for one, most in zip(worth, whole, strict=True) if one)
    share = had / everything if everything else 1.0
    return sum(worth) * (1 - _ALL + _ALL * share), share


def _rank(candidate: Candidate, words: Sequence[Weighty], whole: Sequence[float]) -> Ranked:
    score, share = scored([_best(candidate.terms, one.forms) for one in words], whole)
    score *= 1 + _WORKED * min(candidate.worked, _MOST_WORKED)
    return Ranked(candidate.note, round(score, 9), share, candidate.published_at)


def _best(stored: str, forms: Sequence[tuple[str, float]]) -> float:
    """What the best of a word's forms is worth here. They come in the order of what they are worth at most."""
    best = 0.0
    for term, much in forms:
        if much <= best:
            break
        best = max(best, much * weight_in(stored, term) / HEAVIEST)
    return best
