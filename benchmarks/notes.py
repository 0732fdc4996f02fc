"""Case notes by rules: questions put to recorded meetings against plain BM25, short chats against their first three turns, how
long thousands of messages take, and whether a decision among them is found.

``data/chats.jsonl`` holds everyday chats of nobody real, written for this, each with a summary that was written before any
output was seen; the rules were set on the first half of them. ``data/short_chats.jsonl`` holds more of them in both languages,
written later and in the same way, on which nothing was set. The meetings are no part of this project: ``QMSUM=FILE.jsonl``
(meetings with questions, answers and the turns that support them) names a file, and ``CHATS=FILE.jsonl`` (``dialogue``, a turn a
line, and ``summary``) one of other chats; without them only the rest runs.
"""

import json
import math
import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol, cast
from zoneinfo import ZoneInfo

from snowballstemmer.porter_stemmer import PorterStemmer

from benchmarks.measure import Row, median, seconds
from bot.notes.casenote import Statement
from bot.notes.extract import answered, extracted, guessed_language
from bot.notes.extract.ranking import WEIGHTS
from bot.notes.transcript import Line, Transcript
from bot.offline.note_printing import Sheet
from bot.words import Languages

_TURN = re.compile(r"\s*(#?[^:\n]{1,40}#?):\s*(.+)")
_WORD = re.compile(r"[a-z0-9]+")
_SOURCES = 5
_WINDOW, _BASELINE_WORDS = 1, 120
_MESSAGES, _PLANTED = 2_000, 40
_OWN_CHATS, _LATER_CHATS = (Path(__file__).parent / "data" / name for name in ("chats.jsonl", "short_chats.jsonl"))
_ZONE = ZoneInfo("Europe/Copenhagen")


class _Stemmer(Protocol):
    def stemWord(self, word: str, /) -> str:  # noqa: N802  (the library's own name)
        """The word without its ending."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on a meeting, which has a number. ``gold``: places of the turns that support the answer."""

    meeting: int
    transcript: Transcript
    question: str
    answer: str
    gold: frozenset[int]


def questions(file: Path) -> list[Asked]:
    """The specific questions of all meetings in a file."""
    return [
        Asked(number, transcript, one["query"], one["answer"], _places(one))
        for number, transcript, meeting in _meetings_in(file)
        for one in meeting["specific_query_list"]
    ]


def subjects(file: Path) -> list[Asked]:
    """What the meetings are divided into, put as questions; without answers."""
    return [
        Asked(number, transcript, f"Summarize the discussion about {_small(one['topic'])}.", "", _places(one))
        for number, transcript, meeting in _meetings_in(file)
        for one in meeting["topic_list"]
    ]


def _meetings_in(file: Path) -> Iterator[tuple[int, Transcript, Mapping[str, Any]]]:
    for number, row in enumerate(file.read_text("utf-8").splitlines()):
        meeting = cast(Mapping[str, Any], json.loads(row))
        turns = meeting["meeting_transcripts"]
        lines = [Line(str(place), one["speaker"], one["content"]) for place, one in enumerate(turns)]
        yield number, Transcript(lines), meeting


def _places(one: Mapping[str, Any]) -> frozenset[int]:
    spans = ((int(first), int(last)) for first, last in one["relevant_text_span"])
    return frozenset(place for first, last in spans for place in range(first, last + 1))


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def scored(one: Asked, rouge: "Rouge", weights: Mapping[str, float] = WEIGHTS) -> tuple[bool, float, float]:
    """Whether a right turn is among the first sources, and how near the answer is to the one that people wrote."""
    answer = answered(one.transcript, one.question, "en", weights)
    right = any(int(source) in one.gold for source in answer.sources[:_SOURCES])
    return right, *rouge.scores(" ".join(told.text for told in answer.statements), one.answer)


