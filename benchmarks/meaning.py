"""What tags mean: whether the right offer comes first, whether what is told as a reason is one, and how long it takes.

The thresholds were set on the "develop" parts of ``data/meaning.toml``; here the "held" part is measured, which was written
afterwards.
"""

import asyncio
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from adapters.embedders.local import LocalEmbedder, installed
from benchmarks.measure import Row
from bot.matching.meaning import Knowledge, Meaning, Nearest, WordMeaning
from bot.matching.meanings.knowledge import packed, texts_for

_WANTED = 0.9
_TAGS, _LIMIT = 400, 30.0
_MANY, _AT_ONCE = 5_000, 512


@dataclass(frozen=True, slots=True)
class Labelled:
    """Needs, each with the one right offer in the same place; offers; and pairs that are not the same."""

    needs: Sequence[str]
    offers: Sequence[str]
    apart: Sequence[Sequence[str]]

    @classmethod
    def read(cls, part: str) -> "Labelled":
        data = tomllib.loads((Path(__file__).parent / "data" / "meaning.toml").read_text("utf-8"))[part]
        right = data["right"]
        return cls([need for need, _ in right], [*(offer for _, offer in right), *data["others"]], data["apart"])

    def tags(self) -> list[str]:
        return [*self.needs, *self.offers, *(tag for pair in self.apart for tag in pair)]

    def first(self, meaning: Meaning) -> float:
        """The share of needs for which a search shows the right offer alone at the top."""
        rows = [Nearest(meaning, need).closeness([need], self.offers)[0] for need in self.needs]
        right = [row[place] == row.max() > 0 and (row == row.max()).sum() == 1 for place, row in enumerate(rows)]
        return float(np.mean(right))

    def told(self, meaning: Meaning) -> tuple[float, float, float]:
        """Of what would be told as a reason, the share that is right among all pairs, and with the pairs that are made to
        look alike as well; and the share of the right ones that is told."""
        close = meaning.closeness(self.needs, self.offers) > 0
        right = np.eye(*close.shape, dtype=bool)
        alike = sum(meaning.closeness([one], [other])[0, 0] > 0 for one, other in self.apart)
        hits, told = int(close[right].sum()), int(close.sum())
        return hits / max(1, told), hits / max(1, told + alike), float(close[right].mean())


def rows() -> Iterator[Row]:
    held, words = Labelled.read("held"), WordMeaning.load()
    pairs = len(held.needs) * len(held.offers)
    yield Row("the right one of 62 offers first, words alone", held.first(words), "share", 1, "all of 42 needs")
    precision, hard, recall = held.told(words)
    yield Row(f"reasons that are right, words alone, {pairs} pairs", precision, "share", 1, "all")
    yield Row("  and with 50 pairs made to look alike", hard, "share", 1, "all")
    yield Row("  right ones that become a reason", recall, "share", 1, "all")
    if installed():
        yield from asyncio.run(_model(held))
    yield from _many(words)


async def _model(held: Labelled) -> list[Row]:
    model = LocalEmbedder()
    try:
        meaning = await _known(model, held.tags())
        precision, hard, recall = held.told(meaning)
        everyday = [f"{need} for {who}" for need in _NEEDS for who in _WHO]
        started = time.perf_counter()
        await model.embed(everyday[:_TAGS])
        taken = time.perf_counter() - started
    finally:
        model.close()
    return [
        Row(
            "the right one of 62 offers first, local model",
            held.first(meaning),
            "share",
            _WANTED,
            "the limit",
            "1 or more",
        ),
        Row(
            "  the same on the parts that the thresholds were set on", await _developed(), "share", _WANTED, "the limit"
        ),
        Row("reasons that are right, local model", precision, "share", 1, "all"),
        Row("  and with 50 pairs made to look alike", hard, "share", 1, "all"),
        Row("  right ones that become a reason", recall, "share", 1, "all"),
        Row(f"{_TAGS} different tags once, local model", taken, "s", _LIMIT, "the limit", "1 or less"),
    ]


async def _developed() -> float:
    model = LocalEmbedder()
    try:
        parts = [Labelled.read(part) for part in ("develop", "develop_more")]
        shares = [(len(part.needs), part.first(await _known(model, part.tags()))) for part in parts]
    finally:
        model.close()
    return sum(count * share for count, share in shares) / sum(count for count, _ in shares)


async def _known(model: LocalEmbedder, tags: Sequence[str]) -> Meaning:
    texts = texts_for(tags, WordMeaning.load().reader)
    vectors = await model.embed(texts)
    return Knowledge(vectors={text: packed(vector) for text, vector in zip(texts, vectors, strict=True)}).meaning()


def _many(words: WordMeaning) -> Iterator[Row]:
    """Tags of a large network, compared as the planner of large rounds does: part by part, against reading the result."""
    tags = [f"{need} for {who} i {place}" for need in _NEEDS for who in _WHO for place in _PLACES][:_MANY]
    for tag in tags:
        words.key(tag)
    started = time.process_time()
    close = [words.closeness(tags[start : start + _AT_ONCE], tags) for start in range(0, len(tags), _AT_ONCE)]
    taken = time.process_time() - started
    started = time.process_time()
    for part in close:
        part.sum()
    reading = time.process_time() - started
    yield Row(f"{len(tags)} x {len(tags)} tags by words", taken, "s", reading, "one read of the result")


_NEEDS = (
    *("lokaler", "frivillige", "penge", "praktikpladser", "mentorer", "rådgivning", "data", "kurser", "kørsel", "mad"),
    *(
        "computere",
        "besøgsvenner",
        "lektiehjælp",
        "evaluering",
        "samtaler",
        "boliger",
        "motion",
        "tøj",
        "musik",
        "jura",
    ),
)
_WHO = (
    *("ældre", "unge", "hjemløse", "flygtninge", "familier", "børn", "kvinder", "mænd", "pårørende", "studerende"),
    *(
        "ledige",
        "sygemeldte",
        "naboer",
        "patienter",
        "indsatte",
        "forældre",
        "borgere",
        "ansatte",
        "frivillige",
        "enker",
    ),
)
_PLACES = (
    "Odense",
    "Aarhus",
    "Rødovre",
    "Viborg",
    "Thy",
    "Ribe",
    "Nakskov",
    "Skive",
    "Rønne",
    "Køge",
    "Vejle",
    "Hobro",
    "Faxe",
)
