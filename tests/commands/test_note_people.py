"""Case notes and people: who leaves, who turns out to be another, who asks what is kept, and everybody's own page."""

import json
from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.camps.stations.domain import Station, StationPlan
from bot.linking.uniting import unite
from bot.members.leaving import everything_about, forget
from bot.notes.domain import Audience, NoteState, Waiting
from bot.notes.drafts import WAITING_KEPT
from bot.notes.people import leave_notes
from bot.notes.rules import rules_form
from bot.notes.tellcards import notes_part
from bot.notes.timing import Due, plan
from tests.camp_talk import a_camp, camp_of
from tests.introductions_talk import LANGUAGES, Academy, a_small_academy, buttons_of, words_of
from tests.members_talk import an_academy, an_organiser
from tests.note_talk import GENERAL, drafts, fills, notes, presses, publishes, said, threads, types


async def leaves(academy: Academy, name: str) -> None:
    async with academy.memory.units(academy.workspace) as work:
        await leave_notes(work, academy.ids[name], academy.clock.now())
        await forget(work, academy.ids[name], academy.clock.now())
        await work.commit()


async def test_whoever_leaves_takes_drafts_along_and_leaves_what_names_nobody() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    await drafts(anna)
    await publishes(anna, await drafts(anna), "public")
    done = await publishes(anna, await drafts(anna), "academy")
    seen = await presses(anna, done.buttons["See the note"])
    await fills(anna, (await presses(anna, seen.buttons["Edit"])).form, title="Karen and others")
    await publishes(anna, await drafts(anna), "us")
    taken = await presses(anna, (await publishes(anna, await drafts(anna))).buttons["See the note"])
    await presses(anna, taken.buttons["Take it back"])
    threads(academy).threads[GENERAL] = said(academy, [("Anna", "Only I wrote. We agree to wait.")])
    alone = await types(anna, "/note make since:today")
    await publishes(anna, alone, "us")
    await academy.delivers()
    # They come in any order.
    (told,) = (post.card for post in bo.posts() if "All members of the academy can see it" in words_of(post.card))
    object_ = buttons_of(told)["I'd rather not"]
    await fills(bo, (await presses(bo, object_)).form, reason="Secret")
    await leaves(academy, "Bo")
    assert all(academy.ids["Bo"] not in note.took_part for note in await notes(academy))
    async with academy.memory.units(academy.workspace, reading=True) as work:
        assert await work.notes.objections_by(academy.ids["Bo"]) == []
    await leaves(academy, "Anna")
    left = await notes(academy)
    assert {note.state for note in left} == {NoteState.PUBLISHED, NoteState.WITHDRAWN}
    assert {note.audience for note in left if note.state is NoteState.PUBLISHED} == {Audience.ACADEMY, Audience.US}
    assert not [note for note in left if "Karen" in note.content.title]
    assert all(note.schedule is None for note in left)
    await academy.passes(days=4)
    assert all(not note.is_open for note in await notes(academy))


async def test_a_note_that_waits_to_be_public_does_not_become_so_when_its_author_leaves() -> None:
    academy = await a_small_academy()
    await publishes(academy["Anna"], await drafts(academy["Anna"]), "public")
    await leaves(academy, "Anna")
    await academy.passes(days=4)
    (note,) = await notes(academy)
    assert (note.state, note.audience, note.is_open) == (NoteState.PUBLISHED, Audience.ACADEMY, False)


async def test_two_rows_that_are_one_person_have_their_notes_together() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    await publishes(anna, await drafts(anna))
    await drafts(bo)
    async with academy.memory.units(academy.workspace) as work:
        kept, gone = await work.members.get(anna.id), await work.members.get(bo.id)
        assert kept is not None
        assert gone is not None
        await unite(work, kept, gone, kept, academy.clock.now())
        await work.commit()
    assert {note.author for note in await notes(academy)} == {anna.id}
    assert all(bo.id not in note.took_part for note in await notes(academy))


async def test_whoever_asks_is_handed_what_they_made_and_said_but_no_drafts_of_others() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    done = await publishes(anna, await drafts(anna), "public")
    seen = await presses(anna, done.buttons["See the note"])
    await fills(anna, (await presses(anna, seen.buttons["Edit"])).form, title="Not seen by anybody yet")
    await academy.delivers()
    await fills(bo, (await bo.presses("I'd rather not")).form, reason="My own words")
    async with academy.memory.units(academy.workspace, reading=True) as work:
        now = academy.clock.now()
        mine = json.loads(await everything_about(work, await academy.member("Anna"), now))["case_notes"]
        his = json.loads(await everything_about(work, await academy.member("Bo"), now))["case_notes"]
    assert mine["made"][0]["title"] == "Not seen by anybody yet"
    assert mine["made"][0]["text"]
    assert his["made"] == []
    assert his["objections"][0]["reason"] == "My own words"
    assert his["took_part_in"][0]["audience"] == "academy"
    assert "Not seen" not in json.dumps(his)
    assert his["sent_to_models"] == []


