"""What a database does by itself with the same notes (its own reading of words, its own index, its own order, ten notes), and
how one database's notes come into another quickly where that is not what is measured."""

import json
import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import psycopg
from psycopg import sql

from bot.bank.reading import words_of
from storage.bank_search import POSTGRES_INDEX

_WORD = re.compile(r"\w+")


class Peer(Protocol):
    """A table that only the database's own search knows."""

    def fill(self, texts: Iterator[tuple[str, str]]) -> None:
        """With titles and texts."""
        ...

    def took(self, words: str) -> float:
        """How many milliseconds a question takes."""
        ...


class Fts5:
    """SQLite's full-text search as its manual shows it, the best ten by ``bm25()``, a title counting four times."""

    def __init__(self, file: str) -> None:
        self._connection = sqlite3.connect(file)

    def fill(self, texts: Iterator[tuple[str, str]]) -> None:
        self._connection.execute("CREATE VIRTUAL TABLE peer USING fts5(title, body, tokenize='unicode61')")
        self._connection.executemany("INSERT INTO peer VALUES (?, ?)", texts)
        self._connection.execute("INSERT INTO peer(peer) VALUES ('optimize')")
        self._connection.commit()

    def took(self, words: str) -> float:
        wanted = " OR ".join(f'"{word}"' for word in words_of(words))
        query = "SELECT rowid FROM peer WHERE peer MATCH ? ORDER BY bm25(peer, 4.0, 1.0) LIMIT 10"
        begun = time.perf_counter()
        self._connection.execute(query, (wanted,)).fetchall()
        return 1000 * (time.perf_counter() - begun)


class Tsvector:
    """PostgreSQL's text search as its manual shows it, the best ten by ``ts_rank()``, a title counting more."""

    def __init__(self, conninfo: str) -> None:
        self._connection = psycopg.connect(conninfo, autocommit=True)

    def fill(self, texts: Iterator[tuple[str, str]]) -> None:
        run = self._connection.execute
        run("CREATE UNLOGGED TABLE peer (title text, body text, found tsvector)")
        with self._connection.cursor() as cursor, cursor.copy("COPY peer (title, body) FROM STDIN") as copy:
            for row in texts:
                copy.write_row(row)
        run(
            "CREATE UNLOGGED TABLE peer_found AS SELECT setweight(to_tsvector('danish', title), 'A')"
            " || setweight(to_tsvector('danish', body), 'D') AS found FROM peer"
        )
        run("CREATE INDEX ON peer_found USING gin (found)")
        run("VACUUM ANALYZE peer_found")

    def took(self, words: str) -> float:
        wanted = " | ".join(f"'{word}'" for word in _WORD.findall(words.casefold()))
        query = (
            "SELECT ctid FROM peer_found, to_tsquery('danish', %s) AS asked WHERE found @@ asked"
            " ORDER BY ts_rank(found, asked) DESC LIMIT 10"
        )
        begun = time.perf_counter()
        self._connection.execute(query, (wanted,)).fetchall()
        return 1000 * (time.perf_counter() - begun)


def texts_in(file: str) -> Iterator[tuple[str, str]]:
    """Titles and texts of the notes in a SQLite file."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    for (stored,) in connection.execute("SELECT content FROM bank_notes ORDER BY seq"):
        note: dict[str, Any] = json.loads(stored)
        said = [
            one["text"] for part in ("summary", "situation", "ideas", "agreements", "questions") for one in note[part]
        ]
        said += [one["text"] for part in note["perspectives"].values() for one in part]
        yield note["title"], "\n".join((*said, *note["tags"]))


def copied(file: str, conninfo: str, tables: Sequence[str] = ("workspaces", "bank_notes", "bank_terms")) -> None:
    """Brings the bank of a SQLite file into an empty PostgreSQL: the same rows, and the index made afterwards at once."""
    lite = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    with psycopg.connect(conninfo, autocommit=True) as post:
        post.execute("DROP INDEX bank_search")
        for table in tables:
            rows = lite.execute(f"SELECT * FROM {table}")  # noqa: S608  # a constant of this file
            columns = sql.SQL(", ").join(sql.Identifier(one[0]) for one in rows.description)
            into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
            with post.cursor() as cursor, cursor.copy(into) as copy:
                for row in rows:
                    copy.write_row(row)
        for statement in POSTGRES_INDEX:
            post.execute(statement.encode())
        post.execute("VACUUM ANALYZE bank_notes, bank_terms")
