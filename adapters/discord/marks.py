"""What a message of ours carries so that it is sent once and found again: a nonce, and the id of its first component.

Discord keeps the nonce for some minutes and returns the old message for the same one; it says of no scope, so the place is
in it. The component's id comes back whenever the message is read. Both are made of the delivery's key and the page, so that a
later try makes the same; the last page has another id than one that is followed, so that a card is known to be whole. Whoever
changes a message leaves the id there and sets one bit in it: somebody pressed something in it or wrote down where it is, so
there is nothing more to send of the card that it was.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import count, islice
from types import MappingProxyType

_NONCE = 22  # characters; Discord takes 25
# Discord takes ids of 31 bits.
_CHANGED = 1 << 30
_LARGEST = _CHANGED - 1
# More than any card has.
MOST_PAGES = 100


@dataclass(frozen=True, slots=True)
class Part:
    """Which message of a card it is, from 0. ``last``: nothing comes after it."""

    page: int
    last: bool


def nonce_of(key: str, channel: str, page: int) -> str:
    """What Discord tells a repeated message by, for some minutes."""
    return urlsafe_b64encode(_digest("nonce", key, channel, str(page))).decode()[:_NONCE]


def mark_of(key: str, part: Part) -> int:
    """The id of the message's first component, from 1 up to 30 bits."""
    return next(mark for one, mark in _marks(key) if one == part)


def parts_by_mark(key: str) -> Mapping[int, Part]:
    """Every mark that a card with this key may have."""
    return MappingProxyType({mark: part for part, mark in islice(_marks(key), 2 * MOST_PAGES)})


def _marks(key: str) -> Iterator[tuple[Part, int]]:
    """A card's messages with their marks, page by page. 30 bits are so few that two of one card may come out the same: the
    later one then takes the next that is free."""
    taken: set[int] = set()
    for part in (Part(page, last) for page in count() for last in (True, False)):
        digest = _digest("mark", key, str(part.page), "last" if part.last else "more")
        mark = int.from_bytes(digest[:8], "big") % _LARGEST + 1
        while mark in taken:
            mark = mark % _LARGEST + 1
        taken.add(mark)
        yield part, mark


def changed(mark: int) -> int:
    """The mark of a message that says something else by now."""
    return mark | _CHANGED


def part_of(component: int, known: Mapping[int, Part]) -> Part | None:
    """Which of these messages one is, by the id of its first component. One that was changed counts as the last."""
    part = known.get(component & ~_CHANGED)
    return replace(part, last=True) if part is not None and component & _CHANGED else part


def _digest(*words: str) -> bytes:
    return sha256("\n".join(words).encode()).digest()
