"""Tables, of which Discord has none: columns of one width where a phone shows them so, otherwise a point for each row."""

import unicodedata
from collections.abc import Iterator, Sequence

from adapters.discord import limits
from adapters.discord.text import JOINT, NOTHING, People, grouped, in_lines, letters, parted, written
from bot.messages.elements import Table
from bot.messages.text import Bold, Plain, Text

_FENCE = "```"
_GAP = "  "
# Signs that stand in a column of numbers: 12, 1.234,5, 40 %, +3, –.
_FIGURES = frozenset("0123456789.,+-–%/ \u00a0")
_DIRECTIONS = frozenset({"R", "AL", "AN", "NSM", "BN"})
# Columns whose values are understood without their names.
_CLEAR = 3


def table_texts(table: Table) -> Iterator[str]:
    """The table in as many texts as it needs."""
    if not table.header:
        return
    widths = _widths(table)
    if widths and sum(widths) + len(_GAP) * (len(widths) - 1) <= limits.TABLE_COLUMNS:
        yield from _columns(table, widths)
    else:
        yield from _points(table)


def _widths(table: Table) -> list[int]:
    """How wide each column is; none where a value could not stand in a line of its own width."""
    rows = (table.header, *table.rows)
    if not all(_is_even(cell) for row in rows for cell in row):
        return []
    return [max(_width(row[column]) for row in rows) for column in range(len(table.header))]


def _is_even(cell: str) -> bool:
    """Whether every sign of it is as wide as every other, or twice as wide, and none ends a block of code."""
    return "`" not in cell and all(
        sign.isprintable() and unicodedata.bidirectional(sign) not in _DIRECTIONS and not unicodedata.combining(sign)
        for sign in cell
    )


def _width(cell: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in _shown(cell))


def _shown(cell: str) -> str:
    return cell if cell.strip() else NOTHING


def _columns(table: Table, widths: Sequence[int]) -> Iterator[str]:
    right = [_is_figures(table.rows, column) for column in range(len(widths))]
    head = f"{_row(table.header, widths, right)}\n{_GAP.join('─' * width for width in widths)}"
    room = limits.TEXT - letters(head) - 2 * len(_FENCE) - 3
    lines = [_row(row, widths, right) for row in table.rows]
    for group in grouped(lines, room) if lines else [""]:
        yield f"{_FENCE}\n{head}\n{group}\n{_FENCE}" if group else f"{_FENCE}\n{head}\n{_FENCE}"


def _row(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    cells: list[str] = []
    for cell, width, is_right in zip(row, widths, right, strict=True):
        gap = " " * (width - _width(cell))
        cells.append(f"{gap}{_shown(cell)}" if is_right else f"{_shown(cell)}{gap}")
    return _GAP.join(cells).rstrip() or NOTHING


def _is_figures(rows: Sequence[tuple[str, ...]], column: int) -> bool:
    texts = [row[column].strip() for row in rows]
    return any(texts) and all(_FIGURES.issuperset(text) for text in texts)


def _points(table: Table) -> Iterator[str]:
    """A point for each row. Few columns are named once, above; of many, each value has the name of its own."""
    few = len(table.header) <= _CLEAR
    head = parted(_joined(table.header), limits.TEXT, _small) if few or not table.rows else []
    rows = [_few(row) if few else _named(table.header, row) for row in table.rows]
    yield from grouped((*head, *(part for row in rows for part in parted(row, limits.TEXT, point))), limits.TEXT)


def _small(text: Text) -> str:
    return in_lines(written(text, {}), "-# ")


def point(text: Text, people: People | None = None) -> str:
    """A text as a point of a list."""
    first, *others = written(text, people or {}).split("\n")
    return "\n".join([f"- {first if first.strip() else JOINT}", *(f"  {line}" for line in others)])


def _joined(row: Sequence[str]) -> Text:
    return (Plain(" · ".join(_shown(cell) for cell in row)),)


def _few(row: Sequence[str]) -> Text:
    rest = "".join(f" · {_shown(cell)}" for cell in row[1:])
    return (Bold(_shown(row[0])), Plain(rest)) if rest else (Bold(_shown(row[0])),)


def _named(header: Sequence[str], row: Sequence[str]) -> Text:
    """The first value stands out, with its name, and the others follow it."""
    named = [f"{title.strip()}: {_shown(value)}".removeprefix(": ") for title, value in zip(header, row, strict=True)]
    return (Bold(named[0]), Plain("".join(f" · {one}" for one in named[1:])))
