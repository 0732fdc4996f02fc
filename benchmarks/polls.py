"""Votes: what one costs beside the bare database upsert, many at once and one by one."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.clock import SystemClock
from benchmarks.measure import Row
from bot.deliveries.domain import LetterTable
from bot.identity import Account, Address, MemberId, WorkspaceId, new_id
from bot.letters import LETTERS
from bot.members.domain import Member, WorkspaceOptions
from bot.platforms import Platforms
from bot.polls.domain import Poll, PollPlace
from bot.polls.service import PollService
from bot.polls.voting import Slip, Voted
from bot.polls.writing import Written
from bot.words import Languages
from storage import upgrade
from storage.alarm import ProcessAlarm
from storage.directory import StoredDirectory
from storage.engine import Database, open_database
from storage.poll_rows import BallotRow
from storage.statements import statements
from storage.unit_of_work import StoredUnits
from tests.databases import fresh_database, postgres_server, url_text
from tests.poll_replicas import one_is_killed

VOTES, ALONE, RUNS, MANY = 1000, 200, 5, 10_000
LIMIT = 3.0


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measured(Path(folder) / "polls.db"))
    limit = f"at most {LIMIT:g}"
    yield Row(f"a vote of {VOTES} at once, kept", found["burst"], "ms", found["bare"], "a bare upsert", limit)
    yield Row("the same, processor", found["burst_cpu"], "ms", found["bare_cpu"], "a bare upsert", limit)
    yield Row("a vote alone, kept", found["alone"], "ms", found["bare"], "a bare upsert", limit)
    yield Row("the same, processor", found["alone_cpu"], "ms", found["bare_cpu"], "a bare upsert", limit)
    with postgres_server() as server, fresh_database(server, "polls") as url:
        upgrade.upgrade_blocking(url_text(url))
        begun = time.perf_counter()
        ballots, wrong, unsure = asyncio.run(one_is_killed(url_text(url), MANY, anonymous=False))
        taken = time.perf_counter() - begun
    yield Row(f"{MANY:,} votes, two processes on PostgreSQL, one killed: ballots", ballots, "", MANY, "votes", "1")
    yield Row("not as they were cast", wrong, "", 0, "", "0")
    yield Row("votes that had no answer and were cast again", unsure, "", 0, "")
    yield Row("time in all", taken, "s", 0, "")


async def measured(file: Path) -> dict[str, float]:
    url = f"sqlite+aiosqlite:///{file}"
    await upgrade.make_ready(url)
    database = open_database(url)
    try:
        return await _measured(database)
    finally:
        await database.close()


async def _measured(database: Database) -> dict[str, float]:
    units = StoredUnits(database, LetterTable.of(row.letter for row in LETTERS), ProcessAlarm())
    workspace = (await StoredDirectory(database).ensure("local", "Academy", WorkspaceOptions())).id
    people = [
        Member(MemberId(new_id()), f"Person {number}", accounts=(Account("web", f"p{number}"),))
        for number in range(VOTES)
    ]
    async with units(workspace) as work:
        await work.members.put_all(people)
        await work.commit()
    service = PollService(units, SystemClock(), Platforms())
    words = Languages.load().words("en", ZoneInfo("UTC"))
    drafted = await service.drafts.write(
        workspace, people[0].id, Written("Where?", ("A", "B", "C")), [PollPlace(Address("web", "x"))], words
    )
    poll = (await service.open(workspace, drafted.poll.id, 1)).poll
    found: dict[str, list[float]] = {}
    for run in range(RUNS):
        for name, work in (
            ("bare", _bare(database, workspace, poll, people[:ALONE], run)),
            ("alone", _alone(service, workspace, poll, people[:ALONE], run)),
            ("burst", _burst(service, workspace, poll, people, run)),
        ):
            count = VOTES if name == "burst" else ALONE
            wall, cpu = time.perf_counter(), time.process_time()
            await work
            found.setdefault(name, []).append(1000 * (time.perf_counter() - wall) / count)
            found.setdefault(f"{name}_cpu", []).append(1000 * (time.process_time() - cpu) / count)
    return {name: min(taken) for name, taken in found.items()}


async def _bare(database: Database, workspace: WorkspaceId, poll: Poll, people: list[Member], run: int) -> None:
    for place, person in enumerate(people):
        values = {
            "workspace_id": workspace,
            "poll_id": poll.id,
            "voter": str(person.id),
            "choices": str(1 + (run + place) % 3),
        }
        async with statements(database, workspace) as run_:
            await run_.upsert(BallotRow, [values])
            await run_.commit()


async def _alone(service: PollService, workspace: WorkspaceId, poll: Poll, people: list[Member], run: int) -> None:
    for place, person in enumerate(people):
        await service.voting.vote(workspace, _slip(poll, person, run + place, f"a{run}:{place}"))


async def _burst(service: PollService, workspace: WorkspaceId, poll: Poll, people: list[Member], run: int) -> None:
    slips = [_slip(poll, person, run + place, f"b{run}:{place}") for place, person in enumerate(people)]
    outcomes = await asyncio.gather(*(service.voting.vote(workspace, slip) for slip in slips))
    assert all(isinstance(one, Voted) for one in outcomes)


def _slip(poll: Poll, person: Member, said: int, arrival: str) -> Slip:
    return Slip(person.accounts[0], poll.id, (str(1 + said % 3),), arrival)
