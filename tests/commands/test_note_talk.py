"""A conversation becomes a note: made, read, changed, published, found again and taken back, as people see it."""

import pytest

from bot.bank.repository import Entry
from bot.identity import NoteId
from bot.notes.domain import Audience, NoteState
from bot.schedules.retention import Retention
from tests.introductions_talk import Academy, a_small_academy, buttons_of, selects_of
from tests.note_talk import (
    GENERAL,
    TALK,
    THREAD,
    drafts,
    fills,
    marks,
    notes,
    presses,
    previews,
    publishes,
    said,
    threads,
    types,
)


async def in_bank(academy: Academy, note: NoteId) -> Entry | None:
    async with academy.memory.units(academy.workspace, reading=True) as work:
        return await work.bank.get(note)


async def test_a_draft_is_its_makers_alone_and_every_line_leads_to_its_message() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    draft = await drafts(anna)
    assert "Only you see this draft" in draft.text
    assert "2 agreements" in draft.text
    assert {"Read all", "Edit", "Publish…", "Throw away"} == set(draft.buttons)
    page = await presses(anna, draft.buttons["Read all"])
    assert "Karen Madsen kan ikke få en bolig" in page.text
    further = await presses(anna, page.buttons["Further"])
    assert "ringer til boligforeningen på mandag" in further.text
    assert "Page 2 of 2" in further.text
    assert "In short" in (await presses(anna, further.buttons["Earlier"])).text
    (note,) = await notes(academy)
    assert note.state is NoteState.DRAFT
    assert set(note.source.links) <= {f"m{place}" for place in range(1, len(TALK) + 1)}
    assert "not there any more" in (await presses(bo, draft.buttons["Read all"])).text
    assert "not there any more" in (await presses(bo, draft.buttons["Edit"])).text
    assert "not there any more" in (await presses(bo, draft.buttons["Publish…"])).text
    assert "None yet" in (await types(bo, "/note list")).text
    assert "Thrown away" in (await presses(bo, draft.buttons["Throw away"])).text
    assert await notes(academy) == [note]
    listed = await types(anna, "/note list")
    opened = await anna.chooses(selects_of(listed.card)[0], str(note.id))
    assert "Only you see this draft" in opened.text
    assert "not there any more" in (await anna.chooses(selects_of(listed.card)[0], "nonsense")).text
    assert "Only you see" in (await types(anna, "/note show")).text
    assert "I find no note of yours" in (await types(anna, "/note show penguins")).text
    gone = await presses(anna, draft.buttons["Throw away"])
    assert await notes(academy) == []
    assert "None yet" in (await presses(anna, gone.buttons["My notes"])).text
    assert "Thrown away" in (await presses(anna, draft.buttons["Throw away"])).text
    assert "not there any more" in (await presses(anna, draft.buttons["Edit"])).text


async def test_what_is_published_names_nobody_and_cannot_be_brought_back() -> None:
    academy = await a_small_academy()
    anna, bo, dorte = academy["Anna"], academy["Bo"], academy["Dorte"]
    draft = await drafts(anna)
    shown = await previews(anna, draft, "academy", themes="homelessness, Bolig", place="Rødovre")
    assert "This is how others will see it" in shown.text
    assert "All members of the academy can see it" in shown.text
    assert "The 2 who also took part are told once." in shown.text
    done = await presses(anna, shown.buttons["Publish"])
    assert "It is published" in done.text
    again = await presses(anna, shown.buttons["Publish"])
    assert "It is published" in again.text
    (note,) = await notes(academy)
    assert (note.state, note.version, note.themes, note.place) == (
        NoteState.PUBLISHED,
        1,
        ("homelessness", "Bolig"),
        "Rødovre",
    )
    entry = await in_bank(academy, note.id)
    assert entry is not None
    assert entry.audience is Audience.ACADEMY
    for kept in (repr(note.content), repr(entry.content), str(note.harmless), str(note.names)):
        for name in ("Karen", "Madsen", "Anna", "Holm", "Bo Lind", "20 30 40 50"):
            assert name not in kept
    read = await presses(anna, done.buttons["See the note"])
    assert "State: in the academy." in read.text
    assert "[1]" in (await presses(bo, read.buttons["Read all"])).text
    others = await presses(dorte, read.buttons["Read all"])
    assert "erson 1" in others.text
    assert "[PERSON" not in others.text + read.text
    assert "[1]" not in others.text
    await academy.delivers()
    assert "A case note rests on a conversation in which you took part" in bo.reads()
    assert len(bo.posts()) == 1
    assert not dorte.posts()
    taken = await presses(anna, read.buttons["Take it back"])
    assert "Taken back" in taken.text
    assert await in_bank(academy, note.id) is None
    assert "not there any more" in (await presses(dorte, read.buttons["Read all"])).text
    assert "not there any more" in (await presses(bo, buttons_of(bo.posts()[-1].card)["I'd rather not"])).text
    again = await fills(anna, (await presses(anna, draft.buttons["Publish…"])).form)
    assert "was taken back" in again.text
    assert "was taken back" in (await fills(anna, (await presses(anna, draft.buttons["Edit"])).form, title="X")).text
    assert "Taken back" in (await presses(anna, read.buttons["Take it back"])).text


