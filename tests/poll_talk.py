"""What dialogues about polls have in common: a channel in which commands are typed and cards stand."""

from bot.identity import Address, new_id
from bot.interactions import Arrival, Invocation, Place, PlaceKind, Press, Submission
from bot.messages.actions import encode_action
from bot.messages.elements import Button, Card
from bot.messages.forms import Form
from bot.messages.replies import OpenForm
from bot.messages.text import flat
from bot.polls.domain import Poll, PollState
from tests.introductions_talk import Academy, Answer, Somebody, buttons_of, words_of

GENERAL = Address("web", "channel:general")


def arrival(somebody: Somebody, known: str = "", place: Address = GENERAL) -> Arrival:
    """In the channel, where others read along."""
    where = Place(place, PlaceKind.CHANNEL, None)
    return Arrival(known or str(new_id()), somebody.academy.workspace, somebody.account, where, somebody.first)


async def types(somebody: Somebody, line: str, place: Address = GENERAL) -> Answer:
    somebody.academy.clock.advance(seconds=2)
    command, _, text = line.removeprefix("/").partition(" ")
    invocation = Invocation(arrival(somebody, place=place), command, text)
    return Answer(await somebody.academy.desk.invoke(invocation))


def told(answer: Answer) -> str:
    """What the answer says, on a card or above the form that it opens."""
    forms = [reply.form for reply in answer.replies if isinstance(reply, OpenForm)]
    return "\n".join([answer.text, *(flat(form.intro) for form in forms)])


async def presses(somebody: Somebody, button: Button | str, known: str = "") -> Answer:
    """A button, or its label on the newest card in the channel."""
    somebody.academy.clock.advance(seconds=2)
    found = buttons_of(card_in(somebody.academy))[button] if isinstance(button, str) else button
    press = Press(arrival(somebody, known), encode_action(found.action))
    return Answer(await somebody.academy.desk.press(press))


async def fills(somebody: Somebody, form: Form, **values: str | tuple[str, ...]) -> Answer:
    somebody.academy.clock.advance(seconds=2)
    submission = Submission(arrival(somebody), encode_action(form.action), values)
    return Answer(await somebody.academy.desk.submit(submission))


async def posted(somebody: Somebody, line: str) -> Poll:
    """Writes a poll, posts it, and waits until it stands there."""
    shown = await types(somebody, line)
    await presses(somebody, shown.buttons["Post it"])
    await somebody.academy.delivers()
    return (await polls(somebody.academy))[0]


async def polls(academy: Academy, *states: PollState) -> list[Poll]:
    async with academy.memory.units(academy.workspace, reading=True) as work:
        return list(await work.polls.in_states(states or tuple(PollState)))


def card_in(academy: Academy, place: Address = GENERAL) -> Card:
    """The newest card in the channel, as it looks now."""
    return academy.chats.of(academy.workspace, place.platform).said_in(place)[-1]


def reads(academy: Academy, place: Address = GENERAL) -> str:
    return words_of(card_in(academy, place))
