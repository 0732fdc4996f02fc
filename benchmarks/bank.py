"""The knowledge bank: how fast notes come in, and how long a question takes over all of them, beside bare queries."""

import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import text

from benchmarks.bank_notes import NOW, entries, questions
from benchmarks.measure import Row, percentile
from bot.bank.ranking import ranked
from bot.bank.reading import reader, words_of
from bot.bank.repository import Candidate, Entry
from bot.bank.searching import Question, search
from bot.bank.weighing import Sight
from bot.deliveries.domain import LetterTable
from bot.identity import MemberId, NoteId, WorkspaceId, new_id
from bot.letters import LETTERS
from bot.members.domain import WorkspaceOptions
from storage import upgrade
from storage.alarm import ProcessAlarm
from storage.directory import StoredDirectory
from storage.engine import Database, open_database
from storage.unit_of_work import StoredUnits
from tests.databases import fresh_database, postgres_server, url_text

NOTES, PART, ASKED, BEST = 100_000, 1_000, 300, 10
SLOWEST, SLOWEST_INDEXING = 50.0, 1_000.0
_KEY = "YmVuY2htYXJrcy1vbmx5LWJlbmNobWFya3Mtb25seS0="


def rows(notes: int = NOTES) -> Iterator[Row]:
    made, asked = entries(notes), questions(ASKED)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bank.db'}"
        upgrade.upgrade_blocking(url)
        yield from _rows("SQLite", "bare FTS5", asyncio.run(measured(url, made, asked)), notes)
    with postgres_server() as server, fresh_database(server, "bank") as fresh:
        upgrade.upgrade_blocking(url_text(fresh))
        yield from _rows("PostgreSQL", "bare tsvector", asyncio.run(measured(url_text(fresh), made, asked)), notes)


def _rows(kind: str, bare: str, found: dict[str, float], notes: int) -> Iterator[Row]:
    yield Row(f"{kind}: notes a second that come in", found["in"], "", SLOWEST_INDEXING, "wanted", "at least 1")
    yield Row(f"{kind}: a question over {notes:,} notes, p50", found["p50"], "ms", found["bare50"], bare)
    yield Row(f"{kind}: the same, p95", found["p95"], "ms", SLOWEST, "wanted", "at most 1")
    yield Row(f"{kind}: the same, p95 of processor", found["cpu95"], "ms", found["bare95"], bare)
    yield Row(f"{kind}: the slowest", found["worst"], "ms", 0, "")
    yield Row(f"{kind}: of the ten best by all notes, found", found["agreed"], "", 1, "all", "at least 0.95")


async def measured(url: str, made: Sequence[Entry], asked: Sequence[str]) -> dict[str, float]:
    database = open_database(url, _KEY)
    try:
        return await _measured(database, made, asked)
    finally:
        await database.close()


async def _measured(database: Database, made: Sequence[Entry], asked: Sequence[str]) -> dict[str, float]:
    units = StoredUnits(database, LetterTable.of(row.letter for row in LETTERS), ProcessAlarm())
    workspace = (await StoredDirectory(database).ensure("local", "Academy", WorkspaceOptions())).id
    taken = await _put(units, workspace, made)
    if not database.is_sqlite:
        async with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            await connection.execute(text("VACUUM ANALYZE bank_notes"))
    sight = Sight(MemberId(new_id()))
    walls: list[float] = []
    cpus: list[float] = []
    bares: list[float] = []
    best: list[Sequence[NoteId]] = []
    for typed in asked:
        wall, cpu = time.perf_counter(), time.process_time()
        async with units(workspace, reading=True) as work:
            found = await search(work.bank, Question(typed), sight, NOW, reader())
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
        best.append([one.note for one in found.ranked[:BEST]])
        bares.append(await _bare(database, typed))
    return {
        "in": len(made) / taken,
        "p50": percentile(walls, 0.5),
        "p95": percentile(walls, 0.95),
        "cpu95": percentile(cpus, 0.95),
        "worst": max(walls),
        "bare50": percentile(bares, 0.5),
        "bare95": percentile(bares, 0.95),
        "agreed": await _agreed(units, workspace, asked[:40], best, sight),
    }


async def _put(units: StoredUnits, workspace: WorkspaceId, made: Sequence[Entry]) -> float:
    begun = time.perf_counter()
    for start in range(0, len(made), PART):
        async with units(workspace) as work:
            await work.bank.put_all(made[start : start + PART])
            await work.commit()
    return time.perf_counter() - begun


async def _bare(database: Database, typed: str) -> float:
    """The database's own search for the same words, whole as they are: no forms, no ranking, nobody's sight."""
    stems = [term for word in words_of(typed) for term, share in reader().terms(word) if share == 1]
    if not stems:
        return 0.0
    if database.is_sqlite:
        query = "SELECT rowid FROM bank_search WHERE bank_search MATCH :q ORDER BY rowid DESC LIMIT 300"
        wanted = " OR ".join(f'"{stem}"' for stem in stems)
    else:
        query = (
            "SELECT id FROM bank_notes WHERE array_to_tsvector(string_to_array(tokens, ' ')) @@ CAST(:q AS tsquery)"
            " ORDER BY seq + 0 DESC LIMIT 300"
        )
        wanted = " | ".join(f"'{stem}'" for stem in stems)
    begun = time.perf_counter()
    async with database.reading_engine.connect() as connection:
        (await connection.execute(text(query), {"q": wanted})).all()
    return 1000 * (time.perf_counter() - begun)


async def _agreed(
    units: StoredUnits, workspace: WorkspaceId, asked: Sequence[str], best: Sequence[Sequence[NoteId]], sight: Sight
) -> float:
    """How many of the best by ranking every note that has any of the words are among the best that were found."""
    had = wanted = 0
    for typed, found in zip(asked, best, strict=False):
        async with units(workspace, reading=True) as work:
            read = (await search(work.bank, Question(typed), sight, NOW, reader())).read
            forms = tuple({form.term for one in read.asked for form in one.forms})
            every: Sequence[Candidate] = []
            if forms:
                every = await work.bank.candidates((forms, ("a.public", "a.academy")), NOTES)
        whole = ranked(every, read.asked, read.known)[:BEST]
        # Of those that are worth the same, any will do.
        least = whole[-1].score if whole else 0.0
        worth = {one.note: one.score for one in ranked(every, read.asked, read.known)}
        had += sum(worth.get(note, 0.0) >= least for note in found[: len(whole)])
        wanted += len(whole)
    return had / wanted if wanted else 1.0
