"""What tags mean, for the commands that have no academy: the model is asked each time, as nothing is written.

The command line hands in which model there is; this room knows none.
"""

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import typer

from bot.terminal import ProgressLine, run_async

if TYPE_CHECKING:
    from bot.matching.meaning import Meaning
    from bot.ports import Embedder
    from bot.settings import Settings
    from bot.words import Words

# Which model the settings mean; None where words alone decide.
Models: TypeAlias = "Callable[[Settings], Embedder | None]"

# Different tags of a spreadsheet of which a model is asked without somebody having asked for one: some half a minute.
MOST = 1_000


def meaning_of(tags: Iterable[str], models: Models, words: "Words") -> "Meaning | None":
    """The best meaning there is for these tags; None where words alone decide, and on stderr why if that is not as usual."""
    from bot.errors import ModelError
    from bot.matching.meanings.knowledge import texts_for
    from bot.matching.meanings.words import WordMeaning
    from bot.settings import MeaningOf, read_settings

    settings = read_settings()
    model = models(settings)
    if model is None:
        return None
    texts = texts_for(tags, WordMeaning.load().reader)
    if len(texts) > MOST and settings.brobygger_meaning is MeaningOf.BEST:
        typer.echo(
            words.say(
                "There are so many different needs, offers and themes that I compare them by their words. Set"
                " BROBYGGER_MEANING to local or server to compare them by a language model as well."
            ),
            err=True,
        )
        return None
    try:
        return _asked(model, texts, words)
    except ModelError as error:
        typer.echo(
            words.say("The language model did not answer ({why}), so I compare by words only.", why=str(error)),
            err=True,
        )
        return None


def _asked(model: "Embedder", texts: Sequence[str], words: "Words") -> "Meaning":
    from bot.matching.meanings.knowledge import Knowledge, packed

    line = ProgressLine(time.perf_counter, so_far(words), sys.stderr)
    vectors = run_async(_embedded(model, texts, lambda done: line.show(done, len(texts))))
    line.clear()
    return Knowledge(vectors={text: packed(vector) for text, vector in zip(texts, vectors, strict=True)}).meaning()


async def _embedded(
    model: "Embedder", texts: Sequence[str], progress: Callable[[int], None]
) -> Sequence[Sequence[float]]:
    return await model.embed(texts, progress)


def so_far(words: "Words") -> Callable[[float, int], str]:
    """What the progress line says."""
    return lambda done, of: words.say("{done} of {of} tags read", done=words.number(round(done)), of=words.number(of))
