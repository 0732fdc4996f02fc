"""What the buttons and forms of case notes mean. Ids, whole numbers and short words only."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from bot.identity import NoteId
from bot.messages.actions import Action
from bot.notes.domain import Audience


class Side(StrEnum):
    """The two halves in which a note is edited: what it is about, and what came of it."""

    ABOUT = "about"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class NoteFromText(Action):
    """Opens, and submits, the form in which a conversation is pasted, or uploaded as a file."""

    code: ClassVar[str] = "note_text"


@dataclass(frozen=True, slots=True)
class ShowNote(Action):
    """The note, shortly, with what one may do."""

    code: ClassVar[str] = "note_show"
    note: NoteId


@dataclass(frozen=True, slots=True)
class ReadNote(Action):
    """All that it says, page by page from 1."""

    code: ClassVar[str] = "note_read"
    note: NoteId
    page: int


@dataclass(frozen=True, slots=True)
class EditNote(Action):
    """Opens, and submits, the form in which one half is edited."""

    code: ClassVar[str] = "note_edit"
    note: NoteId
    side: Side


@dataclass(frozen=True, slots=True)
class ChooseAudience(Action):
    """Opens, and submits, the form in which is chosen who may see it."""

    code: ClassVar[str] = "note_audience"
    note: NoteId


@dataclass(frozen=True, slots=True)
class LetStand(Action):
    """Opens, and submits, the form in which is chosen what need not be masked."""

    code: ClassVar[str] = "note_words"
    note: NoteId
    audience: Audience


@dataclass(frozen=True, slots=True)
class PublishNote(Action):
    """It is to be published as it was seen."""

    code: ClassVar[str] = "note_publish"
    note: NoteId
    revision: int
    audience: Audience


@dataclass(frozen=True, slots=True)
class ThrowAwayNote(Action):
    """A draft is to go."""

    code: ClassVar[str] = "note_drop"
    note: NoteId


@dataclass(frozen=True, slots=True)
class WithdrawNote(Action):
    """A published one is to be taken back."""

    code: ClassVar[str] = "note_withdraw"
    note: NoteId


@dataclass(frozen=True, slots=True)
class SeeVersions(Action):
    """What was published so far; one of them, by its number, or 0 for the list."""

    code: ClassVar[str] = "note_versions"
    note: NoteId
    number: int


@dataclass(frozen=True, slots=True)
class AskModel(Action):
    """What a model would be sent, before it is."""

    code: ClassVar[str] = "note_model"
    note: NoteId


@dataclass(frozen=True, slots=True)
class SendToModel(Action):
    """It may be sent as it was seen; ``digest`` begins its sum."""

    code: ClassVar[str] = "note_send"
    note: NoteId
    digest: str


@dataclass(frozen=True, slots=True)
class KeepFromModel(Action):
    """Nothing is to be sent."""

    code: ClassVar[str] = "note_keep"
    note: NoteId


@dataclass(frozen=True, slots=True)
class StopReading(Action):
    """A reading is to stop."""

    code: ClassVar[str] = "note_stop"
    job: UUID


@dataclass(frozen=True, slots=True)
class ReadAgain(Action):
    """A reading that came to nothing is to begin again."""

    code: ClassVar[str] = "note_again"
    job: UUID


@dataclass(frozen=True, slots=True)
class ObjectToNote(Action):
    """Opens, and submits, the form in which one says no to an audience."""

    code: ClassVar[str] = "note_object"
    note: NoteId
    audience: Audience


@dataclass(frozen=True, slots=True)
class MuteNotes(Action):
    """No more messages about notes."""

    code: ClassVar[str] = "note_mute"


@dataclass(frozen=True, slots=True)
class HearOfNotes(Action):
    """Messages about notes again."""

    code: ClassVar[str] = "note_hear"


@dataclass(frozen=True, slots=True)
class ListNotes(Action):
    """One's own notes, and those that rest on what one said."""

    code: ClassVar[str] = "note_list"


@dataclass(frozen=True, slots=True)
class OpenNote(Action):
    """The one that was chosen from the list."""

    code: ClassVar[str] = "note_open"


@dataclass(frozen=True, slots=True)
class EditNoteRules(Action):
    """Opens, and submits, the form of what the academy has chosen about notes."""

    code: ClassVar[str] = "note_rules"
