"""The knowledge bank: how fast notes come in, and how long a question takes over all of them, beside what each database offers
by itself. Both hold the same notes: they are put into SQLite, and all but the last of them copied to PostgreSQL as they are.
"""

import asyncio
import gc
import os
import tempfile
import time
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from sqlalchemy import text

from benchmarks.bank_notes import NOW, entries, questions
from benchmarks.bank_peers import Fts5, Tsvector, copied, texts_in
from benchmarks.bank_questions import places
from benchmarks.measure import Row, percentile
from bot.bank.ranking import ranked, weighty
from bot.bank.reading import reader
from bot.bank.repository import Candidate, Entry
from bot.bank.searching import Question, in_time, narrowed_to, search
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

NOTES, PART, LAST, ASKED, ALL_RANKED, BEST = 100_000, 1_000, 5_000, 400, 60, 10
# Of each part, questions are made of so many notes.
_SOME = 20
SLOWEST, SLOWEST_INDEXING = 50.0, 1_000.0
_KEY = "YmVuY2htYXJrcy1vbmx5LWJlbmNobWFya3Mtb25seS0="
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Figures:
    """What was measured on one database. Times in milliseconds, of one question each."""

    coming_in: float = 0.0
    coming_in_processor: float = 0.0
    walls: list[float] = field(default_factory=list[float])
    processor: float = 0.0
    own: list[float] = field(default_factory=list[float])
    peers: list[float] = field(default_factory=list[float])
    best: list[Sequence[NoteId]] = field(default_factory=list[Sequence[NoteId]])
    agreed: float = 0.0


def rows(notes: int = NOTES) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder, postgres_server() as server, fresh_database(server, "bank") as fresh:
        file = str(Path(folder) / "bank.db")
        for url in (_lite(file), url_text(fresh)):
            upgrade.upgrade_blocking(url)
        lite, post, asked = asyncio.run(measured(file, url_text(fresh), notes))
        for peer, found in ((Fts5(str(Path(folder) / "peer.db")), lite), (Tsvector(conninfo(url_text(fresh))), post)):
            peer.fill(texts_in(file))
            found.peers = [peer.took(question.words) for question in asked]
    yield from _rows("SQLite", "FTS5 with bm25()", lite, notes)
    yield from _rows("PostgreSQL", "tsvector with ts_rank()", post, notes)
    same = sum(one == other for one, other in zip(lite.best, post.best, strict=True))
    yield Row("Questions with the same ten notes on both databases", same / len(lite.best), "", 1, "all", "1")
    for held, where in asyncio.run(_own()).items():
        kind = "held back" if held else "tuned with"
        first, five = sum(place == 1 for place in where), sum(0 < place <= 5 for place in where)
        yield Row(
            f"Own questions that were {kind}: the right note is first", first, "", len(where), "all", "at least 0.75"
        )
        yield Row(
            f"Own questions that were {kind}: it is among the first five", five, "", len(where), "all", "at least 0.9"
        )
    yield Row("Of the ten best by ranking all notes, found", lite.agreed, "", 1, "all", "at least 0.95")


def _rows(kind: str, peer: str, found: Figures, notes: int) -> Iterator[Row]:
    yield Row(f"{kind}: notes a second that come in", found.coming_in, "", SLOWEST_INDEXING, "wanted", "at least 1")
    yield Row(f"{kind}: the same by processor time", found.coming_in_processor, "", SLOWEST_INDEXING, "wanted")
    yield Row(
        f"{kind}: a question over {notes:,} notes, p50", percentile(found.walls, 0.5), "ms",
        percentile(found.peers, 0.5), peer,
    )  # fmt: skip
    yield Row(f"{kind}: the same, p95", percentile(found.walls, 0.95), "ms", SLOWEST, "wanted", "at most 1")
    yield Row(f"{kind}: the same, p95", percentile(found.walls, 0.95), "ms", percentile(found.peers, 0.95), peer)
    yield Row(f"{kind}: the slowest of {len(found.walls)}", max(found.walls), "ms", 0, "")
    yield Row(f"{kind}: p95 of this process's processor time", percentile(found.own, 0.95), "ms", SLOWEST, "wanted")
    yield Row(f"{kind}: processor time a question, the database's with it", found.processor, "ms", 0, "")


async def measured(file: str, postgres: str, notes: int) -> tuple[Figures, Figures, Sequence[Question]]:
    """Fills both, and asks both the same."""
    lite, post = Figures(), Figures()
    sight = Sight(MemberId(new_id()))
    made, some, last = entries(notes), list[Entry](), list[Entry]()
    async with _opened(_lite(file)) as (one, units):
        here = (await StoredDirectory(one).ensure("local", "Academy", WorkspaceOptions())).id
        left = max(0, notes - LAST)
        while part := list(islice(made, min(PART, left))):
            left -= len(part)
            some += part[:_SOME]
            await _put(one, units, here, part, Figures())
        last += made
        await asyncio.to_thread(copied, file, conninfo(postgres))
        await _put(one, units, here, last, lite)
        asked = questions(some, ASKED)
        await _asked(one, units, here, asked, sight, lite)
        lite.agreed = await _agreed(units, here, asked[:ALL_RANKED], lite.best, sight)
    async with _opened(postgres) as (other, units):
        await _put(other, units, here, last, post)
        await _asked(other, units, here, asked, sight, post)
    return lite, post, asked


