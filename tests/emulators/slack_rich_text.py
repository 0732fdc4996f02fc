"""The rules of rich text and of tables."""

import re

from tests.emulators.slack_check import Notes, kind_of
from tests.emulators.slack_state import Json

_STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
_DATES = frozenset(
    {"date_num", "date_slash", "date", "date_short", "date_long", "date_long_full", "date_pretty", "date_short_pretty",
     "date_long_pretty", "day_divider_pretty", "time", "time_secs", "ago"}
)  # fmt: skip
_PARTS = ("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted")
_WORDS = {
    "text": (("text",), ("style",)),
    "link": (("url",), ("text", "style", "unsafe")),
    "user": (("user_id",), ("style",)),
    "usergroup": (("usergroup_id",), ("style",)),
    "channel": (("channel_id",), ("style",)),
    "emoji": (("name",), ("style", "unicode", "skin_tone")),
    "broadcast": (("range",), ("style",)),
    "date": (("timestamp", "format"), ("url", "fallback", "style")),
    "color": (("value",), ("style",)),
}  # fmt: skip
_IN_PREFORMATTED = frozenset({"text", "link"})
_MOST_ROWS, _MOST_CELLS, _MOST_TABLE_TEXT = 100, 20, 10_000


def check_rich_text(notes: Notes, node: Json, where: str, own: tuple[str, ...] = ("block_id",)) -> None:
    notes.shape(node, where, ("type", "elements"), own)
    for number, part in enumerate(notes.items(node, "elements", where, 1000)):
        _part(notes, part, f"{where}/elements/{number}")


def _part(notes: Notes, part: object, where: str) -> None:
    match kind_of(part):
        case "rich_text_list":
            found = notes.shape(part, where, ("type", "elements", "style"), ("indent", "offset", "border"))
            if found is None:
                return
            notes.one_of(found, "style", where, ("bullet", "ordered"))
            notes.number(found, "indent", where, 0, 8)
            notes.number(found, "offset", where, 0, 100_000)
            notes.number(found, "border", where, 0, 1)
            for number, item in enumerate(notes.items(found, "elements", where, 1000)):
                if kind_of(item) != "rich_text_section":
                    notes.add(f"{where}/elements/{number}", "unsupported type in a list")
                else:
                    _line(notes, item, f"{where}/elements/{number}", ())
        case "rich_text_section":
            _line(notes, part, where, ())
        case "rich_text_quote":
            _line(notes, part, where, ("border",))
        case "rich_text_preformatted":
            _line(notes, part, where, ("border", "language"), only=_IN_PREFORMATTED)
        case other:
            notes.add(where, f"unsupported type: {other}; one of {', '.join(_PARTS)}")


def _line(
    notes: Notes, part: object, where: str, more: tuple[str, ...], only: frozenset[str] = frozenset(_WORDS)
) -> None:
    found = notes.shape(part, where, ("type", "elements"), more)
    if found is None:
        return
    notes.number(found, "border", where, 0, 1)
    for number, word in enumerate(notes.items(found, "elements", where, 1000)):
        spot = f"{where}/elements/{number}"
        if kind_of(word) not in only:
            notes.add(spot, f"unsupported type: {kind_of(word)}")
        else:
            _word(notes, word, spot)


def _word(notes: Notes, node: object, where: str) -> None:
    kind = kind_of(node)
    needed, allowed = _WORDS[kind]
    word = notes.shape(node, where, ("type", *needed), allowed)
    if word is None:
        return
    for name in ("text", "user_id", "usergroup_id", "channel_id", "name", "value"):
        notes.text(word, name, where, 40_000)
    notes.text(word, "url", where, 3000)
    notes.one_of(word, "range", where, ("here", "channel", "everyone"))
    if "url" in word and not re.match(r"(?:https?|mailto|tel|slack):", str(word["url"])):
        notes.add(f"{where}/url", "must be a valid URL")
    if kind == "date":
        _date(notes, word, where)
    if "style" in word:
        _style(notes, word["style"], f"{where}/style")


def _date(notes: Notes, word: Json, where: str) -> None:
    notes.number(word, "timestamp", where, 0, 10**11)
    text = notes.text(word, "format", where, 500)
    tokens = re.findall(r"\{(\w*)\}", text)
    if not tokens:
        notes.add(f"{where}/format", "must contain a date token")
    for token in tokens:
        if token not in _DATES:
            notes.add(f"{where}/format", f"unknown date token: {token}")
    notes.text(word, "fallback", where, 1000)


def _style(notes: Notes, style: object, where: str) -> None:
    found = notes.shape(style, where, (), _STYLES)
    if found is not None:
        notes.flags(found, where, *_STYLES)


def check_table(notes: Notes, node: Json, where: str) -> None:
    notes.shape(node, where, ("type", "rows"), ("block_id", "column_settings"))
    rows = notes.items(node, "rows", where, _MOST_ROWS)
    widths: set[int] = set()
    letters = 0
    for number, row in enumerate(rows):
        spot = f"{where}/rows/{number}"
        if not isinstance(row, list) or not row:
            notes.add(spot, "must be an array of cells")
            continue
        if len(row) > _MOST_CELLS:
            notes.add(spot, f"no more than {_MOST_CELLS} items allowed")
        widths.add(len(row))
        for place, cell in enumerate(row):
            letters += _cell(notes, cell, f"{spot}/{place}")
    if len(widths) > 1:
        notes.add(f"{where}/rows", "rows must have the same number of cells")
    if letters > _MOST_TABLE_TEXT:
        notes.add(f"{where}/rows", f"must be less than {_MOST_TABLE_TEXT + 1} characters together")
    for number, column in enumerate(notes.items(node, "column_settings", where, _MOST_CELLS, 0)):
        if column is None:
            continue
        found = notes.shape(column, f"{where}/column_settings/{number}", (), ("align", "is_wrapped"))
        if found is not None:
            notes.one_of(found, "align", f"{where}/column_settings/{number}", ("left", "center", "right"))
            notes.flags(found, f"{where}/column_settings/{number}", "is_wrapped")


def _cell(notes: Notes, cell: object, where: str) -> int:
    match kind_of(cell):
        case "raw_text":
            found = notes.shape(cell, where, ("type", "text"))
            return len(notes.text(found or {}, "text", where, 40_000))
        case "raw_number":
            found = notes.shape(cell, where, ("type", "value"), ("text",)) or {}
            value = found.get("value")
            if isinstance(value, bool) or not isinstance(value, int | float):
                notes.add(f"{where}/value", "must be a number")
            return len(notes.text(found, "text", where, 40_000)) or len(str(value))
        case "rich_text":
            assert isinstance(cell, dict)
            check_rich_text(notes, cell, where, ())
            return _letters(cell)
        case other:
            notes.add(where, f"unsupported type: {other}")
            return 0


def _letters(node: object) -> int:
    if isinstance(node, dict):
        own = len(node["text"]) if isinstance(node.get("text"), str) else 0
        return own + sum(_letters(value) for value in node.values())
    if isinstance(node, list):
        return sum(_letters(value) for value in node)
    return 0
