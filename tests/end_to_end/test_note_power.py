"""The power goes at every step of a case note: nothing is half kept, nobody is told twice, and its maker hears what became of
it."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from bot.bootstrap import opened_app
from bot.identity import WorkspaceId
from bot.settings import Settings
from tests.databases import TEST_KEY, change
from tests.emulators.openai_server import OpenaiServer, Reply, openai_server
from tests.emulators.slack_faults import Fault
from tests.emulators.slack_person import Person
from tests.emulators.slack_state import Channel, Message
from tests.end_to_end.houses import House, database
from tests.end_to_end.slack_town import Town, emulated, for_one_team, town
from tests.end_to_end.town import Place
from tests.end_to_end.trouble_windows import number, rows, until

SOON = 12.0  # seconds; a busy machine is slow, and nothing here is about speed
TOLD = "FROM deliveries WHERE key LIKE 'note:%:told:%'"


async def rests_are_over(place: Place) -> None:
    """When Slack may be asked again lies sealed."""
    told = {name.lower(): value for name, value in place.settings.items() if not name.startswith(("SLACK", "OPENAI"))}
    async with opened_app(Settings.model_validate(told)) as app:
        (workspace,) = rows(place.folder, "SELECT workspace_id FROM note_jobs")
        async with app.units(WorkspaceId(UUID(str(workspace[0])))) as work:
            (job,) = await work.notes.jobs_seen_before(app.clock.now())
            await work.notes.put_job(replace(job, rest_until=None))
            await work.commit()


def time_goes_by(folder: Path) -> None:
    """For a process that is not there: leases are over, nobody has been seen for a long time, and all that is planned of notes is
    due."""
    for what in (
        "UPDATE deliveries SET lease_until = '2026-01-01 00:00:00.000000' WHERE state = 'sending'",
        "UPDATE note_jobs SET seen_at = '2026-01-01 00:00:00.000000'",
        "UPDATE schedules SET next_at = '2026-01-01 00:00:00.000000' WHERE kind = 'note_due'",
        "UPDATE schedules SET start = '2026-01-01T00:00:00' WHERE kind = 'note_due'",
    ):
        change(database(folder), what)


async def talks(here: Town) -> Message:
    """A thread of more than Slack gives in a minute."""
    anna, bo, aase, dan = here.people
    root = await anna.writes("Familien kan ikke få en bolig. Den bor på et herberg.", here.general)
    for place in range(20):
        await bo.writes(f"Vi har lejlighed nummer {place}.", here.general, thread=root)
    await aase.writes("Vi aftaler, at fonden betaler indskuddet.", here.general, thread=root)
    await dan.writes("Hvem taler med boligforeningen?", here.general, thread=root)
    return root


def often(person: Person, channel: Channel, words: str) -> int:
    """How many messages of their own conversation with the bot say so."""
    return sum(words in one.text for one in channel.messages if one.user != person.id)


async def killed_while_it_reads(folder: Path, house: House, here: Town, root: Message) -> None:
    anna = here.people[0]
    here.slack.world.rates.small_history = True
    await anna.uses_shortcut("Lav casenotat", root)
    await anna.until_sees("Jeg læser samtalen", SOON)
    house.kill()
    assert number(folder, "SELECT count(*) FROM notes") == 0


async def killed_while_the_model_answers(
    folder: Path, house: House, here: Town, root: Message, model: OpenaiServer
) -> None:
    anna = here.people[0]
    here.slack.world.rates.small_history = False
    await anna.until_sees("jeg blev genstartet midt i din samtale", SOON)
    assert number(folder, "SELECT count(*) FROM notes") == number(folder, "SELECT count(*) FROM note_waiting") == 0
    await anna.presses("Læs den igen")
    await anna.until(lambda: number(folder, "SELECT count(*) FROM note_waiting") == 1, SOON)
    await anna.uses_shortcut("Lav casenotat", root)
    await anna.until_sees("Lad sprogmodellen skrive", SOON)
    await anna.presses("Lad sprogmodellen skrive")
    await anna.until_sees("Må sprogmodellen få det her?", SOON)
    model.replies.append(Reply(never=True))
    await anna.presses("Send det")
    await anna.until_sees("Indtil da beholder du dit eget", SOON)
    house.kill()
    assert len(model.asked) == 1
    assert number(folder, "SELECT count(*) FROM note_sendings") == 1
    # The other draft's text still waits for a yes; its hour ends while nobody is there.
    assert number(folder, "SELECT count(*) FROM note_waiting") == 1
    time_goes_by(folder)


async def killed_while_those_who_took_part_are_told(folder: Path, house: House, here: Town) -> None:
    anna = here.people[0]
    await anna.until_sees("Jeg blev genstartet, mens sprogmodellen skrev", SOON)
    await until(lambda: number(folder, "SELECT count(*) FROM note_waiting") == 0)
    assert rows(folder, "SELECT DISTINCT model, state FROM notes") == [("", "draft")]
    await anna.presses("Udgiv …")
    await anna.until_modal("Hvem må se notatet?", SOON)
    await anna.fills({"Hvem må se det?": "offentligheden: alle, også på nettet"})
    await anna.submits()
    await anna.until_sees("Sådan ser andre det", SOON)
    here.slack.faults.arm("chat.postMessage", Fault.HANGS_AFTER, times=9, skip=1)
    await anna.presses("Udgiv")
    await until(lambda: number(folder, f"SELECT count(*) {TOLD} AND state = 'sent'") == 1)
    house.kill()
    here.slack.faults.disarm()
    assert number(folder, f"SELECT count(*) {TOLD}") == 3
    assert rows(folder, "SELECT state, version FROM notes WHERE state <> 'draft'") == [("announced", 1)]
    time_goes_by(folder)


async def killed_when_it_has_become_public(folder: Path, house: House) -> None:
    await until(lambda: number(folder, "SELECT count(*) FROM notes WHERE state = 'published'") == 1)
    house.kill()
    time_goes_by(folder)


async def test_a_note_survives_four_power_cuts(tmp_path: Path) -> None:
    with openai_server() as model:
        async with emulated(tmp_path, "socket") as (slack, port):
            here = town(slack, "Akademiet")
            place = for_one_team(tmp_path, port, here, "socket")
            place.settings.update(OPENAI_BASE_URL=model.base, OPENAI_MODEL="small", OPENAI_API_KEY="k")
            place.settings["BROBYGGER_SECRET_KEY"] = TEST_KEY
            root = await talks(here)
            async with place.open() as house:
                await killed_while_it_reads(tmp_path, house, here, root)
            await rests_are_over(place)
            time_goes_by(tmp_path)
            async with place.open() as house:
                await killed_while_the_model_answers(tmp_path, house, here, root, model)
            async with place.open() as house:
                await killed_while_those_who_took_part_are_told(tmp_path, house, here)
            async with place.open() as house:
                await killed_when_it_has_become_public(tmp_path, house)
            async with place.open():
                await until(lambda: number(tmp_path, "SELECT count(*) FROM deliveries WHERE state <> 'sent'") == 0)
                anna, *others = here.people
                told = [often(one, one.direct, "Et casenotat bygger på en samtale") for one in others]
                assert told == [1, 1, 1]
                assert often(anna, anna.direct, "Dit casenotat er offentligt") == 1
            assert slack.problems == []
    assert rows(tmp_path, "SELECT count(*), max(number) FROM note_versions") == [(1, 1)]
    assert rows(tmp_path, "SELECT count(*) FROM bank_notes") == [(1,)]
    assert rows(tmp_path, "SELECT count(*) FROM note_sendings") == [(1,)]
    assert len(model.asked) == 1