async def _own() -> Mapping[bool, Sequence[int]]:
    """The places of the notes that answer our own questions, among our own notes."""
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "own.db")
        await asyncio.to_thread(upgrade.upgrade_blocking, _lite(file))
        async with _opened(_lite(file)) as (database, units):
            here = (await StoredDirectory(database).ensure("local", "Academy", WorkspaceOptions())).id

            async def put(made: Sequence[Entry]) -> None:
                await _put(database, units, here, made, Figures())

            async def ask(typed: str) -> Sequence[NoteId]:
                async with units(here, reading=True) as work:
                    found = await search(work.bank, Question(typed), Sight(), NOW, reader())
                return [one.note for one in found.ranked]

            return await places(put, ask)


@asynccontextmanager
async def _opened(url: str) -> AsyncGenerator[tuple[Database, StoredUnits], None]:
    database = open_database(url, _KEY)
    try:
        yield database, StoredUnits(database, LetterTable.of(row.letter for row in LETTERS), ProcessAlarm())
    finally:
        await database.close()


async def _put(
    database: Database, units: StoredUnits, workspace: WorkspaceId, made: Sequence[Entry], found: Figures
) -> None:
    gc.collect()
    begun, processor = time.perf_counter(), await _processor(database)
    for start in range(0, len(made), PART):
        async with units(workspace) as work:
            await work.bank.put_all(made[start : start + PART])
            await work.commit()
    # What comes in is not in before it is sorted into the index.
    await database.sorting.finished()
    found.coming_in = len(made) / (time.perf_counter() - begun)
    found.coming_in_processor = len(made) / max(0.001, await _processor(database) - processor)


async def _asked(
    database: Database,
    units: StoredUnits,
    workspace: WorkspaceId,
    asked: Sequence[Question],
    sight: Sight,
    found: Figures,
) -> None:
    processor = await _processor(database)
    for question in asked:
        begun, own = time.perf_counter(), time.process_time()
        async with units(workspace, reading=True) as work:
            search_ = await search(work.bank, question, sight, NOW, reader())
        found.walls.append(1000 * (time.perf_counter() - begun))
        found.own.append(1000 * (time.process_time() - own))
        found.best.append([one.note for one in search_.ranked[:BEST]])
    found.processor = 1000 * (await _processor(database) - processor) / len(asked)


async def _agreed(
    units: StoredUnits,
    workspace: WorkspaceId,
    asked: Sequence[Question],
    best: Sequence[Sequence[NoteId]],
    sight: Sight,
) -> float:
    """How many of the best by ranking every note that has any of the words are among the best that were found."""
    had = wanted = 0
    for question, found in zip(asked, best, strict=False):
        async with units(workspace, reading=True) as work:
            read = (await search(work.bank, question, sight, NOW, reader())).read
            every: Sequence[Candidate] = ()
            wanted_too = narrowed_to(question, sight, NOW, reader())
            if wanted_too is not None and any(one.forms for one in read.asked):
                forms = tuple({form.term for one in read.asked for form in one.forms})
                every = await work.bank.candidates((forms, *wanted_too), NOTES)
        whole = [one for one in ranked(every, weighty(read.asked, read.known)) if in_time(one.published_at, question)]
        # Of those that are worth the same, any will do.
        least = whole[:BEST][-1].score if whole else 0.0
        worth = {one.note: one.score for one in whole}
        had += sum(worth.get(note, 0.0) >= least for note in found[: len(whole)])
        wanted += min(BEST, len(whole))
    return had / wanted if wanted else 1.0


def _lite(file: str) -> str:
    return f"sqlite+aiosqlite:///{file}"


def conninfo(url: str) -> str:
    """The same for the driver alone."""
    return url.replace("+psycopg", "")


async def _processor(database: Database) -> float:
    """Seconds of processor time so far: this process's, and where the database is another one, its processes' on this machine."""
    if database.is_sqlite:
        return time.process_time()
    async with database.reading_engine.connect() as connection:
        own = (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    return time.process_time() + _used_by(_parent(own))


def _used_by(server: int) -> float:
    """What a server's processes used, those that it made for connections."""
    every = [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit()]
    those = [fields for one in every if one != os.getpid() and (fields := _fields(one)) and int(fields[1]) == server]
    return sum(int(fields[11]) + int(fields[12]) for fields in those) / _TICK


def _parent(process: int) -> int:
    fields = _fields(process)
    return int(fields[1]) if fields else 0


def _fields(process: int) -> Sequence[str]:
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return ()
