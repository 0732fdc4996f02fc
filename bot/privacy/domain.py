"""What masking speaks of: kinds of personal data, where they stand in a text, and the key that brings them back.

Nothing here shows a text in its ``repr``: a key in a traceback or a log line would undo all the masking.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import cast

from bot.errors import NotUnderstood, phrase

_FORMAT = "brobygger-key"
_VERSION = 1


class Kind(StrEnum):
    """What a masked part of a text was. Its capitals are the first word of a token: ``[PERSON 1]``."""

    PERSON = "person"
    CPR = "cpr"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    ACCOUNT = "account"  # bank accounts, IBAN, payment cards
    CVR = "cvr"
    PLATE = "plate"
    NUMBER = "number"  # case, passport, customer numbers; any other long number
    BIRTH = "birth"  # dates of birth
    LINK = "link"  # addresses on the web that lead to a person
    HANDLE = "handle"  # user names and mentions
    TEXT = "text"  # what a person typed that looks like one of our tokens


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal data from ``start`` to ``end`` (places in the text, as Python counts). ``sure``: by its form or the roster;
    otherwise it may be. ``member``: which name of the roster, by its place there, where only one can be meant."""

    start: int
    end: int
    kind: Kind
    sure: bool = True
    member: int | None = None


class Key(Mapping[str, str]):
    """What stood for each token, in the order in which they were given. Its ``repr`` tells how many, and nothing else."""

    __slots__ = ("_originals",)

    def __init__(self, originals: Mapping[str, str] | None = None) -> None:
        self._originals = dict(originals or {})

    def __getitem__(self, token: str) -> str:
        return self._originals[token]

    def __iter__(self) -> Iterator[str]:
        return iter(self._originals)

    def __len__(self) -> int:
        return len(self._originals)

    def __repr__(self) -> str:
        return f"Key({len(self)} tokens)"

    def to_json(self) -> str:
        """The form of key files; see ``docs/masking.md``."""
        return json.dumps({"format": _FORMAT, "version": _VERSION, "tokens": self._originals}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Key":
        """Raises NotUnderstood for what is no key of ours; the error holds nothing of it."""
        try:
            read: object = json.loads(text)
        except (ValueError, RecursionError):
            read = None
        held = cast("dict[str, object]", read) if isinstance(read, dict) else {}
        tokens = held.get("tokens")
        if (held.get("format"), held.get("version")) == (_FORMAT, _VERSION) and isinstance(tokens, dict):
            given = cast("dict[str, object]", tokens)
            if all(isinstance(original, str) for original in given.values()):
                return cls({token: str(original) for token, original in given.items()})
        raise NotUnderstood(phrase("This is not a key that was made here."))


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without personal data. ``key`` holds what this text needs to be restored; ``counts`` how often each kind was
    masked in it."""

    text: str = field(repr=False)
    key: Key
    counts: Mapping[Kind, int]
