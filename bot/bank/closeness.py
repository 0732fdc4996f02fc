"""Notes that mean about the same as the question, where its words find little or the languages differ.

The sentences of a note are put to the embedding model in the background, once a version; the question when it is asked. On long
texts meaning found nothing that words do not find (it was tried), so only the title and some short sentences count. Without a
model, or where it does not answer, words decide alone.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.bank.ranking import Ranked
from bot.bank.reading import reader
from bot.bank.repository import Entry, Learned
from bot.bank.searching import Question, Search, among
from bot.bank.showing import sentences
from bot.bank.weighing import Sight
from bot.errors import ModelError, StorageError
from bot.identity import NoteId, WorkspaceId
from bot.matching.meanings.knowledge import everyday, packed, spoken
from bot.ports import Alarm, Clock, Embedder, Units, WorkspaceDirectory

if TYPE_CHECKING:
    from bot.matching.meanings.calibration import Calibration, Placed

_log = logging.getLogger(__name__)

# With so many notes that have all the words nobody needs to guess what was meant.
ENOUGH = 5
# A note with so much of what was asked for, by its words, is what was meant; one with less stands behind what means the same.
SURE = 0.5
# Texts of a note that are put to the model, and letters of one: the title, and sentences that are short.
_TEXTS, _LETTERS = 5, 160
# Notes whose meaning is compared, the newest ones: some eight kilobytes each are kept in memory for it.
MOST_COMPARED = 5_000
# Notes found by meaning that are looked at, and shown; and how far above the usual their cosine must be, in standard deviations.
_NEAR, _SHOWN, _CLOSE, _NEAR_BEST = 50, 3, 2.3, 0.35
# Seconds that somebody who waits is kept waiting for the model (its first answer takes it longer, and words have theirs
# already), and until it is asked again after a failure.
_PATIENCE, _AWAY = 1.0, timedelta(seconds=60)
# Notes that are learned and kept at a time.
_PART = 8
# Seconds after a change until new notes are learned by themselves.
_CALM, _ALARM_PATIENCE = 20.0, 600.0


@dataclass(frozen=True, slots=True)
class _Known:
    """The texts of an academy's notes where the calibration puts them, with the note that each is of."""

    mark: str
    notes: Sequence[NoteId]
    placed: "Placed"


@dataclass(frozen=True, slots=True)
class _Put:
    """A question that was put to the model, with what it is to be compared with."""

    known: _Known
    calibration: "Calibration"
    asked: Sequence[float]


