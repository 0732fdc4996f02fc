"""Who voted what in an anonymous poll: whoever has the database, its files, the logs and the exports cannot tell.

The same academy votes twice, the second time with two people's votes exchanged. Were there anything that ties a person to a
vote, the two would differ.
"""

import asyncio
import logging
import re
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import make_url

from bot.deliveries.domain import LetterTable
from bot.letters import LETTERS
from bot.members.leaving import everything_about
from bot.polls.domain import Poll, PollState, VoterKey
from storage.schema import TABLES
from tests import databases
from tests.introductions_talk import Academy, a_small_academy
from tests.poll_talk import fills, polls, posted, presses

ONE = {"Anna": "Odense", "Bo": "Rødovre", "Carl": "Odense", "Dorte": "Odense"}
OTHER = {**ONE, "Anna": "Rødovre", "Bo": "Odense"}
_UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_TRACE = re.compile(r"\b[0-9a-f]{8}\b")
_SEALED = re.compile(r"gAAAAA[\w=-]+")


def dumped(url: str, academy: Academy) -> list[str]:
    """Every row of every table as text: people by their names, other ids and what is sealed without their own value."""
    people = {id_.hex: name for name, id_ in academy.ids.items()}

    def named(found: re.Match[str]) -> str:
        return people.get(found[0].replace("-", ""), "id")

    rows: list[str] = []
    for table in TABLES:
        for row in databases.rows_of(url, f"SELECT * FROM {table.name}"):  # noqa: S608 - our own tables
            shown = " | ".join(str(value.hex if isinstance(value, UUID) else value) for value in row)
            shown = _SEALED.sub(lambda sealed: f"sealed({len(sealed[0])})", _DIGEST.sub("digest", shown))
            rows.append(f"{table.name}: {_TRACE.sub('trace', _UUID.sub(named, shown))}")
    return sorted(rows)


async def voted(academy: Academy, votes: Mapping[str, str]) -> Poll:
    """An anonymous poll in which everybody votes, by the button or in the form, some of them twice."""
    poll = await posted(
        academy["Olga"], '/poll "Where is camp 4?" "Rødovre" "Odense" "Online" anonymous:yes closes:"in 3 hours"'
    )
    for name, said in votes.items():
        await presses(academy[name], "Online")
        answer = await presses(academy[name], said)
        form = (await presses(academy[name], answer.buttons["Change my vote"])).form
        key = next(option.key for option in poll.options if option.text == said)
        await fills(academy[name], form, chosen=key)
    return poll


async def exported(academy: Academy, name: str) -> str:
    async with academy.memory.units(academy.workspace, reading=True) as work:
        return (await everything_about(work, await academy.member(name), academy.clock.now())).decode()


