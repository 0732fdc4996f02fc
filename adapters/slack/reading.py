"""Small readings of what Slack answers: everything in it is checked before it is used, since nobody promises its form."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from adapters.slack.shapes import record, sequence

Message: TypeAlias = Mapping[str, object]


def text_at(found: Mapping[str, object], *path: str) -> str:
    """The text at a path of names; empty where there is none."""
    value: object = found
    for name in path:
        value = record(value).get(name)
    return value if isinstance(value, str) else ""


def part_at(found: Mapping[str, object], name: str) -> Mapping[str, object]:
    """The object under a name; an empty one where there is none."""
    return record(found.get(name))


def parts_at(found: Mapping[str, object], name: str) -> Iterator[Mapping[str, object]]:
    """The objects in the list under a name."""
    return filter(None, map(record, sequence(found.get(name))))


def next_cursor(page: Mapping[str, object]) -> str:
    """Where the next page begins; empty at the end."""
    return text_at(page, "response_metadata", "next_cursor")
