"""How an academy's tags are learned: each once, for nobody's long wait, and without any round that fails for it."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import replace

import pytest

from bot.errors import ModelAway, Unavailable
from bot.identity import WorkspaceId
from bot.introductions.drafting import DraftView
from bot.introductions.knowing import Knowing
from bot.introductions.service import IntroductionService
from bot.matching.meanings.knowledge import everyday, mark_of
from bot.members.domain import Synonyms, WorkspaceOptions
from tests.fakes import Memory
from tests.introductions_talk import Academy, a_small_academy


class Model:
    """A model of the test's own: it counts what it is asked, and can be away or slow."""

    def __init__(self, name: str = "a model") -> None:
        self.name = name
        self.asked: list[str] = []
        self.away = False
        self.open = asyncio.Event()
        self.open.set()

    @property
    def model(self) -> str:
        return self.name

    async def embed(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Sequence[Sequence[float]]:
        del progress
        await self.open.wait()
        if self.away:
            raise ModelAway("it sleeps")
        self.asked += texts
        return [[1.0, float(len(text)), float(sum(map(ord, text)) % 97)] for text in texts]


class Watch:
    """A clock for waiting times that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
async def academy() -> Academy:
    return await a_small_academy(WorkspaceOptions(language="en"))


@pytest.fixture
def model() -> Model:
    return Model()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def knowing(academy: Academy, model: Model, watch: Watch) -> AsyncGenerator[Knowing, None]:
    knowing = Knowing(academy.memory.units, model, patience=5.0, now=watch)
    yield knowing
    await knowing.close()


async def kept(academy: Academy, model: Model) -> set[str]:
    async with academy.memory.units(academy.workspace, reading=True) as work:
        return set(await work.vectors.known(model.name))


async def needs_now(academy: Academy, *needs: str) -> None:
    async with academy.memory.units(academy.workspace) as work:
        anna = await work.members.get(academy.ids["Anna"])
        assert anna is not None
        await work.members.put(replace(anna, needs=needs))
        await work.commit()


async def test_each_tag_is_asked_about_once_and_kept_under_a_mark(
    academy: Academy, model: Model, knowing: Knowing
) -> None:
    await needs_now(academy, "a very rare need")
    known = await knowing.of(academy.workspace)
    assert "a very rare need" in known.vectors
    assert len(model.asked) == len(set(model.asked)) == len(known.vectors)
    assert mark_of("a very rare need") in await kept(academy, model)
    before = len(model.asked)
    assert await knowing.of(academy.workspace) == known
    assert len(model.asked) == before


async def test_only_what_is_new_is_asked_about_and_what_nobody_has_is_forgotten(
    academy: Academy, model: Model, knowing: Knowing
) -> None:
    await needs_now(academy, "the first need")
    await knowing.learn(academy.workspace)
    model.asked.clear()
    await needs_now(academy, "the second need")
    await knowing.learn(academy.workspace)
    assert set(model.asked) <= {"the second need", "second"}
    there = await kept(academy, model)
    assert mark_of("the second need") in there
    assert mark_of("the first need") not in there
    assert mark_of(everyday()[0][0]) in there
    model.asked.clear()
    await needs_now(academy)
    await knowing.learn(academy.workspace)
    assert model.asked == []
    assert mark_of("the second need") not in await kept(academy, model)


async def test_another_model_is_asked_about_everything_again(academy: Academy, model: Model, knowing: Knowing) -> None:
    await knowing.learn(academy.workspace)
    other = Model("another model")
    await Knowing(academy.memory.units, other).learn(academy.workspace)
    assert set(other.asked) == set(model.asked)
    assert await kept(academy, model) == set()


async def test_what_is_searched_for_is_kept_nowhere(academy: Academy, model: Model, knowing: Knowing) -> None:
    known = await knowing.of(academy.workspace, "Something  typed")
    assert "something typed" in known.vectors
    assert mark_of("something typed") not in await kept(academy, model)
    assert "something typed" not in (await knowing.of(academy.workspace)).vectors
    model.asked.clear()
    await needs_now(academy, "sailing")
    await knowing.of(academy.workspace, "Sailing")
    assert model.asked == ["sailing"]


async def test_a_model_that_is_away_is_left_alone_for_a_while_and_words_decide(
    academy: Academy, model: Model, knowing: Knowing, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    model.away = True
    assert (await knowing.of(academy.workspace, "premises")).vectors == {}
    assert knowing.note(academy.workspace) is not None
    assert "ModelAway" in caplog.text
    model.away = False
    await knowing.learn(academy.workspace)
    assert (await knowing.of(academy.workspace, "premises")).vectors == {}
    assert model.asked == []
    watch.seconds = 61.0
    assert (await knowing.of(academy.workspace)).vectors
    assert knowing.note(academy.workspace) is None


async def test_a_model_that_goes_away_in_the_middle_keeps_what_is_known(
    academy: Academy, model: Model, knowing: Knowing
) -> None:
    known = await knowing.of(academy.workspace)
    model.away = True
    assert await knowing.of(academy.workspace, "sailing") == known
    assert knowing.note(academy.workspace) is not None
    assert await knowing.of(academy.workspace, "sailing") == known


async def test_nobody_waits_long_and_the_learning_goes_on(academy: Academy, model: Model) -> None:
    hasty = Knowing(academy.memory.units, model, patience=0.01)
    model.open.clear()
    assert (await hasty.of(academy.workspace)).vectors == {}
    unfinished = hasty.note(academy.workspace)
    assert unfinished is not None
    assert unfinished.message.startswith("I am still reading")
    model.open.set()
    await hasty.learn(academy.workspace)
    assert hasty.note(academy.workspace) is None
    assert len(model.asked) == len(set(model.asked))
    model.open.clear()
    assert "typed" not in (await hasty.of(academy.workspace, "typed")).vectors
    await hasty.close()


async def test_what_was_being_learned_at_the_end_is_let_go(academy: Academy, model: Model) -> None:
    model.open.clear()
    knowing = Knowing(academy.memory.units, model, patience=0.0)
    await knowing.of(academy.workspace)
    await knowing.close()
    assert model.asked == []


async def test_without_a_model_the_academys_own_words_are_what_is_known(academy: Academy) -> None:
    knowing = Knowing(academy.memory.units)
    assert (await knowing.of(academy.workspace)).groups == {}
    async with academy.memory.units(academy.workspace) as work:
        await work.vocabulary.put_synonyms(Synonyms("festsal", ("festsal", "aula")))
        await work.commit()
    known = await knowing.of(academy.workspace, "aula")
    assert ("festsal", "aula") in known.groups.values()
    assert known.meaning().closeness(["aula"], ["festsal"])[0, 0] == 1.0
    await knowing.learn(academy.workspace)
    assert knowing.note(academy.workspace) is None


async def test_storage_that_does_not_answer_is_no_reason_to_stop(
    academy: Academy, model: Model, caplog: pytest.LogCaptureFixture
) -> None:
    def units(workspace: WorkspaceId, *, reading: bool = False) -> object:
        raise Unavailable("the disk is away")

    knowing = Knowing(units, model)  # type: ignore[arg-type]  # one that never gives a unit
    await knowing.learn(academy.workspace)
    assert "Unavailable" in caplog.text


async def test_new_tags_are_learned_by_themselves(academy: Academy, model: Model) -> None:
    knowing = Knowing(academy.memory.units, model, calm=0.0)
    memory = academy.memory
    assert isinstance(memory, Memory)
    running = asyncio.create_task(knowing.keep_learning(memory.directory, memory.alarm))
    await needs_now(academy, "something new")
    while "something new" not in model.asked:
        memory.alarm.ring()
        await asyncio.sleep(0.01)
    running.cancel()
    await knowing.close()
    await Knowing(memory.units).keep_learning(memory.directory, memory.alarm)


async def test_the_organiser_reads_above_the_draft_that_words_decided(
    academy: Academy, model: Model, knowing: Knowing
) -> None:
    model.away = True
    service = IntroductionService(academy.memory.units, academy.clock, knowing=knowing)
    drawn = await service.drafts.draw(academy.workspace, academy.ids["Olga"])
    assert isinstance(drawn, DraftView)
    assert drawn.note is not None
    assert drawn.note.message.startswith("The language model did not answer")
