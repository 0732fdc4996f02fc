"""Cards as JSON and back, for those who keep a card: the local workspace, and the gallery's renderers.

Every dataclass of the message model is written as its name and its fields; an action as its wire text; a picture as base64.
"""

import dataclasses
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from bot.messages import elements, text
from bot.messages.actions import Action, decode_action, encode_action
from bot.messages.elements import Card

_KINDS: Mapping[str, type[Any]] = {
    kind.__name__: kind
    for module in (elements, text)
    for kind in vars(module).values()
    if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind is not Action
}


def card_to_json(card: Card) -> str:
    """The card as one line of JSON."""
    return json.dumps(_pack(card), ensure_ascii=False, separators=(",", ":"))


def card_from_json(stored: str, actions: Mapping[str, type[Action]]) -> Card:
    """The card that was written. Raises ValueError for anything else, and UnknownAction for a button of another day."""
    loaded: object = json.loads(stored)
    try:
        unpacked = _unpack(loaded, Card, actions)
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("not a card of ours") from error
    if not isinstance(unpacked, Card):
        raise ValueError("not a card")
    return unpacked


def _pack(value: object) -> object:
    match value:
        case Action():
            return encode_action(value)
        case Enum():
            return value.value
        case bytes():
            return b64encode(value).decode()
        case UUID() | datetime():
            return str(value) if isinstance(value, UUID) else value.isoformat()
        case tuple():
            return [_pack(item) for item in cast(tuple[object, ...], value)]
        case None | str() | int() | float():
            return value
        case _:
            fields = dataclasses.fields(cast(Any, value))
            return {"is": type(value).__name__, **{field.name: _pack(getattr(value, field.name)) for field in fields}}


def _unpack(stored: object, hint: Any, actions: Mapping[str, type[Action]]) -> object:
    if isinstance(stored, dict):
        entries = cast(dict[str, object], stored)
        kind = _KINDS.get(str(entries.get("is")))
        if kind is None:
            raise ValueError("an element that is gone")
        hints = get_type_hints(kind)
        return kind(**{name: _unpack(value, hints[name], actions) for name, value in entries.items() if name != "is"})
    if isinstance(stored, list):
        items = cast(list[object], stored)
        inner = get_args(hint)
        item_hints = [inner[0]] * len(items) if len(inner) == 2 and inner[1] is Ellipsis else list(inner)
        return tuple(_unpack(item, item_hint, actions) for item, item_hint in zip(items, item_hints, strict=True))
    return _leaf(stored, hint, actions)


def _leaf(stored: object, hint: Any, actions: Mapping[str, type[Action]]) -> object:
    base: Any = getattr(hint, "__supertype__", hint)
    if get_origin(base) in (Union, UnionType):
        base = next(option for option in get_args(base) if option is not NoneType)
    if stored is None or not isinstance(base, type):
        return stored
    if base is Action:
        return decode_action(str(stored), actions)
    if base is bytes:
        return b64decode(str(stored))
    if base is datetime:
        return datetime.fromisoformat(str(stored))
    if issubclass(base, UUID):
        return UUID(str(stored))
    if issubclass(base, Enum):
        return base(stored)
    return stored
