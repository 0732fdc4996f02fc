"""One transaction's statements: begun with the first of them, rolled back unless committed, errors in the house's words."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import CursorResult, Executable, Result, Select, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningUpdate

from bot.errors import StorageError, Unavailable
from storage.bank_writing import at_once
from storage.changes import CHANNEL as PEOPLE
from storage.changes import writes_people
from storage.engine import Database
from storage.faults import fault
from storage.rows import Row, table_of

T = TypeVar("T")
T1 = TypeVar("T1")
T2 = TypeVar("T2")
T3 = TypeVar("T3")
# Rows read once must show what a later statement wrote, and no statement has to search the session for them.
_OPTIONS: Mapping[str, Any] = {"populate_existing": True, "synchronize_session": False}
MANY = 500  # values in one IN (...): under the parameter limits of both databases


class Statements:
    """Runs statements in one transaction. After an error everything is undone and nothing more is taken, on SQLite too:
    there a transaction would live on with half of its changes."""

    def __init__(self, session: AsyncSession, database: Database, workspace: UUID | None, *, reading: bool) -> None:
        self._session = session
        self._database = database
        self._workspace = workspace
        self._reading = reading
        self._begun = False
        self._holds_gate = False
        self._broken = False
        self._people = self._elsewhere = False  # whether members or options were written, and in which workspaces

    @property
    def shares(self) -> bool:
        """Whether other transactions may write at the same time; on SQLite there is one writer."""
        return not self._database.is_sqlite

    async def all(self, query: Select[T] | ReturningUpdate[T]) -> Sequence[T]:
        """Every row of a query with one column or one kind of row."""
        return cast("Sequence[T]", (await self._execute(query)).scalars().all())

    async def pairs(self, query: Select[T1, T2]) -> Sequence[tuple[T1, T2]]:
        """Every row of a query with two columns."""
        return cast("Sequence[tuple[T1, T2]]", (await self._execute(query)).all())

    async def triples(self, query: Select[T1, T2, T3]) -> Sequence[tuple[T1, T2, T3]]:
        """Every row of a query with three columns."""
        return cast("Sequence[tuple[T1, T2, T3]]", (await self._execute(query)).all())

    async def mappings(
        self, query: "Select[*tuple[Any, ...]]", given: Mapping[str, object] | None = None
    ) -> Sequence[dict[str, object]]:
        """Every row of a query by its columns' names. ``given``: the parameters of a query that was built before."""
        return [dict(row) for row in (await self._execute(query, given=given)).mappings()]

    async def also_holding(self, workspace: UUID) -> None:
        """Another workspace's units wait as well. Whoever needs two takes the smaller id first."""
        self._elsewhere = True
        if not self._database.is_sqlite:
            await self._execute(select(func.pg_advisory_xact_lock(_lock_key(workspace))))

    async def first(self, query: Select[T]) -> T | None:
        """The first row of a query, or None."""
        return cast("T | None", (await self._execute(query)).scalars().first())

    async def write(self, statement: Executable, values: Sequence[Mapping[str, object]] | None = None) -> int:
        """Runs a statement that changes rows, once for each of ``values`` if they are given; returns how many it changed."""
        if self._reading:
            raise RuntimeError("a unit of work for reading cannot write")
        if values is not None and not values:
            return 0
        result = cast("CursorResult[Any]", await self._execute(statement, values))
        return max(0, result.rowcount)

    async def insert(self, row: type[Row], values: Sequence[Mapping[str, object]]) -> None:
        """Adds rows. Raises Taken where one of their keys is there already."""
        await self.write(table_of(row).insert(), values)

    async def upsert(self, row: type[Row], values: Sequence[Mapping[str, object]], *, renew: bool = True) -> int:
        """Adds rows; one whose primary key is there already is made anew, or with ``renew=False`` left as it is."""
        if not values:
            return 0
        table = table_of(row)
        keys = [column.name for column in table.primary_key]
        insert = sqlite.insert(table) if self._database.is_sqlite else postgresql.insert(table)
        changes = [name for name in values[0] if name not in keys]
        if renew and changes:
            # Looking into "excluded" costs more than all the rest of the statement, so only where it is needed.
            set_ = {name: insert.excluded[name] for name in changes}
            return await self.write(insert.on_conflict_do_update(index_elements=keys, set_=set_), values)
        return await self.write(insert.on_conflict_do_nothing(), values)

    async def upsert_at_once(self, row: type[Row], values: Sequence[Mapping[str, object]]) -> None:
        """The same for large rows with every column, in the driver's own words: some hundreds at once."""
        if not values:
            return
        if self._reading:
            raise RuntimeError("a unit of work for reading cannot write")
        statement, given = at_once(table_of(row), self._database.engine.dialect, values)
        await self._driven(statement, given)

    async def notify(self, channel: str) -> None:
        """On PostgreSQL, tells every process that listens, at the moment of the commit."""
        if not self._database.is_sqlite:
            await self._execute(select(func.pg_notify(channel, "")))

    async def commit(self) -> None:
        """Keeps everything. A statement after this begins a new transaction."""
        if self._broken:
            raise StorageError("this unit of work failed and was rolled back")
        if self._reading:
            raise RuntimeError("a unit of work for reading has nothing to commit")
        if self._people:
            await self.notify(PEOPLE)
        try:
            await self._session.commit()
        except SQLAlchemyError as error:
            self._broken = True
            raise fault(error) from None
        finally:
            # Also where the commit failed: it may have been kept, and its answer lost.
            if self._people:
                self._people = False
                self._database.people.written(None if self._elsewhere else self._workspace)
            await self._end()

    async def _execute(
        self,
        statement: Executable,
        values: Sequence[Mapping[str, object]] | None = None,
        given: Mapping[str, object] | None = None,
    ) -> Result[Any]:
        if self._broken:
            raise StorageError("this unit of work failed and was rolled back")
        try:
            if not self._begun:
                await self._begin()
            self._people = self._people or (not self._reading and writes_people(statement))
            return await self._session.execute(
                statement,
                given if values is None else [dict(entry) for entry in values],
                execution_options=_OPTIONS if values is None else {"preserve_rowcount": True},
            )
        except SQLAlchemyError as error:
            self._broken = True
            raise fault(error) from None

    async def _driven(self, statement: str, given: tuple[object, ...]) -> None:
        if self._broken:
            raise StorageError("this unit of work failed and was rolled back")
        try:
            if not self._begun:
                await self._begin()
            await (await self._session.connection()).exec_driver_sql(statement, given)
        except SQLAlchemyError as error:
            self._broken = True
            raise fault(error) from None

    async def _begin(self) -> None:
        self._begun = True
        if self._reading:
            return
        if self._database.is_sqlite:
            try:
                await self._database.hold_gate()
            except Unavailable:
                self._broken = True
                raise
            self._holds_gate = True
        elif self._workspace is not None:
            # One unit of a workspace after the other, as on SQLite; the lock goes with the transaction.
            await self._session.execute(select(func.pg_advisory_xact_lock(_lock_key(self._workspace))))

    async def close(self) -> None:
        """Undoes what was not committed, also when the connection is gone, and gives the connection back. After a commit
        there is nothing to do, and each way to the driver costs as much as a small statement."""
        try:
            if self._session.in_transaction():
                with suppress(SQLAlchemyError):
                    await _to_its_end(self._session.close())
        finally:
            await self._end()

    async def _end(self) -> None:
        self._begun = False
        if self._holds_gate:
            self._holds_gate = False
            self._database.gate.release()


def _lock_key(workspace: UUID) -> int:
    return int.from_bytes(workspace.bytes[8:], "big", signed=True)


@asynccontextmanager
async def statements(
    database: Database, workspace: UUID | None = None, *, reading: bool = False
) -> AsyncGenerator[Statements, None]:
    """A transaction that is rolled back at the end unless it was committed. With a workspace, no two that write there
    overlap."""
    engine = database.reading_engine if reading else database.engine
    session = AsyncSession(engine, autoflush=False, expire_on_commit=False)
    opened = Statements(session, database, workspace, reading=reading)
    try:
        yield opened
    finally:
        await opened.close()


async def _to_its_end(work: Coroutine[object, object, None]) -> None:
    """Whoever is cancelled meanwhile is so afterwards: a connection is never given back in the middle of something."""
    doing = asyncio.ensure_future(work)
    try:
        await asyncio.shield(doing)
    except asyncio.CancelledError:
        await asyncio.wait({doing})
        raise


def in_parts(values: Sequence[T], size: int = MANY) -> Sequence[Sequence[T]]:
    """The values in groups that fit into one statement."""
    return [values[start : start + size] for start in range(0, len(values), size)]
