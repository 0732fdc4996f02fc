"""SQLite's connection with one way to its thread a statement: what a cursor tells is what the driver's own would."""

import sqlite3
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from storage.sqlite import OneWayConnection, connected


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncGenerator[OneWayConnection, None]:
    opened = await connected(tmp_path / "some.db", isolation_level=None)
    await opened.cursor().execute("CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT UNIQUE)")
    yield opened
    await opened.close()


async def test_a_statement_leaves_its_rows_and_what_they_are_called(connection: OneWayConnection) -> None:
    cursor = connection.cursor()
    words = [("lokaler",), ("frivillige",), ("data",)]
    assert (await cursor.executemany("INSERT INTO words (word) VALUES (?)", words)).rowcount == 3
    read = await connection.cursor().execute("SELECT word FROM words ORDER BY id")
    assert [column[0] for column in read.description or ()] == ["word"]
    assert await read.fetchone() == ("lokaler",)
    assert await read.fetchmany(5) == [("frivillige",), ("data",)]
    assert await read.fetchone() is None
    assert list(await read.fetchall()) == []


async def test_the_id_of_a_new_row_is_told(connection: OneWayConnection) -> None:
    cursor = await connection.cursor().execute("INSERT INTO words (word) VALUES (?)", ("penge",))
    assert (cursor.lastrowid, cursor.rowcount) == (1, 1)


async def test_what_the_database_refuses_is_raised_and_the_next_statement_runs(connection: OneWayConnection) -> None:
    cursor = connection.cursor()
    await cursor.execute("INSERT INTO words (word) VALUES ('data')")
    with pytest.raises(sqlite3.IntegrityError):
        await cursor.execute("INSERT INTO words (word) VALUES ('data')")
    await cursor.execute("SELECT count(*) FROM words")
    assert list(await cursor.fetchall()) == [(1,)]


async def test_only_what_was_begun_is_undone(connection: OneWayConnection) -> None:
    cursor = connection.cursor()
    await cursor.execute("INSERT INTO words (word) VALUES ('data')")
    await connection.rollback()
    await cursor.execute("BEGIN IMMEDIATE")
    await cursor.execute("INSERT INTO words (word) VALUES ('penge')")
    await connection.rollback()
    assert not connection.in_transaction
    await cursor.execute("SELECT word FROM words")
    assert list(await cursor.fetchall()) == [("data",)]
