"""Drawn pieces, and how they become messages: within every limit, and never a button without what it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from adapters.discord import limits
from adapters.discord.pieces import Beside, Line, Menu, Picture, Piece, Row, Written
from adapters.discord.text import letters


@dataclass(frozen=True, slots=True)
class Drawn:
    """One piece. ``with_next``: what follows belongs to it (its buttons, or the text below a heading)."""

    piece: Piece
    with_next: bool = False

    @property
    def is_line(self) -> bool:
        """Whether it only parts what is above from what is below."""
        return isinstance(self.piece, Line)


def components_in(piece: Piece) -> int:
    """How many of a message's components it takes, itself and those in it."""
    match piece:
        case Written() | Line() | Picture():
            return 1
        case Row(buttons):
            return 1 + len(buttons)
        case Menu():
            return 2
        case Beside():
            return 3
        case _:
            assert_never(piece)


def letters_in(piece: Piece) -> int:
    """The characters of its text, as far as Discord counts them together."""
    return letters(piece.content) if isinstance(piece, Written | Beside) else 0


def tied(before: list[Drawn], after: Sequence[Drawn]) -> list[Drawn]:
    """Both, the last piece of ``before`` tied to the first of ``after`` (unless it is a line)."""
    if before and after and not before[-1].is_line:
        before = [*before[:-1], replace(before[-1], with_next=True)]
    return [*before, *after]


def messages(drawn: Sequence[Drawn]) -> list[tuple[Piece, ...]]:
    """The pieces of each message. A cut falls where nothing belongs together, if there is such a place."""
    loose = _paged(drawn)
    if len(loose) == 1:
        return loose
    joined = _paged(_joined(drawn))
    return joined if len(joined) < len(loose) else loose


def _paged(drawn: Sequence[Drawn]) -> list[tuple[Piece, ...]]:
    left = _without_lines(drawn)
    found: list[tuple[Piece, ...]] = []
    while left:
        fits = _fitting(left)
        cut = fits
        if fits < len(left):
            while cut > 0 and left[cut - 1].with_next:
                cut -= 1
            cut = cut or fits
        found.append(tuple(one.piece for one in _without_lines(left[:cut])))
        left = _without_lines(left[cut:])
    return found


def _fitting(drawn: Sequence[Drawn]) -> int:
    """How many of the first pieces one message takes; at least one, since no piece is larger than a message."""
    components, text, pictures = 1, 0, 0
    for count, one in enumerate(drawn):
        components += components_in(one.piece)
        text += letters_in(one.piece)
        pictures += isinstance(one.piece, Picture)
        too_many = components > limits.COMPONENTS or text > limits.MESSAGE_TEXT or pictures > limits.ATTACHMENTS
        if count and too_many:
            return count
    return len(drawn)


def _joined(drawn: Sequence[Drawn]) -> list[Drawn]:
    """Texts that follow one another as one, as far as it stays short: a card of many lines then needs fewer messages."""
    found: list[Drawn] = []
    for one in drawn:
        last = found[-1].piece if found else None
        if (
            isinstance(last, Written)
            and isinstance(one.piece, Written)
            and letters(last.content) + 1 + letters(one.piece.content) <= limits.TEXT
        ):
            found[-1] = Drawn(Written(f"{last.content}\n{one.piece.content}"), one.with_next)
        else:
            found.append(one)
    return found


def _without_lines(drawn: Sequence[Drawn]) -> list[Drawn]:
    """Without the lines at both ends, which part nothing there."""
    first, last = 0, len(drawn)
    while first < last and drawn[first].is_line:
        first += 1
    while last > first and drawn[last - 1].is_line:
        last -= 1
    return list(drawn[first:last])
