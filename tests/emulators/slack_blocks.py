"""Block Kit's rules: everything a message, a modal or App Home may hold, how long and how many."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from tests.emulators.slack_check import Notes, kind_of
from tests.emulators.slack_elements import (
    IN_ACTIONS,
    IN_CONTEXT,
    IN_INPUT,
    IN_SECTION,
    PLAIN,
    check_choices,
    check_element,
    check_image,
    check_text,
)
from tests.emulators.slack_rich_text import check_rich_text, check_table
from tests.emulators.slack_state import Json

_EVERYWHERE = frozenset({"section", "header", "divider", "image", "actions", "context", "input", "rich_text"})
IN_MESSAGE = _EVERYWHERE | {"table", "markdown"}
IN_MODAL = _EVERYWHERE
IN_HOME = _EVERYWHERE
_MOST_IN_MESSAGE, _MOST_IN_VIEW = 50, 100
_MOST_TEXT, _MOST_MARKDOWN, _MOST_VIEW_BYTES = 40_000, 12_000, 250_000
_MODAL = ("submit", "close", "private_metadata", "callback_id", "external_id", "clear_on_close", "notify_on_close",
          "submit_disabled")  # fmt: skip
_BLOCK_WEIGHS, _WORD_WEIGHS = 125, 15
_HOME = ("private_metadata", "callback_id", "external_id")


def problems_of_message(blocks: object, text: str = "") -> list[str]:
    """What Slack would refuse; nothing where it would not. ``text`` is the notice beside the blocks."""
    notes = Notes()
    if len(text) > _MOST_TEXT:
        notes.add("/text", f"must be less than {_MOST_TEXT + 1} characters")
    found = _blocks(notes, blocks, "/blocks", IN_MESSAGE, _MOST_IN_MESSAGE, least=0)
    if sum(kind_of(block) == "table" for block in found) > 1:
        notes.add("/blocks", "only_one_table_allowed")
    markdown = [block["text"] for block in found if kind_of(block) == "markdown" and isinstance(block.get("text"), str)]
    if sum(map(len, markdown)) > _MOST_MARKDOWN:
        notes.add("/blocks", f"markdown must be less than {_MOST_MARKDOWN + 1} characters together")
    for number, block in enumerate(found):
        if kind_of(block.get("element")) == "file_input":
            notes.add(f"/blocks/{number}/element", "unsupported type: file_input")
    return notes.problems


def problems_of_view(view: object) -> list[str]:
    """The same for a modal or App Home."""
    notes = Notes()
    kind = kind_of(view)
    if kind not in ("modal", "home") or not isinstance(view, dict):
        notes.add("/view/type", "must be modal or home")
        return notes.problems
    if kind == "modal":
        _modal(notes, view)
    else:
        notes.shape(view, "/view", ("type", "blocks"), _HOME)
    notes.text(view, "private_metadata", "/view", 3000, 0)
    notes.text(view, "callback_id", "/view", 255, 0)
    notes.text(view, "external_id", "/view", 255, 0)
    allowed = IN_MODAL if kind == "modal" else IN_HOME
    blocks = _blocks(
        notes, view.get("blocks"), "/view/blocks", allowed, _MOST_IN_VIEW, least=0 if kind == "home" else 1
    )
    if sum(bool(e.get("focus_on_load")) for block in blocks for _where, e in _elements(block, "")) > 1:
        notes.add("/view/blocks", "only one element may be focused on load")
    for number, block in enumerate(blocks):
        if kind == "home" and kind_of(block.get("element")) == "file_input":
            notes.add(f"/view/blocks/{number}/element", "unsupported type: file_input")
    if len(json.dumps(view).encode()) > _MOST_VIEW_BYTES:
        notes.add("/view", "view_too_large")
    return notes.problems


def problems_of_options(body: Mapping[str, object]) -> list[str]:
    """The same for the answer to a search: options, or groups of them, also none."""
    notes = Notes()
    if set(body) not in ({"options"}, {"option_groups"}):
        notes.add("/", "must provide options or option_groups")
        return notes.problems
    if next(iter(body.values())) != []:
        check_choices(notes, dict(body), "")
    return notes.problems


def _modal(notes: Notes, view: Json) -> None:
    notes.shape(view, "/view", ("type", "title", "blocks"), _MODAL)
    for name in ("title", "submit", "close"):
        if view.get(name) is not None:
            check_text(notes, view[name], f"/view/{name}", 24, PLAIN)
    notes.flags(view, "/view", "clear_on_close", "notify_on_close", "submit_disabled")
    blocks = view.get("blocks")
    if isinstance(blocks, list) and any(kind_of(block) == "input" for block in blocks) and not view.get("submit"):
        notes.add("/view", "submit is required when an input is in blocks")


def _blocks(
    notes: Notes, blocks: object, where: str, allowed: Collection[str], most: int, least: int
) -> Sequence[Json]:
    if not isinstance(blocks, list):
        notes.add(where, "must be an array")
        return []
    if len(blocks) > most:
        notes.add(where, f"no more than {most} items allowed")
    if len(blocks) < least:
        notes.add(where, f"no fewer than {least} items allowed")
    names: set[str] = set()
    for number, block in enumerate(blocks):
        spot = f"{where}/{number}"
        if kind_of(block) not in allowed:
            notes.add(spot, f"unsupported type: {kind_of(block)}")
            continue
        _block(notes, block, spot)
        name = notes.text(block, "block_id", spot, 255)
        if name and name in names:
            notes.add(f"{spot}/block_id", "block_id already exists")
        names.add(name)
    return [block for block in blocks if isinstance(block, dict)]


def _block(notes: Notes, block: Json, where: str) -> None:
    _RULES[block["type"]](notes, block, where)
    _unique_actions(notes, block, where)


def _header(notes: Notes, block: Json, where: str) -> None:
    notes.shape(block, where, ("type", "text"), ("block_id",))
    if "text" in block:
        check_text(notes, block["text"], f"{where}/text", 150, PLAIN)


def _divider(notes: Notes, block: Json, where: str) -> None:
    notes.shape(block, where, ("type",), ("block_id",))


def _image(notes: Notes, block: Json, where: str) -> None:
    check_image(notes, block, where, ("title", "block_id"))
    if "title" in block:
        check_text(notes, block["title"], f"{where}/title", 2000, PLAIN)


def _markdown(notes: Notes, block: Json, where: str) -> None:
    notes.shape(block, where, ("type", "text"), ("block_id",))
    notes.text(block, "text", where, _MOST_MARKDOWN)


def _section(notes: Notes, block: Json, where: str) -> None:
    notes.shape(block, where, ("type",), ("text", "fields", "accessory", "block_id", "expand"))
    if "text" not in block and "fields" not in block:
        notes.add(where, "must provide text or fields")
    if "text" in block:
        check_text(notes, block["text"], f"{where}/text", 3000)
    for number, field in enumerate(notes.items(block, "fields", where, 10)):
        check_text(notes, field, f"{where}/fields/{number}", 2000)
    if "accessory" in block:
        check_element(notes, block["accessory"], f"{where}/accessory", IN_SECTION)
    notes.flags(block, where, "expand")


def _row(notes: Notes, block: Json, where: str) -> None:
    actions = block["type"] == "actions"
    notes.shape(block, where, ("type", "elements"), ("block_id",))
    for number, element in enumerate(notes.items(block, "elements", where, 25 if actions else 10)):
        check_element(notes, element, f"{where}/elements/{number}", IN_ACTIONS if actions else IN_CONTEXT)


def _input(notes: Notes, block: Json, where: str) -> None:
    notes.shape(block, where, ("type", "label", "element"), ("block_id", "hint", "optional", "dispatch_action"))
    for name in ("label", "hint"):
        if name in block:
            check_text(notes, block[name], f"{where}/{name}", 2000, PLAIN)
    notes.flags(block, where, "optional", "dispatch_action")
    if "element" in block:
        check_element(notes, block["element"], f"{where}/element", IN_INPUT)


def _unique_actions(notes: Notes, block: Json, where: str) -> None:
    seen: set[object] = set()
    for spot, element in _elements(block, where):
        name = element.get("action_id")
        if name is not None and name in seen:
            notes.add(f"{spot}/action_id", "action_id already exists for the block")
        if isinstance(name, str):
            seen.add(name)


def _elements(block: Json, where: str) -> Iterator[tuple[str, Json]]:
    rows = block.get("elements")
    if block.get("type") in ("actions", "context") and isinstance(rows, list):
        yield from ((f"{where}/elements/{n}", element) for n, element in enumerate(rows) if isinstance(element, dict))
    for name in ("accessory", "element"):
        if isinstance(block.get(name), dict):
            yield f"{where}/{name}", block[name]


def weight_of(blocks: Sequence[Json]) -> int:
    """How long Slack takes blocks to be together: their letters, and something for each block and word."""
    return sum(_BLOCK_WEIGHS + _letters(block) for block in blocks)


def _letters(node: object) -> int:
    match node:
        case list():
            return sum(_letters(one) for one in node)
        case dict():
            own = sum(len(value) for name, value in node.items() if name == "text" and isinstance(value, str))
            own += _WORD_WEIGHS if node.get("type") in ("text", "link", "user", "emoji", "date") else 0
            return own + sum(_letters(value) for value in node.values())
        case _:
            return 0


_RULES: Mapping[str, Callable[[Notes, Json, str], None]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "image": _image,
    "actions": _row,
    "context": _row,
    "input": _input,
    "rich_text": check_rich_text,
    "table": check_table,
    "markdown": _markdown,
}
