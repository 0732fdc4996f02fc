"""What Discord's JSON is made of, and reading it without trusting it."""

from collections.abc import Mapping, Sequence
from typing import cast


def record(value: object) -> Mapping[str, object]:
    """A JSON object; an empty one for anything else."""
    return cast(Mapping[str, object], value) if isinstance(value, Mapping) else {}


def sequence(value: object) -> Sequence[object]:
    """A JSON array; an empty one for anything else."""
    return cast(Sequence[object], value) if isinstance(value, list | tuple) else ()


def text_at(found: Mapping[str, object], name: str) -> str:
    """The text under a name; empty where there is none."""
    value = found.get(name)
    return value if isinstance(value, str) else ""
