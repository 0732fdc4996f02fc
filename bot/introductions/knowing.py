"""What is known of an academy's tags when a round is planned or somebody searches: its own words, and a model's vectors.

A tag is put to the model once and kept under a mark that nobody can read back; tags that nobody has any more are forgotten.
The model is asked outside of any unit of work. Where it does not answer, planning goes on with words: no round ever fails
for it, and the organisers read so above the draft. Whoever waits is not kept for long: what is not compared in time is
compared by its words now, and goes on being learned for the next time.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache

from bot.errors import ModelError, Phrase, StorageError, phrase
from bot.identity import WorkspaceId
from bot.introductions.nearness import Comparing, ModelNearness
from bot.matching.meanings.knowledge import Knowledge, mark_of, packed, spoken, texts_for
from bot.members.domain import Member, Synonyms
from bot.members.wording import meaning_of, merged, table
from bot.ports import Alarm, Embedder, UnitOfWork, Units, WorkspaceDirectory

_log = logging.getLogger(__name__)

# Seconds for which somebody who waits for a draft or an answer is kept waiting for the model.
PATIENCE = 10.0
# Texts that are asked about and kept at a time: what a crash or a failure can lose.
_PART = 64
# Seconds until a model that did not answer is asked again.
_AWAY = 60.0
# Seconds after a change until new tags are learned by themselves; looking for them reads every member, so it is done seldom.
CALM = 20.0
_SELDOM = 15  # times as long
_ALARM_PATIENCE = 600.0


class Knowing:
    """Without an ``embedder``, words decide, and that is no trouble to tell anybody about."""

    def __init__(
        self,
        units: Units,
        embedder: Embedder | None = None,
        patience: float = PATIENCE,
        calm: float = CALM,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._units = units
        self._embedder = embedder
        self._patience = patience
        self._calm = calm
        self._now = now
        self._learning: dict[WorkspaceId, asyncio.Task[None]] = {}
        self._away_until = 0.0
        self._failing = False

    async def of(self, workspace: WorkspaceId, asked: str = "") -> Knowledge:
        """What is known now. ``asked``: something just typed, which is kept nowhere."""
        if self._embedder is not None and not self._is_away():
            await asyncio.wait({self._task(workspace, self._embedder)}, timeout=self._patience)
        groups, vectors, texts = await self._read(workspace)
        if self._embedder is None or not vectors:
            return Knowledge(groups)
        found = {text: vectors[mark] for text in texts if (mark := mark_of(text)) in vectors}
        if asked:
            found |= await self._vectors_now(self._embedder, spoken(asked), found)
        return Knowledge(groups, found)

    def nearness(self, compare: Comparing) -> ModelNearness | None:
        """What helps to suggest tags for a sentence; None without a model."""
        return ModelNearness(self._units, self._embedder, compare) if self._embedder is not None else None

    def note(self, workspace: WorkspaceId) -> Phrase | None:
        """For the organiser, where a model was wanted and has not read everything."""
        if self._failing:
            return phrase("The language model did not answer, so needs and offers were compared by their words only.")
        running = self._learning.get(workspace)
        if running is not None and not running.done():
            return phrase(
                "I am still reading new needs and offers, so some were compared by their words only. A draft that is drawn"
                " again in a minute uses them all."
            )
        return None

    async def learn(self, workspace: WorkspaceId) -> None:
        """Asks the model about every tag that it has not seen, and forgets what nobody has any more."""
        if self._embedder is None or self._is_away():
            return
        await asyncio.wait({self._task(workspace, self._embedder)})

    async def keep_learning(self, directory: WorkspaceDirectory, alarm: Alarm) -> None:
        """Learns new tags by itself, some time after they came, until it is cancelled."""
        while self._embedder is not None:
            await alarm.wait(_ALARM_PATIENCE)
            await asyncio.sleep(self._calm)
            with suppress(StorageError):
                for workspace in await directory.every():
                    await self.learn(workspace.id)
            await asyncio.sleep(self._calm * _SELDOM)

    async def close(self) -> None:
        """Lets go of what is being learned; the next time it goes on from there."""
        for task in self._learning.values():
            task.cancel()
        await asyncio.gather(*self._learning.values(), return_exceptions=True)

    def _is_away(self) -> bool:
        return self._now() < self._away_until

    def _task(self, workspace: WorkspaceId, embedder: Embedder) -> "asyncio.Task[None]":
        """The same learning for all who wait for it at once."""
        running = self._learning.get(workspace)
        if running is None or running.done():
            running = self._learning[workspace] = asyncio.create_task(
                self._learn(workspace, embedder), name="learning tags"
            )
        return running

    async def _learn(self, workspace: WorkspaceId, embedder: Embedder) -> None:
        try:
            await self._ask(workspace, embedder)
        except ModelError as error:
            self._away(error)
        except StorageError as error:
            _log.warning("Learning tags has to wait: %s", type(error).__name__)

    async def _ask(self, workspace: WorkspaceId, embedder: Embedder) -> None:
        model = embedder.model
        _, vectors, texts = await self._read(workspace)
        new = [text for text in texts if mark_of(text) not in vectors]
        for start in range(0, len(new), _PART):
            part = new[start : start + _PART]
            given = await embedder.embed(part)
            kept = {mark_of(text): packed(vector) for text, vector in zip(part, given, strict=True)}
            async with self._units(workspace) as work:
                await work.vectors.add(model, kept)
                await work.commit()
        self._failing = False
        marks = [mark_of(text) for text in texts]
        if new or vectors.keys() - set(marks):
            async with self._units(workspace) as work:
                gone = await work.vectors.keep_only(model, marks)
                await work.commit()
            _log.info("Learned %d tags and forgot %d", len(new), gone)

    async def _vectors_now(self, embedder: Embedder, text: str, found: Mapping[str, bytes]) -> dict[str, bytes]:
        if text in found or self._is_away():
            return {}
        try:
            async with asyncio.timeout(self._patience):
                (vector,) = await embedder.embed([text])
        except ModelError as error:
            self._away(error)
            return {}
        except TimeoutError:
            return {}
        return {text: packed(vector)}

    def _away(self, error: ModelError) -> None:
        self._failing = True
        self._away_until = self._now() + _AWAY
        _log.warning("Words alone decide for now: %s", type(error).__name__)

    async def _read(
        self, workspace: WorkspaceId
    ) -> tuple[Mapping[str, Sequence[str]], Mapping[str, bytes], Sequence[str]]:
        """The table of synonyms, what the model has said by mark, and every text that it has to be asked about."""
        async with self._units(workspace, reading=True) as work:
            own = tuple(await work.vocabulary.synonyms())
            known, everybody = await self._seen(work)
        tags = [tag for member in everybody for tag in tags_of(member)]
        return _groups(own), known, texts_for(tags, meaning_of(own).reader if tags else None)

    async def _seen(self, work: UnitOfWork) -> tuple[Mapping[str, bytes], Sequence[Member]]:
        """What the model has said, and whose tags it is asked about; nothing where there is no model."""
        if self._embedder is None:
            return {}, ()
        return await work.vectors.known(self._embedder.model), await work.members.everybody()


@lru_cache(maxsize=8)
def _groups(own: tuple[Synonyms, ...]) -> Mapping[str, Sequence[str]]:
    """The table as the academy has it, which takes some 50 ms; empty where it has no words of its own."""
    return merged(own, table()) if own else {}


def tags_of(member: Member) -> Sequence[str]:
    """Everything of a profile that is compared with other profiles."""
    return (*member.needs, *member.offers, *member.themes)
