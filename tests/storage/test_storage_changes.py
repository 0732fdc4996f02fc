"""What is written of members and options is told to whoever remembers them: at the commit, and from other processes too."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import OperationalError

from bot.deliveries.domain import LetterTable
from bot.errors import StorageError
from bot.members.domain import WorkspaceOptions
from storage.changes import PeopleWritten, writes_people
from storage.rows import AccountRow, ArrivalRow, MemberRow, WorkspaceRow
from storage.statements import statements
from tests import databases
from tests.databases import Storage
from tests.storage_values import a_member, a_schedule

LONG = 30.0
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def people(storage: Storage) -> PeopleWritten:
    assert storage.database is not None
    return storage.database.people


async def test_a_mark_changes_with_what_is_written_of_people_and_with_nothing_else(
    sqlite_url: str, letters: LetterTable
) -> None:
    async with databases.opened(sqlite_url, letters) as storage:
        here, there = await storage.workspace(), await storage.workspace("another")
        changed: dict[str, bool] = {}
        for step in ("member", "options", "forgotten", "arrival", "schedule", "undone", "read"):
            mark, other = people(storage).mark(here), people(storage).mark(there)
            member = a_member()
            async with storage.units(here, reading=step == "read") as work:
                match step:
                    case "member" | "undone":
                        await work.members.put(member)
                    case "options":
                        await work.vocabulary.set_options(replace(WorkspaceOptions(), language="en"))
                    case "forgotten":
                        await work.members.forget(member.id, NOW)
                    case "arrival":
                        await work.arrivals.first_time("one", NOW)
                    case "schedule":
                        await work.schedules.put(a_schedule())
                    case _:
                        await work.members.everybody()
                assert people(storage).mark(here) == mark  # not before the commit
                if step not in ("undone", "read"):
                    await work.commit()
            changed[step] = people(storage).mark(here) != mark
            assert people(storage).mark(there) == other
        assert [step for step, did in changed.items() if did] == ["member", "options", "forgotten"]


async def test_who_writes_in_no_workspace_or_in_two_has_written_everywhere(
    sqlite_url: str, letters: LetterTable
) -> None:
    async with databases.opened(sqlite_url, letters) as storage:
        assert storage.database is not None
        here, there = await storage.workspace(), await storage.workspace("another")
        for two in (False, True):
            mark = people(storage).mark(there)
            async with statements(storage.database, here if two else None) as run:
                if two:
                    await run.also_holding(there)
                await run.write(update(MemberRow).values(language=MemberRow.language))
                await run.commit()
            assert people(storage).mark(there) != mark


async def test_a_commit_whose_answer_is_lost_may_have_been_kept(sqlite_url: str, letters: LetterTable) -> None:
    async with databases.opened(sqlite_url, letters) as storage:
        assert storage.database is not None
        here = await storage.workspace()
        mark = people(storage).mark(here)
        async with statements(storage.database, here) as run:
            await run.write(update(MemberRow).values(language=MemberRow.language))
            await run._session.close()  # pyright: ignore[reportPrivateUsage]  # as if the connection went away
            run._session.commit = _lost  # type: ignore[method-assign]  # pyright: ignore[reportPrivateUsage]  # as above
            with pytest.raises(StorageError):
                await run.commit()
        assert people(storage).mark(here) != mark


async def comes(what: Callable[[], bool]) -> None:
    while not what():  # noqa: ASYNC110 - nothing tells a test of it
        await asyncio.sleep(0.01)


async def _lost() -> None:
    raise OperationalError("COMMIT", None, Exception("gone"))


def test_of_a_statement_that_is_not_built_nobody_knows_what_it_writes() -> None:
    assert writes_people(text("UPDATE members SET language = 'da'"))
    assert all(writes_people(delete(row)) for row in (AccountRow, MemberRow, WorkspaceRow))
    assert not writes_people(update(ArrivalRow).values(arrival="x"))
    assert not writes_people(select(MemberRow))


async def test_another_process_hears_it_and_one_that_does_not_listen_knows_nothing(
    postgres_url: str, letters: LetterTable
) -> None:
    async with databases.opened(postgres_url, letters) as one, databases.opened(postgres_url, letters) as other:
        here = await one.workspace()
        async with asyncio.timeout(LONG):
            await other.alarm.wait(LONG)  # it listens
            mark = people(other).mark(here)
            assert mark is not None
            async with one.units(here) as work:
                await work.members.put(a_member())
                await work.commit()
            await comes(lambda: people(other).mark(here) != mark)
            people(other).deaf()
            assert people(other).mark(here) is None
            people(other).heard()
            assert people(other).mark(here) not in (None, mark)


async def test_while_the_connection_is_lost_nothing_is_sure(postgres_url: str, letters: LetterTable) -> None:
    async with databases.opened(postgres_url, letters) as storage:
        here = await storage.workspace()
        async with asyncio.timeout(LONG):
            await storage.alarm.wait(LONG)
            databases.change(
                postgres_url,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' "
                "AND datname = current_database()",
            )
            await comes(lambda: people(storage).mark(here) is None)
            await storage.alarm.wait(LONG)  # back again
            assert people(storage).mark(here) is not None
