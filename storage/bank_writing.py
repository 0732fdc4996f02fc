"""Many large rows at once, in the driver's own words.

SQLite's driver asks Python's leave for each row, and waits for it while notes are weighed. So it is given a hundred rows as one
statement, and writes them by itself while the next hundred are made ready. PostgreSQL's would take such a statement apart
first; it sends row after row without waiting for answers.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, TypeAlias, cast

from sqlalchemy import Dialect, Table

Made: TypeAlias = "Callable[[Any], object] | None"
Given: TypeAlias = "tuple[object, ...] | list[tuple[object, ...]]"


def at_once(table: Table, dialect: Dialect, values: Sequence[Mapping[str, object]]) -> tuple[str, Given]:
    """A statement that adds these rows, or makes those anew whose keys are there, with its parameters. All rows have every
    column."""
    columns = [(column.name, _made(table, column.name, dialect)) for column in table.columns]
    rows = [tuple(each[name] if made is None else made(each[name]) for name, made in columns) for each in values]
    if dialect.paramstyle == "qmark":
        return _statement(table, len(rows), "?"), tuple(chain.from_iterable(rows))
    return _statement(table, 1, "%s"), rows


@lru_cache(maxsize=16)
def _statement(table: Table, many: int, mark: str) -> str:
    names = [column.name for column in table.columns]
    keys = [column.name for column in table.primary_key]
    row = f"({', '.join([mark] * len(names))})"
    anew = ", ".join(f"{name} = excluded.{name}" for name in names if name not in keys)
    return (
        f"INSERT INTO {table.name} ({', '.join(names)}) VALUES {', '.join([row] * many)}"  # noqa: S608  # names of our own
        f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {anew}"
    )


@lru_cache(maxsize=64)
def _made(table: Table, column: str, dialect: Dialect) -> Made:
    """What makes a value of the driver's out of ours; None where they are the same."""
    impl = table.columns[column].type.dialect_impl(dialect)
    return cast(Made, impl.bind_processor(dialect))