class Rouge:
    """ROUGE-1 and ROUGE-2, F, with Porter's stemmer, as the usual packages count them."""

    def __init__(self) -> None:
        self._stemmer = cast(_Stemmer, PorterStemmer())
        self._stems: dict[str, str] = {}

    def scores(self, text: str, reference: str) -> tuple[float, float]:
        one, other = self._words(text), self._words(reference)
        return (
            _f(Counter(one), Counter(other)),
            _f(Counter(pairwise(one)), Counter(pairwise(other))),
        )

    def _words(self, text: str) -> list[str]:
        return [self._stem(word) if len(word) > 3 else word for word in _WORD.findall(text.lower())]

    def _stem(self, word: str) -> str:
        if word not in self._stems:
            self._stems[word] = self._stemmer.stemWord(word)
        return self._stems[word]


def _f(one: Counter[Any], other: Counter[Any]) -> float:
    shared = (one & other).total()
    return 0.0 if not shared else 2 * shared / (one.total() + other.total())


class PlainBm25:
    """Okapi BM25 over turns as a textbook has it: k1 1.2, b 0.75, words as they are."""

    def __init__(self, transcript: Transcript) -> None:
        self._lines = transcript.lines
        self._turns = [Counter(_WORD.findall(f"{line.author} {line.text}".lower())) for line in transcript.lines]
        self._mean = sum(turn.total() for turn in self._turns) / max(1, len(self._turns))
        seen = Counter(word for turn in self._turns for word in turn)
        self._rarity = {
            word: math.log(1 + (len(self._turns) - number + 0.5) / (number + 0.5)) for word, number in seen.items()
        }

    def ranked(self, question: str) -> list[int]:
        words = _WORD.findall(question.lower())
        scores = [self._score(turn, words) for turn in self._turns]
        return sorted(range(len(scores)), key=lambda place: -scores[place])

    def _score(self, turn: Counter[str], words: Sequence[str]) -> float:
        norm = 1.2 * (0.25 + 0.75 * turn.total() / self._mean)
        return sum(self._rarity[word] * turn[word] * 2.2 / (turn[word] + norm) for word in words if turn[word])

    def answer(self, question: str) -> str:
        """The best turns with one before and after each, as long as does best here."""
        kept: list[int] = []
        for place in self.ranked(question):
            kept.extend(one for one in range(place - _WINDOW, place + _WINDOW + 1) if one not in kept)
            told = [
                f"{self._lines[one].author}: {self._lines[one].text}"
                for one in sorted(kept)
                if 0 <= one < len(self._lines)
            ]
            if len(" ".join(told).split()) >= _BASELINE_WORDS:
                return " ".join(" ".join(told).split()[:_BASELINE_WORDS])
        return ""


def _meetings(file: Path) -> Iterator[Row]:
    rouge = Rouge()
    asked = questions(file)
    hits, plain_hits = 0, 0
    ours: list[tuple[float, float]] = []
    plain: list[tuple[float, float]] = []
    known: dict[int, PlainBm25] = {}
    for one in asked:
        right, *near = scored(one, rouge)
        peer = known.setdefault(one.meeting, PlainBm25(one.transcript))
        hits += right
        plain_hits += any(place in one.gold for place in peer.ranked(one.question)[:_SOURCES])
        ours.append((near[0], near[1]))
        plain.append(rouge.scores(peer.answer(one.question), one.answer))
    number = len(asked)
    yield Row(
        f"{number} questions: a right turn among five sources",
        100 * hits / number,
        "%",
        100 * plain_hits / number,
        "plain BM25",
        "> 80 %",
    )
    yield _rouge("answers, ROUGE-1", ours, plain, 0, "plain BM25", "> 27")
    yield _rouge("answers, ROUGE-2", ours, plain, 1, "plain BM25", "> 7.5")


def _rouge(
    what: str,
    ours: Sequence[tuple[float, float]],
    peers: Sequence[tuple[float, float]],
    place: int,
    named: str,
    wanted: str,
) -> Row:
    mean = 100 * sum(one[place] for one in ours) / len(ours)
    return Row(what, mean, "F", 100 * sum(one[place] for one in peers) / len(peers), named, wanted)


