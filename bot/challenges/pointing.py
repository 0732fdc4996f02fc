"""What in an answer looks like somebody: its writer is asked before anybody else reads it. Finding takes processor time; use it
in a thread. Nobody has to agree: many a word that looks like a name is none. Numbers that belong to one person never stand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.messages.text import shortened
from bot.privacy import Finding, Kind, Masker
from bot.privacy.lexicon import lexicon

_GONE = "…"
_SHOWN = 60
# Which company is meant harms no citizen.
_HARMLESS = frozenset({Kind.CVR})
_MAY_STAND = frozenset({Kind.PERSON, Kind.ADDRESS, Kind.LINK, Kind.HANDLE})


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that looks personal, as it was written."""

    text: str = field(repr=False)
    kind: Kind

    def may_stand(self) -> bool:
        """Whether its writer may say that it is nobody private."""
        return self.kind in _MAY_STAND


def marks_in(texts: Iterable[str], masker: Masker) -> tuple[Mark, ...]:
    """What looks personal in these texts, each once. Members of the academy may be named."""
    found = [
        Mark(shortened(text[one.start : one.end], _SHOWN), one.kind) for text in texts for one in _in(text, masker)
    ]
    return tuple(dict.fromkeys(found))


def left_out(text: str, masker: Masker) -> str:
    """The text with an ellipsis in the place of each such part."""
    for one in reversed(_in(text, masker)):
        text = f"{text[: one.start]}{_GONE}{text[one.end :]}"
    return text


def _in(text: str, masker: Masker) -> Sequence[Finding]:
    found = [one for one in masker.find(text) if one.member is None and one.kind not in _HARMLESS]
    return [one for one in found if one.kind is not Kind.PERSON or _reads_as_name(text[one.start : one.end])]


def _reads_as_name(written: str) -> bool:
    """Masking is careful with every word that it does not know; to ask about each of them would tire people. Asked about is what
    is written as names are, and first names however they are written."""
    return not written[:1].islower() or written.split(maxsplit=1)[0].casefold() in lexicon().first