async def test_two_worlds_in_which_two_people_voted_the_other_way_round_look_the_same(
    database_url: str, sqlite_template: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for room in ("bot", "storage", "adapters", "commands"):
        caplog.set_level(logging.DEBUG, room)
    seen: list[list[object]] = []
    for place, votes in enumerate((ONE, OTHER)):
        caplog.clear()
        url = database_url
        if "sqlite" in url:
            databases.copy_sqlite(sqlite_template, tmp_path / f"{place}.db")
            url = databases.sqlite_url(tmp_path / f"{place}.db")
        else:
            databases.empty_postgres(url)
        async with databases.opened(url, LetterTable.of(row.letter for row in LETTERS)) as storage:
            academy = await a_small_academy(storage=storage)
            await voted(academy, votes)
            world: list[object] = [dumped(url, academy)]
            world.append([_named(await exported(academy, name), academy) for name in votes])
            await academy.passes(hours=3)
            (poll,) = await polls(academy)
            assert poll.state is PollState.CLOSED
            assert poll.closing is not None
            assert poll.closing.tally == {("1",): 1, ("2",): 3}
            world += [dumped(url, academy), [_named(await exported(academy, name), academy) for name in votes]]
            # Whether SQLite's log can be emptied at once is a matter of the moment, whoever voted what.
            records = [record for record in caplog.records if record.name != "storage.forgetting"]
            world.append(sorted(_named(record.getMessage(), academy) for record in records))
            seen.append(world)
    one, other = seen
    for part, told in zip(one, other, strict=True):
        assert part == told


def _named(text: str, academy: Academy) -> str:
    people = {id_.hex: name for name, id_ in academy.ids.items()}
    return _TRACE.sub("trace", _UUID.sub(lambda found: people.get(found[0].replace("-", ""), "id"), text))


async def test_while_it_is_open_a_ballot_tells_only_a_pseudonym(database_url: str) -> None:
    async with databases.opened(database_url, LetterTable.of(row.letter for row in LETTERS)) as storage:
        academy = await a_small_academy(storage=storage)
        await voted(academy, ONE)
        rows = databases.rows_of(database_url, "SELECT voter, choices FROM ballots")
        assert sorted(choices for _, choices in rows) == ["1", "2", "2", "2"]
        known = [str(id_) for id_ in academy.ids.values()] + [id_.hex for id_ in academy.ids.values()]
        assert not any(person in voter for voter, _ in rows for person in [*known, *academy.ids])


async def test_after_the_close_the_key_and_the_pseudonyms_are_in_no_file(sqlite_url: str) -> None:
    file = Path(str(make_url(sqlite_url).database))
    async with databases.opened(sqlite_url, LetterTable.of(row.letter for row in LETTERS)) as storage:
        academy = await a_small_academy(storage=storage)
        await voted(academy, ONE)
        ((sealed,),) = databases.rows_of(sqlite_url, "SELECT secret_sealed FROM polls")
        pseudonyms = [VoterKey(voter) for (voter,) in databases.rows_of(sqlite_url, "SELECT voter FROM ballots")]
        assert found_in(file, [sealed, *pseudonyms]) == {sealed, *pseudonyms}
        await academy.passes(hours=3)
        assert found_in(file, [sealed, *pseudonyms]) == set()


async def test_somebody_who_reads_the_file_holds_nobody_up_and_what_is_gone_goes_after_them(
    sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    file = Path(str(make_url(sqlite_url).database))
    async with databases.opened(sqlite_url, LetterTable.of(row.letter for row in LETTERS)) as storage:
        academy = await a_small_academy(storage=storage)
        await voted(academy, ONE)
        ((sealed,),) = databases.rows_of(sqlite_url, "SELECT secret_sealed FROM polls")
        with closing(sqlite3.connect(file)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM polls").fetchone()
            await academy.passes(hours=3)
            ((state,),) = databases.rows_of(sqlite_url, "SELECT state FROM polls")
            assert state == "closed"
            assert "what was destroyed is not overwritten yet" in caplog.text
            assert found_in(file, [sealed]) == {sealed}
        await until(lambda: not found_in(file, [sealed]))
        await until(lambda: "what was destroyed is overwritten now" in caplog.text)


async def test_in_what_order_anonymous_votes_came_is_soon_in_no_file(sqlite_url: str) -> None:
    file = Path(str(make_url(sqlite_url).database))
    log = file.with_name(file.name + "-wal")
    async with databases.opened(sqlite_url, LetterTable.of(row.letter for row in LETTERS)) as storage:
        academy = await a_small_academy(storage=storage)
        await voted(academy, ONE)
        assert log.stat().st_size
        await until(lambda: not log.stat().st_size)
        assert len(databases.rows_of(sqlite_url, "SELECT voter FROM ballots")) == len(ONE)


async def until(true: Callable[[], bool]) -> None:
    """Waits for what happens in the background."""
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110 - a file tells nobody that it was changed
            await asyncio.sleep(0.05)


async def test_where_the_database_is_busy_the_poll_closes_all_the_same(
    sqlite_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with databases.opened(sqlite_url, LetterTable.of(row.letter for row in LETTERS)) as storage:
        assert storage.database is not None
        storage.database.patience = 0.05
        await storage.database.hold_gate()
        await storage.database.traces.overwrite()
        storage.database.gate.release()
    assert "what was destroyed is not overwritten yet" in caplog.text


def found_in(file: Path, texts: list[str]) -> set[str]:
    """Which of these texts stand in the database's files, in use or not."""
    held = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    return {text for text in texts if text.encode() in held}
