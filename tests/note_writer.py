"""A model of which a test decides what it writes, and when."""

import asyncio

from adapters.summarisers.offline import OfflineSummariser
from bot.errors import ModelAway
from bot.members.domain import Role, WorkspaceOptions
from bot.notes.asking import Asker, Outside
from bot.notes.casenote import Answer, CaseNote, Statement
from bot.notes.summarising import Cost, HowFar, Written
from bot.notes.transcript import Transcript
from tests.introductions_talk import Academy, a_member


class Writer:
    """A model that writes one sentence; as slowly as its gate opens, or not at all. ``share``: how much it says to have written
    then; ``further``: when it says twice as much."""

    model = "writer example.org"
    room = 8_000

    def __init__(self) -> None:
        self.given: list[Transcript] = []
        self.gate: asyncio.Event | None = None
        self.heard = asyncio.Event()
        self.fails = False
        self.share = 0.4
        self.further: asyncio.Event | None = None
        self.title = "From the model"

    async def summarise(self, transcript: Transcript, language: str, how_far: HowFar | None = None) -> Written:
        self.given.append(transcript)
        self.heard.set()
        if self.gate is not None:
            if how_far is not None:
                await how_far(self.share)
                if self.further is not None:
                    await self.further.wait()
                    await how_far(2 * self.share)
            await self.gate.wait()
        if self.fails:
            raise ModelAway("the server answers 503")
        first = transcript.lines[0]
        said = Statement(f"{first.author} needs a flat.", (first.id, "nonsense"))
        return Written(CaseNote(self.title, language, (said,)), self.model, Cost(1, 1_000, 200, 0.5))

    async def answer(self, transcript: Transcript, question: str, language: str) -> Answer:
        raise AssertionError((transcript, question, language))


async def an_academy(writer: Outside, **options: object) -> Academy:
    """Three members and an organiser, with this model."""
    chosen = WorkspaceOptions(language="en", **options)  # type: ignore[arg-type]  # the test names options
    academy = await Academy.begin(chosen, asker=Asker(writer, OfflineSummariser()))
    await academy.joins(a_member("Olga Hansen", "Akademiet", "research", role=Role.ORGANISER))
    for name, organisation, sector in (
        ("Anna Holm", "Rødovre Kommune", "municipality"),
        ("Bo Lind", "Hallen", "business"),
        ("Carl Juhl", "Nordfonden", "foundation"),
    ):
        await academy.joins(a_member(name, organisation, sector))
    return academy