def _chats(file: Path) -> Iterator[Row]:
    rouge = Rouge()
    chats = [cast(Mapping[str, Any], json.loads(row)) for row in file.read_text("utf-8").splitlines()]
    held = [one for one in chats if one.get("held")]
    languages = Languages.load()
    for named, these in (("", chats), ("held back, ", held if len(held) < len(chats) else [])):
        if not these:
            continue
        spoken = [
            ([found for found in map(_TURN.match, one["dialogue"].split("\n")) if found], one["summary"])
            for one in these
        ]
        leads = [rouge.scores(" ".join(found[0] for found in turns[:3]), told) for turns, told in spoken]
        notes = [(_spoken(turns), told) for turns, told in spoken]
        made = [(there, extracted(there, guessed_language(there, "en")), told) for there, told in notes]
        for part, ours in (
            ("gist", [rouge.scores(_text(note.summary), told) for _, note, told in made]),
            ("situation", [rouge.scores(_text(note.situation), told) for _, note, told in made]),
            (
                "all that is printed",
                [
                    rouge.scores(Sheet(there, languages.words(note.language, _ZONE)).note(note), told)
                    for there, note, told in made
                ],
            ),
        ):
            what = f"{len(these)} chats, {named}{part}"
            yield _rouge(f"{what}, ROUGE-1", ours, leads, 0, "the first three turns", "> 1.11 x")
            yield _rouge(f"{what}, ROUGE-2", ours, leads, 1, "the first three turns", "> 1.19 x")


def _spoken(turns: Sequence[re.Match[str]]) -> Transcript:
    return Transcript([Line(str(place), found[1], found[2]) for place, found in enumerate(turns)])


def _text(statements: Sequence[Statement]) -> str:
    return " ".join(one.text for one in statements)


def _chatter(number: int, seed: int) -> list[Line]:
    """Messages that decide nothing, of words that come again and again."""
    dice = random.Random(seed)
    words = (
        *("lokale", "kommunen", "frivillige", "borger", "transport", "møde", "skolen", "hjælp"),
        *("kaffe", "musik", "ældre", "plan", "budget", "familie", "sport", "cykel"),
    )
    openings = ("Jeg tænker, at", "Hos os er", "Måske er", "Hvad med", "Vi har set, at")
    return [
        Line(
            f"m{place}",
            f"Person {dice.randrange(20)}",
            f"{dice.choice(openings)} {' '.join(dice.choices(words, k=12))}.",
        )
        for place in range(number)
    ]


def _planted() -> Iterator[Row]:
    decisions = (
        ("Vi aftaler, at nøglerne ligger hos pedellen.", "nøglerne ligger hos pedellen"),
        ("Beslutning: værkstedet åbner den 1. maj.", "værkstedet åbner den 1. maj"),
        ("We agreed to move the archive to the cellar.", "move the archive to the cellar"),
        ("Det er besluttet, at haven får et hegn.", "haven får et hegn"),
    )
    dice = random.Random(1)
    found = 0
    for turn in range(_PLANTED):
        lines = _chatter(_MESSAGES // 10, turn)
        said, looked_for = decisions[turn % len(decisions)]
        place = dice.randrange(len(lines))
        lines[place] = Line(lines[place].id, "Bo", said)
        note = extracted(Transcript(lines), "da")
        found += any(looked_for in one.text and lines[place].id in one.sources for one in note.agreements)
    yield Row("planted decisions that are in the note", 100 * found / _PLANTED, "%", 100, "all", "100 %")
    lines = _chatter(_MESSAGES, 0)
    taken = median(seconds(lambda: extracted(Transcript(lines), "da"), times=3, clock=time.process_time))
    yield Row(f"a note on {_MESSAGES:,} messages, of a processor", taken, "s", 2.0, "limit", "< 2 s")
    taken = median(
        seconds(lambda: answered(Transcript(lines), "Hvem har transport?", "da"), times=3, clock=time.process_time)
    )
    yield Row(f"an answer from {_MESSAGES:,} messages, of a processor", taken, "s", 2.0, "limit", "< 2 s")


def rows() -> Iterator[Row]:
    yield from _chats(_OWN_CHATS)
    yield from _chats(_LATER_CHATS)
    for name, measured in (("QMSUM", _meetings), ("CHATS", _chats)):
        if os.environ.get(name):
            yield from measured(Path(os.environ[name]))
    yield from _planted()
