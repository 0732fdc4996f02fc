"""Those who took part are told once and may say no: the note goes one step back, and nobody hears who it was."""

from bot.identity import NoteId
from bot.members.domain import Role, WorkspaceOptions
from bot.messages.elements import Button
from bot.notes.actions import ObjectToNote
from bot.notes.domain import Audience, NoteState
from tests.introductions_talk import Academy, a_small_academy, buttons_of, words_of
from tests.note_talk import drafts, fills, notes, presses, previews, publishes, types


async def audience(academy: Academy, note: NoteId) -> Audience | None:
    """Who finds it in the bank."""
    async with academy.memory.units(academy.workspace, reading=True) as work:
        entry = await work.bank.get(note)
    return None if entry is None else entry.audience


async def test_what_nobody_objects_to_becomes_public_by_itself_exactly_then() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    done = await publishes(anna, await drafts(anna), "public")
    assert "It becomes public by itself on Thursday, 5 March 2026" in done.text
    (note,) = await notes(academy)
    assert (note.state, await audience(academy, note.id)) == (NoteState.ANNOUNCED, Audience.ACADEMY)
    await academy.delivers()
    assert "everybody from Thursday, 5 March 2026" in bo.reads()
    await academy.passes(hours=71)
    assert await audience(academy, note.id) is Audience.ACADEMY
    await academy.passes(hours=2)
    assert await audience(academy, note.id) is Audience.PUBLIC
    assert (await notes(academy))[0].state is NoteState.PUBLISHED
    assert "Nobody objected." in anna.reads()
    assert len(bo.posts()) == 1


async def test_a_no_takes_it_back_step_by_step_and_names_nobody() -> None:
    academy = await a_small_academy()
    anna, bo, carl = academy["Anna"], academy["Bo"], academy["Carl"]
    draft = await drafts(anna)
    done = await publishes(anna, draft, "public")
    (note,) = await notes(academy)
    await academy.delivers()
    open_still = (await carl.presses("I'd rather not")).form
    form = (await bo.presses("I'd rather not")).form
    assert "All members of the academy can see it." in words_of_intro(form.intro)
    said = await fills(bo, form, reason="It is about my sister, call 20 30 40 50.")
    assert "I tell nobody that it was you" in said.text
    assert await audience(academy, note.id) is Audience.ACADEMY
    await academy.delivers()
    told = anna.reads()
    assert "Somebody who took part would rather not" in told
    assert "It is about my sister" in told
    assert "20 30 40 50" not in told
    assert "everybody from" not in carl.reads()
    assert "All members of the academy can see it." in carl.reads()
    assert "Bo" not in told.replace("Boligforeningen", "")
    await academy.passes(days=4)
    assert await audience(academy, note.id) is Audience.ACADEMY
    assert "Thank you for saying so. All members" in (await fills(carl, open_still)).text
    assert await audience(academy, note.id) is Audience.ACADEMY
    late = await presses(carl, Button("I'd rather not", ObjectToNote(note.id, Audience.PUBLIC)))
    assert "It went a step back already. All members of the academy can see it." in late.text
    assert await audience(academy, note.id) is Audience.ACADEMY
    seen = await presses(anna, done.buttons["See the note"])
    versions = await presses(anna, seen.buttons["Versions"])
    assert "it was never open to everybody. Somebody objected, so it went back." in versions.text
    shown = await fills(anna, (await presses(anna, seen.buttons["Publish again…"])).form, audience=("academy",))
    assert "told once" not in shown.text
    further = await fills(bo, (await presses(bo, said.buttons["Not in the academy, either"])).form)
    assert await audience(academy, note.id) is Audience.US
    assert "not there any more" in (await presses(academy["Dorte"], done.buttons["See the note"])).text
    last = await fills(bo, (await presses(bo, further.buttons["Nobody shall see it"])).form)
    assert "taken back" in last.text
    assert await audience(academy, note.id) is None
    assert (await notes(academy))[0].state is NoteState.WITHDRAWN
    await academy.delivers()
    assert "nobody else sees it any more" in anna.reads()
    assert "nobody but whoever made it" in carl.reads()
    assert "not there any more" in (await presses(bo, further.buttons["Nobody shall see it"])).text


def words_of_intro(intro: object) -> str:
    return str(intro)


