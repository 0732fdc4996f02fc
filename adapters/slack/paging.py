"""Drawn blocks, and how they become messages: within every limit, and never a button without what it belongs to."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from adapters.slack import limits
from adapters.slack.shapes import Json, sequence

_SAID = ("text", "alt_text", "fallback")
_RUNS = frozenset({"text", "link", "user", "date"})


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


def letters_of(value: object) -> int:
    """The characters of everything that a block, or a part of one, says."""
    if isinstance(value, Mapping):
        entries = cast(Mapping[str, object], value)
        own = sum(len(text) for name in _SAID if isinstance(text := entries.get(name), str))
        return own + sum(map(letters_of, entries.values()))
    return sum(map(letters_of, sequence(value)))


def weight_of(block: Mapping[str, object]) -> int:
    """What a block takes of a message: its characters, and something for itself and for each run of words in it."""
    return limits.BLOCK_WEIGHS + letters_of(block) + limits.WORDS_WEIGH * _runs(block)


def _runs(value: object) -> int:
    if isinstance(value, Mapping):
        entries = cast(Mapping[str, object], value)
        return (entries.get("type") in _RUNS) + sum(map(_runs, entries.values()))
    return sum(map(_runs, sequence(value)))


def json_size(view: Mapping[str, object]) -> int:
    """The bytes that a view takes on the wire."""
    return len(json.dumps(view))


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
    weight = tables = 0
    for count, one in enumerate(drawn[: limits.MESSAGE_BLOCKS]):
        weight += weight_of(one.block)
        tables += one.is_table
        if count and (weight > limits.MESSAGE_WEIGHT or tables > 1):
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
