"""What the knowledge bank keeps, and how it is searched: the same results whichever database keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.identity import MemberId, NoteId
from bot.notes.casenote import CaseNote
from bot.notes.domain import Audience


@dataclass(frozen=True, slots=True)
class Entry:
    """A published note as the bank knows it: masked already, for good. ``took_part`` (with the author among them) may see it
    where its audience is :attr:`Audience.US`. ``links``: to the messages, by id, for those who may see these."""

    note: NoteId
    author: MemberId
    took_part: tuple[MemberId, ...]
    audience: Audience
    content: CaseNote
    themes: tuple[str, ...]
    sectors: tuple[str, ...]
    place: str
    version: int
    published_at: datetime
    links: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)


class Bank(Protocol):
    """The published notes of one academy. Searching and trials stand below; putting and removing is what publishing needs."""

    async def put(self, entry: Entry) -> None:
        """Adds it, or takes the place of an earlier version."""
        ...

    async def remove(self, note: NoteId) -> None:
        """Takes it out, with what was said of it; one that is not there is fine."""
        ...

    async def get(self, note: NoteId) -> Entry | None:
        """One entry."""
        ...

    async def many(self, notes: Sequence[NoteId]) -> Mapping[NoteId, Entry]:
        """Those of them that are there."""
        ...
