"""The letters of polls: made when they are sent, from what is true then."""

from bot.deliveries.letters import Reading, Written, written
from bot.messages.elements import Card
from bot.polls.cards import over_card, poll_card, reminder_card
from bot.polls.domain import Poll, PollState
from bot.polls.kinds import PollCard, PollOver, PollReminder
from bot.polls.standing import standing


async def _card(reading: Reading, letter: PollCard) -> Card | None:
    poll = await reading.work.polls.get(letter.poll)
    return None if poll is None else poll_card(await standing(reading.work, poll), reading.words)


async def _over(reading: Reading, letter: PollOver) -> Card | None:
    poll = await _in_state(reading, letter, PollState.CLOSED)
    return None if poll is None else over_card(await standing(reading.work, poll), reading.words)


async def _reminder(reading: Reading, letter: PollReminder) -> Card | None:
    poll = await _in_state(reading, letter, PollState.OPEN)
    return None if poll is None else reminder_card(await standing(reading.work, poll), reading.words)


async def _in_state(reading: Reading, letter: PollOver | PollReminder, state: PollState) -> Poll | None:
    poll = await reading.work.polls.get(letter.poll)
    return poll if poll is not None and poll.state is state else None


LETTERS: tuple[Written, ...] = (
    written(PollCard, _card),
    written(PollOver, _over),
    written(PollReminder, _reminder),
)
