"""The letters of camps: made when they are sent, from what is true then."""

from bot.camps.cards import camp_card
from bot.camps.changes import changed_since
from bot.camps.deskcards import untold_card
from bot.camps.domain import Answer, CampState
from bot.camps.kinds import (
    CampCancelled,
    CampInvitation,
    CampNews,
    CampQuestion,
    CampReminder,
    CampSeat,
    CampStanding,
    CampUntold,
)
from bot.camps.lettercards import cancelled_card, news_card, question_card, reminder_card, seat_card
from bot.camps.planning import saved_now
from bot.camps.seeing import Seen, seen
from bot.deliveries.letters import Reading, Written, written
from bot.identity import CampId
from bot.messages.elements import Card


async def _seen(reading: Reading, camp: CampId) -> Seen | None:
    found = await reading.work.camps.get(camp)
    return None if found is None or reading.reader is None else await seen(reading.work, found, reading.reader.id)


async def _open(reading: Reading, camp: CampId) -> Seen | None:
    found = await _seen(reading, camp)
    return found if found is not None and found.is_open(reading.now) else None


def _card(reading: Reading, found: Seen) -> Card:
    organises = reading.reader is not None and reading.reader.is_organiser()
    return camp_card(found, reading.words, reading.now, organises=organises)


async def _invitation(reading: Reading, letter: CampInvitation) -> Card | None:
    found = await _open(reading, letter.camp)
    return None if found is None else _card(reading, found)


async def _standing(reading: Reading, letter: CampStanding) -> Card | None:
    found = await _seen(reading, letter.camp)
    return None if found is None else _card(reading, found)


async def _seat(reading: Reading, letter: CampSeat) -> Card | None:
    found = await _open(reading, letter.camp)
    return seat_card(found, reading.words) if found is not None and found.mine.comes() else None


async def _question(reading: Reading, letter: CampQuestion) -> Card | None:
    found = await _open(reading, letter.camp)
    if found is None or found.mine.answer not in {Answer.NONE, Answer.MAYBE}:
        return None
    return question_card(found, reading.words, reading.now)


async def _reminder(reading: Reading, letter: CampReminder) -> Card | None:
    found = await _open(reading, letter.camp)
    if found is None or reading.now >= found.camp.instant(found.camp.opens()) or not found.mine.comes():
        return None
    return reminder_card(found, reading.words, reading.now)


async def _news(reading: Reading, letter: CampNews) -> Card | None:
    found = await _open(reading, letter.camp)
    if found is None or found.mine.answer not in {Answer.YES, Answer.MAYBE}:
        return None
    before = found.camp.news.get(str(letter.change), {})
    changed = changed_since(before, found.camp)
    return news_card(found, changed, reading.words, reading.now) if changed else None


async def _untold(reading: Reading, letter: CampUntold) -> Card | None:
    found = await _open(reading, letter.camp)
    if found is None:
        return None
    saved = await saved_now(reading.work, found.camp, found.mine.member)
    return untold_card(saved, reading.words) if saved.untold and saved.concerned else None


async def _cancelled(reading: Reading, letter: CampCancelled) -> Card | None:
    found = await _seen(reading, letter.camp)
    if found is None or found.camp.state is not CampState.CANCELLED:
        return None
    return cancelled_card(found, reading.words)


LETTERS: tuple[Written, ...] = (
    written(CampInvitation, _invitation),
    written(CampStanding, _standing),
    written(CampSeat, _seat),
    written(CampQuestion, _question),
    written(CampReminder, _reminder),
    written(CampNews, _news),
    written(CampUntold, _untold),
    written(CampCancelled, _cancelled),
)
