"""The knowledge bank in the chat: looked for, read, tried, asked about, taken along."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.bank.actions import AskBehind, MoreFound, ReadEntry
from bot.bank.cards import found_card
from bot.bank.repository import Entry, Outcome, Trial
from bot.bank.searching import Question
from bot.identity import MemberId, NoteId, new_id
from bot.members.domain import Block, Consent, WorkspaceOptions
from bot.messages.elements import Button
from bot.notes.domain import Audience
from commands.find import soon
from tests.bank_notes import ENGLISH, LONELY, NOW, TRANSPORT, a_note, an_entry
from tests.introductions_talk import LANGUAGES, Academy, Answer, a_small_academy, words_of


async def with_notes(*entries: Entry) -> Academy:
    academy = await a_small_academy()
    await publish(academy, *entries)
    return academy


async def publish(academy: Academy, *entries: Entry) -> None:
    async with academy.memory.units(academy.workspace) as work:
        await work.bank.put_all(entries)
        await work.commit()


def by(academy: Academy, first: str, entry: Entry) -> Entry:
    return replace(entry, author=academy.ids[first], took_part=(academy.ids[first],))


async def open_note(academy: Academy, first: str, entry: Entry) -> Answer:
    return await academy[first].presses(Button("Read", ReadEntry(entry.note)))


async def test_a_search_shows_notes_what_was_tried_and_who_offers_it() -> None:
    academy = await with_notes(an_entry(ENGLISH, place="Odense"), an_entry(TRANSPORT))
    found = await academy["Carl"].types('/find "premises"')
    lines = found.text.splitlines()
    assert lines[0] == "In the knowledge bank: premises"
    assert "Meeting rooms for young carers – Odense · 2 Mar 2026 · public" in found.text
    assert "A bank lends its meeting rooms to young people who look after a parent." in found.text
    assert "Kørsel" not in found.text
    assert lines.index("Members who offer it") > 3
    assert "Bo Lind" in found.text
    asked = await academy["Carl"].presses(found.buttons["Ask for an introduction"])
    assert "I have asked Bo Lind" in asked.text
    again = await academy["Carl"].types("/note search premises")
    assert "Meeting rooms" in again.text
    assert "Bo Lind" not in again.text


async def test_in_danish_it_is_said_in_danish() -> None:
    academy = await with_notes(an_entry(TRANSPORT))
    await academy.change("Carl", language="da")
    found = await academy["Carl"].types("/find koersel")
    assert "I videnbanken: koersel" in found.text
    shown = await academy["Carl"].presses(found.buttons["Læs"])
    assert "Person 1 har selv kørt tre naboer til sygehuset." in shown.text


async def test_nothing_typed_opens_the_form_and_the_form_finds() -> None:
    academy = await with_notes(by_theme := an_entry(LONELY, themes=["loneliness"], place="Rødovre"), an_entry(ENGLISH))
    for line in ("/find", "/note search"):
        opened = await academy["Carl"].types(line)
        assert opened.form.title == "Look in the knowledge bank"
    filled = await academy["Carl"].fills(opened.form, words="", theme="loneliness", place="rødovre")
    assert by_theme.content.title in filled.text
    assert "Meeting rooms" not in filled.text
    other = await academy["Carl"].fills(opened.form, words="rooms", sector="business")
    assert "Meeting rooms" in other.text
    nothing = await academy["Carl"].fills(opened.form, words="rooms", worked="yes")
    assert nothing.text.splitlines()[0] == "No note on that yet, but somebody who offers it"


async def test_filters_are_typed_by_key_or_name() -> None:
    academy = await with_notes(an_entry(LONELY, themes=["loneliness"], days_ago=400), an_entry(ENGLISH))
    for line in (
        "/find theme:loneliness",
        "/find theme:ensomhed",
        "/find sector:civil_society",
        "/find sector:civilsamfund",
        "/find period:2025",
        "/find period:2025-01",
        "/find ensomhed theme:ensomhed",
    ):
        found = await academy["Carl"].types(line)
        assert LONELY.title in found.text, line
        assert "Meeting rooms" not in found.text, line
    assert "Meeting rooms" in (await academy["Carl"].types('/find rooms period:"1 march"')).text
    assert "There are:" in (await academy["Carl"].types("/find sector:bakers")).text
    assert "Name the period as a year" in (await academy["Carl"].types('/find period:"when it rained"')).text
    unknown = await academy["Carl"].types("/find theme:bread")
    assert "nothing on that yet" in unknown.text
    form = await academy["Carl"].presses(unknown.buttons["Look for something else"])
    assert form.form.title == "Look in the knowledge bank"


async def test_pages_are_turned_and_taken_along() -> None:
    many = [an_entry(a_note(f"Haver nummer {number}", "Vi graver."), days_ago=number) for number in range(1, 13)]
    academy = await with_notes(*many)
    found = await academy["Carl"].types("/find haver")
    assert "12 notes · Page 1 of 3" in found.text
    assert "Haver nummer 5 " in found.text
    assert "Back" not in found.buttons
    second = await academy["Carl"].presses(found.buttons["More"])
    assert second.replaced
    assert "Haver nummer 6 " in second.text
    last = await academy["Carl"].presses(second.buttons["More"])
    assert "More" not in last.buttons
    assert "Page 2 of 3" in (await academy["Carl"].presses(last.buttons["Back"])).text
    sheet = (await academy["Carl"].presses(last.buttons["As a spreadsheet"])).handed.file
    assert sheet.name == "notes.csv"
    assert sheet.content.decode().count("Haver nummer") == 12
    document = (await academy["Carl"].presses(last.buttons["As a document"])).handed.file
    assert document.content.decode().startswith("# Haver nummer 1\n")
    await academy["Carl"].types("/find andet")
    assert "That search is over" in (await academy["Carl"].presses(found.buttons["More"])).text
    never = Button("More", MoreFound(1, 1))
    assert "That search is over" in (await academy["Bo"].presses(never)).text


async def test_a_slip_is_told_and_only_what_one_may_see_is_found() -> None:
    academy = await a_small_academy()
    hidden = by(academy, "Bo", an_entry("Chauffører, der gik for hurtigt", audience=Audience.US))
    await publish(academy, hidden, by(academy, "Anna", an_entry(TRANSPORT, audience=Audience.ACADEMY)))
    found = await academy["Carl"].types("/find chaufør")
    assert "No note has “chaufør”" in found.text
    assert "gik for hurtigt" not in found.text
    assert "gik for hurtigt" in (await academy["Bo"].types("/find chaufør")).text
    assert "not in the knowledge bank any more" in (await open_note(academy, "Carl", hidden)).text
    assert "for those who took part" in (await open_note(academy, "Bo", hidden)).text
    assert "nothing on that yet" in (await academy["Carl"].types("/find hurtigt")).text


async def test_where_names_are_held_back_offers_tell_where_somebody_is_from() -> None:
    academy = await a_small_academy(WorkspaceOptions(language="en", names_before_yes=False))
    found = await academy["Carl"].types("/find premises")
    assert "the person from Sportshallen" in found.text
    assert "Bo Lind" not in found.text
    await academy["Carl"].presses(found.buttons["Ask for an introduction"])
    await academy.change("Carl", intros_per_round=1)
    await academy.change("Dorte", offers=("premises",))
    used_up = await academy["Carl"].types("/find premises")
    assert "the person from Vennerne" in used_up.text
    assert "Ask for an introduction" not in used_up.buttons


async def test_what_was_found_by_its_meaning_says_so() -> None:
    academy = await with_notes(an_entry(LONELY))
    seen = await academy.services.bank.find(
        academy.workspace, academy.ids["Carl"], academy["Carl"].account, Question("ensomhed")
    )
    words = LANGUAGES.words("en", ZoneInfo("UTC"))
    meant = replace(seen, hits=tuple(replace(hit, meant=True, sentence="") for hit in seen.hits))
    assert "Other words, but it may mean the same." in words_of(found_card(meant, None, words))


async def test_somebody_who_takes_no_part_still_finds_notes() -> None:
    academy = await with_notes(an_entry(ENGLISH))
    await academy.change("Carl", consent=Consent.NOT_NOW)
    found = await academy["Carl"].types("/find premises")
    assert "Meeting rooms" in found.text
    assert "Members who offer it" not in found.text


async def test_whoever_wrote_it_is_asked_and_introduced() -> None:
    academy = await a_small_academy()
    await publish(academy, entry := by(academy, "Anna", an_entry(LONELY)))
    await academy.change("Anna", sector=(await academy.member("Carl")).sector)
    assert "Ask whoever wrote it" not in (await open_note(academy, "Anna", entry)).buttons
    opened = await open_note(academy, "Carl", entry)
    asked = await academy["Carl"].presses(opened.buttons["Ask whoever wrote it"])
    assert "I have asked Anna Holm" in asked.text
    again = await academy["Carl"].presses(opened.buttons["Ask whoever wrote it"])
    assert "I have asked Anna Holm" in again.text
    await academy.delivers()
    assert "Carl Juhl has read “Fællesspisning mod ensomhed i Rødovre” in the knowledge bank" in academy["Anna"].reads()
    waits = await academy["Carl"].types("/match")
    assert "Anna Holm" in waits.text
    await academy["Anna"].presses("Yes, introduce us")
    await academy.delivers()
    assert any("Fællesspisning" in str(card) for card in academy.rooms())


async def test_some_cannot_be_asked() -> None:
    academy = await a_small_academy()
    stranger = MemberId(new_id())
    await publish(academy, entry := by(academy, "Anna", an_entry(LONELY)), nobody := an_entry(ENGLISH, author=stranger))
    async with academy.memory.units(academy.workspace) as work:
        await work.members.block(Block(academy.ids["Anna"], academy.ids["Carl"], NOW))
        await work.commit()
    for note, who in ((entry, academy.ids["Anna"]), (nobody, stranger)):
        answer = await academy["Carl"].presses(Button("Ask", AskBehind(note.note, who)))
        assert "I can't ask that person just now" in answer.text
    other = await academy["Carl"].presses(Button("Ask", AskBehind(entry.note, academy.ids["Bo"])))
    assert "nobody to ask" in other.text
    gone = await academy["Carl"].presses(Button("Ask", AskBehind(NoteId(new_id()), academy.ids["Bo"])))
    assert "not in the knowledge bank any more" in gone.text


async def test_a_note_is_taken_along_with_its_trials() -> None:
    academy = await with_notes(entry := an_entry(ENGLISH, place="Odense"))
    async with academy.memory.units(academy.workspace) as work:
        for number, outcome in enumerate(Outcome):
            await work.bank.put_trial(
                Trial(entry.note, academy.ids[("Anna", "Bo", "Carl")[number]], outcome, "By", "", NOW)
            )
        await work.commit()
    opened = await open_note(academy, "Carl", entry)
    assert lines_with("By", opened.text) == ["It worked here: By", "It worked in part: By", "It did not work here: By"]
    file = (await academy["Carl"].presses(opened.buttons["As a document"])).handed.file
    assert file.name == "note.md"
    text = file.content.decode()
    assert "- Write the agreement (person 2)" in text
    assert text.index("## Who has tried it") < text.index("## In short")


def lines_with(word: str, text: str) -> Sequence[str]:
    return [line for line in text.splitlines() if line.endswith(f": {word}")]


async def test_who_leaves_takes_along_what_they_tried() -> None:
    academy = await with_notes(entry := an_entry(ENGLISH))
    async with academy.memory.units(academy.workspace) as work:
        await work.bank.put_trial(Trial(entry.note, academy.ids["Bo"], Outcome.WORKED, "Ribe", "Det gik.", NOW))
        await work.commit()
    exported = (await academy["Bo"].types("/profile export")).handed.file.content.decode()
    assert '"place": "Ribe"' in exported
    erasing = await academy["Bo"].types("/profile erase")
    await academy["Bo"].presses(next(iter(erasing.buttons.values())))
    assert "Ribe" not in (await academy["Carl"].types("/find premises")).text


async def test_who_offers_it_is_left_out_where_that_takes_long() -> None:
    there = asyncio.Event()
    assert await soon(there.wait(), 0.01) is None
    there.set()
    assert await soon(there.wait(), 5.0) is True
