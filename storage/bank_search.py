"""How each database finds the notes that have certain tokens: SQLite by FTS5, PostgreSQL by a text search vector.

Both are given the same ready-made tokens (:mod:`bot.bank.weighing`) and are asked nothing but which notes have which, so that
they find the same. Both indexes follow the column ``tokens`` of ``bank_notes`` by themselves, whoever changes it.
"""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, func, literal, select, text
from sqlalchemy.sql.elements import TextClause

from bot.bank.repository import Wanted
from storage.bank_rows import BankNoteRow

# FTS5 keeps no copy of the text and no places in it; its tokenizer takes tokens apart at spaces and nowhere else.
_IN = "INSERT INTO bank_search(rowid, tokens) VALUES (new.seq, new.tokens);"
_OUT = "INSERT INTO bank_search(bank_search, rowid, tokens) VALUES ('delete', old.seq, old.tokens);"
_TABLE = "USING fts5(tokens, content='', detail='none', columnsize=0, tokenize=\"ascii tokenchars '.~_-'\")"
SQLITE_INDEX = (
    f"CREATE VIRTUAL TABLE bank_search {_TABLE}",
    f"CREATE TRIGGER bank_search_in AFTER INSERT ON bank_notes BEGIN {_IN} END",
    f"CREATE TRIGGER bank_search_out AFTER DELETE ON bank_notes BEGIN {_OUT} END",
    f"CREATE TRIGGER bank_search_anew AFTER UPDATE OF seq, tokens ON bank_notes BEGIN {_OUT} {_IN} END",
)
# The query has to say the same to use it.
POSTGRES_INDEX = ("CREATE INDEX bank_search ON bank_notes USING gin (array_to_tsvector(string_to_array(tokens, ' ')))",)


def by_index() -> "Select[Any, Any]":
    """For this transaction: PostgreSQL counts what a look at every note costs as far too little, since it does not count in
    what taking each note's tokens apart costs."""
    off = [
        func.set_config(scan, literal("off"), literal(value=True)) for scan in ("enable_seqscan", "enable_indexscan")
    ]
    return select(off[0], off[1])


def finding(workspace: UUID, wanted: Wanted, limit: int, *, sqlite: bool) -> "Select[*tuple[Any, ...]]":
    """The ids of notes that have one token of each group, with what ranks them, the newest first."""
    if sqlite:
        query = (
            "SELECT b.id, b.terms, b.worked, b.published_at FROM bank_search"
            " CROSS JOIN bank_notes AS b ON b.seq = bank_search.rowid"
            " WHERE bank_search MATCH :wanted AND b.workspace_id = :workspace ORDER BY bank_search.rowid DESC LIMIT :most"
        )
        return _typed(text(query).bindparams(workspace=workspace.hex, wanted=_fts5(wanted), most=limit))
    # "+ 0": the newest are sorted out from what the index finds; the other way round each note would have to be looked at.
    query = (
        "SELECT id, terms, worked, published_at FROM bank_notes"
        " WHERE workspace_id = CAST(:workspace AS uuid)"
        " AND array_to_tsvector(string_to_array(tokens, ' ')) @@ CAST(:wanted AS tsquery)"
        " ORDER BY seq + 0 DESC LIMIT :most"
    )
    return _typed(text(query).bindparams(workspace=str(workspace), wanted=_tsquery(wanted), most=limit))


def _typed(query: TextClause) -> "Select[*tuple[Any, ...]]":
    row = BankNoteRow
    found = query.columns(row.id, row.terms, row.worked, row.published_at)
    return cast("Select[*tuple[Any, ...]]", found)


def _fts5(wanted: Wanted) -> str:
    return " AND ".join(_either([f'"{token}"' for token in group], " OR ") for group in wanted)


def _tsquery(wanted: Wanted) -> str:
    return " & ".join(_either([f"'{token}'" for token in group], " | ") for group in wanted)


def _either(tokens: Sequence[str], either: str) -> str:
    return f"({either.join(tokens)})" if len(tokens) > 1 else tokens[0]
