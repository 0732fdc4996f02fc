"""The use cases of case notes, for a house of which a test wants something else."""

from adapters.summarisers.offline import OfflineSummariser
from bot.notes.service import NoteService
from bot.platforms import Platforms
from bot.ports import Clock, Units


def some_notes(units: Units, clock: Clock) -> NoteService:
    """Written by the rules of this house; nothing can be read."""
    return NoteService(units, clock, Platforms(), OfflineSummariser())
