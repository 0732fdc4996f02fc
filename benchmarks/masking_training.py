"""Learns the weights of the tagger in ``bot/privacy``: ``python -m benchmarks.masking_training TRAIN.tsv [-o
FILE]``.

``TRAIN.tsv`` is the training part of DaN+ (news, MIT licence): a word a line with its marks, sentences divided by
blank lines. Beside it stand sentences of our own (``masking_texts.py``) filled with names from our lists, and this
project's own sentences, in which nobody is named. Each text is learned in several disguises: in small letters, in
capitals, with other names, with names that no list knows.
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np
from babel.messages.pofile import read_po
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from benchmarks.masking_texts import (
    CHAT,
    ENGLISH,
    NAMES_THAT_ARE_WORDS,
    NEWS,
    NOBODY,
    WORDS_THAT_ARE_NAMES,
    WORDY_NAMES,
)
from bot.privacy.features import PLACES, SIZE, seen, together
from bot.privacy.lexicon import Lexicon, lexicon
from bot.privacy.scanning import scan
from bot.privacy.tagger import FILE, shifted

ROOT = Path(__file__).parent.parent
STRENGTH = 0.35  # of what keeps the weights small
MISSED = 3.0  # how much worse a missed name is than a masked word


@dataclass(frozen=True)
class Text:
    """``people``: where persons are named; ``unclear``: what is learned neither way."""

    text: str
    people: tuple[tuple[int, int], ...] = ()
    unclear: tuple[tuple[int, int], ...] = ()


def sentences(file: Path) -> Iterator[list[list[str]]]:
    """The sentences of a marked file, each word with its two marks."""
    for block in file.read_text("utf-8").split("\n\n"):
        words = [line.split("\t") for line in block.splitlines() if line.count("\t") >= 2]
        if words:
            yield words


def marked(words: Sequence[Sequence[str]]) -> Text:
    """A sentence as people write it: signs without a blank before them."""
    text = ""
    people: list[tuple[int, int]] = []
    unclear: list[tuple[int, int]] = []
    for word, outer, inner, *_ in words:
        if text and not (len(word) == 1 and word in ".,;:!?)") and not text.endswith("("):
            text += " "
        start = len(text)
        text += word
        if "PER" in outer:
            if outer[0] == "I" and people and people[-1][1] >= start - 1:
                people[-1] = (people[-1][0], len(text))
            else:
                people.append((start, len(text)))
        elif "PER" in inner:
            unclear.append((start, len(text)))
    return Text(text, tuple(people), tuple(unclear))


class Disguises:
    """Other forms of the same text."""

    def __init__(self, known: Lexicon, seed: int) -> None:
        self._draw = random.Random(seed)
        self._first = [word.title() for word in sorted(known.first) if len(word) > 2]
        self._words = WORDY_NAMES.split()
        self._last = [word.title() for word in sorted(known.last) if len(word) > 2]

    def name(self) -> str:
        draw = self._draw
        first = draw.choice(self._first)
        roll = draw.random()
        if roll < 0.4:
            return first
        last = draw.choice(self._last) if draw.random() < 0.7 else self.invented()
        if roll < 0.5:
            return last
        if roll < 0.6:
            return f"{first} {draw.choice('ABCDEFGHIJKLMNOPRSTV')}. {last}"
        if roll < 0.7:
            return f"{first} {draw.choice(self._last)} {last}"
        return f"{first} {last}"

    def invented(self) -> str:
        """A name that no list knows: the beginning of one and the end of another."""
        one, other = self._draw.choice(self._last), self._draw.choice(self._last + self._first)
        return one[: self._draw.randint(2, 4)] + other[-self._draw.randint(3, 5) :].lower()

    def renamed(self, one: Text) -> Text:
        text = ""
        done = 0
        people: list[tuple[int, int]] = []
        for start, end in one.people:
            text += one.text[done:start]
            name = self.name() if self._draw.random() < 0.7 else self.invented()
            if one.text[start:end].endswith("s") and self._draw.random() < 0.3:
                name += "s"
            people.append((len(text), len(text) + len(name)))
            text += name
            done = end
        return Text(text + one.text[done:], tuple(people))

    def filled(self, sentence: str) -> Text:
        people: list[tuple[int, int]] = []
        text = ""
        for piece in re.split(r"(\{\w\})", sentence):
            if piece in ("{N}", "{F}", "{L}", "{A}"):
                name = {"{N}": self.name, "{F}": self.first, "{L}": self.last, "{A}": self.word}[piece]()
                people.append((len(text), len(text) + len(name)))
                text += name
            else:
                text += piece
        return Text(text, tuple(people))

    def first(self) -> str:
        return self._draw.choice(self._first)

    def word(self) -> str:
        return self._draw.choice(self._words)

    def last(self) -> str:
        return self._draw.choice(self._last) if self._draw.random() < 0.7 else self.invented()


def small(one: Text) -> Text:
    return replace(one, text=one.text.lower()) if len(one.text.lower()) == len(one.text) else one


def capitals(one: Text) -> Text:
    return replace(one, text=one.text.upper()) if len(one.text.upper()) == len(one.text) else one


_PLAIN = str.maketrans("åøæ", "aoa")


def plain(one: Text) -> Text:
    return replace(one, text=small(one).text.translate(_PLAIN))


def own_sentences() -> Iterator[str]:
    """What this project says in both languages, and writes about itself."""
    for file in sorted((ROOT / "bot" / "locales").glob("*/*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream):
                given = (message.string,) if isinstance(message.string, str) else message.string or ()
                yield from (re.sub(r"\{\w+\}", "x", one) for one in given if one)
    for file in sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]):
        for line in re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", " ", file.read_text("utf-8"), flags=re.DOTALL).split("\n"):
            if line.strip(" |-#"):
                yield line.strip(" |-#")


def common_words(texts: Iterable[list[list[str]]], own: Iterable[str], known: Lexicon) -> frozenset[int]:
    """Checksums of words in use in small letters, without those that name people and were seen once or twice."""
    times: Counter[str] = Counter()
    for words in texts:
        times.update(word for word, outer, *_ in words if outer == "O" and word.islower() and word.isalpha())
    for sentence in [*own, *NOBODY, *WORDS_THAT_ARE_NAMES]:
        times.update(word for word in re.findall(r"[^\W\d_]+", sentence) if word.islower())
    named = known.first | known.last
    return frozenset(
        crc32(word.encode())
        for word, count in times.items()
        if len(word) > 1 and (word not in named or word in known.both_ways or count > 2)
    )


@dataclass
class Examples:
    """All words of many texts, in a form that a whole pass of learning takes a few products of matrices."""

    features: csr_matrix
    ids: NDArray[np.int64]
    mixed: NDArray[np.int64]
    wanted: NDArray[np.float64]
    weight: NDArray[np.float64]


def examples(texts: Sequence[Text], known: Lexicon, common: frozenset[int]) -> Examples:
    whole = "\n\n\n".join(one.text for one in texts)
    people = np.zeros(len(whole) + 1, np.bool_)
    unclear = np.zeros(len(whole) + 1, np.bool_)
    at = 0
    for one in texts:
        for start, end in one.people:
            people[at + start : at + end] = True
        for start, end in one.unclear:
            unclear[at + start : at + end] = True
        at += len(one.text) + 3
    words = scan(whole)
    kinds = seen(words.kinds, known, lambda word: crc32(word.encode()) in common)
    ends = np.append(kinds.offsets[1:], len(kinds.numbers))
    table = csr_matrix(
        (np.ones(len(kinds.numbers)), kinds.numbers, np.append(kinds.offsets, ends[-1])), shape=(len(words.kinds), SIZE)
    )
    wanted = people[words.starts].astype(float)
    weight = np.where(wanted > 0, MISSED, 1.0) * ~unclear[words.starts]
    letters = np.array([kind[0].isalpha() for kind in words.kinds])[words.ids]
    return Examples(table, words.ids, np.stack(together(words, kinds)), wanted, weight * letters)


def learn(sets: Sequence[Examples], rounds: int) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    size = SIZE * len(PLACES)
    total = sum(one.weight.sum() for one in sets)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        by_place, mixed, bias = flat[:size].reshape(len(PLACES), SIZE), flat[size:-1], flat[-1]
        gradient = np.zeros_like(flat)
        value = 0.0
        for one in sets:
            score = np.full(len(one.ids), bias)
            for row, place in zip(by_place, PLACES, strict=True):
                score += shifted((one.features @ row)[one.ids], place)
            score += mixed[one.mixed].sum(axis=0)
            likely = 1 / (1 + np.exp(-np.clip(score, -35, 35)))
            value += float((one.weight * (np.logaddexp(0, score) - one.wanted * score)).sum())
            left = one.weight * (likely - one.wanted)
            for number, place in enumerate(PLACES):
                sums = np.bincount(one.ids, shifted(left, -place), one.features.shape[0])
                gradient[number * SIZE : (number + 1) * SIZE] += one.features.T @ sums
            for numbers in one.mixed:
                gradient[size:-1] += np.bincount(numbers, left, SIZE)
            gradient[-1] += left.sum()
        value += STRENGTH * float(flat[:-1] @ flat[:-1]) / 2
        gradient[:-1] += STRENGTH * flat[:-1]
        return value / total, gradient / total

    found = minimize(
        loss, np.zeros(size + SIZE + 1), jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 8}
    )
    flat = found.x
    print(f"{found.nit} rounds, loss {found.fun:.5f}", file=sys.stderr)
    return flat[:size].reshape(len(PLACES), SIZE), flat[size:-1], float(flat[-1])


def without_some(known: Lexicon, share: float, seed: int) -> Lexicon:
    """The lists with a part of the names forgotten: what stands around a name has to do then."""
    draw = random.Random(seed)
    kept = {word for word in sorted(known.first | known.last) if draw.random() > share}
    return replace(known, first=known.first & kept, last=known.last & kept)


def without_common(common: frozenset[int], share: float, seed: int) -> frozenset[int]:
    """The common words with a part of them forgotten: elsewhere people write words that nobody wrote here."""
    draw = random.Random(seed)
    return frozenset(one for one in sorted(common) if draw.random() > share)


def disguised(
    base: list[Text], own: Iterable[str], hide: Disguises, known: Lexicon, common: frozenset[int]
) -> list[Examples]:
    """Everything that is learned from, in all its disguises."""
    nobody = [Text(one) for one in [*own, *NOBODY, *WORDS_THAT_ARE_NAMES * 8]]
    chat = [hide.filled(one) for one in [*CHAT * 30, *NAMES_THAT_ARE_WORDS * 5]]
    news = [hide.filled(one) for one in [*NEWS, *ENGLISH] * 30]
    named = [one for one in base if one.people]
    return [
        examples([*base, *nobody, *news, *chat], known, common),
        examples([*base, *nobody, *news], without_some(known, 0.3, 2), without_common(common, 0.4, 5)),
        examples([*base, *nobody], without_some(known, 0.15, 6), without_common(common, 0.7, 7)),
        examples(
            [hide.renamed(one) for one in named] + news, without_some(known, 0.5, 3), without_common(common, 0.3, 8)
        ),
        examples([small(one) for one in [*base, *chat, *news, *nobody]], known, without_common(common, 0.2, 9)),
        examples(
            [small(hide.renamed(one)) for one in named] + [plain(one) for one in chat],
            without_some(known, 0.2, 4),
            without_common(common, 0.4, 10),
        ),
        examples([plain(one) for one in base[::2]], known, without_common(common, 0.3, 11)),
        examples([capitals(one) for one in [*base[::6], *news[::6]]], known, without_common(common, 0.3, 12)),
    ]


def main() -> int:
    reader = argparse.ArgumentParser()
    reader.add_argument("train", type=Path)
    reader.add_argument("-o", "--out", type=Path, default=FILE)
    reader.add_argument("--rounds", type=int, default=150)
    asked = reader.parse_args()
    known = lexicon()
    read = list(sentences(asked.train))
    own = list(own_sentences())
    common = common_words(read, own, known)
    base = [marked(words) for words in read]
    hide = Disguises(known, 1)
    by_place, mixed, bias = learn(disguised(base, own, hide, known, common), asked.rounds)
    scale = max(float(np.abs(by_place).max()), float(np.abs(mixed).max())) / 127
    np.savez_compressed(
        asked.out,
        by_place=np.round(by_place / scale).astype(np.int8),
        mixed=np.round(mixed / scale).astype(np.int8),
        scale=np.float32(scale),
        bias=np.float32(bias),
        common=np.array(sorted(common), np.uint32),
    )
    print(f"{asked.out.stat().st_size:,} bytes, {len(common):,} common words", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
