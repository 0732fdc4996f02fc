"""What the bot's messages hold: a card, and sometimes a file under it, as JSON that is read again years later."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from bot.messages.actions import Action, UnknownAction, decode_action
from bot.messages.codec import card_from_json, card_to_json
from bot.messages.elements import Card, File


@dataclass(frozen=True, slots=True)
class Retired(Action):
    """Stands for a button whose intent is no longer known. Pressing it gets the kind answer for old buttons."""

    code = "retired"


@dataclass(frozen=True, slots=True)
class Body:
    """A card, and the file handed over with it."""

    card: Card
    file: File | None = None


def write_body(card: Card, file: File | None = None) -> str:
    """The body of a message of the bot."""
    if file is None:
        return card_to_json(card)
    held = {"name": file.name, "media_type": file.media_type, "content": b64encode(file.content).decode()}
    return json.dumps({"card": json.loads(card_to_json(card)), "file": held}, ensure_ascii=False, separators=(",", ":"))


def read_body(stored: str, actions: Mapping[str, type[Action]]) -> Body | None:
    """What was written; buttons that are no longer known become :class:`Retired`. None: this version can't read it."""
    try:
        loaded: object = json.loads(stored)
        outer = cast(dict[str, object], loaded)
        file = _file(outer["file"]) if "file" in outer else None
        inner: object = outer if file is None else outer["card"]
        known = {**actions, f"{Retired.code}.{Retired.version}": Retired}
        return Body(card_from_json(json.dumps(_retire(inner, known)), known), file)
    except (ValueError, KeyError, TypeError):
        return None


def _file(stored: object) -> File:
    held = cast(dict[str, str], stored)
    return File(held["name"], held["media_type"], b64decode(held["content"]))


def _retire(value: object, known: Mapping[str, type[Action]]) -> object:
    if isinstance(value, list):
        return [_retire(item, known) for item in cast(list[object], value)]
    if not isinstance(value, dict):
        return value
    entries = cast(dict[str, object], value)
    if entries.get("is") in ("Button", "Select"):
        try:
            decode_action(str(entries.get("action")), known)
        except UnknownAction:
            return {**entries, "action": f"{Retired.code}.{Retired.version}"}
    return {key: _retire(item, known) for key, item in entries.items()}
