"""Many large rows at once, in the driver's own words.

SQLite's driver asks Python's leave for each row, and waits for it while notes are weighed; PostgreSQL's sends and reads three
messages a row. So either is given a hundred rows as one statement, and the database writes them by itself while the next hundred
are made ready: SQLite as so many values, PostgreSQL as one text, since its driver would take a statement of many values apart.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any, TypeAlias, cast
from uuid import UUID

from sqlalchemy import Dialect, Table

Made: TypeAlias = "Callable[[Any], object] | None"


def at_once(table: Table, dialect: Dialect, values: Sequence[Mapping[str, object]]) -> tuple[str, tuple[object, ...]]:
    """A statement that adds these rows, or makes those anew whose keys are there, with its parameters. All rows have every
    column."""
    if dialect.name == "postgresql":
        rows = json.dumps(values, ensure_ascii=False, default=_as_text)
        names = ", ".join(column.name for column in table.columns)
        every = f"json_populate_recordset(CAST(NULL AS {table.name}), CAST(%s AS json))"
        return _statement(table, f"SELECT {names} FROM {every}"), (rows,)  # noqa: S608  # names of our own
    columns = [(column.name, _made(table, column.name, dialect)) for column in table.columns]
    given = ((each[name] if made is None else made(each[name]) for name, made in columns) for each in values)
    row = f"({', '.join(['?'] * len(columns))})"
    return _statement(table, f"VALUES {', '.join([row] * len(values))}"), tuple(chain.from_iterable(given))


@lru_cache(maxsize=16)
def _statement(table: Table, rows: str) -> str:
    names = [column.name for column in table.columns]
    keys = [column.name for column in table.primary_key]
    anew = ", ".join(f"{name} = excluded.{name}" for name in names if name not in keys)
    return (
        f"INSERT INTO {table.name} ({', '.join(names)}) {rows}"  # names of our own
        f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {anew}"
    )


def _as_text(value: object) -> str:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise ValueError("only ids, and times with their zone, are written as text")


@lru_cache(maxsize=64)
def _made(table: Table, column: str, dialect: Dialect) -> Made:
    """What makes a value of the driver's out of ours; None where they are the same."""
    impl = table.columns[column].type.dialect_impl(dialect)
    return cast(Made, impl.bind_processor(dialect))
