"""Long conversations are read whole: told how far it is in one message, called off by one press, and kindly after a restart."""

import asyncio
from uuid import UUID

from adapters.summarisers.offline import OfflineSummariser
from bot.errors import ChatError, Gone, Refused, TryLater
from bot.identity import Address
from bot.messages.elements import Button
from bot.notes.actions import ReadAgain, StopReading
from bot.notes.domain import NoteState
from bot.notes.service import NoteService
from tests.fake_threads import FakeThreads
from tests.introductions_talk import Academy, Answer, a_small_academy
from tests.note_talk import THREAD, marks, notes, presses, said, threads

LONG = [("Anna" if place % 2 else "Bo", f"Line {place}: we need {place} flats.") for place in range(1, 2000)]


def slowly(academy: Academy, *, rest: float = 0.0, lines: int = 39) -> FakeThreads:
    """A long thread, of which a quarter comes with each turn of the gate."""
    found = threads(academy)
    found.threads[THREAD] = said(academy, [*LONG[:lines], ("Bo", "We agree to build 2,000 flats.")])
    found.gate, found.pages, found.rest = asyncio.Semaphore(0), (lines + 1) // 4, rest
    academy.services.notes.jobs.patience = 0.02
    return found


async def lets_in(found: FakeThreads, pages: int) -> None:
    assert found.gate is not None
    for _ in range(pages):
        found.gate.release()
        await asyncio.sleep(0.02)


async def ready(academy: Academy) -> None:
    """What is being read comes to its end."""
    for _ in range(500):
        if not academy.services.notes.jobs.is_busy():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the reading never ends")


async def test_two_thousand_messages_are_read_whole_and_told_of_in_one_message() -> None:
    academy = await a_small_academy()
    anna, found = academy["Anna"], slowly(academy, rest=60.0, lines=1999)
    answer = await marks(anna)
    assert "I read all of it and show you in our own conversation" in answer.text
    await academy.delivers()
    assert "I am reading the conversation" in anna.reads()
    await lets_in(found, 1)
    await academy.delivers()
    assert "500 messages so far." in anna.reads()
    assert "only let to read a few messages at a time" in anna.reads()
    again = await marks(anna)
    assert "I read all of it" in again.text
    await lets_in(found, 3)
    await ready(academy)
    await academy.delivers()
    assert len(anna.posts()) == 1
    assert "Only you see this draft" in anna.reads()
    (note,) = await notes(academy)
    assert any("2,000" in one.text for one in note.content.agreements)
    assert "I stopped reading" not in (await presses(anna, answer.buttons["Stop"])).text


async def test_one_press_calls_it_off_and_nothing_is_kept() -> None:
    academy = await a_small_academy()
    anna, found = academy["Anna"], slowly(academy)
    answer = await marks(anna)
    stopped = await presses(anna, answer.buttons["Stop"])
    assert "I stopped reading, and nothing was kept." in stopped.text
    await lets_in(found, 4)
    assert await notes(academy) == []
    assert "That reading is over" in (await presses(academy["Bo"], answer.buttons["Stop"])).text
    await academy.passes(hours=1)
    assert "I stopped reading" in anna.reads()


async def test_another_process_calls_it_off_too() -> None:
    academy = await a_small_academy()
    anna, found = academy["Anna"], slowly(academy, rest=1.0)
    answer = await marks(anna)
    other = NoteService(academy.memory.units, academy.clock, academy.readers, OfflineSummariser())
    await other.jobs.call_off(academy.workspace, _job(answer), anna.id)
    await lets_in(found, 4)
    await ready(academy)
    assert await notes(academy) == []
    await other.close()


async def test_after_a_restart_there_is_a_kind_word_and_a_button() -> None:
    academy = await a_small_academy()
    anna, found = academy["Anna"], slowly(academy)
    await marks(anna)
    await academy.delivers()
    await academy.services.notes.close()
    await academy.delivers()
    assert "I was restarted in the middle of reading your conversation" in anna.reads()
    found.gate, academy.services.notes.jobs.patience = None, 30.0
    again = await anna.presses("Read it again")
    assert "Only you see this draft" in again.text
    assert len(await notes(academy)) == 1


