"""What is known about an academy's tags, as a plain value: it can be kept, sent to another process, and read there.

A vector is what an embedding model says of a text, as little-endian half-precision floats: exact enough (it changes a
cosine by less than a thousandth), half the room, and the same bytes on every machine.
"""

import hashlib
import struct
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.matching.meanings.reading import Reader

if TYPE_CHECKING:
    from bot.matching.meaning import Meaning

EVERYDAY = Path(__file__).parent.parent / "data" / "everyday.toml"
_MARK = 16  # bytes


@dataclass(frozen=True, slots=True)
class Knowledge:
    """``groups``: the table of synonyms as the academy has it; empty for the one that comes with the bot.

    ``vectors``: what the embedding model says, by :func:`spoken` text; empty where words alone decide.
    """

    groups: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    vectors: Mapping[str, bytes] = field(default_factory=dict[str, bytes])

    def meaning(self) -> "Meaning":
        """What the planner works with. Takes some 100 ms the first time, so it is made where the planning is done."""
        from bot.matching.meanings.vectors import VectorMeaning
        from bot.matching.meanings.words import WordMeaning

        words = WordMeaning.load(groups=self.groups)
        return VectorMeaning.read(words, self.vectors, everyday()) or words


@lru_cache(maxsize=1)
def everyday() -> tuple[tuple[str, str], ...]:
    """The sample against which a model is calibrated: pairs of texts that mean the same in Danish and in English."""
    return tuple((danish, english) for danish, english in tomllib.loads(EVERYDAY.read_text("utf-8"))["same"])


def texts_for(tags: Iterable[str], reader: Reader | None = None) -> tuple[str, ...]:
    """Every text of which the model has to be asked for these tags, each once: the sample, the tags, and with a ``reader``
    those of their words that the table of synonyms does not know, by which two tags with a common part are told apart."""
    asked = list(tags)
    words = [word for tag in asked for word in reader.unknown(tag).values()] if reader else []
    sample = (text for pair in everyday() for text in pair)
    return tuple(dict.fromkeys(text for text in map(spoken, (*sample, *asked, *words)) if text))


def spoken(tag: str) -> str:
    """A tag as the model reads it: capitals and spaces say nothing about meaning."""
    return " ".join(tag.casefold().replace("_", " ").split())


def mark_of(text: str) -> str:
    """What a text is kept under: nobody can read it back."""
    return hashlib.blake2b(text.encode(), digest_size=_MARK).hexdigest()


def packed(vector: Sequence[float]) -> bytes:
    """A vector as it is kept. Raises OverflowError or struct.error for numbers that no model gives."""
    return struct.pack(f"<{len(vector)}e", *vector)
