"""What a note said is in no file any more once it was taken back, not in the index either."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.deliveries.domain import LetterTable
from bot.identity import WorkspaceId
from bot.letters import LETTERS
from storage.departures import StoredDepartures
from tests import databases
from tests.bank_notes import LONELY, a_note, an_entry
from tests.databases import Storage

SECRETS = ("zebrastribet", "xylofon", "quizaften")


@pytest.fixture
def letters_table() -> LetterTable:
    return LetterTable.of(row.letter for row in LETTERS)


async def test_words_of_notes_that_are_gone_are_in_no_file(sqlite_url: str, letters_table: LetterTable) -> None:
    async with databases.opened(sqlite_url, letters_table) as storage:
        here, there = await storage.workspace(), await storage.workspace("other")
        await _published(storage, here, there)
        assert _left(sqlite_url) == set(SECRETS)
        assert storage.database is not None
        await StoredDepartures(storage.database).erase(there)
        await _gone(sqlite_url, {"xylofon"})
        assert "ensom" in _words(sqlite_url)
    assert _left(sqlite_url) == {"xylofon"}


async def test_what_a_crash_left_behind_goes_at_the_next_start(sqlite_url: str, letters_table: LetterTable) -> None:
    async with databases.opened(sqlite_url, letters_table) as storage:
        here, there = await storage.workspace(), await storage.workspace("other")
        assert storage.database is not None
        await _published(storage, here, there)
        # The process ends before what follows the removal has begun.
        await storage.database.traces.stop()
    assert _left(sqlite_url) > {"xylofon"}
    async with databases.opened(sqlite_url, letters_table) as storage:
        assert storage.database is not None
        await storage.database.traces.overwrite()
        assert _left(sqlite_url) == {"xylofon", "quizaften"}


async def test_while_somebody_writes_the_words_wait_to_go(sqlite_url: str, letters_table: LetterTable) -> None:
    file = _file(sqlite_url)
    async with databases.opened(sqlite_url, letters_table) as storage:
        await _published(storage, await storage.workspace(), await storage.workspace("other"))
        assert storage.database is not None
        with closing(sqlite3.connect(file, isolation_level=None)) as another:
            another.execute("BEGIN IMMEDIATE")
            await storage.database.traces.overwrite()
            assert "zebrastribet" in _left(sqlite_url)
            another.execute("ROLLBACK")
        await storage.database.traces.overwrite()
        assert _left(sqlite_url) == {"xylofon", "quizaften"}


async def _published(storage: Storage, here: WorkspaceId, there: WorkspaceId) -> None:
    """One note that is taken back, one that stays with other words, and one of an academy that goes."""
    gone, kept, other = (an_entry(a_note(f"Om {word}", f"Der var {word} i haven.")) for word in SECRETS)
    for workspace, entries in ((here, (gone, kept, an_entry(LONELY))), (there, (other,))):
        async with storage.units(workspace) as work:
            await work.bank.put_all(entries)
            await work.commit()
    async with storage.units(here) as work:
        await work.bank.put(replace(gone, version=2, content=a_note("Om zebrastribet")))
        await work.bank.remove(gone.note)
        await work.commit()


async def _gone(url: str, but: set[str]) -> None:
    async with asyncio.timeout(30):
        while _left(url) != but:  # noqa: ASYNC110 - a file tells nobody that it was changed
            await asyncio.sleep(0.05)


def _left(url: str) -> set[str]:
    file = _file(url)
    held = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    # The index has words without their endings, and of those that begin alike the beginning once.
    return {word for word in SECRETS if word[2:-3].encode() in held}


def _words(url: str) -> str:
    return " ".join(tokens for (tokens,) in databases.rows_of(url, "SELECT tokens FROM bank_notes"))


def _file(url: str) -> Path:
    return Path(url.partition(":///")[2])
