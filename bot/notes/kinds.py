"""The kinds of letter of case notes: ids only. Who writes them is in ``letters.py``."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from bot.deliveries.domain import Letter
from bot.identity import NoteId


@dataclass(frozen=True, slots=True)
class NoteReading(Letter):
    """How far the reading of a long thread is; as an edit, how far it is then, and at last the draft."""

    code: ClassVar[str] = "note_reading"
    job: UUID


@dataclass(frozen=True, slots=True)
class NoteWritten(Letter):
    """To the author: the model has written its draft."""

    code: ClassVar[str] = "note_written"
    note: NoteId


@dataclass(frozen=True, slots=True)
class NoteTold(Letter):
    """To somebody who took part: others will see a note of it."""

    code: ClassVar[str] = "note_told"
    note: NoteId


@dataclass(frozen=True, slots=True)
class NoteObjected(Letter):
    """To the author: somebody who took part does not want it to be seen so widely."""

    code: ClassVar[str] = "note_objected"
    note: NoteId


@dataclass(frozen=True, slots=True)
class NoteOpened(Letter):
    """To the author: nobody objected, and everybody can see it now."""

    code: ClassVar[str] = "note_opened"
    note: NoteId
