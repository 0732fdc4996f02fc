"""What of a transcript a model is sent: one JSON object a message, a line each. What a person approves, what the ledger's
sum is taken of, and what goes over the wire are made here, so they are the same.

Nothing that somebody wrote can leave its string: quotes and line ends are escaped by JSON, and so are the characters of which
the marks are made that part a model's turns (``<|im_start|>``, ``[INST]``).
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.notes.transcript import Line

# Tokens at most of one piece; a longer message goes in several, each with the message's id.
LONGEST_PIECE = 1_000
# Tokens of a row beside its text: names of fields, an id, a token for the author, a sector and a day.
_AROUND = 60
_SHORTEST = 200
_LETTER = re.compile(r"[A-Za-z]")
_SPACE = re.compile(r"\s")
_MARK = re.compile(r"\[(?=/?[A-Za-z_]+\])")
# Half a character, as broken exports hold: no bytes can be made of it.
_HALF = re.compile("[\ud800-\udfff]")
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def pieced(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The messages that say something, a long one as several with the same id, each short enough for any request."""
    return tuple(
        line if piece is line.text else replace(line, text=piece)
        for line in lines
        if line.text.strip()
        for piece in _pieces(line.text)
    )


def rows(lines: Iterable[Line]) -> tuple[str, ...]:
    """Each piece as one JSON object."""
    return tuple(_row(line) for line in pieced(lines))


def sheet(given: Sequence[str]) -> str:
    """The rows as one JSON array."""
    return "[\n" + ",\n".join(given) + "\n]"


def tokens(text: str) -> int:
    """How many tokens a model takes it for, rather too many than too few: Danish goes three letters a token in the tokenisers
    of small models, and each figure, sign and foreign letter counts by itself."""
    letters = len(_LETTER.findall(text))
    spaces = len(_SPACE.findall(text))
    others = len(text) - letters - spaces
    foreign = sum(2 if ord(char) > 0x2FFF else 1 for char in text if ord(char) > 0x24F)
    return -(-letters // 3) + spaces // 4 + others + foreign


def parts(lines: Iterable[Line], room: int) -> list[tuple[Line, ...]]:
    """Consecutive pieces that together take at most ``room`` tokens; all of them, in their order."""
    made: list[tuple[Line, ...]] = []
    held: list[Line] = []
    taken = 0
    for piece in pieced(lines):
        size = tokens(_row(piece)) + 2
        if held and taken + size > room:
            made.append(tuple(held))
            held, taken = [], 0
        held.append(piece)
        taken += size
    return [*made, tuple(held)] if held else made


def _row(line: Line) -> str:
    day = f"{line.at:%Y-%m-%d}" if line.at is not None else ""
    fields = {"id": line.id, "from": line.author, "sector": line.sector, "day": day, "answers": line.reply_to}
    told = {name: value for name, value in fields.items() if value}
    said = json.dumps({**told, "text": line.text}, ensure_ascii=False)
    return _HALF.sub("\ufffd", _MARK.sub(r"\\u005b", said.translate(_ESCAPES)))


def _pieces(text: str) -> list[str]:
    """Whole where it fits; else halves of halves, parted at a space where there is one near the middle."""
    if tokens(text) <= LONGEST_PIECE - _AROUND or len(text) <= _SHORTEST:
        return [text]
    middle = len(text) // 2
    gap = text.rfind(" ", middle - len(text) // 4, middle)
    # Never within a token of ours: [PERSON 1] has a space in it.
    opened = text.rfind("[", max(0, gap - _AROUND), gap + 1)
    if opened >= 0 and text.find("]", opened, gap + _AROUND) > gap:
        gap = opened - 1 if opened else 0
    at = gap + 1 if gap > 0 else middle
    return [*_pieces(text[:at]), *_pieces(text[at:])]