async def test_the_same_words_go_no_wider_after_a_no_but_others_may() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    draft = await drafts(anna)
    shown = await previews(anna, draft, "public")
    done = await presses(anna, shown.buttons["Publish"])
    await academy.delivers()
    await fills(bo, (await bo.presses("I'd rather not")).form)
    (note,) = await notes(academy)
    form = (await presses(anna, draft.buttons["Publish…"])).form
    refused = await fills(anna, form, audience=("public",))
    assert "Change what it says first" in refused.problems["audience"]
    assert "Publish" in (await fills(anna, form, audience=("us",))).buttons
    await fills(anna, (await presses(anna, draft.buttons["Edit"])).form, situation="Only what we agreed.")
    again = await fills(anna, (await presses(anna, draft.buttons["Publish…"])).form, audience=("public",))
    await presses(anna, again.buttons["Publish"])
    assert (await notes(academy))[0].state is NoteState.ANNOUNCED
    await academy.delivers()
    assert len(bo.posts()) == 2
    versions = await presses(anna, (await presses(anna, done.buttons["See the note"])).buttons["Versions"])
    first, second = versions.text.splitlines()[-1], versions.text.splitlines()[-2]
    assert "it was never open to everybody. Somebody objected" in first
    assert "Members of the academy can see it, and everybody from" in second
    await academy.passes(days=4)
    versions = await presses(anna, (await presses(anna, done.buttons["See the note"])).buttons["Versions"])
    assert "Everybody could see it, also on the web." in versions.text
    assert await audience(academy, note.id) is Audience.PUBLIC
    third = await fills(anna, (await presses(anna, draft.buttons["Publish…"])).form, audience=("public",))
    await presses(anna, third.buttons["Publish"])
    assert await audience(academy, note.id) is Audience.PUBLIC
    assert (await notes(academy))[0].state is NoteState.ANNOUNCED
    await fills(bo, (await bo.presses("I'd rather not")).form)
    assert await audience(academy, note.id) is Audience.ACADEMY


async def test_whoever_wants_no_messages_gets_none_and_finds_it_all_the_same() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    await publishes(anna, await drafts(anna))
    await academy.delivers()
    muted = await bo.presses("No more of these")
    assert "I write to you no more about notes" in muted.text
    await bo.presses("No more of these")
    shown = await previews(anna, await drafts(anna), "public")
    assert "1 more took part and wants no messages" in shown.text
    await presses(anna, shown.buttons["Publish"])
    await academy.delivers()
    assert len(bo.posts()) == 1
    listed = await types(bo, "/note list")
    assert "Notes of conversations in which you took part" in listed.text
    assert "I do not write to you about notes" in listed.text
    again = await presses(bo, listed.buttons["Tell me again"])
    assert "I tell you again" in again.text
    assert not (await academy.member("Bo")).notes_muted


async def test_only_those_who_took_part_object_and_organisers_may_take_it_back() -> None:
    academy = await a_small_academy()
    anna, bo, dorte, olga = academy["Anna"], academy["Bo"], academy["Dorte"], academy["Olga"]
    done = await publishes(anna, await drafts(anna))
    await academy.delivers()
    object_ = buttons_of(bo.posts()[-1].card)["I'd rather not"]
    assert "Only those who took part" in (await presses(dorte, object_)).text
    assert "Only those who took part" in (await presses(anna, object_)).text
    seen = await presses(olga, done.buttons["See the note"])
    assert "I'd rather not" not in seen.buttons
    back = seen.buttons["Take it back"]
    assert "Only whoever made the note, or an organiser" in (await presses(bo, back)).text
    assert "Taken back" in (await presses(olga, back)).text
    assert "taken back" in (await presses(olga, done.buttons["See the note"])).text


async def test_an_academy_chooses_how_long_one_may_object() -> None:
    academy = await a_small_academy(WorkspaceOptions(language="en", notes_objection_hours=24))
    await academy.change("Anna", role=Role.ORGANISER)
    anna = academy["Anna"]
    shown = await previews(anna, await drafts(anna), "public")
    assert "everybody after 1 day." in shown.text
    await presses(anna, shown.buttons["Publish"])
    await academy.passes(hours=25)
    assert (await notes(academy))[0].is_open
    assert "public" in words_of(academy["Anna"].posts()[-1].card)
