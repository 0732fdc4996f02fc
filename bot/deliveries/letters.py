"""How a letter becomes a card: when it is sent, from what is true then."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, TypeVar, cast

from bot.camps.gathering import Gathering
from bot.deliveries.domain import Delivery, Letter
from bot.members.domain import Member, WorkspaceOptions
from bot.messages.elements import Card, File
from bot.ports import UnitOfWork
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Reading:
    """Who will read a letter, in which words, and what is known when it is written.

    ``reader`` is None for a room or a channel; then the words are in the workspace's language. ``work`` is for reading only.
    ``edits``: it takes the place of what stands there already.
    """

    work: UnitOfWork
    words: Words
    options: WorkspaceOptions
    now: datetime
    reader: Member | None = None
    edits: bool = False


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A message with a file; an edit of it changes the card alone."""

    card: Card
    file: File


L = TypeVar("L", bound=Letter)
# What a letter says when it is sent: a message, one with a file, an event in a calendar, or nothing any more.
Said: TypeAlias = Card | Enclosed | Gathering | None
LetterWriter: TypeAlias = Callable[[Reading, Letter], Awaitable[Said]]
# What is done when a message will never arrive, or is gone: it writes deliveries under keys that are unique for this one.
LossTeller: TypeAlias = Callable[[UnitOfWork, Delivery, datetime], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Written:
    """A row of the LETTERS table: who writes this kind of letter, who tells that one failed, and who tells that one that stood
    is ``gone``: deleted, or in a conversation that is closed. Made by :func:`written`."""

    letter: type[Letter]
    write: LetterWriter
    lost: LossTeller | None = None
    gone: LossTeller | None = None


def written(
    letter: type[L],
    write: Callable[[Reading, L], Awaitable[Said]],
    lost: LossTeller | None = None,
    gone: LossTeller | None = None,
) -> Written:
    """A row of LETTERS. The writer returns None where there is nothing to say any more: the delivery is cancelled."""
    return Written(letter, cast(LetterWriter, write), lost, gone)


def writers(table: Iterable[Written]) -> Mapping[type[Letter], LetterWriter]:
    """The writers by the kind of letter."""
    return {row.letter: row.write for row in table}
