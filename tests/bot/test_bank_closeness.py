"""Notes that mean the same as the question, found by a model where words find little; without one all goes on."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import date
from random import Random

from bot.bank.closeness import Closeness, texts_of
from bot.bank.reading import reader
from bot.bank.searching import Question, search
from bot.bank.service import BankService
from bot.bank.weighing import Sight
from bot.errors import ModelAway, Unavailable
from bot.identity import MemberId, NoteId, WorkspaceId, new_id
from bot.introductions.service import IntroductionService
from bot.members.domain import WorkspaceOptions
from bot.notes.casenote import CaseNote
from bot.notes.domain import Audience
from bot.ports import UnitOfWork
from tests.bank_notes import ENGLISH, LONELY, TRANSPORT, a_note, an_entry
from tests.fakes import Memory, StoppedClock

# Directions that texts point to by the first of these words that they have; all else lies somewhere between.
TOPICS = (("barnepige", "nanny", "carers"), ("bus", "minibus", "kører"), ("spis", "café", "cafe"))


class Topics:
    """A model that knows three topics."""

    model = "topics"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.away = False
        self.started = asyncio.Event()
        self.started.set()

    async def embed(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Sequence[Sequence[float]]:
        del progress
        self.asked += texts
        await self.started.wait()
        if self.away:
            raise ModelAway("away")
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> list[float]:
        about = next((place for place, words in enumerate(TOPICS) if any(word in text for word in words)), None)
        # Texts on nothing that it knows point anywhere.
        chance = Random(text)
        noise = [chance.uniform(-1, 1) for _ in range(24)]
        return [*(9.0 if place == about else 0.0 for place in range(len(TOPICS))), *noise]


class House:
    """An academy with a bank."""

    def __init__(self, model: Topics | None, patience: float = 5.0) -> None:
        self.memory, self.clock = Memory(), StoppedClock()
        self.closeness = Closeness(self.memory.units, self.clock, model, patience, calm=0.0)
        finding = IntroductionService(self.memory.units, self.clock).finding
        self.service = BankService(self.memory.units, self.clock, finding, self.closeness)

    async def open(self, *notes: CaseNote) -> WorkspaceId:
        workspace = (await self.memory.directory.ensure("local", "A", WorkspaceOptions())).id
        async with self.memory.units(workspace) as work:
            await work.bank.put_all([an_entry(one) for one in notes])
            await work.commit()
        return workspace

    async def titles(self, workspace: WorkspaceId, question: Question | str, sight: Sight | None = None) -> list[str]:
        asked = Question(question) if isinstance(question, str) else question
        found = await self.service.look(workspace, asked, sight or Sight())
        return [f"{hit.entry.content.title}{'?' if hit.meant else ''}" for hit in found.hits]


async def test_a_danish_question_finds_an_english_note() -> None:
    model = Topics()
    house = House(model)
    others = [a_note(f"Regnskab {number}", "Vi taler om tal.") for number in range(6)]
    workspace = await house.open(ENGLISH, TRANSPORT, LONELY, *others)
    assert await house.titles(workspace, "barnepige") == []
    assert await house.closeness.learn(workspace) == 9
    assert await house.closeness.learn(workspace) == 0
    assert await house.titles(workspace, "barnepige") == [f"{ENGLISH.title}?"]
    # What words find stands first, and is not guessed at a second time.
    assert await house.titles(workspace, "minibussen") == [TRANSPORT.title]
    model.asked.clear()
    assert await house.titles(workspace, "barnepige") == [f"{ENGLISH.title}?"]
    assert model.asked == ["barnepige"]
    assert await house.titles(workspace, Question("barnepige", theme="health")) == []
    assert await house.titles(workspace, Question("barnepige", place="--")) == []
    assert await house.titles(workspace, Question("barnepige", since=date(2027, 1, 1))) == []


async def test_one_short_note_is_enough() -> None:
    house = House(Topics())
    workspace = await house.open(CaseNote("Barnepige søges", "da"))
    await house.closeness.learn(workspace)
    assert await house.titles(workspace, "carers") == ["Barnepige søges?"]


async def test_meaning_shows_nobody_what_they_may_not_see() -> None:
    house = House(Topics())
    workspace = await house.open()
    anna = MemberId(new_id())
    async with house.memory.units(workspace) as work:
        await work.bank.put(an_entry(ENGLISH, author=anna, audience=Audience.US))
        await work.commit()
    await house.closeness.learn(workspace)
    assert await house.titles(workspace, "barnepige") == []
    assert await house.titles(workspace, "barnepige", Sight(MemberId(new_id()))) == []
    assert await house.titles(workspace, "barnepige", Sight(anna)) == [f"{ENGLISH.title}?"]


async def test_the_model_is_not_asked_where_words_suffice_or_nothing_was_said() -> None:
    model = Topics()
    house = House(model)
    workspace = await house.open(*[a_note(f"Haver {number}", "Vi graver.") for number in range(6)])
    await house.closeness.learn(workspace)
    model.asked.clear()
    assert len(await house.titles(workspace, "haver")) == 5
    assert len(await house.titles(workspace, Question(" "))) == 5
    assert model.asked == []
    assert await house.titles(workspace, "bil") == []
    assert model.asked[-1] == "bil"
    # A number is close to anything, so nobody asks about one.
    model.asked.clear()
    await house.titles(workspace, "ingenting1234 70")
    await house.titles(workspace, "cykel 2026")
    assert model.asked == ["cykel"]


async def test_a_model_that_is_away_is_left_in_peace_for_a_minute() -> None:
    model = Topics()
    house = House(model)
    workspace = await house.open(ENGLISH)
    assert await House(None).closeness.learn(workspace) == 0
    await house.closeness.learn(workspace)
    model.away = True
    assert await house.titles(workspace, "barnepige") == []
    model.away = False
    assert await house.titles(workspace, "barnepige") == []
    assert await house.closeness.learn(workspace) == 0
    house.clock.advance(seconds=61)
    assert await house.titles(workspace, "barnepige") == [f"{ENGLISH.title}?"]


async def test_a_model_that_starts_keeps_nobody_waiting_and_is_ready_for_the_next() -> None:
    model = Topics()
    house = House(model, patience=0.05)
    workspace = await house.open(ENGLISH)
    await house.closeness.learn(workspace)
    model.started.clear()
    assert await house.titles(workspace, "barnepige") == []
    asked = len(model.asked)
    assert await house.titles(workspace, "barnepige") == []
    assert len(model.asked) == asked
    model.started.set()
    async with asyncio.timeout(5):
        await _until(house, workspace, found=True)


async def test_a_database_that_sleeps_leaves_what_words_found() -> None:
    def asleep(workspace: WorkspaceId, *, reading: bool = False) -> AbstractAsyncContextManager[UnitOfWork]:
        raise Unavailable(f"{workspace} {reading}")

    house = House(None)
    workspace = await house.open(ENGLISH)
    async with house.memory.units(workspace, reading=True) as work:
        found = await search(work.bank, Question("barnepige"), Sight(), house.clock.now(), reader())
    closeness = Closeness(asleep, house.clock, Topics())
    assert await closeness.nearest(workspace, Question("barnepige"), Sight(), found) == ()


async def test_new_versions_are_learned_by_themselves() -> None:
    model = Topics()
    house = House(model)
    workspace = await house.open(ENGLISH)
    model.away = True
    assert await house.closeness.learn(workspace) == 0
    model.away = False
    house.clock.advance(seconds=61)
    learning = asyncio.create_task(house.closeness.keep_learning(house.memory.directory, house.memory.alarm))
    try:
        async with asyncio.timeout(5):
            await _until(house, workspace, found=True)
            async with house.memory.units(workspace) as work:
                (note,) = await work.bank.newest([Audience.PUBLIC], 1)
                entry = await work.bank.get(note)
                assert entry is not None
                await work.bank.put(replace(entry, content=TRANSPORT, version=2))
                await work.commit()
            house.memory.alarm.ring()
            await _until(house, workspace, found=False)
    finally:
        learning.cancel()
    await House(None).closeness.keep_learning(house.memory.directory, house.memory.alarm)


async def _until(house: House, workspace: WorkspaceId, *, found: bool) -> None:
    while bool(await house.titles(workspace, "barnepige")) is not found:  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(0.01)


def test_only_the_title_and_short_sentences_are_asked_about() -> None:
    long = "meget " * 60
    assert texts_of(an_entry(a_note("Titel", long, "Kort.", "Kort."))) == ["titel", "kort."]
    assert texts_of(an_entry(a_note("", "Kort."))) == ["kort."]


async def test_a_note_that_is_gone_meanwhile_is_not_shown() -> None:
    house = House(Topics())
    workspace = await house.open(ENGLISH)
    await house.closeness.learn(workspace)
    async with house.memory.units(workspace, reading=True) as work:
        found = await search(work.bank, Question("barnepige"), Sight(), house.clock.now(), reader())
    async with house.memory.units(workspace) as work:
        await work.bank.remove((await work.bank.newest([Audience.PUBLIC], 1))[0])
        await work.commit()
    assert await house.closeness.nearest(workspace, Question("barnepige"), Sight(), found) == ()
    assert NoteId(new_id()) not in {one.note for one in found.ranked}
