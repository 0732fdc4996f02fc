"""How many of the names in a marked set are masked, and how many other capitalised words."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.masking_training import marked, sentences
from bot.privacy import Masker


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1. ``spans``: names masked whole; ``touched``: at least in part; ``words``: words of names
    masked; ``others``: other words with a capital that were masked, ``inside``: of them those that do not begin
    the sentence."""

    names: int
    spans: float
    touched: float
    words: float
    capitals: int
    others: float
    inside: float
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


def measure(file: Path, masker: Masker) -> Figures:
    return measure_all(sentences(file), masker)


def measure_all(given: Iterable[list[list[str]]], masker: Masker) -> Figures:
    spans = touched = names = word_hits = words = 0
    capitals = others = insides = inside = 0
    missed: list[str] = []
    wrong: list[str] = []
    for sentence in given:
        one = marked(sentence)
        cover = bytearray(len(one.text) + 1)
        for found in masker.find(one.text):
            cover[found.start : found.end] = b"\1" * (found.end - found.start)
        for start, end in one.people:
            names += 1
            pieces = _pieces(one.text, start, end)
            # A word counts where it does not survive: a genitive or the rest of a compound may.
            hits = [any(cover[a:b]) for a, b in pieces]
            word_hits += sum(hits)
            words += len(hits)
            touched += any(hits)
            spans += all(hits)
            if not all(hits):
                missed.append(f"{one.text[start:end]} | {one.text[max(0, start - 30) : end + 20]}")
        for a, b in _pieces(one.text, 0, len(one.text)):
            if one.text[a].isupper() and not any(s < b and a < e for s, e in one.people):
                capitals += 1
                masked = any(cover[a:b])
                others += masked
                insides += a > 0
                inside += masked and a > 0
                if masked:
                    wrong.append(one.text[a:b])
    return Figures(
        names,
        spans / max(1, names),
        touched / max(1, names),
        word_hits / max(1, words),
        capitals,
        others / max(1, capitals),
        inside / max(1, insides),
        tuple(missed),
        tuple(wrong),
    )


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = start
    for word in text[start:end].split():
        a = text.index(word, at)
        at = a + len(word)
        if any(letter.isalnum() for letter in word):
            found.append((a, at))
    return found
