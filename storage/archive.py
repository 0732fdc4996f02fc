"""A copy of a whole PostgreSQL database in one file, and the way back, with nothing but its own driver.

It is the state of one moment, taken while the service runs: one transaction reads every table. The file is a ZIP with a list
of contents, which comes last, so that a half-written file is none; each table is as ``COPY`` writes it. What is sealed in the
database is sealed here.
"""

import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, cast

import psycopg
from psycopg import sql
from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from bot.errors import Unavailable
from storage.faults import driver_fault, fault
from storage.postgres import RUNNING
from storage.upgrade import ONE_UPGRADE, bring_to, is_known

_KIND = "brobygger database"
_CONTENTS = "contents.json"
_VERSION = "alembic_version"
_PATIENCE = 10  # seconds to connect, and for a lock that somebody else holds
_BEGINS = b"PK\x03\x04"  # as every ZIP does, also one whose end is missing
_RUNNING = "a Brobygger is running on this database; stop every one of them first"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
_COLUMNS = (
    "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = %s"
    " AND is_generated = 'NEVER' ORDER BY ordinal_position"
)
_LEADS_TO = (
    "SELECT from_.relname, to_.relname FROM pg_constraint c JOIN pg_class from_ ON from_.oid = c.conrelid"
    " JOIN pg_class to_ ON to_.oid = c.confrelid WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace"
)

_Rows = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    columns: tuple[str, ...]
    rows: int


def archive(url: URL, to: Path) -> None:
    """Writes the copy. Raises Unavailable where there is no database of this program's, and StorageError."""
    try:
        with (
            _connected(url) as connection,
            zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as file,
        ):
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            tables = _names(connection)
            if _VERSION not in tables:
                raise Unavailable("there is no database to copy")
            version = cast(str, connection.execute(f"SELECT version_num FROM {_VERSION}").fetchall()[0][0])  # noqa: S608 - a constant
            written = [_write(connection, file, name) for name in tables if name != _VERSION]
            contents = {
                "kind": _KIND,
                "version": version,
                "tables": [
                    {"name": table.name, "columns": list(table.columns), "rows": table.rows} for table in written
                ],
            }
            file.writestr(_CONTENTS, json.dumps(contents, indent=1))
    except psycopg.Error as error:
        raise driver_fault(error) from None


def unpack(url: URL, source: Path, before: Callable[[], None] | None, and_then: str, how_many: str) -> tuple[int, int]:
    """Puts the copy in the database's place and brings it to this version's form, then runs a statement, all of it or nothing.
    ``before`` is called while the old one is still there and nobody can change it, unless it is empty. Returns what ``how_many``
    counts, and how many rows the statement changed. Raises Unavailable where a service runs on it, and for a file that is no
    whole copy or comes from a newer version."""
    try:
        with closing(_opened(source)) as file:
            _check_whole(file, source.name)
            version, tables = _contents(file, source.name)
            engine = create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=_how())
            with engine.connect() as connection:
                _alone(connection)
                if before is not None and _has_an_academy(connection):
                    before()
                _clear(connection, [table.name for table in tables])
                bring_to(connection, version)
                _fill(connection, file, tables, source.name)
                bring_to(connection, "head")
                changed = connection.exec_driver_sql(and_then).rowcount
                counted = int(connection.exec_driver_sql(how_many).scalar_one())
                connection.commit()
                return counted, changed
    except SQLAlchemyError as error:
        raise fault(error) from None
    except psycopg.Error as error:
        raise driver_fault(error) from None


def _connected(url: URL) -> _Rows:
    _, settings = url.get_dialect()().create_connect_args(url)
    return psycopg.connect(**{**settings, **_how()})


def _how() -> Mapping[str, Any]:
    return {"connect_timeout": _PATIENCE, "options": f"-c timezone=UTC -c lock_timeout={_PATIENCE * 1000}"}


def _names(connection: _Rows) -> Sequence[str]:
    return [cast(str, row[0]) for row in connection.execute(_TABLES)]


def _write(connection: _Rows, file: zipfile.ZipFile, name: str) -> _Table:
    columns = tuple(cast(str, row[0]) for row in connection.execute(_COLUMNS, (name,)))
    cursor = connection.cursor()
    with (
        file.open(_member(name), "w", force_zip64=True) as member,
        cursor.copy(_copy(name, columns, "TO STDOUT")) as copy,
    ):
        for part in copy:
            member.write(part)
    return _Table(name, columns, cursor.rowcount)