async def test_a_process_that_was_killed_is_missed_after_some_minutes() -> None:
    academy = await a_small_academy()
    anna, found = academy["Anna"], slowly(academy, rest=60.0)
    answer = await marks(anna)
    await lets_in(found, 1)
    for task in asyncio.all_tasks():
        if task.get_name() == "reading a conversation":
            task.cancel()
    await academy.passes(minutes=4)
    assert "I am reading" in anna.reads()
    await academy.passes(minutes=20)
    assert "I was restarted in the middle" in anna.reads()
    found.gate, academy.services.notes.jobs.patience = None, 30.0
    other = await academy["Bo"].presses(answer.buttons["Stop"])
    assert "That reading is over" in other.text
    assert "Only you see" in (await anna.presses("Read it again")).text


async def test_what_goes_wrong_is_said_with_what_to_do() -> None:
    cases: list[tuple[ChatError, str]] = [
        (Refused("not_in_channel"), "Add me to it"),
        (Gone("channel_not_found"), "Add me to it"),
        (Refused("missing_access"), "Add me to it"),
        (Refused("no_message_content"), "Message Content Intent"),
        (Gone("message_not_found"), "not there any more"),
        (TryLater("ratelimited"), "try again in some minutes"),
        (Refused("something_new"), "or paste it: /note text"),
    ]
    academy = await a_small_academy()
    anna, found = academy["Anna"], threads(academy)
    found.threads[THREAD] = said(academy)
    for fault, words in cases:
        found.fault = fault
        assert words in (await marks(anna)).text
    found.fault, found.linked = None, False
    draft = await marks(anna)
    assert "[1]" not in draft.text
    academy.readers.mute.add("web")
    assert "I cannot read conversations here" in (await marks(anna)).text
    assert len(await notes(academy)) == 1


async def test_a_slow_one_that_fails_says_so_in_its_message() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    found = slowly(academy)
    cases = {"not_in_channel": "Add me to it", "no_message_content": "Content Intent", "x": "or paste it"}
    for code, words in cases.items():
        found = slowly(academy)
        await marks(anna)
        found.late = Refused(code)
        await lets_in(found, 1)
        await ready(academy)
        await academy.delivers()
        assert words in anna.reads()
        found.late = None
    found.threads[THREAD] = said(academy, [("bot", "nothing")])
    found.gate = asyncio.Semaphore(0)
    tried = asyncio.create_task(anna.presses("Try again"))
    await asyncio.sleep(0.1)
    await lets_in(found, 1)
    await tried
    await ready(academy)
    await academy.delivers()
    assert "nothing to note down" in anna.reads()


async def test_nobody_has_more_than_three_at_once() -> None:
    academy = await a_small_academy()
    anna, found = academy["Anna"], slowly(academy)
    for place in range(4):
        found.threads[Address("web", f"message:{place}")] = found.threads[THREAD]
    answers: list[Answer] = [await marks(anna, Address("web", f"message:{place}")) for place in range(4)]
    assert "I am already reading 3 conversations for you" in answers[-1].text
    await academy.services.notes.close()


async def test_what_a_button_of_long_ago_means_is_told() -> None:
    academy = await a_small_academy()
    anna, found = academy["Anna"], slowly(academy)
    answer = await marks(anna)
    await academy.delivers()
    assert "I am at it" in (await presses(anna, _again(answer))).text
    assert "no longer know" in (await presses(academy["Bo"], _again(answer))).text
    await lets_in(found, 4)
    await ready(academy)
    assert (await notes(academy))[0].state is NoteState.DRAFT
    await academy.passes(days=3)
    async with academy.memory.units(academy.workspace) as work:
        await work.notes.forget_before(jobs=academy.clock.now(), sendings=academy.clock.now())
        await work.commit()
    assert "no longer know" in (await presses(anna, _again(answer))).text


def _again(answer: Answer) -> Button:
    return Button("again", ReadAgain(_job(answer)))


def _job(answer: Answer) -> UUID:
    action = answer.buttons["Stop"].action
    assert isinstance(action, StopReading)
    return action.job
