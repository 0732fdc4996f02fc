"""Two at once, buttons of long ago, and what came too late: kind answers, and nothing half done."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from adapters.summarisers.offline import OfflineSummariser
from bot.deliveries.letters import Reading
from bot.errors import Conflict, NotThere, Refused, Sorry
from bot.identity import NoteId, new_id
from bot.members.domain import WorkspaceOptions
from bot.messages.elements import Button, Card
from bot.messages.elements import File as Handed
from bot.notes.actions import PublishNote, SendToModel
from bot.notes.asking import Asker
from bot.notes.domain import Audience, Note, NoteState, ReadingState
from bot.notes.jobs import Wanted
from bot.notes.keeping import expand_due
from bot.notes.kinds import NoteObjected, NoteReading, NoteWritten
from bot.notes.letters import LETTERS
from bot.notes.service import NoteService
from bot.notes.summarising import HowFar, Written
from bot.notes.timing import Due, plan
from bot.notes.transcript import Transcript
from tests.introductions_talk import LANGUAGES, Academy, a_small_academy
from tests.note_talk import THREAD, drafts, fills, marks, notes, presses, previews, publishes, said, threads
from tests.note_values import a_job, what_waits
from tests.note_writer import Writer

WORDS = LANGUAGES.words("en", ZoneInfo("Europe/Copenhagen"))


async def a_draft(academy: Academy) -> Note:
    await drafts(academy["Anna"])
    return (await notes(academy))[0]


async def test_published_twice_at_once_it_is_published_once() -> None:
    academy = await a_small_academy()
    note, anna = await a_draft(academy), await academy.member("Anna")
    publishing = academy.services.notes.publishing
    publish = lambda: publishing.publish(academy.workspace, note.id, anna, note.revision, Audience.ACADEMY)  # noqa: E731 - twice
    one, other = await asyncio.gather(publish(), publish())
    assert isinstance(one, Note)
    assert one == other
    assert one.version == 1


async def test_what_is_changed_while_it_is_masked_is_not_published() -> None:
    academy = await a_small_academy()
    note, anna = await a_draft(academy), await academy.member("Anna")
    publishing = academy.services.notes.publishing
    going = asyncio.create_task(publishing.publish(academy.workspace, note.id, anna, note.revision, Audience.ACADEMY))
    await asyncio.sleep(0)
    await academy.services.notes.publishing.let_stand(academy.workspace, note.id, anna, ["Egedal"], Audience.ACADEMY)
    with pytest.raises(Conflict):
        await going
    assert (await notes(academy))[0].state is NoteState.DRAFT


async def test_what_still_looks_personal_is_not_published_by_any_button() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    draft = await drafts(anna)
    await previews(anna, draft, place="ring 20 30 40 50")
    (note,) = await notes(academy)
    bad = await presses(anna, Button("x", PublishNote(note.id, note.revision, Audience.PUBLIC)))
    assert "Something in it still looks personal" in bad.text
    assert (await notes(academy))[0].state is NoteState.DRAFT


async def test_buttons_of_a_draft_that_is_published() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    draft = await drafts(anna)
    done = await publishes(anna, draft)
    assert "You can take it back instead" in (await presses(anna, draft.buttons["Throw away"])).text
    assert "Only whoever made the note can do that" in (await presses(bo, draft.buttons["Edit"])).text
    assert "Only whoever made the note can do that" in (await presses(bo, draft.buttons["Publish…"])).text
    assert "State: in the academy." in (await presses(bo, done.buttons["See the note"])).text


async def test_a_stranger_who_spoke_is_counted_and_masked() -> None:
    academy = await a_small_academy()
    talk = [("Anna", "We need a flat."), ("zoe_x", "We agree: zoe_x lends one."), ("Anna", "Thanks, zoe_x!")]
    threads(academy).threads[THREAD] = said(academy, talk)
    draft = await marks(academy["Anna"])
    shown = await previews(academy["Anna"], draft)
    assert "1 more took part and is no member" in shown.text
    assert "zoe" not in shown.text
    await presses(academy["Anna"], shown.buttons["Publish"])
    assert (await notes(academy))[0].names == ()


async def test_a_file_is_read_and_one_that_cannot_be_read_says_so() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    form = (await anna.types("/note text")).form
    file = Handed("talk.txt", "text/plain", b"Karen: We need a flat.\nMads: We agree to lend one on Monday.")
    draft = await fills(anna, form, file=file)
    assert "Only you see this draft" in draft.text
    bad = await fills(anna, form, file=Handed("x.json", "application/json", b"{"))
    assert bad.problems["file"]


async def test_a_note_that_its_writer_left_untitled_has_the_day() -> None:
    academy, writer = await a_small_academy(), Writer()
    writer.title = ""
    threads(academy).threads[THREAD] = said(academy)
    service = NoteService(academy.memory.units, academy.clock, academy.readers, writer)
    note = await service.from_conversation(academy.workspace, Wanted(academy["Anna"].id, THREAD), WORDS)
    assert isinstance(note, Note)
    assert note.content.title == "Conversation of 2 March 2026"


async def test_a_reading_that_is_stopped_while_somebody_waits() -> None:
    academy = await a_small_academy()
    jobs, found = academy.services.notes.jobs, threads(academy)
    found.threads[THREAD], found.gate = said(academy), asyncio.Semaphore(0)
    jobs.patience = 30.0
    waits = asyncio.create_task(marks(academy["Anna"]))
    await asyncio.sleep(0.1)
    assert jobs.is_busy()
    await jobs.close()
    assert "I was stopped in the middle of it" in (await waits).text
    assert await notes(academy) == []


async def test_one_that_is_ready_just_as_it_is_said_to_be_slow() -> None:
    academy = await a_small_academy()
    threads(academy).threads[THREAD] = said(academy)
    others: list[asyncio.Task[None]] = []

    class Busy(OfflineSummariser):
        """Others write for a while, just when the draft is ready to be kept."""

        async def summarise(self, transcript: Transcript, language: str, how_far: HowFar | None = None) -> Written:
            others.append(asyncio.create_task(write()))
            await asyncio.sleep(0)
            return await super().summarise(transcript, language, how_far)

    async def write() -> None:
        async with academy.memory.units(academy.workspace):
            await asyncio.sleep(0.7)

    service = NoteService(academy.memory.units, academy.clock, academy.readers, Busy())
    service.jobs.patience = 0.4
    going = service.jobs.begin(academy.workspace, Wanted(academy["Anna"].id, THREAD), WORDS)
    assert isinstance(await going, Note)
    await academy.delivers()
    assert academy["Anna"].posts() == []


async def test_one_of_two_readings_is_called_off_elsewhere_and_the_other_fails() -> None:
    academy = await a_small_academy()
    anna, found = academy["Anna"], threads(academy)
    found.threads[THREAD], found.gate = said(academy), asyncio.Semaphore(0)
    jobs = academy.services.notes.jobs
    jobs.patience = 0.02
    first = Wanted(anna.id, THREAD)
    other = Wanted(anna.id, THREAD, what="other")
    began = [await jobs.begin(academy.workspace, one, WORDS) for one in (first, other)]
    elsewhere = NoteService(academy.memory.units, academy.clock, academy.readers, OfflineSummariser())
    assert not isinstance(began[0], Note)
    found.pages = 3
    found.gate.release()
    await asyncio.sleep(0.05)
    await elsewhere.jobs.call_off(academy.workspace, began[0].id, anna.id)
    jobs.patience = 30.0
    waits = asyncio.create_task(jobs.begin(academy.workspace, first, WORDS))
    await asyncio.sleep(0.02)
    for _ in range(2):
        found.gate.release()
    with pytest.raises(NotThere):
        await waits
    assert not isinstance(began[1], Note)
    await elsewhere.jobs.call_off(academy.workspace, began[1].id, anna.id)
    found.late = Refused("x")
    found.gate.release()
    with pytest.raises(Sorry):
        await jobs.begin(academy.workspace, other, WORDS)
    found.gate, found.late, found.fault = None, None, RuntimeError("nobody foresaw it")
    assert "Something went wrong on my side" in (await marks(anna)).text
    assert await notes(academy) == []


async def test_two_readings_of_which_one_is_stopped() -> None:
    academy = await a_small_academy()
    anna, found = academy["Anna"], threads(academy)
    found.threads[THREAD], found.gate, found.pages = said(academy), asyncio.Semaphore(0), 1
    jobs = academy.services.notes.jobs
    jobs.patience = 0.02
    one, other = [
        await jobs.begin(academy.workspace, Wanted(anna.id, THREAD, what=what), WORDS) for what in ("one", "other")
    ]
    assert not isinstance(one, Note)
    assert not isinstance(other, Note)
    await jobs.call_off(academy.workspace, other.id, anna.id)
    assert (await jobs.call_off(academy.workspace, other.id, anna.id)).id == other.id
    await academy.passes(minutes=4)
    found.gate.release()
    await asyncio.sleep(0.05)
    await academy.passes(minutes=1.5)
    assert "I am reading" in anna.posts()[0].card.notice
    await jobs.close()


async def test_what_waits_for_a_yes_is_dropped_with_its_draft_and_never_mixed_up() -> None:
    writer = Writer()
    academy = await Academy.begin(WorkspaceOptions(language="en"), asker=Asker(writer, OfflineSummariser()))
    small = await a_small_academy()
    await academy.joins(await small.member("Anna"))
    anna = academy["Anna"]
    draft = await drafts(anna)
    (note,) = await notes(academy)
    wrong = await presses(anna, Button("x", SendToModel(note.id, "0000")))
    assert "has changed meanwhile" in wrong.text
    asked = await presses(anna, draft.buttons["Let the model write it"])
    await presses(anna, asked.buttons["No, keep it here"])
    assert "Nothing was sent" in (await presses(anna, asked.buttons["No, keep it here"])).text
    async with academy.memory.units(academy.workspace) as work:
        await work.notes.keep_waiting(what_waits(note.id, anna.id))
        await work.commit()
    academy.clock.set(what_waits(note.id, anna.id).until - timedelta(minutes=1))
    assert "made by an older version" in (await presses(anna, draft.buttons["Let the model write it"])).text
    other = await drafts(anna)
    await presses(anna, other.buttons["Throw away"])
    async with academy.memory.units(academy.workspace, reading=True) as work:
        assert [one for one in await work.schedules.every() if one.details.get("id") != str(note.id)] == []
    assert writer.given == []


async def test_a_model_that_is_still_writing_at_the_end_is_let_go() -> None:
    writer = Writer()
    writer.gate = asyncio.Event()
    academy = await Academy.begin(WorkspaceOptions(language="en"), asker=Asker(writer, OfflineSummariser()))
    await academy.joins(await (await a_small_academy()).member("Anna"))
    academy.services.notes.modelling.patience = 0.02
    anna = academy["Anna"]
    draft = await drafts(anna)
    asked = await presses(anna, draft.buttons["Let the model write it"])
    assert "The model is writing" in (await presses(anna, asked.buttons["Send it"])).text
    await academy.services.notes.close()
    await asyncio.sleep(0)
    assert (await notes(academy))[0].model == ""


async def test_what_comes_due_for_what_is_gone_does_nothing() -> None:
    academy = await a_small_academy()
    note = await a_draft(academy)
    now = academy.clock.now()
    async with academy.memory.units(academy.workspace) as work:
        for what in Due:
            for known in (note.id, new_id()):
                id_ = await plan(work, what, known, now, note.author, now - timedelta(minutes=1))
                schedule = await work.schedules.get(id_)
                assert schedule is not None
                await expand_due(work, schedule, now)
        await work.commit()
    assert await notes(academy) == [note]


async def test_letters_about_what_is_gone_say_nothing() -> None:
    academy = await a_small_academy()
    write = {row.letter: row.write for row in LETTERS}
    note = await a_draft(academy)
    done = a_job(note.author, state=ReadingState.DONE, note=NoteId(new_id()))
    async with academy.memory.units(academy.workspace) as work:
        reading = Reading(work, WORDS, WorkspaceOptions(), academy.clock.now())
        assert await write[NoteReading](reading, NoteReading(new_id())) is None
        assert await write[NoteObjected](reading, NoteObjected(NoteId(new_id()))) is None
        assert await write[NoteWritten](reading, NoteWritten(NoteId(new_id()))) is None
        await work.notes.put_job(done)
        shown = await write[NoteReading](reading, NoteReading(done.id))
        assert isinstance(shown, Card)
        assert shown.notice == "The model has written its draft."
        await work.notes.put_job(replace(done, writes=False))
        shown = await write[NoteReading](reading, NoteReading(done.id))
        assert isinstance(shown, Card)
        assert shown.notice == "Your case note is ready."
        await work.commit()
