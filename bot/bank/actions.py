"""What the buttons and forms of the knowledge bank mean. Ids, whole numbers and short words only."""

from dataclasses import dataclass
from typing import ClassVar

from bot.identity import MemberId, NoteId
from bot.messages.actions import Action


@dataclass(frozen=True, slots=True)
class ReadEntry(Action):
    """Shows a note of the bank."""

    code: ClassVar[str] = "bank_read"
    note: NoteId


@dataclass(frozen=True, slots=True)
class MoreFound(Action):
    """The next hits of a search. ``search`` is its number: only the last one can be gone on with."""

    code: ClassVar[str] = "bank_more"
    search: int
    page: int


@dataclass(frozen=True, slots=True)
class LookInBank(Action):
    """Opens the form of a search, and is sent with it."""

    code: ClassVar[str] = "bank_look"


@dataclass(frozen=True, slots=True)
class TellTrial(Action):
    """Opens the form "We tried it", and is sent with it."""

    code: ClassVar[str] = "bank_try"
    note: NoteId


@dataclass(frozen=True, slots=True)
class KeepTrial(Action):
    """It may stand there as it was shown. ``number``: of that preview, so that an older one keeps nothing."""

    code: ClassVar[str] = "bank_keep"
    note: NoteId
    number: int


@dataclass(frozen=True, slots=True)
class RemoveTrial(Action):
    """What somebody else said of trying it goes, by the note's author or an organiser."""

    code: ClassVar[str] = "bank_remove"
    note: NoteId
    who: MemberId


@dataclass(frozen=True, slots=True)
class TakeTrialBack(Action):
    """What I said of trying it goes."""

    code: ClassVar[str] = "bank_untry"
    note: NoteId


@dataclass(frozen=True, slots=True)
class AskBehind(Action):
    """Asks whoever is behind the note, or behind what was said of trying it, for an introduction."""

    code: ClassVar[str] = "bank_ask"
    note: NoteId
    who: MemberId


@dataclass(frozen=True, slots=True)
class HandFound(Action):
    """Hands what a search found as a file; ``shape`` is ``markdown`` or ``csv``."""

    code: ClassVar[str] = "bank_file"
    search: int
    shape: str


@dataclass(frozen=True, slots=True)
class HandEntry(Action):
    """Hands one note as a file."""

    code: ClassVar[str] = "bank_note"
    note: NoteId