def _opened(source: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except OSError as error:
        raise Unavailable(f"{source.name} cannot be read ({error.strerror})") from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        with source.open("rb") as file:
            begun = file.read(len(_BEGINS)) == _BEGINS
        raise _damaged(source.name) if begun else _not_ours(source.name) from None


def _check_whole(file: zipfile.ZipFile, name: str) -> None:
    try:
        wrong = file.testzip()
    # What the damage makes of it: no stream, one that ends too early, an unknown compression, a password.
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError):
        raise _damaged(name) from None
    if wrong is not None:
        raise _damaged(name)


def _contents(file: zipfile.ZipFile, name: str) -> tuple[str, Sequence[_Table]]:
    try:
        told = json.loads(file.read(_CONTENTS))
        version = str(told["version"])
        tables = [_Table(str(one["name"]), tuple(map(str, one["columns"])), int(one["rows"])) for one in told["tables"]]
        ours = told["kind"] == _KIND
    except (KeyError, TypeError, ValueError):
        raise _not_ours(name) from None
    if not ours:
        raise _not_ours(name)
    if not {_member(one.name) for one in tables} <= set(file.namelist()):
        raise _damaged(name)
    if not is_known(version):
        raise Unavailable(f"{name} comes from a newer version of Brobygger")
    return version, tables


def _damaged(name: str) -> Unavailable:
    return Unavailable(f"{name} is damaged or cut off; restore another copy")


def _not_ours(name: str) -> Unavailable:
    return Unavailable(f"{name} is not a copy of a Brobygger database on PostgreSQL")


def _alone(connection: Connection) -> None:
    """Nobody runs, nobody upgrades, and nobody begins to until this transaction ends."""
    if not connection.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": RUNNING}):
        raise Unavailable(_RUNNING)
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_UPGRADE})


def _has_an_academy(connection: Connection) -> bool:
    there = set(connection.scalars(text(_TABLES)))
    return {"workspaces", _VERSION} <= there and connection.scalar(text("SELECT count(*) FROM workspaces")) != 0


def _clear(connection: Connection, names: Sequence[str]) -> None:
    there = set(connection.scalars(text(_TABLES)))
    from storage.schema import TABLES

    for name in sorted(there & {*names, *(table.name for table in TABLES), _VERSION}):
        connection.exec_driver_sql(sql.SQL("DROP TABLE {} CASCADE").format(sql.Identifier(name)).as_string())


def _fill(connection: Connection, file: zipfile.ZipFile, tables: Sequence[_Table], source: str) -> None:
    raw = cast(_Rows, connection.connection.driver_connection)
    by_name = {table.name: table for table in tables}
    for name in _in_order(raw, list(by_name)):
        table = by_name[name]
        cursor = raw.cursor()
        with file.open(_member(name)) as member, cursor.copy(_copy(name, table.columns, "FROM STDIN")) as copy:
            for part in _parts(member):
                copy.write(part)
        if cursor.rowcount != table.rows:
            raise _damaged(source)
        for column in table.columns:
            _count_on(raw, name, column)


def _count_on(connection: _Rows, table: str, column: str) -> None:
    """Numbers that the database gives out go on after the highest that is there."""
    found = connection.execute("SELECT pg_get_serial_sequence(quote_ident(%s), %s)", (table, column)).fetchone()
    if found is not None and found[0] is not None:
        highest = sql.SQL("SELECT setval(%s, (SELECT coalesce(max({}), 0) FROM {}) + 1, false)")
        connection.execute(highest.format(sql.Identifier(column), sql.Identifier(table)), (found[0],))


def _in_order(connection: _Rows, names: Sequence[str]) -> Iterable[str]:
    """Each table after those that its rows point to."""
    order: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(names, ()))
    for from_, to in connection.execute(_LEADS_TO):
        if from_ != to and from_ in names and to in names:
            order.add(cast(str, from_), cast(str, to))
    return order.static_order()


def _parts(member: Any) -> Iterator[bytes]:
    while part := member.read(1 << 16):
        yield part


def _copy(name: str, columns: Sequence[str], how: str) -> sql.Composed:
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) ").format(sql.Identifier(name), listed) + sql.SQL(cast(Any, how))


def _member(name: str) -> str:
    return f"tables/{name}"
