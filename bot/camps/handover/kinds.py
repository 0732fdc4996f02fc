"""The kinds of letter of what follows a camp: ids only. Who writes them is in ``letters.py``."""

from dataclasses import dataclass
from typing import ClassVar

from bot.deliveries.domain import Letter
from bot.identity import CampId


@dataclass(frozen=True, slots=True)
class HandOverDue(Letter):
    """The morning after: what an organiser can do now."""

    code: ClassVar[str] = "camp_handover"
    camp: CampId


@dataclass(frozen=True, slots=True)
class HowWasIt(Letter):
    """Asks somebody who was there how the day was."""

    code: ClassVar[str] = "camp_how_was_it"
    camp: CampId


@dataclass(frozen=True, slots=True)
class DayNotes(Letter):
    """The notes of the day; as an edit, the same corrected."""

    code: ClassVar[str] = "camp_notes"
    camp: CampId
