"""A model that takes its time: one message says how far it is, a press lets go of it, and nobody is left waiting for a process
that has ended."""

import asyncio
from collections.abc import Callable
from uuid import UUID

from adapters.summarisers.offline import OfflineSummariser
from bot.identity import new_id
from bot.messages.elements import Button
from bot.notes.actions import ReadAgain, StopReading
from bot.notes.service import NoteService
from tests.introductions_talk import Academy, Answer, Somebody, buttons_of
from tests.note_talk import drafts, fills, notes, presses
from tests.note_writer import Writer, an_academy


async def asks(academy: Academy) -> tuple[Somebody, Answer, Button]:
    """Anna has the model write, which takes longer; the draft as she has it, and the button that stops the model."""
    notes_, anna = academy.services.notes, academy["Anna"]
    notes_.modelling.patience, notes_.modelling.beat = 0.02, 0.02
    draft = await drafts(anna)
    asked = await presses(anna, draft.buttons["Let the model write it"])
    waits = await presses(anna, asked.buttons["Send it"])
    assert "I show you in our own conversation how far it is; this draft stays until then." in waits.text
    await academy.delivers()
    assert "The model is writing" in anna.reads()
    return anna, draft, buttons_of(anna.posts()[-1].card)["Stop"]


async def shown(academy: Academy, words: str) -> None:
    """Until Anna's message says so."""
    for _ in range(200):
        await asyncio.sleep(0.02)
        await academy.delivers()
        if words in academy["Anna"].reads():
            return
    raise AssertionError(academy["Anna"].reads())


async def slow(change: Callable[[Writer], None] = lambda _: None) -> tuple[Academy, Writer, asyncio.Event]:
    writer = Writer()
    writer.gate = asyncio.Event()
    change(writer)
    return await an_academy(writer), writer, writer.gate


async def test_it_says_how_far_it_is_and_becomes_the_draft() -> None:
    further = asyncio.Event()
    academy, _, gate = await slow(lambda writer: setattr(writer, "further", further))
    anna, _, stop = await asks(academy)
    await shown(academy, "40 % so far.")
    await asyncio.sleep(0.1)
    further.set()
    await shown(academy, "80 % so far.")
    gate.set()
    await shown(academy, "The model has written its draft.")
    assert "From the model" in anna.reads()
    assert "It took 1,200 tokens. Price: 0.5." in anna.reads()
    assert len(anna.posts()) == 1
    assert "has written its draft" in (await presses(anna, stop)).text
    assert "no longer know" in (await presses(anna, Button("x", ReadAgain(_job(stop))))).text


async def test_what_it_writes_comes_never_over_what_was_changed_and_needs_a_draft() -> None:
    academy, writer, gate = await slow(lambda writer: setattr(writer, "share", 0.0))
    anna, draft, _ = await asks(academy)
    assert "%" not in anna.reads()
    await fills(anna, (await presses(anna, draft.buttons["Edit"])).form, title="Mine")
    gate.set()
    await shown(academy, "You changed the draft meanwhile, so I kept yours")
    opened = await anna.presses("Open the draft")
    assert "Mine" in opened.text
    # What holds names stays in one message.
    assert opened.replaced
    gate.clear()
    anna, draft, _ = await asks(academy)
    await presses(anna, draft.buttons["Throw away"])
    gate.set()
    await shown(academy, "the draft is not there any more")
    gate.clear()
    writer.fails = True
    anna, draft, _ = await asks(academy)
    gate.set()
    await shown(academy, "The model's server did not answer. Your draft stays as it is")
    assert [note.model for note in await notes(academy)] == ["", ""]


async def test_one_press_lets_go_of_it_here_and_in_another_process() -> None:
    academy, writer, gate = await slow()
    anna, _, stop = await asks(academy)
    assert "That reading is over" in (await presses(academy["Bo"], stop)).text
    assert "I no longer wait for the model. Your draft stays as it is." in (await presses(anna, stop)).text
    anna, _, stop = await asks(academy)
    other = NoteService(academy.memory.units, academy.clock, academy.readers, OfflineSummariser())
    await other.stop(academy.workspace, _job(stop), anna.id)
    await shown(academy, "I no longer wait for the model")
    gate.set()
    await asyncio.sleep(0.1)
    assert [note.model for note in await notes(academy)] == ["", ""]
    assert len(writer.given) == 2
    other.modelling.let_go(new_id())
    await other.close()


async def test_whoever_waits_is_told_when_the_process_ends_or_is_killed() -> None:
    academy, _, _ = await slow()
    anna, _, _ = await asks(academy)
    await academy.services.notes.close()
    await shown(academy, "I was restarted while the model was writing. Your draft stays as it is.")
    anna, _, _ = await asks(academy)
    for task in asyncio.all_tasks():
        if task.get_name() == "a model is waited for":
            task.cancel()
    await academy.passes(minutes=4)
    assert "The model is writing" in anna.reads()
    await academy.passes(minutes=10)
    assert "I was restarted while the model was writing" in anna.reads()
    (one, other) = await notes(academy)
    assert one.content == other.content
    # What it writes after all comes too late: the person was told otherwise.
    await academy.services.notes.close()
    assert "I was restarted while the model was writing" in anna.reads()


async def test_one_killed_before_anybody_was_told_that_it_takes_longer_is_told_of_too() -> None:
    academy, writer, gate = await slow()
    academy.services.notes.modelling.patience = 0.2
    anna = academy["Anna"]
    asked = await presses(anna, (await drafts(anna)).buttons["Let the model write it"])
    pressing = asyncio.create_task(presses(anna, asked.buttons["Send it"]))
    await writer.heard.wait()
    assert anna.posts() == []
    await academy.passes(minutes=6)
    assert "I was restarted while the model was writing" in anna.reads()
    await asyncio.sleep(0.3)
    gate.set()
    assert "no usable answer" in (await pressing).text
    assert [note.model for note in await notes(academy)] == [""]


async def test_a_process_that_ends_answers_who_still_waits() -> None:
    academy, writer, _ = await slow()
    anna = academy["Anna"]
    asked = await presses(anna, (await drafts(anna)).buttons["Let the model write it"])
    pressing = asyncio.create_task(presses(anna, asked.buttons["Send it"]))
    await writer.heard.wait()
    await academy.services.notes.close()
    assert "I was stopped in the middle of it. Your draft stays as it is." in (await pressing).text


def _job(stop: Button) -> UUID:
    assert isinstance(stop.action, StopReading)
    return stop.action.job
