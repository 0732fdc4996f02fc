"""A model writes a draft only where its author has seen what it is sent and said yes; each sending stands in the ledger."""

import asyncio
import hashlib

from bot.members.domain import WorkspaceOptions
from bot.notes.domain import NoteState
from bot.notes.sending import rows, sheet
from tests.note_talk import drafts, notes, presses, publishes, threads, types
from tests.note_writer import Writer, an_academy

SECRETS = ("Karen", "Madsen", "Anna", "Holm", "Bo Lind", "20 30 40 50")


async def test_exactly_what_was_shown_is_sent_and_the_ledger_has_its_sum() -> None:
    writer = Writer()
    academy = await an_academy(writer)
    anna = academy["Anna"]
    draft = await drafts(anna)
    asked = await presses(anna, draft.buttons["Let the model write it"])
    file = asked.handed.file
    assert "exactly what of the conversation would be sent to writer example.org" in asked.text
    assert not [one for one in SECRETS if one in file.content.decode() + asked.text]
    assert writer.given == []
    done = await presses(anna, asked.buttons["Send it"])
    assert "The model has written its draft." in done.text
    assert "Anna Holm needs a flat." in done.text
    assert "It took 1,200 tokens. Price: 0.5." in done.text
    assert "[1]" in done.text
    (given,) = writer.given
    assert sheet(rows(given.lines)).encode() == file.content
    (note,) = await notes(academy)
    assert note.model == "writer example.org"
    assert note.content.summary[0].sources == ("m1",)
    async with academy.memory.units(academy.workspace, reading=True) as work:
        (sending,) = await work.notes.sendings()
        assert await work.notes.waiting(note.id) is None
    assert sending.digest == hashlib.sha256(file.content).hexdigest()
    assert sending.masked["person"] >= 2
    assert sending.masked["phone"] == 1
    ledger = await types(academy["Olga"], "/note sendings")
    assert "Anna Holm" in ledger.text
    assert sending.digest[:16] in ledger.text
    assert "Only an organiser" in (await types(anna, "/note sendings")).text
    assert "is gone" in (await presses(anna, asked.buttons["Send it"])).text
    assert "Let the model write it" not in done.buttons
    assert len(writer.given) == 1


async def test_a_no_sends_nothing_and_an_hour_is_the_longest() -> None:
    writer = Writer()
    academy = await an_academy(writer)
    anna = academy["Anna"]
    first = await drafts(anna)
    asked = await presses(anna, first.buttons["Let the model write it"])
    kept = await presses(anna, asked.buttons["No, keep it here"])
    assert "Nothing was sent, and what waited is gone." in kept.text
    assert "is gone" in (await presses(anna, first.buttons["Let the model write it"])).text
    second = await drafts(anna)
    assert "not there any more" in (await presses(academy["Bo"], second.buttons["Let the model write it"])).text
    academy.clock.advance(minutes=61)
    assert "for an hour at most" in (await presses(anna, second.buttons["Let the model write it"])).text
    await academy.timekeeper.tick()
    async with academy.memory.units(academy.workspace, reading=True) as work:
        assert [await work.notes.waiting(note.id) for note in await notes(academy)] == [None, None]
        assert await work.notes.sendings() == []
    assert writer.given == []
    assert "Nothing so far" in (await types(academy["Olga"], "/note sendings")).text


async def test_a_model_that_does_not_answer_loses_nothing() -> None:
    writer = Writer()
    writer.fails = True
    academy = await an_academy(writer)
    anna = academy["Anna"]
    draft = await drafts(anna)
    asked = await presses(anna, draft.buttons["Let the model write it"])
    done = await presses(anna, asked.buttons["Send it"])
    assert "The model's server did not answer. Your draft stays as it is" in done.text
    (note,) = await notes(academy)
    assert (note.model, note.revision) == ("", 0)


async def test_an_academy_may_choose_never_or_always() -> None:
    writer = Writer()
    writer.title = " "
    never = await an_academy(writer, notes_model="never")
    assert "Let the model write it" not in (await drafts(never["Anna"])).buttons
    always = await an_academy(writer, notes_model="always")
    draft = await drafts(always["Anna"])
    assert "The model has written its draft." in draft.text
    assert len(writer.given) == 1
    (note,) = await notes(always)
    assert note.content.title.strip()
    async with always.memory.units(always.workspace, reading=True) as work:
        assert len(await work.notes.sendings()) == 1


async def test_without_asking_it_writes_of_long_conversations_too() -> None:
    for always, posted, patience, fails in (
        ("always", 2, 2.0, False),
        ("always", 2, 2.0, True),
        ("always", 2, 0.0, False),
        ("ask", 1, 2.0, False),
    ):
        writer = Writer()
        wanted = "or you changed the draft meanwhile" if fails else "The model has written its draft."
        writer.fails, writer.gate = fails, asyncio.Event()
        if patience:
            writer.gate.set()
        academy = await an_academy(writer, notes_model=always)
        academy.services.notes.modelling.patience = patience
        anna, found = academy["Anna"], threads(academy)
        found.gate, academy.services.notes.jobs.patience = asyncio.Semaphore(0), 0.02
        assert "I read all of it" in (await drafts(anna)).text
        found.gate.release()
        for _ in range(100):
            await asyncio.sleep(0.02)
            await academy.delivers()
            if len(anna.posts()) == posted and not academy.services.notes.jobs.is_busy():
                writer.gate.set()
            if (always == "ask" and not academy.services.notes.jobs.is_busy()) or (
                anna.posts() and wanted in anna.reads()
            ):
                break
        await academy.delivers()
        assert len(anna.posts()) == posted
        assert (wanted in anna.reads()) is (always == "always")
        assert len(writer.given) == (always == "always")


async def test_what_was_chosen_meanwhile_counts() -> None:
    writer = Writer()
    academy = await an_academy(writer)
    anna = academy["Anna"]
    draft = await drafts(anna)
    asked = await presses(anna, draft.buttons["Let the model write it"])
    writer.model = "another example.org"
    assert "Another model is set now" in (await presses(anna, asked.buttons["Send it"])).text
    writer.model = "writer example.org"
    await academy.services.members.set_options(
        academy.workspace, lambda before: WorkspaceOptions(language=before.language, notes_model="never")
    )
    assert "nothing is sent to a model" in (await presses(anna, asked.buttons["Send it"])).text
    await academy.services.members.set_options(academy.workspace, lambda _: WorkspaceOptions(language="en"))
    assert "is gone" in (await presses(anna, asked.buttons["Send it"])).text
    other = await drafts(anna)
    again = await presses(anna, other.buttons["Let the model write it"])
    assert again.buttons["Send it"] != asked.buttons["Send it"]
    await publishes(anna, other)
    assert "is published already" in (await presses(anna, again.buttons["Send it"])).text
    assert writer.given == []
    assert len(await notes(academy, NoteState.PUBLISHED)) == 1
