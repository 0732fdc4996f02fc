"""The letters of polls: made when they are sent, from what is true then."""

from datetime import datetime

from bot.deliveries.domain import Delivery, DeliveryState
from bot.deliveries.letters import Reading, Written, written
from bot.messages.elements import Card
from bot.polls.cards import poll_card, reminder_card
from bot.polls.domain import Poll, PollState
from bot.polls.hostcards import over_card
from bot.polls.kinds import PollCard, PollNotPosted, PollOver, PollReminder
from bot.polls.lostcards import not_posted_card
from bot.polls.outgoing import not_posted
from bot.polls.standing import standing
from bot.ports import UnitOfWork


async def _card(reading: Reading, letter: PollCard) -> Card | None:
    poll = await reading.work.polls.get(letter.poll)
    return None if poll is None else poll_card(await standing(reading.work, poll), reading.words)


async def _not_posted(reading: Reading, letter: PollNotPosted) -> Card | None:
    poll = await _in_state(reading, letter, PollState.OPEN)
    card = await reading.work.deliveries.get(letter.card)
    if (
        poll is None
        or card is None
        or card.state is DeliveryState.SENT
        or all(place.anchor != card.id for place in poll.places)
    ):
        return None
    return not_posted_card(poll, card, reading.words)


async def _tell_not_posted(work: UnitOfWork, card: Delivery, now: datetime) -> None:
    letter = card.letter
    poll = await work.polls.get(letter.poll) if isinstance(letter, PollCard) else None
    if poll is not None and poll.state is PollState.OPEN:
        await work.deliveries.add([not_posted(poll, card, now)])


async def _over(reading: Reading, letter: PollOver) -> Card | None:
    poll = await _in_state(reading, letter, PollState.CLOSED)
    return None if poll is None else over_card(await standing(reading.work, poll), reading.words)


async def _reminder(reading: Reading, letter: PollReminder) -> Card | None:
    poll = await _in_state(reading, letter, PollState.OPEN)
    return None if poll is None else reminder_card(await standing(reading.work, poll), reading.words)


async def _in_state(reading: Reading, letter: PollOver | PollReminder | PollNotPosted, state: PollState) -> Poll | None:
    poll = await reading.work.polls.get(letter.poll)
    return poll if poll is not None and poll.state is state else None


LETTERS: tuple[Written, ...] = (
    written(PollCard, _card, _tell_not_posted),
    written(PollNotPosted, _not_posted),
    written(PollOver, _over),
    written(PollReminder, _reminder),
)
