"""What a button means: a typed, versioned intent that holds ids only and fits in 100 bytes.

The state is in the database and the actor comes from the signed interaction, so a button works after a restart and
a year later, and tells nobody anything. On the wire an action is ``code.version:field:field``.
"""

import dataclasses
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, ClassVar, cast, get_type_hints
from uuid import UUID

MAX_ACTION_BYTES = 100
_CODE = re.compile(r"[a-z][a-z0-9_]{0,23}")
_SHORT_TEXT = re.compile(r"[A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class Action:
    """The base of all intents. A subclass names its ``code`` (for ever) and ``version`` (up when its fields change).

    Fields may be UUID ids, whole numbers, and short words of ``[A-Za-z0-9_.-]`` (an enum's too); nothing a person typed.
    """

    code: ClassVar[str] = ""
    version: ClassVar[int] = 1


class UnknownAction(ValueError):
    """The wire text names no action of today's table, or an older version of one: a button from long ago."""


def encode_action(action: Action) -> str:
    """The action as at most 100 bytes of ASCII. Raises ValueError if it does not fit: that is our own mistake."""
    kind = type(action)
    if not _CODE.fullmatch(kind.code):
        raise ValueError(f"{kind.__name__} has no usable code")
    parts = [_encode_field(getattr(action, field.name)) for field in dataclasses.fields(action)]
    wire = ":".join([f"{kind.code}.{kind.version}", *parts])
    if len(wire.encode()) > MAX_ACTION_BYTES:
        raise ValueError(f"{kind.__name__} takes more than {MAX_ACTION_BYTES} bytes")
    return wire


def action_table(kinds: Iterable[type[Action]]) -> Mapping[str, type[Action]]:
    """The kinds by ``code.version``; two kinds with one name are an error at start."""
    table: dict[str, type[Action]] = {}
    for kind in kinds:
        name = f"{kind.code}.{kind.version}"
        if table.setdefault(name, kind) is not kind:
            raise ValueError(f"two actions are called {name}")
    return table


def decode_action(wire: str, table: Mapping[str, type[Action]]) -> Action:
    """The action that the wire text stands for. Raises :class:`UnknownAction` for anything else."""
    name, *parts = wire.split(":")
    kind = table.get(name)
    if kind is None:
        raise UnknownAction(name[:32])
    fields = dataclasses.fields(kind)
    if len(fields) != len(parts):
        raise UnknownAction(name)
    hints = _hints(cast(Hashable, kind))
    try:
        values = [_decode_field(part, hints[field.name]) for part, field in zip(parts, fields, strict=True)]
    except ValueError as error:
        raise UnknownAction(name) from error
    return kind(*values)


@cache
def _hints(kind: Hashable) -> Mapping[str, Any]:
    """Found once for each kind: that takes longer than all the rest."""
    return get_type_hints(kind)


def _encode_field(value: object) -> str:
    if isinstance(value, UUID):
        return urlsafe_b64encode(value.bytes).decode().rstrip("=")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(int(value))
    if isinstance(value, str) and _SHORT_TEXT.fullmatch(value):
        return value
    raise ValueError("an action holds ids, whole numbers and short words only")


def _decode_field(part: str, hint: Any) -> object:
    base: object = getattr(hint, "__supertype__", hint)
    if base is UUID:
        return UUID(bytes=urlsafe_b64decode(part + "=="))
    if base is int:
        return int(part)
    if not _SHORT_TEXT.fullmatch(part):
        raise ValueError("not a short word")
    return base(part) if isinstance(base, type) and issubclass(base, Enum) else part
