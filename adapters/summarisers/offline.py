"""The summariser that asks nobody: the rules of :mod:`bot.notes.extract`, behind the port that a model stands behind as well."""

import asyncio

from bot.notes.casenote import Answer, grounded
from bot.notes.extract import answered, extracted
from bot.notes.summarising import HowFar, Written
from bot.notes.transcript import Transcript


class OfflineSummariser:
    """Chooses sentences; the same transcript always gives the same note. Works in a thread, since thousands of lines take a
    second."""

    @property
    def model(self) -> str:
        """Empty: no model is asked."""
        return ""

    async def summarise(self, transcript: Transcript, language: str, how_far: HowFar | None = None) -> Written:
        """The note; one without statements where nothing was said in words."""
        note = await asyncio.to_thread(extracted, transcript, language)
        if how_far is not None:
            await how_far(1.0)
        return Written(grounded(note, {line.id for line in transcript.lines}))

    async def answer(self, transcript: Transcript, question: str, language: str) -> Answer:
        """Only what was said about the question; empty where nothing was."""
        return await asyncio.to_thread(answered, transcript, question, language)