async def test_a_name_that_is_none_may_stay_and_what_looks_personal_stops_it() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    threads(academy).threads[THREAD] = said(academy, [("Anna", "Vi aftaler, at Solgården ringer til Egedal i morgen.")])
    draft = await marks(anna)
    shown = await previews(anna, draft)
    if "Some words may stay" in shown.buttons:
        form = (await presses(anna, shown.buttons["Some words may stay"])).form
        words = [choice.label for field in form.fields for choice in getattr(field, "choices", ())]
        again = await fills(anna, form, words=("0",))
        assert words[0] in again.text
        assert "Publish" in again.buttons
    bad = await previews(anna, draft, place="ring 20 30 40 50")
    assert "This still looks personal" in bad.text
    assert "Place: 20 30 40 50" in bad.text
    assert "Publish" not in bad.buttons


async def test_it_is_edited_in_two_halves_and_lines_keep_what_they_rest_on() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    draft = await drafts(anna)
    about = (await presses(anna, draft.buttons["Edit"])).form
    bad = await fills(anna, about, perspectives="nobody says anything")
    assert "Begin each line with a sector" in bad.problems["perspectives"]
    saved = await fills(
        anna,
        about,
        title="A home for a family",
        situation="Hun bor på et herberg i Rødovre!\nThe family needs two rooms.",
        perspectives="municipality: no flats\nfoundation: has money",
        tags="housing",
    )
    assert "Saved, thank you." in saved.text
    assert "A home for a family" in saved.text
    (note,) = await notes(academy)
    first, second = note.content.situation
    assert first.sources == ("m1",)
    assert second.sources == ("author",)
    assert note.content.tags == ("housing",)
    page = await presses(anna, saved.buttons["Read all"])
    assert "The family needs two rooms. (added by the author)" in page.text
    outcome = (await presses(anna, page.buttons["Edit what came of it"])).form
    bad = await fills(anna, outcome, actions="Call | Bo | Carl | 2026-03-09")
    assert "what | who" in bad.problems["actions"]
    bad = await fills(anna, outcome, actions="| Bo")
    assert "what | who" in bad.problems["actions"]
    await fills(
        anna, outcome, actions="Call the landlord | Bo Lind | 2026-03-09\nWrite | Carl", ideas="", questions="Who pays?"
    )
    (note,) = await notes(academy)
    assert [(one.owner, one.due and one.due.isoformat()) for one in note.content.actions] == [
        ("Bo Lind", "2026-03-09"),
        ("Carl", None),
    ]
    assert note.content.ideas == ()
    same = await fills(anna, (await presses(anna, page.buttons["Edit what came of it"])).form)
    assert "Saved" in same.text
    assert (await notes(academy)) == [note]


async def test_two_devices_at_once_lose_nothing_unseen() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    draft = await drafts(anna)
    one = (await presses(anna, draft.buttons["Edit"])).form
    other = (await presses(anna, draft.buttons["Edit"])).form
    shown = await previews(anna, draft)
    await fills(anna, one, title="First")
    told = await fills(anna, other, title="Second")
    assert "This was changed while you had it open; it now says: First" in told.problems["title"]
    await fills(anna, other, situation="Something else.")
    (note,) = await notes(academy)
    assert note.content.title == "First"
    again = await presses(anna, shown.buttons["Publish"])
    assert "It was changed meanwhile. This is how it is now." in again.text
    assert (await notes(academy))[0].state is NoteState.DRAFT


async def test_a_time_of_a_channel_and_what_cannot_be_read() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    threads(academy).threads[GENERAL] = said(academy)
    draft = await types(anna, "/note make since:today")
    assert "2 agreements" in draft.text
    assert "Only you see" in (await types(anna, '/note since:"2 hours ago" until:"5 minutes ago"')).text
    assert "nothing to note down" in (await types(anna, "/note since:monday until:08:30")).text
    assert "ends before it begins" in (await types(anna, "/note since:09:00 until:yesterday")).text
    assert "more than a year" in (await types(anna, '/note since:"2 years ago"')).text
    assert "time that has passed" in (await types(anna, "/note since:penguins")).text
    threads(academy).threads[THREAD] = said(academy)
    assert "2 agreements" in (await types(anna, "/note", THREAD)).text
    threads(academy).threads.clear()
    assert "Make case note" in (await types(anna, "/note")).text


async def test_a_pasted_conversation_has_no_members_and_says_so() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    form = (await presses(anna, (await anna.types("/note")).buttons["Paste a conversation"])).form
    empty = await fills(anna, form)
    assert "Paste the conversation" in empty.problems["text"]
    pasted = "Karen: Vi mangler en bolig.\nMads: Vi aftaler, at vi ringer til kommunen på mandag."
    draft = await fills(anna, form, text=pasted)
    shown = await previews(anna, draft, "public")
    assert "2 more took part and are no members" in shown.text
    assert "Karen" not in shown.text
    assert "Mads" not in shown.text
    assert "Only you see" in (await anna.types(f"/note text {pasted}")).text
    assert (await anna.types("/note text")).form == form
    listed = await types(anna, "/note list")
    assert (await presses(anna, listed.buttons["Paste a conversation"])).form == form


