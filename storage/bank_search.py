"""How each database finds the notes that have certain tokens: SQLite by FTS5, PostgreSQL by a text search vector.

Both are given the same ready-made tokens (:mod:`bot.bank.weighing`) and are asked nothing but which notes have which, so that
they find the same. Both indexes follow the column ``tokens`` of ``bank_notes`` by themselves, whoever changes it.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import BigInteger, Select, column, func, literal, select, text
from sqlalchemy.sql.elements import TextClause

from bot.bank.repository import Wanted
from bot.bank.weighing import read_as
from storage.bank_rows import BankNoteRow

# FTS5 keeps no copy of the text and no places in it; its tokenizer takes tokens apart at spaces and nowhere else. So many bytes
# of what comes in at once are sorted in memory: what is sorted there is not merged on the disk, and the fewer parts the index
# has the sooner a token is found in it.
_IN = "INSERT INTO bank_search(rowid, tokens) VALUES (new.seq, new.tokens);"
_OUT = "INSERT INTO bank_search(bank_search, rowid, tokens) VALUES ('delete', old.seq, old.tokens);"
_TABLE = "USING fts5(tokens, content='', detail='none', columnsize=0, tokenize=\"ascii tokenchars '.~_-'\")"
SQLITE_INDEX = (
    f"CREATE VIRTUAL TABLE bank_search {_TABLE}",
    "INSERT INTO bank_search(bank_search, rank) VALUES ('hashsize', 16777216)",
    f"CREATE TRIGGER bank_search_in AFTER INSERT ON bank_notes BEGIN {_IN} END",
    f"CREATE TRIGGER bank_search_out AFTER DELETE ON bank_notes BEGIN {_OUT} END",
    f"CREATE TRIGGER bank_search_anew AFTER UPDATE OF seq, tokens ON bank_notes BEGIN {_OUT} {_IN} END",
)
_ASIDE = "65536"  # kilobytes
# The query has to say the same to use it.
POSTGRES_INDEX = ("CREATE INDEX bank_search ON bank_notes USING gin (array_to_tsvector(string_to_array(tokens, ' ')))",)


def by_index() -> "Select[Any, Any]":
    """For this transaction: PostgreSQL counts what a look at every note costs as far too little, since it does not count in
    what taking each note's tokens apart costs."""
    off = [
        func.set_config(scan, literal("off"), literal(value=True)) for scan in ("enable_seqscan", "enable_indexscan")
    ]
    return select(off[0], off[1])


def before_many() -> "Select[Any]":
    """For this transaction: what PostgreSQL's index puts aside at first is sorted in afterwards, all at once."""
    return select(func.set_config("gin_pending_list_limit", literal(_ASIDE), literal(value=True)))


def sorted_in() -> "Select[Any]":
    """Sorts it in, as far as it is ours to do: what is put aside is looked through for each question."""
    query = (
        "SELECT gin_clean_pending_list(oid) FROM pg_class WHERE relname = 'bank_search' AND relkind = 'i'"
        " AND pg_table_is_visible(oid) AND pg_has_role(relowner, 'USAGE')"
    )
    return cast("Select[Any]", text(query).columns(column("cleaned", BigInteger)))


def finding(
    workspace: UUID, wanted: Wanted, ways: Sequence[Wanted], limit: int, otherwise: str, *, sqlite: bool
) -> "Select[*tuple[Any, ...]]":
    """The ids of notes that have one token of each group, and of each group of one of the ways, with what ranks them, the
    newest first. ``otherwise``: none that was read in the way of this mark."""
    if sqlite:
        query = (
            "SELECT b.id, b.terms, b.worked, b.published_at FROM bank_search"
            " CROSS JOIN bank_notes AS b ON b.seq = bank_search.rowid"
            " WHERE bank_search MATCH :wanted AND b.workspace_id = :workspace ORDER BY bank_search.rowid DESC LIMIT :most"
        )
        said = _said(wanted, ways, '"', " AND ", " OR ") + (f' NOT "{read_as(otherwise)}"' if otherwise else "")
        return _typed(text(query).bindparams(workspace=workspace.hex, wanted=said, most=limit))
    # "+ 0" and the text of the academy: only the index of tokens fits then. Any other would have each note's tokens taken apart.
    query = (
        "SELECT id, terms, worked, published_at FROM bank_notes"
        " WHERE CAST(workspace_id AS text) = :workspace"
        " AND array_to_tsvector(string_to_array(tokens, ' ')) @@ CAST(:wanted AS tsquery)"
        " ORDER BY seq + 0 DESC LIMIT :most"
    )
    said = _said(wanted, ways, "'", " & ", " | ") + (f" & !'{read_as(otherwise)}'" if otherwise else "")
    return _typed(text(query).bindparams(workspace=str(workspace), wanted=said, most=limit))


def _typed(query: TextClause) -> "Select[*tuple[Any, ...]]":
    row = BankNoteRow
    found = query.columns(row.id, row.terms, row.worked, row.published_at)
    return cast("Select[*tuple[Any, ...]]", found)


def _said(wanted: Wanted, ways: Sequence[Wanted], quote: str, both: str, either: str) -> str:
    """The tokens as the database's own question. The ways come first: they are what fewest notes have."""
    asked = [_one_of(ways, quote, both, either)] if ways else []
    return both.join([*asked, _all(wanted, quote, both, either)])


def _one_of(ways: Sequence[Wanted], quote: str, both: str, either: str) -> str:
    """One of the ways, with what several have in common said once: SQLite looks up a token as often as it is said."""
    times = Counter(group for way in ways for group in way)
    common, often = max(times.items(), key=lambda one: (one[1] - 1) * len(one[0]))
    if often == 1:
        return _either([f"({_all(way, quote, both, either)})" for way in ways], either)
    those = [tuple(group for group in way if group != common) for way in ways if common in way]
    rest = [way for way in ways if common not in way]
    having = _all((common,), quote, both, either)
    if all(those):
        having = f"({having}{both}{_one_of(those, quote, both, either)})"
    return _either([having, *([_one_of(rest, quote, both, either)] if rest else [])], either)


def _all(wanted: Wanted, quote: str, both: str, either: str) -> str:
    return both.join(_either([f"{quote}{token}{quote}" for token in group], either) for group in wanted)


def _either(asked: Sequence[str], either: str) -> str:
    return f"({either.join(asked)})" if len(asked) > 1 else asked[0]
