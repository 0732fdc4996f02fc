"""The order of what was found: BM25 over what the index keeps, the same sums for every database. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.bank.repository import Candidate
from bot.bank.weighing import HEAVIEST
from bot.identity import NoteId

# What a note that says all that was asked for is worth beside one that says half of it.
_ALL = 0.5
# What "it worked here" adds, a place at a time, and at most: a little, since the words decide.
_WORKED, _MOST_WORKED = 0.05, 3


@dataclass(frozen=True, slots=True)
class Form:
    """One term by which a word of the question may be found, and how near it is to what was typed (1: just that)."""

    term: str
    near: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of the question in all its forms; ``rarest`` notes have one of them at most."""

    word: str
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A note with what it is worth. ``share``: of the question's words, how many it has (1: all)."""

    note: NoteId
    score: float
    share: float
    published_at: datetime


def stored_terms(terms: Mapping[str, int]) -> str:
    """The weights as the index keeps them: one text, in which a term is found without reading the others."""
    return "".join(f" {term}={weight}" for term, weight in terms.items()) + " "


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


def ranked(candidates: Sequence[Candidate], asked: Sequence[Asked], known: Mapping[str, int]) -> list[Ranked]:
    """The candidates in their order: the best first, of two alike the newer. ``known``: in how many notes each term is."""
    notes = max(known.get("", 0), 1)
    worth = [
        sorted(
            ((form.term, form.near * rarity(notes, known[form.term])) for form in one.forms if form.term in known),
            key=lambda form: -form[1],
        )
        for one in asked
    ]
    whole = [max((much for _, much in forms), default=0.0) for forms in worth]
    found = [_rank(one, worth, whole) for one in candidates]
    return sorted(found, key=lambda one: (-one.score, -one.published_at.timestamp(), one.note))


def _rank(candidate: Candidate, worth: Sequence[Sequence[tuple[str, float]]], whole: Sequence[float]) -> Ranked:
    score, had = 0.0, 0.0
    for forms, most in zip(worth, whole, strict=True):
        best = _best(candidate.terms, forms)
        score += best
        had += most if best else 0.0
    everything = sum(whole)
    share = had / everything if everything else 1.0
    score *= (1 - _ALL + _ALL * share) * (1 + _WORKED * min(candidate.worked, _MOST_WORKED))
    return Ranked(candidate.note, round(score, 9), share, candidate.published_at)


def _best(stored: str, forms: Sequence[tuple[str, float]]) -> float:
    """What the best of a word's forms is worth here. They come in the order of what they are worth at most."""
    best = 0.0
    for term, much in forms:
        if much <= best:
            break
        best = max(best, much * weight_in(stored, term) / HEAVIEST)
    return best
