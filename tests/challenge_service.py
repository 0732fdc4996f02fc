"""The challenges' service, for houses that are not about challenges."""

from bot.challenges.service import ChallengeService, Writers
from bot.notes.service import NoteService
from bot.platforms import Platforms
from bot.ports import Chats, Clock, Units
from bot.threads import Readers
from bot.words import Languages
from tests.note_service import some_notes


def some_challenges(
    units: Units,
    clock: Clock,
    notes: NoteService | None = None,
    chats: Chats | None = None,
    readers: Readers | None = None,
) -> ChallengeService:
    """Without platforms, where none are given; its notes are made by rules."""
    made = notes or some_notes(units, clock)
    return ChallengeService(
        units, clock, chats or Platforms(), Writers(made.drafting, Languages.load(), readers or Platforms())
    )
