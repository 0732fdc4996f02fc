"""The letters of what follows a camp: made when they are sent, from what is true then."""

from bot.camps.domain import Camp, CampState
from bot.camps.handover.cards import due_card
from bot.camps.handover.kinds import DayNotes, HandOverDue, HowWasIt
from bot.camps.handover.membercards import notes_card, question_card
from bot.deliveries.letters import Reading, Written, written
from bot.identity import CampId
from bot.messages.elements import Card


async def _due(reading: Reading, letter: HandOverDue) -> Card | None:
    camp = await _held(reading, letter.camp)
    if camp is None or reading.reader is None or not reading.reader.is_organiser():
        return None
    return due_card(camp, reading.words)


async def _how(reading: Reading, letter: HowWasIt) -> Card | None:
    camp, kept = await _held(reading, letter.camp), await reading.work.handovers.get(letter.camp)
    answered = kept is not None and reading.reader is not None and reading.reader.id in kept.answered
    return None if camp is None or answered else question_card(camp, reading.words)


async def _notes(reading: Reading, letter: DayNotes) -> Card | None:
    camp, kept = await _held(reading, letter.camp), await reading.work.handovers.get(letter.camp)
    return None if camp is None or kept is None or not kept.shared else notes_card(camp, kept.shared, reading.words)


async def _held(reading: Reading, camp: CampId) -> Camp | None:
    found = await reading.work.camps.get(camp)
    return None if found is None or found.state is CampState.CANCELLED else found


LETTERS: tuple[Written, ...] = (
    written(HandOverDue, _due),
    written(HowWasIt, _how),
    written(DayNotes, _notes),
)
