"""What a language model adds to suggested tags, and that nobody waits for it in vain."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool

import pytest

from bot.errors import ModelAway
from bot.introductions.knowing import Knowing
from bot.introductions.nearness import ModelNearness, compared
from bot.matching.meanings.knowledge import Knowledge, mark_of, packed
from bot.members.domain import Synonyms
from tests.members_talk import Talk, an_academy

SAID = ("en by med havn", "Havn")
TAGS = ("bådplads", "lokaler")


class Model:
    """An embedding model that knows nothing but how long a text is."""

    model = "length"

    def __init__(self, fault: Exception | None = None, seconds: float = 0.0) -> None:
        self.asked: list[str] = []
        self._fault = fault
        self._seconds = seconds

    async def embed(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Sequence[Sequence[float]]:
        assert progress is None
        self.asked += texts
        await asyncio.sleep(self._seconds)
        if self._fault:
            raise self._fault
        return [[float(len(text))] for text in texts]


class Comparing:
    """Remembers what it was given to compare."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.known = Knowledge()
        self._fault = fault

    async def __call__(self, said: Sequence[str], tags: Sequence[str], known: Knowledge) -> Sequence[float]:
        assert said == SAID
        self.known = known
        if self._fault:
            raise self._fault
        return [0.5] * len(tags)


@pytest.fixture
async def talk() -> Talk:
    return await an_academy()


async def test_it_is_asked_about_the_sentence_and_knows_the_tags_of_rounds(talk: Talk) -> None:
    async with talk.memory.units(talk.workspace) as work:
        await work.vectors.add("length", {mark_of("bådplads"): packed([8.0]), mark_of("havn"): packed([4.0])})
        await work.vocabulary.put_synonyms(Synonyms("havn", ("havn", "bådplads")))
        await work.commit()
    model, compare = Model(), Comparing()
    assert await ModelNearness(talk.memory.units, model, compare).near(talk.workspace, SAID, TAGS) == [0.5, 0.5]
    assert model.asked == ["en by med havn", "havn"]
    assert compare.known.vectors == {
        "bådplads": packed([8.0]), "en by med havn": packed([14.0]), "havn": packed([4.0]),
    }  # fmt: skip
    assert ("havn", "bådplads") in compare.known.groups.values()
    async with talk.memory.units(talk.workspace, reading=True) as work:
        assert len(await work.vectors.known("length")) == 2


@pytest.mark.parametrize(
    ("model", "compare"),
    [
        (Model(ModelAway("gone")), Comparing()),
        (Model(seconds=30), Comparing()),
        (Model(), Comparing(BrokenProcessPool("killed"))),
    ],
    ids=["away", "slow", "killed"],
)
async def test_where_it_does_not_answer_words_alone_suggest(talk: Talk, model: Model, compare: Comparing) -> None:
    nearness = ModelNearness(talk.memory.units, model, compare, patience=0.2)
    assert await nearness.near(talk.workspace, SAID, TAGS) == [0.0, 0.0]


async def test_there_is_none_without_a_model(talk: Talk) -> None:
    assert Knowing(talk.memory.units).nearness(Comparing()) is None
    assert Knowing(talk.memory.units, Model()).nearness(Comparing()) is not None


def test_the_nearest_part_of_what_was_said_counts() -> None:
    assert compared(("hos os", "mødelokaler"), ("lokaler", "jura", "bedding"), Knowledge()) == (1.0, 0.0, 0.0)
