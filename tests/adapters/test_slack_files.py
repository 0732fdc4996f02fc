"""Files and pictures on Slack: in three steps, each of which may fail."""

import pytest

from bot.errors import Doubtful, Refused, TryLater
from bot.messages.elements import Card, File, Image, Paragraph
from bot.messages.text import plain
from tests.adapters.slack_sending import Scene, address, card, scene
from tests.emulators.slack_faults import Fault
from tests.emulators.slack_state import Message

KEY = "0197a3f2-1111-7000-8000-123456789012"
INVITE = File("invite.ics", "text/calendar", b"BEGIN:VCALENDAR")
SIGN = Image(b"\x89PNG picture", "Two sectors meet")


def drawn(text: str = "look", picture: Image = SIGN) -> Card:
    return Card(text, (Paragraph(plain(text)), picture))


def files_in(message: Message, here: Scene) -> list[tuple[str, bytes]]:
    return [(here.team.files[name].title, here.team.files[name].data) for name in message.files]


@pytest.mark.parametrize("place", ["direct", "channel", "thread"])
async def test_a_file_stands_in_the_thread_under_its_card(place: str) -> None:
    async with scene() as here:
        anna = here.team.person("Anna")
        channel = here.team.channel("general", anna)
        to = {"direct": f"user:{anna.id}", "channel": f"in:{channel.id}", "thread": f"in:{channel.id}"}[place]
        where = address(to)
        if place == "thread":
            where = await here.chat().post(where, card("root"), "root")
        posted = await here.chat().hand(where, card("your invitation"), INVITE, KEY)
        messages = here.direct(anna.id) if place == "direct" else channel.messages
        told, under = messages[-2:]
        assert told.text == "your invitation"
        assert files_in(under, here) == [("invite.ics", b"BEGIN:VCALENDAR")]
        assert under.thread == (messages[0].ts if place == "thread" else told.ts)
        assert told.ts in posted.value


@pytest.mark.parametrize("code", ["file_uploads_disabled", "missing_scope", "storage_limit_reached"])
async def test_where_no_files_are_taken_nothing_is_begun(code: str) -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        here.slack.faults.arm("files.getUploadURLExternal", code)
        with pytest.raises(Refused, match=code):
            await here.chat().hand(address(f"in:{channel.id}"), card(), INVITE, KEY)
        assert channel.messages == []


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.DROPPED, Fault.INTERNAL_AFTER, Fault.HANGS_AFTER, "ratelimited"])
async def test_a_file_that_broke_off_comes_once(fault: str) -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        to, since = address(f"in:{channel.id}"), here.clock.now()
        here.slack.faults.arm("files.completeUploadExternal", fault)
        with pytest.raises(Doubtful):
            await here.chat().hand(to, card(), INVITE, KEY)
        here.clock.advance(minutes=1)
        chat = here.chat()
        found = await chat.find(to, KEY, since)
        if found is None:
            await chat.hand(to, card(), INVITE, KEY)
        assert here.copies(KEY) == 1
        assert [files_in(message, here) for message in channel.messages if message.files] == [
            [("invite.ics", b"BEGIN:VCALENDAR")]
        ]
        assert await here.chat().find(to, KEY, since) is not None


async def test_somebodys_own_file_in_the_thread_is_not_taken_for_ours() -> None:
    async with scene() as here:
        anna = here.team.person("Anna")
        channel = here.team.channel("general", anna)
        to, since = address(f"in:{channel.id}"), here.clock.now()
        here.slack.faults.arm("files.completeUploadExternal", Fault.DROPPED)
        with pytest.raises(Doubtful):
            await here.chat().hand(to, card(), INVITE, KEY)
        root = channel.messages[0]
        root.thread = root.ts
        stamp = here.slack.world.stamps.next()
        channel.messages.append(Message(stamp, channel.id, anna.id, "mine", thread=root.ts, files=["F1"]))
        assert await here.chat().find(to, KEY, since) is None


# Pictures


async def test_a_picture_is_uploaded_once_for_many() -> None:
    async with scene() as here:
        chat = here.chat()
        people = [here.team.person(f"P{number}") for number in range(5)]
        for person in people:
            await chat.post(address(f"user:{person.id}"), drawn(), f"key {person.id}")
        assert len(here.slack.called("files.getUploadURLExternal")) == 1
        [block] = [block for block in here.direct(people[4].id)[0].blocks if block["type"] == "image"]
        assert here.team.files[block["slack_file"]["id"]].data == SIGN.png
        assert block["alt_text"] == SIGN.alternative
        await chat.post(address(f"user:{people[0].id}"), drawn(picture=Image(b"other", "Other")), "other")
        here.clock.advance(hours=7)
        await chat.post(address(f"user:{people[0].id}"), drawn(), "later")
        assert len(here.slack.called("files.getUploadURLExternal")) == 3


async def test_the_same_picture_asked_for_at_once_is_one_upload() -> None:
    import asyncio

    async with scene() as here:
        chat = here.chat()
        await asyncio.gather(*(chat.draw(drawn()) for _ in range(8)))
        assert len(here.slack.called("files.getUploadURLExternal")) == 1


async def test_a_picture_that_slack_still_works_on_is_waited_for() -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        here.slack.world.files_not_ready = 3
        await here.chat().post(address(f"in:{channel.id}"), drawn(), KEY)
        assert [block["type"] for block in channel.messages[0].blocks] == ["rich_text", "image"]
        assert sum(here.moving.rested) < 10


async def test_a_picture_that_never_is_ready_is_said_in_words() -> None:
    async with scene() as here:
        chat = here.chat()
        channel = here.team.channel("general")
        here.slack.world.files_not_ready = 5
        posted = await chat.post(address(f"in:{channel.id}"), drawn(), KEY)
        assert "Two sectors meet" in str(channel.messages[0].blocks)
        assert here.copies(KEY) == 1
        here.slack.world.files_not_ready = 1
        await chat.edit(posted, drawn("changed"))
        assert [block["type"] for block in channel.messages[0].blocks] == ["rich_text", "image"]
        here.slack.world.files_not_ready = 5
        await chat.edit(posted, drawn("changed"))
        assert "Two sectors meet" in str(channel.messages[0].blocks)
        await chat.post(address(f"in:{channel.id}"), drawn(), "another")
        assert len(here.slack.called("files.getUploadURLExternal")) == 3


async def test_where_slack_takes_no_pictures_cards_say_them(caplog: pytest.LogCaptureFixture) -> None:
    async with scene() as here:
        chat = here.chat()
        channel = here.team.channel("general")
        here.slack.faults.arm("files.getUploadURLExternal", "file_uploads_disabled", times=2)
        for number in range(2):
            await chat.post(address(f"in:{channel.id}"), drawn(), f"key {number}")
            assert "Two sectors meet" in str(channel.messages[number].blocks)
        assert [record.getMessage() for record in caplog.records if record.name.startswith("adapters.slack")] == [
            "Slack takes no pictures (file_uploads_disabled); cards say them in words"
        ]
        shown = await chat.show(drawn())
        assert len(shown.files) == 1


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
async def test_a_picture_that_broke_off_is_tried_again_later(method: str) -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        here.slack.faults.arm(method, Fault.INTERNAL)
        chat = here.chat()
        with pytest.raises(TryLater):
            await chat.post(address(f"in:{channel.id}"), drawn(), KEY)
        assert channel.messages == []
        await chat.post(address(f"in:{channel.id}"), drawn(), KEY)
        assert here.copies(KEY) == 1
