"""Known personal data is told to the whole house, and looked for in everything that leaves it."""

import logging
from collections.abc import Generator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import make_url

from bot.identity import NoteId
from bot.notes.domain import NoteState
from bot.privacy import Masker
from tests.canary_house import CANARIES, TALK, TYPED, Ways, a_house, later, listening, settings, visited
from tests.databases import change
from tests.emulators.openai_server import OpenaiServer, openai_server
from tests.introductions_talk import Academy
from tests.note_talk import THREAD, fills, marks, presses, publishes, said, threads, types

pytestmark = pytest.mark.usefixtures("bare_surroundings")


@pytest.fixture
def server() -> Generator[OpenaiServer, None, None]:
    with openai_server() as running:
        yield running


def nothing(_masker: Masker, _text: str) -> tuple[()]:
    """A masker that finds nothing."""
    return ()


async def publish(academy: Academy) -> str:
    """A note of the thread, written by the model, changed by its author, and open to everybody. Gives its id."""
    author = academy["Margrethe"]
    threads(academy).threads[THREAD] = said(academy, TALK)
    draft = await marks(author)
    asked = await presses(author, draft.buttons["Let the model write it"])
    draft = await presses(author, asked.buttons["Send it"])
    assert "Karla Brodersen" in draft.text
    form = (await presses(author, draft.buttons["Edit"])).form
    draft = await fills(author, form, summary=f"Karla Brodersen har brug for en bolig\nVi talte om {TYPED}")
    await publishes(author, draft, "public")
    later(academy, hours=80)
    await academy.timekeeper.tick()
    async with academy.memory.units(academy.workspace, reading=True) as work:
        (note,) = await work.notes.in_states((NoteState.PUBLISHED,))
    return str(note.id)


async def talk(academy: Academy) -> None:
    """The same data in forms, polls, camps, announcements and searches."""
    olga = academy["Olga"]
    for line in (
        f'/poll "Hvad gør vi for {TYPED}?" "Ringer til Karla" "Skriver til k.b@example.dk"',
        f'/camp create name:"Camp om {TYPED}" date:2027-03-22 time:9-16 place:"Rosenvænget 14, 2610 Rødovre"',
        f'/announce new "{TYPED}" when:"in 2 minutes" to:everyone',
        f'/match find "{TYPED}"',
        f'/find "{TYPED}"',
        f'/note search "{TYPED}"',
        f'/profile pause "{TYPED}"',
        f'/nonsense "{TYPED}"',
        f'/camp nonsense "{TYPED}"',
    ):
        await types(olga, line)
    drafted = await types(olga, '/challenge "Hvad gør vi for Karla Brodersen?" view:"Hun ringer selv til Karla."')
    posted = await presses(olga, drafted.buttons["Post it"])
    await presses(olga, posted.buttons["Whom could I ask?"])
    challenge = await presses(olga, posted.buttons["How it stands"])
    held = await presses(olga, challenge.buttons["Answer"])
    await fills(olga, held.form, sees=TYPED, suggests="Ring til Karla Brodersen", seen_by=("all",))
    await presses(olga, challenge.buttons["Close the challenge"])
    form = (await types(olga, "/note text")).form
    await fills(olga, form, text="\n".join(f"{who}: {what}" for who, what in TALK))
    await olga.sends_wire(f"note_ask {TYPED}")
    for _ in range(50):
        if not await academy.courier.run_once():
            break


async def used(server: OpenaiServer, database: str, *, chatty: bool = True) -> Ways:
    """The whole house, from a thread to the public page, and then while everything goes wrong. ``chatty``: with all else that
    people type."""
    chosen = settings(server, database)
    with listening() as logs:
        async with a_house(chosen) as (app, academy):
            ways = Ways(server, logs, [])
            note = await publish(academy)
            if chatty:
                await talk(academy)
            await app.knowing.learn(academy.workspace)
            bank = ("", "?q=bolig", "/feed.atom", "/notes.json", "/notes.csv", "/notes.md")
            here = f"/bank/{academy.workspace}/{note}"
            paths = [*(f"/bank{path}" for path in bank), here, f"{here}.json", f"{here}.md", "/sitemap.xml"]
            ways.pages.extend(await visited(app, *paths, "/robots.txt", "/metrics", "/healthz", "/readyz"))
            assert all(page.startswith("200 ") for page in ways.pages)
            assert sum("bolig" in page for page in ways.pages) >= len(paths) - 1
            change(chosen.database_url, "ALTER TABLE notes RENAME TO mislaid")
            await types(academy["Olga"], f'/note search "{TYPED}"')
            await marks(academy["Margrethe"])
            change(chosen.database_url, "ALTER TABLE bank_notes RENAME TO mislaid_bank")
            ways.pages.extend(await visited(app, *paths, "/readyz", "/bank/nobody", "/calendar/nobody.ics"))
            assert any(page.startswith("503 ") for page in ways.pages)
            ways.pages.append((await app.meters.page()).decode())
    assert server.asked
    assert len(server.bodies) > len(server.asked)
    assert all("asked the model" in log.getvalue() for log in logs)
    assert all("sqlalchemy" in log.getvalue() for log in logs)
    return ways


async def test_nothing_personal_leaves_the_house(server: OpenaiServer, sqlite_url: str) -> None:
    assert (await used(server, sqlite_url)).leaks() == []


async def test_with_masking_switched_off_it_is_noticed(
    server: OpenaiServer, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same house that finds nothing to mask: the canaries are in what the model gets, and on the public pages."""
    monkeypatch.setattr(Masker, "find", nothing)
    monkeypatch.setattr(Masker, "found", nothing)
    leaks = (await used(server, sqlite_url, chatty=False)).leaks()
    assert {"model: brodersen", "page: brodersen", "model: 010190-1", "page: 010190-1"} <= set(leaks)
    assert not [leak for leak in leaks if leak.startswith("log")]


async def test_what_was_taken_back_and_who_was_forgotten_is_in_no_file(server: OpenaiServer, sqlite_url: str) -> None:
    async with a_house(settings(server, sqlite_url)) as (app, academy):
        note = await publish(academy)
        author = await academy.member("Margrethe")
        await app.knowing.learn(academy.workspace)
        form = (await types(academy["Thorbjørn"], "/note text")).form
        await fills(academy["Thorbjørn"], form, text="\n".join(f"{who}: {what}" for who, what in TALK))
        await types(academy["Thorbjørn"], f'/poll "{TYPED}?" "Ringer til Karla" "Skriver til k.b@example.dk"')
        await types(academy["Thorbjørn"], f'/find "{TYPED}"')
        await app.services.notes.publishing.withdraw(academy.workspace, NoteId(UUID(note)), author)
        for name in ("Margrethe", "Thorbjørn"):
            await app.services.members.erase(academy.workspace, str(academy.ids[name]))
        await academy.change("Olga", email="", needs=())
    file = Path(str(make_url(sqlite_url).database))
    every = [one.read_bytes().decode("utf-8", "replace").casefold() for one in file.parent.glob(f"{file.name}*")]
    assert every
    assert [one for one in CANARIES if any(one in content for content in every)] == []


def test_the_finder_sees_a_log_line_and_a_page(server: OpenaiServer) -> None:
    with listening() as logs:
        logging.getLogger("bot.made_up").debug("about %s", TALK[0][1])
        logging.getLogger("sqlalchemy.engine").info("INSERT %s", TALK[0][1])
    found = Ways(server, logs, [TALK[1][1]]).leaks()
    assert {one.split(":")[0] for one in found} == {"log", "page"}
    assert "log: brodersen" in found
    assert len(set(CANARIES)) == len(CANARIES)
