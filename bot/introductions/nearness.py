"""What a language model adds to the tags that are suggested for a sentence: it may know what no word of it says.

Only what the model is sure of counts, as in a round. It is asked about the sentence and its parts, which are kept nowhere;
the tags' vectors are those that rounds use. Where it does not answer soon, words alone suggest.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from typing import TypeAlias

from bot.errors import ModelError
from bot.identity import WorkspaceId
from bot.matching.meanings.knowledge import Knowledge, mark_of, packed, spoken, texts_for
from bot.members.wording import merged, table
from bot.ports import Embedder, Units

_log = logging.getLogger(__name__)

# Seconds for which somebody who has just saved their profile is kept waiting.
PATIENCE = 4.0
Comparing: TypeAlias = Callable[[Sequence[str], Sequence[str], Knowledge], Awaitable[Sequence[float]]]


class ModelNearness:
    """Implements :class:`bot.members.suggesting.Nearness`. ``compare`` does the work of :func:`compared` where there is
    room for it."""

    def __init__(self, units: Units, embedder: Embedder, compare: Comparing, patience: float = PATIENCE) -> None:
        self._units = units
        self._embedder = embedder
        self._compare = compare
        self._patience = patience

    async def near(self, workspace: WorkspaceId, said: Sequence[str], tags: Sequence[str]) -> Sequence[float]:
        """For each tag, how close the nearest of what was said is to it; 0 for all where the model does not answer."""
        async with self._units(workspace, reading=True) as work:
            own = tuple(await work.vocabulary.synonyms())
            kept = await work.vectors.known(self._embedder.model)
        try:
            async with asyncio.timeout(self._patience):
                vectors = await self._vectors(said, tags, kept)
                known = Knowledge(await asyncio.to_thread(merged, own, table()), vectors)
                return await self._compare(said, tags, known)
        except (ModelError, TimeoutError, BrokenProcessPool) as error:
            _log.info("Words alone suggest tags: %s", type(error).__name__)
            return [0.0] * len(tags)

    async def _vectors(
        self, said: Sequence[str], tags: Sequence[str], kept: Mapping[str, bytes]
    ) -> Mapping[str, bytes]:
        known = {text: kept[mark] for text in texts_for(tags) if (mark := mark_of(text)) in kept}
        new = [text for text in dict.fromkeys(map(spoken, said)) if text not in known]
        given = await self._embedder.embed(new)
        return known | {text: packed(vector) for text, vector in zip(new, given, strict=True)}


def compared(said: Sequence[str], tags: Sequence[str], known: Knowledge) -> tuple[float, ...]:
    """How close the nearest of what was said is to each tag."""
    close = known.meaning().closeness(said, tags)
    return tuple(float(one) for one in close.max(axis=0))
