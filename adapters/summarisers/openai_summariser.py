"""Case notes by a language model, on any server of OpenAI's form.

What it is given is masked already. A long conversation goes in parts and is put together afterwards; of what comes back only
what the messages bear out is believed (:mod:`bot.notes.claims`); and an answer that is none is shown to the model once, with
what is wrong about it.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from adapters.summarisers.openai_chat import Chat, Manner, Server
from adapters.summarisers.openai_errand import Bounds, Errand
from adapters.summarisers.openai_look import Able, able
from bot.errors import ModelAway
from bot.notes.casenote import Answer
from bot.notes.summarising import HowFar, Written
from bot.notes.transcript import Transcript

_log = logging.getLogger(__name__)


class OpenaiSummariser:
    """Implements :class:`bot.notes.asking.Outside`."""

    def __init__(self, server: Server, bounds: Bounds) -> None:
        self._server = server
        self._bounds = bounds
        self._manner = Manner()

    @property
    def model(self) -> str:
        """The server belongs to the name: who agrees to one has not agreed to another."""
        return f"{self._server.model} {urlsplit(self._server.base).hostname}"[:100]

    @property
    def room(self) -> int:
        """See :class:`adapters.summarisers.openai_errand.Bounds`."""
        return self._bounds.room

    async def summarise(self, transcript: Transcript, language: str, how_far: HowFar | None = None) -> Written:
        """A note on all of it. Raises ModelError."""
        async with self._errand(language, how_far) as errand:
            note = await errand.note(transcript.lines)
        return Written(note, self.model, errand.cost)

    async def answer(self, transcript: Transcript, question: str, language: str) -> Answer:
        """What it says about the question. Raises ModelError."""
        async with self._errand(language, None) as errand:
            return await errand.answer(transcript.lines, question)

    async def look(self) -> Able:
        """What this server can do, by asking it for one word. Raises ModelError where it answers nothing at all."""
        async with self._errand("en", None) as errand:
            return await able(errand.chat, self._server.model)

    @asynccontextmanager
    async def _errand(self, language: str, how_far: HowFar | None) -> AsyncGenerator[Errand, None]:
        """The connection is closed however it ends, also where whoever waits for it gives up."""
        try:
            async with asyncio.timeout(self._bounds.patience), Chat(self._server, self._manner) as chat:
                errand = Errand(chat, language, self._bounds, how_far)
                try:
                    yield errand
                finally:
                    took = errand.cost
                    _log.info(
                        "asked the model: %d requests, %d tokens there and %d back",
                        took.calls,
                        took.tokens_in,
                        took.tokens_out,
                    )
        except TimeoutError:
            raise ModelAway("the model takes longer than OPENAI_PATIENCE allows") from None
