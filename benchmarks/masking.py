"""Masking against its limits: invented identifiers, members' names in all spellings, a megabyte of text.

Names of other people are measured where a marked set is at hand: ``MASKING_NEWS`` and ``MASKING_CHAT`` name files
with a word a line and its marks (the development parts of DaN+), ``MASKING_ENGLISH`` any English text. None of them
belongs to the project.
"""

import os
import random
import re
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.masking_cases import Case, identifiers
from benchmarks.masking_mails import composed
from benchmarks.masking_marked import measure
from benchmarks.masking_ordinary import ORDINARY
from benchmarks.masking_roster import ROSTER, roster_cases
from benchmarks.masking_texts import CHAT, ENGLISH, NEWS, NOBODY
from benchmarks.measure import Row, seconds
from bot.privacy import Masker, unmask

IDENTIFIERS = 10_000
SEEDS = (1, 2, 3)
LIMIT = 3.0  # seconds for a megabyte
MOST_OTHERS = 0.15
_GENITIVE = re.compile(r"['’]?s?$|'$")


def rows() -> Iterator[Row]:
    masker = Masker()
    cases = list(identifiers(IDENTIFIERS, seed=8))
    masked = sum(_covered(masker, case) for case in cases)
    yield Row(
        f"{IDENTIFIERS:,} identifiers of all kinds, masked whole", 100 * masked / len(cases), "%", 100, "all", "100"
    )
    yield from _composed(masker)
    yield from _members()
    yield from _speed(masker)
    for name, what, wanted in (("MASKING_NEWS", "news", 97), ("MASKING_CHAT", "chat", 80)):
        file = os.environ.get(name)
        if file:
            found = measure(Path(file), masker)
            yield Row(
                f"{what}: {found.names} names, masked whole",
                100 * found.spans,
                "%",
                wanted,
                "the limit",
                f"at least {wanted}",
            )
            yield Row(
                f"{what}: words of names masked", 100 * found.words, "%", wanted, "the limit", f"at least {wanted}"
            )
            yield Row(
                f"{what}: other words with a capital masked", 100 * found.others, "%", 15, "the limit", "at most 15"
            )
    english = os.environ.get("MASKING_ENGLISH")
    if english:
        yield _english(masker, Path(english).read_text("utf-8"))


def _composed(masker: Masker) -> Iterator[Row]:
    """Spellings that a grammar puts together, each by itself so odd that hardly two are alike; and numbers that are nobody's."""
    missed, tried = composed(masker, IDENTIFIERS, seed=77)
    for kind, number in tried.items():
        yield Row(
            f"{number:,} {kind}s in spellings put together by chance",
            100 * (1 - missed[kind] / number),
            "%",
            100,
            "all",
            "100",
        )
    wrong = sum(bool(masker.find(text)) for text in ORDINARY)
    yield Row(
        f"{len(ORDINARY)} sentences with dates, prices, paragraphs: something masked", wrong, "", 0, "none", "few"
    )


def _covered(masker: Masker, case: Case, end: int | None = None) -> bool:
    """Whether every letter and digit of the identifier is masked."""
    covered = bytearray(len(case.text))
    for one in masker.find(case.text):
        covered[one.start : one.end] = b"\1" * (one.end - one.start)
    places = range(case.start, case.end if end is None else end)
    return all(covered[place] or not case.text[place].isalnum() for place in places)


def _members() -> Iterator[Row]:
    masker = Masker(ROSTER)
    hits = {True: 0, False: 0}
    tried = {True: 0, False: 0}
    for seed in SEEDS:
        for called, case in roster_cases(seed):
            alone = called.endswith("alone")
            name = _GENITIVE.sub("", case.identifier) if called.startswith("genitive") else case.identifier
            tried[alone] += 1
            hits[alone] += _covered(masker, case, case.start + len(name))
    yield Row(f"{tried[False]:,} spellings of members' names", 100 * hits[False] / tried[False], "%", 100, "all", "100")
    yield Row(
        f"{tried[True]:,} first or last names alone, a letter wrong",
        100 * hits[True] / tried[True],
        "%",
        100,
        "all",
        "100",
    )


def _speed(masker: Masker) -> Iterator[Row]:
    text = _megabyte()
    members = Masker([*ROSTER, *(f"{first}a {last}" for first in "ABCDEFGHIJKLMNOPRSTUVXYZ" for last in ROSTER)])
    for what, one in (("without a roster", masker), ("with 600 members", members)):
        taken = min(seconds(partial(one.mask, text), 3, time.process_time))
        yield Row(f"a megabyte masked, {what}, processor", taken, "s", LIMIT, "the limit", "under 3")
    done = masker.mask(text)
    yield Row(
        "a megabyte restored, processor",
        min(seconds(lambda: unmask(done.text, done.key), 3, time.process_time)),
        "s",
        LIMIT,
        "the limit",
    )


def _megabyte() -> str:
    """Sentences of our own with invented words among them, so that the words are as many as in a real text."""
    draw = random.Random(5)
    sentences = [*CHAT, *NEWS, *ENGLISH, *NOBODY, *(case.text for case in identifiers(500, seed=3))]
    text: list[str] = []
    size = 0
    while size < 1_000_000:
        words = re.sub(r"\{\w\}", lambda _: draw.choice(ROSTER), draw.choice(sentences))
        made = "".join(draw.choice("bdfghklmnprstv") + draw.choice("aeiouyæøå") for _ in range(draw.randint(2, 4)))
        text.append(f"{words} {made}")
        size += len(text[-1].encode()) + 1
    return "\n".join(text)


def _english(masker: Masker, text: str) -> Row:
    covered = bytearray(len(text))
    for one in masker.find(text):
        covered[one.start : one.end] = b"\1" * (one.end - one.start)
    words = [any(covered[found.start() : found.end()]) for found in re.finditer(r"\b[A-Z][\w'-]*", text)]
    return Row(
        "English: words with a capital masked, names included",
        100 * sum(words) / max(1, len(words)),
        "%",
        15,
        "the limit",
        "at most 15",
    )
