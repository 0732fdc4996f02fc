"""What the buttons and forms after a camp mean. Ids and whole numbers only."""

from dataclasses import dataclass
from typing import ClassVar

from bot.identity import CampId
from bot.messages.actions import Action


@dataclass(frozen=True, slots=True)
class ShowAfterCamp(Action):
    """How far it is with everything after a camp."""

    code: ClassVar[str] = "cmp_after"
    camp: CampId


@dataclass(frozen=True, slots=True)
class TickWhoCame(Action):
    """Opens, and submits, the list of those who came."""

    code: ClassVar[str] = "cmp_came"
    camp: CampId


@dataclass(frozen=True, slots=True)
class PreviewQuestions(Action):
    """Shows what those who were there would be asked."""

    code: ClassVar[str] = "cmp_askpreview"
    camp: CampId


@dataclass(frozen=True, slots=True)
class AskHowItWas(Action):
    """Those who were there are to be asked."""

    code: ClassVar[str] = "cmp_howask"
    camp: CampId


@dataclass(frozen=True, slots=True)
class SayHowItWas(Action):
    """Opens, and submits, the three questions."""

    code: ClassVar[str] = "cmp_how"
    camp: CampId


@dataclass(frozen=True, slots=True)
class ShowAnswers(Action):
    """What was answered so far."""

    code: ClassVar[str] = "cmp_answers"
    camp: CampId


@dataclass(frozen=True, slots=True)
class WriteDayNotes(Action):
    """Opens, and submits, the notes of the day; ``revision`` is the one that was seen."""

    code: ClassVar[str] = "cmp_notes"
    camp: CampId
    revision: int


@dataclass(frozen=True, slots=True)
class PreviewDayNotes(Action):
    """How the notes would look."""

    code: ClassVar[str] = "cmp_notesee"
    camp: CampId


@dataclass(frozen=True, slots=True)
class ShareDayNotes(Action):
    """The notes are to go to those who were there, as they were seen."""

    code: ClassVar[str] = "cmp_noteshare"
    camp: CampId
    revision: int


@dataclass(frozen=True, slots=True)
class ShowFigures(Action):
    """The camp in figures."""

    code: ClassVar[str] = "cmp_figures"
    camp: CampId


@dataclass(frozen=True, slots=True)
class TakeFigures(Action):
    """The same as a file."""

    code: ClassVar[str] = "cmp_figurefile"
    camp: CampId