async def test_on_their_own_page_people_find_drafts_and_what_they_may_still_object_to() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    await drafts(anna)
    await publishes(anna, await drafts(anna), "public")
    words = LANGUAGES.words("en", ZoneInfo("Europe/Copenhagen"))
    mine = await academy.services.notes.mine(academy.workspace, anna.id)
    his = await academy.services.notes.mine(academy.workspace, bo.id)
    shown = str(notes_part(mine.made, mine.took_part, anna.id, words))
    assert "your draft waits for you" in shown
    assert "becomes public on" in str(notes_part(his.made, his.took_part, bo.id, words))
    assert notes_part((), (), bo.id, words) == ()


async def test_a_station_of_a_camp_has_its_members_with_it() -> None:
    academy = await a_camp(academy=await a_small_academy())
    anna, camp = academy["Anna"], await camp_of(academy)
    assert "I know no such station" in (await types(anna, "/note make station:1")).text
    plan = StationPlan(camp.id, 1, (Station((anna.id, academy.ids["Dorte"])),), academy.clock.now())
    async with academy.memory.units(academy.workspace) as work:
        await work.stations.put(plan)
        await work.commit()
    academy.clock.set(datetime.combine(camp.day, time(14), UTC))
    threads(academy).threads[GENERAL] = said(academy)
    assert "I know no such station" in (await types(anna, "/note make station:2")).text
    draft = await types(anna, "/note make station:1")
    assert "2 agreements" in draft.text
    (note,) = await notes(academy)
    assert academy.ids["Dorte"] in note.took_part
    assert note.source.what == f"{camp.name}, station 1"
    assert note.source.camp == camp.id
    short = await types(anna, f'/note make station:1 since:"20 minutes ago" camp:"{camp.name}"')
    assert "nothing to note down" in short.text


async def test_an_academy_chooses_what_a_model_may_get() -> None:
    talk = await an_academy()
    odd = await talk.joins(an_organiser())
    shown = await odd.types("/academy")
    assert "Case notes and models: yes, if whoever makes the note says so each time" in shown.text
    form = (await odd.presses(shown.buttons["Case notes"])).form
    saved = await odd.fills({"sends": ("never",), "hours": ("24",)}, form=form)
    assert "Case notes and models: no, never" in saved.text
    assert "Time to object to a note: 1 day" in saved.text
    async with talk.memory.units(talk.workspace, reading=True) as work:
        options = await work.vocabulary.options()
    assert (options.notes_model, options.notes_objection_hours) == ("never", 24)
    assert (await odd.types("/academy notes")).form.title == "Case notes"
    odd_hours = rules_form(replace(options, notes_objection_hours=30), LANGUAGES.words("en", ZoneInfo("UTC")))
    assert "30 hours" in str(odd_hours)


async def test_the_words_of_whoever_leaves_leave_the_drafts_of_others() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    talk = [
        ("Anna", "Who has a hall for the dinner?"),
        ("Bo", "The old school stands empty in the evening."),
        ("Carl", "We agree to ask the library on Monday."),
    ]
    threads(academy).threads[GENERAL] = said(academy, talk)
    await types(anna, "/note make since:today")
    (before,) = await notes(academy)
    assert "old school" in repr([one.text for one in (*before.content.summary, *before.content.situation)])
    await leaves(academy, "Bo")
    (after,) = await notes(academy)
    shown = await types(anna, f"/note show {after.content.title}")
    assert "old school" not in shown.text
    assert "library" in shown.text
    assert "1 of those who took part asked to be forgotten" in shown.text
    assert academy.ids["Bo"] not in after.said_by.values()


async def test_a_draft_of_nothing_but_their_words_goes_with_them() -> None:
    academy = await a_small_academy()
    threads(academy).threads[GENERAL] = said(academy, [("Bo", "The old school stands empty. We agree to ask for it.")])
    await types(academy["Anna"], "/note make since:today")
    assert len(await notes(academy)) == 1
    await leaves(academy, "Bo")
    assert await notes(academy) == []


async def test_what_a_model_was_to_be_sent_of_them_goes_too() -> None:
    academy = await a_small_academy()
    await drafts(academy["Anna"])
    (draft,) = await notes(academy)
    now = academy.clock.now()
    async with academy.memory.units(academy.workspace) as work:
        until = now + WAITING_KEPT
        schedule = await plan(work, Due.WAITING, draft.id, until, draft.author, now)
        await work.notes.keep_waiting(Waiting(draft.id, draft.author, until, "{}", schedule))
        await work.commit()
    await leaves(academy, "Bo")
    async with academy.memory.units(academy.workspace, reading=True) as work:
        assert await work.notes.waiting(draft.id) is None
        assert await work.schedules.get(schedule) is None
