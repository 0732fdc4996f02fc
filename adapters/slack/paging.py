"""Drawn blocks, and how they become messages: within every limit, and never a button without what it belongs to."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from adapters.slack import limits
from adapters.slack.shapes import Json, sequence

# What is not shown in the message itself, but in a menu, a dialog or nowhere.
_ASIDE = frozenset({"options", "option_groups", "confirm", "url", "action_id", "value", "slack_file", "format", "type"})


@dataclass(frozen=True, slots=True)
class Drawn:
    """One block. ``with_next``: what follows belongs to it (its buttons, or the text below a heading)."""

    block: Json
    with_next: bool = False

    @property
    def is_divider(self) -> bool:
        """Whether it only parts what is above from what is below."""
        return self.block["type"] == "divider"

    @property
    def is_table(self) -> bool:
        """Whether it is a ``table``, of which a message takes one."""
        return self.block["type"] == "table"


def size_of(block: Mapping[str, object]) -> int:
    """The bytes of everything that a block shows."""
    return sum(len(text.encode()) for text in _shown(block))


def json_size(view: Mapping[str, object]) -> int:
    """The bytes that a view takes on the wire."""
    return len(json.dumps(view))


def _shown(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in cast(Mapping[str, object], value).items():
            if name not in _ASIDE:
                yield from _shown(inner)
    elif isinstance(value, list | tuple):
        for inner in sequence(cast(object, value)):
            yield from _shown(inner)


def tied(before: list[Drawn], after: Sequence[Drawn]) -> list[Drawn]:
    """Both, the last block of ``before`` tied to the first of ``after`` (unless it is a divider)."""
    if before and after and not before[-1].is_divider:
        before = [*before[:-1], replace(before[-1], with_next=True)]
    return [*before, *after]


def messages(drawn: Sequence[Drawn]) -> list[list[Json]]:
    """The blocks of each message. A cut falls where nothing belongs together, if there is such a place."""
    left = _without_dividers(drawn)
    found: list[list[Json]] = []
    while left:
        fits = _fitting(left)
        cut = fits
        if fits < len(left):
            while cut > 0 and left[cut - 1].with_next:
                cut -= 1
            cut = cut or fits
        found.append([one.block for one in _without_dividers(left[:cut])])
        left = _without_dividers(left[cut:])
    return found


def _fitting(drawn: Sequence[Drawn]) -> int:
    """How many of the first blocks one message takes; at least one, since no block is larger than a message."""
    size = tables = 0
    for count, one in enumerate(drawn[: limits.MESSAGE_BLOCKS]):
        size += size_of(one.block)
        tables += one.is_table
        if count and (size > limits.MESSAGE_BYTES or tables > 1):
            return count
    return min(len(drawn), limits.MESSAGE_BLOCKS)


def _without_dividers(drawn: Sequence[Drawn]) -> list[Drawn]:
    """Without the dividers at both ends, which part nothing there."""
    first, last = 0, len(drawn)
    while first < last and drawn[first].is_divider:
        first += 1
    while last > first and drawn[last - 1].is_divider:
        last -= 1
    return list(drawn[first:last])
