"""What dialogues about case notes have in common: a conversation, somebody who makes a note of it, and what they read."""

from collections.abc import Sequence
from datetime import timedelta

from bot.identity import Account, Address, new_id
from bot.interactions import Arrival, Invocation, Place, PlaceKind, Press, Submission
from bot.messages.actions import encode_action
from bot.messages.elements import Button, File
from bot.messages.forms import CheckField, ChoiceField, Form, ListField, TextField
from bot.messages.meanwhile import marks_of
from bot.notes.domain import Note, NoteState
from bot.threads import Author, Said
from tests.fake_threads import FakeThreads
from tests.introductions_talk import Academy, Answer, Somebody

GENERAL = Address("web", "channel:general")
THREAD = Address("web", "message:thread")
TALK = (
    ("Anna", "Karen Madsen kan ikke få en bolig, og hun har to børn. Hun bor på et herberg i Rødovre."),
    ("Bo", "Vi har en lejlighed, som står tom. Hvad med at hun flytter ind der?"),
    ("Anna", "Det er en god idé. Hendes nummer er 20 30 40 50."),
    ("Carl", "Vi kunne betale indskuddet. Hvem taler med boligforeningen?"),
    ("Bo", "Vi aftaler, at jeg ringer til boligforeningen på mandag."),
    ("Anna", "Vi er enige om, at fonden betaler indskuddet."),
)


def threads(academy: Academy, platform: str = "web") -> FakeThreads:
    """What can be read on a platform."""
    found = academy.readers.threads(academy.workspace, platform)
    assert found is not None
    return found


def said(academy: Academy, talk: Sequence[tuple[str, str]] = TALK, platform: str = "web") -> list[Said]:
    """A conversation that began an hour ago. Somebody who is no member is called by their name alone; ``bot`` is one."""
    begun = academy.clock.now() - timedelta(hours=1)
    return [
        Said(
            id=f"m{place}",
            at=begun + timedelta(minutes=place),
            author=Author.OURSELVES if who == "bot" else Author.PERSON,
            account=None if who == "bot" else Account(platform, who),
            name=who,
            text=text,
            reply_to="" if place == 1 else "m1",
        )
        for place, (who, text) in enumerate(talk, start=1)
    ]


def arrival(somebody: Somebody, message: Address | None = None, place: Address = GENERAL, id_: str = "") -> Arrival:
    where = Place(place, PlaceKind.CHANNEL, message)
    return Arrival(id_ or str(new_id()), somebody.academy.workspace, somebody.account, where, somebody.first)


async def marks(somebody: Somebody, message: Address = THREAD) -> Answer:
    """Chooses "Make case note" in the menu of a message."""
    somebody.academy.clock.advance(seconds=2)
    asked = Invocation(arrival(somebody, message), "note", verb="make", values={})
    return Answer(await somebody.academy.desk.invoke(asked))


async def types(somebody: Somebody, line: str, place: Address = GENERAL) -> Answer:
    """In the channel."""
    somebody.academy.clock.advance(seconds=2)
    command, _, text = line.removeprefix("/").partition(" ")
    return Answer(await somebody.academy.desk.invoke(Invocation(arrival(somebody, place=place), command, text)))


async def drafts(somebody: Somebody) -> Answer:
    """A draft of the usual conversation."""
    threads(somebody.academy, somebody.platform).threads[THREAD] = said(somebody.academy, platform=somebody.platform)
    return await marks(somebody)


async def fills(somebody: Somebody, form: Form, **values: str | tuple[str, ...] | File) -> Answer:
    """Sends a form with what stood in it, but for these."""
    somebody.academy.clock.advance(seconds=2)
    shown: dict[str, str | tuple[str, ...] | File] = {}
    for one in form.fields:
        if isinstance(one, TextField | ListField | ChoiceField):
            shown[one.key] = one.value
        elif isinstance(one, CheckField):
            shown[one.key] = "on" if one.value else ""
    submission = Submission(somebody.arrival(), encode_action(form.action), {**shown, **values}, marks_of(form))
    return Answer(await somebody.academy.desk.submit(submission))


async def presses(somebody: Somebody, button: Button, id_: str = "") -> Answer:
    """A button of a card that only this person sees."""
    somebody.academy.clock.advance(seconds=2)
    asked = Press(somebody.arrival(arrival=id_), encode_action(button.action))
    return Answer(await somebody.academy.desk.press(asked))


async def previews(somebody: Somebody, draft: Answer, audience: str = "academy", **values: str) -> Answer:
    """How it will look to others."""
    form = (await presses(somebody, draft.buttons["Publish…"])).form
    return await fills(somebody, form, audience=(audience,), **values)


async def publishes(somebody: Somebody, draft: Answer, audience: str = "academy") -> Answer:
    """Publishes a draft as it is."""
    shown = await previews(somebody, draft, audience)
    return await presses(somebody, shown.buttons["Publish"])


async def notes(academy: Academy, *states: NoteState) -> list[Note]:
    async with academy.memory.units(academy.workspace, reading=True) as work:
        return list(await work.notes.in_states(states or tuple(NoteState)))
