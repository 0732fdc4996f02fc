"""Tables: Slack's own block, one in a message, and rows of text where it cannot stand."""

from collections.abc import Iterator, Sequence

from adapters.slack import limits
from adapters.slack.shapes import Json
from adapters.slack.text import NOTHING, parts_of, rich
from bot.messages.elements import Card, Table
from bot.messages.text import Bold, Plain, Text

# Signs that stand in a column of numbers: 12, 1.234,5, 40 %, +3, –.
_FIGURES = frozenset("0123456789.,+-–%/ \u00a0")


def chosen_table(card: Card) -> int:
    """The place of the table that is drawn as Slack's own: the largest that fits. -1 where there is none."""
    sizes = {
        place: len(element.rows) * len(element.header)
        for place, element in enumerate(card.elements)
        if isinstance(element, Table) and fits(element)
    }
    return max(sizes, key=lambda place: sizes[place], default=-1)


def fits(table: Table) -> bool:
    """Whether it can be Slack's own: not too wide, and no row larger than a message."""
    head = _letters(table.header)
    return 0 < len(table.header) <= limits.TABLE_COLUMNS and all(
        head + _letters(row) <= limits.TABLE_CHARACTERS for row in table.rows
    )


def table_blocks(table: Table) -> list[Json]:
    """The table in as many blocks as it needs, the header in each."""
    settings = [
        {"is_wrapped": True, "align": "right" if _is_figures(table.rows, column) else "left"}
        for column in range(len(table.header))
    ]
    head = [_head(title) for title in table.header]
    return [
        {
            "type": "table",
            "rows": [head, *([_cell(text) for text in row] for row in rows)],
            "column_settings": settings,
        }
        for rows in _leaves(table)
    ]


def _leaves(table: Table) -> Iterator[list[tuple[str, ...]]]:
    rows: list[tuple[str, ...]] = []
    size = head = _letters(table.header)
    for row in table.rows:
        length = _letters(row)
        if rows and (len(rows) + 1 == limits.TABLE_ROWS or size + length > limits.TABLE_CHARACTERS):
            yield rows
            rows, size = [], head
        rows.append(row)
        size += length
    yield rows


def _letters(row: Sequence[str]) -> int:
    return sum(len(text) if text.strip() else len(NOTHING) for text in row)


def _head(title: str) -> Json:
    run: Json = {"type": "text", "text": title if title.strip() else NOTHING, "style": {"bold": True}}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [run]}]}


def _cell(text: str) -> Json:
    return {"type": "raw_text", "text": text if text.strip() else NOTHING}


def _is_figures(rows: Sequence[tuple[str, ...]], column: int) -> bool:
    texts = [row[column].strip() for row in rows]
    return any(map(str.strip, texts)) and all(_FIGURES.issuperset(text) for text in texts)


def table_text(table: Table, most: int) -> list[Json]:
    """The table as a list: a point for each row, each value behind the name of its column."""
    rows: list[Text] = [_row(table.header, row) for row in table.rows]
    if not rows:
        rows = [(Bold(" · ".join(table.header)),)]
    return [
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": [{"type": "rich_text_section", "elements": rich(row, {})} for row in group],
                }
            ],
        }
        for group in parts_of(rows, most)
    ]


def _row(header: Sequence[str], row: Sequence[str]) -> Text:
    pieces: list[Bold | Plain] = []
    for place, (title, value) in enumerate(zip(header, row, strict=True), start=1):
        pieces.append(Bold(f"{title.strip()}: " if title.strip() else ""))
        pieces.append(Plain((value if value.strip() else NOTHING) + (" · " if place < len(row) else "")))
    return tuple(piece for piece in pieces if piece.text)
