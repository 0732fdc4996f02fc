"""A model of which a test decides what it writes, and when."""

import asyncio

from bot.errors import ModelAway
from bot.notes.casenote import Answer, CaseNote, Statement
from bot.notes.summarising import Cost, HowFar, Written
from bot.notes.transcript import Transcript


class Writer:
    """A model that writes one sentence; as slowly as its gate opens, or not at all."""

    model = "writer example.org"
    room = 8_000

    def __init__(self) -> None:
        self.given: list[Transcript] = []
        self.gate: asyncio.Event | None = None
        self.fails = False
        self.title = "From the model"

    async def summarise(self, transcript: Transcript, language: str, how_far: HowFar | None = None) -> Written:  # noqa: ARG002 - the port's
        self.given.append(transcript)
        if self.gate is not None:
            await self.gate.wait()
        if self.fails:
            raise ModelAway("the server answers 503")
        first = transcript.lines[0]
        said = Statement(f"{first.author} needs a flat.", (first.id, "nonsense"))
        return Written(CaseNote(self.title, language, (said,)), self.model, Cost(1, 1_000, 200, 0.5))

    async def answer(self, transcript: Transcript, question: str, language: str) -> Answer:
        raise AssertionError((transcript, question, language))
