"""What a person meets in Slack's blocks: every word that is shown, what its buttons do, where its links lead."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast
from urllib.parse import unquote

Block = Mapping[str, object]

_SPOKEN = ("fallback", "alt_text", "initial_value", "initial_date")
_LINK = re.compile(r"<(?:!date\^[^|>]*|[^|>]*)\|([^>]*)>")


def words_of(blocks: object) -> str:
    """All the words, in the order in which they stand."""
    return "".join(_words(blocks))


def wires_of(blocks: object) -> list[str]:
    """What each button and select does, links left out. A running number that comes twice is a mistake."""
    ids = [str(found["action_id"]) for found in objects(blocks) if "|" in str(found.get("action_id", ""))]
    assert len(set(ids)) == len(ids)
    return [wire for wire in (each.partition("|")[2] for each in ids) if wire != "link"]


def links_of(blocks: object) -> list[str]:
    """Where the buttons and links lead."""
    return [unquote(str(found["url"])) for found in objects(blocks) if "url" in found]


def mentions_of(blocks: object) -> list[str]:
    """The Slack users that are mentioned."""
    users = [str(found["user_id"]) for found in objects(blocks) if found.get("type") == "user"]
    texts = [str(found["text"]) for found in objects(blocks) if found.get("type") == "mrkdwn"]
    return users + [user for text in texts for user in re.findall(r"<@(\w+)>", text)]


def objects(value: object) -> Iterator[Block]:
    """Every JSON object, from the outside to the inside."""
    if isinstance(value, Mapping):
        found = cast(Block, value)
        yield found
        for inner in found.values():
            yield from objects(inner)
    elif isinstance(value, list | tuple):
        for inner in cast(Sequence[object], value):
            yield from objects(inner)


def types_of(blocks: Iterable[Block]) -> list[str]:
    """The blocks' types, from the top to the bottom."""
    return [str(block["type"]) for block in blocks]


def _words(value: object) -> Iterator[str]:
    for found in objects(value):
        text = found.get("text")
        if found.get("type") == "mrkdwn":
            yield _read(str(text))
        elif isinstance(text, str):
            yield text
        yield from (str(found[name]) for name in _SPOKEN if name in found)


def _read(mrkdwn: str) -> str:
    """mrkdwn as it is read: links by their words, marks and escapes undone."""
    shown = re.sub(r"(?<![^\s(])[*_`](\S(?:[^\n]*?\S)?)[*_`](?![^\s.,;:!?)])", r"\1", _LINK.sub(r"\1", mrkdwn))
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def submitted(view: Block, typed: Mapping[str, Mapping[str, object]] | None = None) -> dict[str, object]:
    """The view as Slack sends it back: what stood there from the start, and what was typed over it, by block."""
    values = {
        str(block["block_id"]): {"field": {**_first_state(cast(Block, block["element"])), **found}}
        for block in cast(Sequence[Block], view["blocks"])
        if block["type"] == "input"
        for found in [(typed or {}).get(str(block["block_id"]), {})]
    }
    return {**view, "id": "V1", "team_id": "T1", "hash": "1.abc", "app_id": "A1", "state": {"values": values}}


def _first_state(element: Block) -> dict[str, object]:
    kind = str(element["type"])
    if kind in ("checkboxes", "multi_static_select", "multi_external_select"):
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    if kind in ("radio_buttons", "static_select", "external_select"):
        return {"type": kind, "selected_option": element.get("initial_option")}
    name = {"datepicker": "selected_date", "users_select": "selected_user", "file_input": "files"}.get(kind, "value")
    first = {"datepicker": "initial_date", "users_select": "initial_user"}.get(kind, "initial_value")
    return {"type": kind, name: element.get(first, [] if kind == "file_input" else None)}
