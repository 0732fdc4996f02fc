"""Reads a table as spreadsheets save it: whatever the separator, the letters' encoding and the order of the columns.

Excel on a Danish machine writes semicolons and Windows letters, "Unicode text" is UTF-16 with tabs, others write UTF-8 with
or without a mark. All of it is the same table to the person who saved it, so all of it is the same table here.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process

from bot.errors import InputError, Phrase, phrase
from bot.messages.text import clean

MAX_BYTES = 20_000_000
MAX_LINES = 100_000
_SEPARATORS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*')
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_NEAR = 70
# What a spreadsheet would run as a formula. An apostrophe before it makes it text, also where apostrophes are there already.
_GUARDED = re.compile(r"'*[=+\-@＝＋－＠\t\r]")


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table may have. ``names``: how each column may be called, in small letters with ``_`` between words."""

    names: Mapping[str, str]
    required: tuple[str, ...]

    def key(self, header: str) -> str:
        """The column that a header means; empty if it is none that we know."""
        return self.names.get(_plain_name(header), "")

    def near(self, header: str) -> str:
        """The column that is called most like it; empty if none is near."""
        found = process.extractOne(_plain_name(header)[:60], list(self.names), score_cutoff=_NEAR)
        return self.names[found[0]] if found else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: its number in the file (the header's is 1) and its cells by column, cleaned."""

    number: int
    cells: Mapping[str, str] = field(default_factory=dict[str, str])


def guard(cell: str) -> str:
    """The cell so that no spreadsheet runs it."""
    return f"'{cell}" if _GUARDED.match(cell) else cell


def unguard(cell: str) -> str:
    """What was guarded, as it was."""
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell


def read_table(data: bytes, columns: Columns) -> tuple[frozenset[str], tuple[Line, ...]]:
    """The columns that are there, and the lines that are not empty. Raises InputError where it is no table of ours."""
    text = _decode(data)
    records = list(_records(text, columns))
    if not records:
        raise InputError([phrase("The file is empty.")])
    (header_line, header), *rest = records
    keys = _header(header, header_line, columns)
    problems = [
        phrase("Line {line}: it has more cells than the header.", line=number)
        for number, cells in rest
        if any(cell for cell, key in zip(cells, (*keys, *[""] * len(cells)), strict=False) if not key)
    ]
    if len(rest) > MAX_LINES:
        problems.append(phrase("The file has more than {limit} lines. Please split it.", limit=MAX_LINES))
    if problems:
        raise InputError(problems)
    return frozenset(filter(None, keys)), tuple(
        Line(number, {key: cell for key, cell in zip(keys, cells, strict=False) if key}) for number, cells in rest
    )


def write_table(header: Sequence[str], rows: Sequence[Sequence[str]], *, for_excel: bool = False) -> bytes:
    """The table as UTF-8; ``for_excel`` as Excel opens it with a double click: a byte-order mark and semicolons."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if for_excel else ",", lineterminator="\r\n" if for_excel else "\n")
    writer.writerow(header)
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig" if for_excel else "utf-8")


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise InputError([phrase("The file is larger than {limit} MB.", limit=MAX_BYTES // 1_000_000)])
    if data.startswith(_WORKBOOKS):
        raise InputError([phrase("This is a workbook. Save it as “CSV UTF-8” in Excel, and use that file.")])
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError([phrase("The letters cannot be read. Save it as “CSV UTF-8” in Excel, and use that file.")])


def _records(text: str, columns: Columns) -> Iterator[tuple[int, list[str]]]:
    """Number and cleaned cells of each line that is not empty. A cell in quotes may hold line breaks."""
    first, _, after = text.partition("\n")
    declared = _SEPARATOR_LINE.fullmatch(first.strip("\r"))
    skipped, body = (1, after) if declared else (0, text)
    separator = declared[1] if declared else _separator(body, columns)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    while True:
        number = reader.line_num + 1 + skipped
        try:
            cells = next(reader, None)
        except csv.Error:
            raise InputError(
                [phrase("Line {line}: a quotation mark is opened and not closed as it should be.", line=number)]
            ) from None
        if cells is None:
            return
        tidy = [unguard(" ".join(clean(cell).split())) for cell in cells]
        if any(tidy):
            yield number, tidy


def _separator(text: str, columns: Columns) -> str:
    header = next((line for line in text.splitlines() if line.strip(" ,;\t\ufeff")), "")
    return max(
        _SEPARATORS,
        key=lambda sign: (sum(bool(columns.key(cell)) for cell in header.split(sign)), header.count(sign)),
    )


def _header(header: Sequence[str], line: int, columns: Columns) -> tuple[str, ...]:
    keys = tuple(columns.key(cell) for cell in header)
    if not any(keys):
        raise InputError(
            [phrase("Line {line}: this has to be a header with the columns’ names, such as: {columns}.", line=line,
                    columns=", ".join(columns.required))]
        )  # fmt: skip
    problems = [_unknown(cell, columns) for cell, key in zip(header, keys, strict=True) if cell and not key]
    problems += [
        phrase("The column {column} is there twice.", column=key)
        for key in dict.fromkeys(filter(None, keys))
        if keys.count(key) > 1
    ]
    problems += [phrase("The column {column} is missing.", column=key) for key in columns.required if key not in keys]
    if problems:
        raise InputError(problems)
    return keys


def _unknown(cell: str, columns: Columns) -> Phrase:
    near = columns.near(cell)
    if near:
        return phrase("I don't know the column “{column}”. Did you mean {nearest}?", column=cell[:40], nearest=near)
    return phrase(
        "I don't know the column “{column}”. These are possible: {columns}.",
        column=cell[:40],
        columns=", ".join(dict.fromkeys(columns.names.values())),
    )


def _plain_name(header: str) -> str:
    return re.sub(r"[\W_]+", "_", header.casefold()).strip("_")
