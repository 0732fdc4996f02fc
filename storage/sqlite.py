"""SQLite's driver with one way to its thread a statement.

The driver works in a thread of its own, and SQLAlchemy goes there for a cursor, for the statement, for its rows and to close
the cursor: four ways where one will do, and on a busy machine the ways take longer than what SQLite does at their end.
"""

import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Self, TypeAlias, cast

import aiosqlite

Parameters: TypeAlias = Sequence[object]
_ROWS_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Ran:
    """What a statement left: its rows, and what a cursor tells about them."""

    rows: Sequence[Any]
    description: Sequence[Any] | None
    rowcount: int
    lastrowid: int | None


class OneWayConnection(aiosqlite.Connection):
    """A connection whose cursors go to its thread once a statement. To be awaited before it is used."""

    def __init__(self, *where: Any, **how: Any) -> None:
        super().__init__(partial(sqlite3.connect, *where, **how), _ROWS_AT_ONCE)
        # A process that ends without closing the database does not wait for the thread.
        self._thread.daemon = True

    def cursor(self) -> "OneWayCursor":  # type: ignore[override]  # the driver's own goes to the thread for it
        """A cursor; nothing is done yet."""
        return OneWayCursor(self)

    async def run(self, statement: str, parameters: Parameters) -> Ran:
        """Runs one statement and fetches all of its rows."""
        return await self._in_thread(partial(self._run, statement, parameters))

    async def run_many(self, statement: str, parameters: Iterable[Parameters]) -> Ran:
        """Runs one statement once for each of the parameters."""
        return await self._in_thread(partial(self._run_many, statement, parameters))

    async def _in_thread(self, call: Callable[[], Ran]) -> Ran:
        execute = cast(
            "Callable[[Callable[[], Ran]], Awaitable[Ran]]",
            self._execute,  # pyright: ignore[reportUnknownMemberType]  # the driver gives it no types
        )
        return await execute(call)

    def _run(self, statement: str, parameters: Parameters) -> Ran:
        return _left(self._conn.execute(statement, parameters))

    def _run_many(self, statement: str, parameters: Iterable[Parameters]) -> Ran:
        return _left(self._conn.executemany(statement, parameters))


class OneWayCursor:
    """What SQLAlchemy asks of a driver's cursor, answered from what came back with the statement."""

    arraysize = 1

    def __init__(self, connection: OneWayConnection) -> None:
        self._connection = connection
        self._rows: deque[Any] = deque()
        self.description: Sequence[Any] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Parameters = ()) -> Self:
        """Runs the statement; its rows are here then."""
        return self._take(await self._connection.run(statement, parameters))

    async def executemany(self, statement: str, parameters: Iterable[Parameters]) -> Self:
        """Runs the statement once for each of the parameters."""
        return self._take(await self._connection.run_many(statement, parameters))

    async def fetchall(self) -> Sequence[Any]:
        """The rows that are left."""
        rows, self._rows = self._rows, deque()
        return rows

    async def fetchone(self) -> Any:
        """The next row; None after the last."""
        return self._rows.popleft() if self._rows else None

    async def fetchmany(self, size: int = 1) -> Sequence[Any]:
        """The next rows."""
        return [self._rows.popleft() for _ in range(min(size, len(self._rows)))]

    async def close(self) -> None:
        """The driver's own cursor was closed when its rows had come."""

    def _take(self, ran: Ran) -> Self:
        self._rows = deque(ran.rows)
        self.description, self.rowcount, self.lastrowid = ran.description, ran.rowcount, ran.lastrowid
        return self


async def connected(*where: Any, **how: Any) -> OneWayConnection:
    """A new connection, for SQLAlchemy: the arguments are those of :func:`sqlite3.connect`."""
    return cast(OneWayConnection, await OneWayConnection(*where, **how))


def _left(cursor: sqlite3.Cursor) -> Ran:
    rows = cursor.fetchall() if cursor.description else ()
    ran = Ran(rows, cursor.description, cursor.rowcount, cursor.lastrowid)
    cursor.close()
    return ran
