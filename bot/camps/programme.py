"""A programme as somebody pastes it, a line an item, and back. Pure.

``09.00 Title / speaker``: the time may be written in other ways (see :mod:`bot.camps.clocks`) or be missing, then the item
follows the one before it; points and numbers in front of a line are left out.
"""

import re
from collections.abc import Sequence
from datetime import time

from bot.camps.clocks import Clocks, NoSuchTime, clocks_in
from bot.camps.domain import Item
from bot.errors import NotUnderstood, phrase
from bot.messages.text import clean

MOST_ITEMS = 60
_LONGEST = 200  # characters of a title, and of who speaks
_SHOWN = 5
_POINT = re.compile(r"(?:[-*•·‣◦–—]|\d{1,2}[.)](?=\s))\s*")
_BETWEEN = " \t/|:;,.-–—"
_SPEAKER = re.compile(r"\s+v(?:\.|/|\./|ed:)\s*(?=\S)", re.IGNORECASE)


def read_programme(typed: str, night: time | None = None) -> tuple[Item, ...]:
    """The items of a pasted programme. ``night``: what is no later than this belongs to the next day. Raises NotUnderstood with
    the number of the line that cannot be."""
    lines = [(number, _bare(line)) for number, line in enumerate(clean(typed).splitlines(), 1)]
    written = [(number, line) for number, line in lines if line]
    if len(written) > MOST_ITEMS:
        raise NotUnderstood(phrase("That is more than {limit} lines. Leave out what can wait.", limit=MOST_ITEMS))
    found = [(number, *_read(line)) for number, line in written]
    unclear = [str(number) for number, clocks, _ in found if clocks is None]
    if unclear:
        raise NotUnderstood(
            phrase(
                "I can't read the time in line {lines}. Write it like this: 09.00.", lines=", ".join(unclear[:_SHOWN])
            )
        )
    items = [(number, item) for number, _, item in found]
    _check(items, night)
    return tuple(item for _, item in items)


def as_typed(programme: Sequence[Item]) -> str:
    """The programme as somebody would write it, which reads as the same again."""
    return "\n".join(_line(item) for item in programme)


def _bare(line: str) -> str:
    """A line with single spaces, without the bullet, number or stroke before it. A time is no number of a list."""
    rest = " ".join(line.split())
    while True:
        point = _POINT.match(rest)
        bare = (rest if point is None else rest[point.end() :]).lstrip(_BETWEEN)
        if bare == rest:
            return bare
        rest = bare


def _read(line: str) -> tuple[bool | None, Item]:
    """Whether the line has a time (None where one was meant that cannot be), and its item."""
    try:
        clocks: Clocks | None = clocks_in(line)
    except NoSuchTime:
        return None, Item("")
    title, speaker = _parted((line if clocks is None else clocks.rest).strip(_BETWEEN))
    if clocks is None:
        return False, Item(title, speaker=speaker)
    return True, Item(title, clocks.at, clocks.until, speaker)


def _parted(text: str) -> tuple[str, str]:
    """A title and who speaks: behind ``v.`` or ``v/``, else behind the last slash with room around it."""
    named = list(_SPEAKER.finditer(text))
    if named:
        title, speaker = text[: named[-1].start()], text[named[-1].end() :]
    else:
        title, _, speaker = text.rpartition(" / ")
    title, speaker = title.strip(_BETWEEN), speaker.strip(_BETWEEN)
    if not title:
        return text, ""
    return (title, speaker) if speaker else _parted(title)


def _check(items: Sequence[tuple[int, Item]], night: time | None) -> None:
    def place(at: time) -> tuple[bool, time]:
        return night is not None and at <= night, at

    before: tuple[int, time] | None = None
    for number, item in items:
        if not item.title:
            raise NotUnderstood(phrase("Line {line} has nothing but a time. What happens then?", line=number))
        if max(len(item.title), len(item.speaker)) > _LONGEST:
            raise NotUnderstood(
                phrase("Line {line} is too long; at most {limit} characters, please.", line=number, limit=_LONGEST)
            )
        if item.at is None:
            continue
        if before is not None and place(item.at) < place(before[1]):
            raise NotUnderstood(
                phrase(
                    "Line {line} ({time}) is earlier than line {earlier} ({before}). Put them in the order of the day.",
                    line=number,
                    time=_clock(item.at),
                    earlier=before[0],
                    before=_clock(before[1]),
                )
            )
        if item.until is not None and place(item.until) <= place(item.at):
            raise NotUnderstood(
                phrase("Line {line} would end before it begins. Which hours did you mean?", line=number)
            )
        before = number, item.at


def _line(item: Item) -> str:
    """The plainest line that reads as this item."""
    clock = ""
    if item.at is not None:
        clock = _clock(item.at) if item.until is None else f"{_clock(item.at)}-{_clock(item.until)}"
    said = [item.title] if not item.speaker else [f"{item.title} {sign} {item.speaker}" for sign in ("/", "v/")]
    lines = [f"{clock}{between}{one}" for between in (" ", " / ") for one in said] if clock else said
    return next((line for line in lines if _read(_bare(line))[1] == item), lines[0])


def _clock(at: time) -> str:
    return at.strftime("%H.%M")