async def test_a_published_note_is_changed_in_a_new_version() -> None:
    academy = await a_small_academy()
    anna, bo, olga = academy["Anna"], academy["Bo"], academy["Olga"]
    draft = await drafts(anna)
    done = await publishes(anna, draft)
    seen = await presses(anna, done.buttons["See the note"])
    await fills(anna, (await presses(anna, seen.buttons["Edit"])).form, title="Karen Madsen får et hjem")
    changed = await presses(anna, done.buttons["See the note"])
    assert "You have changed it since" in changed.text
    assert "Karen" not in (await presses(bo, done.buttons["See the note"])).text
    assert "Karen" not in (await types(bo, "/note list")).text
    shown = await fills(anna, (await presses(anna, changed.buttons["Publish again…"])).form, audience=("academy",))
    await presses(anna, shown.buttons["Publish"])
    versions = await presses(olga, (await presses(olga, done.buttons["See the note"])).buttons["Versions"])
    assert "Version 2" in versions.text
    first = await presses(olga, versions.buttons["Version 1"])
    assert "får et hjem" not in first.text
    assert "får et hjem" in (await presses(olga, versions.buttons["Version 2"])).text
    assert "Only whoever made the note" in (await presses(bo, seen.buttons["Versions"])).text
    await academy.delivers()
    assert len(bo.posts()) == 1
    assert "You have published no note" in (await types(bo, "/note withdraw hjem")).text
    asked = await types(anna, "/note withdraw hjem")
    assert "Take the note back?" in asked.text
    assert (await notes(academy))[0].is_shown()
    assert "Taken back" in (await presses(anna, asked.buttons["Take it back"])).text


async def test_drafts_and_what_was_taken_back_go_when_their_time_is_over() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    draft = await drafts(anna)
    done = await publishes(anna, await drafts(anna))
    seen = await presses(anna, done.buttons["See the note"])
    await presses(anna, seen.buttons["Take it back"])
    retention = Retention(academy.memory.units, academy.memory.directory, academy.clock)
    academy.clock.advance(days=13)
    await retention.tidy()
    assert len(await notes(academy)) == 2
    academy.clock.advance(days=2)
    await retention.tidy()
    assert [one.state for one in await notes(academy)] == [NoteState.WITHDRAWN]
    assert "its time was over" in (await presses(anna, draft.buttons["Read all"])).text
    academy.clock.advance(days=20)
    await retention.tidy()
    assert await notes(academy) == []


@pytest.mark.parametrize(
    "talk",
    [
        [],
        [("bot", "I am a bot")],
        [("Anna", "")],
    ],
)
async def test_where_nobody_said_anything_nothing_is_kept(talk: list[tuple[str, str]]) -> None:
    academy = await a_small_academy()
    threads(academy).threads[THREAD] = said(academy, talk)
    assert "nothing to note down" in (await marks(academy["Anna"])).text
    assert await notes(academy) == []


@pytest.mark.parametrize("text", ["ja", "👍🎉"])
async def test_of_a_word_or_two_no_empty_draft_is_made(text: str) -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    threads(academy).threads[THREAD] = said(academy, [("Anna", text), ("Bo", "ok")])
    assert "Too little was said" in (await marks(anna)).text
    form = (await types(anna, "/note text")).form
    assert "Too little was said" in (await fills(anna, form, text=text)).problems["text"]
    assert await notes(academy) == []


async def test_a_long_conversation_is_pasted_whole_or_chosen_as_a_file() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    form = (await types(anna, "/note text")).form
    pasted = "Anna: Vi mangler en bolig.\n" * 2_000 + "Bo: Vi aftaler at ringe til boligforeningen."
    assert "Only you see this draft" in (await fills(anna, form, text=pasted)).text
    assert "Choose it as a file instead" in (await fills(anna, form, text="a" * 200_001)).problems["text"]


@pytest.mark.parametrize("typed", ["next friday", "tomorrow", "in 2 hours"])
async def test_a_day_that_has_not_been_is_refused_at_once(typed: str) -> None:
    academy = await a_small_academy()
    assert "is still to come" in (await types(academy["Anna"], f'/note since:"{typed}"')).text
    assert "I can't read that" in (await types(academy["Anna"], "/note since:next-nonsense")).text


@pytest.mark.parametrize("text", ["Wir haben keine Wohnung.", "a" * 50_000, "<b>x</b> {y} %s"])
async def test_odd_conversations_give_a_usable_draft(text: str) -> None:
    academy = await a_small_academy()
    threads(academy).threads[THREAD] = said(academy, [("Anna", text), ("Bo", "ok")])
    draft = await marks(academy["Anna"])
    assert "Only you see this draft" in draft.text
    shown = await previews(academy["Anna"], draft)
    assert "Publish" in shown.buttons