class Closeness:
    """Without an ``embedder`` it finds nothing and learns nothing, and that is no trouble."""

    def __init__(
        self,
        units: Units,
        clock: Clock,
        embedder: Embedder | None = None,
        patience: float = _PATIENCE,
        calm: float = _CALM,
    ) -> None:
        self._units = units
        self._clock = clock
        self._embedder = embedder
        self._patience = patience
        self._calm = calm
        self._away_until = datetime.min.replace(tzinfo=UTC)
        self._calibration: Calibration | None = None
        self._kept: dict[WorkspaceId, _Known] = {}
        self._late: asyncio.Task[_Put | None] | None = None

    async def nearest(
        self, workspace: WorkspaceId, question: Question, sight: Sight, found: Search
    ) -> Sequence[Ranked]:
        """Notes that were not found by their words and mean the same, which this one may see."""
        said = _said(question.words)
        if self._embedder is None or not said or found.whole >= ENOUGH or self._is_away():
            return ()
        put = await self._soon(workspace, said, self._embedder)
        if put is None:
            return ()
        had = {one.note for one in found.ranked if one.share >= SURE}
        close = await asyncio.to_thread(_closest, put.known, put.calibration, put.asked)
        return await self._seen(workspace, question, sight, [one for one in close if one[0] not in had])

    async def _soon(self, workspace: WorkspaceId, said: str, embedder: Embedder) -> _Put | None:
        """What the model says, if it says it soon. Where it is late it goes on by itself, so that it is ready for the next
        question; until it has answered nobody else waits for it."""
        if self._late is not None and not self._late.done():
            return None
        task = asyncio.create_task(self._put(workspace, said, embedder))
        await asyncio.wait({task}, timeout=self._patience)
        if task.done():
            return task.result()
        self._late = task
        return None

    async def _put(self, workspace: WorkspaceId, said: str, embedder: Embedder) -> _Put | None:
        try:
            known = await self._known(workspace, embedder)
            if known is None:
                return None
            (asked,) = await embedder.embed([spoken(said)[:_LETTERS]])
            return _Put(known, await self._calibrated(embedder), asked)
        except ModelError as error:
            self._let_be(error)
        except StorageError as error:
            # Nobody may be waiting for it any more, and whoever does has what words found.
            _log.warning("Notes are found by their words alone this time: %s", type(error).__name__)
        return None

    async def learn(self, workspace: WorkspaceId) -> int:
        """Puts every note to the model that it has not seen. Returns how many."""
        if self._embedder is None or self._is_away():
            return 0
        learned = 0
        try:
            while True:
                some = await self._learn_some(workspace, self._embedder)
                learned += some
                if some < _PART:
                    return learned
        except ModelError as error:
            self._let_be(error)
            return learned

    async def keep_learning(self, directory: WorkspaceDirectory, alarm: Alarm) -> None:
        """Learns new notes by itself, some time after they came, until it is cancelled."""
        while self._embedder is not None:
            with suppress(StorageError):
                for workspace in await directory.every():
                    await self.learn(workspace.id)
            await alarm.wait(_ALARM_PATIENCE)
            await asyncio.sleep(self._calm)

    async def _learn_some(self, workspace: WorkspaceId, embedder: Embedder) -> int:
        async with self._units(workspace, reading=True) as work:
            entries = await work.bank.many(await work.bank.unlearned(embedder.model, _PART))
        if not entries:
            return 0
        texts = {note: texts_of(entry) for note, entry in entries.items()}
        vectors = iter(await embedder.embed([text for many in texts.values() for text in many]))
        learned = [
            Learned(note, entries[note].version, b"".join(packed(next(vectors)) for _ in many))
            for note, many in texts.items()
        ]
        async with self._units(workspace) as work:
            await work.bank.learn(embedder.model, learned)
            await work.commit()
        return len(learned)

    async def _known(self, workspace: WorkspaceId, embedder: Embedder) -> _Known | None:
        """What is kept in memory, made anew where a note was learned since."""
        async with self._units(workspace, reading=True) as work:
            mark = await work.bank.learned_mark(embedder.model)
            kept = self._kept.get(workspace)
            if kept is not None and kept.mark == mark:
                return kept
            learned = await work.bank.learned(embedder.model, MOST_COMPARED)
        if not learned:
            return None
        calibration = await self._calibrated(embedder)
        known = self._kept[workspace] = await asyncio.to_thread(_place, mark, learned, calibration)
        return known

    async def _calibrated(self, embedder: Embedder) -> "Calibration":
        """The model's numbers are told against a fixed sample, of which it is asked once."""
        if self._calibration is None:
            pairs = everyday()
            texts = [spoken(pair[side]) for side in (0, 1) for pair in pairs]
            self._calibration = await asyncio.to_thread(_calibrate, await embedder.embed(texts), len(pairs))
        return self._calibration

    def _is_away(self) -> bool:
        return self._clock.now() < self._away_until

    async def _seen(
        self, workspace: WorkspaceId, question: Question, sight: Sight, close: Sequence[tuple[NoteId, float]]
    ) -> Sequence[Ranked]:
        if not close:
            return ()
        async with self._units(workspace, reading=True) as work:
            some = [note for note, _ in close[:_NEAR]]
            may = await among(work.bank, some, question, sight, self._clock.now(), reader())
        return [Ranked(note, score, 0.0, may[note]) for note, score in close if note in may][:_SHOWN]

    def _let_be(self, error: ModelError) -> None:
        self._away_until = self._clock.now() + _AWAY
        _log.warning("Notes are found by their words alone for now: %s", type(error).__name__)


def texts_of(entry: Entry) -> Sequence[str]:
    """What the model is asked about: the title, and the first of the short sentences."""
    short = [text for text in sentences(entry.content) if len(text) <= _LETTERS]
    titles = [text for text in (entry.content.title[:_LETTERS],) if text.strip()]
    return [spoken(text) for text in dict.fromkeys([*titles, *short])][:_TEXTS]


def _said(typed: str) -> str:
    """What is put to the model: to it a number, or a word with one in it, is close to anything at all."""
    return " ".join(word for word in typed.split() if not any(letter.isdigit() for letter in word))


def _calibrate(vectors: Sequence[Sequence[float]], pairs: int) -> "Calibration":
    import numpy as np

    from bot.matching.meanings.calibration import Calibration

    rows = np.asarray(vectors, dtype=np.float64)
    return Calibration.read(rows[:pairs], rows[pairs:])


def _place(mark: str, learned: Sequence[Learned], calibration: "Calibration") -> _Known:
    import numpy as np

    length = calibration.centre.shape[-1]
    notes: list[NoteId] = []
    rows: list[bytes] = []
    for one in learned:
        rows.append(one.vectors)
        notes += [one.note] * (len(one.vectors) // (2 * length))
    vectors = np.frombuffer(b"".join(rows), "<f2").reshape(-1, length).astype(np.float64)
    return _Known(mark, notes, calibration.place(vectors))


def _closest(known: _Known, calibration: "Calibration", asked: Sequence[float]) -> Sequence[tuple[NoteId, float]]:
    """The notes of which a text is close to what was asked, the closest first, none far behind the best."""
    import numpy as np

    above = calibration.place(np.asarray([asked], dtype=np.float64)).above(known.placed)[0]
    best: dict[NoteId, float] = {}
    order: list[int] = np.argsort(-above, kind="stable")[: 4 * _NEAR].tolist()
    for place in order:
        score = round(float(above[place]), 2)
        if score < max(_CLOSE, (next(iter(best.values())) if best else score) - _NEAR_BEST):
            break
        best.setdefault(known.notes[place], score)
    return list(best.items())
