"""What stands at each message of the local workspace, and reading its threads: from a message to a draft that one person sees."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from adapters.summarisers.offline import OfflineSummariser
from adapters.web.menu import Entry, entries_on_messages
from adapters.web.spots import Spot, message_address
from adapters.web.threads import WebThreads
from bot.errors import Gone
from bot.identity import Address, ConversationId, MessageId, new_id
from bot.messages.elements import Card, Paragraph
from bot.messages.text import plain
from bot.notes.service import NoteService
from bot.platforms import Platforms
from bot.playground.domain import Message
from bot.ports import Clock, Units
from bot.threads import Author
from bot.words import Languages
from commands import note
from tests.adapters.web_academy import Academy, open_academy
from tests.adapters.web_talk import card_of, say, seen
from tests.introductions_talk import words_of


@pytest.fixture
async def noting() -> Academy:
    """The academy with the command for notes."""
    platforms = Platforms()

    def made(units: Units, clock: Clock) -> NoteService:
        platforms.read("web", lambda workspace: WebThreads(workspace, units))
        return NoteService(units, clock, platforms, OfflineSummariser())

    return await open_academy(Languages.load(), ((note.COMMAND,), note.ACTIONS, note.FORMS), made)


async def chooses(
    academy: Academy, message: MessageId, verb: str = "make", command: str = "note"
) -> tuple[int, object]:
    body = {"id": str(uuid4()), "command": command, "verb": verb}
    async with academy.client() as client:
        answer = await client.post(f"/as/{academy.anna.id}/messages/{message}/menu", json=body)
    return answer.status_code, answer.json() if answer.status_code == 200 else None


async def test_a_message_of_a_person_has_an_entry_and_its_draft_is_private(noting: Academy) -> None:
    place = await noting.general()
    root = await noting.say(noting.anna, place, "We need a flat for a family.")
    await noting.chat.say(noting.bo, Spot(place, root), "We agree to lend you one.", str(new_id()))
    await noting.chat.post(Spot(place).address(), Card("bot", (Paragraph(plain("hello")),)), "k")
    async with noting.client() as client:
        page = (await client.get(f"/as/{noting.anna.id}/c/{place}")).text
        danish = (await client.get(f"/as/{noting.carla.id}/c/{place}")).text
    assert page.count('class="on-message"') == 1
    assert 'aria-label="Make case note"' in page
    assert 'aria-label="Lav casenotat"' in danish
    assert await chooses(noting, root) == (200, {"outcome": "done"})
    draft = (await seen(noting, noting.anna, place))[-1]
    assert "Only you see this draft" in words_of(card_of(noting, draft))
    assert "1 agreement" in words_of(card_of(noting, draft))
    assert draft.only_for == noting.anna.id
    assert draft.id not in [one.id for one in await seen(noting, noting.bo, place)]
    assert (await chooses(noting, root, "list"))[0] == 404
    assert (await chooses(noting, MessageId(new_id())))[0] == 404
    answer = await say(noting, noting.anna, place, "/note", thread=str(root))
    assert answer.json() == {"outcome": "done"}


async def test_threads_channels_and_times_are_read_without_what_only_one_was_shown(noting: Academy) -> None:
    place, clock = await noting.general(), noting.front.clock
    reader = WebThreads(noting.front.workspace.id, noting.front.units)
    begun = clock.now()
    root = await noting.say(noting.anna, place, "one")
    await noting.chat.whisper(Spot(place).address(), Card("x", (Paragraph(plain("x")),)), "w", noting.anna.id)
    async with noting.front.units(noting.front.workspace.id) as work:
        for number in range(520):
            text = f"answer {number}"
            await work.playground.add(Message(MessageId(new_id()), place, noting.bo.id, text, clock.now(), text, root))
        await work.commit()
    last = await noting.say(noting.bo, place, "last")
    await noting.chat.post(Spot(place).address(), Card("bot", (Paragraph(plain("hello")),)), "k")
    told: list[int] = []

    async def progress(done: int, rest: float) -> None:
        assert rest == 0.0
        told.append(done)

    thread = await reader.read(message_address(root), progress)
    assert [one.text for one in thread] == ["one", *(f"answer {number}" for number in range(520))]
    assert told == [521]
    inside = await reader.read(message_address(MessageId(UUID(thread[5].id))))
    assert inside == thread
    assert [one.text for one in await reader.read(Spot(place, root).address())] == [one.text for one in thread]
    after = await reader.read(message_address(last))
    assert [(one.text, one.author) for one in after] == [("last", Author.PERSON), ("", Author.OURSELVES)]
    assert {one.name for one in thread} == {noting.anna.name, noting.bo.name}
    until = clock.now() + timedelta(seconds=1)
    for where in (Spot(place).address(), message_address(root)):
        assert len((await reader.span(where, begun, until, progress)).said) == 523
    assert (await reader.span(Spot(place).address(), until, until)).said == []
    assert await reader.is_private(Spot(place).address()) is False
    assert await reader.is_private(message_address(root)) is False
    assert await reader.links(message_address(root), thread) == {}
    assert await reader.permalink(message_address(root)) == ""
    gone = (
        message_address(MessageId(new_id())),
        Spot(place).address(),
        Address("web", "nonsense"),
    )
    for address in gone:
        with pytest.raises(Gone):
            await reader.read(address)
    for address in (message_address(MessageId(new_id())), Spot(ConversationId(new_id())).address()):
        with pytest.raises(Gone):
            await reader.span(address, begun, until)


def test_an_entry_goes_by_its_english_name_where_it_has_no_other() -> None:
    (entry,) = entries_on_messages((note.COMMAND,))
    assert entry.name("da") == "Lav casenotat"
    assert Entry("x", "y", {"en": "Do"}).name("da") == "Do"
