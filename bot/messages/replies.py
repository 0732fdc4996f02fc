"""What a handler answers. The adapter shapes it; several replies are given in their order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.messages.elements import Card, File
from bot.messages.forms import Form


@dataclass(frozen=True, slots=True)
class Private:
    """A card that only the person who asked sees. ``sorry``: nothing was done, so what was typed is worth keeping. ``topic``:
    what it is about; what the person was told of that in the same place a moment ago goes, where the platform can take it
    away."""

    card: Card
    sorry: bool = False
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Public:
    """A card that everybody in the place sees where the command was typed."""

    card: Card


@dataclass(frozen=True, slots=True)
class Replace:
    """The card that had the button now says this instead."""

    card: Card


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A dialog opens. It must be the first answer to an interaction: both platforms demand that."""

    form: Form


@dataclass(frozen=True, slots=True)
class Correct:
    """The form stays open with what was typed, and says by each field (its key) what to change.

    ``seen``: the marks that the form comes back with from now on, where what stands behind it was changed meanwhile.
    """

    problems: Mapping[str, str]
    seen: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Hand:
    """A file that only the person who asked gets, under a card that says what it is."""

    card: Card
    file: File


Reply: TypeAlias = Private | Public | Replace | OpenForm | Correct | Hand
Replies: TypeAlias = tuple[Reply, ...]
